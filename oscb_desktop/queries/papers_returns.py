"""A return sheet: what is held of a review, in the fields that another system asks to be keyed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import ReviewRecord, Section, Table
from oscb_desktop.domain.return_sheets import COUNT, LIST, ReturnField, ReturnSheet
from oscb_desktop.queries.meetings import panel_met_on
from oscb_desktop.queries.papers import Made, live_review, paper
from oscb_desktop.queries.records import RecordRow, record, records, records_of

NOT_RECORDED = "not recorded"


def return_sheet(session: Session, review_id: int, sheet: ReturnSheet, made: Made) -> ReviewRecord:
    """Return a review in another system's fields; what is not held says so.

    Raises ``LookupError`` when there is no such live review.
    """
    review = live_review(session, review_id)
    held = _held(session, review)
    sections = tuple(
        Section(
            part.title,
            tables=(
                Table(
                    part.title,
                    ("Field", "What to key"),
                    tuple((entry.label, _words(entry, held)) for entry in part.fields),
                    (2.0, 3.0),
                ),
            ),
        )
        for part in sheet.parts
    )
    return ReviewRecord(paper(session, made, sheet.label, review.title), sections)


def _held(session: Session, review: RecordRow) -> dict[str, Sequence[RecordRow]]:
    """Return the records that a sheet can ask for, by kind; only live ones."""
    incident, children = review.values["incident"], review.values["children"]
    ids = [int(each) for each in children] if isinstance(children, tuple) else []
    found = record(session, "incident", incident) if isinstance(incident, int) else None
    owned = ("panel_response", "finding", "recommendation")
    met_on = panel_met_on(session, review.id) or review.values["meeting_on"]
    return {
        "review": (replace(review, values={**review.values, "meeting_on": met_on}),),
        "incident": () if found is None or found.withdrawn_at else (found,),
        "child": [row for row in records_of(session, "child", ids) if row.withdrawn_at is None],
        **{kind: records(session, kind, owner=review.id) for kind in owned},
    }


def _words(entry: ReturnField, held: dict[str, Sequence[RecordRow]]) -> str:
    rows = held[entry.of]
    if entry.field == COUNT:
        return str(len(rows))
    if entry.field == LIST:
        return "\n".join(row.title for row in rows) or NOT_RECORDED
    said = [(row, row.words(entry.field).strip() or NOT_RECORDED) for row in rows]
    if entry.of == "child" and len(said) > 1:
        return "\n".join(f"{row.words('known_as')}: {words}" for row, words in said)
    return "\n".join(words for _, words in said) or NOT_RECORDED
