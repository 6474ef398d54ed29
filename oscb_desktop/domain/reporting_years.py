"""The reporting year: twelve months from the first of a month that the partnership sets."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from oscb_desktop.domain.date_words import FIRST_YEAR, LAST_YEAR, MONTH_NAMES, plain, quoted
from oscb_desktop.domain.working_days import add_months
from oscb_desktop.errors import UserError

APRIL = 4  # the year of the annual report, 1 April to 31 March: a setting
_TYPED = re.compile(r"(\d{4}|\d\d)(?:\s*(?:-|/|to)\s*(\d{4}|\d\d))?", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class ReportingYear:
    """Twelve months, both days included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        whole = self.first.day == 1 and self.last == _last_day(self.first)
        if not whole:
            raise ValueError(f"{self.first} to {self.last} is no year of whole months")

    @classmethod
    def beginning(cls, year: int, start_month: int = APRIL) -> ReportingYear:
        """Return the reporting year that begins in a calendar year."""
        first = date(year, start_month, 1)
        return cls(first, _last_day(first))

    @classmethod
    def containing(cls, day: date, start_month: int = APRIL) -> ReportingYear:
        """Return the reporting year that a day lies in."""
        return cls.beginning(day.year - (day.month < start_month), start_month)

    @classmethod
    def parse(cls, text: str, start_month: int = APRIL) -> ReportingYear:
        """Read ``2021-22``, ``2021/22``, ``2021-2022`` or, for a year from January, ``2021``.

        Raises ``UserError`` with an example of what is accepted.
        """
        example = "2021" if start_month == 1 else "2021-22"
        wanted = f"The year begins in {MONTH_NAMES[start_month - 1]} here: type it as {example}."
        match = _TYPED.fullmatch(plain(text))
        if match is None or (match[2] is None) != (start_month == 1):
            raise UserError(f"{quoted(text)} is not a reporting year. {wanted}")
        year = int(match[1]) + (2000 if len(match[1]) == 2 else 0)
        if not FIRST_YEAR <= year < LAST_YEAR:
            raise UserError(f"{quoted(text)} is not between {FIRST_YEAR} and {LAST_YEAR}.")
        if match[2] is not None and int(match[2]) != (year + 1) % 10 ** len(match[2]):
            raise UserError(f"{quoted(text)} does not name two years in a row. {wanted}")
        return cls.beginning(year, start_month)

    def previous(self) -> ReportingYear:
        """Return the reporting year before this one."""
        return ReportingYear.beginning(self.first.year - 1, self.first.month)

    @property
    def label(self) -> str:
        """The year's name: ``2021-22``, or ``2021`` when it is a calendar year."""
        begins = f"{self.first.year:04d}"
        return begins if self.first.month == 1 else f"{begins}-{self.last.year % 100:02d}"

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


def _last_day(first: date) -> date:
    return add_months(first, 12) - timedelta(days=1)
