"""Every review as the lists show it: what it is, how far it has come, and what comes next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.stages import StageFacts, is_live, stage_of
from oscb_desktop.domain.statuses import OPEN, ActionScope
from oscb_desktop.domain.statutory_clock import Clock, ClockName, words_left
from oscb_desktop.queries.clocks import running_clocks
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.stages import stage_facts


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review. ``years`` are the reporting years in which it was worked on, newest first.

    ``stage_told`` says what holds a review up and at which stage; ``stage`` is the stage alone.
    """

    id: int
    reference: str
    known_as: str
    kind: str
    kind_words: str
    role_words: str
    stage: str
    stage_told: str
    stage_since: date | None
    is_live: bool
    next_on: date | None
    next_label: str
    next_words: str
    is_late: bool
    reviewer: str
    actions_open: int
    actions_overdue: int
    themes: tuple[str, ...]
    years: tuple[str, ...]
    started_on: date


@dataclass(frozen=True, slots=True)
class NamedReview:
    """One review to be chosen by its name. ``years`` as in ``ReviewRow``."""

    id: int
    reference: str
    known_as: str
    years: tuple[str, ...]
    started_on: date


_SHOWN = (
    Review.id,
    Review.reference,
    Review.known_as,
    Review.kind,
    Review.role,
    Review.reviewer,
    Review.started_on,
    Review.finished_on,
    Review.published_on,
)


def reviews(session: Session, today: date) -> tuple[ReviewRow, ...]:
    """Return every live review, the newest first."""
    with uncollected():
        facts = stage_facts(session, today)
        clocks = _next_clocks(session, today)
        counts = action_counts(session, today)
        themes = _themes(session)
        start_month = organisation(session).year_start_month
        live = select(*_SHOWN).where(Review.withdrawn_at.is_(None))
        rows = [
            _row(
                review, facts[review.id], clocks.get(review.id), counts, themes, start_month, today
            )
            for review in session.connection().execute(live)
        ]
        return tuple(sorted(rows, key=_begun, reverse=True))


def named_reviews(session: Session, today: date) -> tuple[NamedReview, ...]:
    """Return every live review by its name alone, the newest first: to choose from, at once."""
    start_month = organisation(session).year_start_month
    live = select(*_SHOWN).where(Review.withdrawn_at.is_(None))
    rows = [
        NamedReview(
            review.id,
            review.reference,
            review.known_as,
            _years(review, start_month, today),
            review.started_on,
        )
        for review in session.connection().execute(live)
    ]
    return tuple(sorted(rows, key=_begun, reverse=True))


def _begun(row: ReviewRow | NamedReview) -> tuple[date, Any]:
    return (row.started_on, sort_key(row.reference))


def _row(
    review: Any,
    facts: StageFacts,
    clock: Clock | None,
    counts: Mapping[int, tuple[int, int]],
    themes: Mapping[int, tuple[str, ...]],
    start_month: int,
    today: date,
) -> ReviewRow:
    still_open, overdue = counts.get(review.id, (0, 0))
    stage = stage_of(facts, today)
    return ReviewRow(
        id=review.id,
        reference=review.reference,
        known_as=review.known_as,
        kind=review.kind,
        kind_words=code_list("review_kind").label_of(review.kind),
        role_words=code_list("review_role").label_of(review.role),
        stage=stage.words,
        stage_told=stage.told,
        stage_since=stage.since,
        is_live=is_live(facts, today),
        next_on=clock.due_on if clock else None,
        next_label=clock.label if clock else "",
        next_words=words_left(clock) if clock else "",
        is_late=clock is not None and clock.is_late,
        reviewer=review.reviewer or "",
        actions_open=still_open,
        actions_overdue=overdue,
        themes=themes.get(review.id, ()),
        years=_years(review, start_month, today),
        started_on=review.started_on,
    )


def _next_clocks(session: Session, today: date) -> dict[int, Clock]:
    """Return the running clock of each review that is due first; availability only informs."""
    found: dict[int, Clock] = {}
    for running in running_clocks(session, today):
        clock = running.clock
        if running.kind == "review" and clock.due_on and clock.name is not ClockName.AVAILABILITY:
            found.setdefault(running.id, clock)
    return found


def action_counts(session: Session, today: date) -> dict[int, tuple[int, int]]:
    """Count for each review its open actions, and those of them that are overdue.

    What was raised nationally is in nobody's hands here and is never overdue.
    """
    overdue = and_(Action.due_on < today, Action.scope != ActionScope.NATIONAL)
    query = (
        select(Action.review_id, func.count(), func.count(case((overdue, 1))))
        .where(Action.withdrawn_at.is_(None), Action.delivery.in_(OPEN))
        .group_by(Action.review_id)
    )
    return {review: (found, late) for review, found, late in session.execute(query)}


def _themes(session: Session) -> dict[int, tuple[str, ...]]:
    own, other = LINK_TABLES["review", "themes"].columns
    found: dict[int, list[str]] = defaultdict(list)
    query = select(own, Theme.name).join(Theme, Theme.id == other)
    for review_id, name in session.execute(query.where(Theme.withdrawn_at.is_(None))):
        found[review_id].append(name)
    return {review_id: tuple(sorted(names, key=str.casefold)) for review_id, names in found.items()}


def _years(review: Any, start_month: int, today: date) -> tuple[str, ...]:
    """Return the labels of the years from the start to the end of the work, newest first."""
    ends = [day for day in (review.finished_on, review.published_on, today) if day is not None]
    last = max(min(ends), review.started_on)
    first_year, last_year = (
        day.year - (day.month < start_month) for day in (review.started_on, last)
    )
    return _labels(first_year, last_year, start_month)


@lru_cache(maxsize=1024)
def _labels(first_year: int, last_year: int, start_month: int) -> tuple[str, ...]:
    years = range(last_year, max(first_year, last_year - 59) - 1, -1)
    return tuple(ReportingYear.beginning(year, start_month).label for year in years)
