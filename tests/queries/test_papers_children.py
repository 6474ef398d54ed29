"""What a panel reads of the children and the family, and what it never reads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_children import children_summary
from oscb_desktop.reports.document import render
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.reports.reading import faults, words

MADE = Made("A. Tester", datetime(2022, 3, 25, 9, 30, tzinfo=UTC), date(2022, 3, 25))


@pytest.fixture
def incident(store: Store) -> int:
    incident = make(store, "incident")
    family = make(store, "family", known_as="Family M", notes="Two brothers live together.")
    for name, age in (("Child M", "7 months"), ("Child N", "13y 2m")):
        child = make(
            store,
            "child",
            incident=incident,
            family=family,
            known_as=name,
            age_at_incident=Age.parse(age),
            sex="female",
            csc_status="child_protection",
            cp_category="neglect",
            outcome="seriously_harmed",
            voice="She said that nights were long.\nNobody asked.",
        )
        make(store, "child_identity", child=child, last_name="Exampleton", forenames="Marigold")
    return incident


def summary(store: Store, incident: int, **values: tuple[int, ...]) -> str:
    review = make(
        store,
        "review",
        reference="RR-2022-01",
        known_as="Child M",
        kind="rapid_review",
        incident=incident,
        **values,
    )
    data = render(store.read(children_summary, review, MADE))
    assert faults(data) == []
    return words(data)


def test_each_child_stands_under_a_pseudonym_with_what_is_known(
    store: Store, incident: int
) -> None:
    said = summary(store, incident)
    for part in (
        "Children and family: RR-2022-01 Child M",
        "Review panel version",
        "At a glance",
        "Child M",
        "7 months",
        "Child N",
        "Female",
        "Neglect",
        "She said that nights were long.",
        "Family M",
        "Child M, Child N",
        "Two brothers live together.",
    ):
        assert part in said, part
    assert "Exampleton" not in said
    assert "Marigold" not in said


def test_only_the_children_of_the_review_are_told_of_where_it_names_some(
    store: Store, incident: int
) -> None:
    assert "Child N" not in summary(store, incident, children=(1,))


def test_a_review_without_children_says_so(store: Store) -> None:
    review = make(store, "review")
    assert "No child is recorded for this review." in words(
        render(store.read(children_summary, review, MADE))
    )


def test_a_review_in_the_bin_has_no_summary(store: Store) -> None:
    review = make(store, "review")
    store.write(WithdrawRecord("review", review, 1))
    with pytest.raises(LookupError):
        store.read(children_summary, review, MADE)
