"""The years of which there can be an annual report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.recommendations import Action
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.settings import Baseline
from oscb_desktop.database.models.year import Narrative
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.organisation import organisation

_DAYS = (
    Review.started_on,
    Review.finished_on,
    Review.published_on,
    Incident.notified_on,
    Incident.aware_on,
    Action.completed_on,
)


def report_years(session: Session, today: date) -> tuple[ReportingYear, ...]:
    """Return every year from the first with records to the one that runs, the newest first.

    Years of which there is only a baseline or a text are among them; a year still to come is where
    it has records.
    """
    month = organisation(session).year_start_month
    ends = [day for day in _first_and_last(session) if day is not None] or [today]
    year = ReportingYear.containing(max(*ends, today), month)
    first = ReportingYear.containing(min(*ends, today), month)
    found = {year}
    while year > first:
        year = year.previous()
        found.add(year)
    return tuple(sorted({*found, *_named(session, month)}, reverse=True))


def _first_and_last(session: Session) -> Iterator[date | None]:
    for column in _DAYS:
        live = column.class_.withdrawn_at.is_(None)
        yield from session.execute(select(func.min(column), func.max(column)).where(live)).one()


def _named(session: Session, month: int) -> Iterator[ReportingYear]:
    """Return the years that baselines and texts name, in the way in which years are counted now."""
    for model in (Baseline, Narrative):
        for label in session.scalars(
            select(model.year).where(model.withdrawn_at.is_(None)).distinct()
        ):
            try:
                yield ReportingYear.parse(label, month)
            except UserError:  # of a time when the year began in another month
                continue
