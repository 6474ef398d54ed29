"""What happened since a meeting, worded for the paper."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import SinceMeeting, Table
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, paper
from oscb_desktop.queries.since import SinceRows, since

_HEADINGS = ("Reference", "What", "What happened")


def since_meeting(session: Session, day: date, made: Made) -> SinceMeeting:
    """Return what happened from a day up to the day of making."""
    rows = since(session, day, made.today)
    return SinceMeeting(
        paper=paper(session, made, "Since the last meeting", organisation(session).subgroup),
        as_at=as_at(rows),
        totals=f"{rows.words()[:1].upper()}{rows.words()[1:]}.",
        groups=tuple(
            Table(
                heading,
                _HEADINGS,
                tuple((line.reference, line.text, line.detail) for line in lines),
                (3, 13, 9),
            )
            for heading, lines in rows.groups()
            if lines
        ),
    )


def as_at(rows: SinceRows) -> str:
    """Say from which day to which, and which meeting that was."""
    meeting = f" (meeting {rows.meeting})" if rows.meeting else ""
    return f"From {format_date(rows.since)}{meeting} to {format_date(rows.today)}"
