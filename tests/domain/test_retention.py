"""From a day to the last day of keeping."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.retention import (
    BIRTHDAY,
    CountedDay,
    RetentionAction,
    Rule,
    latest,
    turns_25,
    years_words,
)

EARLY, LATE = CountedDay.known(date(2001, 1, 1), "a"), CountedDay.known(date(2002, 1, 1), "b")
MISSING = CountedDay(None, "it has no end")


@pytest.mark.parametrize(
    ("day", "years", "until"),
    [
        (date(1990, 6, 30), 30, date(2020, 6, 30)),
        (date(1990, 6, 30), 0, date(1990, 6, 30)),
        (date(2020, 2, 29), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 4, date(2024, 2, 29)),
    ],
)
def test_years_are_counted_to_the_same_day(day: date, years: int, until: date) -> None:
    assert Rule("review", "closed", years, RetentionAction.DISPOSE).kept_until(day) == until


def test_the_latest_day_counts_and_one_that_is_missing_stops_it() -> None:
    assert latest([EARLY, LATE]) is LATE
    assert latest([LATE, EARLY]) is LATE
    assert latest([EARLY, MISSING, LATE]) is MISSING


def test_a_day_says_why() -> None:
    assert EARLY.words == "a 01 Jan 2001"
    assert [years_words(number) for number in (0, 1, 30)] == ["no time added", "1 year", "30 years"]


def test_a_birthday_is_told_by_its_year() -> None:
    found = turns_25("CH-1", date(1996, 2, 29), None, None)
    assert (found.day, found.words) == (date(2021, 2, 28), "CH-1 is 25 in 2021")


def test_the_codes_are_those_of_the_lists() -> None:
    assert BIRTHDAY in {entry.code for entry in code_list("retention_trigger").codes}
    actions = {entry.code for entry in code_list("retention_action").codes}
    assert actions == {str(action) for action in RetentionAction}
