"""What the organisation sets."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Record


class Organisation(Record):
    """How the partnership is named on paper, and its own time limits."""

    __tablename__ = "organisation"

    name: Mapped[str]
    short_name: Mapped[str | None]
    subgroup: Mapped[str]
    marking: Mapped[str | None]
    accent_colour: Mapped[str | None]
    year_start_month: Mapped[int]
    due_soon_days: Mapped[int]
    panel_reply_days: Mapped[int]
    quorum_minimum: Mapped[int | None]
    attachment_megabytes: Mapped[int | None]
    practice_today: Mapped[date | None]


class AgeBand(Record):
    """How ages are grouped in the figures. A gap or an overlap is told."""

    __tablename__ = "age_band"

    label: Mapped[str] = mapped_column(unique=True)
    from_years: Mapped[int]
    to_years: Mapped[int | None]
    unborn: Mapped[bool | None]


class ExtraHoliday(Record):
    """Days that do not count as working days beside England's bank holidays."""

    __tablename__ = "extra_holiday"

    on_date: Mapped[date] = mapped_column(unique=True)
    name: Mapped[str]


class Baseline(Record):
    """A figure of a year whose records are not in this file, for comparison."""

    __tablename__ = "baseline"

    year: Mapped[str]
    figure: Mapped[str]
    value: Mapped[int]
