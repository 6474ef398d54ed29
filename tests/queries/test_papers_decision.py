"""What the letter to the Panel says of a rapid review, and what it never says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

import pytest

from oscb_desktop.domain.documents import DecisionLetter, Section
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_decision import decision_letter
from oscb_desktop.reports.document import as_text
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())
DECISION: dict[str, Value] = {
    "reference": "RR-2022-01",
    "known_as": "Child M",
    "started_on": date(2022, 1, 10),
    "notification_criteria_met": True,
    "criterion_improvement": True,
    "criterion_panel": False,
    "criteria_met": True,
    "lcspr_commissioned": False,
    "decision": "rapid_review_learning",
    "decision_reason": "Known already.\nAnd in hand.",
    "decided_on": date(2022, 1, 28),
    "national_potential": False,
    "immediate_action": "A brother was seen.",
    "learning_shared": "By a briefing.",
    "dissent": "Health would have gone further.",
    "scrutineer_view": "Sound.",
    "sent_to_panel_on": date(2022, 2, 3),
    "late_reason": "Snow closed the offices.",
}


@pytest.fixture
def rapid(store: Store) -> int:
    incident = make(store, "incident", notified_on=date(2022, 1, 10))
    child = make(store, "child", incident=incident, known_as="Child M")
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Robin")
    return make(store, "review", incident=incident, children=(child,), **DECISION)


def told(store: Store, review: int) -> DecisionLetter:
    return store.read(decision_letter, review, MADE)


def section(letter: DecisionLetter, title: str) -> Section:
    return next(entry for entry in letter.sections if entry.title == title)


def facts(part: Section) -> dict[str, str]:
    return {fact.label: fact.value for fact in part.facts}


def test_it_opens_with_the_decision_and_why_it_is_late(store: Store, rapid: int) -> None:
    letter = told(store, rapid)
    assert letter.paper.title == "Rapid review: RR-2022-01 Child M"
    assert letter.opening == (
        "The safeguarding partners decided on 28 Jan 2022 not to undertake a local child "
        "safeguarding practice review.",
        "This letter is late. Snow closed the offices.",
    )
    said = {fact.label: fact.value for fact in letter.facts}
    assert said["Children"] == "1 child"
    assert (said["Due"], said["Sent"]) == ("31 Jan 2022", "03 Feb 2022")


def test_each_question_has_its_answer_also_where_nobody_gave_one(store: Store, rapid: int) -> None:
    letter = told(store, rapid)
    criteria = facts(section(letter, "Criteria for a local review"))
    assert criteria["(a) Improvements needed"] == "Yes"
    assert criteria["(b) Recurrent themes"] == "Not recorded"
    assert criteria["LCSPR recommended"] == "No"
    assert facts(section(letter, "Notification and facts"))["Facts sufficient to decide"] == (
        "Not recorded"
    )
    assert facts(section(letter, "National importance")) == {"May be of national importance": "No"}


def test_reasons_learning_and_disagreement(store: Store, rapid: int) -> None:
    make(store, "finding", review=rapid, title="Early help came late", text="By months.")
    make(store, "learning_point", reviews=(rapid,), heading="Ask about fathers")
    letter = told(store, rapid)
    assert section(letter, "Decision and reason").paragraphs == ("Known already.", "And in hand.")
    learning = section(letter, "Learning")
    assert learning.paragraphs == ("Early help came late. By months.", "Ask about fathers")
    assert learning.subsections[0].paragraphs == ("By a briefing.",)
    assert section(letter, "Immediate action").paragraphs == ("A brother was seen.",)
    assert section(letter, "Disagreement").paragraphs == ("Health would have gone further.",)
    assert section(letter, "Independent scrutineer's view").paragraphs == ("Sound.",)


def test_the_three_partners_stand_there_signed_or_not(store: Store, rapid: int) -> None:
    make(store, "partner_sign_off", review=rapid, role="Chief officer", dissent="Too soon.")
    make(store, "partner_sign_off", review=rapid, stage="report", partner="health")
    (table,) = section(told(store, rapid), "Sign-off by the partners").tables
    assert [row[:2] for row in table.rows] == [
        ("Local authority", "Not signed off yet"),
        ("Health", "Not signed off yet"),
        ("Police", "P. Example"),
    ]
    assert table.rows[2] == ("Police", "P. Example", "Chief officer", "01 Jun 2021", "Too soon.")


def test_other_processes_are_named_without_their_contact(store: Store, rapid: int) -> None:
    make(store, "parallel_process", review=rapid, contact="Somebody", status="Opened")
    (table,) = section(told(store, rapid), "Other processes").tables
    assert table.rows[0][1] == "Opened"
    assert "Somebody" not in as_text(told(store, rapid))


def test_an_undecided_review_says_so(store: Store) -> None:
    empty = make(store, "review")
    letter = told(store, empty)
    assert letter.opening == ("The decision is not recorded yet.",)
    assert section(letter, "Decision and reason").paragraphs == ("No reason is recorded.",)
    assert section(letter, "Disagreement").paragraphs == ("No disagreement is recorded.",)


def test_no_real_name_is_ever_in_it(store: Store, rapid: int) -> None:
    said = repr(asdict(told(store, rapid)))
    assert "Child M" in said
    assert "Exampleton" not in said
    assert "Robin" not in said


def test_each_criterion_stands_with_its_reason(store: Store) -> None:
    review = make(
        store,
        "review",
        criterion_recurrent=True,
        criterion_recurrent_reason="The third of its kind\nin two years.",
        criterion_agencies=False,
    )
    letter = store.read(decision_letter, review, MADE)
    (criteria,) = [part for part in letter.sections if part.title.startswith("Criteria")]
    told = {fact.label: fact.value for fact in criteria.facts}
    assert told["(b) Recurrent themes"] == "Yes. The third of its kind in two years."
    assert told["(c) Agencies working together"] == "No"
