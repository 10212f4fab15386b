"""RenderingControl:1 and GroupRenderingControl:1: loudness and tone, of players and of groups."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from devices.virtual.sonos.soap import Answer, Arguments, Service, UpnpError, action

if TYPE_CHECKING:
    from devices.virtual.sonos.player import Player


@dataclass
class Sound:
    """How one player sounds."""

    volume: int = 24
    muted: bool = False
    bass: int = 0
    treble: int = 0
    loudness: bool = True


class RenderingControl(Service):
    name = "RenderingControl"
    path = "/MediaRenderer/RenderingControl"

    def __init__(self, player: Player) -> None:
        self.player = player
        self.sound = player.sound

    @action("GetVolume", "InstanceID Channel", "CurrentVolume")
    def volume(self, a: Arguments) -> Answer:
        return {"CurrentVolume": self.sound.volume if a["Channel"] == "Master" else 100}

    @action("SetVolume", "InstanceID Channel DesiredVolume")
    def set_volume(self, a: Arguments) -> Answer:
        if a["Channel"] == "Master":
            self.player.set_volume(_within(a["DesiredVolume"], 0, 100))

    @action("SetRelativeVolume", "InstanceID Channel Adjustment", "NewVolume")
    def adjust_volume(self, a: Arguments) -> Answer:
        wanted = self.sound.volume + _within(a["Adjustment"], -100, 100)
        self.player.set_volume(min(max(wanted, 0), 100))
        return {"NewVolume": self.sound.volume}

    @action(
        "RampToVolume",
        "InstanceID Channel RampType DesiredVolume ResetVolumeAfter ProgramURI",
        "RampTime",
    )
    def ramp(self, a: Arguments) -> Answer:
        self.player.set_volume(_within(a["DesiredVolume"], 0, 100))
        return {"RampTime": 1}

    @action("GetMute", "InstanceID Channel", "CurrentMute")
    def mute(self, a: Arguments) -> Answer:
        return {"CurrentMute": self.sound.muted}

    @action("SetMute", "InstanceID Channel DesiredMute")
    def set_mute(self, a: Arguments) -> Answer:
        self.sound.muted = a["DesiredMute"] in {"1", "true", "True"}
        self.player.sounds_different()

    @action("GetBass", "InstanceID", "CurrentBass")
    def bass(self, a: Arguments) -> Answer:
        return {"CurrentBass": self.sound.bass}

    @action("SetBass", "InstanceID DesiredBass")
    def set_bass(self, a: Arguments) -> Answer:
        self.sound.bass = _within(a["DesiredBass"], -10, 10)
        self.player.sounds_different()

    @action("GetTreble", "InstanceID", "CurrentTreble")
    def treble(self, a: Arguments) -> Answer:
        return {"CurrentTreble": self.sound.treble}

    @action("SetTreble", "InstanceID DesiredTreble")
    def set_treble(self, a: Arguments) -> Answer:
        self.sound.treble = _within(a["DesiredTreble"], -10, 10)
        self.player.sounds_different()

    @action("GetLoudness", "InstanceID Channel", "CurrentLoudness")
    def loudness(self, a: Arguments) -> Answer:
        return {"CurrentLoudness": self.sound.loudness}

    @action("SetLoudness", "InstanceID Channel DesiredLoudness")
    def set_loudness(self, a: Arguments) -> Answer:
        self.sound.loudness = a["DesiredLoudness"] in {"1", "true", "True"}
        self.player.sounds_different()

    @action("GetSupportsOutputFixed", "InstanceID", "CurrentSupportsFixed")
    def supports_fixed(self, a: Arguments) -> Answer:
        return {"CurrentSupportsFixed": 0}

    @action("GetOutputFixed", "InstanceID", "CurrentFixed")
    def fixed(self, a: Arguments) -> Answer:
        return {"CurrentFixed": 0}

    def evented(self) -> dict[str, str]:
        s = self.sound
        channels = [
            ("Volume", "Master", s.volume),
            ("Volume", "LF", 100),
            ("Volume", "RF", 100),
            ("Mute", "Master", int(s.muted)),
            ("Mute", "LF", 0),
            ("Mute", "RF", 0),
            ("Loudness", "Master", int(s.loudness)),
        ]
        inner = "".join(f'<{tag} channel="{c}" val="{value}"/>' for tag, c, value in channels)
        inner += f'<Bass val="{s.bass}"/><Treble val="{s.treble}"/><OutputFixed val="0"/>'
        return {
            "LastChange": '<Event xmlns="urn:schemas-upnp-org:metadata-1-0/RCS/">'
            f'<InstanceID val="0">{inner}</InstanceID></Event>'
        }


class GroupRenderingControl(Service):
    """Answered by coordinators alone."""

    name = "GroupRenderingControl"
    path = "/MediaRenderer/GroupRenderingControl"

    def __init__(self, player: Player) -> None:
        self.player = player
        self._shares: dict[str, int] = {}  # volumes when the last snapshot was taken

    def _members(self) -> list[Player]:
        if self.player.coordinator is not self.player:
            raise UpnpError(701, "not a coordinator")
        return self.player.members

    @action("SnapshotGroupVolume", "InstanceID")
    def snapshot(self, a: Arguments) -> Answer:
        self._shares = {m.uid: m.sound.volume for m in self._members()}

    @action("GetGroupVolume", "InstanceID", "CurrentVolume")
    def volume(self, a: Arguments) -> Answer:
        return {"CurrentVolume": _mean([m.sound.volume for m in self._members()])}

    @action("SetGroupVolume", "InstanceID DesiredVolume")
    def set_volume(self, a: Arguments) -> Answer:
        wanted = _within(a["DesiredVolume"], 0, 100)
        shares = {m.uid: self._shares.get(m.uid, m.sound.volume) for m in self._members()}
        mean = _mean(list(shares.values()))
        for member in self._members():
            share = wanted if mean == 0 else round(shares[member.uid] * wanted / mean)
            member.set_volume(min(share, 100))

    @action("SetRelativeGroupVolume", "InstanceID Adjustment", "NewVolume")
    def adjust(self, a: Arguments) -> Answer:
        by = _within(a["Adjustment"], -100, 100)
        for member in self._members():
            member.set_volume(min(max(member.sound.volume + by, 0), 100))
        return {"NewVolume": _mean([m.sound.volume for m in self._members()])}

    @action("GetGroupMute", "InstanceID", "CurrentMute")
    def mute(self, a: Arguments) -> Answer:
        return {"CurrentMute": all(m.sound.muted for m in self._members())}

    @action("SetGroupMute", "InstanceID DesiredMute")
    def set_mute(self, a: Arguments) -> Answer:
        for member in self._members():
            member.sound.muted = a["DesiredMute"] in {"1", "true", "True"}
            member.sounds_different()

    def evented(self) -> dict[str, str]:
        members = self.player.members
        muted = all(m.sound.muted for m in members)
        volume = _mean([m.sound.volume for m in members])
        return {
            "GroupVolume": str(volume),
            "GroupMute": str(int(muted)),
            "GroupVolumeChangeable": "1",
        }


def _mean(volumes: list[int]) -> int:
    return round(sum(volumes) / len(volumes)) if volumes else 0


def _within(text: str, low: int, high: int) -> int:
    try:
        value = int(text)
    except ValueError as error:
        raise UpnpError(402, f"not a number: {text}") from error
    if not low <= value <= high:
        raise UpnpError(402, f"{value} is not within {low}..{high}")
    return value
