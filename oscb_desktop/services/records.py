"""Adding, amending, withdrawing and restoring any record: the one way of plain entry."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from oscb_desktop.database.base import Record
from oscb_desktop.database.change_log import Act, Item, ItemAct
from oscb_desktop.database.models import MODELS, attribute
from oscb_desktop.domain.fields.field import Field, Guard, RecordKind
from oscb_desktop.domain.fields.registry import kinds_owned_by, links_to, record_kind
from oscb_desktop.domain.validation import clean, validate
from oscb_desktop.domain.values import Value, Values, is_empty, to_json
from oscb_desktop.errors import ConflictError, FieldFault, InvalidRecord, UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.services import naming
from oscb_desktop.services.rows import index_words, mark_logged, write_values
from oscb_desktop.services.work import Work


@dataclass(frozen=True, slots=True)
class AddRecord:
    """Add a record of any kind with these values."""

    kind: str
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Add it."""
        work.record_id = add(work, self.kind, self.values)
        work.label = naming.label(work, "Add", self.kind, work.record_id)


@dataclass(frozen=True, slots=True)
class AmendRecord:
    """Change some fields of a record that was read at this version."""

    kind: str
    record_id: int
    version: int
    values: Mapping[str, Value]

    def carry_out(self, work: Work) -> None:
        """Amend it; the guarded fields are left to the commands that mean them."""
        row = live_row(work, self.kind, self.record_id)
        _check_version(row, self.version)
        _check_guards(
            record_kind(self.kind), reading.values_of(work.session, self.kind, row), self.values
        )
        amend(work, self.kind, self.record_id, self.values)
        work.record_id = self.record_id
        work.label = naming.label(work, "Change", self.kind, self.record_id)


@dataclass(frozen=True, slots=True)
class WithdrawRecord:
    """Put a record, and all that belongs to it, into the bin."""

    kind: str
    record_id: int
    version: int

    def carry_out(self, work: Work) -> None:
        """Withdraw it, unless records that stay refer to it."""
        row = live_row(work, self.kind, self.record_id)
        _check_version(row, self.version)
        work.label = naming.label(work, "Withdraw", self.kind, self.record_id)
        going = owned_with(work, self.kind, self.record_id)
        _refuse_if_needed(work, going)
        for kind, record_id in going:
            set_withdrawn(work, kind, record_id, withdrawn=True)
        work.record_id = self.record_id


@dataclass(frozen=True, slots=True)
class RestoreRecord:
    """Bring a record back from the bin, with all that was withdrawn in the same step."""

    kind: str
    record_id: int

    def carry_out(self, work: Work) -> None:
        """Restore it; what it belongs to must not be in the bin."""
        coming = reading.withdrawn_together(work.session, self.kind, self.record_id)
        _refuse_if_orphaned(work, self.kind, self.record_id, coming)
        for kind, record_id in coming:
            set_withdrawn(work, kind, record_id, withdrawn=False)
        work.record_id = self.record_id
        work.label = naming.label(work, "Bring back", self.kind, self.record_id)


@dataclass(frozen=True, slots=True)
class ViewIdentity:
    """Look at a child's real identity, for a reason that is kept."""

    record_id: int
    reason: str = field(default="")

    def carry_out(self, work: Work) -> None:
        """Log the look."""
        if not self.reason.strip():
            raise UserError("Say why the identity is needed; the reason is kept in the history.")
        live_row(work, "child_identity", self.record_id)
        work.act = Act.VIEW
        work.label = f"Look at an identity: {self.reason.strip()[:200]}"
        work.items.append(Item("child_identity", self.record_id, ItemAct.VIEW))
        work.record_id = self.record_id


def add(work: Work, kind_name: str, values: Values) -> int:
    """Add a record within a step and return its id.

    Raises ``InvalidRecord`` with a fault for each field that is wrong.
    """
    kind = record_kind(kind_name)
    if kind.singleton and reading.first_id(work.session, kind_name):
        raise UserError(
            f"There is one “{kind.label}” in a file. Change it instead of adding another."
        )
    whole = naming.complete(work, kind, _cleaned(kind, {**_defaults(kind), **values}))
    _check(work, kind, whole, own_id=None)
    row = MODELS[kind_name](version=1, withdrawn_at=None)
    mark_logged(work.session, row)
    write_values(work.session, kind_name, row, whole)
    for name in kind.names:
        if not is_empty(whole.get(name)):
            item = Item(kind_name, row.id, ItemAct.ADD, name, None, to_json(whole[name]))
            work.items.append(item)
    index_words(work.session, kind_name, row, new=True)
    work.seen_live.add((kind_name, row.id))
    return row.id


def amend(work: Work, kind_name: str, record_id: int, values: Values) -> bool:
    """Change fields of a record within a step; return whether anything was different.

    Raises ``InvalidRecord`` with a fault for each field that is wrong.
    """
    kind = record_kind(kind_name)
    row = live_row(work, kind_name, record_id)
    before = reading.values_of(work.session, kind_name, row)
    wanted = _cleaned(kind, values)
    different = {name: value for name, value in wanted.items() if value != before[name]}
    if not different:
        return False
    if kind.append_only:
        raise UserError(
            f"A {kind.label.lower()} is only ever added. Add another that puts it right."
        )
    _check(work, kind, {**before, **different}, own_id=record_id)
    apply(work, kind_name, row, different)
    return True


