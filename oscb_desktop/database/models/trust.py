"""The change log, unfinished typing, and the text that the search reads."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base


class Change(Base):
    """One step of work: what a person did, when, and the hash that chains it to the one before.

    ``act`` is change, undo, redo, view or dispose; ``undoes_id`` is the step that it reverses. The
    chain runs over ``digest``, which seals the label with ``seal``: a label that names what was
    disposed of can go, and the chain still holds.
    """

    __tablename__ = "change"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    by: Mapped[str]
    act: Mapped[str]
    label: Mapped[str]
    undoes_id: Mapped[int | None] = mapped_column(ForeignKey("change.id"), index=True)
    seal: Mapped[str | None]
    digest: Mapped[str]
    previous_hash: Mapped[str]
    hash: Mapped[str]


class ChangeItem(Base):
    """One field of one record in one step, before and after, as JSON.

    ``act`` is add, amend, withdraw, restore, view or remove; the last four name no field. Before
    and after are sealed as a step's label is; with ``seal`` empty they are gone for good.
    """

    __tablename__ = "change_item"
    __table_args__ = (Index(None, "kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int] = mapped_column(ForeignKey("change.id"), index=True)
    kind: Mapped[str]
    record_id: Mapped[int]
    act: Mapped[str]
    field: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    seal: Mapped[str | None]
    digest: Mapped[str]


class ChangeHead(Base):
    """The last step of the log, kept apart so that a step taken off the end is missed; one row."""

    __tablename__ = "change_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[int]
    hash: Mapped[str]


class AttachmentContent(Base):
    """What an attached file holds, once however many records it is attached to."""

    __tablename__ = "attachment_content"

    digest: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class SearchEntry(Base):
    """Which record a row of the full-text index stands for. Identities are never indexed."""

    __tablename__ = "search_entry"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int]
    title: Mapped[str]


class Draft(Base):
    """What somebody typed into a form and has not saved; no record yet, so not in the change log.

    ``record_id`` is empty for a record still to be added; ``preset`` and ``typed`` are JSON objects
    by field name, of kept values and of typed text.
    """

    __tablename__ = "draft"
    __table_args__ = (UniqueConstraint("kind", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    record_id: Mapped[int | None]
    version: Mapped[int | None]
    preset: Mapped[str]
    typed: Mapped[str]
    saved_at: Mapped[datetime]
