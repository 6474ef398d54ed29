"""Adding, amending, withdrawing and restoring any record: the one way of plain entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from oscb_desktop.database.base import Record
from oscb_desktop.database.change_log import Act, Item, ItemAct, in_utc
from oscb_desktop.database.models import MODELS
from oscb_desktop.domain.fields.field import Guard, RecordKind
from oscb_desktop.domain.fields.registry import kinds_owned_by, links_to, record_kind
from oscb_desktop.domain.validation import clean
from oscb_desktop.domain.values import Value, Values, is_empty, to_json
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.undo import taken_back
from oscb_desktop.services import naming
from oscb_desktop.services.record_checks import (
    check_guards,
    check_values,
    check_version,
    holder_of_key,
    refuse_second,
    see_links,
)
from oscb_desktop.services.rows import index_words, is_indexed, mark_logged, write_values
from oscb_desktop.services.work import Work

_FEW = 500
"""So many records are named in one statement; SQLite bounds its parameters."""


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
        check_version(row, self.version)
        before = reading.values_of(work.session, self.kind, row)
        kind = record_kind(self.kind)
        check_guards(kind, before, _different(kind, before, self.values), Guard.BY_COMMAND)
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
        if record_kind(self.kind).singleton:
            raise UserError(f"“{record_kind(self.kind).label}” cannot be withdrawn, only changed.")
        if record_kind(self.kind).tells_of_an_act:
            raise UserError(
                f"“{record_kind(self.kind).label}” tells of what was done, so it stays."
            )
        row = live_row(work, self.kind, self.record_id)
        check_version(row, self.version)
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
        if any_row(work, self.kind, self.record_id).withdrawn_at is None:
            raise UserError(f"This {record_kind(self.kind).label.lower()} is not in the bin.")
        coming = reading.withdrawn_together(work.session, self.kind, self.record_id)
        for kind, record_id in coming:
            _refuse_if_orphaned(work, kind, record_id, coming)
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

    A record of the same key whose adding was undone comes back with these values. Raises
    ``InvalidRecord`` with a fault for each field that is wrong.
    """
    kind = record_kind(kind_name)
    if kind.singleton and reading.first_id(work.session, kind_name):
        raise UserError(
            f"There is one “{kind.label}” in a file. Change it instead of adding another."
        )
    whole = _whole(work, kind, values)
    holder = holder_of_key(work, kind, whole, None)
    if holder is not None and taken_back(work.session, kind_name, (holder,)):
        return _add_again(work, kind_name, holder, whole)
    refuse_second(work, kind, holder)
    return _put_new(work, kind, [whole])[0]


def add_many(work: Work, kind_name: str, values: Iterable[Values]) -> tuple[int, ...]:
    """Add records of a kind that is only ever added, written together, and return their ids.

    Raises ``InvalidRecord`` with the faults of the first that is wrong.
    """
    kind = record_kind(kind_name)
    if not kind.append_only:
        raise ValueError(f"a {kind_name} has a key to be looked for, so it is added by itself")
    adding = list(values)
    see_links(work, kind, adding)
    return _put_new(work, kind, [_whole(work, kind, each) for each in adding])


def _whole(work: Work, kind: RecordKind, values: Values) -> dict[str, Value]:
    whole = naming.complete(work, kind, _cleaned(kind, {**_defaults(kind), **values}))
    check_values(work, kind, whole, None, kind.names)
    return whole


def _put_new(work: Work, kind: RecordKind, wholes: Sequence[Values]) -> tuple[int, ...]:
    rows = [MODELS[kind.name](version=1, withdrawn_at=None) for _ in wholes]
    for row in rows:
        mark_logged(work.session, row)
    write_values(work.session, kind.name, zip(rows, wholes, strict=True))
    for row, whole in zip(rows, wholes, strict=True):
        for name in kind.names:
            if not is_empty(whole.get(name)):
                item = Item(kind.name, row.id, ItemAct.ADD, name, None, to_json(whole[name]))
                work.items.append(item)
        work.seen_live.add((kind.name, row.id))
    index_words(work.session, kind.name, rows, new=True)
    return tuple(row.id for row in rows)


def amend(work: Work, kind_name: str, record_id: int, values: Values) -> bool:
    """Change fields of a record within a step; return whether anything was different.

    Raises ``InvalidRecord`` with a fault for each field that is wrong.
    """
    row = live_row(work, kind_name, record_id)
    before = reading.values_of(work.session, kind_name, row)
    different = _allowed(work, record_kind(kind_name), record_id, before, values)
    if different:
        apply_many(work, kind_name, [(row, before, different)])
    return bool(different)


def amend_many(work: Work, kind_name: str, changes: Mapping[int, Values]) -> tuple[int, ...]:
    """Change fields of many records within a step, written together; return those that differ.

    Each is held to what ``amend`` holds it to. Raises ``InvalidRecord`` with the faults of the
    first that is wrong, ``UserError`` when one is in the bin.
    """
    kind = record_kind(kind_name)
    held = read_at_once(work, kind_name, tuple(changes))
    rows = [live_row(work, kind_name, record_id) for record_id in changes]
    befores = reading.all_values(work.session, kind_name, rows)
    writing = []
    for row, before in zip(rows, befores, strict=True):
        different = _allowed(work, kind, row.id, before, changes[row.id])
        if different:
            writing.append((row, before, different))
    apply_many(work, kind_name, writing)
    assert len(held) == len(rows)
    return tuple(row.id for row, _, _ in writing)


