"""Incidents and the discussions of whether to notify them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record
from oscb_desktop.domain.uncertain_dates import UncertainDate


class Incident(Record):
    """What happened to a child or children, whether or not it was notified."""

    __tablename__ = "incident"

    reference: Mapped[str] = mapped_column(unique=True)
    known_as: Mapped[str]
    happened_on: Mapped[UncertainDate | None]
    happened_at: Mapped[str | None]
    nature: Mapped[str]
    likely_cause: Mapped[str | None]
    location: Mapped[str | None]
    summary: Mapped[str | None]
    safeguarding: Mapped[str | None]
    referral_source: Mapped[str | None]
    referring_agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    referrer: Mapped[str | None]
    received_on: Mapped[date | None]
    acknowledged_on: Mapped[date | None]
    nhs_incident_number: Mapped[str | None]
    aware_on: Mapped[date | None] = mapped_column(index=True)
    notified_on: Mapped[date | None] = mapped_column(index=True)
    notified_by: Mapped[str]
    notified_at: Mapped[str | None]
    notifier: Mapped[str | None]
    notifier_role: Mapped[str | None]
    notifier_authority: Mapped[str | None]
    notifier_phone: Mapped[str | None]
    notification_reasons: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    partners_told_on: Mapped[date | None]
    police_told_on: Mapped[date | None]
    health_told_on: Mapped[date | None]
    notification_reference: Mapped[str | None]
    incident_authority: Mapped[str | None]
    home_authority: Mapped[str | None]
    placing_authority: Mapped[str | None]
    looked_after_death: Mapped[bool | None]
    care_leaver_death: Mapped[bool | None]
    also_told: Mapped[tuple[str, ...]] = mapped_column(nullable=True)
    also_told_note: Mapped[str | None]
    linked_cases: Mapped[str | None]
    media_interest: Mapped[bool | None]
    media_note: Mapped[str | None]


incident_attachments = Table(
    "incident_attachments",
    Base.metadata,
    Column("incident_id", ForeignKey("incident.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


class NotificationDiscussion(Record):
    """The partners' discussion of whether an incident must be notified, also when it was not."""

    __tablename__ = "notification_discussion"

    incident_id: Mapped[int] = mapped_column(ForeignKey("incident.id"), index=True)
    held_on: Mapped[date]
    attendees: Mapped[str | None]
    authority_view: Mapped[str | None]
    health_view: Mapped[str | None]
    police_view: Mapped[str | None]
    views: Mapped[str | None]
    decision: Mapped[str | None]
    not_notified_reason: Mapped[str | None]
    decided_on: Mapped[date | None]
    reason: Mapped[str | None]
