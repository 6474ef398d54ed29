"""Which step Ctrl+Z would take back and which one could be done again, read from the change log."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, exists, func, select
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.change_log import Act, ItemAct
from oscb_desktop.database.models import MODELS
from oscb_desktop.database.models.trust import Change, ChangeItem


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step that can be reversed; ``subject`` is the label of the work it did or undid."""

    id: int
    subject: str


def to_undo(session: Session) -> StepRow | None:
    """Return the newest step of work that stands: not undone, or undone and done again.

    No step before a disposal is offered: what it touched may be gone for good.
    """
    undoing, redoing = aliased(Change), aliased(Change)
    redone = exists().where(redoing.undoes_id == undoing.id)
    undone = exists().where(undoing.undoes_id == Change.id, ~redone)
    row = session.execute(
        select(Change.id, Change.label)
        .where(Change.act == Act.CHANGE, ~undone, Change.id > _last_disposal())
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    return StepRow(row.id, row.label) if row else None


def taken_back(
    session: Session, kind_name: str, ids: Iterable[int] | None = None
) -> frozenset[int]:
    """Return which of these records, or of all, are in the bin because their adding was undone.

    Nobody withdrew them: what has their key now is welcome, and brings them back.
    """
    newest = (
        select(ChangeItem.record_id, func.max(ChangeItem.change_id).label("step"))
        .where(ChangeItem.kind == kind_name, ChangeItem.act == ItemAct.WITHDRAW)
        .group_by(ChangeItem.record_id)
    )
    if ids is not None:
        newest = newest.where(ChangeItem.record_id.in_(tuple(ids)))
    last = newest.subquery()
    model = MODELS[kind_name]
    undone = (
        select(model.id)
        .join(last, last.c.record_id == model.id)
        .join(Change, Change.id == last.c.step)
        .where(model.withdrawn_at.is_not(None), Change.act == Act.UNDO)
    )
    return frozenset(session.scalars(undone))


def to_redo(session: Session) -> StepRow | None:
    """Return the newest undo that can be reversed: no new work was done since, none redid it."""
    redoing, work = aliased(Change), aliased(Change)
    latest_work = select(work.id).where(work.act == Act.CHANGE).order_by(work.id.desc()).limit(1)
    row = session.execute(
        select(Change.id, Change.label)
        .where(
            Change.act == Act.UNDO,
            Change.id > latest_work.scalar_subquery(),
            Change.id > _last_disposal(),
            ~exists().where(redoing.undoes_id == Change.id),
        )
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    return StepRow(row.id, row.label.removeprefix("Undo: ")) if row else None


def stopped_by_disposal(session: Session) -> str:
    """Return why nothing is offered where the newest work was a disposal, else nothing."""
    if to_undo(session) is not None:
        return ""
    label = session.scalar(
        select(Change.label).where(Change.act == Act.DISPOSE).order_by(Change.id.desc()).limit(1)
    )
    if label is None:
        return ""
    return (
        f"A disposal cannot be undone, nor can what was done before it ({label}). Only a backup "
        "made before still holds what was removed."
    )


def _last_disposal() -> ScalarSelect[int]:
    disposing = aliased(Change)
    last = select(func.coalesce(func.max(disposing.id), 0)).where(disposing.act == Act.DISPOSE)
    return last.scalar_subquery()
