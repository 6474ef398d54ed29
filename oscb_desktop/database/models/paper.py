"""What the papers that leave the building are made of, beside the records themselves."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class SummaryLine(Record):
    """A line of a learning summary in words for its readers."""

    __tablename__ = "summary_line"

    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), index=True)
    block: Mapped[str]
    number: Mapped[int]
    heading: Mapped[str | None]
    text: Mapped[str | None]
    finding_id: Mapped[int | None] = mapped_column(ForeignKey("finding.id"), index=True)
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id"), index=True
    )
    learning_point_id: Mapped[int | None] = mapped_column(
        ForeignKey("learning_point.id"), index=True
    )
    original: Mapped[str | None]
    left_out: Mapped[bool | None]


class Pack(Record):
    """The papers for a meeting or about a review in one document, with numbered copies."""

    __tablename__ = "pack"

    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"), index=True)
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    face: Mapped[str]
    recipients: Mapped[str | None]
    note: Mapped[str | None]


class PackItem(Record):
    """One paper or file of a pack, in its place."""

    __tablename__ = "pack_item"

    pack_id: Mapped[int] = mapped_column(ForeignKey("pack.id"), index=True)
    number: Mapped[int]
    part: Mapped[str]
    review_id: Mapped[int | None] = mapped_column(ForeignKey("review.id"), index=True)
    heading: Mapped[str | None]


pack_item_attachments = Table(
    "pack_item_attachments",
    Base.metadata,
    Column("pack_item_id", ForeignKey("pack_item.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


class Wording(Record):
    """How the partnership words a part of its press statements and letters to families."""

    __tablename__ = "wording"

    part: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
