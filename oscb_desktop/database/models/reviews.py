"""Reviews, the letters about them and their costs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record
from oscb_desktop.domain.uncertain_dates import UncertainDate


class Review(Record):
    """A rapid review or a review of any other kind."""

    __tablename__ = "review"

    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    known_as: Mapped[str]
    role: Mapped[str]
    partnerships: Mapped[str | None]
    incident_id: Mapped[int | None] = mapped_column(ForeignKey("incident.id"), index=True)
    arose_from_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    started_on: Mapped[date] = mapped_column(index=True)
    finished_on: Mapped[date | None]
    rule_set: Mapped[str | None]
    what_happened: Mapped[str | None]
    key_episodes: Mapped[str | None]
    voice: Mapped[str | None]
    inequality: Mapped[str | None]
    similar_reviews: Mapped[str | None]
    good_practice: Mapped[str | None]
    immediate_action: Mapped[str | None]
    meeting_on: Mapped[date | None]
    criterion_improvement: Mapped[bool | None]
    criterion_improvement_reason: Mapped[str | None]
    criterion_recurrent: Mapped[bool | None]
    criterion_recurrent_reason: Mapped[str | None]
    criterion_agencies: Mapped[bool | None]
    criterion_agencies_reason: Mapped[str | None]
    criterion_panel: Mapped[bool | None]
    criterion_panel_reason: Mapped[str | None]
    notification_criteria_met: Mapped[bool | None]
    facts_sufficient: Mapped[bool | None]
    criteria_met: Mapped[bool | None]
    lcspr_commissioned: Mapped[bool | None]
    decision: Mapped[str | None]
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str | None]
    national_potential: Mapped[bool | None]
    learning_shared: Mapped[str | None]
    scrutineer_view: Mapped[str | None]
    dissent: Mapped[str | None]
    sent_to_panel_on: Mapped[date | None]
    late_reason: Mapped[str | None]
    initiated_on: Mapped[date | None]
    panel_told_on: Mapped[date | None]
    ofsted_told_on: Mapped[date | None]
    dfe_told_on: Mapped[date | None]
    purpose: Mapped[str | None]
    reviewer: Mapped[str | None]
    methodology: Mapped[str | None]
    scope_from: Mapped[UncertainDate | None]
    scope_to: Mapped[UncertainDate | None]
    terms: Mapped[str | None]
    others_in_scope: Mapped[str | None]
    publication_planned_on: Mapped[date | None]
    report_sent_on: Mapped[date | None]
    publication: Mapped[str | None]
    publication_plan: Mapped[str | None]
    published_on: Mapped[date | None]
    published_at: Mapped[str | None]
    partnership_response: Mapped[str | None]
    responded_on: Mapped[date | None]
    not_published_reason: Mapped[str | None]
    improvements_sent_on: Mapped[date | None]
    repository_sent_on: Mapped[date | None]
    delay_reasons: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    delay_told_on: Mapped[date | None]
    taken_down_on: Mapped[date | None]
    what_you_can_do: Mapped[str | None]
    questions: Mapped[str | None]
    read_more: Mapped[str | None]


class PanelResponse(Record):
    """Each letter from the national Panel about a review."""

    __tablename__ = "panel_response"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    received_on: Mapped[date]
    kind: Mapped[str]
    points: Mapped[str | None]
    our_reply: Mapped[str | None]
    replied_on: Mapped[date | None]
    decision_changed: Mapped[bool | None]


class CostLine(Record):
    """What a review cost; the review's cost is the sum of its lines."""

    __tablename__ = "cost_line"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    description: Mapped[str]
    amount: Mapped[Decimal]
    incurred_on: Mapped[date | None]
    invoice: Mapped[str | None]
    paid_on: Mapped[date | None]


review_children = Table(
    "review_children",
    Base.metadata,
    Column("review_id", ForeignKey("review.id"), primary_key=True),
    Column("child_id", ForeignKey("child.id"), primary_key=True, index=True),
)


review_themes = Table(
    "review_themes",
    Base.metadata,
    Column("review_id", ForeignKey("review.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True, index=True),
)


review_members = Table(
    "review_members",
    Base.metadata,
    Column("review_id", ForeignKey("review.id"), primary_key=True),
    Column("person_id", ForeignKey("person.id"), primary_key=True, index=True),
)


review_agencies = Table(
    "review_agencies",
    Base.metadata,
    Column("review_id", ForeignKey("review.id"), primary_key=True),
    Column("agency_id", ForeignKey("agency.id"), primary_key=True, index=True),
)
