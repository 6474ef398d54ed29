from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.age_bands import AgeBand, band_of, band_warnings, count_by_band
from oscb_desktop.domain.ages import Age

NATIONAL = (
    AgeBand("Under 1", 0, 0),
    AgeBand("1 to 5", 1, 5),
    AgeBand("6 to 10", 6, 10),
    AgeBand("11 to 15", 11, 15),
    AgeBand("16 and over", 16, None),
)
FLAWED = (AgeBand("Under 5", 0, 4), AgeBand("6 to 11", 6, 11), AgeBand("11 to 15", 11, 15))

some_ages = st.lists(
    st.one_of(
        st.none(),
        st.just(Age(unborn=True)),
        st.builds(Age, years=st.integers(0, 24)),
        st.builds(Age, weeks=st.integers(0, 52)),
    )
)
some_bands = st.lists(
    st.builds(
        AgeBand,
        st.sampled_from(["a", "b", "c", "Unborn", "Not known", "In no band"]),
        st.integers(0, 20),
        st.one_of(st.none(), st.integers(0, 24)),
        st.booleans(),
    ),
    max_size=5,
)


def ages(*texts: str) -> list[Age | None]:
    return [Age.parse(text) if text else None for text in texts]


def test_every_band_is_listed_in_order() -> None:
    counts = count_by_band(ages("3w", "7m", "0", "13", "13y 7m", "17", "24"), NATIONAL)
    assert list(counts.items()) == [
        ("Under 1", 3),
        ("1 to 5", 0),
        ("6 to 10", 0),
        ("11 to 15", 2),
        ("16 and over", 2),
    ]


def test_whoever_fits_no_band_is_still_counted() -> None:
    counts = count_by_band(ages("5", "11", "11", "16", "", "unborn", "2"), FLAWED)
    assert counts == {
        "Under 5": 1,
        "6 to 11": 0,
        "11 to 15": 0,
        "Unborn": 1,
        "Not known": 1,
        "In no band": 2,
        "In more than one band": 2,
    }


def test_categories_are_listed_only_when_somebody_is_in_them() -> None:
    assert count_by_band(ages("5"), NATIONAL) == dict.fromkeys(
        ["Under 1", "6 to 10", "11 to 15", "16 and over"], 0
    ) | {"1 to 5": 1}
    assert count_by_band([], ()) == {}


def test_a_band_may_take_the_unborn() -> None:
    with_unborn = (AgeBand("Under 1 or unborn", 0, 0, unborn=True), AgeBand("1 and over", 1, None))
    assert count_by_band(ages("unborn", "7m", "3"), with_unborn) == {
        "Under 1 or unborn": 2,
        "1 and over": 1,
    }
    alone = (AgeBand("Unborn", 0, -1, unborn=True), AgeBand("Born", 0, None))
    assert count_by_band(ages("unborn", "0"), alone) == {"Unborn": 1, "Born": 1}
    assert band_warnings(alone) == []


@pytest.mark.parametrize(
    ("text", "band"),
    [("", "Not known"), ("unborn", "Unborn"), ("11m", "Under 1"), ("52w", "Under 1"),
     ("1y", "1 to 5"), ("5y11m", "1 to 5"), ("6", "6 to 10"), ("24", "16 and over")],
)  # fmt: skip
def test_band_of_an_age(text: str, band: str) -> None:
    assert band_of(ages(text)[0], NATIONAL) == band


def test_sound_bands_have_no_warning() -> None:
    assert band_warnings(NATIONAL) == []


def test_each_gap_and_overlap_is_named() -> None:
    assert band_warnings(FLAWED) == [
        "No band takes age 5.",
        "Age 11 is in both “6 to 11” and “11 to 15”.",
        "No band takes ages 16 to 17.",
    ]
    assert band_warnings(FLAWED, up_to=15)[-1] == "Age 11 is in both “6 to 11” and “11 to 15”."


def test_a_gap_above_the_wanted_age_is_none_but_an_overlap_is() -> None:
    bands = (AgeBand("all", 0, None), AgeBand("20s", 20, 24))
    assert band_warnings(bands) == ["Ages 20 to 24 are in both “all” and “20s”."]
    assert band_warnings((AgeBand("Children", 0, 17),)) == []


def test_three_bands_at_one_age() -> None:
    bands = (AgeBand("a", 0, None), AgeBand("b", 3, 3), AgeBand("c", 3, 3))
    assert band_warnings(bands) == ["Age 3 is in “a”, “b” and “c”."]


def test_misleading_bands_are_named() -> None:
    bands = (
        AgeBand("x", 0, 9, unborn=True),
        AgeBand("x", 10, None, unborn=True),
        AgeBand("Not known", 5, 3),
    )
    assert band_warnings(bands) == [
        "2 bands are called “x”.",
        "A band is called “Not known”, which is also the name for children who fit no band.",
        "Unborn children are in both “x” and “x”.",
        "The band “Not known” ends at 3, before it begins at 5.",
    ]


def test_no_bands_at_all_is_one_gap() -> None:
    assert band_warnings(()) == ["No band takes ages 0 to 17."]


@given(some_ages, some_bands)
def test_counts_always_add_up(children: list[Age | None], bands: list[AgeBand]) -> None:
    counts = count_by_band(children, bands)
    assert sum(counts.values()) == len(children)
    assert list(counts)[: len({band.label for band in bands})] == list(
        dict.fromkeys(band.label for band in bands)
    )
    for age in children:
        assert counts[band_of(age, bands)] > 0


@given(some_bands)
def test_without_a_warning_every_child_is_in_one_band(bands: list[AgeBand]) -> None:
    if not band_warnings(bands):
        labels = {band.label for band in bands}
        assert {band_of(Age(years=years), bands) for years in range(18)} <= labels
