"""One rule for what is known of a figure in a year."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import definition_of, figure_definitions
from oscb_desktop.queries.figures_facts import read_facts
from oscb_desktop.queries.year_known import Known, Sort, sort_of, standing
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)


def known(store: Store, name: str, year: int) -> tuple[Known, object]:
    facts = store.read(read_facts, ReportingYear.beginning(year), TODAY)
    found = standing(definition_of(name), facts)
    return found.known, found.counted.value


def test_every_figure_of_an_empty_file_is_unknown(store: Store) -> None:
    told = {entry.name: known(store, entry.name, 2021)[0] for entry in figure_definitions()}
    assert set(told.values()) == {Known.UNKNOWN}


@pytest.mark.parametrize(
    "name", ["rapid_reviews_on_time", "rapid_reviews_late", "rapid_review_children", "panel_agreed"]
)
def test_what_is_told_of_rapid_reviews_begins_with_them(store: Store, name: str) -> None:
    make(store, "review", kind="scr", started_on=date(2018, 5, 1))
    make(store, "review", started_on=date(2021, 6, 1))
    assert sort_of(definition_of(name)) is Sort.RAPID
    assert known(store, name, 2020) == (Known.UNKNOWN, None)
    assert known(store, name, 2021)[0] is Known.COUNTED


def test_a_baseline_of_how_many_leaves_the_rest_of_its_year_unknown(store: Store) -> None:
    make(store, "review", started_on=date(2019, 6, 1))
    make(store, "baseline", year="2020-21", figure="rapid_reviews", value=9)
    assert known(store, "rapid_reviews", 2020) == (Known.BASELINE, 9)
    assert known(store, "rapid_reviews_late", 2020) == (Known.UNKNOWN, None)
    assert known(store, "rapid_reviews_previous_year", 2021) == (Known.BASELINE, 9)


def test_a_baseline_of_none_says_that_nothing_of_the_rest_happened(store: Store) -> None:
    make(store, "baseline", year="2020-21", figure="rapid_reviews", value=0)
    assert known(store, "rapid_review_children", 2020) == (Known.COUNTED, 0)


def test_what_was_counted_is_never_unknown(store: Store) -> None:
    make(store, "review", started_on=date(2019, 6, 1))
    make(store, "baseline", year="2020-21", figure="rapid_reviews", value=9)
    assert known(store, "rapid_reviews", 2019) == (Known.COUNTED, 1)


def test_a_sort_never_held_is_nought_from_the_day_the_cases_are_kept(store: Store) -> None:
    make(store, "review", kind="scr", started_on=date(2018, 5, 1))
    make(store, "review", started_on=date(2020, 6, 1))
    assert known(store, "impact_statements", 2019) == (Known.UNKNOWN, None)
    assert known(store, "impact_statements", 2020) == (Known.COUNTED, 0)
    assert known(store, "subgroup_members", 2020) == (Known.UNKNOWN, None)
