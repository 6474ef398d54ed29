"""The years to choose a report of."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.records import records
from oscb_desktop.queries.report_years import report_years
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)


def labels(store: Store) -> list[str]:
    return [year.label for year in store.read(report_years, TODAY)]


def test_an_empty_file_has_the_year_that_runs(store: Store) -> None:
    assert labels(store) == ["2021-22"]


def test_every_year_since_the_first_record_and_those_of_baselines(store: Store) -> None:
    make(store, "review", started_on=date(2019, 4, 1))
    make(store, "baseline", year="2015-16", figure="rapid_reviews", value=4)
    assert labels(store) == ["2021-22", "2020-21", "2019-20", "2015-16"]


def test_a_year_that_begins_in_january(store: Store) -> None:
    make(store, "review", started_on=date(2021, 3, 31))
    make(store, "baseline", year="2019-20", figure="rapid_reviews", value=4)
    (organisation,) = store.read(records, "organisation")
    store.write(
        AmendRecord("organisation", organisation.id, organisation.version, {"year_start_month": 1})
    )
    assert labels(store) == ["2022", "2021"]


def test_a_year_to_come_is_there_once_something_is_in_it(store: Store) -> None:
    make(store, "review", started_on=date(2022, 5, 1))
    assert labels(store) == ["2022-23", "2021-22"]
