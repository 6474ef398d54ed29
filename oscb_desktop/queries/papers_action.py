"""The full record of one action: what is asked, how it stands, and all that was done about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import counted, drifted, format_date
from oscb_desktop.domain.documents import Fact, ReviewRecord, Section, Table
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.actions import ActionRow, action_row, moved_by
from oscb_desktop.queries.attachments import files_of
from oscb_desktop.queries.chasing import mailings
from oscb_desktop.queries.impact import impacts_of
from oscb_desktop.queries.papers import Made, paper
from oscb_desktop.queries.papers_actions import colour_key
from oscb_desktop.queries.papers_parts import (
    filled,
    has_words,
    owned_table,
    says,
    section_of,
    table_of,
    told,
)
from oscb_desktop.queries.records import RecordRow, record, records, records_of

_TOLD_ELSEWHERE = (
    "reference",
    "review",
    "recommendation",
    "limb",
    "also_serves",
    "due_on",
    "original_due_on",
    "delivery",
    "assurance",
    "given_colour",
    "colour_reason",
)
"""What the title tells, or a section of its own."""


def action_record(session: Session, action_id: int, made: Made) -> ReviewRecord:
    """Return all that is held about an action; a section stands only where there is something.

    Raises ``LookupError`` when there is no such action.
    """
    action = record(session, "action", action_id)
    row = action_row(session, action_id, made.today)
    if action is None or row is None:
        raise LookupError(f"there is no live action {action_id}")
    sections = (
        _action(action),
        _standing(row),
        _dates(session, action, row),
        Section("Why", subsections=tuple(_reasons(session, action))),
        _tables(session, action, "milestone", ("text", "owner", "due_on", "done_on")),
        _tables(session, action, "progress_note", ("noted_on", "note", "by")),
        _evidence(session, action),
        _tables(
            session,
            action,
            "assurance_check",
            ("kind", "due_on", "checked_on", "checked_by", "result", "note"),
        ),
        _impact(session, action),
        _tables(
            session,
            action,
            "escalation",
            ("raised_on", "step", "to", "message", "replied_on", "reply"),
        ),
        _sent(session, action),
    )
    around = paper(session, made, f"Action {row.reference}", row.review)
    return ReviewRecord(around, tuple(filter(has_words, sections)))


def _action(action: RecordRow) -> Section:
    """Return what is to be done, then who does it, for what, and how it ended."""
    fields = [
        field
        for field in record_kind("action").fields
        if field.name not in _TOLD_ELSEWHERE and says(action, field)
    ]
    return section_of(action, "What is to be done", fields)


def _standing(row: ActionRow) -> Section:
    """Return its status and its colour, with what the key says that colour means."""
    shade = row.shade
    meaning = next((key.meaning for key in colour_key() if key.colour == shade.shown.label), "")
    facts = (
        Fact("Delivery", row.delivery_words),
        Fact("Against its date", row.lateness),
        Fact("Assurance", row.assurance_words),
        Fact("Colour", shade.words if shade.reason else shade.shown.label),
        Fact("What the colour means", meaning),
    )
    return Section("How it stands", tuple(fact for fact in facts if fact.value))


def _reasons(session: Session, action: RecordRow) -> Iterator[Section]:
    """Yield the review's recommendation, its limb, and the others that the action serves too."""
    linked = (
        ("recommendation", "recommendation", "Recommendation"),
        ("limb", "limb", "Limb"),
        ("also_serves", "recommendation", "Also serves"),
    )
    for name, kind, words in linked:
        held = action.values[name]
        ids = held if isinstance(held, tuple) else (held,)
        wanted = [one for one in ids if isinstance(one, int)]
        for row in records_of(session, kind, wanted):
            yield told(row, f"{words} {row.words('reference')}")


def _dates(session: Session, action: RecordRow, row: ActionRow) -> Section:
    """Return the first date beside the current one, and each move with who and why."""
    drift = row.drift_days
    facts = (
        Fact("Originally due", action.words("original_due_on")),
        Fact("Due", action.words("due_on")),
        Fact("Drift", drifted(drift) if drift else ""),
        Fact("Moved", counted(row.moves, "time") if row.moves else ""),
    )
    who = moved_by(session, action.id)
    moves = tuple(
        (*(move.words(name) for name in ("revised_on", "from_on", "to_on")), by, reason)
        for move in records(session, "due_revision", owner=action.id)
        for by, reason in ((who.get(move.id, ""), move.words("reason")),)
    )
    headings = ("Changed on", "From", "To", "By", "Reason")
    tables = (filled(Table("Changes of due date", headings, moves, (3, 3, 3, 3, 8))),)
    return Section(
        "Dates", tuple(fact for fact in facts if fact.value), (), tables if moves else ()
    )


def _tables(session: Session, action: RecordRow, kind: str, names: Sequence[str]) -> Section:
    """Return the records of a kind that belong to the action under their own heading."""
    return Section(record_kind(kind).plural, tables=owned_table(session, kind, action.id, names))


def _evidence(session: Session, action: RecordRow) -> Section:
    """Return what shows that it was done, with the names of the files that are kept here."""
    rows = records(session, "evidence", owner=action.id)
    names: dict[int, list[str]] = {row.id: [] for row in rows}
    for file in files_of(session, "evidence", tuple(names)):
        names[file.owner].append(file.name)
    fields = ("description", "kind", "received_on", "kept_at", "accepted_by", "accepted_on")
    cells = tuple(
        (*(row.words(field) for field in fields), "\n".join(names[row.id])) for row in rows
    )
    headings = ("What it is", "Kind", "Received", "Kept at", "Accepted by", "Accepted on", "Files")
    table = filled(Table("Evidence", headings, cells))
    return Section("Evidence", tables=(table,) if rows else ())


def _impact(session: Session, action: RecordRow) -> Section:
    names = ("reference", "seen_on", "what_changed", "how_known")
    rows = impacts_of(session, action.id)
    return Section("Impact", tables=table_of("Impact", "impact", rows, names))


def _sent(session: Session, action: RecordRow) -> Section:
    """Return what was sent to an agency about it: when, to whom, and what became of it."""
    rows = tuple(
        (
            sent.reference,
            sent.agency,
            format_date(sent.sent_on),
            sent.to,
            format_date(sent.due_back_on) if sent.due_back_on else "",
            format_date(sent.returned_on) if sent.returned_on else "",
        )
        for sent in mailings(session, action.id)
    )
    headings = ("Sheet", "Agency", "Sent on", "To", "Answer due", "Answered on")
    table = filled(Table("What was sent", headings, rows))
    return Section("What was sent", tables=(table,) if rows else ())
