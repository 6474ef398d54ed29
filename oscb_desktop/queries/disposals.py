"""What was disposed of, and the step of the change log that did it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act, ItemAct
from oscb_desktop.database.models.keeping import Disposal
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.queries.moments import local_time


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """One disposal with its step; the hashes are the head of the chain before it and after."""

    id: int
    reference: str
    approved_on: date
    approved_by: str
    authority: str
    removed: str
    records: int
    step: int
    at: datetime
    by: str
    hash_before: str
    hash_after: str


def disposals(session: Session) -> tuple[DisposalRow, ...]:
    """Return what was disposed of, the newest first."""
    query = (
        select(Disposal, Change)
        .join(ChangeItem, ChangeItem.record_id == Disposal.id)
        .join(Change, Change.id == ChangeItem.change_id)
        .where(
            ChangeItem.kind == "disposal",
            ChangeItem.act == ItemAct.ADD,
            ChangeItem.field == "reference",
            Change.act == Act.DISPOSE,
        )
        .order_by(Change.id.desc())
    )
    return tuple(_row(found, step) for found, step in session.execute(query))


def disposal(session: Session, disposal_id: int) -> DisposalRow:
    """Return one disposal; raises ``LookupError`` when there is none of that id."""
    for row in disposals(session):
        if row.id == disposal_id:
            return row
    raise LookupError(f"there is no disposal {disposal_id}")


def last_disposal(session: Session) -> int:
    """Return the number of the last step that disposed of anything, 0 when there is none."""
    return session.scalar(select(func.max(Change.id)).where(Change.act == Act.DISPOSE)) or 0


def _row(found: Disposal, step: Change) -> DisposalRow:
    return DisposalRow(
        found.id,
        found.reference,
        found.approved_on,
        found.approved_by,
        found.authority,
        found.removed,
        found.records,
        step.id,
        local_time(step.at),
        step.by,
        step.previous_hash,
        step.hash,
    )
