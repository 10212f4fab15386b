"""A camera's media profiles as what it has to show: one channel for each source of pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

MAX_PROFILES, MAX_CHANNELS = 256, 64
ENOUGH = 320  # pixels wide, to tell a person from a dog


@dataclass(frozen=True)
class Profile:
    token: str
    source: str  # of the pictures: a lens, or a recorder's input
    width: int = 0
    height: int = 0
    configuration: str = ""  # of the source; news may name it instead
    turns: bool = False  # it has a motor


@dataclass(frozen=True)
class Channel:
    """One source of pictures, and the profiles of which it has the streams."""

    source: str
    main: Profile
    sub: Profile | None
    motor: Profile | None
    names: frozenset[str]  # by which news may call it


def profiles_of(told: Iterable[Any]) -> list[Profile]:
    """From GetProfiles' answer, those that have pictures."""
    found: list[Profile] = []
    for profile in list(told)[:MAX_PROFILES]:
        source = profile.VideoSourceConfiguration
        if source is None or not profile.token:
            continue
        encoder = profile.VideoEncoderConfiguration
        size = None if encoder is None else encoder.Resolution
        found.append(
            Profile(
                token=str(profile.token),
                source=str(source.SourceToken),
                width=int(size.Width or 0) if size else 0,
                height=int(size.Height or 0) if size else 0,
                configuration=str(source.token or ""),
                turns=profile.PTZConfiguration is not None,
            )
        )
    return found


def channels_of(profiles: Sequence[Profile]) -> list[Channel]:
    """In the order in which the camera tells its sources."""
    sources = list(dict.fromkeys(profile.source for profile in profiles))[:MAX_CHANNELS]
    return [_channel(source, [p for p in profiles if p.source == source]) for source in sources]


def _channel(source: str, profiles: Sequence[Profile]) -> Channel:
    """The largest picture to show, the smallest that is enough to watch."""
    main = max(profiles, key=_area)
    enough = [p for p in profiles if p.width >= ENOUGH and _area(p) < _area(main)]
    return Channel(
        source=source,
        main=main,
        sub=min(enough, key=_area, default=None),
        motor=next((p for p in profiles if p.turns), None),
        names=frozenset({source, *(p.configuration for p in profiles)}),
    )


def _area(profile: Profile) -> int:
    return profile.width * profile.height
