"""What stands around every paper, and how a narrative is taken apart for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import (
    DEFAULT_ACCENT,
    Paper,
)
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.attachments import content_at, files_of
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import RecordRow, ids_linking, record, records, singleton

_BULLET = re.compile(r"^(?:[•·*‣▪–—-]|\d{1,2}[.)])\s+")
_AUDIENCES = ("practitioner", "system_leader", "national")


@dataclass(frozen=True, slots=True)
class Made:
    """Who makes a paper, when, as at which day, its copy label if it has one, and its code."""

    by: str
    at: datetime
    today: date
    version: str = ""
    trace: str = ""


def paper(
    session: Session, made: Made, title: str, subtitle: str = "", *, face: str = SECRETARIAT
) -> Paper:
    """Return what stands around a document of our organisation."""
    ours = organisation(session)
    for_publication = face == PUBLIC
    moment = f"{format_date(made.at.date())} {made.at:%H:%M}"
    return Paper(
        title=title,
        organisation=ours.name,
        subtitle=subtitle,
        marking=ours.marking,
        printed_by=made.by,
        printed_at=format_date(made.today) if for_publication else moment,
        version=made.version,
        accent=ours.accent_colour or DEFAULT_ACCENT,
        face=face,
        trace="" if for_publication else made.trace,
        logo=logo(session) if for_publication else b"",
        contact=lines(ours.contact) if for_publication else (),
    )


def logo(session: Session) -> bytes:
    """Return the file of our logo, empty where none was chosen."""
    row = singleton(session, "organisation")
    files = files_of(session, "organisation", (row.id,)) if row else ()
    return (content_at(session, files[-1].digest) or b"") if files else b""


def lines(text: Value) -> tuple[str, ...]:
    """Return the lines of a narrative that say something, in their order."""
    return tuple(line.strip() for line in str(text or "").splitlines() if line.strip())


def points(text: Value) -> tuple[str, ...]:
    """Return the lines of a field with one point a line, without bullets that somebody typed."""
    return tuple(point for line in lines(text) if (point := _BULLET.sub("", line)))


def live_review(session: Session, review_id: int) -> RecordRow:
    """Return a review that is not in the bin; raises ``LookupError`` when there is none."""
    found = record(session, "review", review_id)
    if found is None or found.withdrawn_at is not None:
        raise LookupError(f"there is no live review {review_id}")
    return found


def learning_points(session: Session, review_id: int) -> tuple[RecordRow, ...]:
    """Return the live learning points from a review, by audience and then in their order."""
    kind = record_kind("learning_point")
    ids = set(ids_linking(session, kind, kind.field("reviews"), review_id))
    found = [row for row in records(session, "learning_point") if row.id in ids]
    return tuple(sorted(found, key=lambda row: _AUDIENCES.index(str(row.values["audience"]))))
