"""What happens while a review runs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class AgencyRequest(Record):
    """What an agency is asked for, by when, and what came back."""

    __tablename__ = "agency_request"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    purpose: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    asked: Mapped[str | None]
    requested_on: Mapped[date | None]
    due_on: Mapped[date | None]
    reminded_on: Mapped[date | None]
    reminders: Mapped[int | None]
    outcome: Mapped[str | None]
    received_on: Mapped[date | None]
    quality: Mapped[str | None]
    quality_note: Mapped[str | None]
    withdrawn_on: Mapped[date | None]


class PartnerSignOff(Record):
    """Each statutory partner's agreement to the rapid review or to the report, with its day."""

    __tablename__ = "partner_sign_off"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    stage: Mapped[str]
    partner: Mapped[str]
    name: Mapped[str]
    role: Mapped[str | None]
    signed_on: Mapped[date]
    dissent: Mapped[str | None]


class ParallelProcess(Record):
    """A trial, an inquest, another review or inquiry that runs beside this one."""

    __tablename__ = "parallel_process"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[str]
    contact: Mapped[str]
    began_on: Mapped[date | None]
    status: Mapped[str | None]
    next_on: Mapped[date | None]
    next_what: Mapped[str | None]
    holds_publication: Mapped[bool | None]
    constraint: Mapped[str | None]
    ended_on: Mapped[date | None]


class Commission(Record):
    """Each reviewer asked to lead, from the first interest to the contract."""

    __tablename__ = "commission"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    name: Mapped[str]
    organisation: Mapped[str | None]
    interest_on: Mapped[date | None]
    independence_on: Mapped[date | None]
    independence: Mapped[str | None]
    outcome: Mapped[str | None]
    day_rate: Mapped[Decimal | None]
    days: Mapped[int | None]
    fee: Mapped[Decimal | None]
    budget: Mapped[Decimal | None]
    contract_on: Mapped[date | None]
    ended_on: Mapped[date | None]


class Engagement(Record):
    """Who was asked to take part, what they said, and what was done with it."""

    __tablename__ = "engagement"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    kind: Mapped[str]
    who: Mapped[str]
    contacted_on: Mapped[date | None]
    letter_on: Mapped[date | None]
    response: Mapped[str | None]
    met_on: Mapped[date | None]
    invited: Mapped[int | None]
    attended: Mapped[int | None]
    said: Mapped[str | None]
    draft_shared_on: Mapped[date | None]
    comments: Mapped[str | None]
    before_publication_on: Mapped[date | None]
    pseudonym: Mapped[str | None]
    feedback: Mapped[str | None]


class ReportDraft(Record):
    """Each draft, and its round of factual accuracy with the agencies."""

    __tablename__ = "report_draft"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    number: Mapped[int]
    made_on: Mapped[date]
    sent_on: Mapped[date | None]
    due_on: Mapped[date | None]
    returned_on: Mapped[date | None]
    comments: Mapped[str | None]


class ProgressCheck(Record):
    """How the partners watch the time and the quality of a review; asked in writing."""

    __tablename__ = "progress_check"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    asked_on: Mapped[date]
    asked_of: Mapped[str]
    in_writing: Mapped[bool]
    question: Mapped[str | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str | None]
    standing: Mapped[str | None]


class LegalAdvice(Record):
    """Advice taken about a review. Privileged advice stays out of papers."""

    __tablename__ = "legal_advice"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    given_on: Mapped[date]
    given_by: Mapped[str]
    privileged: Mapped[bool]
    advice: Mapped[str | None]


agency_request_attachments = Table(
    "agency_request_attachments",
    Base.metadata,
    Column("agency_request_id", ForeignKey("agency_request.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


report_draft_attachments = Table(
    "report_draft_attachments",
    Base.metadata,
    Column("report_draft_id", ForeignKey("report_draft.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)
