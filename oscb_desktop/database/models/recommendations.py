"""Findings, recommendations, limbs, actions and what belongs to an action."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class Finding(Record):
    """What a review found."""

    __tablename__ = "finding"

    reference: Mapped[str] = mapped_column(unique=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str | None]


class Recommendation(Record):
    """What a review asks for, and what the partnership answered."""

    __tablename__ = "recommendation"

    reference: Mapped[str] = mapped_column(unique=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    number: Mapped[int]
    text: Mapped[str]
    made_on: Mapped[date | None]
    response: Mapped[str | None]
    responded_on: Mapped[date | None]
    response_reason: Mapped[str | None]


class Limb(Record):
    """A part of a recommendation with its own audience, such as a national and a local one."""

    __tablename__ = "limb"

    reference: Mapped[str] = mapped_column(unique=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    label: Mapped[str]
    scope: Mapped[str]
    text: Mapped[str]
    raised_with: Mapped[str | None]
    raised_on: Mapped[date | None]
    reply: Mapped[str | None]


class Action(Record):
    """What somebody does by a day because of a review."""

    __tablename__ = "action"

    reference: Mapped[str] = mapped_column(unique=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id"), index=True
    )
    limb_id: Mapped[int | None] = mapped_column(ForeignKey("limb.id"), index=True)
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[str]
    scope: Mapped[str]
    lead_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    agreed_on: Mapped[date | None]
    original_due_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)
    expected_outcome: Mapped[str | None]
    success_measure: Mapped[str | None]
    delivery: Mapped[str]
    completed_on: Mapped[date | None] = mapped_column(index=True)
    outcome: Mapped[str | None]
    assurance: Mapped[str]
    signed_off_by: Mapped[str | None]
    signed_off_on: Mapped[date | None]
    given_colour: Mapped[str | None]
    colour_reason: Mapped[str | None]
    raised_with: Mapped[str | None]
    raised_on: Mapped[date | None]


class ProgressNote(Record):
    """What was reported on an action and when. Notes are only ever added."""

    __tablename__ = "progress_note"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    noted_on: Mapped[date]
    note: Mapped[str]
    by: Mapped[str | None]


class Evidence(Record):
    """What shows that an action was done."""

    __tablename__ = "evidence"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[str]
    description: Mapped[str]
    received_on: Mapped[date]
    kept_at: Mapped[str | None]
    accepted_by: Mapped[str | None]
    accepted_on: Mapped[date | None]


class DueRevision(Record):
    """Each move of an action's due date, with who and why."""

    __tablename__ = "due_revision"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    revised_on: Mapped[date]
    from_on: Mapped[date | None]
    to_on: Mapped[date]
    reason: Mapped[str]


recommendation_findings = Table(
    "recommendation_findings",
    Base.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("finding_id", ForeignKey("finding.id"), primary_key=True, index=True),
)


recommendation_themes = Table(
    "recommendation_themes",
    Base.metadata,
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True),
    Column("theme_id", ForeignKey("theme.id"), primary_key=True, index=True),
)


action_contributing = Table(
    "action_contributing",
    Base.metadata,
    Column("action_id", ForeignKey("action.id"), primary_key=True),
    Column("agency_id", ForeignKey("agency.id"), primary_key=True, index=True),
)


class LadderStep(Record):
    """To whom a late action is taken, and after how many days."""

    __tablename__ = "ladder_step"

    step: Mapped[str] = mapped_column(unique=True)
    days: Mapped[int]
    to: Mapped[str | None]


class Likeness(Record):
    """Whether two recommendations say the same, as somebody decided."""

    __tablename__ = "likeness"

    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    like_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id"), index=True)
    verdict: Mapped[str]
    decided_on: Mapped[date]


class Milestone(Record):
    """A step on the way to an action, with an owner and a day of its own."""

    __tablename__ = "milestone"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]


class AssuranceCheck(Record):
    """Whether what an action changed still holds, looked at again after 6 and 12 months."""

    __tablename__ = "assurance_check"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    kind: Mapped[str]
    due_on: Mapped[date]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str | None]
    result: Mapped[str | None]
    note: Mapped[str | None]


class Escalation(Record):
    """Each time that a late action was taken to somebody, and what they answered."""

    __tablename__ = "escalation"

    action_id: Mapped[int] = mapped_column(ForeignKey("action.id"), index=True)
    step: Mapped[str]
    raised_on: Mapped[date]
    to: Mapped[str]
    message: Mapped[str | None]
    replied_on: Mapped[date | None]
    reply: Mapped[str | None]


class Mailing(Record):
    """What was sent to an agency and when, and whether it came back."""

    __tablename__ = "mailing"

    reference: Mapped[str] = mapped_column(unique=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    kind: Mapped[str]
    sent_on: Mapped[date]
    to: Mapped[str | None]
    due_back_on: Mapped[date | None]
    sheet: Mapped[str | None]
    returned_on: Mapped[date | None]
    answer_digest: Mapped[str | None]


mailing_actions = Table(
    "mailing_actions",
    Base.metadata,
    Column("mailing_id", ForeignKey("mailing.id"), primary_key=True),
    Column("action_id", ForeignKey("action.id"), primary_key=True, index=True),
)


mailing_requests = Table(
    "mailing_requests",
    Base.metadata,
    Column("mailing_id", ForeignKey("mailing.id"), primary_key=True),
    Column("agency_request_id", ForeignKey("agency_request.id"), primary_key=True, index=True),
)


action_also_serves = Table(
    "action_also_serves",
    Base.metadata,
    Column("action_id", ForeignKey("action.id"), primary_key=True),
    Column("recommendation_id", ForeignKey("recommendation.id"), primary_key=True, index=True),
)


evidence_attachments = Table(
    "evidence_attachments",
    Base.metadata,
    Column("evidence_id", ForeignKey("evidence.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)
