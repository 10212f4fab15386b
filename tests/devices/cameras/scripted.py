"""A server of ONVIF that answers what a test says: for recorders, odd cameras and hostile ones."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncGenerator, Awaitable, Callable

from aiohttp import web

from devices.device import Announcement
from devices.discovery.wsd import NETWORK_VIDEO_TRANSMITTER
from devices.virtual.camera.soap import NAMESPACES, SoapFault, envelope, fault, leaf, node, read

Answer = str | Callable[[web.Request], Awaitable[web.StreamResponse]]

DEVICE = "/onvif/device_service"


@contextlib.asynccontextmanager
async def scripted(answers: dict[str, Answer]) -> AsyncGenerator[Announcement]:
    """Answers each operation ("trt:GetProfiles") as told, and refuses the rest; how it is heard."""

    async def answer(request: web.Request) -> web.StreamResponse:
        told = answers.get(read(await request.read()).name)
        if callable(told):
            return await told(request)
        refused = fault(SoapFault("ter:ActionNotSupported", "No."))
        body = envelope(told) if told is not None else refused
        return web.Response(text=body, content_type="application/soap+xml")

    app = web.Application()
    app.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        yield Announcement(
            "wsd", NETWORK_VIDEO_TRANSMITTER, "recorder", "127.0.0.1", port,
            {"name": "Recorder", "xaddr": f"http://127.0.0.1:{port}{DEVICE}"},
        )  # fmt: skip
    finally:
        await runner.cleanup()


def information() -> str:
    names = ("Manufacturer", "Model", "FirmwareVersion", "SerialNumber", "HardwareId")
    return node("tds:GetDeviceInformationResponse", *(leaf(f"tds:{n}", n.lower()) for n in names))


def services(*prefixes: str) -> str:
    version = node("tds:Version", leaf("tt:Major", 2), leaf("tt:Minor", 5))
    told = (
        node("tds:Service", leaf("tds:Namespace", NAMESPACES[p]),
             leaf("tds:XAddr", f"http://192.0.2.1/{p}"), version)
        for p in prefixes
    )  # fmt: skip
    return node("tds:GetServicesResponse", *told)


def profile(token: str, source: str, width: int, height: int) -> str:
    bounds = node("tt:Bounds", x=0, y=0, width=width, height=height)
    view = node("tt:VideoSourceConfiguration", leaf("tt:Name", token), leaf("tt:UseCount", 1),
                leaf("tt:SourceToken", source), bounds, token=f"view-{source}")  # fmt: skip
    size = node("tt:Resolution", leaf("tt:Width", width), leaf("tt:Height", height))
    encoder = node("tt:VideoEncoderConfiguration", leaf("tt:Name", token), leaf("tt:UseCount", 1),
                   leaf("tt:Encoding", "H264"), size, leaf("tt:Quality", 1),
                   token=f"coder-{token}")  # fmt: skip
    return node("trt:Profiles", leaf("tt:Name", token), view, encoder, token=token)
