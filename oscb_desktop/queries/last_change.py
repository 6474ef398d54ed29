"""Whether anything was changed since somebody looked last."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change


def last_change(session: Session) -> int:
    """Return the number of the last step in the history, 0 where there is none."""
    return session.scalar(select(func.max(Change.id))) or 0
