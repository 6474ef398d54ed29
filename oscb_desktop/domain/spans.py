"""Spans of time as people type them, such as 15wd or -7wd, and the day that they lead to."""

from __future__ import annotations

import re
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from oscb_desktop.domain.date_words import FIRST_YEAR, LAST_YEAR, format_date, plain, quoted
from oscb_desktop.domain.working_days import DayStep, add_months, month_steps, working
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from oscb_desktop.domain.working_days import Calendar

_SPAN = re.compile(r"([+-]?)\s*(\d{1,4})\s*([a-z]+(?: days?)?)", re.ASCII)


class SpanUnit(StrEnum):
    """What a span is counted in."""

    WORKING_DAYS = "wd"
    DAYS = "d"
    WEEKS = "w"
    MONTHS = "m"
    YEARS = "y"


class Span(NamedTuple):
    """So many of a unit; negative counts back."""

    n: int
    unit: SpanUnit


_UNITS = {
    word: unit
    for unit, words in {
        SpanUnit.WORKING_DAYS: ("wd", "wds", "working day", "working days"),
        SpanUnit.DAYS: ("d", "day", "days"),
        SpanUnit.WEEKS: ("w", "wk", "wks", "week", "weeks"),
        SpanUnit.MONTHS: ("m", "month", "months"),
        SpanUnit.YEARS: ("y", "yr", "yrs", "year", "years"),
    }.items()
    for word in words
}


def parse_span(text: str) -> Span:
    """Read a span such as ``15wd``, ``-7wd``, ``10d``, ``2w``, ``6m`` or ``1y``.

    Raises ``UserError`` with an example of what is accepted.
    """
    match = _SPAN.fullmatch(plain(text))
    unit = _UNITS.get(match[3]) if match else None
    if match is None or unit is None:
        raise UserError(
            f"{quoted(text)} is not a span. Type 15wd for working days, 10d for days, 2w for weeks"
            " or 6m for months; a minus counts back."
        )
    return Span(-int(match[2]) if match[1] == "-" else int(match[2]), unit)


def due(start: date, span: Span, calendar: Calendar) -> tuple[date, tuple[str, ...]]:
    """Return the day a span away from the start, and the working, a line a day or a month.

    Raises ``CalendarEnd`` when working days leave the table, ``UserError`` outside 1900 to 2199.
    """
    steps = span_steps(start, span, calendar)
    return steps[-1].on, tuple(step.words() for step in steps)


def span_steps(start: date, span: Span, calendar: Calendar) -> tuple[DayStep, ...]:
    """Return the working of a span, its end as the last step; raises as ``due`` does."""
    n, unit = span
    if unit is SpanUnit.WORKING_DAYS:
        return working(start, n, calendar)
    if unit in (SpanUnit.MONTHS, SpanUnit.YEARS):
        months = n * 12 if unit is SpanUnit.YEARS else n
        _in_range(start, lambda: add_months(start, months))
        return month_steps(start, months)
    days = n * 7 if unit is SpanUnit.WEEKS else n
    end = _in_range(start, lambda: start + timedelta(days=days))
    return DayStep(start, 0, "counted from this day"), DayStep(end, days, "every day counted")


def _in_range(start: date, end_of: Callable[[], date]) -> date:
    try:
        end = end_of()
    except (ValueError, OverflowError):
        end = None
    if end is None or not FIRST_YEAR <= end.year <= LAST_YEAR:
        raise UserError(
            f"That is too far from {format_date(start)}: dates lie between {FIRST_YEAR} and"
            f" {LAST_YEAR}."
        )
    return end
