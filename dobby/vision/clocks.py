"""Clocks of other machines: what eyes tell is dated anew where their clock is off, and nothing is
of a time to come: it would be the newest for ever."""

from __future__ import annotations

from datetime import datetime, timedelta

from dobby.vision.reports import Live, Report, Scene, Track

SLACK = timedelta(seconds=3)  # so much is the way, not the clock


def corrected(report: Report, sent: datetime, now: datetime) -> Report:
    """The report by our clock; ``sent`` is theirs and ``now`` is ours, of the same moment. Raises
    OverflowError for times that no clock shows."""
    off = now - sent
    if abs(off) <= SLACK:
        off = timedelta()
    at = min(report.at + off, now)
    update: dict[str, object] = {"at": at}
    if isinstance(report, Scene | Live):
        update["tracks"] = tuple(_moved(track, off, at) for track in report.tracks)
    return report.model_copy(update=update)


def _moved(track: Track, off: timedelta, at: datetime) -> Track:
    return track.model_copy(update={"since": min(track.since + off, at)})
