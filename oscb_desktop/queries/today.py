"""What must be done now: clocks, actions, the next day on which anything is due, the last steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.meetings import Meeting
from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.statutory_clock import ClockName
from oscb_desktop.domain.working_days import Calendar, CalendarEnd, add_working_days
from oscb_desktop.queries.actions import ActionRow, actions, awaiting_assurance
from oscb_desktop.queries.clocks import ClockRow, running_clocks
from oscb_desktop.queries.meetings import ArisingRow, actions_arising
from oscb_desktop.queries.milestones import MilestoneRow, milestones_due
from oscb_desktop.queries.organisation import calendar, organisation
from oscb_desktop.queries.plans import DueStep, steps_due
from oscb_desktop.queries.processes import ProcessDate, process_dates
from oscb_desktop.queries.requests import RequestRow, owed

NEAR_WORKING_DAYS = 5


@dataclass(frozen=True, slots=True)
class TodayRows:
    """What *Today* shows.

    ``next_on`` is the first day from today on which a clock or an action is due; ``near_until`` the
    fifth working day from today, up to which ``steps`` of plans and ``milestones`` of actions are
    due; ``arising`` are the actions of meetings due within ``soon_days``, and ``owed`` is what
    agencies owe to reviews; ``processes`` are courts and the like in that time.
    ``is_empty`` says that the file holds nothing yet that could be due.
    ``last_label`` and ``last_at`` are of the newest step of work, and ``changed_lately`` counts
    the steps of the last seven days.
    """

    clocks: tuple[ClockRow, ...]
    overdue: tuple[ActionRow, ...]
    due_soon: tuple[ActionRow, ...]
    awaiting_assurance: int
    soon_days: int
    next_on: date | None
    next_what: str
    near_until: date
    last_label: str
    last_at: datetime | None
    changed_lately: int
    steps: tuple[DueStep, ...]
    arising: tuple[ArisingRow, ...]
    milestones: tuple[MilestoneRow, ...]
    owed: tuple[RequestRow, ...]
    processes: tuple[ProcessDate, ...]
    is_empty: bool

    @property
    def nothing_near(self) -> bool:
        """Whether nothing is late and nothing is due within five working days."""
        late = any(running.clock.is_late for running in self.clocks) or bool(self.overdue)
        arising = any(row.due_on and row.due_on <= self.near_until for row in self.arising)
        owed = any(row.facts.due_on and row.facts.due_on <= self.near_until for row in self.owed)
        courts = any(row.on <= self.near_until for row in self.processes)
        if late or self.steps or self.milestones or arising or owed or courts:
            return False
        return self.next_on is None or self.next_on > self.near_until


def today_rows(session: Session, today: date) -> TodayRows:
    """Return what *Today* shows on a day."""
    clocks = tuple(sorted(running_clocks(session, today), key=_urgency))
    live = actions(session, today, only_open=True)
    next_on, next_what = _next(clocks, live, today)
    near_until = _near_until(today, calendar(session))
    soon = organisation(session).due_soon_days
    last = session.execute(
        select(Change.label, Change.at)
        .where(Change.act != Act.VIEW)
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    return TodayRows(
        clocks=clocks,
        overdue=tuple(row for row in live if row.is_overdue),
        due_soon=tuple(row for row in live if row.due_soon),
        awaiting_assurance=awaiting_assurance(session),
        soon_days=soon,
        next_on=next_on,
        next_what=next_what,
        near_until=near_until,
        steps=steps_due(session, today, near_until),
        arising=actions_arising(session, today, due_within=soon),
        milestones=milestones_due(session, today, near_until),
        owed=owed(session, today),
        processes=process_dates(session, today + timedelta(days=soon)),
        is_empty=_is_empty(session),
        last_label=last.label if last else "",
        last_at=last.at if last else None,
        changed_lately=_changed_since(session, today - timedelta(days=7)),
    )


def _is_empty(session: Session) -> bool:
    """Whether there is no incident, review, action or meeting outside the bin."""
    live = (exists().where(model.withdrawn_at.is_(None)) for model in _WORK)
    return not session.scalar(select(or_(*live)))


_WORK = (Incident, Review, Action, Meeting)


def _urgency(running: ClockRow) -> tuple[bool, bool, date]:
    clock = running.clock
    informs = clock.name is ClockName.AVAILABILITY
    return informs, clock.due_on is None, clock.due_on or date.max


def _next(
    clocks: Iterable[ClockRow], live: Iterable[ActionRow], today: date
) -> tuple[date | None, str]:
    """Return the first day from today on which something is due, and what that is."""
    due = [
        (running.clock.due_on, f"{running.clock.label}, {running.reference}")
        for running in clocks
        if running.clock.due_on and running.clock.name is not ClockName.AVAILABILITY
    ]
    due += [
        (row.due_on, f"action {row.reference}")
        for row in live
        if row.due_on and row.is_open and not row.is_national
    ]
    ahead = [entry for entry in due if entry[0] >= today]
    return min(ahead, default=(None, ""))


def _near_until(today: date, days: Calendar) -> date:
    try:
        return add_working_days(today, NEAR_WORKING_DAYS, days)
    except CalendarEnd:
        return today + timedelta(days=7)


def _changed_since(session: Session, day: date) -> int:
    since = datetime.combine(day, datetime.min.time())
    steps = select(func.count(Change.id)).where(Change.at >= since, Change.act != Act.VIEW)
    return session.scalar(steps) or 0
