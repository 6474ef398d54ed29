"""Plans of reviews: the day plan they are made from, their steps, and what a moved date moves."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import ItemAct
from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.plans import PlanStep, PlanTemplateStep
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.values import Value
from oscb_desktop.domain.working_days import (
    Calendar,
    CalendarEnd,
    add_working_days,
    working_days_between,
)
from oscb_desktop.paths import resource
from oscb_desktop.queries.organisation import calendar

RE_PLAN = "Re-plan"
"""How the label of the step begins that moves a plan, so that a day set by hand can be told."""

_NAMES = ("number", "text", "anchor", "working_days", "who")


@dataclass(frozen=True, slots=True)
class TemplateStep:
    """One step of a day plan; ``working_days`` below 0 counts back from the anchor."""

    plan: str
    number: int
    text: str
    anchor: str
    working_days: int
    who: str = ""

    def values(self) -> dict[str, Value]:
        """Return what a record is made of, without the plan it belongs to."""
        return {name: getattr(self, name) or None for name in _NAMES} | {
            "working_days": self.working_days
        }


@dataclass(frozen=True, slots=True)
class StepMove:
    """A step of a plan and the day that its anchor now gives it; ``by_hand``: its day was set."""

    id: int
    version: int
    text: str
    old_on: date | None
    new_on: date
    by_hand: bool


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step of a plan that is still to be done, late or near."""

    id: int
    version: int
    review_id: int
    reference: str
    known_as: str
    text: str
    who: str
    due_on: date
    is_late: bool
    words: str


def day_plan(session: Session, plan: str) -> tuple[TemplateStep, ...]:
    """Return the steps of a day plan as the file defines them, or the usual ones."""
    query = select(PlanTemplateStep).where(PlanTemplateStep.withdrawn_at.is_(None))
    rows = session.scalars(
        query.where(PlanTemplateStep.plan == plan).order_by(
            PlanTemplateStep.number, PlanTemplateStep.id
        )
    )
    own = tuple(
        TemplateStep(row.plan, row.number, row.text, row.anchor, row.working_days, row.who or "")
        for row in rows
    )
    return own or tuple(step for step in usual_steps() if step.plan == plan)


@cache
def usual_steps() -> tuple[TemplateStep, ...]:
    """Return the usual day plans, for a file that defines none."""
    table = tomllib.loads(resource("day_plans.toml").read_text("utf-8"))
    return tuple(TemplateStep(**row) for row in table["plan_template_step"])


def plan_kind(review_kind: str) -> str:
    """Return the day plan of a kind of review, empty where none is kept for it."""
    return review_kind if review_kind in {step.plan for step in usual_steps()} else ""


def anchors(session: Session, review_id: int) -> dict[str, date | None]:
    """Return the days that a plan counts from, by the code of the anchor."""
    row = session.execute(
        select(Review.initiated_on, Review.publication_planned_on, Incident.notified_on)
        .outerjoin(Incident, Incident.id == Review.incident_id)
        .where(Review.id == review_id)
    ).one()
    return {
        "notified": row.notified_on,
        "initiated": row.initiated_on,
        "publication": row.publication_planned_on,
    }


def day_of(anchor: date | None, working_days: int, days: Calendar) -> date | None:
    """Return the day of a step, or None where its anchor is open or beyond the holiday table."""
    if anchor is None:
        return None
    try:
        return add_working_days(anchor, working_days, days)
    except CalendarEnd:
        return None


def moves(session: Session, review_id: int) -> tuple[StepMove, ...]:
    """Return what would move were the plan of a review counted anew; what is done stays."""
    begins, days = anchors(session, review_id), calendar(session)
    by_hand = _set_by_hand(session, review_id)
    found = []
    for step in session.scalars(_live(review_id)):
        if step.done_on is not None or step.anchor is None or step.working_days is None:
            continue
        new_on = day_of(begins.get(step.anchor), step.working_days, days)
        if new_on is not None and new_on != step.due_on:
            hand = step.id in by_hand
            found.append(StepMove(step.id, step.version, step.text, step.due_on, new_on, hand))
    return tuple(found)


def steps_due(session: Session, today: date, until: date) -> tuple[DueStep, ...]:
    """Return the steps still to be done by a day, the first due first, of reviews not ended."""
    query = (
        select(PlanStep, Review.reference, Review.known_as)
        .join(Review, Review.id == PlanStep.review_id)
        .where(
            PlanStep.withdrawn_at.is_(None),
            PlanStep.done_on.is_(None),
            PlanStep.due_on <= until,
            Review.withdrawn_at.is_(None),
            or_(Review.finished_on.is_(None), Review.finished_on > today),
        )
        .order_by(PlanStep.due_on, Review.reference, PlanStep.number)
    )
    days = calendar(session)
    return tuple(
        DueStep(
            step.id,
            step.version,
            step.review_id,
            reference,
            known_as,
            step.text,
            step.who or "",
            step.due_on,
            step.due_on < today,
            due_words(step.due_on, today, days),
        )
        for step, reference, known_as in session.execute(query)
        if step.due_on is not None
    )


def due_words(due_on: date, today: date, days: Calendar) -> str:
    """Say how a step that is still to be done stands, in working days where they are known."""
    if due_on == today:
        return "due today"
    try:
        left = working_days_between(today, due_on, days)
    except CalendarEnd:
        return "late" if due_on < today else "ahead"
    unit = "working day" if abs(left) == 1 else "working days"
    return f"{left} {unit} left" if due_on > today else f"{abs(left)} {unit} late"


def _live(review_id: int) -> Any:
    return (
        select(PlanStep)
        .where(PlanStep.review_id == review_id, PlanStep.withdrawn_at.is_(None))
        .order_by(PlanStep.number, PlanStep.id)
    )


def _set_by_hand(session: Session, review_id: int) -> set[int]:
    """Return the steps whose day was last set by a person, as the change log has it."""
    query = (
        select(ChangeItem.record_id, Change.label, Change.undoes_id)
        .join(Change, Change.id == ChangeItem.change_id)
        .join(PlanStep, PlanStep.id == ChangeItem.record_id)
        .where(
            ChangeItem.kind == "plan_step",
            ChangeItem.act == ItemAct.AMEND,
            ChangeItem.field == "due_on",
            PlanStep.review_id == review_id,
        )
        .order_by(ChangeItem.id)
    )
    last = {row.record_id: row for row in session.execute(query)}
    return {
        step
        for step, row in last.items()
        if row.undoes_id is None and not row.label.startswith(RE_PLAN)
    }
