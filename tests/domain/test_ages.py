from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.ages import Age
from oscb_desktop.errors import UserError


@st.composite
def ages(draw: st.DrawFn) -> Age:
    birth = draw(st.dates(date(1990, 1, 1), date(2030, 1, 1)))
    lived = Age.between(birth, birth + timedelta(days=draw(st.integers(-100, 24 * 365))))
    years_only = Age(years=draw(st.integers(0, 24)))
    weeks_only = Age(weeks=draw(st.integers(0, 52)))
    return draw(st.sampled_from([lived, years_only, weeks_only]))


@pytest.mark.parametrize(
    ("typed", "canonical", "words"),
    [
        ("13", "13y", "13 years"),
        ("13 years", "13y", "13 years"),
        ("13 years old", "13y", "13 years"),
        ("aged 13", "13y", "13 years"),
        ("13Y", "13y", "13 years"),
        ("13yrs.", "13y", "13 years"),
        ("1 yr", "1y", "1 year"),
        ("13y 7m", "13y7m", "13 years 7 months"),
        ("13y7m", "13y7m", "13 years 7 months"),
        ("13 years and 7 months", "13y7m", "13 years 7 months"),
        ("13 years, 1 month", "13y1m", "13 years 1 month"),
        ("13 7/12", "13y7m", "13 years 7 months"),
        ("13y 0m", "13y", "13 years"),
        ("0y 7m", "7m", "7 months"),
        ("7 months", "7m", "7 months"),
        ("7/12", "7m", "7 months"),
        ("18 months", "1y6m", "1 year 6 months"),
        ("12 mths", "1y", "1 year"),
        ("0 months", "0m", "under 1 month"),
        ("3 weeks", "3w", "3 weeks"),
        ("1 wk", "1w", "1 week"),
        ("3/52", "3w", "3 weeks"),
        ("20w", "20w", "20 weeks"),
        ("10 days", "1w", "1 week"),
        ("3/7", "0w", "newborn"),
        ("newborn", "0w", "newborn"),
        ("New-born", "0w", "newborn"),
        ("  Unborn ", "unborn", "unborn"),
        ("pre-birth", "unborn", "unborn"),
        ("pre–birth", "unborn", "unborn"),
        ("0", "0y", "under 1 year"),
        ("under 1", "0y", "under 1 year"),
        ("24y11m", "24y11m", "24 years 11 months"),
    ],
)
def test_what_people_type(typed: str, canonical: str, words: str) -> None:
    age = Age.parse(typed)
    assert age.canonical() == canonical
    assert age.words() == words
    assert Age.parse(canonical) == age


@pytest.mark.parametrize(
    "typed",
    ["", "teenager", "13.5", "-1", "13/14", "7/13", "13y 7", "m", "1/2", "<b>13</b>", "٣",
     "13y7m2w", "9" * 5000, "\u202e31"],
)  # fmt: skip
def test_anything_else_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UserError, match="Type an age as 13, 13y 7m, 7 months"):
        Age.parse(typed)


@pytest.mark.parametrize("typed", ["25", "26", "130", "25y1m", "300 months", "999m"])
def test_too_old_is_said(typed: str) -> None:
    with pytest.raises(UserError, match="at most 24 years"):
        Age.parse(typed)


def test_units_that_overflow_are_said() -> None:
    with pytest.raises(UserError, match="more than 11 months"):
        Age.parse("13y 12m")
    with pytest.raises(UserError, match="above a year"):
        Age.parse("53 weeks")


@pytest.mark.parametrize(
    ("birth", "on", "canonical"),
    [
        ("2021-06-03", "2021-06-02", "unborn"),
        ("2021-06-03", "2021-06-03", "0w"),
        ("2021-06-03", "2021-06-09", "0w"),
        ("2021-06-03", "2021-06-10", "1w"),
        ("2021-06-03", "2021-09-02", "13w"),
        ("2021-06-03", "2021-09-03", "3m"),
        ("2021-06-03", "2022-06-02", "11m"),
        ("2021-06-03", "2022-06-03", "1y"),
        ("2000-02-01", "2013-09-20", "13y7m"),
        ("2008-02-29", "2021-02-28", "12y11m"),
        ("2008-02-29", "2021-03-01", "13y"),
        ("2008-02-29", "2024-02-29", "16y"),
        ("2000-01-02", "2025-01-01", "24y11m"),  # a care leaver of 24 years and 365 days
    ],
)
def test_age_on_a_day(birth: str, on: str, canonical: str) -> None:
    assert Age.between(date.fromisoformat(birth), date.fromisoformat(on)).canonical() == canonical


def test_somebody_of_25_is_out_of_scope() -> None:
    with pytest.raises(UserError, match="care leavers up to and including 24"):
        Age.between(date(2000, 1, 1), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("text", "years", "baby"),
    [("unborn", None, False), ("0w", 0, True), ("11m", 0, True), ("0y", 0, True), ("52w", 0, True),
     ("1y", 1, False), ("13y7m", 13, False)],
)  # fmt: skip
def test_whole_years_and_babies(text: str, years: int | None, baby: bool) -> None:
    assert Age.parse(text).whole_years == years
    assert Age.parse(text).is_baby is baby


def test_order_is_by_time_lived_with_the_unborn_first() -> None:
    texts = ["unborn", "0w", "3w", "1m", "7m", "40w", "1y", "1y1m", "13y", "13y7m", "14y"]
    assert [age.canonical() for age in sorted(Age.parse(text) for text in texts[::-1])] == texts
    assert Age.parse("unborn") <= Age.parse("unborn")
    with pytest.raises(TypeError):
        assert Age.parse("1") < 2


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"unborn": True, "years": 1},
        {"years": 0, "months": 3},
        {"years": 3, "months": 0},
        {"years": 3, "weeks": 1},
        {"months": 12},
        {"years": 25},
        {"weeks": -1},
    ],
)
def test_an_impossible_age_is_a_fault_of_ours(fields: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="an age is"):
        Age(**fields)  # type: ignore[arg-type]


@given(ages())
def test_the_text_gives_the_age_back(age: Age) -> None:
    assert Age.parse(age.canonical()) == age
    assert age.words()


@given(ages())
def test_the_words_can_be_typed(age: Age) -> None:
    assert age.canonical() == "0m" or Age.parse(age.words()) == age


@given(st.dates(date(1990, 1, 1), date(2030, 1, 1)), st.integers(-30, 8700), st.integers(0, 60))
def test_nobody_gets_younger(birth: date, first: int, more: int) -> None:
    sooner = Age.between(birth, birth + timedelta(days=first))
    later = Age.between(birth, birth + timedelta(days=first + more))
    assert sooner <= later
    assert (sooner.whole_years or 0) <= (later.whole_years or 0)
