"""Dates as people in England type them, always the day before the month, and how they are shown."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from oscb_desktop.domain.date_words import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTH_NAMES,
    WEEKDAY_NAMES,
    format_date,
    plain,
    quoted,
    weekday_date,
)
from oscb_desktop.domain.spans import Span, SpanUnit, due, parse_span, span_steps
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.working_days import load_calendar
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from oscb_desktop.domain.working_days import Calendar

__all__ = [
    "Span",
    "SpanUnit",
    "due",
    "format_date",
    "parse_date",
    "parse_span",
    "parse_uncertain",
    "weekday_date",
]

_EXAMPLES = "Type a date as 3/6/22, 3 jun 2022, 2022-06-03, today or +5wd"
_LONGEST = 60
_CENTURY_TURN = 70  # 00 to 69 are 2000 to 2069, 70 to 99 are 1970 to 1999

_WORD = r"(?P<word>[a-z]{3,9})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|\d\d)"
_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})",
        rf"{_DAY}\s?([-/.])\s?(?P<month>\d{{1,2}})\s?\2\s?{_YEAR}",
        r"(?P<day>\d{1,2}) (?P<month>\d{1,2}) (?P<year>\d{4}|\d\d)",
        rf"{_DAY}[-/. ]?(?:of )?{_WORD}(?:[-/., ]?\s?{_YEAR})?",
        rf"{_WORD} {_DAY},? (?P<year>\d{{4}})",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})",
    )
)
_VAGUE_SHAPES = tuple(
    re.compile(shape, re.ASCII)
    for shape in (
        r"(?P<year>\d{4})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})",
        r"(?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"{_WORD}[-/., ]?\s?(?P<year>\d{{4}})",
    )
)
_DAY_OR_YEAR = re.compile(rf"{_WORD} (\d{{1,2}})", re.ASCII)
_ABOUT = re.compile(r"(?:about|approximately|approx\.?|around|circa|c\.?|ca\.?|~)\s*(?=[\da-z])")
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s+(?=[\da-z])")
_TYPED_SPAN = re.compile(r"[+-].*")


class _Parts(NamedTuple):
    """What was typed of a date."""

    day: int | None
    month: int | None
    year: int


def parse_date(text: str, today: date, calendar: Calendar | None = None) -> date:
    """Read a day as typed; without a year it is in today's year. The table is for ``+5wd``.

    Raises ``UserError`` naming what is wrong; a day and a month are never exchanged.
    """
    typed = _tidied(text)
    found = _relative(typed, today, calendar)
    if found is not None:
        return found
    if _ABOUT.match(typed) or typed.endswith("~") or _vague_parts(text, typed):
        raise UserError(
            f"{quoted(text)} names no certain day, and this date needs one, such as 3 jun 2022."
        )
    return _certain_day(text, typed, today)


def parse_uncertain(text: str, today: date, calendar: Calendar | None = None) -> UncertainDate:
    """Read a day, a month and year, a year, or "about" any of them; also the canonical text.

    Raises ``UserError`` naming what is wrong; a day and a month are never exchanged.
    """
    typed = _tidied(text)
    match = _ABOUT.match(typed)
    about = match is not None or typed.endswith("~")
    rest = typed[match.end() if match else 0 :].removesuffix("~").strip()
    if vague := _vague_parts(text, rest):
        return UncertainDate.of(vague.year, vague.month, about=about)
    day = None if about else _relative(rest, today, calendar)
    if day is None:
        day = _certain_day(text, rest, today)
    return UncertainDate.of(day.year, day.month, day.day, about=about)


def _tidied(text: str) -> str:
    """Return what was typed in one plain form. Raises ``UserError`` when empty or far too long."""
    typed = plain(text)
    if not typed:
        raise UserError(f"{_EXAMPLES}.")
    if len(typed) > _LONGEST:
        raise _not_a_date(text)
    return typed


def _not_a_date(text: str) -> UserError:
    return UserError(f"{quoted(text)} is not a date. {_EXAMPLES}.")


def _relative(typed: str, today: date, calendar: Calendar | None) -> date | None:
    days = {"yesterday": -1, "today": 0, "tomorrow": 1}.get(typed)
    if days is not None:
        return today + timedelta(days=days)
    if not _TYPED_SPAN.fullmatch(typed):
        return None
    return span_steps(today, parse_span(typed), calendar or load_calendar())[-1].on


def _vague_parts(text: str, typed: str) -> _Parts | None:
    """Return month and year, or year alone, when no day was typed."""
    parts = _parts(text, typed, _VAGUE_SHAPES)
    if parts and parts.month is not None and not 1 <= parts.month <= 12:
        raise UserError(f"There is no month {parts.month} in {quoted(text)}.")
    return parts


def _certain_day(text: str, typed: str, today: date) -> date:
    weekday = _WEEKDAY.match(typed)
    rest = typed[weekday.end() :] if weekday else typed
    parts = _parts(text, rest, _SHAPES, today.year)
    if parts is None and (match := _DAY_OR_YEAR.fullmatch(rest)) and _month_named(match[1]):
        raise UserError(
            f"The {match[2]} in {quoted(text)} may be a day or a year: type the day first,"
            " or the year with four digits."
        )
    if parts is None or parts.day is None or parts.month is None:
        raise _not_a_date(text)
    day = _real_day(text, parts.day, parts.month, parts.year)
    if weekday and not WEEKDAY_NAMES[day.weekday()].casefold().startswith(weekday[1]):
        raise UserError(
            f"{format_date(day)} is a {WEEKDAY_NAMES[day.weekday()]}, which {quoted(text)} is not."
        )
    return day


def _parts(
    text: str, typed: str, shapes: tuple[re.Pattern[str], ...], year_if_none: int = 0
) -> _Parts | None:
    """Return the numbers of the first shape that fits what was typed."""
    for shape in shapes:
        if match := shape.fullmatch(typed):
            found = match.groupdict()
            month = _month_named(found["word"]) if found.get("word") else found.get("month")
            if month is None and "word" in found:
                continue
            year = found.get("year")
            known_year = year_if_none if year is None else _full_year(year)
            _require_year(known_year, text)
            day = found.get("day")
            return _Parts(int(day) if day else None, int(month) if month else None, known_year)
    return None


def _month_named(word: str) -> int | None:
    """Return the month that a word of three letters or more begins or spells."""
    if word == "sept":
        return 9
    for number, name in enumerate(MONTH_NAMES, start=1):
        if name.casefold().startswith(word):
            return number
    return None


def _full_year(typed: str) -> int:
    year = int(typed)
    if len(typed) == 2:
        return year + (2000 if year < _CENTURY_TURN else 1900)
    return year


def _require_year(year: int, text: str) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(
            f"The year {year:04d} in {quoted(text)} is not between {FIRST_YEAR} and {LAST_YEAR}."
        )


def _real_day(text: str, day: int, month: int, year: int) -> date:
    if not 1 <= month <= 12:
        raise UserError(_no_such_month(text, day, month, year))
    longest = monthrange(year, month)[1]
    if not 1 <= day <= longest:
        raise UserError(
            f"There is no day {day} in {quoted(text)}: {MONTH_NAMES[month - 1]} {year} has"
            f" {longest} days."
        )
    return date(year, month, day)


def _no_such_month(text: str, day: int, month: int, year: int) -> str:
    """Say so, and how to type the other order when that is a date: it is never assumed."""
    wrong = f"There is no month {month} in {quoted(text)}"
    if 1 <= day <= 12 and 1 <= month <= monthrange(year, day)[1]:
        short = f"{year % 100:02d}"
        shown = short if _full_year(short) == year else str(year)
        meant = format_date(date(year, day, month))
        return f"{wrong}: the month comes second. For {meant} type {month}/{day}/{shown}."
    return f"{wrong}: type the day, then the month, then the year."
