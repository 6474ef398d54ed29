"""The agenda and the note of a meeting, worded from its records."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date, weekday_date
from oscb_desktop.domain.documents import Agenda, AgendaItem, Fact, MeetingNote, Paper, Table
from oscb_desktop.domain.faces import PANEL
from oscb_desktop.queries.actions import actions
from oscb_desktop.queries.meetings import AttendanceRows, arising_of, attendance
from oscb_desktop.queries.papers import Made, lines, paper
from oscb_desktop.queries.records import RecordRow, record, records


def agenda(session: Session, meeting_id: int, made: Made) -> Agenda:
    """Return the agenda of a meeting; raises ``LookupError`` when there is no such meeting."""
    meeting, here = _meeting(session, meeting_id)
    people = Table(
        "",
        ("Name", "Agency", "Attendance"),
        tuple((one.name, one.agency, one.status_words) for one in here.people),
        (3, 5, 2),
    )
    return Agenda(
        paper=_paper(session, made, "Agenda", meeting),
        facts=_facts(meeting),
        purpose=lines(meeting.values["purpose"]),
        items=tuple(_item(row) for row in records(session, "agenda_item", owner=meeting_id)),
        people=people if here.people else None,
        tables=_looked_at(session, meeting, made),
    )


def meeting_note(session: Session, meeting_id: int, made: Made) -> MeetingNote:
    """Return the note of a meeting; raises ``LookupError`` when there is no such meeting."""
    meeting, here = _meeting(session, meeting_id)
    return MeetingNote(
        paper=_paper(session, made, "Note", meeting),
        facts=_facts(meeting),
        quorum=here.quorum.words(),
        remarks=(*lines(meeting.values["quorum_note"]), *here.notes, _interests(here)),
        people=_people(here),
        items=tuple(
            _item(row, said=True) for row in records(session, "agenda_item", owner=meeting_id)
        ),
        note=lines(meeting.values["note"]),
        dissent=lines(meeting.values["dissent"]),
        arising=_arising(session, meeting_id, made),
    )


def _meeting(session: Session, meeting_id: int) -> tuple[RecordRow, AttendanceRows]:
    found, here = record(session, "meeting", meeting_id), attendance(session, meeting_id)
    if found is None or here is None or found.withdrawn_at is not None:
        raise LookupError(f"there is no live meeting {meeting_id}")
    return found, here


def _paper(session: Session, made: Made, what: str, meeting: RecordRow) -> Paper:
    held_on = meeting.values["held_on"]
    assert isinstance(held_on, date)
    title = f"{what}: {meeting.words('kind').lower()}, {format_date(held_on)}"
    return paper(session, made, title, meeting.words("reference"), face=PANEL)


def _facts(meeting: RecordRow) -> tuple[Fact, ...]:
    held_on = meeting.values["held_on"]
    assert isinstance(held_on, date)
    return (
        Fact("On", weekday_date(held_on)),
        Fact("Time", meeting.words("starts_at")),
        Fact("Place", meeting.words("place")),
        Fact("Chair", meeting.words("chair")),
        Fact("About", meeting.words("reviews")),
    )


def _people(here: AttendanceRows) -> Table:
    """Return who was there and who was not, with the interests that were declared."""
    rows = tuple((one.name, one.agency, one.status_words, one.interest) for one in here.people)
    if any(one.interest for one in here.people):
        return Table("", ("Name", "Agency", "Came", "Interest declared"), rows, (3, 4, 2, 3))
    return Table("", ("Name", "Agency", "Came"), tuple(row[:3] for row in rows), (3, 5, 2))


def _interests(here: AttendanceRows) -> str:
    if not here.quorum.present or any(one.interest for one in here.people):
        return ""
    return "No interest is recorded."


def _item(row: RecordRow, *, said: bool = False) -> AgendaItem:
    return AgendaItem(
        row.words("heading"),
        row.words("led_by"),
        lines(row.values["said"]) if said else (),
        lines(row.values["decision"]) if said else (),
    )


def _arising(session: Session, meeting_id: int, made: Made) -> Table | None:
    rows = [
        (row.text, row.owner, _day(row.due_on), _day(row.done_on))
        for row in arising_of(session, meeting_id, made.today)
    ]
    rows += [
        (
            f"{row.words('reference')} {row.words('text')}",
            row.words("owner"),
            row.words("due_on"),
            row.words("completed_on"),
        )
        for row in records(session, "action")
        if row.values["meeting"] == meeting_id
    ]
    return Table("", ("What", "Who", "By", "Done"), tuple(rows), (6, 3, 2, 2)) if rows else None


def _looked_at(session: Session, meeting: RecordRow, made: Made) -> tuple[Table, ...]:
    """Return what the subgroup looks at each time: the actions that are overdue on that day."""
    if meeting.values["kind"] != "subgroup":
        return ()
    rows = tuple(
        (row.reference, row.text, row.lead_agency, row.lateness)
        for row in actions(session, made.today)
        if row.is_overdue
    )
    headings = ("Reference", "Action", "Lead agency", "Lateness")
    as_at = f"Actions overdue on {format_date(made.today)}"
    return (Table(as_at, headings, rows, (2, 6, 3, 2)),) if rows else ()


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
