"""The camera's ONVIF services: device, media, PTZ, and events (ONVIF Core, Media and PTZ)."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol
from urllib.parse import quote

from devices.virtual.camera.clip import Clip, Reel
from devices.virtual.camera.gate import Gate
from devices.virtual.camera.soap import NAMESPACES, Call, SoapFault, leaf, node
from devices.virtual.faults import Fault

MAKER, MODEL, FIRMWARE = "Dobby", "Virtual Camera", "1.0"
DEVICE, MEDIA, PTZ, EVENTS = (f"/onvif/{n}_service" for n in ("device", "media", "ptz", "event"))
STILL = "/still.jpg"
BEFORE_LOGIN = frozenset({"tds:GetSystemDateAndTime", "tds:GetServices", "tds:GetCapabilities"})
SOURCE, CONFIGURATION, MOTOR = "lens", "view", "motor"  # tokens
TURN_S = 1.0  # how long the way from one view to another takes


class Camera(Protocol):
    """What the services need of the camera that they belong to."""

    name: str
    serial: str
    gate: Gate
    fault: Fault
    reels: Mapping[str, Reel]
    views: tuple[str, ...]  # that its motor knows; empty where it has none

    def wall_clock(self) -> float: ...
    def http_address(self, path: str) -> str: ...
    def rtsp_address(self, path: str) -> str: ...


class Services:
    """Answers what is asked, without knowing who asks."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self._view = 0  # where it looks, or turns to
        self._arrives = 0.0  # monotonic
        self._answers: Mapping[str, Callable[[Call], Sequence[str]]] = {
            "tds:GetSystemDateAndTime": self._time,
            "tds:GetDeviceInformation": self._information,
            "tds:GetServices": self._services,
            "tds:GetCapabilities": self._capabilities,
            "tds:GetScopes": self._scopes,
            "trt:GetProfiles": self._profiles,
            "trt:GetStreamUri": self._stream,
            "trt:GetSnapshotUri": self._snapshot,
        }
        if camera.views:
            self._answers = {
                **self._answers,
                "tptz:GetPresets": self._presets,
                "tptz:GotoPreset": self._go,
                "tptz:GetStatus": self._status,
            }

    def answer(self, call: Call) -> str | None:
        """The body of the answer; None where that is no service of these. Raises SoapFault."""
        known = self._answers.get(call.name)
        return None if known is None else node(f"{call.name}Response", *known(call))

    # Device ---------------------------------------------------------------------------------

    def _time(self, _call: Call) -> Sequence[str]:
        now = datetime.fromtimestamp(self._camera.wall_clock(), UTC)
        clock = node("tt:Time", *(leaf(f"tt:{n}", getattr(now, n.lower()))
                                  for n in ("Hour", "Minute", "Second")))  # fmt: skip
        date = node("tt:Date", *(leaf(f"tt:{n}", getattr(now, n.lower()))
                                 for n in ("Year", "Month", "Day")))  # fmt: skip
        told = (
            leaf("tt:DateTimeType", "Manual"),
            leaf("tt:DaylightSavings", False),
            node("tt:TimeZone", leaf("tt:TZ", "UTC0")),
            node("tt:UTCDateTime", clock, date),
        )
        return (node("tds:SystemDateAndTime", *told),)

    def _information(self, _call: Call) -> Sequence[str]:
        told = {
            "Manufacturer": MAKER,
            "Model": MODEL,
            "FirmwareVersion": FIRMWARE,
            "SerialNumber": self._camera.serial,
            "HardwareId": "virtual",
        }
        return [leaf(f"tds:{name}", value) for name, value in told.items()]

    def _services(self, _call: Call) -> Sequence[str]:
        version = node("tds:Version", leaf("tt:Major", 2), leaf("tt:Minor", 60))
        return [
            node("tds:Service", leaf("tds:Namespace", NAMESPACES[prefix]),
                 leaf("tds:XAddr", self._camera.http_address(path)), version)
            for prefix, path in self._paths().items()
        ]  # fmt: skip

    def _paths(self) -> Mapping[str, str]:
        paths = {"tds": DEVICE, "trt": MEDIA, "tev": EVENTS}
        return {**paths, "tptz": PTZ} if self._camera.views else paths

    def _capabilities(self, _call: Call) -> Sequence[str]:
        at = {k: leaf("tt:XAddr", self._camera.http_address(p)) for k, p in self._paths().items()}
        subscriptions = (
            leaf("tt:WSSubscriptionPolicySupport", False),
            leaf("tt:WSPullPointSupport", True),
            leaf("tt:WSPausableSubscriptionManagerInterfaceSupport", False),
        )
        told = [
            node("tt:Device", at["tds"]),
            node("tt:Events", at["tev"], *subscriptions),
            node("tt:Media", at["trt"],
                 node("tt:StreamingCapabilities", leaf("tt:RTP_RTSP_TCP", True))),
        ]  # fmt: skip
        if self._camera.views:
            told.append(node("tt:PTZ", at["tptz"]))
        return (node("tds:Capabilities", *told),)

    def _scopes(self, _call: Call) -> Sequence[str]:
        fixed = leaf("tt:ScopeDef", "Fixed")
        return [
            node("tds:Scopes", fixed, leaf("tt:ScopeItem", scope))
            for scope in scopes(self._camera.name)
        ]

    # Media ----------------------------------------------------------------------------------

    def _profiles(self, _call: Call) -> Sequence[str]:
        lens = self._camera.reels["/main"].clip
        return [self._profile(path, reel.clip, lens) for path, reel in self._camera.reels.items()]

    def _profile(self, path: str, clip: Clip, lens: Clip) -> str:
        token = path.strip("/")
        view = node(
            "tt:VideoSourceConfiguration",
            leaf("tt:Name", "View"),
            leaf("tt:UseCount", len(self._camera.reels)),
            leaf("tt:SourceToken", SOURCE),
            node("tt:Bounds", x=0, y=0, width=lens.width, height=lens.height),
            token=CONFIGURATION,
        )
        size = node("tt:Resolution", leaf("tt:Width", clip.width), leaf("tt:Height", clip.height))
        told = [leaf("tt:Name", token), view, _encoder(token, size, clip)]
        if self._camera.views:
            named = (leaf("tt:Name", "Motor"), leaf("tt:UseCount", 1))
            told.append(
                node("tt:PTZConfiguration", *named, leaf("tt:NodeToken", MOTOR), token=MOTOR)
            )
        return node("trt:Profiles", *told, token=token, fixed=True)

    def _stream(self, call: Call) -> Sequence[str]:
        return _media_uri(self._camera.rtsp_address(self._path(call)))

    def _snapshot(self, call: Call) -> Sequence[str]:
        self._path(call)
        return _media_uri(self._camera.http_address(STILL))

    def _path(self, call: Call) -> str:
        path = f"/{call.value('ProfileToken')}"
        if path not in self._camera.reels:
            raise SoapFault("ter:NoProfile", "There is no such profile.")
        return path

    # PTZ ------------------------------------------------------------------------------------

    def _presets(self, call: Call) -> Sequence[str]:
        self._path(call)
        return [
            node("tptz:Preset", leaf("tt:Name", view),
                 node("tt:PTZPosition", *self._position(number)), token=number + 1)
            for number, view in enumerate(self._camera.views)
        ]  # fmt: skip

    def _go(self, call: Call) -> Sequence[str]:
        self._path(call)
        tokens = [str(number + 1) for number in range(len(self._camera.views))]
        if call.value("PresetToken") not in tokens:
            raise SoapFault("ter:NoToken", "There is no such preset.")
        if not self._camera.fault.lie:
            self._view = tokens.index(call.value("PresetToken"))
            self._arrives = time.monotonic() + TURN_S
        return ()

    def _status(self, call: Call) -> Sequence[str]:
        self._path(call)
        moving = "MOVING" if time.monotonic() < self._arrives else "IDLE"
        told = (
            node("tt:Position", *self._position(self._view)),
            node("tt:MoveStatus", leaf("tt:PanTilt", moving), leaf("tt:Zoom", "IDLE")),
            leaf("tt:UtcTime", stamp(self._camera.wall_clock())),
        )
        return (node("tptz:PTZStatus", *told),)

    def _position(self, view: int) -> Sequence[str]:
        pan = -0.8 + 1.6 * view / max(1, len(self._camera.views) - 1)
        return node("tt:PanTilt", x=f"{pan:.3f}", y="0.1"), node("tt:Zoom", x="0")


