"""What answers for the records: kept files, printed papers, retention and disposal."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class RetentionRule(Record):
    """How long each class of records is kept, from when, and what happens then."""

    __tablename__ = "retention_rule"

    record_class: Mapped[str] = mapped_column(unique=True)
    trigger: Mapped[str]
    years: Mapped[int]
    action: Mapped[str]
    source: Mapped[str | None]
    notes: Mapped[str | None]


class SavedView(Record):
    """A list as somebody set it up: its filters, order and grouping, under a name."""

    __tablename__ = "saved_view"

    place: Mapped[str]
    name: Mapped[str]
    shape: Mapped[str]


class Attachment(Record):
    """A file kept inside this one, encrypted with it. The same file is kept once."""

    __tablename__ = "attachment"

    name: Mapped[str]
    digest: Mapped[str]
    size: Mapped[int]
    media_type: Mapped[str | None]
    added_on: Mapped[date]
    note: Mapped[str | None]


class LegalHold(Record):
    """What must not be disposed of while an inquiry, a claim or a request is running."""

    __tablename__ = "legal_hold"

    name: Mapped[str] = mapped_column(unique=True)
    everything: Mapped[bool]
    placed_on: Mapped[date]
    placed_by: Mapped[str]
    lifted_on: Mapped[date | None]
    lifted_by: Mapped[str | None]
    notes: Mapped[str | None]


class Disposal(Record):
    """What was removed for good, on whose authority. It names references, never people."""

    __tablename__ = "disposal"

    reference: Mapped[str] = mapped_column(unique=True)
    approved_on: Mapped[date]
    approved_by: Mapped[str]
    authority: Mapped[str]
    removed: Mapped[str]
    records: Mapped[int]


class Release(Record):
    """Each paper that was printed or saved: what, when, for whom, and its checksum."""

    __tablename__ = "release"

    reference: Mapped[str] = mapped_column(unique=True)
    printed_on: Mapped[date]
    paper: Mapped[str]
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    about: Mapped[str | None]
    recipient: Mapped[str | None]
    copy_number: Mapped[str | None]
    pages: Mapped[int]
    digest: Mapped[str]
    marking: Mapped[str | None]
    version_words: Mapped[str | None]
    by: Mapped[str]
    face: Mapped[str | None]
    trace: Mapped[str | None]
    findings: Mapped[int | None]
    reason: Mapped[str | None]
    unsought: Mapped[str | None]


release_attachments = Table(
    "release_attachments",
    Base.metadata,
    Column("release_id", ForeignKey("release.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


legal_hold_reviews = Table(
    "legal_hold_reviews",
    Base.metadata,
    Column("legal_hold_id", ForeignKey("legal_hold.id"), primary_key=True),
    Column("review_id", ForeignKey("review.id"), primary_key=True, index=True),
)


legal_hold_incidents = Table(
    "legal_hold_incidents",
    Base.metadata,
    Column("legal_hold_id", ForeignKey("legal_hold.id"), primary_key=True),
    Column("incident_id", ForeignKey("incident.id"), primary_key=True, index=True),
)
