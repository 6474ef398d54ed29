"""The records behind a figure, found by the references that it lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import MODELS, attribute
from oscb_desktop.database.models.learning import Dissemination
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.queries.records import titles

T = TypeVar("T")
_FEW = 500  # are asked for at once
_OF_UNIT = {
    "children": "child",
    "families": "family",
    "incidents": "incident",
    "discussions": "incident",
    "actions": "action",
    "changes": "impact",
    "points": "learning_point",
    "findings": "finding",
    "recommendations": "recommendation",
    "parts": "limb",
    "occasions": "dissemination",
    "people": "dissemination",
    "members": "person",
    "agencies": "agency",
}
"""The kind of record that a figure counts, by its unit; any other unit counts reviews first."""
_NAMED_BY = {
    **{kind.name: "reference" for kind in RECORD_KINDS.values() if kind.key == ("reference",)},
    "person": "name",
    "agency": "name",
}
"""The field by which a figure names each kind of record."""


class _Found(NamedTuple):
    kind: str
    record_id: int
    title: str


@dataclass(frozen=True, slots=True)
class CountedRow:
    """A record as a figure counted it, once for each category; ``id`` is its place in the list.

    ``record_id`` is 0 and ``kind`` empty where no live record bears the reference.
    """

    id: int
    kind: str
    record_id: int
    title: str
    reference: str
    category: str

    @property
    def kind_words(self) -> str:
        """Return what sort of record it is."""
        return record_kind(self.kind).label if self.kind else "No such record"


def counted_records(
    session: Session, counted: Mapping[str, Iterable[str]], unit: str = ""
) -> tuple[CountedRow, ...]:
    """Return the records of each category, in the order in which the figure lists them.

    ``counted`` holds references by category; a figure that has no categories gives one of no name.
    ``unit`` says which kind is meant where records of two kinds bear the same reference.
    """
    listed = [(category, name) for category, names in counted.items() for name in names]
    found = _found(session, {name for _, name in listed}, unit)
    return tuple(
        CountedRow(at, *found.get(name, _Found("", 0, "")), name, category)
        for at, (category, name) in enumerate(listed)
    )


def _found(session: Session, names: set[str], unit: str) -> dict[str, _Found]:
    """Return the live record of each reference, of the first kind that has one of that name."""
    meant = _OF_UNIT.get(unit, "review")
    found: dict[str, _Found] = {}
    for kind in dict.fromkeys((meant, *_NAMED_BY)):
        missing = names - found.keys()
        if not missing:
            break
        ids = _shared(session, missing) if kind == "dissemination" else _ids(session, kind, missing)
        named = _titles(session, kind, tuple(ids.values()))
        for name, record_id in ids.items():
            title = named[record_id].removeprefix(name).strip() or named[record_id]
            found[name] = _Found(kind, record_id, title)
    return found


def _ids(session: Session, kind: str, names: set[str]) -> dict[str, int]:
    model = MODELS[kind]
    column = getattr(model, attribute(record_kind(kind).field(_NAMED_BY[kind])))
    live = select(column, model.id).where(model.withdrawn_at.is_(None))
    found = (session.execute(live.where(column.in_(some))) for some in _batches(tuple(names)))
    return {row[0]: row[1] for rows in found for row in rows}


def _titles(session: Session, kind: str, ids: Sequence[int]) -> dict[int, str]:
    named: dict[int, str] = {}
    for some in _batches(ids):
        named |= titles(session, kind, some)
    return named


def _batches(items: Sequence[T]) -> Iterator[Sequence[T]]:
    return (items[at : at + _FEW] for at in range(0, len(items), _FEW))


def _shared(session: Session, names: set[str]) -> dict[str, int]:
    """Return where learning was shared: a figure names it by the product and the audience."""
    query = select(Dissemination.product, Dissemination.audience, Dissemination.id).where(
        Dissemination.withdrawn_at.is_(None)
    )
    ids = {f"{row.product}, {row.audience}": row.id for row in session.execute(query)}
    return {name: ids[name] for name in names if name in ids}
