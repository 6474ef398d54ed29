"""All live reviews for a chair: their stages in time, their statutory days, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.codes import code_list, label_of
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.stage_spans import Scale, StageSpan, scale_of, spans_of
from oscb_desktop.domain.stages import StageFacts, is_live, stage_of
from oscb_desktop.domain.statutory_clock import Clock, ClockName, words_left
from oscb_desktop.queries.clocks import clocks_of_reviews
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.missed_facts import with_what_is_missed
from oscb_desktop.queries.reviews import action_counts
from oscb_desktop.queries.stages import stage_facts
from oscb_desktop.queries.standing import what_is_missing


class DateState(StrEnum):
    """How a statutory day stands; each has a shape and a word of its own."""

    MET = "met"
    MISSED = "met late"
    RUNS = "to come"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class StatutoryDate:
    """A day by which something has to be done; ``left`` says how it stands in its own unit."""

    label: str
    due_on: date
    state: DateState
    left: str

    @property
    def words(self) -> str:
        """The day in words, with how it stands."""
        return f"{self.label}: {format_date(self.due_on)}, {self.left}"


@dataclass(frozen=True, slots=True)
class ChairRow:
    """One live review on the chair's page; ``pause`` and ``missing`` are empty where none is."""

    id: int
    reference: str
    known_as: str
    kind: str
    kind_words: str
    kind_briefly: str
    role_words: str
    stage: str
    stage_since: date | None
    pause: str
    spans: tuple[StageSpan, ...]
    dates: tuple[StatutoryDate, ...]
    planned_on: date | None
    next: StatutoryDate | None
    missing: tuple[str, ...]
    actions_open: int
    actions_overdue: int
    started_on: date

    @property
    def is_late(self) -> bool:
        """Whether a statutory day has passed that is still to be met."""
        return any(day.state is DateState.LATE for day in self.dates)

    def part_words(self, *, briefly: bool = False) -> str:
        """Say what kind of review it is and what our part in it; a contribution says both."""
        kind = self.kind_briefly if briefly else self.kind_words
        if self.kind == "contribution":
            return kind
        return f"{kind}, {self.role_words[:1].lower()}{self.role_words[1:]}"

    def stage_words(self) -> str:
        """Say where the review stands and since when."""
        since = f", since {format_date(self.stage_since)}" if self.stage_since else ""
        return f"{self.stage}{since}"

    def planned_words(self) -> str:
        """Say when publication is planned for, or nothing."""
        return f"Publication planned for {format_date(self.planned_on)}" if self.planned_on else ""

    def missing_words(self) -> str:
        """Say how much is missing before the next stage."""
        return f"{len(self.missing)} missing" if self.missing else ""

    def actions_words(self) -> str:
        """Say how many actions are open, and how many of them are overdue."""
        if not self.actions_open:
            return ""
        overdue = f", {self.actions_overdue} overdue" if self.actions_overdue else ""
        return f"{counted(self.actions_open, 'action')} open{overdue}"

    def told(self) -> str:
        """Say all that the timeline shows, in sentences."""
        days = [day.words for day in self.dates]
        parts = (*map(span_words, self.spans), *days, self.planned_words(), self.pause)
        return ". ".join(part for part in parts if part)


def span_words(span: StageSpan) -> str:
    """Say from which day to which a stage lasted."""
    if span.lasts:
        return f"{span.words} since {format_date(span.from_on)}"
    return f"{span.words} {format_date(span.from_on)} to {format_date(span.to_on)}"


def totals(rows: tuple[ChairRow, ...], today: date) -> str:
    """Say how many reviews are live and how many of them missed a statutory day."""
    if not rows:
        return f"No review is live on {format_date(today)}."
    late = sum(row.is_late for row in rows)
    return (
        f"{counted(len(rows), 'live review')} on {format_date(today)}; {late} past a statutory day."
    )


def scale_for(rows: tuple[ChairRow, ...], today: date) -> Scale:
    """Return the months on which these reviews are drawn."""
    due = [day.due_on for row in rows for day in row.dates]
    planned = [row.planned_on for row in rows if row.planned_on]
    return scale_of((row.started_on for row in rows), (*due, *planned), today)


def live_reviews(session: Session, today: date) -> tuple[ChairRow, ...]:
    """Return every review that the subgroup still works on, what is due first at the head."""
    with uncollected():
        facts = {
            review: found
            for review, found in stage_facts(session, today).items()
            if is_live(found, today)
        }
        facts = with_what_is_missed(session, facts)
        clocks = clocks_of_reviews(session, facts, today)
        counts = action_counts(session, today)
        query = select(*_SHOWN).where(Review.id.in_(facts))
        rows = [
            _row(
                review,
                facts[review.id],
                clocks[review.id],
                counts.get(review.id, (0, 0)),
                today,
            )
            for review in session.connection().execute(query)
        ]
    return tuple(sorted(rows, key=_first_due))


_SHOWN = (
    Review.id,
    Review.reference,
    Review.known_as,
    Review.role,
    Review.publication_planned_on,
)


def _first_due(row: ChairRow) -> tuple[date, Any]:
    return row.next.due_on if row.next else date.max, sort_key(row.reference)


def _row(
    review: Any,
    facts: StageFacts,
    clocks: tuple[Clock, ...],
    counts: tuple[int, int],
    today: date,
) -> ChairRow:
    stage = stage_of(facts, today)
    dates = tuple(day for clock in clocks if (day := _statutory(clock)) is not None)
    lacks = what_is_missing(facts, today, clocks)
    to_come = [day for day in dates if day.state in (DateState.RUNS, DateState.LATE)]
    return ChairRow(
        id=review.id,
        reference=review.reference,
        known_as=review.known_as,
        kind=facts.kind,
        kind_words=label_of("review_kind", facts.kind),
        kind_briefly=code_list("review_kind").brief_of(facts.kind),
        role_words=label_of("review_role", review.role),
        stage=stage.told,
        stage_since=stage.since,
        pause=_pause_words(facts),
        spans=spans_of(facts, today),
        dates=dates,
        planned_on=review.publication_planned_on,
        next=min(to_come, key=lambda day: day.due_on, default=None),
        missing=tuple(one.sentence for one in lacks),
        actions_open=counts[0],
        actions_overdue=counts[1],
        started_on=facts.started_on,
    )


def _statutory(clock: Clock) -> StatutoryDate | None:
    """Return the day of a clock; availability only informs, and some days cannot be counted."""
    if clock.due_on is None or clock.name is ClockName.AVAILABILITY:
        return None
    if clock.is_running:
        state = DateState.LATE if clock.is_late else DateState.RUNS
    else:
        state = DateState.MISSED if clock.is_late else DateState.MET
    return StatutoryDate(clock.label, clock.due_on, state, words_left(clock))


def _pause_words(facts: StageFacts) -> str:
    pause = facts.pause
    if pause is None:
        return ""
    what = "Publication is paused" if pause.publication_only else "Paused"
    return f"{what} since {format_date(pause.from_on)}: {pause.why}"
