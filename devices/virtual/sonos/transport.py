"""What one player plays, live: positions advance, tracks end, stations change songs."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Literal

from devices.virtual.sonos.catalogue import Station, Track
from devices.virtual.sonos.soap import UpnpError

TransportState = Literal["STOPPED", "PLAYING", "PAUSED_PLAYBACK"]
PLAY_MODES = frozenset(
    {"NORMAL", "REPEAT_ALL", "REPEAT_ONE", "SHUFFLE_NOREPEAT", "SHUFFLE", "SHUFFLE_REPEAT_ONE"}
)
RADIO_SCHEMES = (
    "x-rincon-mp3radio:", "x-sonosapi-stream:", "x-sonosapi-radio:", "hls-radio:", "aac:",
)  # fmt: skip


@dataclass(frozen=True)
class Loaded:
    """What SetAVTransportURI put in: a stream, one track, or a queue."""

    uri: str = ""
    metadata: str = ""
    title: str = ""


@dataclass
class Transport:
    """One player's transport. Methods raise UpnpError with the codes of AVTransport:1."""

    changed: Callable[[], None]
    stations: dict[str, Station]
    state: TransportState = "STOPPED"
    loaded: Loaded = field(default_factory=Loaded)
    enqueued: Loaded = field(default_factory=Loaded)  # the container that the queue came from
    queue: list[Track] = field(default_factory=list[Track])
    queue_version: int = 1
    current: int = 0  # index in the queue
    play_mode: str = "NORMAL"
    crossfade: bool = False
    sleeps_at: float | None = None
    _elapsed: float = 0.0  # up to the last start
    _started: float = 0.0
    _timer: asyncio.TimerHandle | None = None
    _sleeper: asyncio.TimerHandle | None = None

    @property
    def radio(self) -> bool:
        return self.loaded.uri.startswith(RADIO_SCHEMES)

    @property
    def queued(self) -> bool:
        return self.loaded.uri.startswith("x-rincon-queue:")

    @property
    def station(self) -> Station | None:
        return self.stations.get(self.loaded.uri) if self.radio else None

    @property
    def position(self) -> float:
        running = monotonic() - self._started if self.state == "PLAYING" else 0.0
        return self._elapsed + running

    @property
    def track(self) -> Track | None:
        """What is heard or would be; a station's song on the radio."""
        if self.queued:
            return self.queue[self.current] if self.current < len(self.queue) else None
        if self.radio:
            return self._song()
        title = self.loaded.title or self.loaded.uri.rpartition("/")[2]
        return Track(title, "", "", uri=self.loaded.uri) if self.loaded.uri else None

    def load(self, loaded: Loaded) -> None:
        self._halt("STOPPED")
        self.loaded, self._elapsed = loaded, 0.0
        if self.queued:
            self.current = min(self.current, max(len(self.queue) - 1, 0))
        self.changed()

    def play(self) -> None:
        if self.track is None:
            raise UpnpError(701, "nothing loaded")
        if self.state != "PLAYING":
            self.state, self._started = "PLAYING", monotonic()
            self._schedule()
            self.changed()

    def pause(self) -> None:
        if self.state != "PLAYING":
            raise UpnpError(701, "not playing")
        self._halt("STOPPED" if self.radio else "PAUSED_PLAYBACK")
        self.changed()

    def stop(self) -> None:
        self._halt("STOPPED")
        self.changed()

    def seek(self, position: float) -> None:
        track = self.track
        if track is None or self.radio or not 0 <= position <= track.seconds:
            raise UpnpError(711, "illegal seek target")
        self._move_to(self.current, position)

    def seek_track(self, number: int) -> None:
        if not self.queued or not 1 <= number <= len(self.queue):
            raise UpnpError(711, "illegal seek target")
        self._move_to(number - 1)

    def next(self) -> None:
        if not self.queued:
            raise UpnpError(711 if not self.radio else 701, "no next track")
        following = self._following(by_hand=True)
        if following is None:
            raise UpnpError(711, "end of the queue")
        self._move_to(following)

    def previous(self) -> None:
        if not self.queued:
            raise UpnpError(711 if not self.radio else 701, "no previous track")
        if self.current == 0 and not self._repeats_all:
            raise UpnpError(711, "start of the queue")
        self._move_to((self.current - 1) % max(len(self.queue), 1))

    def set_play_mode(self, mode: str) -> None:
        if mode not in PLAY_MODES or not self.queued:
            raise UpnpError(712, "play mode not supported")
        self.play_mode = mode
        self.changed()

    def enqueue(self, tracks: list[Track], at: int, source: Loaded) -> int:
        """Insert before the 1-based position ``at`` (0: at the end); the first one's number."""
        first = at if 0 < at <= len(self.queue) else len(self.queue) + 1
        self.queue[first - 1 : first - 1] = tracks
        if first - 1 <= self.current and len(self.queue) > len(tracks):
            self.current += len(tracks)
        self.enqueued = source
        self.requeued()
        return first

    def remove(self, first: int, count: int) -> None:
        """Take tracks out, from the 1-based position ``first``."""
        if first < 1 or count < 1 or first - 1 + count > len(self.queue):
            raise UpnpError(402, "no such tracks")
        del self.queue[first - 1 : first - 1 + count]
        if self.current >= first - 1 + count:
            self.current -= count
        elif self.current >= first - 1:
            self.current = min(first - 1, max(len(self.queue) - 1, 0))
            self._restart_track()
        self.requeued()

    def clear(self) -> None:
        self.queue.clear()
        self.current = 0
        if self.queued:
            self._halt("STOPPED")
            self._elapsed = 0.0
        self.requeued()

    def reorder(self, first: int, count: int, before: int) -> None:
        """Move a block of the queue; positions are 1-based."""
        if first < 1 or count < 1 or first - 1 + count > len(self.queue) or before < 1:
            raise UpnpError(402, "no such tracks")
        playing = self.queue[self.current]
        block = self.queue[first - 1 : first - 1 + count]
        rest = self.queue[: first - 1] + self.queue[first - 1 + count :]
        at = before - 1 if before <= first else before - 1 - count
        self.queue = rest[:at] + block + rest[at:]
        self.current = next(i for i, track in enumerate(self.queue) if track is playing)
        self.requeued()

    def requeued(self) -> None:
        self.queue_version += 1
        self.changed()

    def sleep_in(self, delay: float | None) -> None:
        """Stop after that many seconds; None cancels."""
        if self._sleeper is not None:
            self._sleeper.cancel()
        self._sleeper, self.sleeps_at = None, None
        if delay is not None:
            self.sleeps_at = monotonic() + delay
            self._sleeper = asyncio.get_running_loop().call_later(delay, self._fall_asleep)

    def take_over(self, other: Transport) -> None:
        """Go on with what another player played: its group is ours now."""
        self._halt("STOPPED")
        self.loaded, self.enqueued = other.loaded, other.enqueued
        self.queue, self.current = list(other.queue), other.current
        self.play_mode, self.queue_version = other.play_mode, self.queue_version + 1
        self._elapsed = other.position
        if other.state == "PLAYING":
            self.play()
        else:
            self.state = other.state
            self.changed()

    def close(self) -> None:
        self._halt("STOPPED")
        self.sleep_in(None)

    @property
    def _repeats_all(self) -> bool:
        return self.play_mode in {"REPEAT_ALL", "SHUFFLE"}

    def _fall_asleep(self) -> None:
        self.sleep_in(None)
        self.stop()

    def _song(self) -> Track:
        station, name = self.station, self.loaded.title or "Radio"
        if station is None or not station.songs:
            return Track(station.name if station else name, "", "", 0.0, self.loaded.uri)
        at = self.position % sum(song.seconds for song in station.songs)
        for song in station.songs:
            if at < song.seconds:
                return song
            at -= song.seconds
        return station.songs[-1]

    def _following(self, *, by_hand: bool) -> int | None:
        """The index that comes after the current track, or None at the end."""
        if not by_hand and self.play_mode in {"REPEAT_ONE", "SHUFFLE_REPEAT_ONE"}:
            return self.current
        if self.play_mode.startswith("SHUFFLE") and len(self.queue) > 1:
            others = [i for i in range(len(self.queue)) if i != self.current]
            return random.choice(others)  # noqa: S311 - music, not secrets
        if self.current + 1 < len(self.queue):
            return self.current + 1
        return 0 if self._repeats_all and self.queue else None

    def _move_to(self, index: int, position: float = 0.0) -> None:
        self.current = index
        self._restart_track(position)
        self.changed()

    def _restart_track(self, position: float = 0.0) -> None:
        self._elapsed, self._started = position, monotonic()
        self._schedule()

    def _halt(self, state: TransportState) -> None:
        self._elapsed = 0.0 if state == "STOPPED" else self.position
        self.state = state
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _schedule(self) -> None:
        """Wake up when the track ends, or when a station's song does."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        track = self.track
        if self.state != "PLAYING" or track is None or track.seconds <= 0:
            return
        left = track.seconds - self.position
        if self.radio:
            left = self._song_left()
        self._timer = asyncio.get_running_loop().call_later(max(left, 0.01), self._ended)

    def _song_left(self) -> float:
        songs = self.station.songs if self.station else ()
        at = self.position % sum(song.seconds for song in songs)
        for song in songs:
            if at < song.seconds:
                return song.seconds - at
            at -= song.seconds
        return 0.0

    def _ended(self) -> None:
        self._timer = None
        if self.radio:
            self._schedule()
            self.changed()
            return
        following = self._following(by_hand=False) if self.queued else None
        if following is None:
            self._halt("STOPPED")
            self.current = 0
            self.changed()
        else:
            self._move_to(following)
