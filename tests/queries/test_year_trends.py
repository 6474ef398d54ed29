"""Years beside each other, where a nought is a nought and unknown is unknown; and the funnel."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.figures import figure
from oscb_desktop.queries.year_known import Known
from oscb_desktop.queries.year_trends import comparison, funnel, years_up_to
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)
YEAR = ReportingYear.beginning(2021)


def told(store: Store, name: str) -> list[tuple[object, str]]:
    (trend,) = store.read(comparison, (name,), years_up_to(YEAR), TODAY)
    return [(entry.value, entry.known.value) for entry in trend.values]


def rapid(store: Store, started_on: date) -> int:
    return make(store, "review", started_on=started_on)


def test_five_years_end_with_the_one_asked_for() -> None:
    labels = [year.label for year in years_up_to(YEAR)]
    assert labels == ["2017-18", "2018-19", "2019-20", "2020-21", "2021-22"]


def test_a_nought_between_years_is_a_nought(store: Store) -> None:
    rapid(store, date(2019, 4, 1))
    rapid(store, date(2021, 6, 1))
    assert told(store, "rapid_reviews") == [
        (None, "unknown"),
        (None, "unknown"),
        (1, "counted"),
        (0, "counted"),
        (1, "counted"),
    ]


def test_a_baseline_stands_for_a_year_and_leaves_those_before_it_unknown(store: Store) -> None:
    rapid(store, date(2021, 6, 1))
    make(store, "baseline", year="2019-20", value=0)
    make(store, "baseline", year="2020-21", value=9)
    assert told(store, "rapid_reviews") == [
        (None, "unknown"),
        (None, "unknown"),
        (0, "baseline"),
        (9, "baseline"),
        (1, "counted"),
    ]


def test_old_reviews_of_another_sort_say_nothing_of_rapid_reviews(store: Store) -> None:
    make(store, "review", kind="scr", started_on=date(2018, 5, 1))
    rapid(store, date(2021, 6, 1))
    assert told(store, "rapid_reviews")[-2] == (None, "unknown")
    assert told(store, "reviews_worked_on")[-2] == (1, "counted")


def test_a_year_that_the_records_begin_in_is_told(store: Store) -> None:
    record = rapid(store, date(2020, 9, 1))
    (trend,) = store.read(comparison, ("rapid_reviews",), years_up_to(YEAR, 2), TODAY)
    assert trend.values[0].note == "The records begin on 01 Sep 2020, within 2020-21."
    assert len(trend.values[0].records) == 1
    assert trend.values[1].known is Known.COUNTED
    assert record


def test_an_empty_file_knows_nothing(store: Store) -> None:
    for name in ("rapid_reviews", "actions_open", "impact_statements", "notifications_sent"):
        assert {known for _value, known in told(store, name)} == {"unknown"}


@pytest.mark.parametrize(
    ("kind", "values", "name"),
    [
        ("action", {"agreed_on": date(2020, 5, 1)}, "actions_open"),
        ("impact", {"seen_on": date(2020, 5, 1)}, "impact_statements"),
        ("notification_discussion", {"held_on": date(2020, 5, 1)}, "notification_discussions"),
    ],
)
def test_each_sort_of_record_begins_on_its_own(
    store: Store, kind: str, values: dict[str, date], name: str
) -> None:
    make(store, kind, **values)
    assert [known for _value, known in told(store, name)[2:4]] == ["unknown", "counted"]


@pytest.mark.parametrize(
    ("name", "words"), [("rapid_revews", "Did you mean"), ("reviews_by_kind", "is a breakdown")]
)
def test_what_cannot_be_compared_is_told(store: Store, name: str, words: str) -> None:
    make(store, "review", kind="lcspr", started_on=date(2021, 5, 1))
    with pytest.raises(UserError, match=words):
        store.read(comparison, (name,), (YEAR,), TODAY)


def test_no_years_compare_nothing(store: Store) -> None:
    assert store.read(comparison, ("rapid_reviews",), (), TODAY) == ()


def test_the_funnel_counts_what_happened_in_the_year(store: Store) -> None:
    notified = make(store, "incident", aware_on=date(2021, 5, 3), notified_on=date(2021, 5, 6))
    make(store, "notification_discussion", incident=notified, held_on=date(2021, 5, 4))
    make(store, "notification_discussion", incident=notified, held_on=date(2021, 5, 5))
    waiting = make(store, "incident", received_on=date(2022, 3, 1))
    theirs = make(store, "incident", notified_by="other_authority", notified_on=date(2021, 5, 6))
    make(store, "review", incident=notified, started_on=date(2021, 5, 7))
    make(store, "review", incident=theirs, role="contributor", started_on=date(2021, 5, 7))
    make(store, "review", kind="lcspr", started_on=date(2021, 7, 1))
    make(store, "review", kind="contribution", started_on=date(2021, 7, 1))
    make(
        store,
        "review",
        kind="lcspr",
        initiated_on=date(2020, 7, 1),
        started_on=date(2020, 7, 1),
        published_on=date(2021, 9, 1),
    )
    steps = store.read(funnel, YEAR, TODAY)
    assert [step.count for step in steps] == [2, 1, 1, 2, 1, 1]
    assert len(steps[0].records) == 2
    assert waiting
    for step in steps:
        if step.name in ("notifications_sent", "rapid_reviews", "reviews_published"):
            assert step.records == store.read(figure, step.name, YEAR, TODAY).records
