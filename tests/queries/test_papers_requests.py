"""What the letter to an agency says, and what it never says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from oscb_desktop.domain.documents import RequestLetter
from oscb_desktop.domain.faces import LETTER
from oscb_desktop.domain.requests import purposes
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_requests import request_letter
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make
from tests.services.acts import withdraw

MADE = Made("A. Tester", NOW, NOW.date())


@pytest.fixture
def review(store: Store) -> int:
    incident = make(store, "incident")
    child = make(store, "child", incident=incident, known_as="Child M")
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Robin")
    return make(
        store,
        "review",
        reference="RR-2022-01",
        known_as="Child M",
        incident=incident,
        children=(child,),
    )


def letter(store: Store, review: int, **values: Value) -> RequestLetter:
    if "agency" not in values:
        values["agency"] = make(store, "agency", name="Valley Police", email="desk@example.org")
    given: dict[str, Value] = {
        "requested_on": date(2022, 3, 1),
        "due_on": date(2022, 4, 8),
        "asked": "Tell us all.\n\nAt once.",
    }
    request = make(store, "agency_request", review=review, **{**given, **values})
    return store.read(request_letter, request, MADE)


def test_it_says_what_is_asked_by_when_and_how(store: Store, review: int) -> None:
    told = letter(store, review)
    assert told.paper.title == "Agency summary: RR-2022-01 Child M"
    assert told.paper.marking == "OFFICIAL-SENSITIVE"
    assert not told.paper.for_publication
    assert told.addressee == ("To the safeguarding lead", "Valley Police", "desk@example.org")
    facts = {fact.label: fact.value for fact in told.facts}
    assert facts["Child details"] == "Sent separately, in a secure message"
    assert facts["Due"] == "Fri 08 Apr 2022"
    assert told.opening[0].endswith("We ask Valley Police for the following by Fri 08 Apr 2022.")
    assert "a rapid review" in told.opening[0]
    ask, how = told.sections
    assert ask.paragraphs == ("Tell us all.", "At once.")
    assert how.paragraphs[0].startswith("Fill in the workbook")


@pytest.mark.parametrize("purpose", purposes())
def test_where_nothing_was_typed_it_asks_in_the_usual_words(
    store: Store, review: int, purpose: str
) -> None:
    told = letter(store, review, purpose=purpose, asked=None)
    assert told.sections[0].paragraphs == tuple(purposes()[purpose].asked.splitlines())
    assert all(len(said.split()) > 5 for said in told.sections[0].paragraphs)
    assert told.paper.face == LETTER


def test_the_usual_words_name_the_period_and_the_lines_of_enquiry(store: Store) -> None:
    full = make(
        store, "review", kind="lcspr", terms="Who knew what?", scope_from=UncertainDate.of(2020)
    )
    said = letter(store, full, purpose="report", asked=None).sections[0].paragraphs
    assert said[-3:] == ("The period begins with 2020.", "Key lines of enquiry:", "Who knew what?")


def test_it_is_addressed_to_the_contact(store: Store, review: int) -> None:
    agency = make(store, "agency", name="Valley Health", email="desk@example.org")
    person = make(store, "person", name="P. Elm", job_title="Named nurse", email="elm@example.org")
    told = letter(store, review, agency=agency, contact=person)
    assert told.addressee == ("To P. Elm, Named nurse", "Valley Health", "elm@example.org")


def test_no_real_name_is_in_it(store: Store, review: int) -> None:
    words = str(asdict(letter(store, review)))
    assert "Exampleton" not in words
    assert "Robin" not in words


def test_without_a_form_none_is_named_and_without_a_day_none_is_said(
    store: Store, review: int
) -> None:
    told = letter(store, review, purpose="information", due_on=None, asked=None)
    assert not any("workbook" in line for line in told.sections[1].paragraphs)
    assert told.opening[0].endswith("for the following.")


def test_a_request_in_the_bin_has_no_letter(store: Store, review: int) -> None:
    request = make(store, "agency_request", review=review)
    withdraw(store, "agency_request", request)
    with pytest.raises(LookupError):
        store.read(request_letter, request, MADE)