def read_at_once(work: Work, kind_name: str, ids: Sequence[int]) -> list[Record]:
    """Return records, so that each is in the session already when it is asked for by itself."""
    model = MODELS[kind_name]
    found: list[Record] = []
    for start in range(0, len(ids), _FEW):
        some = ids[start : start + _FEW]
        found += work.session.scalars(select(model).where(model.id.in_(some)))
    return found


def _allowed(
    work: Work, kind: RecordKind, record_id: int, before: Values, values: Values
) -> dict[str, Value]:
    """Return what is different, after every check that it may be; nothing where nothing is."""
    different = _different(kind, before, values)
    if not different:
        return {}
    if kind.append_only:
        raise UserError(
            f"A {kind.label.lower()} is only ever added. Add another that puts it right."
        )
    check_guards(kind, before, different, Guard.SET_ONCE)
    naming.first_due_date(kind, before, different)
    after = {**before, **different}
    check_values(work, kind, after, record_id, different)
    if any(name in different for name in kind.identity):
        refuse_second(work, kind, holder_of_key(work, kind, after, record_id))
    return different


def _add_again(work: Work, kind_name: str, record_id: int, values: Values) -> int:
    set_withdrawn(work, kind_name, record_id, withdrawn=False)
    row = any_row(work, kind_name, record_id)
    before = reading.values_of(work.session, kind_name, row)
    apply(work, kind_name, row, _different(record_kind(kind_name), before, values))
    return record_id


def apply(work: Work, kind_name: str, row: Record, different: Values) -> None:
    """Write values that are known to be right and differ, and log each field."""
    before = reading.values_of(work.session, kind_name, row)
    apply_many(work, kind_name, [(row, before, different)])


def apply_many(
    work: Work, kind_name: str, writing: Sequence[tuple[Record, Values, Values]]
) -> None:
    """Write what is known to be right and differs of each record, against what it held before."""
    for row, _, _ in writing:
        mark_logged(work.session, row)
        flag_modified(row, "withdrawn_at")  # a change of links alone raises the version too
    write_values(work.session, kind_name, [(row, different) for row, _, different in writing])
    kind = record_kind(kind_name)
    for row, before, different in writing:
        for name, value in different.items():
            held, holds = to_json(before[name]), to_json(value)
            work.items.append(Item(kind_name, row.id, ItemAct.AMEND, name, held, holds))
    reworded = [row for row, _, different in writing if is_indexed(kind, different)]
    index_words(work.session, kind_name, reworded)


def set_withdrawn(work: Work, kind_name: str, record_id: int, *, withdrawn: bool) -> None:
    """Put one record into the bin or take it out, and log it."""
    set_all_withdrawn(work, kind_name, [record_id], withdrawn=withdrawn)


def set_all_withdrawn(
    work: Work, kind_name: str, record_ids: Sequence[int], *, withdrawn: bool
) -> None:
    """Put records into the bin or take them out, written together, and log each."""
    rows = [any_row(work, kind_name, record_id) for record_id in record_ids]
    act = ItemAct.WITHDRAW if withdrawn else ItemAct.RESTORE
    for row in rows:
        mark_logged(work.session, row)
        row.withdrawn_at = in_utc(work.at) if withdrawn else None
        work.seen_live.discard((kind_name, row.id))
        work.items.append(Item(kind_name, row.id, act))
    work.session.flush()
    index_words(work.session, kind_name, rows)


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
    work.seen_live.add((kind_name, record_id))
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


def _different(kind: RecordKind, before: Values, values: Values) -> dict[str, Value]:
    return {name: value for name, value in _cleaned(kind, values).items() if value != before[name]}


def _refuse_if_needed(work: Work, going: tuple[tuple[str, int], ...]) -> None:
    """Raise ``UserError`` when a record that stays refers to one that goes."""
    leaving = set(going)
    for kind_name, record_id in going:
        for kind, declared in links_to(kind_name):
            if kind.tells_of_an_act or kind.outlives_links:
                continue  # it goes on telling, of a record in the bin
            for other in reading.ids_linking(work.session, kind, declared, record_id):
                if (kind.name, other) not in leaving:
                    name = naming.named_with_owner(work, kind.name, other)
                    raise UserError(
                        f"{name} refers to it as “{declared.label}”. {_way_out(kind_name)}"
                    )


def _way_out(kind_name: str) -> str:
    """Say what to do with a record that others need: an agency that ended stays, with its day."""
    if kind_name != "agency":
        return "Change that first, then withdraw."
    last = record_kind(kind_name).field("active_until").label
    return f"An agency that has ended stays on record: give its last day under “{last}” instead."


def _refuse_if_orphaned(
    work: Work, kind_name: str, record_id: int, coming: tuple[tuple[str, int], ...]
) -> None:
    """Raise ``UserError`` when a record cannot come back: what it needs is gone, its key taken."""
    values = reading.values_of(work.session, kind_name, any_row(work, kind_name, record_id))
    if holder_of_key(work, record_kind(kind_name), values, record_id) is not None:
        what = record_kind(kind_name).label.lower()
        raise UserError(f"Another {what} like this one was added meanwhile. Change that one.")
    for declared in record_kind(kind_name).fields:
        value = values[declared.name]
        if declared.is_link and not is_empty(value):
            wanted = value if isinstance(value, tuple) else (value,)
            for other in wanted:
                assert isinstance(other, int)
                gone = any_row(work, declared.to, other).withdrawn_at is not None
                if gone and (declared.to, other) not in coming:
                    what = record_kind(declared.to).label.lower()
                    raise UserError(
                        f"{naming.named(work, kind_name, record_id)} needs its {what}, which is in "
                        "the bin too. Bring that back first."
                    )
