"""Undo and redo, from the change log: as often as wanted, also after a restart."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import select

from oscb_desktop.database.change_log import Act, ItemAct
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, Values, from_json, to_json
from oscb_desktop.errors import UserError
from oscb_desktop.queries import undo as reading
from oscb_desktop.queries.records import all_values
from oscb_desktop.services import naming, records
from oscb_desktop.services.work import Work

_NOTHING = {"Undo": "There is nothing to undo.", "Redo": "There is nothing to do again."}


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the newest step that still stands."""

    def carry_out(self, work: Work) -> None:
        """Take it back."""
        _reverse(work, reading.to_undo(work.session), Act.UNDO, "Undo")


@dataclass(frozen=True, slots=True)
class Redo:
    """Do again the step that was undone last."""

    def carry_out(self, work: Work) -> None:
        """Do it again."""
        _reverse(work, reading.to_redo(work.session), Act.REDO, "Redo")


def _reverse(work: Work, step: reading.StepRow | None, act: Act, verb: str) -> None:
    if step is None:
        raise UserError(reading.stopped_by_disposal(work.session) or _NOTHING[verb])
    work.act, work.undoes_id, work.label = act, step.id, f"{verb}: {step.subject}"
    touched = _by_record(work, step.id)
    for kind, run in groupby(touched, key=lambda touched_one: touched_one[0]):
        ids = [record_id for _, record_id in run]
        _reverse_records(work, kind, {each: touched[kind, each] for each in ids})
        work.record_id = ids[-1]


def _by_record(work: Work, change_id: int) -> dict[tuple[str, int], list[ChangeItem]]:
    """Return the items of a step by record, the last touched first."""
    newest_first = (
        select(ChangeItem).where(ChangeItem.change_id == change_id).order_by(ChangeItem.id.desc())
    )
    found: dict[tuple[str, int], list[ChangeItem]] = {}
    for item in work.session.scalars(newest_first):
        found.setdefault((item.kind, item.record_id), []).append(item)
    return found


def _reverse_records(work: Work, kind: str, touched: Mapping[int, list[ChangeItem]]) -> None:
    """Put back what one kind of record held, and take in or out of the bin what went or came."""
    held = {row.id: row for row in records.read_at_once(work, kind, tuple(touched))}
    amended = {
        record_id: [item for item in items if item.act == ItemAct.AMEND]
        for record_id, items in touched.items()
        if any(item.act == ItemAct.AMEND for item in items)
    }
    rows = [held.get(each) or records.any_row(work, kind, each) for each in amended]
    values = all_values(work.session, kind, rows)
    records.apply_many(
        work,
        kind,
        [
            (row, now, _before(work, kind, row.id, now, amended[row.id]))
            for row, now in zip(rows, values, strict=True)
        ],
    )
    came = {ItemAct.ADD, ItemAct.RESTORE}
    going = [each for each, items in touched.items() if came & {item.act for item in items}]
    coming = [
        each
        for each, items in touched.items()
        if each not in going and ItemAct.WITHDRAW in {item.act for item in items}
    ]
    if going:
        records.set_all_withdrawn(work, kind, going, withdrawn=True)
    if coming:
        records.set_all_withdrawn(work, kind, coming, withdrawn=False)


def _before(
    work: Work, kind: str, record_id: int, now: Values, items: list[ChangeItem]
) -> dict[str, Value]:
    """Return the values from before a step, unless a later step has moved any of them."""
    before: dict[str, Value] = {}
    for item in items:
        declared = record_kind(kind).field(item.field)
        current = before.get(item.field, now[item.field])
        if to_json(current) != (_read(item.after) if item.after else _none(declared.holds_many)):
            raise UserError(
                f"{naming.named(work, kind, record_id)} was changed since, so this step cannot be "
                "undone by itself. Its history shows what changed."
            )
        before[item.field] = from_json(declared, _read(item.before) if item.before else None)
    return before


def _read(kept: str) -> str | int | bool | list[str] | list[int] | None:
    value: str | int | bool | list[str] | list[int] | None = json.loads(kept)
    return value


def _none(holds_many: bool) -> list[str] | None:
    return [] if holds_many else None
