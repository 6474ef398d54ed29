"""What the full record tells of a review while it ran, only where there is something to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from oscb_desktop.domain.documents import ReviewRecord, Section
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_record import review_record
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date(), "")


@pytest.fixture
def review(store: Store) -> int:
    return make(store, "review", kind="lcspr", reference="LR-2021-01", known_as="Child G")


def told(store: Store, review: int) -> ReviewRecord:
    return store.read(review_record, review, MADE)


def part(store: Store, review: int, title: str) -> Section:
    return next(part for part in told(store, review).sections if part.title == title)


def facts(section: Section) -> dict[str, str]:
    return {fact.label: fact.value for fact in section.facts}


def words(store: Store, review: int) -> str:
    return repr(asdict(told(store, review)))


def test_each_criterion_is_told_with_its_reason(store: Store) -> None:
    rapid = make(
        store,
        "review",
        criterion_improvement=True,
        criterion_improvement_reason="The bruise was not shown to a doctor.",
        criterion_recurrent=False,
        decision="lcspr",
    )
    decision = part(store, rapid, "Decision")
    (table,) = decision.tables
    assert table.rows == (
        ("(a) Improvements needed", "Yes", "The bruise was not shown to a doctor."),
        ("(b) Recurrent themes", "No", ""),
    )
    assert not any("(a)" in label or "(b)" in label for label in facts(decision))


def test_the_plan_stands_in_the_order_of_its_days(store: Store, review: int) -> None:
    make(store, "plan_step", review=review, text="Last of all")
    make(store, "plan_step", review=review, text="Later", due_on=date(2022, 4, 1), who="Chair")
    make(store, "plan_step", review=review, text="Sooner", due_on=date(2022, 3, 1))
    (table,) = part(store, review, "Plan").tables
    assert [row[0] for row in table.rows] == ["Sooner", "Later", "Last of all"]
    assert table.headings == ("What is done", "Who", "Due")


def test_a_request_is_told_with_how_late_it_is(store: Store, review: int) -> None:
    agency = make(store, "agency", name="Thamesdown Police", short_name="Police")
    given: dict[str, Value] = {"review": review, "requested_on": date(2022, 3, 1)}
    asked = "Say what you did."
    make(store, "agency_request", agency=agency, due_on=date(2022, 3, 22), asked=asked, **given)
    school = make(store, "agency", name="Upper School")
    make(store, "agency_request", agency=school, withdrawn_on=date(2022, 3, 2), **given)
    requests = part(store, review, "Requests to agencies")
    stands = {row[0]: row[-1] for row in requests.tables[0].rows}
    assert stands == {"Police": "3 days late", "Upper School": "withdrawn"}
    assert [(one.title[:8], one.paragraphs) for one in requests.subsections] == [
        ("Asked of", (asked,))
    ]


def test_of_a_meeting_about_several_only_what_is_said_of_this_one_is_told(
    store: Store, review: int
) -> None:
    other = make(store, "review", known_as="Child H")
    meeting = make(
        store, "meeting", reviews=(review, other), note="Child H was discussed at length."
    )
    make(store, "agenda_item", meeting=meeting, heading="Ours", review=review, decision="Go on.")
    make(
        store, "agenda_item", meeting=meeting, number=2, heading="Theirs", review=other, said="No."
    )
    make(store, "meeting_action", meeting=meeting, text="Ring the school of Child H")
    person = make(store, "person", name="P. Present")
    make(store, "attendance", meeting=meeting, person=person, interest="Governor for Child H")
    (told_of,) = part(store, review, "Meetings").subsections
    assert facts(told_of)["Present"] == "P. Present"
    (items,) = told_of.tables
    assert items.rows == (("Ours", "Go on."),)
    assert "Child H" not in words(store, review)


def test_a_meeting_about_this_one_alone_is_told_whole(store: Store, review: int) -> None:
    meeting = make(store, "meeting", reviews=(review,), note="All was said.", purpose="Scope")
    make(store, "agenda_item", meeting=meeting, heading="Welcome", said="Hello.")
    make(store, "meeting_action", meeting=meeting, text="Ring the school")
    make(store, "meeting_action", text="Of another meeting")
    make(store, "attendance", meeting=meeting, interest="Knows the family")
    (told_of,) = part(store, review, "Meetings").subsections
    assert [table.caption for table in told_of.tables] == [
        "Who was there",
        "Agenda",
        "Actions arising",
    ]
    assert told_of.tables[0].headings[-1] == "Interest declared"
    assert [one.title for one in told_of.subsections] == ["Purpose", "Note of the meeting"]
    assert "Of another meeting" not in words(store, review)


def test_a_meeting_is_found_by_an_item_about_the_review(store: Store, review: int) -> None:
    meeting = make(store, "meeting")
    make(store, "agenda_item", meeting=meeting, review=review, decision="Wait for the trial.")
    assert "Wait for the trial." in words(store, review)


def test_privileged_advice_is_not_printed(store: Store, review: int) -> None:
    make(
        store,
        "legal_advice",
        review=review,
        given_on=date(2022, 3, 3),
        privileged=True,
        advice="Secret counsel",
        given_by="Chambers",
    )
    make(
        store,
        "legal_advice",
        review=review,
        given_on=date(2022, 3, 4),
        privileged=False,
        advice="Open counsel",
    )
    legal = part(store, review, "Legal advice")
    assert legal.paragraphs == ("Privileged advice of 03 Mar 2022 is not printed.",)
    assert [facts(one) for one in legal.subsections] == [
        {"Privileged": "No", "Advice": "Open counsel"}
    ]
    assert "Secret" not in words(store, review)
    assert "Chambers" not in words(store, review)


def test_money_is_told_against_what_was_agreed(store: Store, review: int) -> None:
    make(
        store,
        "commission",
        review=review,
        name="R. Reviewer",
        outcome="commissioned",
        budget=Decimal(15000),
    )
    make(store, "cost_line", review=review, amount=Decimal(12400), invoice="7")
    costs = part(store, review, "Costs")
    assert facts(costs) == {"In all": "£12,400 of £15,000 spent, £12,400 unpaid, £2,600 left"}
    assert part(store, review, "Reviewers").subsections[0].title == "R. Reviewer"


_OTHERS: Mapping[str, tuple[str, dict[str, Value], str]] = {
    "pause": ("Pauses", {"note": "Told at once"}, "Told at once"),
    "partner_sign_off": ("Sign-off by the partners", {"dissent": "Not at all"}, "Not at all"),
    "panel_response": ("Panel letters", {"points": "Say more"}, "Say more"),
    "engagement": ("Practitioners and family", {"said": "Nobody rang"}, "Nobody rang"),
    "parallel_process": ("Parallel processes", {"next_what": "Verdict"}, "Verdict"),
    "report_draft": ("Drafts of the report", {"comments": "A date"}, "Draft 1, 10 Jan 2022"),
    "progress_check": ("Progress checks", {"question": "In time?"}, "In time?"),
    "dissemination": ("Sharing of learning", {"reach": 140}, "140"),
}


@pytest.mark.parametrize("kind", list(_OTHERS))
def test_what_belongs_to_a_review_is_told_and_what_belongs_to_another_is_not(
    store: Store, review: int, kind: str
) -> None:
    title, values, said = _OTHERS[kind]
    other = make(store, "review", known_as="Child H")
    make(store, kind, review=review, **values)
    assert said in repr(asdict(part(store, review, title)))
    assert title not in [one.title for one in told(store, other).sections]


def test_impact_is_told_of_the_review_and_of_its_actions(store: Store, review: int) -> None:
    action = make(store, "action", review=review)
    make(store, "impact", reviews=(review,), what_changed="Nurses ask.")
    make(store, "impact", actions=(action,), what_changed="Fathers come.")
    make(store, "impact", what_changed="Something else.")
    found = repr(asdict(part(store, review, "Impact")))
    assert "Nurses ask." in found
    assert "Fathers come." in found
    assert "Something else." not in found


def test_an_action_is_told_with_its_milestones_checks_and_escalations(
    store: Store, review: int
) -> None:
    action = make(store, "action", review=review)
    for kind in ("milestone", "assurance_check", "escalation"):
        make(store, kind, action=action)
    (one,) = part(store, review, "Actions").subsections
    assert [table.caption for table in one.tables] == [
        "Milestones",
        "Follow-up checks",
        "Escalations",
    ]


def test_no_name_of_a_file_is_told(store: Store) -> None:
    attached = make(store, "attachment", name="Letter to J Exampleton.pdf")
    review = make(store, "review")
    make(store, "agency_request", review=review, attachments=(attached,))
    make(store, "report_draft", review=review, attachments=(attached,))
    assert "Exampleton" not in words(store, review)
