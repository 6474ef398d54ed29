"""How long records are kept: from which day, for how many years, and what happens then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.working_days import add_months

BIRTHDAY = "youngest_25"
"""The trigger whose day nobody is shown, as it tells a date of birth."""

LEAVING_CARE = 25
"""The birthday from which the years of ``youngest_25`` count (the code list)."""


class RetentionAction(StrEnum):
    """What the schedule proposes once the time is over."""

    DISPOSE = "dispose"
    ARCHIVE = "archive"
    KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the schedule: ``authority`` is empty where none is recorded."""

    record_class: str
    trigger: str
    years: int
    action: RetentionAction
    authority: str = ""

    def kept_until(self, day: date) -> date:
        """Return the last day on which a record is kept whose years count from ``day``."""
        return add_months(day, 12 * self.years)


@dataclass(frozen=True, slots=True)
class CountedDay:
    """The day from which a record's years count, and why; no day says in words what is missing."""

    day: date | None
    words: str

    @classmethod
    def known(cls, day: date, why: str) -> CountedDay:
        """Return a day with its reason, such as ``work ended 31 Mar 1991``."""
        return cls(day, f"{why} {format_date(day)}")


def latest(days: list[CountedDay]) -> CountedDay:
    """Return the last of some days; the first that is missing where any is."""
    missing = next((found for found in days if found.day is None), None)
    return missing or max(days, key=lambda found: found.day or date.min)


def turns_25(
    name: str, birth: date | None, age: Age | None, happened: UncertainDate | None
) -> CountedDay:
    """Return the 25th birthday of a child; from an age alone, the last day that it can be.

    Neither a date of birth nor an age with the date of the incident is no day at all. The words
    name the year alone: the day would tell the date of birth, which stands apart.
    """
    if birth is not None:
        day = add_months(birth, 12 * LEAVING_CARE)
        return CountedDay(day, f"{name} is 25 in {day.year}")
    if age is None or happened is None:
        return CountedDay(None, f"{name}: neither a date of birth nor an age is known")
    born = _born_by(age, happened.latest)
    day = add_months(born, 12 * LEAVING_CARE)
    return CountedDay(day, f"{name}, by the age alone, is 25 in {day.year} at the latest")


def years_words(years: int) -> str:
    """Return ``30 years``, or that no time is added."""
    return counted(years, "year") if years else "no time added"


def _born_by(age: Age, on: date) -> date:
    """Return the last day on which somebody of that age can have been born."""
    if age.unborn:
        return add_months(on, 10)
    return add_months(on, -(12 * (age.years or 0) + (age.months or 0)))
