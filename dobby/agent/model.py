"""The brain that thinks: Claude, or any server of the Messages API behind ``base_url``.

The vendor's SDK reports some failures as success: a stream cut in the middle of a tool call ends
with ``input={}`` and no ``stop_reason``. So tools run only after a ``message_stop`` with
``stop_reason == "tool_use"``. It also blocks on ``retry-after``; we retry nothing and keep our own
deadline: the reflex brain answers instead.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from devices.house import House
from dobby.agent.calls import ToolCall
from dobby.agent.facts import Told, may_tell
from dobby.agent.model_errors import ModelError, instead, of_status
from dobby.agent.policy import may_recall
from dobby.agent.prompt import as_data, asked, cached, inventory, system
from dobby.agent.prose import quoted
from dobby.agent.secrecy import hushed
from dobby.agent.tool import ToolResult
from dobby.agent.tools import Toolbox
from dobby.agent.turn import Act, Said, Stream, Thought
from dobby.language.words import Words
from dobby.llm.client import MessagesApi
from dobby.llm.usage import Usage
from dobby.settings import ModelSettings

if TYPE_CHECKING:
    from anthropic.types import Message

log = logging.getLogger(__name__)

MAX_TOKENS = 1024
HISTORY = 12  # lines of the conversation that are sent along
FACTS = 5
RESULT_CHARS = 4000
SHOWN = "The person was shown the answer. It is private, and not for you."


class Ledger(Protocol):
    """What the model brain needs of memory."""

    async def spent_since(self, t: datetime) -> float: ...
    async def spend(
        self,
        model: str,
        tokens_in: int,
        tokens_out: int,
        tokens_cached: int,
        usd: float,
        message: int | None,
    ) -> None: ...
    async def lines(self, person: str, limit: int) -> Sequence[tuple[bool, str]]: ...
    async def facts(self, text: str, person: str, limit: int) -> Sequence[Told]: ...


@dataclass
class _Thinking:
    """One turn with the model."""

    said: Said
    act: Act
    stream: Stream | None
    messages: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    usage: Usage = field(default_factory=Usage)
    calls: int = 0
    words: str = ""


class ModelBrain:
    """A Model (see ``turn``) over the Messages API."""

    def __init__(
        self, settings: ModelSettings, home: Path, house: House, toolbox: Toolbox, ledger: Ledger
    ) -> None:
        self._settings = settings
        self._home = home
        self._house = house
        self._toolbox = toolbox
        self._ledger = ledger
        self._api = MessagesApi(settings, settings.deadline_s)
        self._inventory: tuple[int, str] | None = None  # of a version of the house
        self._told_broke_on = ""  # the day on which the owner was told that the budget is used up

    async def warm(self) -> None:
        """Have the SDK at hand, so that the first turn does not pay for it."""
        await self._api.client()

    async def close(self) -> None:
        await self._api.close()

    async def think(self, said: Said, act: Act, stream: Stream | None) -> Thought:
        """Talk with the model until it is done. Never raises: ``failed`` says what went wrong."""
        words = said.caller.wording
        if failed := await self._over_budget(said.caller.now, words):
            return Thought(failed=failed)
        thinking = _Thinking(said, act, stream, await self._opening(said))
        try:
            async with asyncio.timeout(self._settings.deadline_s):
                await self._rounds(thinking)
            return Thought(words=thinking.words)
        except TimeoutError:
            took = words.duration(self._settings.deadline_s)
            return Thought(failed=instead(ModelError("model-slow", took=took), words))
        except ModelError as error:
            return Thought(failed=instead(error, words))
        finally:
            await self._record(thinking)

    async def _rounds(self, thinking: _Thinking) -> None:
        while True:
            message = await self._ask(thinking)
            text = "".join(b.text for b in message.content if b.type == "text").strip()
            wanted = [b for b in message.content if b.type == "tool_use"]
            if message.stop_reason != "tool_use":
                thinking.words = _ended(message.stop_reason, text, bool(thinking.calls))
                if thinking.stream and not thinking.calls:
                    thinking.stream(quoted(thinking.words))
                return
            if not wanted:
                raise ModelError("model-aimless")
            thinking.calls += len(wanted)
            if thinking.calls > self._settings.calls_per_turn:
                limit = self._settings.calls_per_turn
                raise ModelError("model-tireless", limit=limit)
            calls = [ToolCall(name=b.name, arguments=_arguments(b.input)) for b in wanted]
            results = await thinking.act(calls)
            own = [as_data(b.model_dump(exclude_none=True)) for b in message.content]
            thinking.messages.append({"role": "assistant", "content": own})
            told = [
                {"type": "tool_result", "tool_use_id": b.id, "content": describe(result)}
                for b, result in zip(wanted, results, strict=True)
            ]
            thinking.messages.append({"role": "user", "content": told})

    async def _ask(self, thinking: _Thinking) -> Message:
        """One request, streamed. Raises ModelError for every way it can go wrong."""
        client = await self._api.client()
        import anthropic
        import httpx2

        started = ended = False
        prefix, tools = system(self._home, self._listed()), cached(self._toolbox.schemas())
        sent = sum(len(json.dumps(part)) for part in (prefix, tools, thinking.messages))
        try:
            async with client.messages.stream(
                model=self._settings.name,
                max_tokens=MAX_TOKENS,
                system=prefix,  # pyright: ignore[reportArgumentType]
                tools=tools,  # pyright: ignore[reportArgumentType]
                messages=thinking.messages,  # pyright: ignore[reportArgumentType]
            ) as events:
                try:
                    async for event in events:
                        started = started or event.type == "message_start"
                        ended = ended or event.type == "message_stop"
                finally:
                    if started:  # what is cut off or takes too long is paid for all the same
                        so_far = events.current_message_snapshot
                        thinking.usage.add(so_far.usage, sent, _length(so_far))
                if not ended:
                    raise ModelError("model-cut-off")
                message = await events.get_final_message()
        except anthropic.APIStatusError as error:
            log.warning("model answered %d: %s", error.status_code, str(error)[:300])
            raise of_status(error.status_code) from error
        except (anthropic.APIError, httpx2.HTTPError, json.JSONDecodeError) as error:
            log.warning("model request failed: %s: %s", type(error).__name__, error)
            raise ModelError("model-away") from error
        except (AssertionError, AttributeError, LookupError, TypeError, ValueError) as error:
            # The SDK's accumulator trusts the stream's shape; a broken server breaks it here.
            log.warning("model answered with nonsense: %s: %s", type(error).__name__, error)
            raise ModelError("model-senseless") from error
        return message

    def _listed(self) -> str:
        """The inventory, written anew only when the house has changed."""
        version = self._house.version
        if self._inventory is None or self._inventory[0] != version:
            self._inventory = version, as_data(inventory(self._house))
        return self._inventory[1]

    async def _opening(self, said: Said) -> list[dict[str, Any]]:
        """The conversation so far and the new words; roles alternate, as the API wants."""
        caller = said.caller
        messages: list[dict[str, Any]] = []
        for own, text in await self._ledger.lines(caller.person.id, HISTORY):
            role = "assistant" if own else "user"
            if messages and messages[-1]["role"] == role:
                messages[-1]["content"] += f"\n{as_data(text)}"
            elif messages or role == "user":
                messages.append({"role": role, "content": as_data(text)})
        facts: list[Told] = []
        if may_recall(caller.person):
            found = await self._ledger.facts(said.text, caller.person.id, FACTS)
            facts = [fact for fact in found if may_tell(fact, self._house)]
        text = as_data(asked(said.text, caller, facts))
        if messages and messages[-1]["role"] == "user":
            messages[-1]["content"] += f"\n{text}"
        else:
            messages.append({"role": "user", "content": text})
        return messages

    async def _over_budget(self, now: datetime, words: Words) -> str:
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        if await self._ledger.spent_since(midnight) < self._settings.usd_per_day:
            return ""
        today = f"{now:%Y-%m-%d}"
        if self._told_broke_on == today:
            return " "
        self._told_broke_on = today
        limit = f"{self._settings.usd_per_day:g}"
        return instead(ModelError("model-spent", limit=limit), words)

    async def _record(self, thinking: _Thinking) -> None:
        usage, message = thinking.usage, thinking.said.caller.message
        if usage.tokens_in or usage.tokens_out or usage.tokens_cached:
            tokens_in = usage.tokens_in + usage.tokens_written
            usd = usage.usd(self._settings)
            await self._ledger.spend(
                self._settings.name, tokens_in, usage.tokens_out, usage.tokens_cached, usd, message
            )


def describe(result: ToolResult) -> str:
    """A tool's result for the model: JSON, cut; everything in it is data."""
    said: dict[str, Any] = {}
    if result.receipts:
        said["receipts"] = [
            {
                "device": r.command.device,
                "outcome": r.outcome.value,
                "now": r.after.said() if r.after else None,
                **({"reason": r.reason} if r.reason else {}),
            }
            for r in result.receipts
        ]
    if result.words:
        # A code that is in it is for the person, who is shown the answer anyway.
        private = result.private or hushed(result.words) != result.words
        said["answer"] = SHOWN if private else result.words
    if result.refused:
        said["refused"] = result.refused
    if result.asks:
        said["waiting"] = (
            "The house asked the person for a confirmation code. Do not call this again."
        )
    return str(as_data(json.dumps(said, ensure_ascii=False)[:RESULT_CHARS]))


def _ended(reason: str | None, text: str, acted: bool) -> str:
    """The words that a model ended with. Raises ModelError where they are no answer."""
    match reason:
        case "end_turn" | "stop_sequence":
            if not text and not acted:
                raise ModelError("model-silent")
            return text
        case "max_tokens":
            raise ModelError("model-endless")
        case "refusal":
            raise ModelError("model-refused")
        case _:
            raise ModelError("model-strange")


def _length(message: Message) -> int:
    """Characters of an answer, as far as it came."""
    parts = (b.text if b.type == "text" else json.dumps(b.model_dump()) for b in message.content)
    return sum(map(len, parts))


def _arguments(given: object) -> dict[str, Any]:
    return dict(given) if isinstance(given, dict) else {}  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
