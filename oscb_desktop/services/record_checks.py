"""What must hold before a record is saved: its values, its links, its key, its version."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import func, literal, select

from oscb_desktop.database.base import Record
from oscb_desktop.database.models import MODELS, attribute
from oscb_desktop.domain.date_words import listed
from oscb_desktop.domain.fields.field import Field, FieldKind, Guard, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.validation import validate
from oscb_desktop.domain.values import Value, Values, is_empty
from oscb_desktop.errors import ConflictError, FieldFault, InvalidRecord
from oscb_desktop.queries.records import title_of
from oscb_desktop.services.agreement import disagreements
from oscb_desktop.services.work import Work

_SHORT = 80
"""A longer title is cut in a sentence."""


def check_version(row: Record, version: int) -> None:
    """Raise ``ConflictError`` when a record is no longer at the version at which it was read."""
    if row.version != version:
        raise ConflictError(
            "This record was changed meanwhile. What you typed is still here; open the record "
            "again to see what it now holds."
        )


def check_guards(kind: RecordKind, before: Values, different: Values, guard: Guard) -> None:
    """Raise ``InvalidRecord`` when a field under this guard is to change that was set before."""
    faults = [
        FieldFault(name, f"{kind.field(name).label} is not changed here once it is set.")
        for name in different
        if kind.field(name).guard is guard and not is_empty(before[name])
    ]
    if faults:
        raise InvalidRecord(tuple(faults))


def check_values(
    work: Work, kind: RecordKind, values: Values, own_id: int | None, changed: Collection[str]
) -> None:
    """Raise ``InvalidRecord`` for values that cannot stand; only what changed need be in a list."""
    faults = list(validate(kind, values, work.today, None if own_id is None else changed))
    wrong = {fault.field for fault in faults}
    to_see = [kind.field(name) for name in changed if name not in wrong]
    faults += _link_faults(work, to_see, values)
    if not faults:
        faults += disagreements(work, kind, values, own_id, changed)
    if faults:
        raise InvalidRecord(tuple(faults))


def see_links(work: Work, kind: RecordKind, every: Iterable[Values]) -> None:
    """Find out at once which of the records that these values link to are outside the bin."""
    held = list(every)
    for declared in kind.fields:
        if declared.kind is FieldKind.LINK:
            _all_live(work, declared.to, tuple({each.get(declared.name) for each in held} - {None}))


def _link_faults(work: Work, fields: Iterable[Field], values: Values) -> list[FieldFault]:
    faults = []
    for declared in fields:
        value = values.get(declared.name)
        if not declared.is_link or is_empty(value):
            continue
        wanted = value if isinstance(value, tuple) else (value,)
        if not _all_live(work, declared.to, wanted):
            what = record_kind(declared.to).label.lower()
            faults.append(
                FieldFault(declared.name, f"{declared.label}: that {what} is in the bin or gone.")
            )
    return faults


def _all_live(work: Work, kind_name: str, ids: tuple[Value, ...]) -> bool:
    """Whether all these records are outside the bin, asked once of each in a step."""
    unseen = [record_id for record_id in ids if (kind_name, record_id) not in work.seen_live]
    if unseen:
        model = MODELS[kind_name]
        live = select(model.id).where(model.id.in_(unseen), model.withdrawn_at.is_(None))
        work.seen_live.update((kind_name, found) for found in work.session.scalars(live))
    return all((kind_name, record_id) in work.seen_live for record_id in ids)


def holder_of_key(work: Work, kind: RecordKind, values: Values, own_id: int | None) -> int | None:
    """Return the id of another record that these values are alike to, if there is one.

    A key of one field is looked for in the bin too, for there the file itself keeps it unique; a
    name is the same name in capitals. What is only ever added may be said twice.
    """
    if kind.append_only:
        return None
    model = MODELS[kind.name]
    same = select(model.id).where(model.id != (own_id or 0)).limit(1)
    for name in kind.identity:
        column = getattr(model, attribute(kind.field(name)))
        value = literal(values.get(name), column.type)
        a_name = name in ("name", "label")
        alike = column.is_not_distinct_from(value)
        same = same.where(func.lower(column) == func.lower(value) if a_name else alike)
    if len(kind.key) > 1:
        same = same.where(model.withdrawn_at.is_(None))
    return work.session.scalar(same)


def refuse_second(work: Work, kind: RecordKind, holder: int | None) -> None:
    """Raise ``InvalidRecord`` that names the other record which is alike, where there is one."""
    if holder is None:
        return
    declared = kind.field(kind.apart[0] if kind.apart else kind.key[-1])
    if kind.name == "attendance":
        raise InvalidRecord((FieldFault(declared.name, "This person is in the list already."),))
    # What can name a child is not said by the way.
    hidden = kind.identifying
    named = f"another {kind.label.lower()}" if hidden else f"“{_title(work, kind, holder)}”"
    raise InvalidRecord((FieldFault(declared.name, _alike(work, kind, holder, named)),))


def _alike(work: Work, kind: RecordKind, holder: int, named: str) -> str:
    if len(kind.key) == 1:
        row = work.session.get(MODELS[kind.name], holder)
        binned = row is not None and row.withdrawn_at is not None
        to_do = "It is in the bin: bring it back" if binned else "Change that one"
        return f"{kind.field(kind.key[0]).label}: {named} has it already. {to_do}, or give another."
    labels = [f"“{kind.field(name).label}”" for name in kind.identity if name != kind.parent]
    apart = [f"“{kind.field(name).label}”" for name in kind.apart] or labels[-1:]
    return (
        f"{named} is there already with the same {listed(labels)}. Open that one to change it, or "
        f"give this one another {' or '.join(apart)}."
    )


def _title(work: Work, kind: RecordKind, holder: int) -> str:
    title = " ".join(title_of(work.session, kind.name, holder).split())
    return title if len(title) <= _SHORT else f"{title[: _SHORT - 1]}…"
