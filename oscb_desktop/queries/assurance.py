"""Follow-up checks of what actions changed: which are due, and what they found."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.learning import Impact
from oscb_desktop.database.models.recommendations import Action, AssuranceCheck
from oscb_desktop.domain.codes import label_of
from oscb_desktop.paths import resource
from oscb_desktop.queries.organisation import organisation

OTHER, HOLDS, LAPSED = "other", "holds", "not"
FIRST, SECOND = "six_months", "twelve_months"
"""The codes of the two usual checks, named for the months that they usually come after."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One follow-up check of an action; without ``checked_on`` it is still to be done."""

    id: int
    version: int
    action_id: int
    reference: str
    action: str
    kind_words: str
    due_on: date
    checked_on: date | None
    checked_by: str
    result: str
    result_words: str
    note: str
    is_overdue: bool


def checks_after_sign_off(session: Session) -> tuple[tuple[str, int], ...]:
    """Return each check that follows a sign-off, as its code and the months between.

    The months are the organisation's own where it sets them, the usual ones otherwise.
    """
    held = organisation(session)
    own = {FIRST: held.first_check_months, SECOND: held.second_check_months}
    return tuple((kind, own.get(kind) or months) for kind, months in usual_checks())


@cache
def usual_checks() -> tuple[tuple[str, int], ...]:
    """Return the checks that follow a sign-off where a file sets no months of its own."""
    table = tomllib.loads(resource("follow_up.toml").read_text("utf-8"))
    return tuple((row["kind"], row["months"]) for row in table["check"])


def checks_due(session: Session, today: date) -> tuple[CheckRow, ...]:
    """Return the checks still to be done that are late or due soon, the earliest first.

    Soon is the organisation's own number of days.
    """
    until = today + timedelta(days=organisation(session).due_soon_days)
    still = _live().where(AssuranceCheck.checked_on.is_(None), AssuranceCheck.due_on <= until)
    return _rows(session, still, today)


def checks_of(session: Session, action_id: int, today: date) -> tuple[CheckRow, ...]:
    """Return every check of an action, in the order of their days."""
    return _rows(session, _live().where(AssuranceCheck.action_id == action_id), today)


def next_check(session: Session, action_id: int, today: date) -> CheckRow | None:
    """Return the check of an action that is to be done next, if one is."""
    return next((row for row in checks_of(session, action_id, today) if not row.checked_on), None)


def last_result(session: Session, action_id: int) -> str:
    """Return the code of what the newest check since an action's completion found, or nothing.

    A check made before it was completed again says nothing of what was done since.
    """
    newest = (
        select(AssuranceCheck.result)
        .join(Action, Action.id == AssuranceCheck.action_id)
        .where(
            AssuranceCheck.withdrawn_at.is_(None),
            AssuranceCheck.action_id == action_id,
            AssuranceCheck.checked_on >= Action.completed_on,
            AssuranceCheck.result.is_not(None),
        )
        .order_by(AssuranceCheck.checked_on.desc(), AssuranceCheck.id.desc())
        .limit(1)
    )
    return session.scalar(newest) or ""


def shows_impact(session: Session, action_id: int) -> bool:
    """Whether a live record of impact names the action."""
    own, other = LINK_TABLES["impact", "actions"].columns
    naming = (
        select(Impact.id)
        .join(LINK_TABLES["impact", "actions"], own == Impact.id)
        .where(other == action_id, Impact.withdrawn_at.is_(None))
    )
    return session.scalars(naming.limit(1)).first() is not None


def _live() -> Select[AssuranceCheck, str, str]:
    return (
        select(AssuranceCheck, Action.reference, Action.text)
        .join(Action, Action.id == AssuranceCheck.action_id)
        .where(AssuranceCheck.withdrawn_at.is_(None), Action.withdrawn_at.is_(None))
        .order_by(AssuranceCheck.due_on, AssuranceCheck.id)
    )


def _rows(
    session: Session, query: Select[AssuranceCheck, str, str], today: date
) -> tuple[CheckRow, ...]:
    return tuple(
        CheckRow(
            id=row.id,
            version=row.version,
            action_id=row.action_id,
            reference=reference,
            action=text,
            kind_words=label_of("check_kind", row.kind),
            due_on=row.due_on,
            checked_on=row.checked_on,
            checked_by=row.checked_by or "",
            result=row.result or "",
            result_words=label_of("check_result", row.result) if row.result else "",
            note=row.note or "",
            is_overdue=row.checked_on is None and row.due_on < today,
        )
        for row, reference, text in session.execute(query)
    )
