"""What changed for children or practice because of reviews, as the list of it shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import RecordRow, ids_linking, records, records_of


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One thing that changed; its links by their titles, ``year`` the one in which it was seen."""

    id: int
    reference: str
    what_changed: str
    how_known: str
    seen_on: date
    year: str
    actions: tuple[str, ...]
    reviews: tuple[str, ...]
    themes: tuple[str, ...]


def impacts(session: Session) -> tuple[ImpactRow, ...]:
    """Return every live record of impact, the one seen last first."""
    month = organisation(session).year_start_month
    rows = [_row(row, month) for row in records(session, "impact")]
    return tuple(sorted(rows, key=lambda row: row.seen_on, reverse=True))


def impacts_of(session: Session, action_id: int) -> tuple[RecordRow, ...]:
    """Return the records of impact that name an action."""
    kind = record_kind("impact")
    ids = ids_linking(session, kind, kind.field("actions"), action_id)
    return records_of(session, "impact", ids)


def _row(row: RecordRow, month: int) -> ImpactRow:
    seen_on = row.values["seen_on"]
    assert isinstance(seen_on, date)
    return ImpactRow(
        row.id,
        row.words("reference"),
        row.words("what_changed"),
        row.words("how_known"),
        seen_on,
        ReportingYear.containing(seen_on, month).label,
        *(_titles(row, name) for name in ("actions", "reviews", "themes")),
    )


def _ids(row: RecordRow, name: str) -> tuple[int, ...]:
    value = row.values[name]
    return value if isinstance(value, tuple) else ()  # type: ignore[return-value]


def _titles(row: RecordRow, name: str) -> tuple[str, ...]:
    return tuple(row.titles[name].get(at, "") for at in _ids(row, name))
