from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.uncertain_dates import Precision, UncertainDate
from oscb_desktop.errors import UserError

parse = UncertainDate.parse


@st.composite
def uncertain_dates(draw: st.DrawFn) -> UncertainDate:
    day = draw(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
    parts = (day.year, day.month, day.day)[: draw(st.integers(1, 3))]
    return UncertainDate.of(*parts, about=draw(st.booleans()))


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest", "words"),
    [
        ("2021-06-03", Precision.DAY, "2021-06-03", "2021-06-03", "03 Jun 2021"),
        ("2021-06", Precision.MONTH, "2021-06-01", "2021-06-30", "Jun 2021"),
        ("2021", Precision.YEAR, "2021-01-01", "2021-12-31", "2021"),
        ("2021-06-03~", Precision.ABOUT, "2021-05-27", "2021-06-10", "about 03 Jun 2021"),
        ("2021-06~", Precision.ABOUT, "2021-05-01", "2021-07-31", "about Jun 2021"),
        ("2021~", Precision.ABOUT, "2020-07-01", "2022-06-30", "about 2021"),
        ("2021-03~", Precision.ABOUT, "2021-02-01", "2021-04-30", "about Mar 2021"),
        ("2024-02", Precision.MONTH, "2024-02-01", "2024-02-29", "Feb 2024"),
        ("1900~", Precision.ABOUT, "1899-07-01", "1901-06-30", "about 1900"),
    ],
)
def test_canonical_text(
    text: str, precision: Precision, earliest: str, latest: str, words: str
) -> None:
    day = parse(text)
    assert day == UncertainDate(precision, date.fromisoformat(earliest), date.fromisoformat(latest))
    assert day.canonical() == text
    assert day.words() == words


@pytest.mark.parametrize(
    "text",
    ["", "2021-6", "21", "2021-06-3", "2021-13", "2021-02-30", "2021-00", "~", "2021~~", "1899",
     "2200", "2021-06-03 ", "2021-06-03\n", "٢٠٢١", "<b>", "x" * 10_000],
)  # fmt: skip
def test_any_other_text_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text)
    assert caught.value.sentence.endswith(".")
    assert len(caught.value.sentence) < 150


@pytest.mark.parametrize(
    ("precision", "earliest", "latest"),
    [
        (Precision.DAY, date(2021, 6, 3), date(2021, 6, 4)),
        (Precision.MONTH, date(2021, 6, 2), date(2021, 6, 30)),
        (Precision.YEAR, date(2021, 1, 1), date(2021, 12, 30)),
        (Precision.ABOUT, date(2021, 1, 1), date(2021, 12, 31)),
        (Precision.DAY, date(2021, 6, 4), date(2021, 6, 3)),
    ],
)
def test_days_that_do_not_fit_the_precision_are_a_fault_of_ours(
    precision: Precision, earliest: date, latest: date
) -> None:
    with pytest.raises(ValueError, match="is no"):
        UncertainDate(precision, earliest, latest)


def test_order_is_the_order_of_the_text() -> None:
    texts = ["2020-12-31", "2021", "2021-01", "2021-01-01", "2021-06", "2021-06-03",
             "2021-06-03~", "2021-06-30", "2021-06~", "2021-07-01", "2021~", "2022"]  # fmt: skip
    assert [day.canonical() for day in sorted(parse(text) for text in reversed(texts))] == texts
    assert parse("2021") < parse("2021-06")
    assert parse("2021-06") >= parse("2021")


def test_not_comparable_with_anything_else() -> None:
    with pytest.raises(TypeError):
        assert parse("2021") < date(2021, 1, 1)


def test_surely_before_needs_every_day_to_be() -> None:
    assert parse("2021-05").surely_before(parse("2021-06-01"))
    assert not parse("2021-06").surely_before(parse("2021-06-30"))
    assert not parse("2021").surely_before(parse("2021"))
    assert not parse("2021-05~").surely_before(parse("2021-06"))


@pytest.mark.parametrize(
    ("text", "may", "surely"),
    [
        ("2021-04-01", True, True),
        ("2021-03-31", False, False),
        ("2022-03", True, True),
        ("2021", True, False),
        ("2022-03~", True, False),
        ("2022-05~", False, False),
        ("2020", False, False),
    ],
)
def test_within_a_year(text: str, may: bool, surely: bool) -> None:
    year = date(2021, 4, 1), date(2022, 3, 31)
    assert parse(text).may_fall_within(*year) is may
    assert parse(text).surely_within(*year) is surely


def test_equal_dates_are_one_in_a_set() -> None:
    assert len({parse("2021-06-03"), UncertainDate.exact(date(2021, 6, 3)), parse("2021-06")}) == 2


def test_exact_keeps_its_day() -> None:
    assert UncertainDate.exact(date(2021, 6, 3)).canonical() == "2021-06-03"
    with pytest.raises(UserError, match="The year 1850 is not between 1900 and 2199"):
        UncertainDate.exact(date(1850, 1, 1))


@given(uncertain_dates())
def test_the_text_gives_the_date_back(day: UncertainDate) -> None:
    assert parse(day.canonical()) == day
    assert day.earliest <= day.latest


@given(uncertain_dates(), uncertain_dates())
def test_text_and_dates_sort_alike(one: UncertainDate, other: UncertainDate) -> None:
    assert (one < other) == (one.canonical() < other.canonical())
    assert (one == other) == (one.canonical() == other.canonical())
    if Precision.ABOUT not in (one.precision, other.precision) and one < other:
        assert one.earliest <= other.earliest
    if one.surely_before(other):
        assert one < other


@given(uncertain_dates(), st.dates(date(1900, 1, 1), date(2199, 1, 1)), st.integers(0, 1000))
def test_surely_within_is_within(day: UncertainDate, first: date, length: int) -> None:
    last = first + timedelta(days=length)
    if day.surely_within(first, last):
        assert day.may_fall_within(first, last)
    assert day.surely_within(day.earliest, day.latest)
