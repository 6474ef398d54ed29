"""What two records must agree on: the rules that no record can be held to alone."""

from __future__ import annotations

from collections.abc import Container, Iterator

from sqlalchemy import select

from oscb_desktop.database.models import MODELS, attribute
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, Values, is_empty
from oscb_desktop.errors import FieldFault
from oscb_desktop.queries.records import ids_linking
from oscb_desktop.services.work import Work

_SAME = (
    ("recommendation", "findings", "review"),
    ("action", "recommendation", "review"),
    ("action", "limb", "recommendation"),
)
"""Kind, link, field: what the link leads to holds the same in that field as the record itself."""


def disagreements(
    work: Work, kind: RecordKind, values: Values, own_id: int | None, changed: Container[str]
) -> Iterator[FieldFault]:
    """Yield a fault for each changed field that no longer fits the records around this one."""
    for name, link, shared in _SAME:
        if name == kind.name and (link in changed or shared in changed):
            yield from _of_another(work, kind.field(link), kind.field(shared), values)
        linking = record_kind(name)
        if own_id and linking.field(link).to == kind.name and shared in changed:
            yield from _referred_to(work, linking, linking.field(link), kind.field(shared), own_id)
    for declared in kind.fields:
        if own_id and declared.to == kind.name and declared.name in changed:
            yield from _in_a_circle(work, kind, declared, values[declared.name], own_id)


def _of_another(work: Work, declared: Field, shared: Field, values: Values) -> Iterator[FieldFault]:
    value = values[declared.name]
    if is_empty(value):
        return
    wanted = value if isinstance(value, tuple) else (value,)
    model = MODELS[declared.to]
    theirs = select(getattr(model, attribute(shared))).where(model.id.in_(wanted))
    if set(work.session.scalars(theirs)) != {values[shared.name]}:
        what = shared.label.lower()
        yield FieldFault(
            declared.name, f"{declared.label}: choose from those of the same {what} as this record."
        )


def _referred_to(
    work: Work, linking: RecordKind, declared: Field, shared: Field, own_id: int
) -> Iterator[FieldFault]:
    if ids_linking(work.session, linking, declared, own_id):
        yield FieldFault(
            shared.name,
            f"{linking.plural} refer to it, so it stays with its {shared.label.lower()}.",
        )


def _in_a_circle(
    work: Work, kind: RecordKind, declared: Field, value: Value, own_id: int
) -> Iterator[FieldFault]:
    if declared.kind is not FieldKind.LINK:
        return
    model = MODELS[kind.name]
    seen: set[Value] = set()
    while isinstance(value, int) and value not in seen:
        if value == own_id:
            yield FieldFault(
                declared.name, f"{declared.label} cannot lead back to the same record."
            )
            return
        seen.add(value)
        value = work.session.scalar(
            select(getattr(model, attribute(declared))).where(model.id == value)
        )
