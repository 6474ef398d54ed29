"""What the organisation sets."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column

from oscb_desktop.database.base import Base, Record


class Organisation(Record):
    """How the partnership is named on paper, and its own time limits."""

    __tablename__ = "organisation"

    name: Mapped[str]
    short_name: Mapped[str | None]
    subgroup: Mapped[str]
    marking: Mapped[str | None]
    accent_colour: Mapped[str | None]
    contact: Mapped[str | None]
    press_contact: Mapped[str | None]
    year_start_month: Mapped[int]
    due_soon_days: Mapped[int]
    panel_reply_days: Mapped[int]
    quorum_minimum: Mapped[int | None]
    small_number: Mapped[int | None]
    first_check_months: Mapped[int | None]
    second_check_months: Mapped[int | None]
    attachment_megabytes: Mapped[int | None]
    practice_today: Mapped[date | None]


organisation_logo = Table(
    "organisation_logo",
    Base.metadata,
    Column("organisation_id", ForeignKey("organisation.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True, index=True),
)


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
