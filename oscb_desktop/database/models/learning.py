"""Themes and learning points."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class Theme(Record):
    """What reviews keep showing; one review has many themes and one theme many reviews."""

    __tablename__ = "theme"

    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]


class LearningPoint(Record):
    """What somebody should know or do differently, and for whom it is meant."""

    __tablename__ = "learning_point"

    reference: Mapped[str] = mapped_column(unique=True)
    audience: Mapped[str]
    number: Mapped[int | None]
    heading: Mapped[str]
    text: Mapped[str | None]


learning_point_reviews = Table(
    "learning_point_reviews",
    Base.metadata,
    Column("learning_point_id", ForeignKey("learning_point.id"), primary_key=True),
    Column("review_id", ForeignKey("review.id"), primary_key=True, index=True),
)


learning_point_themes = Table(
    "learning_point_themes",
    Base.metadata,
    Column("learning_point_id", ForeignKey("learning_point.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True, index=True),
)


class Impact(Record):
    """What changed for children or practice because of reviews, and how that is known."""

    __tablename__ = "impact"

    reference: Mapped[str] = mapped_column(unique=True)
    what_changed: Mapped[str]
    how_known: Mapped[str]
    seen_on: Mapped[date]


class Dissemination(Record):
    """Where learning was taken: what, to whom, how, and what came back."""

    __tablename__ = "dissemination"

    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    product: Mapped[str]
    audience: Mapped[str]
    channel: Mapped[str | None]
    shared_on: Mapped[date]
    reach: Mapped[int | None]
    cascade_on: Mapped[date | None]
    feedback: Mapped[str | None]


impact_actions = Table(
    "impact_actions",
    Base.metadata,
    Column("impact_id", ForeignKey("impact.id"), primary_key=True),
    Column("action_id", ForeignKey("action.id"), primary_key=True, index=True),
)


impact_reviews = Table(
    "impact_reviews",
    Base.metadata,
    Column("impact_id", ForeignKey("impact.id"), primary_key=True),
    Column("review_id", ForeignKey("review.id"), primary_key=True, index=True),
)


impact_themes = Table(
    "impact_themes",
    Base.metadata,
    Column("impact_id", ForeignKey("impact.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True, index=True),
)
