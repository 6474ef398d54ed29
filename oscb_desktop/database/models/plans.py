"""Plans of reviews, the template that they come from, and pauses."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Record


class PlanTemplateStep(Record):
    """What is done on which working day of a review; a new review's plan is made from it."""

    __tablename__ = "plan_template_step"

    plan: Mapped[str]
    number: Mapped[int]
    text: Mapped[str]
    anchor: Mapped[str]
    working_days: Mapped[int]
    who: Mapped[str | None]


class PlanStep(Record):
    """What is to be done in this review, by whom and by when."""

    __tablename__ = "plan_step"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    number: Mapped[int | None]
    text: Mapped[str]
    who: Mapped[str | None]
    due_on: Mapped[date | None]
    anchor: Mapped[str | None]
    working_days: Mapped[int | None]
    done_on: Mapped[date | None]
    note: Mapped[str | None]


class Pause(Record):
    """A time in which a review rests. A pause is told to the Panel; no statutory date moves."""

    __tablename__ = "pause"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    reason: Mapped[str]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    publication_only: Mapped[bool | None]
    panel_told_on: Mapped[date | None]
    secretary_told_on: Mapped[date | None]
    note: Mapped[str | None]
