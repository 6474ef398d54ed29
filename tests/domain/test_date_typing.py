from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.date_typing import (
    format_date,
    parse_date,
    parse_uncertain,
    weekday_date,
)
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.working_days import load_calendar
from oscb_desktop.errors import UserError

TODAY = date(2022, 6, 1)  # the Wednesday before the jubilee holidays
JUNE_3 = date(2022, 6, 3)

SAME_DAY = [
    "3/6/22", "03/06/22", "3/6/2022", "03/06/2022", "3.6.22", "03.06.2022", "3-6-2022", "3-6-22",
    "3–6–22", "2022-06-03", "2022/6/3", "3/6", "03.06", "3jun22", "3-jun-22", "3/jun/2022",
    "３/６/２２", "3 jun 22", "3 Jun 2022", "3 JUNE 2022", "03 Jun 2022", "3rd June 2022", "3 jun",
    "3 6 22", "3 of june 2022", "June 3, 2022", "june 3rd 2022", "Fri 03 Jun 2022",
    "friday, 3 june 2022", "fri 3/6/22", " 3 / 6 / 22 ", "3 jun. 2022", "3\u00a0jun\u00a02022",
    "+2d", "+ 2 days",
]  # fmt: skip


@pytest.mark.parametrize("typed", SAME_DAY)
def test_ways_of_typing_one_day(typed: str) -> None:
    assert parse_date(typed, TODAY) == JUNE_3
    assert parse_uncertain(typed, TODAY) == UncertainDate.exact(JUNE_3)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("today", "2022-06-01"),
        ("Yesterday", "2022-05-31"),
        ("tomorrow", "2022-06-02"),
        ("+5wd", "2022-06-10"),
        ("-3d", "2022-05-29"),
        ("−3d", "2022-05-29"),
        ("+2w", "2022-06-15"),
        ("+6m", "2022-12-01"),
        ("-1y", "2021-06-01"),
        ("31/1/69", "2069-01-31"),
        ("31/1/70", "1970-01-31"),
        ("1/2/00", "2000-02-01"),
        ("29/2/24", "2024-02-29"),
        ("1 sept 21", "2021-09-01"),
        ("1 may 21", "2021-05-01"),
        ("12/11/21", "2021-11-12"),
        ("11/12/21", "2021-12-11"),
    ],
)
def test_days(typed: str, expected: str) -> None:
    assert parse_date(typed, TODAY) == date.fromisoformat(expected)


def test_working_days_use_the_given_calendar() -> None:
    closed = load_calendar({date(2022, 6, 6): "Offices closed"})
    assert parse_date("+1wd", TODAY) == date(2022, 6, 6)
    assert parse_date("+1wd", TODAY, closed) == date(2022, 6, 7)
    assert parse_uncertain("+1wd", TODAY, closed).canonical() == "2022-06-07"


