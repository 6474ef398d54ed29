"""What happened to a record, in words, and what lies in the bin: both from the change log."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act, ItemAct
from oscb_desktop.database.models import MODELS
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.values import from_json, shown
from oscb_desktop.queries.moments import local_time
from oscb_desktop.queries.records import RecordRow, records, titles, withdrawn_together

MASKED = "(locked)"
GONE = "(disposed of)"

_WORDS = {
    ItemAct.ADD: "Added",
    ItemAct.AMEND: "Changed",
    ItemAct.WITHDRAW: "Withdrawn",
    ItemAct.RESTORE: "Brought back",
    ItemAct.VIEW: "Looked at",
    ItemAct.REMOVE: "Disposed of",
}


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One thing that happened to a record: ``field`` is empty where no field changed."""

    at: datetime
    by: str
    step: str
    act: str
    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class BinRow:
    """A withdrawn record with how many others went with it."""

    kind: str
    id: int
    title: str
    withdrawn_at: datetime
    by: str
    with_it: int


def history(
    session: Session,
    kind_name: str,
    record_id: int,
    *,
    unlocked: bool = False,
    most: int | None = None,
) -> tuple[HistoryRow, ...]:
    """Return what happened to a record, the newest first; links by the titles they have today.

    The values of identifying fields are masked unless ``unlocked``.
    """
    query = (
        select(Change.at, Change.by, Change.label, Change.act.label("step_act"), ChangeItem)
        .join(ChangeItem, ChangeItem.change_id == Change.id)
        .where(ChangeItem.kind == kind_name, ChangeItem.record_id == record_id)
        .order_by(Change.id.desc(), ChangeItem.id)
        .limit(most)
    )
    found = session.execute(query).all()
    names = linked_titles(session, kind_name, [row.ChangeItem for row in found])
    return tuple(row_of(kind_name, row, names, unlocked=unlocked) for row in found)


def in_bin(session: Session) -> tuple[BinRow, ...]:
    """Return the withdrawn records, the newest first; what went with its owner is counted there."""
    rows = [
        _bin_row(session, row)
        for kind in RECORD_KINDS.values()
        for row in records(session, kind.name, withdrawn=True)
        if not _went_with_owner(session, row)
    ]
    return tuple(sorted(rows, key=lambda row: (row.withdrawn_at, row.id), reverse=True))


def row_of(kind_name: str, row: Any, names: Names, *, unlocked: bool) -> HistoryRow:
    """Return what a row says that holds ``at``, ``by``, ``label``, ``step_act``, ``ChangeItem``."""
    item: ChangeItem = row.ChangeItem
    declared = _declared(kind_name, item.field)
    before, after = "", ""
    if declared is not None:
        locked = declared.identifying and not unlocked
        before = _words(declared, item.before, names, locked=locked)
        after = _words(declared, item.after, names, locked=locked)
        if item.seal is None:  # its words were disposed of
            before, after = "", GONE
    step = {Act.UNDO: "undone", Act.REDO: "done again"}.get(Act(row.step_act), "")
    act = _WORDS[ItemAct(item.act)] + (f", {step}" if step else "")
    label = declared.label if declared else item.field
    return HistoryRow(local_time(row.at), row.by, row.label, act, label, before, after)


Names = dict[str, dict[int, str]]
"""Titles of linked records by kind and id."""


def linked_titles(session: Session, kind_name: str, items: Sequence[ChangeItem]) -> Names:
    """Return the titles of all records that the links of these items lead to, by kind."""
    wanted: dict[str, set[int]] = {}
    for item in items:
        declared = _declared(kind_name, item.field)
        if declared is None or not declared.is_link:
            continue
        for kept in (item.before, item.after):
            value = json.loads(kept) if kept else None
            ids = value if isinstance(value, list) else [value]
            wanted.setdefault(declared.to, set()).update(part for part in ids if part is not None)
    return {to: titles(session, to, ids) for to, ids in wanted.items()}


def _words(declared: Field, kept: str | None, names: Names, *, locked: bool) -> str:
    if kept is None:
        return ""
    if locked:
        return MASKED
    value = from_json(declared, json.loads(kept))
    return shown(declared, value, names.get(declared.to))


def _declared(kind_name: str, name: str) -> Field | None:
    kind = record_kind(kind_name)
    return kind.field(name) if name in kind.names else None


def _went_with_owner(session: Session, row: RecordRow) -> bool:
    kind = record_kind(row.kind)
    owner = row.values.get(kind.parent) if kind.parent else None
    if not isinstance(owner, int):
        return False
    owner_row = session.get(MODELS[kind.field(kind.parent).to], owner)
    return owner_row is not None and owner_row.withdrawn_at is not None


def _bin_row(session: Session, row: RecordRow) -> BinRow:
    by = session.scalar(
        select(Change.by)
        .join(ChangeItem, ChangeItem.change_id == Change.id)
        .where(
            ChangeItem.kind == row.kind,
            ChangeItem.record_id == row.id,
            ChangeItem.act == ItemAct.WITHDRAW,
        )
        .order_by(Change.id.desc())
        .limit(1)
    )
    assert row.withdrawn_at is not None
    title = "An identity" if record_kind(row.kind).identifying else row.title
    together = len(withdrawn_together(session, row.kind, row.id)) - 1
    return BinRow(row.kind, row.id, title, local_time(row.withdrawn_at), by or "", together)
