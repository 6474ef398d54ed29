"""Which step Ctrl+Z would take back and which one could be done again, read from the change log."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.models.trust import Change


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step that can be reversed; ``subject`` is the label of the work it did or undid."""

    id: int
    subject: str


def to_undo(session: Session) -> StepRow | None:
    """Return the newest step of work that stands: not undone, or undone and done again."""
    undoing, redoing = aliased(Change), aliased(Change)
    redone = exists().where(redoing.undoes_id == undoing.id)
    undone = exists().where(undoing.undoes_id == Change.id, ~redone)
    row = session.execute(
        select(Change.id, Change.label)
        .where(Change.act == Act.CHANGE, ~undone)
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    return StepRow(row.id, row.label) if row else None


def to_redo(session: Session) -> StepRow | None:
    """Return the newest undo that can be reversed: no new work was done since, none redid it."""
    redoing, work = aliased(Change), aliased(Change)
    latest_work = select(work.id).where(work.act == Act.CHANGE).order_by(work.id.desc()).limit(1)
    row = session.execute(
        select(Change.id, Change.label)
        .where(
            Change.act == Act.UNDO,
            Change.id > latest_work.scalar_subquery(),
            ~exists().where(redoing.undoes_id == Change.id),
        )
        .order_by(Change.id.desc())
        .limit(1)
    ).one_or_none()
    return StepRow(row.id, row.label.removeprefix("Undo: ")) if row else None