def apply(work: Work, kind_name: str, row: Record, different: Values) -> None:
    """Write values that are known to be right and differ, and log each field."""
    before = reading.values_of(work.session, kind_name, row)
    mark_logged(work.session, row)
    flag_modified(row, "withdrawn_at")  # a change of links alone raises the version too
    write_values(work.session, kind_name, row, different)
    for name, value in different.items():
        item = Item(kind_name, row.id, ItemAct.AMEND, name, to_json(before[name]), to_json(value))
        work.items.append(item)
    index_words(work.session, kind_name, row)


def set_withdrawn(work: Work, kind_name: str, record_id: int, *, withdrawn: bool) -> None:
    """Put one record into the bin or take it out, and log it."""
    row = any_row(work, kind_name, record_id)
    mark_logged(work.session, row)
    row.withdrawn_at = work.at.replace(microsecond=0, tzinfo=None) if withdrawn else None
    work.seen_live.discard((kind_name, record_id))
    work.session.flush()
    act = ItemAct.WITHDRAW if withdrawn else ItemAct.RESTORE
    work.items.append(Item(kind_name, record_id, act))
    index_words(work.session, kind_name, row)


def owned_with(work: Work, kind_name: str, record_id: int) -> tuple[tuple[str, int], ...]:
    """Return a record with all live records that belong to it, the record itself last."""
    found: list[tuple[str, int]] = []
    for kind in kinds_owned_by(kind_name):
        for owned in reading.ids_linking(work.session, kind, kind.field(kind.parent), record_id):
            found += owned_with(work, kind.name, owned)
    found.append((kind_name, record_id))
    return tuple(dict.fromkeys(found))


def live_row(work: Work, kind_name: str, record_id: int) -> Record:
    """Return a record that is not in the bin, or raise ``UserError``."""
    row = any_row(work, kind_name, record_id)
    if row.withdrawn_at is not None:
        raise UserError(
            f"This {record_kind(kind_name).label.lower()} is in the bin. Bring it back first."
        )
    return row


def any_row(work: Work, kind_name: str, record_id: int) -> Record:
    """Return a record, in the bin or not, or raise ``UserError`` when there is none."""
    row = work.session.get(MODELS[kind_name], record_id)
    if row is None:
        raise UserError(f"There is no such {record_kind(kind_name).label.lower()} in this file.")
    return row


def _defaults(kind: RecordKind) -> dict[str, Value]:
    return {field.name: field.default for field in kind.fields if field.default}


def _cleaned(kind: RecordKind, values: Values) -> dict[str, Value]:
    return {name: clean(kind.field(name), value) for name, value in values.items()}


def _check_version(row: Record, version: int) -> None:
    if row.version != version:
        raise ConflictError(
            "This record was changed meanwhile. What you typed is still here; open the record "
            "again to see what it now holds."
        )


def _check_guards(kind: RecordKind, before: Values, values: Values) -> None:
    faults = [
        FieldFault(name, f"{kind.field(name).label} is not changed here once it is set.")
        for name, value in _cleaned(kind, values).items()
        if value != before[name] and _is_guarded(kind.field(name), before[name])
    ]
    if faults:
        raise InvalidRecord(tuple(faults))


def _is_guarded(declared: Field, before: Value) -> bool:
    return declared.guard is not Guard.FREE and not is_empty(before)


def _check(work: Work, kind: RecordKind, values: Values, own_id: int | None) -> None:
    faults = list(validate(kind, values))
    faults += _link_faults(work, kind, values)
    if not faults:
        faults += _key_faults(work, kind, values, own_id)
    if faults:
        raise InvalidRecord(tuple(faults))


def _link_faults(work: Work, kind: RecordKind, values: Values) -> list[FieldFault]:
    faults = []
    for declared in kind.fields:
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


def _key_faults(
    work: Work, kind: RecordKind, values: Values, own_id: int | None
) -> list[FieldFault]:
    model = MODELS[kind.name]
    keys = [getattr(model, attribute(kind.field(name))) for name in kind.key]
    same = select(model.id).where(
        *(column == values.get(name) for column, name in zip(keys, kind.key, strict=True))
    )
    if len(kind.key) > 1:  # a single key stays unique also against the bin
        same = same.where(model.withdrawn_at.is_(None))
    other = work.session.scalar(same.where(model.id != (own_id or 0)).limit(1))
    if other is None or kind.append_only:
        return []
    declared = kind.field(kind.key[-1])
    return [
        FieldFault(
            declared.name,
            f"There is already a {kind.label.lower()} with this {declared.label.lower()}. "
            "It may be in the bin.",
        )
    ]


def _refuse_if_needed(work: Work, going: tuple[tuple[str, int], ...]) -> None:
    """Raise ``UserError`` when a record that stays refers to one that goes."""
    leaving = set(going)
    for kind_name, record_id in going:
        for kind, declared in links_to(kind_name):
            for other in reading.ids_linking(work.session, kind, declared, record_id):
                if (kind.name, other) not in leaving:
                    title = reading.title_of(work.session, kind.name, other)
                    raise UserError(
                        f"{kind.label} {title} refers to it as “{declared.label}”. "
                        "Change that first, then withdraw."
                    )


def _refuse_if_orphaned(
    work: Work, kind_name: str, record_id: int, coming: tuple[tuple[str, int], ...]
) -> None:
    values = reading.values_of(work.session, kind_name, any_row(work, kind_name, record_id))
    for declared in record_kind(kind_name).fields:
        value = values[declared.name]
        if declared.is_link and not is_empty(value):
            wanted = value if isinstance(value, tuple) else (value,)
            for other in wanted:
                assert isinstance(other, int)
                gone = any_row(work, declared.to, other).withdrawn_at is not None
                if gone and (declared.to, other) not in coming:
                    what = record_kind(declared.to).label.lower()
                    raise UserError(f"Bring back its {what} first; it is in the bin too.")
