"""Working days in England: the calendar, and counting on and back through it.

The day that is counted from is day 0, whatever day it is; weekends and holidays do not count.
"""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import WEEKDAY_NAMES, format_date, weekday_date
from oscb_desktop.errors import UserError
from oscb_desktop.paths import resource

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SATURDAY = 5
_NO_EXTRA: Mapping[date, str] = MappingProxyType({})


class CalendarEnd(UserError):  # noqa: N818 - it names what was met, as other user errors do
    """The counting has left the years of which the bank holidays are known."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The bank holidays, by day, and the first and last day of which they are known."""

    holidays: Mapping[date, str]
    first_known: date
    last_known: date

    def is_working_day(self, day: date) -> bool:
        """Say whether a day counts. Raises ``CalendarEnd`` outside the known years."""
        return not self.reason_skipped(day)

    def reason_skipped(self, day: date) -> str:
        """Return why a day does not count (holiday or weekday), or "" when it does.

        Raises ``CalendarEnd`` outside the known years.
        """
        self.require(day)
        if day in self.holidays:
            return self.holidays[day]
        return WEEKDAY_NAMES[day.weekday()] if day.weekday() >= _SATURDAY else ""

    def require(self, day: date) -> None:
        """Raise ``CalendarEnd`` when the holidays around a day are not known."""
        if day > self.last_known:
            raise CalendarEnd(
                f"The bank holiday table ends on {format_date(self.last_known)}; working days"
                " after that cannot be counted."
            )
        if day < self.first_known:
            raise CalendarEnd(
                f"The bank holiday table begins on {format_date(self.first_known)}; working days"
                " before that cannot be counted."
            )


@dataclass(frozen=True, slots=True)
class DayStep:
    """One line of the working: a day, its number (``None``: not counted) and why."""

    on: date
    number: int | None
    note: str

    def words(self) -> str:
        """Return the line as text, ``Thu 02 Jun 2022   -  Spring bank holiday``."""
        number = "-" if self.number is None else str(self.number)
        return f"{weekday_date(self.on)}  {number:>3}  {self.note}".rstrip()


def _steps(start: date, n: int, calendar: Calendar) -> Iterator[DayStep]:
    calendar.require(start)
    yield DayStep(start, 0, "counted from this day")
    direction = 1 if n > 0 else -1
    day, number = start, 0
    while number != n:
        day += timedelta(days=direction)
        reason = calendar.reason_skipped(day)
        number += 0 if reason else direction
        yield DayStep(day, None if reason else number, reason)


def working(start: date, n: int, calendar: Calendar) -> tuple[DayStep, ...]:
    """Show every day from the start (day 0) to the nth working day, skipped ones with the reason.

    Raises ``CalendarEnd`` when that leaves the table.
    """
    return tuple(_steps(start, n, calendar))


def add_working_days(start: date, n: int, calendar: Calendar) -> date:
    """Return the nth working day after the start, or before it when n is negative.

    Raises ``CalendarEnd`` when that leaves the table.
    """
    last = start
    for step in _steps(start, n, calendar):
        last = step.on
    return last


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after the start up to and including the end.

    Negative when the end lies before the start: the working days from the end up to the day before
    the start. Raises ``CalendarEnd`` when either day lies outside the table.
    """
    calendar.require(start)
    calendar.require(end)
    if end < start:
        day = timedelta(days=1)
        return -_working_days_after(end - day, start - day, calendar)
    return _working_days_after(start, end, calendar)


def _working_days_after(start: date, end: date, calendar: Calendar) -> int:
    holidays = sum(start < day <= end and day.weekday() < _SATURDAY for day in calendar.holidays)
    return _weekdays_until(end) - _weekdays_until(start) - holidays


def _weekdays_until(day: date) -> int:
    weeks, rest = divmod(day.toordinal(), 7)  # day 1 of the ordinals was a Monday
    return weeks * 5 + min(rest, 5)


def add_months(start: date, n: int) -> date:
    """Return the same day n calendar months on (back when negative), clipped to the month's end."""
    year, month = divmod(start.year * 12 + start.month - 1 + n, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def month_steps(start: date, n: int) -> tuple[DayStep, ...]:
    """Show the start (month 0) and the same day of each month up to the nth."""
    direction = 1 if n > 0 else -1
    steps = [DayStep(start, 0, "counted from this day")]
    for number in range(direction, n + direction, direction):
        day = add_months(start, number)
        clipped = "" if day.day == start.day else ", the last day of a shorter month"
        steps.append(DayStep(day, number, f"month {abs(number)}{clipped}"))
    return tuple(steps)


@lru_cache(maxsize=1)
def _table() -> Calendar:
    with resource("bank_holidays.toml").open("rb") as file:
        data = tomllib.load(file)
    named = {date.fromisoformat(day): name for day, name in data["holidays"].items()}
    return Calendar(MappingProxyType(named), data["first_known"], data["last_known"])


def load_calendar(extra: Mapping[date, str] = _NO_EXTRA) -> Calendar:
    """Return the calendar of England's bank holidays, with the days that the user has added."""
    table = _table()
    if not extra:
        return table
    holidays = MappingProxyType({**table.holidays, **extra})
    return Calendar(holidays, table.first_known, table.last_known)
