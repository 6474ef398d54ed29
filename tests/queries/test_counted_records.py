"""The records behind a figure: found by their references, of the kind that is counted."""

from __future__ import annotations

import pytest

from oscb_desktop.queries.counted_records import counted_records
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make


def test_each_category_lists_its_records_in_the_order_of_the_figure(store: Store) -> None:
    second = make(store, "review", reference="RR-2021-02", known_as="Child Ash")
    first = make(store, "review", reference="RR-2021-01", known_as="Child Birch")
    counted = {"Late": ("RR-2021-02",), "On time": ("RR-2021-01", "RR-2021-02")}
    rows = store.read(counted_records, counted, "reviews")
    assert [(row.category, row.record_id, row.title) for row in rows] == [
        ("Late", second, "Child Ash"),
        ("On time", first, "Child Birch"),
        ("On time", second, "Child Ash"),
    ]
    assert [row.id for row in rows] == [0, 1, 2]
    assert {row.kind_words for row in rows} == {"Review"}


@pytest.mark.parametrize(("unit", "kind"), [("children", "child"), ("reviews", "review")])
def test_of_two_kinds_with_one_reference_the_one_that_is_counted_is_meant(
    store: Store, unit: str, kind: str
) -> None:
    ids = {"review": make(store, "review", reference="X-1")}
    ids["child"] = make(store, "child", reference="X-1")
    (row,) = store.read(counted_records, {"": ("X-1",)}, unit)
    assert (row.kind, row.record_id) == (kind, ids[kind])


def test_a_record_in_the_bin_is_named_and_opens_nothing(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-01")
    store.write(WithdrawRecord("review", review, 1))
    (row,) = store.read(counted_records, {"": ("RR-2021-01",)}, "reviews")
    assert (row.reference, row.kind, row.record_id) == ("RR-2021-01", "", 0)
    assert row.kind_words == "No such record"


def test_more_references_than_one_question_holds(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-01")
    many = tuple(f"RR-1999-{number}" for number in range(1200))
    rows = store.read(counted_records, {"": (*many, "RR-2021-01")}, "reviews")
    assert rows[-1].record_id == review
    assert sum(1 for row in rows if row.record_id) == 1


def test_people_agencies_and_what_was_shared_are_found_by_their_names(store: Store) -> None:
    ids = {
        "person": make(store, "person", name="Ada Roe"),
        "agency": make(store, "agency", name="Valley Health Trust"),
        "dissemination": make(store, "dissemination", product="Briefing", audience="Housing"),
    }
    for unit, name in (
        ("members", "Ada Roe"),
        ("agencies", "Valley Health Trust"),
        ("occasions", "Briefing, Housing"),
    ):
        (row,) = store.read(counted_records, {"": (name,)}, unit)
        assert row.record_id == ids[row.kind]
        assert row.title
