"""The vendor's client, for Claude or for any server that speaks the Messages API."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from dobby.settings import ModelSettings

if TYPE_CHECKING:
    from anthropic import AsyncAnthropic

_ANSWER: tuple[dict[str, Any], ...] = (  # every shape that an answer to us has
    {"type": "message_start", "message": {
        "id": "m", "type": "message", "role": "assistant", "model": "m", "content": [],
        "stop_reason": None, "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1}}},
    {"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}},
    {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "So"}},
    {"type": "content_block_stop", "index": 0},
    {"type": "content_block_start", "index": 1,
     "content_block": {"type": "tool_use", "id": "t", "name": "t", "input": {}}},
    {"type": "content_block_delta", "index": 1,
     "delta": {"type": "input_json_delta", "partial_json": "{}"}},
    {"type": "content_block_stop", "index": 1},
    {"type": "message_delta", "delta": {"stop_reason": "tool_use", "stop_sequence": None},
     "usage": {"output_tokens": 1}},
    {"type": "message_stop"},
)  # fmt: skip


class MessagesApi:
    """One client, made when it is first needed. Nothing is retried; ``deadline_s`` a request.

    The SDK takes a second to import, eight on a busy machine. A thread does it, and whoever needs
    the SDK waits for ``client`` first: an ``import`` on the loop would wait for that thread, and
    everything else with it.
    """

    def __init__(self, settings: ModelSettings, deadline_s: float) -> None:
        self._settings = settings
        self._deadline_s = deadline_s
        self._client: AsyncAnthropic | None = None
        self._connecting = asyncio.Lock()

    async def client(self) -> AsyncAnthropic:
        """From here on ``import anthropic`` and ``import httpx2`` cost nothing."""
        async with self._connecting:
            if self._client is None:
                self._client = await asyncio.to_thread(self._connect)
        return self._client

    async def close(self) -> None:
        if self._client is not None:
            await self._client.close()

    def _connect(self) -> AsyncAnthropic:
        from anthropic import AsyncAnthropic, DefaultAsyncHttpxClient

        asyncio.run(_rehearse())
        base = self._settings.base_url
        return AsyncAnthropic(
            # Servers in the house want a header only.
            api_key=self._settings.api_key.get_secret_value() or "local",
            base_url=str(base).rstrip("/") if base else None,
            max_retries=0,
            timeout=self._deadline_s,
            # What is said in the house goes to the server that was chosen, wherever it points.
            http_client=DefaultAsyncHttpxClient(follow_redirects=False, timeout=self._deadline_s),
        )


async def _rehearse() -> None:
    """Have the SDK read an answer that nobody sent: the models that it reads answers with are
    built at the first one, half a second's work, and parts of it are imported then."""
    import httpx2
    from anthropic import AsyncAnthropic

    body = "".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n" for event in _ANSWER)
    sent = httpx2.Response(200, headers={"Content-Type": "text/event-stream"}, text=body)
    nobody = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: sent))
    async with AsyncAnthropic(api_key="none", base_url="http://none", http_client=nobody) as client:
        asked = client.messages.stream(
            model="m", max_tokens=1, messages=[{"role": "user", "content": "?"}]
        )
        async with asked as answer:
            await answer.get_final_message()
