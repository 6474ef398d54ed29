"""The annual report: what is written beside its figures, and what it must hold."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from oscb_desktop.database.base import Record


class Narrative(Record):
    """What a chapter of a year's report says beside its tables."""

    __tablename__ = "narrative"

    year: Mapped[str]
    chapter: Mapped[str]
    text: Mapped[str | None]
    read_as: Mapped[str | None]


class ReportTick(Record):
    """Whether a year's report holds what the guidance asks of it, and where."""

    __tablename__ = "report_tick"

    year: Mapped[str]
    item: Mapped[str]
    held: Mapped[bool | None]
    note: Mapped[str | None]
