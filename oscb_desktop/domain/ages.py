"""A child's age as it is known: in years, years and months, months, weeks, or not yet born."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import TYPE_CHECKING

from oscb_desktop.domain.date_words import counted, plain, quoted
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from datetime import date

OLDEST_YEARS = 24  # care leavers up to and including 24 (Working Together 2023)

_ACCEPTED = "Type an age as 13, 13y 7m, 7 months, 7/12, 3 weeks, newborn or unborn."
_UNBORN = {"unborn", "not born", "not yet born", "pre-birth", "prebirth", "antenatal"}
_NEWBORN = {"newborn", "new born", "new-born", "at birth"}
_UNDER_ONE = {"under 1", "<1", "under 1 year", "under one", "under one year"}
_YEARS = r"(?P<years>\d{1,3})\s*(?:years?|yrs?|y)"
_MONTHS = r"(?P<months>\d{1,3})\s*(?:months?|mths?|mos?|m|/\s*12)"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<years>\d{1,3})",
        rf"{_YEARS}(?: old)?",
        rf"{_MONTHS}(?: old)?",
        rf"{_YEARS}(?:\s*,)?\s*(?:and\s+|&\s*)?{_MONTHS}(?: old)?",
        r"(?P<years>\d{1,3})\s+(?P<months>\d{1,2})\s*/\s*12",
        r"(?P<weeks>\d{1,3})\s*(?:weeks?|wks?|w|/\s*52)(?: old)?",
        r"(?P<days>\d{1,2})\s*(?:days?|d|/\s*7)(?: old)?",
    )
)
# A month is 30.4375 days on average; sixteenths of a day keep the comparison in whole numbers.
_MONTH, _WEEK = 487, 112


def _too_old() -> UserError:
    return UserError(
        f"An age is at most {OLDEST_YEARS} years here: children, and care leavers up to and"
        f" including {OLDEST_YEARS}."
    )


@total_ordering
@dataclass(frozen=True, slots=True)
class Age:
    """An age: unborn; years, perhaps with months; months alone; or weeks alone.

    ``years`` alone says nothing of the months, and 0 years alone is "under 1 year". Ages sort by
    how long somebody has lived, the unborn first.
    """

    unborn: bool = False
    years: int | None = None
    months: int | None = None
    weeks: int | None = None

    def __post_init__(self) -> None:
        given = (
            self.unborn,
            self.years is not None,
            self.months is not None,
            self.weeks is not None,
        )
        alone = sum(given) == 1
        paired = given == (False, True, True, False) and bool(self.years) and self.months != 0
        in_range = (
            (self.years is None or 0 <= self.years <= OLDEST_YEARS)
            and (self.months is None or 0 <= self.months <= 11)
            and (self.weeks is None or 0 <= self.weeks <= 52)
        )
        if not ((alone or paired) and in_range):
            raise ValueError("an age is unborn, years (and months), months, or weeks")

    @classmethod
    def parse(cls, typed: str) -> Age:
        """Read an age as people type it, or its canonical text. Raises ``UserError`` otherwise."""
        text = plain(typed).rstrip(".")
        text = text.removeprefix("aged ").removeprefix("age ")
        if text in _UNBORN:
            return cls(unborn=True)
        if text in _NEWBORN:
            return cls(weeks=0)
        if text in _UNDER_ONE:
            return cls(years=0)
        for shape in _SHAPES:
            if match := shape.fullmatch(text):
                found = {unit: int(number) for unit, number in match.groupdict().items()}
                return cls._from_units(typed, **found)
        raise UserError(f"{quoted(typed)} is not an age. {_ACCEPTED}")

    @classmethod
    def between(cls, birth: date, on: date) -> Age:
        """Return the age on a day: weeks up to three months, months up to a year, then both.

        Somebody born on 29 February turns a year older on 1 March in a common year. Raises
        ``UserError`` above 24 years.
        """
        if on < birth:
            return cls(unborn=True)
        months = (on.year - birth.year) * 12 + on.month - birth.month - (on.day < birth.day)
        return cls(weeks=(on - birth).days // 7) if months < 3 else cls._of_months(months)

    @property
    def whole_years(self) -> int | None:
        """Completed years: 0 for a baby, ``None`` before birth."""
        return None if self.unborn else self.years or 0

    @property
    def is_baby(self) -> bool:
        """Born, and under one year."""
        return self.whole_years == 0

    def canonical(self) -> str:
        """Return the text that is stored: ``unborn``, ``13y``, ``13y7m``, ``7m``, ``3w``."""
        if self.unborn:
            return "unborn"
        parts = ((self.years, "y"), (self.months, "m"), (self.weeks, "w"))
        return "".join(f"{number}{unit}" for number, unit in parts if number is not None)

    def words(self) -> str:
        """Return the age for a person, ``13 years 7 months``."""
        special = {"unborn": "unborn", "0w": "newborn", "0m": "under 1 month", "0y": "under 1 year"}
        parts = ((self.years, "year"), (self.months, "month"), (self.weeks, "week"))
        plain = " ".join(counted(number, unit) for number, unit in parts if number is not None)
        return special.get(self.canonical(), plain)

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Age):
            return NotImplemented
        return self._lived() < other._lived()

    def _lived(self) -> tuple[int, str]:
        if self.unborn:
            return -1, ""
        months = (self.years or 0) * 12 + (self.months or 0)
        return months * _MONTH + (self.weeks or 0) * _WEEK, self.canonical()

    @classmethod
    def _of_months(cls, total: int) -> Age:
        years, months = divmod(total, 12)
        if years > OLDEST_YEARS:
            raise _too_old()
        if not years:
            return cls(months=months)
        return cls(years=years, months=months or None)

    @classmethod
    def _from_units(
        cls,
        typed: str,
        years: int | None = None,
        months: int | None = None,
        weeks: int | None = None,
        days: int | None = None,
    ) -> Age:
        if days is not None:
            return cls(weeks=days // 7)
        if weeks is not None:
            if weeks > 52:
                raise UserError(f"{quoted(typed)} is above a year: type it in years and months.")
            return cls(weeks=weeks)
        if years is None or months is None:
            if years is None:
                return cls._of_months(months or 0)
            if years > OLDEST_YEARS:
                raise _too_old()
            return cls(years=years)
        if months > 11:
            raise UserError(f"{quoted(typed)} has more than 11 months beside its years.")
        return cls._of_months(years * 12 + months)
