"""How a paper tells any record by its declaration: short things as facts, narratives in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import Fact, Section, Table
from oscb_desktop.domain.faces import SECRETARIAT, sees
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.validation import applies
from oscb_desktop.domain.values import is_empty
from oscb_desktop.queries.papers import lines
from oscb_desktop.queries.records import RecordRow, records

_LONGEST_FACT = 400


CHILD_FACTS = (
    "age_at_incident",
    "sex",
    "ethnicity",
    "disability",
    "disability_types",
    "communication",
    "health",
    "csc_status",
    "csc_previous",
    "cp_category",
    "cp_category_other",
    "legal_status",
    "placement",
    "placement_area",
    "outcome",
    "harm_types",
    "harm_setting",
    "harmed_by",
    "child_factors",
    "family_factors",
)
"""What is told of a child under its pseudonym, in the order of the national form."""


def section(title: str, subsections: Iterable[Section]) -> Section:
    """Return a section that holds others."""
    return Section(title, subsections=tuple(subsections))


def has_words(part: Section) -> bool:
    """Whether anything stands in a section."""
    return bool(part.facts or part.paragraphs or part.tables or part.subsections)


def says(row: RecordRow, field: Field) -> bool:
    """Whether a field is worth a line. The name of a file can name anybody, so none is told."""
    return (
        field.to != "attachment"
        and not is_empty(row.values[field.name])
        and applies(field, row.values)
    )


def veiled(row: RecordRow, face: str) -> RecordRow:
    """Return a record without what a face does not see of it, in its title neither."""
    kind = record_kind(row.kind)
    hidden = {field.name for field in kind.fields if not sees(face, kind.name, field.name)}
    if not hidden:
        return row
    empty = {name: () if kind.field(name).holds_many else None for name in hidden}
    title = " ".join(row.words(name) for name in kind.title if name not in hidden)
    return replace(row, title=title or kind.label, values={**row.values, **empty})


def told(row: RecordRow, title: str = "", tables: tuple[Table, ...] = ()) -> Section:
    """Tell one record under its title: what is short as facts, narratives under their labels."""
    kind = record_kind(row.kind)
    in_title = () if title else kind.title
    hidden = {"reference", "number", kind.parent, *in_title}
    fields = [field for field in kind.fields if field.name not in hidden and says(row, field)]
    return section_of(row, title or row.title, fields, tables)


def section_of(
    row: RecordRow, title: str, fields: Iterable[Field], tables: tuple[Table, ...] = ()
) -> Section:
    """Tell these fields of a record under a title."""
    facts, narratives = [], []
    for field in fields:
        words = row.words(field.name)
        if field.kind is FieldKind.LONG_TEXT and ("\n" in words or len(words) > _LONGEST_FACT):
            narratives.append(Section(field.label, paragraphs=lines(words)))
        else:
            facts.append(Fact(field.label, words))
    return Section(title, tuple(facts), (), tables, tuple(narratives))


def owned(session: Session, kind_name: str, owner: int, face: str = SECRETARIAT) -> list[Section]:
    """Tell each live record of a kind that belongs to one, as a face sees it."""
    return [told(veiled(row, face)) for row in records(session, kind_name, owner=owner)]


def owned_table(
    session: Session, kind_name: str, owner: int, names: Sequence[str]
) -> tuple[Table, ...]:
    """Return the records that belong to one as a table with the columns that say something."""
    rows = records(session, kind_name, owner=owner)
    return table_of(record_kind(kind_name).plural, kind_name, rows, names)


def table_of(
    caption: str, kind_name: str, rows: Sequence[RecordRow], names: Sequence[str]
) -> tuple[Table, ...]:
    """Return records of a kind as a table with the columns that say something, if there are any."""
    kind = record_kind(kind_name)
    used = [name for name in names if any(not is_empty(row.values[name]) for row in rows)]
    headings = tuple(kind.field(name).label for name in used)
    cells = tuple(tuple(row.words(name) for name in used) for row in rows)
    return (Table(caption, headings, cells),) if rows else ()


def filled(table: Table) -> Table:
    """Return a table without the columns in which nothing stands; the first one stays."""
    used = [
        place
        for place in range(len(table.headings))
        if place == 0 or any(row[place] for row in table.rows)
    ]
    return Table(
        table.caption,
        tuple(table.headings[place] for place in used),
        tuple(tuple(row[place] for place in used) for row in table.rows),
        tuple(table.widths[place] for place in used) if table.widths else (),
    )
