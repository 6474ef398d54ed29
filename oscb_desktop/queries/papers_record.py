"""The full record of a review: all that the declarations hold of it, in one column of sections."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import Fact, ReviewRecord, Section, Table
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.statutory_clock import Clock, words_left
from oscb_desktop.domain.validation import applies
from oscb_desktop.domain.values import is_empty
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.queries.clocks import clocks_of_review
from oscb_desktop.queries.papers import Made, learning_points, lines, live_review, paper
from oscb_desktop.queries.records import RecordRow, record, records

_LONGEST_FACT = 400
_CLOCK_HEADINGS = ("Clock", "Counted from", "Due", "How it stands", "Rule")


def review_record(session: Session, review_id: int, made: Made) -> ReviewRecord:
    """Return everything held about a review but the children's real identities.

    Raises ``LookupError`` when there is no such review.
    """
    review = live_review(session, review_id)
    sections = (
        *_review_sections(review),
        *_incident_sections(session, review),
        _section("Children", map(_told, _children(session, review))),
        _clocks(session, review_id, made),
        _section("Panel letters", _owned(session, "panel_response", review_id)),
        _section("Findings", _owned(session, "finding", review_id)),
        _section("Recommendations", _recommendations(session, review_id)),
        _section("Actions", _actions(session, review_id, made)),
        _section("Learning points", map(_told, learning_points(session, review_id))),
        _costs(session, review_id),
    )
    about = f"{review.words('kind')}, {review.words('role').lower()}"
    return ReviewRecord(paper(session, made, f"Review record: {review.title}", about), sections)


def _section(title: str, subsections: Iterable[Section]) -> Section:
    return Section(title, subsections=tuple(subsections))


def _told(row: RecordRow, title: str = "", tables: tuple[Table, ...] = ()) -> Section:
    """Tell one record under its title: what is short as facts, narratives under their labels."""
    kind = record_kind(row.kind)
    in_title = () if title else kind.title
    hidden = {"reference", "number", kind.parent, *in_title}
    fields = [field for field in kind.fields if field.name not in hidden and _says(row, field)]
    return _section_of(row, title or row.title, fields, tables)


def _section_of(
    row: RecordRow, title: str, fields: Iterable[Field], tables: tuple[Table, ...] = ()
) -> Section:
    facts, narratives = [], []
    for field in fields:
        words = row.words(field.name)
        if field.kind is FieldKind.LONG_TEXT and ("\n" in words or len(words) > _LONGEST_FACT):
            narratives.append(Section(field.label, paragraphs=lines(words)))
        else:
            facts.append(Fact(field.label, words))
    return Section(title, tuple(facts), (), tables, tuple(narratives))


def _says(row: RecordRow, field: Field) -> bool:
    return not is_empty(row.values[field.name]) and applies(field, row.values)


def _review_sections(review: RecordRow) -> tuple[Section, ...]:
    """Return the review's own fields under the headings of its form, those that say something."""
    kind = record_kind("review")
    told = []
    for heading in kind.sections:
        fields = [f for f in kind.fields if f.section == heading and _says(review, f)]
        if heading and fields:
            told.append(_section_of(review, heading, fields))
    return tuple(told)


def _incident_sections(session: Session, review: RecordRow) -> tuple[Section, ...]:
    incident_id = review.values["incident"]
    incident = record(session, "incident", incident_id) if isinstance(incident_id, int) else None
    if incident is None:
        return ()
    discussions = _owned(session, "notification_discussion", incident.id)
    return (
        _told(incident, f"Incident {incident.title}"),
        _section("Notification discussions", discussions),
    )


def _children(session: Session, review: RecordRow) -> list[RecordRow]:
    ids = review.values["children"]
    assert isinstance(ids, tuple)
    found = (record(session, "child", int(child_id)) for child_id in ids)
    live = [row for row in found if row is not None and row.withdrawn_at is None]
    return sorted(live, key=lambda row: sort_key(row.title))


def _owned(session: Session, kind_name: str, owner: int) -> list[Section]:
    return [_told(row) for row in records(session, kind_name, owner=owner)]


def _clocks(session: Session, review_id: int, made: Made) -> Section:
    found = clocks_of_review(session, review_id, made.today)
    clocks = found.clocks if found else ()
    rows = tuple(_clock_row(clock) for clock in clocks)
    caption = f"As at {format_date(made.today)}"
    tables = (Table(caption, _CLOCK_HEADINGS, rows, (3, 3, 2, 3, 4)),) if rows else ()
    return Section("Statutory clocks", tables=tables)


def _clock_row(clock: Clock) -> tuple[str, ...]:
    due = format_date(clock.due_on) if clock.due_on else clock.note
    start = f"{format_date(clock.counts_from_on)}, {clock.counts_from_label}"
    return clock.label, start, due, words_left(clock), f"{clock.rule}. {clock.rule_set}."


def _recommendations(session: Session, review_id: int) -> list[Section]:
    return [
        _told(
            row,
            str(row.values["reference"]),
            tables=_table(
                session,
                "limb",
                row.id,
                ("label", "scope", "text", "raised_with", "raised_on", "reply"),
            ),
        )
        for row in records(session, "recommendation", owner=review_id)
    ]


def _actions(session: Session, review_id: int, made: Made) -> list[Section]:
    standing = {row.id: row for row in actions(session, made.today) if row.review_id == review_id}
    told = []
    for row in records(session, "action", owner=review_id):
        tables = (
            *_table(session, "progress_note", row.id, ("noted_on", "note", "by")),
            *_table(
                session,
                "evidence",
                row.id,
                ("description", "kind", "received_on", "kept_at", "accepted_by", "accepted_on"),
            ),
            *_table(session, "due_revision", row.id, ("revised_on", "from_on", "to_on", "reason")),
        )
        section = _told(row, str(row.values["reference"]), tables=tables)
        told.append(_with_standing(section, standing[row.id]))
    return told


def _with_standing(section: Section, action: ActionRow) -> Section:
    """Put how an action stands before its other facts."""
    shade = action.shade
    label = shade.words if shade.reason else shade.shown.label
    words = f"{label}, {action.lateness}" if action.lateness else label
    facts = (Fact("How it stands", words), *section.facts)
    return Section(section.title, facts, section.paragraphs, section.tables, section.subsections)


def _table(
    session: Session, kind_name: str, owner: int, names: tuple[str, ...]
) -> tuple[Table, ...]:
    """Return the records that belong to one as a table with the columns that say something."""
    kind = record_kind(kind_name)
    rows = records(session, kind_name, owner=owner)
    used = [name for name in names if any(not is_empty(row.values[name]) for row in rows)]
    headings = tuple(kind.field(name).label for name in used)
    cells = tuple(tuple(row.words(name) for name in used) for row in rows)
    return (Table(kind.plural, headings, cells),) if rows else ()


def _costs(session: Session, review_id: int) -> Section:
    amounts = [row.values["amount"] for row in records(session, "cost_line", owner=review_id)]
    total = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal())
    return Section(
        "Costs",
        facts=(Fact("In all", f"£{total:,.2f}"),) if amounts else (),
        tables=_table(session, "cost_line", review_id, ("description", "amount", "incurred_on")),
    )
