"""The vendor's client, for Claude or for any server that speaks the Messages API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dobby.settings import ModelSettings

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic


def connect(settings: ModelSettings, deadline_s: float) -> AsyncAnthropic:
    """For a thread: the first time it imports the SDK, which takes a second. Nothing is retried."""
    from anthropic import AsyncAnthropic

    base = settings.base_url
    return AsyncAnthropic(
        api_key=settings.api_key.get_secret_value() or "local",  # servers here want a header only
        base_url=str(base).rstrip("/") if base else None,
        max_retries=0,
        timeout=deadline_s,
    )
