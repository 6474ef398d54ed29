from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.spans import Span, SpanUnit, due, parse_span
from oscb_desktop.domain.working_days import CalendarEnd, load_calendar
from oscb_desktop.errors import UserError

CALENDAR = load_calendar()


@pytest.mark.parametrize(
    ("typed", "n", "unit"),
    [
        ("15wd", 15, "wd"),
        ("-7wd", -7, "wd"),
        ("−7 WD", -7, "wd"),
        ("15 working days", 15, "wd"),
        ("1 working day", 1, "wd"),
        ("+10d", 10, "d"),
        ("2w", 2, "w"),
        ("6 months", 6, "m"),
        ("6m", 6, "m"),
        ("1y", 1, "y"),
        ("0d", 0, "d"),
    ],
)
def test_spans(typed: str, n: int, unit: str) -> None:
    assert parse_span(typed) == (n, unit)


@pytest.mark.parametrize("typed", ["", "15", "wd", "15x", "1.5d", "99999d", "--5d", "5d 3w", "٥d"])
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UserError, match="Type 15wd for working days"):
        parse_span(typed)


@pytest.mark.parametrize(
    ("start", "typed", "expected"),
    [
        ("2022-05-27", "15wd", "2022-06-21"),
        ("2021-12-09", "-7wd", "2021-11-30"),
        ("2022-05-27", "10d", "2022-06-06"),
        ("2022-05-27", "-2w", "2022-05-13"),
        ("2021-08-31", "6m", "2022-02-28"),
        ("2022-02-28", "-6m", "2021-08-28"),
        ("2024-02-29", "1y", "2025-02-28"),
        ("2022-06-04", "0wd", "2022-06-04"),
        ("2022-06-04", "0m", "2022-06-04"),
    ],
)
def test_due(start: str, typed: str, expected: str) -> None:
    day, lines = due(date.fromisoformat(start), parse_span(typed), CALENDAR)
    assert day == date.fromisoformat(expected)
    assert lines[0].endswith("0  counted from this day")


def test_the_working_names_what_was_skipped() -> None:
    _, lines = due(date(2022, 5, 27), parse_span("15wd"), CALENDAR)
    assert "Fri 03 Jun 2022    -  Platinum Jubilee" in lines
    assert lines[-1] == "Tue 21 Jun 2022   15"
    assert len(lines) == 26
    _, months = due(date(2021, 8, 31), parse_span("6m"), CALENDAR)
    assert months[-1] == "Mon 28 Feb 2022    6  month 6, the last day of a shorter month"
    _, days = due(date(2022, 5, 27), parse_span("10d"), CALENDAR)
    assert days[1:] == ("Mon 06 Jun 2022   10  every day counted",)


def test_too_far_is_said() -> None:
    with pytest.raises(CalendarEnd):
        due(date(2035, 12, 20), parse_span("15wd"), CALENDAR)
    for typed in ("9999m", "9999y", "9999w", "-9999y"):
        with pytest.raises(UserError, match="dates lie between 1900 and 2199"):
            due(date(2022, 5, 27), parse_span(typed), CALENDAR)


@given(
    st.dates(date(2010, 1, 1), date(2030, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(list(SpanUnit)),
)
def test_a_minus_counts_back(start: date, n: int, unit: SpanUnit) -> None:
    forward, _ = due(start, Span(min(n, 20) if unit is SpanUnit.YEARS else n, unit), CALENDAR)
    back, _ = due(start, Span(-min(n, 4), unit), CALENDAR)
    assert back < start < forward
