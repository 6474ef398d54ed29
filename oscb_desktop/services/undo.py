"""Undo and redo, from the change log: as often as wanted, also after a restart."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import select

from oscb_desktop.database.change_log import Act, ItemAct
from oscb_desktop.database.models.trust import ChangeItem
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, from_json, to_json
from oscb_desktop.errors import UserError
from oscb_desktop.queries import undo as reading
from oscb_desktop.queries.records import values_of
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
    for (kind, record_id), items in _by_record(work, step.id).items():
        _reverse_record(work, kind, record_id, items)
        work.record_id = record_id


def _by_record(work: Work, change_id: int) -> dict[tuple[str, int], list[ChangeItem]]:
    """Return the items of a step by record, the last touched first."""
    newest_first = (
        select(ChangeItem).where(ChangeItem.change_id == change_id).order_by(ChangeItem.id.desc())
    )
    found: dict[tuple[str, int], list[ChangeItem]] = {}
    for item in work.session.scalars(newest_first):
        found.setdefault((item.kind, item.record_id), []).append(item)
    return found


def _reverse_record(work: Work, kind: str, record_id: int, items: list[ChangeItem]) -> None:
    acts = {item.act for item in items}
    amended = [item for item in items if item.act == ItemAct.AMEND]
    if amended:
        _put_back(work, kind, record_id, amended)
    if acts & {ItemAct.ADD, ItemAct.RESTORE}:
        records.set_withdrawn(work, kind, record_id, withdrawn=True)
    elif ItemAct.WITHDRAW in acts:
        records.set_withdrawn(work, kind, record_id, withdrawn=False)


def _put_back(work: Work, kind: str, record_id: int, items: list[ChangeItem]) -> None:
    """Write the values from before a step, unless a later step has moved any of them."""
    row = records.any_row(work, kind, record_id)
    now = values_of(work.session, kind, row)
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
    records.apply(work, kind, row, before)


def _read(kept: str) -> str | int | bool | list[str] | list[int] | None:
    value: str | int | bool | list[str] | list[int] | None = json.loads(kept)
    return value


def _none(holds_many: bool) -> list[str] | None:
    return [] if holds_many else None
