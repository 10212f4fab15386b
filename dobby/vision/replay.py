"""What a recording of reports would have been told as, by the same engine and the clock in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo

from dobby.language.words import Words
from dobby.settings import VisionSettings
from dobby.vision.alerts import alert, later
from dobby.vision.incidents import Event, Tick, reduce
from dobby.vision.records import AlertRule, CameraSettings, Incident
from dobby.vision.reports import Live, Reports
from dobby.vision.rules import Circumstances, OwnRule, judge, noted
from dobby.vision.state import Change, Layout, State, layout

OWNER = "owner"
ENGLISH = Words()
STEP = timedelta(seconds=1)
RUN_OUT = timedelta(minutes=3)  # after the last report, for what is under way to end
LATELY = timedelta(hours=1)


@dataclass(frozen=True)
class Line:
    """One incident as it would have been told, or why not; ``later``: more messages on it."""

    incident: Incident
    at: datetime
    text: str
    told: bool
    why: str
    later: tuple[str, ...] = ()

    def __str__(self) -> str:
        if not self.told:
            return f"{self.at:%H:%M:%S} not told: {self.text} ({self.why})"
        return "\n".join([f"{self.at:%H:%M:%S} told: {self.text}", *(f"  {t}" for t in self.later)])


def told(
    recording: Iterable[Reports],
    cameras: Iterable[CameraSettings] = (),
    rules: Sequence[AlertRule] = (),
    settings: VisionSettings | None = None,
    zone: tzinfo = UTC,
) -> list[Line]:
    """A line for each incident, in the order of their beginnings. ``rules`` oldest first."""
    how = settings or VisionSettings()
    plan = layout(cameras, {}, how.lingers_s, how.open_s, timedelta(seconds=how.quiet_s))
    own = [
        OwnRule(n, rule, OWNER, datetime.min.replace(tzinfo=UTC)) for n, rule in enumerate(rules)
    ]
    replay = _Replay(plan, own, how.alerts_per_hour, zone)
    for reports in recording:
        for report in reports.reports:
            if not isinstance(report, Live):
                replay.pass_time(report.at)
                replay.take(report)
    if replay.now is not None:
        replay.pass_time(replay.now + RUN_OUT)
    return list(replay.lines.values())


@dataclass
class _Replay:
    layout: Layout
    rules: Sequence[OwnRule]
    per_hour: int
    zone: tzinfo
    state: State = field(default_factory=State)
    now: datetime | None = None
    known: dict[str, Incident] = field(default_factory=dict[str, Incident])
    lines: dict[str, Line] = field(default_factory=dict[str, Line])

    def pass_time(self, until: datetime) -> None:
        """Second by second while something is under way; at once where nothing is."""
        while self.now is not None and self.now + STEP < until and self.state != State():
            self.now += STEP
            self.take(Tick(self.now))
        self.now = until if self.now is None else max(self.now, until)

    def take(self, event: Event) -> None:
        self.state, changes = reduce(self.state, event, self.layout)
        for change in changes:
            self._tell(change)

    def _tell(self, change: Change) -> None:
        incident = self.state.incident(change.incident.id) or change.incident
        now = (self.now or change.moment.at).astimezone(self.zone)
        line = self.lines.get(incident.id)
        if line is None or not line.told:
            around = Circumstances(now, OWNER, lately=self._lately(now), per_hour=self.per_hour)
            judgement = judge(incident, change.moment, self.rules, around)
            if line is None or judgement.tell:
                incident = noted(incident, judgement, OWNER, now)
                why = ENGLISH.put(judgement.why)
                line = Line(incident, now, self._text(incident, now), judgement.tell, why)
        elif more := later(incident, change.moment, self.layout.names, now, ENGLISH):
            line = Line(incident, line.at, line.text, True, line.why, (*line.later, more))
        self.state = self.state.amended(incident)
        self.known[incident.id] = incident
        self.lines[incident.id] = Line(
            incident, line.at, line.text, line.told, line.why, line.later
        )

    def _lately(self, now: datetime) -> list[Incident]:
        self.known.update({**self.state.ended, **self.state.open})
        return [i for i in self.known.values() if now - i.last < LATELY]

    def _text(self, incident: Incident, now: datetime) -> str:
        parts = [other for other in self.known.values() if other.story == incident.id]
        return alert(incident, parts, self.layout.names, now, self.zone, ENGLISH)
