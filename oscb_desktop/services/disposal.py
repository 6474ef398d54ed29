"""Disposing of records for good: refused under a hold, and logged without their words.

Nothing is removed by itself, and nothing brings it back but a backup made before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from oscb_desktop.database.change_log import Act, Item, ItemAct, forget
from oscb_desktop.database.models.trust import Draft
from oscb_desktop.database.removal import compact, remove_drafts, remove_rows
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.retention import BIRTHDAY, RetentionAction, years_words
from oscb_desktop.domain.values import Value, Values
from oscb_desktop.errors import ConflictError, FieldFault, InvalidRecord, UserError
from oscb_desktop.queries.record_web import Ref, Web, going_with, web_of
from oscb_desktop.queries.records import values_of
from oscb_desktop.queries.retention import (
    DueCase,
    counts_by_kind,
    due_for_disposal,
    kinds_in_words,
)
from oscb_desktop.services import records
from oscb_desktop.services.backup_place import BackupPlace
from oscb_desktop.services.backups import back_up
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.store import Store
from oscb_desktop.services.work import Work

_READ_AGAIN = "Read the list again and look at it before you dispose of anything."
_LINKS = tuple(
    f"{kind.name}.{field.name}"
    for kind in RECORD_KINDS.values()
    for field in kind.fields
    if field.is_link
)
"""The fields of which the change log keeps the numbers, as they name nobody."""


@dataclass(frozen=True, slots=True)
class DisposeRecords:
    """Remove these cases for good, as they were listed.

    ``transferred`` says that the archive has taken those that the schedule proposes for transfer.
    """

    cases: tuple[DueCase, ...]
    approved_by: str
    authority: str
    transferred: bool = False

    def carry_out(self, work: Work) -> None:
        """Remove them, unless one is held, not due any more, or not as it was listed."""
        _refuse_unnamed(self)
        cases = tuple(_as_listed(work, self.cases))
        if any(_is_for_archive(case) for case in cases) and not self.transferred:
            raise UserError(
                "Some of this is proposed for transfer to the archive. Transfer it first, and say "
                "that it was done."
            )
        web = web_of(work.session)
        gone = going_with(web, (case.ref for case in cases))
        told = _told(work, cases, gone)
        _loosen(work, web, gone)
        work.record_id = records.add(work, "disposal", {**told, **self._approval(work)})
        _forget_drafts(work, gone)
        remove_rows(work.session, gone)
        forget(work.session, sorted(gone), _LINKS)
        work.items += [Item(kind, number, ItemAct.REMOVE) for kind, number in sorted(gone)]
        reference = values_of(
            work.session, "disposal", records.any_row(work, "disposal", work.record_id)
        )["reference"]
        work.act = Act.DISPOSE
        work.label = f"Dispose of {counted(len(gone), 'record')} ({reference})"

    def _approval(self, work: Work) -> dict[str, Value]:
        return {
            "approved_on": work.today,
            "approved_by": self.approved_by,
            "authority": self.authority,
        }


@dataclass(frozen=True, slots=True)
class Disposed:
    """What a disposal did; ``warnings`` tells what is left to be done about it."""

    changes: Changes
    warnings: tuple[str, ...] = ()


def dispose(store: Store, place: BackupPlace | None, command: DisposeRecords) -> Disposed:
    """Carry out a disposal, write the file anew without its free pages, and make a backup of it.

    Raises ``UserError`` with nothing removed. What fails afterwards is a warning: the records are
    gone by then. Without a place, as for a practice file, no backup is made.
    """
    changes = store.write(command)
    warnings = []
    try:
        store.exchange(lambda: compact(store.path, store.key))
    except UserError as refused:
        warnings.append(refused.sentence)
    if place is not None:
        try:
            back_up(store, place, store.now())
        except UserError as refused:
            warnings.append(f"No backup was made afterwards: {refused.sentence}")
    return Disposed(changes, tuple(warnings))


def _refuse_unnamed(command: DisposeRecords) -> None:
    if not command.cases:
        raise UserError("Tick what is to be disposed of first.")
    needed = (
        ("approved_by", command.approved_by, "Say who approves it."),
        ("authority", command.authority, "Say on what authority."),
    )
    faults = tuple(FieldFault(name, said) for name, typed, said in needed if not typed.strip())
    if faults:
        raise InvalidRecord(faults)


def _as_listed(work: Work, wanted: Sequence[DueCase]) -> Iterator[DueCase]:
    """Yield each case as it is today; it must be due, unheld and as it was when it was listed."""
    due = {case.ref: case for case in due_for_disposal(work.session, work.today).due}
    for case in wanted:
        found = due.get(case.ref)
        if found is None:
            raise UserError(f"{case.reference} is not due for disposal any more. {_READ_AGAIN}")
        if found.holds:
            raise UserError(
                f"{case.reference} is under a legal hold ({', '.join(found.holds)}), so it must "
                "be kept. Nothing was removed."
            )
        if found.mark != case.mark:
            raise ConflictError(f"{case.reference} was changed since it was listed. {_READ_AGAIN}")
        yield found


def _is_for_archive(case: DueCase) -> bool:
    return case.rule.action is RetentionAction.ARCHIVE


def _told(work: Work, cases: Iterable[DueCase], gone: frozenset[Ref]) -> dict[str, Value]:
    """Return what the record of the disposal says: references and counts, never a name."""
    lines = [_line(case) for case in cases]
    lines.append(f"In all: {kinds_in_words(counts_by_kind(gone))}.")
    lines += _references(work, gone)
    return {"removed": "\n".join(lines), "records": len(gone)}


def _line(case: DueCase) -> str:
    rule = case.rule
    authority = f"; schedule: {rule.authority}" if rule.authority else ""
    transferred = "; transferred to the archive" if _is_for_archive(case) else ""
    counted_from = f"{case.why}, {years_words(rule.years)}, kept until {case.until}"
    if rule.trigger == BIRTHDAY:  # not even the year: this line stays for good
        counted_from = f"the 25th birthday, {years_words(rule.years)}, is over"
    return f"{case.reference}: {counted_from}{authority}{transferred}."


def _references(work: Work, gone: frozenset[Ref]) -> Iterator[str]:
    """Yield the references of all that goes, a line for each kind that has them."""
    for kind, _ in counts_by_kind(gone):
        if not record_kind(kind).has_reference:
            continue
        rows = (
            records.any_row(work, kind, number) for name, number in sorted(gone) if name == kind
        )
        named = ", ".join(row.reference for row in rows)  # type: ignore[attr-defined]
        yield f"{record_kind(kind).plural}: {named}."


def _loosen(work: Work, web: Web, gone: frozenset[Ref]) -> None:
    """Take what goes out of the links of what stays, and log it as any change is."""
    staying: dict[Ref, set[str]] = {}
    for one in gone:
        for field, source in web.into.get(one, ()):
            if source not in gone:
                staying.setdefault(source, set()).add(field)
    for (kind, number), fields in sorted(staying.items()):
        row = records.any_row(work, kind, number)
        now = values_of(work.session, kind, row)
        records.apply(work, kind, row, _without(kind, now, fields, gone))


def _without(kind: str, now: Values, fields: Iterable[str], gone: frozenset[Ref]) -> Values:
    left: dict[str, Value] = {}
    for name in sorted(fields):
        value, to = now[name], record_kind(kind).field(name).to
        many = value if isinstance(value, tuple) else None
        left[name] = many and tuple(int(one) for one in many if (to, int(one)) not in gone)
    return left


def _forget_drafts(work: Work, gone: frozenset[Ref]) -> None:
    """Remove what was typed and not saved about records that go, or about new ones of theirs."""
    drafts = work.session.execute(select(Draft.id, Draft.kind, Draft.record_id, Draft.preset))
    found = [row.id for row in drafts if _is_about(row.kind, row.record_id, row.preset, gone)]
    remove_drafts(work.session, found)


def _is_about(kind: str, record_id: int | None, preset: str, gone: frozenset[Ref]) -> bool:
    if record_id is not None:
        return (kind, record_id) in gone
    given = json.loads(preset)
    for field in record_kind(kind).fields:
        value = given.get(field.name) if field.is_link else None
        linked = value if isinstance(value, list) else [value]
        if any((field.to, one) in gone for one in linked):
            return True
    return False
