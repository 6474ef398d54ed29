from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError


@pytest.mark.parametrize(
    "typed", ["2021-22", "2021/22", "2021-2022", "2021–22", "21-22", "2021 to 2022", " 2021 - 22 "]
)
def test_ways_of_typing_a_year(typed: str) -> None:
    year = ReportingYear.parse(typed)
    assert (year.first, year.last) == (date(2021, 4, 1), date(2022, 3, 31))
    assert year.label == "2021-22"


def test_a_calendar_year_has_one_number() -> None:
    year = ReportingYear.parse("2021", start_month=1)
    assert (year.first, year.last, year.label) == (date(2021, 1, 1), date(2021, 12, 31), "2021")


def test_years_round_the_century() -> None:
    assert ReportingYear.parse("1999-00").label == "1999-00"
    assert ReportingYear.parse("1999-2000").last == date(2000, 3, 31)


@pytest.mark.parametrize(
    ("typed", "start_month", "said"),
    [
        ("2021", 4, "begins in April here: type it as 2021-22"),
        ("2021-22", 1, "begins in January here: type it as 2021."),
        ("2021-23", 4, "does not name two years in a row"),
        ("2021-21", 4, "does not name two years in a row"),
        ("2021-2023", 9, "does not name two years in a row.*September"),
        ("1066-67", 4, "not between 1900 and 2199"),
        ("2199-00", 4, "not between 1900 and 2199"),
        ("this year", 4, "not a reporting year"),
        ("", 4, "not a reporting year"),
        ("٢٠٢١-٢٢", 4, "not a reporting year"),
    ],
)
def test_anything_else_is_refused(typed: str, start_month: int, said: str) -> None:
    with pytest.raises(UserError, match=said):
        ReportingYear.parse(typed, start_month)


def test_its_days() -> None:
    year = ReportingYear.parse("2021-22")
    assert date(2021, 4, 1) in year
    assert date(2022, 3, 31) in year
    assert date(2021, 3, 31) not in year
    assert date(2022, 4, 1) not in year
    assert ReportingYear.containing(date(2022, 3, 31), 4) == year
    assert ReportingYear.containing(date(2022, 4, 1), 4) > year


def test_only_whole_years_are_years() -> None:
    with pytest.raises(ValueError, match="no year of whole months"):
        ReportingYear(date(2021, 4, 2), date(2022, 4, 1))
    with pytest.raises(ValueError, match="no year of whole months"):
        ReportingYear(date(2021, 4, 1), date(2022, 3, 30))


@given(st.dates(date(1902, 1, 1), date(2190, 1, 1)), st.integers(1, 12))
def test_years_meet_without_gap_or_overlap(day: date, start_month: int) -> None:
    year = ReportingYear.containing(day, start_month)
    assert day in year
    assert day not in year.previous()
    assert year.previous().last + timedelta(days=1) == year.first
    assert ReportingYear.parse(year.label, start_month) == year
