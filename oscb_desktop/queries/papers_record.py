"""The full record of a review: all that the declarations hold of it, in one column of sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.decisions import CRITERIA
from oscb_desktop.domain.documents import Fact, ReviewRecord, Section, Table
from oscb_desktop.domain.faces import SECRETARIAT, sees
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.statutory_clock import Clock, words_left
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.queries.clocks import clocks_of_review
from oscb_desktop.queries.papers import Made, learning_points, live_review, paper
from oscb_desktop.queries.papers_parts import (
    filled,
    has_words,
    owned,
    owned_table,
    says,
    section,
    section_of,
    told,
    veiled,
)
from oscb_desktop.queries.papers_running import Told, impact, running_sections, sharing
from oscb_desktop.queries.records import RecordRow, record, records

_CLOCK_HEADINGS = ("Clock", "Counted from", "Due", "How it stands", "Rule")
_OF_A_LIMB = ("label", "scope", "text", "raised_with", "raised_on", "reply")
_OF_AN_ACTION = (
    ("milestone", ("text", "owner", "due_on", "done_on")),
    ("progress_note", ("noted_on", "note", "by")),
    (
        "evidence",
        ("description", "kind", "received_on", "kept_at", "accepted_by", "accepted_on"),
    ),
    ("due_revision", ("revised_on", "from_on", "to_on", "reason")),
    ("assurance_check", ("kind", "due_on", "checked_on", "checked_by", "result", "note")),
    ("escalation", ("step", "raised_on", "to", "message", "replied_on", "reply")),
)
"""What is printed of the records that belong to an action, a table a kind."""


def review_record(
    session: Session, review_id: int, made: Made, face: str = SECRETARIAT
) -> ReviewRecord:
    """Return what is held about a review but real identities and privileged legal advice.

    A section stands only where there is something to tell, and where ``face`` sees it. Raises
    ``LookupError`` when there is no such review.
    """
    review = veiled(live_review(session, review_id), face)
    sections = tuple(
        part
        for kind, part in _sections(session, review, made, face)
        if sees(face, kind) and has_words(part)
    )
    about = review.words("kind")
    if sees(face, "review", "role"):
        about = f"{about}, {review.words('role').lower()}"
    name = review.title if sees(face, "review", "reference") else review.words("known_as")
    return ReviewRecord(paper(session, made, f"Review record: {name}", about, face=face), sections)


def _sections(session: Session, review: RecordRow, made: Made, face: str) -> Iterator[Told]:
    of, day = review.id, made.today
    yield from (("review", part) for part in _review_sections(review))
    yield from (("incident", part) for part in _incident_sections(session, review, face))
    yield "child", section("Children", map(told, _children(session, review)))
    yield "incident", _clocks(session, of, day)
    yield from running_sections(session, of, made)
    yield "finding", section("Findings", owned(session, "finding", of, face))
    yield "recommendation", section("Recommendations", _recommendations(session, of, face))
    yield "action", section("Actions", _actions(session, of, made))
    points = (told(veiled(row, face)) for row in learning_points(session, of))
    yield "learning_point", section("Learning points", points)
    yield "dissemination", sharing(session, of)
    yield "impact", impact(session, of)


def _review_sections(review: RecordRow) -> tuple[Section, ...]:
    """Return the review's own fields under the headings of its form, those that say something."""
    kind = record_kind("review")
    found = []
    for heading in kind.sections:
        inside = [field for field in kind.fields if field.section == heading]
        criteria = any(field.name in CRITERIA for field in inside)
        fields = [f for f in inside if says(review, f) and not f.name.startswith("criterion_")]
        tables = _criteria(review) if criteria else ()
        if heading and (fields or tables):
            found.append(section_of(review, heading, fields, tables))
    return tuple(found)


def _criteria(review: RecordRow) -> tuple[Table, ...]:
    """Return each criterion that was weighed, its answer and the reason."""
    kind = record_kind("review")
    rows = tuple(
        (kind.field(name).label, review.words(name), review.words(f"{name}_reason"))
        for name in CRITERIA
        if says(review, kind.field(name))
    )
    table = Table("Criteria", ("Criterion", "Met", "Reason"), rows, (4, 1, 6))
    return (filled(table),) if rows else ()


def _incident_sections(session: Session, review: RecordRow, face: str) -> tuple[Section, ...]:
    incident_id = review.values["incident"]
    incident = record(session, "incident", incident_id) if isinstance(incident_id, int) else None
    if incident is None:
        return ()
    discussions = owned(session, "notification_discussion", incident.id)
    return (
        told(veiled(incident, face), f"Incident {incident.title}"),
        section("Notification discussions", discussions),
    )


def _children(session: Session, review: RecordRow) -> list[RecordRow]:
    ids = review.values["children"]
    assert isinstance(ids, tuple)
    found = (record(session, "child", int(child_id)) for child_id in ids)
    live = [row for row in found if row is not None and row.withdrawn_at is None]
    return sorted(live, key=lambda row: sort_key(row.title))


def _clocks(session: Session, review_id: int, today: date) -> Section:
    found = clocks_of_review(session, review_id, today)
    clocks = found.clocks if found else ()
    rows = tuple(_clock_row(clock) for clock in clocks)
    caption = f"As at {format_date(today)}"
    tables = (Table(caption, _CLOCK_HEADINGS, rows, (3, 3, 2, 3, 4)),) if rows else ()
    return Section("Statutory clocks", tables=tables)


def _clock_row(clock: Clock) -> tuple[str, ...]:
    due = format_date(clock.due_on) if clock.due_on else clock.note
    start = f"{format_date(clock.counts_from_on)}, {clock.counts_from_label}"
    return clock.label, start, due, words_left(clock), f"{clock.rule}. {clock.rule_set}."


def _recommendations(session: Session, review_id: int, face: str) -> list[Section]:
    limbs = tuple(name for name in _OF_A_LIMB if sees(face, "limb", name))
    return [
        told(
            veiled(row, face),
            _name_of(row, face),
            tables=owned_table(session, "limb", row.id, limbs),
        )
        for row in records(session, "recommendation", owner=review_id)
    ]


def _name_of(recommendation: RecordRow, face: str) -> str:
    if sees(face, "recommendation", "reference"):
        return str(recommendation.values["reference"])
    return f"Recommendation {recommendation.values['number']}"


def _actions(session: Session, review_id: int, made: Made) -> list[Section]:
    standing = {row.id: row for row in actions(session, made.today) if row.review_id == review_id}
    found = []
    for row in records(session, "action", owner=review_id):
        tables = tuple(
            table
            for kind, names in _OF_AN_ACTION
            for table in owned_table(session, kind, row.id, names)
        )
        part = told(row, str(row.values["reference"]), tables=tables)
        found.append(_with_standing(part, standing[row.id]))
    return found


def _with_standing(part: Section, action: ActionRow) -> Section:
    """Put how an action stands before its other facts."""
    shade = action.shade
    label = shade.words if shade.reason else shade.shown.label
    words = f"{label}, {action.lateness}" if action.lateness else label
    facts = (Fact("How it stands", words), *part.facts)
    return replace(part, facts=facts)