def scopes(name: str) -> Sequence[str]:
    """What the camera is, in ONVIF's scopes (ONVIF Core, 7.3.2)."""
    told = (f"name/{quote(name)}", f"hardware/{quote(MODEL)}", "Profile/Streaming",
            "type/Network_Video_Transmitter")  # fmt: skip
    return [f"onvif://www.onvif.org/{each}" for each in told]


def stamp(wall: float) -> str:
    """A time (Unix) as XML writes it."""
    return datetime.fromtimestamp(wall, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _encoder(token: str, size: str, clip: Clip) -> str:
    rate = round(len(clip.units) / clip.duration)
    bits = sum(len(nal) for unit in clip.units for nal in unit.nals) * 8 / clip.duration
    keys = sum(unit.key for unit in clip.units)
    none = node("tt:Address", leaf("tt:Type", "IPv4"), leaf("tt:IPv4Address", "0.0.0.0"))
    multicast = (none, leaf("tt:Port", 0), leaf("tt:TTL", 0), leaf("tt:AutoStart", False))
    told = (
        leaf("tt:Name", token),
        leaf("tt:UseCount", 1),
        leaf("tt:Encoding", "H264"),
        size,
        leaf("tt:Quality", 5),
        node("tt:RateControl", leaf("tt:FrameRateLimit", rate), leaf("tt:EncodingInterval", 1),
             leaf("tt:BitrateLimit", round(bits / 1000))),
        node("tt:H264", leaf("tt:GovLength", len(clip.units) // keys),
             leaf("tt:H264Profile", "Main")),
        node("tt:Multicast", *multicast),
        leaf("tt:SessionTimeout", "PT60S"),
    )  # fmt: skip
    return node("tt:VideoEncoderConfiguration", *told, token=token)


def _media_uri(address: str) -> Sequence[str]:
    told = (
        leaf("tt:Uri", address),
        leaf("tt:InvalidAfterConnect", False),
        leaf("tt:InvalidAfterReboot", False),
        leaf("tt:Timeout", "PT0S"),
    )
    return (node("trt:MediaUri", *told),)
