"""The statutory clocks of a review: what is due when, from what day, and how it was counted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.working_days import (
    CalendarEnd,
    DayStep,
    month_steps,
    working,
    working_days_between,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from oscb_desktop.domain.rule_sets import RuleSet
    from oscb_desktop.domain.working_days import Calendar

WORKING_DAYS, DAYS = "working days", "days"
PAUSE_LEAVES = (
    "A pause moves no statutory date: every clock runs on. The Panel and the Secretary of State "
    "are told why it waits; a plan step moves only when it is re-planned."
)


class ClockName(StrEnum):
    """The clocks, in the order in which a case meets them."""

    NOTIFICATION = "notification"
    LOOKED_AFTER_DEATH = "looked_after_death"
    CARE_LEAVER_DEATH = "care_leaver_death"
    RAPID_REVIEW = "rapid_review"
    PANEL_REPLY = "panel_reply"
    PUBLICATION = "publication"
    PRE_PUBLICATION = "pre_publication"
    AVAILABILITY = "availability"


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """The days on which things happened, as far as they have.

    ``delay_told`` says whether the Panel and the Secretary of State know why publication is late;
    ``paused`` tells in words of a pause that lasts.
    """

    aware_on: date | None = None
    notified_on: date | None = None
    rapid_review_sent_on: date | None = None
    panel_replied_on: date | None = None
    lcspr_decided_on: date | None = None
    publication_planned_on: date | None = None
    report_sent_on: date | None = None
    published_on: date | None = None
    withdrawn_from_web_on: date | None = None
    looked_after_death_known_on: date | None = None
    care_leaver_death_known_on: date | None = None
    delay_told: bool = False
    paused: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """One clock on one day.

    ``days_left`` is in the clock's own ``unit``, negative when late; for a stopped clock, how much
    was left when it stopped. ``due_on`` or ``days_left`` is ``None`` when it lies beyond the bank
    holiday table, and ``note`` then says so. ``is_late`` is true of a clock that missed its day,
    running or stopped; the availability clock never is. ``late_plan`` says how long after its day
    publication is planned, ``plan_told`` whether those who must know why do, and ``paused`` that
    its review rests; each is empty where it is not so.
    """

    name: ClockName
    label: str
    due_on: date | None
    counts_from_on: date
    counts_from_label: str
    stopped_on: date | None
    days_left: int | None
    unit: str
    is_running: bool
    is_late: bool
    rule: str
    rule_set: str
    source: str
    working: tuple[DayStep, ...]
    note: str = ""
    late_plan: str = ""
    plan_told: bool = False
    paused: str = ""


@dataclass(frozen=True, slots=True)
class _Definition:
    """How one clock is read from the facts and the rules; a negative length counts back."""

    name: ClockName
    label: str
    anchor: Callable[[ClockFacts], date | None]
    anchor_label: str
    stop: Callable[[ClockFacts], date | None]
    length: Callable[[RuleSet], int | None]
    in_months: bool
    rule: str


_DEFINITIONS = (
    _Definition(
        ClockName.NOTIFICATION,
        "Notification to the Panel",
        lambda facts: facts.aware_on,
        "local authority aware",
        lambda facts: facts.notified_on,
        lambda rules: rules.notification_working_days,
        False,
        "{length} from the local authority becoming aware",
    ),
    _Definition(
        ClockName.LOOKED_AFTER_DEATH,
        "Death of a looked-after child: to the Secretary of State and Ofsted",
        lambda facts: facts.looked_after_death_known_on,
        "local authority aware",
        lambda facts: facts.notified_on,
        lambda rules: rules.looked_after_death_working_days,
        False,
        "{length} from the local authority becoming aware",
    ),
    _Definition(
        ClockName.CARE_LEAVER_DEATH,
        "Death of a care leaver: to the Secretary of State and Ofsted",
        lambda facts: facts.care_leaver_death_known_on,
        "local authority aware",
        lambda facts: facts.notified_on,
        lambda rules: rules.care_leaver_death_working_days,
        False,
        "{length} from the local authority becoming aware",
    ),
    _Definition(
        ClockName.RAPID_REVIEW,
        "Rapid review to the Panel",
        lambda facts: facts.notified_on,
        "notification sent",
        lambda facts: facts.rapid_review_sent_on,
        lambda rules: rules.rapid_review_working_days,
        False,
        "{length} from the notification being sent",
    ),
    _Definition(
        ClockName.PANEL_REPLY,
        "Panel's reply expected",
        lambda facts: facts.rapid_review_sent_on,
        "rapid review sent",
        lambda facts: facts.panel_replied_on,
        lambda rules: rules.panel_reply_working_days,
        False,
        "{length} from the rapid review being sent to the Panel",
    ),
    _Definition(
        ClockName.PUBLICATION,
        "Publication",
        lambda facts: facts.lcspr_decided_on,
        "decision to initiate the review",
        lambda facts: facts.published_on,
        lambda rules: rules.publication_months,
        True,
        "{length} from the decision to initiate the review",
    ),
    _Definition(
        ClockName.PRE_PUBLICATION,
        "Full report to the Panel and the Secretary of State",
        # Once published, the day it really happened is what the duty is measured against.
        lambda facts: facts.published_on or facts.publication_planned_on,
        "publication",
        lambda facts: facts.report_sent_on,
        lambda rules: -rules.pre_publication_working_days,
        False,
        "{length} before publication",
    ),
    _Definition(
        ClockName.AVAILABILITY,
        "Publicly available",
        lambda facts: facts.published_on,
        "published",
        lambda facts: facts.withdrawn_from_web_on,
        lambda rules: rules.availability_months,
        True,
        "at least {length} from publication",
    ),
)


def clocks_for(
    facts: ClockFacts, rules: RuleSet, calendar: Calendar, today: date
) -> tuple[Clock, ...]:
    """Return each clock whose starting day is known, in the order of ``ClockName``.

    A duty that an edition does not know has no clock under it.

    A clock that leaves the bank holiday table stays in the list, with the reason in its ``note``.
    """
    return tuple(
        _clock(definition, anchor, length, facts, rules, calendar, today)
        for definition in _DEFINITIONS
        if (anchor := definition.anchor(facts)) is not None
        and (length := definition.length(rules)) is not None
    )


def words_left(clock: Clock) -> str:
    """Say in a few words how a clock stands, ``2 working days left`` or ``1 working day late``."""
    if clock.name is ClockName.AVAILABILITY:
        return _availability_words(clock)
    if clock.days_left is None:
        stopped = f"done on {format_date(clock.stopped_on)}; " if clock.stopped_on else ""
        late = "late; " if clock.is_late else ""
        return f"{stopped}{late}days cannot be counted"
    amount = counted(abs(clock.days_left), clock.unit.removesuffix("s"))
    if clock.stopped_on is not None:
        return _stopped_words(clock.stopped_on, clock.days_left, amount)
    if clock.days_left == 0:
        return "due today"
    return f"{amount} left" if clock.days_left > 0 else f"{amount} late"


def words_of(clock: Clock, *, brief: bool = False) -> str:
    """Say how a clock stands, whether its review rests, and whether what is planned is too late.

    A pause and a plan change no day; the reasons of a late plan are to be told (Working Together),
    which ``brief`` leaves out.
    """
    why = "" if clock.plan_told or brief else ": tell the Panel and the Secretary of State why"
    late_plan = f"{clock.late_plan}{why}" if clock.late_plan else ""
    return "; ".join(filter(None, (words_left(clock), clock.paused, late_plan)))


def remarks_of(clock: Clock) -> tuple[str, ...]:
    """Return, in sentences for the working, what a pause and a late plan leave as it is."""
    said = []
    if clock.paused:
        said.append(f"{clock.paused[:1].upper()}{clock.paused[1:]}. {PAUSE_LEAVES}")
    if clock.late_plan:
        ask = "know why" if clock.plan_told else "are to be told why"
        told = f"Publication is {clock.late_plan}; the Panel and the Secretary of State {ask}."
        said.append(told)
    return tuple(said)


def late_plan_of(clocks: Iterable[Clock]) -> str:
    """Return how long after its day publication is planned, in words; nothing where it is not."""
    return next((clock.late_plan for clock in clocks if clock.late_plan), "")


def _clock(
    definition: _Definition,
    anchor: date,
    length: int,
    facts: ClockFacts,
    rules: RuleSet,
    calendar: Calendar,
    today: date,
) -> Clock:
    stopped_on = definition.stop(facts)
    due_on, days_left, steps, note = _counted(
        anchor, length, definition.in_months, calendar, stopped_on or today
    )
    informs_only = definition.name is ClockName.AVAILABILITY
    past = due_on is not None and (stopped_on or today) > due_on
    noun = "month" if definition.in_months else "working day"
    is_running = stopped_on is None and not (informs_only and past)
    return Clock(
        name=definition.name,
        label=definition.label,
        due_on=due_on,
        counts_from_on=anchor,
        counts_from_label=definition.anchor_label,
        stopped_on=stopped_on,
        days_left=days_left,
        unit=DAYS if definition.in_months else WORKING_DAYS,
        # After its year the availability clock has nothing more to say.
        is_running=is_running,
        is_late=past and not informs_only,
        rule=definition.rule.format(length=counted(abs(length), noun)),
        rule_set=rules.name,
        source=rules.sources.get(definition.name, ""),
        working=steps,
        note=note,
        late_plan="" if past or not is_running else _late_plan(definition, facts, due_on, length),
        plan_told=facts.delay_told,
        paused=facts.paused if is_running and not informs_only else "",
    )


def _late_plan(definition: _Definition, facts: ClockFacts, due_on: date | None, length: int) -> str:
    """Say how long after its day publication is planned; once it has passed it is late anyhow."""
    planned = facts.publication_planned_on
    if definition.name is not ClockName.PUBLICATION or planned is None or due_on is None:
        return ""
    late_by = (planned - due_on).days
    return f"planned {counted(late_by, 'day')} after the {length} months" if late_by > 0 else ""


def _counted(
    anchor: date, length: int, in_months: bool, calendar: Calendar, measured_on: date
) -> tuple[date | None, int | None, tuple[DayStep, ...], str]:
    """Return the due day, what is left of it on a day, the working, and why either is missing."""
    if in_months:
        steps = month_steps(anchor, length)
        due_on = steps[-1].on
        return due_on, (due_on - measured_on).days, steps, ""
    try:
        steps = working(anchor, length, calendar)
    except CalendarEnd as end:
        return None, None, (), end.sentence
    due_on = steps[-1].on
    try:
        return due_on, working_days_between(measured_on, due_on, calendar), steps, ""
    except CalendarEnd as end:
        return due_on, None, steps, end.sentence


def _stopped_words(stopped_on: date, days_left: int, amount: str) -> str:
    day = format_date(stopped_on)
    if days_left == 0:
        return f"met on {day}, the day it was due"
    return f"met on {day}, {amount} early" if days_left > 0 else f"met on {day}, {amount} late"


def _availability_words(clock: Clock) -> str:
    """Say how long a report must stay up; after that it may come down, but only by decision."""
    due = format_date(clock.due_on) if clock.due_on else ""
    if clock.stopped_on is not None:
        when = "before" if clock.days_left is not None and clock.days_left > 0 else "after"
        return f"taken down on {format_date(clock.stopped_on)}, {when} its time was up"
    if clock.is_running:
        return f"stays up until {due} at least"
    return f"may come down since {due}, by decision only"
