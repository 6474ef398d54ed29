"""Dates of which only the month, the year or something near it is known.

The canonical text (``2021-06-03``, ``2021-06``, ``2021``, and a trailing ``~`` for "about") is what
the file stores. Sorting the text and sorting the dates give one order: certain dates by their
earliest day, the wider one first when two begin together; an "about" date after everything that
lies in the month or year it names.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import total_ordering

from oscb_desktop.domain.date_words import (
    FIRST_YEAR,
    LAST_YEAR,
    format_date,
    format_month,
    quoted,
)
from oscb_desktop.domain.working_days import add_months
from oscb_desktop.errors import UserError

_CANONICAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(~?)", re.ASCII)


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    ABOUT = "about"


def _nominal(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    """Return the first and last day of the day, month or year that was named."""
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return date(year, month, day), date(year, month, day)


def _widened(first: date, month: int | None, day: int | None) -> tuple[date, date]:
    """Return what "about" may reach: a week, a month or six months to either side."""
    if day is not None:
        return first - timedelta(days=7), first + timedelta(days=7)
    before, after = (-6, 18) if month is None else (-1, 2)
    return add_months(first, before), add_months(first, after) - timedelta(days=1)


@total_ordering
@dataclass(frozen=True, slots=True)
class UncertainDate:
    """A date as surely as it is known: no day earlier than ``earliest`` or later than ``latest``.

    "About" widens what was named to both sides: a day by 7 days, a month by one month, a year by
    six months (about 2021 may be July 2020 to June 2022). The widths are a convention of this
    program.
    """

    precision: Precision
    earliest: date
    latest: date

    def __post_init__(self) -> None:
        if UncertainDate._window(*self._named()) != (self.earliest, self.latest):
            raise ValueError(f"{self.earliest} to {self.latest} is no {self.precision}")

    @classmethod
    def of(
        cls, year: int, month: int | None = None, day: int | None = None, *, about: bool = False
    ) -> UncertainDate:
        """Make the date from what is known of it.

        Raises ``ValueError`` when there is no such day, and ``UserError`` outside 1900 to 2199.
        """
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise UserError(f"The year {year:04d} is not between {FIRST_YEAR} and {LAST_YEAR}.")
        known = Precision.YEAR if month is None else Precision.MONTH
        if day is not None:
            known = Precision.DAY
        return cls(Precision.ABOUT if about else known, *cls._window(year, month, day, about=about))

    @classmethod
    def exact(cls, day: date) -> UncertainDate:
        """Make the date of one known day."""
        return cls.of(day.year, day.month, day.day)

    @classmethod
    def parse(cls, text: str) -> UncertainDate:
        """Read the canonical text. Raises ``UserError`` when it is anything else."""
        match = _CANONICAL.fullmatch(text)
        if match is None:
            raise UserError(f"{quoted(text)} is not a date as 2021-06-03, 2021-06 or 2021.")
        year, month, day, mark = match.groups()
        try:
            return cls.of(
                int(year),
                int(month) if month else None,
                int(day) if day else None,
                about=bool(mark),
            )
        except ValueError as fault:
            raise UserError(f"There is no such date as {quoted(text)}.") from fault

    def canonical(self) -> str:
        """Return the text that is stored and sorted."""
        year, month, day, about = self._named()
        parts = [f"{year:04d}"] + [f"{part:02d}" for part in (month, day) if part is not None]
        return "-".join(parts) + ("~" if about else "")

    def words(self) -> str:
        """Return the date for a person, never with a day or month that nobody gave."""
        year, month, day, about = self._named()
        first, _ = _nominal(year, month, day)
        if day is not None:
            words = format_date(first)
        else:
            words = f"{year:04d}" if month is None else format_month(first)
        return f"about {words}" if about else words

    def surely_before(self, other: UncertainDate) -> bool:
        """Say whether every day this may be lies before every day the other may be."""
        return self.latest < other.earliest

    def may_fall_within(self, first: date, last: date) -> bool:
        """Say whether some day this may be lies from ``first`` to ``last``, both included."""
        return self.earliest <= last and first <= self.latest

    def surely_within(self, first: date, last: date) -> bool:
        """Say whether every day this may be lies from ``first`` to ``last``, both included."""
        return first <= self.earliest and self.latest <= last

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, UncertainDate):
            return NotImplemented
        return self.canonical() < other.canonical()

    @staticmethod
    def _window(year: int, month: int | None, day: int | None, about: bool) -> tuple[date, date]:
        first, last = _nominal(year, month, day)
        return _widened(first, month, day) if about else (first, last)

    def _named(self) -> tuple[int, int | None, int | None, bool]:
        """Return year, month and day as far as they were named, and whether "about" was said."""
        if self.precision is not Precision.ABOUT:
            start = self.earliest
            month = None if self.precision is Precision.YEAR else start.month
            return start.year, month, start.day if self.precision is Precision.DAY else None, False
        span = (self.latest - self.earliest).days
        if span <= 14:
            middle = self.earliest + timedelta(days=7)
            return middle.year, middle.month, middle.day, True
        if span <= 92:
            named = add_months(self.earliest, 1)
            return named.year, named.month, None, True
        return add_months(self.earliest, 6).year, None, None, True