@pytest.mark.parametrize(
    ("typed", "canonical", "words"),
    [
        ("jun 2021", "2021-06", "Jun 2021"),
        ("June 2021", "2021-06", "Jun 2021"),
        ("june, 2021", "2021-06", "Jun 2021"),
        ("jun2021", "2021-06", "Jun 2021"),
        ("6/2021", "2021-06", "Jun 2021"),
        ("06-2021", "2021-06", "Jun 2021"),
        ("2021-06", "2021-06", "Jun 2021"),
        ("2021", "2021", "2021"),
        ("about jun 2021", "2021-06~", "about Jun 2021"),
        ("About 2019", "2019~", "about 2019"),
        ("c. 2019", "2019~", "about 2019"),
        ("c2019", "2019~", "about 2019"),
        ("circa 2019", "2019~", "about 2019"),
        ("approx. 6/2021", "2021-06~", "about Jun 2021"),
        ("~2019", "2019~", "about 2019"),
        ("2021-06~", "2021-06~", "about Jun 2021"),
        ("around 3 jun 2021", "2021-06-03~", "about 03 Jun 2021"),
        ("2021-06-03~", "2021-06-03~", "about 03 Jun 2021"),
    ],
)
def test_uncertain_dates(typed: str, canonical: str, words: str) -> None:
    day = parse_uncertain(typed, TODAY)
    assert (day.canonical(), day.words()) == (canonical, words)
    with pytest.raises(UserError, match="names no certain day"):
        parse_date(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("13/14/22", "There is no month 14 in “13/14/22”: type the day, then the month"),
        ("31/2/22", "There is no day 31 in “31/2/22”: February 2022 has 28 days."),
        ("29/2/2023", "February 2023 has 28 days"),
        ("32/1/22", "There is no day 32"),
        ("0/1/22", "There is no day 0"),
        ("1/0/22", "There is no month 0"),
        ("4/13/22", "There is no month 13 in “4/13/22”: .* For 13 Apr 2022 type 13/4/22."),
        ("4/13/1950", "For 13 Apr 1950 type 13/4/1950."),
        ("2022-13-04", "no month 13 .* For 13 Apr 2022 type 13/4/22."),
        ("2/30/22", "There is no month 30 in “2/30/22”: type the day, then"),
        ("6/21", "There is no month 21 in “6/21”"),
        ("13/2021", "There is no month 13 in “13/2021”"),
        ("31 jun 2022", "June 2022 has 30 days"),
        ("mon 3 jun 2022", "03 Jun 2022 is a Friday, which “mon 3 jun 2022” is not."),
        ("jun 21", "may be a day or a year"),
        ("3/6/0022", "The year 0022 in “3/6/0022” is not between 1900 and 2199."),
        ("1899", "The year 1899"),
        ("+5", "is not a span"),
        ("+5 bananas", "is not a span"),
        ("+9999y", "too far from 01 Jun 2022"),
        ("-9999m", "too far"),
        ("+9999wd", "The bank holiday table ends on"),
        ("", "Type a date as 3/6/22"),
        ("   ", "Type a date as 3/6/22"),
        ("soon", "“soon” is not a date"),
        ("3/6-22", "is not a date"),
        ("3/6/222", "is not a date"),
        ("3 foo 22", "is not a date"),
        ("about", "is not a date"),
        ("about today", "is not a date|no certain day"),
        ("٣/٦/٢٢", "is not a date"),
        ("<b>3</b>", "is not a date"),
        ("3/6/22\u202e", "is not a date"),
        ("9" * 100_000, "“9{39}…” is not a date"),
        ("/" * 100_000, "is not a date"),
    ],
)
def test_refused_with_what_is_wrong(typed: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        parse_date(typed, TODAY)
    with pytest.raises(UserError):
        parse_uncertain(typed, TODAY)


def test_sentences_carry_no_unprintable_characters() -> None:
    with pytest.raises(UserError) as caught:
        parse_date("\u202e3/6/22\n\x00", TODAY)
    assert caught.value.sentence.isprintable()


def test_shown_the_same_everywhere() -> None:
    assert format_date(JUNE_3) == "03 Jun 2022"
    assert weekday_date(JUNE_3) == "Fri 03 Jun 2022"


DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))


@given(DAYS, st.sampled_from(["{0.day}/{0.month}/{0:%y}", "{0:%d.%m.%Y}", "{0:%Y-%m-%d}"]))
def test_every_day_in_every_shape_is_read_day_first(day: date, shape: str) -> None:
    assert parse_date(shape.format(day), TODAY) == day


@given(DAYS)
def test_what_is_shown_can_be_typed(day: date) -> None:
    assert parse_date(format_date(day), TODAY) == day
    assert parse_date(weekday_date(day), TODAY) == day
    wrong = day + timedelta(days=1)
    with pytest.raises(UserError):
        parse_date(f"{weekday_date(wrong)[:3]} {format_date(day)}", TODAY)


@given(DAYS, st.integers(1, 3), st.booleans())
def test_words_and_canonical_text_of_an_uncertain_date_can_be_typed(
    day: date, known: int, about: bool
) -> None:
    uncertain = UncertainDate.of(*(day.year, day.month, day.day)[:known], about=about)
    assert parse_uncertain(uncertain.words(), TODAY) == uncertain
    assert parse_uncertain(uncertain.canonical(), TODAY) == uncertain


def outcome(read: Callable[[str, date], object], text: str) -> str:
    try:
        return f"{read(text, TODAY)!r}."
    except UserError as fault:
        return fault.sentence


@given(st.one_of(st.text(), st.text(alphabet="0123456789/-. +junwdmy~")))
def test_any_text_is_a_date_or_a_sentence(text: str) -> None:
    for read in (parse_date, parse_uncertain):
        said = outcome(read, text)
        assert said.endswith(".")
        assert said.isprintable()
