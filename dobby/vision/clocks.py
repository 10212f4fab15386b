"""Clocks of other machines: what eyes tell is dated anew where their clock is off."""

from __future__ import annotations

from datetime import datetime, timedelta

from dobby.vision.reports import Live, Report, Scene, Track

SLACK = timedelta(seconds=3)  # so much is the way, not the clock


def corrected(report: Report, sent: datetime, now: datetime) -> Report:
    """The report by our clock; ``sent`` is theirs and ``now`` is ours, of the same moment."""
    off = now - sent
    if abs(off) <= SLACK:
        return report
    update: dict[str, object] = {"at": report.at + off}
    if isinstance(report, Scene | Live):
        update["tracks"] = tuple(_moved(track, off) for track in report.tracks)
    return report.model_copy(update=update)


def _moved(track: Track, off: timedelta) -> Track:
    return track.model_copy(update={"since": track.since + off})
