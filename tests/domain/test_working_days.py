from __future__ import annotations

import itertools
import re
from datetime import date, timedelta

import holidays as holidays_package
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.working_days import (
    Calendar,
    CalendarEnd,
    DayStep,
    add_months,
    add_working_days,
    load_calendar,
    month_steps,
    working,
    working_days_between,
)

CALENDAR = load_calendar()
DAYS = st.dates(date(2006, 1, 1), date(2034, 12, 31))
COUNTS = st.integers(-200, 200)

VECTORS = [
    ("2022-04-14", 15, "2022-05-10"),
    ("2022-05-27", 15, "2022-06-21"),
    ("2022-09-12", 15, "2022-10-04"),
    ("2023-04-28", 15, "2023-05-23"),
    ("2024-12-19", 15, "2025-01-14"),
    ("2024-12-20", 5, "2024-12-31"),
    ("2025-12-23", 5, "2026-01-02"),
    ("2026-12-22", 5, "2026-12-31"),
    ("2026-12-22", 15, "2027-01-15"),
    ("2025-03-01", 5, "2025-03-07"),
    ("2021-12-09", -7, "2021-11-30"),
    ("2026-04-08", -7, "2026-03-26"),
]

# As proclaimed, written down apart from the package that the table was made from.
PROCLAIMED = """
2021 01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28
2022 01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27
2023 01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26
2024 01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26
2025 01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26
2026 01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28
2027 01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28
2028 01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26
"""


@pytest.mark.parametrize(("start", "n", "expected"), VECTORS)
def test_known_counts(start: str, n: int, expected: str) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(expected)
    assert add_working_days(first, n, CALENDAR) == last
    assert working_days_between(first, last, CALENDAR) == n
    steps = working(first, n, CALENDAR)
    assert (steps[0].on, steps[0].number) == (first, 0)
    assert (steps[-1].on, steps[-1].number) == (last, n)


def test_table_equals_the_package() -> None:
    first, last = CALENDAR.first_known, CALENDAR.last_known
    package = holidays_package.country_holidays(
        "GB", subdiv="ENG", years=range(first.year, last.year + 1)
    )
    assert set(CALENDAR.holidays) == {day for day in package if day.weekday() < 5}
    assert (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    assert first.year <= 2005
    assert last.year >= 2035


@pytest.mark.parametrize("line", PROCLAIMED.strip().splitlines())
def test_table_holds_what_was_proclaimed(line: str) -> None:
    year, *days = line.split()
    expected = {date.fromisoformat(f"{year}-{day}") for day in days}
    assert {day for day in CALENDAR.holidays if day.year == int(year)} == expected


def test_names_of_holidays_are_words() -> None:
    assert CALENDAR.holidays[date(2022, 9, 19)] == "State funeral of Queen Elizabeth II"
    assert all(re.fullmatch(r"[A-Z][\w' ()]+", name) for name in CALENDAR.holidays.values())
    assert not any("observed" in name for name in CALENDAR.holidays.values())


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2022, 6, 1), ""),
        (date(2022, 6, 2), "Spring bank holiday"),
        (date(2022, 6, 4), "Saturday"),
        (date(2022, 6, 5), "Sunday"),
        (date(2022, 5, 30), ""),  # the usual last Monday of May was moved for the jubilee
        (date(2020, 5, 4), ""),  # and the first one in 2020
        (date(2021, 12, 28), "Boxing Day (substitute day)"),
    ],
)
def test_why_a_day_is_skipped(day: date, reason: str) -> None:
    assert CALENDAR.reason_skipped(day) == reason
    assert CALENDAR.is_working_day(day) is (reason == "")


def test_working_shows_each_day_with_its_reason() -> None:
    assert working(date(2022, 6, 1), 1, CALENDAR) == (
        DayStep(date(2022, 6, 1), 0, "counted from this day"),
        DayStep(date(2022, 6, 2), None, "Spring bank holiday"),
        DayStep(date(2022, 6, 3), None, "Platinum Jubilee"),
        DayStep(date(2022, 6, 4), None, "Saturday"),
        DayStep(date(2022, 6, 5), None, "Sunday"),
        DayStep(date(2022, 6, 6), 1, ""),
    )


def test_working_lines_are_readable() -> None:
    lines = [step.words() for step in working(date(2022, 6, 1), 1, CALENDAR)]
    assert lines[0] == "Wed 01 Jun 2022    0  counted from this day"
    assert lines[1] == "Thu 02 Jun 2022    -  Spring bank holiday"
    assert lines[-1] == "Mon 06 Jun 2022    1"


def test_nothing_to_count_is_the_start_itself() -> None:
    sunday = date(2022, 6, 5)
    assert add_working_days(sunday, 0, CALENDAR) == sunday
    assert working_days_between(sunday, sunday, CALENDAR) == 0


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2022, 6, 10), date(2022, 6, 11), 0),  # Friday to Saturday
        (date(2022, 6, 11), date(2022, 6, 10), -1),  # Saturday, a day after a Friday
        (date(2022, 6, 13), date(2022, 6, 10), -1),
        (date(2022, 6, 12), date(2022, 6, 13), 1),
    ],
)
def test_weekends_between(start: date, end: date, expected: int) -> None:
    assert working_days_between(start, end, CALENDAR) == expected


