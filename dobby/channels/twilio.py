"""WhatsApp and SMS through Twilio: signed webhooks in, the REST API out.

A webhook is believed only when it is signed over the *configured* public URL; what a proxy or a
forger says of host and scheme is not looked at. Its message is on the disk before the answer.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Awaitable, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from fastapi import APIRouter, HTTPException, Request, Response
from twilio.request_validator import RequestValidator  # pyright: ignore[reportMissingTypeStubs]

from dobby.channels import media
from dobby.channels.carrier import OpenCarrier, Receive, Told
from dobby.channels.catching_up import catch_up
from dobby.channels.twilio_api import SID, TwilioApi, words
from dobby.channels.webhooks import body_of, form_of, refuse_large
from dobby.delivery.types import (
    Attachment,
    ChannelError,
    ChannelLimits,
    Link,
    Message,
    Outgoing,
    as_it_is,
)
from dobby.settings import Settings, TwilioSettings
from memory.errors import StoreError
from memory.store import Store

log = logging.getLogger(__name__)

INBOUND = "/twilio/inbound"
STATUS = "/twilio/status"
CHARACTERS = 1600
SHOWN_S = 3600.0  # from the sending on, for the carrier to fetch a picture
MOST_MEDIA = {"whatsapp": 1, "sms": 10}  # in one message
CAUGHT_UP = "twilio.caught_up"  # the note that says until when nothing was missed
UNDATED = timedelta(days=1)  # how far back a listing goes
EMPTY_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'

Kind = Literal["whatsapp", "sms"]

_GONE = frozenset({"failed", "undelivered", "canceled"})


class Twilio:
    """One account: its channels, its webhooks, and what it has to catch up on.

    ``link`` makes addresses of the pictures that are sent; ours are under the public URL. An async
    context manager. Raises ValueError for settings that would not be safe.
    """

    def __init__(self, settings: TwilioSettings, home: Path, link: Link = as_it_is) -> None:
        token = settings.auth_token.get_secret_value()
        if not token.strip():
            raise ValueError("an empty auth token would validate every signature")
        if settings.public_url is None:
            raise ValueError("signatures are made over the public URL; it is missing")
        self._settings = settings
        self._validator = RequestValidator(token)
        self._public = _public(settings)
        self._api = TwilioApi(settings)
        self._fetcher = media.Fetcher(str(settings.api_base), self._api.authorization)
        self._stack = AsyncExitStack()
        senders: dict[Kind, str] = {"whatsapp": settings.whatsapp_from, "sms": settings.sms_from}
        self.channels: dict[Kind, TwilioChannel] = {
            kind: TwilioChannel(kind, number, settings, self._api, self._fetcher, home, link)
            for kind, number in senders.items()
            if number
        }

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._api)
        await self._stack.enter_async_context(self._fetcher)
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        await self._stack.aclose()

    # Webhooks ------------------------------------------------------------------------------

    def router(self, receive: Receive, told: Told) -> APIRouter:
        """``POST /twilio/inbound`` and ``POST /twilio/status``; answered once all is kept."""
        router = APIRouter()

        @router.post(INBOUND)
        async def inbound(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
            message = self._message(await self._verified(request, INBOUND))
            if message:
                await _kept(receive(message))
            return Response(EMPTY_REPLY, media_type="text/xml")

        @router.post(STATUS)
        async def status(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
            fields = await self._verified(request, STATUS)
            key, state = request.query_params.get("k", ""), fields.get("MessageStatus", "")
            why = ""
            if code := fields.get("ErrorCode", ""):
                why = words(int(code) if code.isascii() and code.isdigit() else None)
                log.warning("Twilio tells of a message that is %s: %s", state, why)
            if key and state:
                await _kept(told(key, state, fields.get("MessageSid"), why))
            return Response(status_code=204)

        return router

    async def _verified(self, request: Request, path: str) -> dict[str, str]:
        """The signed parameters. Raises HTTPException; nothing is parsed before the signature
        is there, and nothing is believed before it is right."""
        refuse_large(request)
        signature = request.headers.get("X-Twilio-Signature")
        if not signature:
            raise HTTPException(403)
        fields = form_of(request, await body_of(request))
        query = f"?{request.url.query}" if request.url.query else ""
        url = self._public + path + query
        if not self._validator.validate(url, fields, signature):  # pyright: ignore[reportUnknownMemberType]
            log.warning("a webhook with a wrong signature was turned away")
            raise HTTPException(403)
        if fields.get("AccountSid") != self._settings.account_sid:
            raise HTTPException(403)
        return fields

    def _message(self, fields: dict[str, str]) -> Message | None:
        """The message, or None for one that cannot be answered. Raises HTTPException."""
        sid = fields.get("MessageSid", "")
        if not SID.fullmatch(sid):
            raise HTTPException(400)
        sender = fields.get("From", "")
        channel = self.channels.get(_kind(sender))
        if channel is None:
            log.warning("a %s message came in, but no number is set to answer from", _kind(sender))
            return None
        count = fields.get("NumMedia", "0")
        media_count = min(int(count), 10) if count.isascii() and count.isdigit() else 0
        return Message(
            id=sid,
            channel=channel.name,
            address=sender,
            text=fields.get("Body", ""),
            at=datetime.now(UTC),  # a webhook does not tell when it was written
            attachments=tuple(
                _attachment(fields.get(f"MediaUrl{i}", ""), fields.get(f"MediaContentType{i}", ""))
                for i in range(media_count)
            ),
        )


class TwilioChannel:
    """One sender number of the account."""

    def __init__(
        self,
        kind: Kind,
        number: str,
        settings: TwilioSettings,
        api: TwilioApi,
        fetcher: media.Fetcher,
        home: Path,
        link: Link,
    ) -> None:
        self._kind: Kind = kind
        self._from = self._address(number)
        self._public = _public(settings)
        self._template = settings.alert_template if kind == "whatsapp" else ""
        self._link = link
        self._api = api
        self._fetcher = fetcher
        self._folder = home / "media"

    @property
    def name(self) -> str:
        return self._kind

    @property
    def limits(self) -> ChannelLimits:
        return ChannelLimits(CHARACTERS, media=True, template=self._template)

    async def send(self, out: Outgoing) -> str:
        fields = [("To", self._address(out.address)), ("From", self._from)]
        fields += [("StatusCallback", f"{self._public}{STATUS}?k={out.key}")]
        if out.template:  # its text has no line breaks, and it takes no media
            said = json.dumps({"1": " ".join(out.text.split())})
            fields += [("ContentSid", out.template), ("ContentVariables", said)]
        else:
            fields += [("Body", out.text)]
            fields += [("MediaUrl", url) for url in self._urls(out.media)]
        return await self._api.create(fields)

    async def sent_before(self, out: Outgoing, since: datetime, others: Set[str]) -> str | None:
        """The SID of this very text to this recipient, if Twilio has it. Raises SendLater."""
        second = since.replace(microsecond=0)  # Twilio's times are whole seconds
        to = self._address(out.address)
        for told in await self._api.listed(second, To=to, From=self._from):
            same = _says(told.body, out)
            ours = told.direction != "inbound" and told.sid not in others
            if same and ours and told.status not in _GONE:
                return told.sid
        return None

    async def keep(self, attachment: Attachment, name: str) -> bool:
        """Fetch a picture or voice message into the home folder."""
        try:
            fetched = await self._fetcher.fetch(attachment.url)
            await asyncio.to_thread(media.store, self._folder, name, fetched)
        except media.MediaError as error:
            log.warning("what came with a message was not kept: %s", error)
            return False
        return True

    async def received_since(self, since: datetime) -> tuple[list[Message], bool]:
        """What people wrote to this number, oldest first, and whether that is all of it: a file's
        address may be had later. Raises SendLater."""
        found: list[Message] = []
        complete = True
        for told in await self._api.listed(since, To=self._from):
            if told.direction != "inbound":
                continue
            try:
                files = await self._api.media(told.sid) if told.has_media else []
            except ChannelError as error:
                log.info("a missed message waits for its files: %s", error)
                complete = False
                continue
            attachments = tuple(_attachment(url, kind) for url, kind in files)
            # Of one that does not say when it was written it is asked whether it still holds.
            at = told.at or since - UNDATED
            found.append(
                Message(told.sid, self.name, told.sender, told.body, at, attachments=attachments)
            )
        return sorted(found, key=lambda message: message.at), complete

    def _urls(self, media: Sequence[str]) -> list[str]:
        links = [link for one in media if (link := self._link(one, SHOWN_S))]
        urls = [self._public + link if link.startswith("/") else link for link in links]
        return urls[: MOST_MEDIA[self._kind]]

    def _address(self, number: str) -> str:
        bare = number.removeprefix("whatsapp:")
        return f"whatsapp:{bare}" if self._kind == "whatsapp" else bare


@asynccontextmanager
async def opened(settings: Settings, store: Store, link: Link) -> AsyncGenerator[OpenCarrier]:
    """The account, as a carrier."""
    async with Twilio(settings.twilio, settings.home, link) as twilio:
        senders = list(twilio.channels.values())
        yield OpenCarrier(
            senders,
            lambda receive, told: [twilio.router(receive, told)],
            lambda receive: [
                ("missed messages", partial(catch_up, senders, store, receive, CAUGHT_UP))
            ],
        )


def _public(settings: TwilioSettings) -> str:
    return str(settings.public_url).rstrip("/")


def _says(body: str, out: Outgoing) -> bool:
    """Whether a sent body is this message's; a template puts words of its own around it."""
    if out.template:
        return " ".join(out.text.split()) in " ".join(body.split())
    return body.strip() == out.text.strip()


async def _kept(work: Awaitable[bool]) -> None:
    try:
        await work
    except StoreError as error:
        log.exception("a webhook could not be kept")
        raise HTTPException(503) from error


def _kind(sender: str) -> Kind:
    return "whatsapp" if sender.lower().startswith("whatsapp:") else "sms"


def _attachment(url: str, content_type: str) -> Attachment:
    family = content_type.partition("/")[0]
    return Attachment(family if family in ("image", "audio") else "other", url, content_type)
