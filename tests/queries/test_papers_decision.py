"""What the letter to the Panel says of a rapid review, and what it never says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from oscb_desktop.domain.documents import DecisionLetter, Section
from oscb_desktop.domain.faces import LETTER
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_decision import decision_letter
from oscb_desktop.reports.document import as_text, render
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


def test_the_partners_who_signed_stand_at_its_end_and_the_others_have_a_line(
    store: Store, rapid: int
) -> None:
    make(store, "partner_sign_off", review=rapid, role="Chief officer", dissent="Too soon.")
    make(store, "partner_sign_off", review=rapid, stage="report", partner="health")
    letter = told(store, rapid)
    assert letter.ending == ("Yours sincerely",)
    assert letter.signed is not None
    assert letter.signed.rows == (
        ("Police", "P. Example", "Chief officer", "01 Jun 2021", "Too soon."),
    )
    assert letter.to_sign == (
        "Local authority: name, role, signature and date",
        "Health: name, role, signature and date",
    )
    words = as_text(letter)
    assert words.index("Yours sincerely") < words.index("P. Example")
    assert "Health: name, role, signature and date ____" in words


def test_it_is_a_letter_with_its_day_both_references_and_a_greeting(store: Store) -> None:
    incident = make(store, "incident", notification_reference="SIN-4711")
    review = make(store, "review", incident=incident, reference="RR-2022-01")
    letter = told(store, review)
    said = {fact.label: fact.value for fact in letter.facts}
    assert said["Date"] == "25 Mar 2022"
    assert said["Your reference of the notification"] == "SIN-4711"
    assert said["Our reference"] == "RR-2022-01"
    assert letter.addressee == ("To the Child Safeguarding Practice Review Panel",)
    assert letter.greeting == "Dear members of the Panel"
    assert letter.paper.face == LETTER
    assert "version" not in as_text(letter).lower()
    pages = PdfReader(BytesIO(render(letter))).pages
    assert "version" not in "".join(page.extract_text() for page in pages).lower()


def test_one_that_is_printed_early_says_what_is_not_recorded(store: Store, rapid: int) -> None:
    letter = told(store, rapid)
    assert letter.unfinished == (
        "Not recorded yet: Your reference of the notification; Facts "
        "sufficient to decide; (b) Recurrent themes; (c) Agencies working together. Not signed "
        "off yet: Local authority; Health; Police."
    )
    assert as_text(letter).index("Not recorded yet") < as_text(letter).index("To the Child")
    empty = told(store, make(store, "review", reference="RR-2022-07"))
    assert empty.unfinished.startswith("Not ready to be sent. Not recorded yet: ")
    said = {fact.label: fact.value for fact in letter.facts}
    assert said["Your reference of the notification"] == "Not recorded"


def test_one_that_is_whole_warns_of_nothing(store: Store) -> None:
    incident = make(store, "incident", notification_reference="SIN-4711")
    answers = dict.fromkeys(("facts_sufficient", "criterion_recurrent", "criterion_agencies"), True)
    review = make(store, "review", incident=incident, **{**DECISION, **answers})
    for partner in ("local_authority", "health", "police"):
        make(store, "partner_sign_off", review=review, partner=partner)
    letter = told(store, review)
    assert (letter.unfinished, letter.to_sign) == ("", ())
    assert "____" not in as_text(letter)


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