def test_the_end_of_the_table_is_said() -> None:
    with pytest.raises(CalendarEnd, match=r"The bank holiday table ends on 31 Dec 2035; "):
        add_working_days(date(2035, 12, 20), 15, CALENDAR)
    with pytest.raises(CalendarEnd, match=r"The bank holiday table begins on 01 Jan 2005; "):
        add_working_days(date(2005, 1, 10), -15, CALENDAR)


@pytest.mark.parametrize("outside", [date(2004, 12, 31), date(2036, 1, 1), date.max, date.min])
def test_a_day_outside_the_table_is_refused_everywhere(outside: date) -> None:
    inside = date(2022, 6, 1)
    with pytest.raises(CalendarEnd):
        CALENDAR.is_working_day(outside)
    with pytest.raises(CalendarEnd):
        working(outside, 0, CALENDAR)
    with pytest.raises(CalendarEnd):
        working_days_between(outside, inside, CALENDAR)
    with pytest.raises(CalendarEnd):
        working_days_between(inside, outside, CALENDAR)


def test_whole_table_can_be_counted_from_end_to_end() -> None:
    first, last = CALENDAR.first_known, CALENDAR.last_known
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    worked = sum(CALENDAR.is_working_day(day) for day in days)
    assert working_days_between(last, first, CALENDAR) == -(worked - 1)  # 31 Dec 2035 is a Monday
    assert working_days_between(first, last, CALENDAR) == worked  # 1 Jan 2005 is a Saturday


def test_days_added_by_the_user_do_not_count_and_leave_the_table_alone() -> None:
    closed = {date(2022, 6, 6): "County offices closed"}
    calendar = load_calendar(closed)
    assert add_working_days(date(2022, 6, 1), 1, calendar) == date(2022, 6, 7)
    assert working(date(2022, 6, 1), 1, calendar)[-2].note == "County offices closed"
    assert load_calendar().is_working_day(date(2022, 6, 6))
    assert calendar.is_working_day(date(2022, 6, 2)) is False


def test_a_holiday_at_the_weekend_is_not_taken_off_twice() -> None:
    saturday = date(2022, 6, 11)
    calendar = Calendar({saturday: "Fair"}, date(2022, 1, 1), date(2022, 12, 31))
    assert working_days_between(date(2022, 6, 10), date(2022, 6, 13), calendar) == 1
    assert calendar.reason_skipped(saturday) == "Fair"


@given(DAYS, COUNTS)
def test_adding_then_counting_gives_the_number_back(start: date, n: int) -> None:
    end = add_working_days(start, n, CALENDAR)
    assert working_days_between(start, end, CALENDAR) == n
    assert n == 0 or CALENDAR.is_working_day(end)


@given(DAYS, DAYS)
def test_counting_agrees_with_looking_at_each_day(start: date, end: date) -> None:
    first, last = sorted((start, end))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    counted = days[1:] if end >= start else days[:-1]
    expected = sum(CALENDAR.is_working_day(day) for day in counted)
    assert working_days_between(start, end, CALENDAR) == (expected if end >= start else -expected)


@given(DAYS, COUNTS)
def test_one_more_working_day_is_later(start: date, n: int) -> None:
    sooner = add_working_days(start, n, CALENDAR)
    later = add_working_days(start, n + 1, CALENDAR)
    assert sooner < later


@given(DAYS, DAYS, COUNTS)
def test_a_later_start_never_ends_earlier(one: date, other: date, n: int) -> None:
    first, last = sorted((one, other))
    if n:
        assert add_working_days(first, n, CALENDAR) <= add_working_days(last, n, CALENDAR)


@given(DAYS, st.integers(-60, 60))
def test_working_leaves_no_day_out(start: date, n: int) -> None:
    steps = working(start, n, CALENDAR)
    gaps = {abs((b.on - a.on).days) for a, b in itertools.pairwise(steps)}
    assert gaps <= {1}
    numbers = [step.number for step in steps if step.number is not None]
    assert numbers == list(range(n + 1) if n >= 0 else range(0, n - 1, -1))
    assert all((step.number is None) == bool(step.note) for step in steps[1:])


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2021-08-31", 6, "2022-02-28"),
        ("2023-08-31", 6, "2024-02-29"),
        ("2021-12-09", 6, "2022-06-09"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2022-03-31", -1, "2022-02-28"),
        ("2022-01-15", -13, "2020-12-15"),
        ("2022-01-15", 0, "2022-01-15"),
    ],
)
def test_months_are_clipped_to_their_end(start: str, n: int, expected: str) -> None:
    assert add_months(date.fromisoformat(start), n) == date.fromisoformat(expected)


@given(DAYS, st.integers(-300, 300))
def test_months_there_and_back_lose_at_most_three_days(start: date, n: int) -> None:
    back = add_months(add_months(start, n), -n)
    assert timedelta(0) <= start - back <= timedelta(days=3)
    assert start.day > 28 or back == start


def test_month_steps_show_each_month_and_the_clipping() -> None:
    steps = month_steps(date(2022, 1, 31), 2)
    assert [(step.on, step.number) for step in steps] == [
        (date(2022, 1, 31), 0),
        (date(2022, 2, 28), 1),
        (date(2022, 3, 31), 2),
    ]
    assert steps[1].note == "month 1, the last day of a shorter month"
    assert [step.number for step in month_steps(date(2022, 1, 31), -2)] == [0, -1, -2]
    assert len(month_steps(date(2022, 1, 31), 0)) == 1
