"""Meetings, who was there, their agenda and what came of them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class Meeting(Record):
    """A discussion, a review's meeting, the subgroup, a sign-off or a practitioner event."""

    __tablename__ = "meeting"

    reference: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    held_on: Mapped[date]
    starts_at: Mapped[str | None]
    place: Mapped[str | None]
    chair_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    purpose: Mapped[str | None]
    note: Mapped[str | None]
    dissent: Mapped[str | None]
    quorum_note: Mapped[str | None]


class Attendance(Record):
    """Who was invited to a meeting, and whether they came."""

    __tablename__ = "attendance"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    agency_id: Mapped[int | None] = mapped_column(ForeignKey("agency.id"), index=True)
    status: Mapped[str]
    interest: Mapped[str | None]


class AgendaItem(Record):
    """What is on the table of a meeting, what was said and what was decided."""

    __tablename__ = "agenda_item"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    number: Mapped[int]
    heading: Mapped[str]
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    led_by: Mapped[str | None]
    said: Mapped[str | None]
    decision: Mapped[str | None]


class AgendaItemTemplate(Record):
    """What stands on the agenda of a kind of meeting."""

    __tablename__ = "agenda_item_template"

    meeting_kind: Mapped[str]
    number: Mapped[int]
    heading: Mapped[str]


class MeetingAction(Record):
    """What somebody does because of a meeting. What a review asks for is an action instead."""

    __tablename__ = "meeting_action"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id"), index=True)
    text: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
    note: Mapped[str | None]


meeting_reviews = Table(
    "meeting_reviews",
    Base.metadata,
    Column("meeting_id", ForeignKey("meeting.id"), primary_key=True),
    Column("review_id", ForeignKey("review.id"), primary_key=True, index=True),
)


meeting_attachments = Table(
    "meeting_attachments",
    Base.metadata,
    Column("meeting_id", ForeignKey("meeting.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)
