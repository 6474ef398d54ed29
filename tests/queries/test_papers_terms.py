"""What the terms of reference say of a review, and what they never say."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.errors import UserError
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_terms import terms_of_reference
from oscb_desktop.services.printing import TERMS, make_terms
from oscb_desktop.services.store import Store
from tests.factories import make

MADE = Made("A. Tester", datetime(2022, 3, 25, 9, 30, tzinfo=UTC), date(2022, 3, 25))


@pytest.fixture
def review(store: Store) -> int:
    agency = make(store, "agency", name="Oakshire Police")
    person = make(store, "person", name="Wilf Amberly", job_title="Inspector", agency=agency)
    child = make(store, "child", known_as="Child M")
    make(store, "child_identity", child=child, last_name="Exampleton")
    review = make(
        store,
        "review",
        reference="LR-2021-09",
        kind="lcspr",
        known_as="Child M",
        children=(child,),
        started_on=date(2021, 9, 1),
        initiated_on=date(2021, 9, 1),
        purpose="To learn how delay came about.",
        reviewer="Isolde Marchbank",
        members=(person,),
        methodology="Systems review",
        scope_from=UncertainDate.of(2020, 6),
        agencies=(agency,),
        others_in_scope="A younger brother at home",
        terms="1. Who saw the child?\n\n• What did waiting do?",
    )
    make(
        store,
        "parallel_process",
        review=review,
        kind="inquest",
        contact="Coroner's officer",
        status="Adjourned",
    )
    make(store, "agency_request", review=review, agency=agency, purpose="report")
    make(store, "engagement", review=review, kind="family", who="mother")
    return review


def test_the_terms_say_what_is_asked_of_what_time_and_by_whom(store: Store, review: int) -> None:
    said = store.read(terms_of_reference, review, MADE)
    facts = {fact.label: fact.value for fact in said.facts}
    assert facts["Decision to start it"] == "01 Sep 2021"
    assert facts["To be published by"] == "01 Mar 2022"
    assert facts["Lead reviewer"] == "Isolde Marchbank"
    assert facts["Time looked at"] == "from Jun 2020"
    assert facts["Children"] == "1"
    assert facts["Agencies looked at"] == "Oakshire Police"
    assert facts["Looked at beside the children"] == "A younger brother at home"
    assert said.purpose == ("To learn how delay came about.",)
    assert said.enquiry == ("Who saw the child?", "What did waiting do?")
    tables = {section.title: section.tables[0].rows for section in said.sections}
    assert tables == {
        "Review panel": (("Wilf Amberly", "Inspector", "Oakshire Police"),),
        "Agencies asked": (("Oakshire Police", "Agency report", ""),),
        "Practitioners and family": (("mother", "Family"),),
        "Other processes": (("Inquest", "Adjourned", ""),),
    }
    assert "Exampleton" not in repr(said)


def test_terms_that_are_not_set_say_so(store: Store) -> None:
    bare = make(store, "review", kind="thematic")
    said = store.read(terms_of_reference, bare, MADE)
    assert said.purpose == ("Not set yet.",)
    assert said.enquiry == ()
    assert [section.title for section in said.sections] == ["Review panel"]


def test_they_are_printed_and_marked_and_a_rapid_review_has_none(store: Store, review: int) -> None:
    made = make_terms(store, "LR-2021-09")
    assert made.name == TERMS
    assert made.data.startswith(b"%PDF")
    make(store, "review", reference="RR-2021-04", known_as="Child N")
    with pytest.raises(UserError, match="no terms of reference"):
        make_terms(store, "RR-2021-04")
