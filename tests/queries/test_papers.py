"""What the papers say of a review: all that belongs there and nothing that must not."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.documents import (
    Document,
    Fact,
    LearningSummary,
    Point,
    Reading,
    ReviewRecord,
    Section,
)
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.papers import Made, lines, points
from oscb_desktop.queries.papers_actions import ALL, action_log
from oscb_desktop.queries.papers_record import review_record
from oscb_desktop.queries.papers_summary import learning_summary
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date(), "Draft 2")


def said(document: Document) -> str:
    """Return everything that a document says as one text."""
    return repr(asdict(document))


def summary(store: Store, review: int) -> LearningSummary:
    return store.read(learning_summary, review, MADE)


def told(store: Store, review: int) -> ReviewRecord:
    return store.read(review_record, review, MADE)


def section(document: ReviewRecord, title: str) -> Section:
    return next(entry for entry in document.sections if entry.title == title)


def a_review(store: Store, **values: Value) -> int:
    given: dict[str, Value] = {"reference": "LR-2021-01", "kind": "lcspr", "known_as": "Child G"}
    return make(store, "review", **{**given, **values})


def test_narratives_fall_into_lines_and_points() -> None:
    typed = "\n• Seen alone \n\n- Heard\n1. Believed\n-5 degrees that night\n2021 was hard"
    assert lines(typed)[0] == "• Seen alone"
    assert points(typed) == (
        "Seen alone",
        "Heard",
        "Believed",
        "-5 degrees that night",
        "2021 was hard",
    )
    assert lines(None) == ()


def test_a_learning_summary_follows_the_briefing(store: Store) -> None:
    review = a_review(
        store,
        what_happened="She was hurt.\n\nShe is safe.",
        good_practice="- A nurse believed her",
        what_you_can_do="Ask twice",
        questions="Who knows?\nWho asks?",
        read_more="The guide: https://example.org/guide.\nThe procedures",
        published_at="https://example.org/report",
    )
    make(store, "finding", review=review, title="Nobody asked", text="Each agency waited.")
    make(store, "learning_point", reviews=(review,), heading="Ask about fathers", text="Always.")
    make(store, "recommendation", review=review, text="Ask every time.")
    paper = summary(store, review)
    assert (paper.heading, paper.review_kind) == (
        "Child G",
        "Local child safeguarding practice review",
    )
    assert paper.what_happened == ("She was hurt.", "She is safe.")
    assert paper.what_we_learned == (
        Point("Nobody asked", "Each agency waited."),
        Point("Ask about fathers"),
    )
    assert paper.what_was_good == ("A nurse believed her",)
    assert paper.what_will_change == (Point("", "Ask every time."),)
    assert paper.what_you_can_do == ("Ask twice",)
    assert paper.questions == ("Who knows?", "Who asks?")
    assert paper.read_more == (
        Reading("The published report", "https://example.org/report"),
        Reading("The guide", "https://example.org/guide"),
        Reading("The procedures"),
    )


def test_without_findings_the_learning_points_are_told_in_full(store: Store) -> None:
    review = a_review(store, what_you_can_do="Ask twice")
    other = make(store, "review")
    for audience in ("national", "system_leader", "practitioner"):
        make(
            store,
            "learning_point",
            reviews=(review,),
            audience=audience,
            heading=f"For {audience}",
            text="In full.",
        )
    make(store, "learning_point", reviews=(other,), heading="Of another review")
    assert summary(store, review).what_we_learned == (
        Point("For practitioner", "In full."),
        Point("For system_leader", "In full."),
    )


def test_what_you_can_do_falls_back_on_the_points_for_practitioners(store: Store) -> None:
    review = a_review(store)
    make(store, "learning_point", reviews=(review,), heading="Ask about fathers", text="Always.")
    make(store, "learning_point", reviews=(review,), heading="See the child", text=None)
    paper = summary(store, review)
    assert paper.what_you_can_do == ("Ask about fathers: Always.", "See the child")
    assert paper.what_we_learned == ()


def test_long_recommendations_are_told_by_their_first_sentence(store: Store) -> None:
    review = a_review(store)
    first = "The partnership should see to it that every child is asked, e.g. by a nurse."
    make(store, "recommendation", review=review, number=1, text=f"{first} {'It must last. ' * 20}")
    refused = {"response": "not_accepted", "response_reason": "Done already"}
    make(store, "recommendation", review=review, number=2, text="No.", **refused)
    parts = make(store, "recommendation", review=review, number=3, text="The partners should:")
    make(store, "limb", recommendation=parts, label="(i)", text="ask")
    make(store, "limb", recommendation=parts, label="(ii)", text="listen")
    assert summary(store, review).what_will_change == (
        Point("", first),
        Point("", "The partners should:\n(i) ask\n(ii) listen"),
    )


@pytest.mark.parametrize(
    ("text", "stands_alone"),
    [
        ("There should be one system, giving the four things set out in its parts.", False),
        ("Every agency should do the following", False),
        ("Every agency should take these three steps.", False),
        (f"Every agency should act. {'It must last. ' * 20} They should:", False),
        ("The shortage of places should be faced nationally and locally.", True),
        (f"The shortage should be faced. {'It must last. ' * 20}", True),
    ],
)
def test_limbs_stand_where_a_recommendation_points_at_them(
    store: Store, text: str, stands_alone: bool
) -> None:
    review = a_review(store)
    asked = make(store, "recommendation", review=review, number=1, text=text)
    make(store, "limb", recommendation=asked, label="(i)", text="ask")
    (point,) = summary(store, review).what_will_change
    assert point.text.endswith("\n(i) ask") is not stands_alone


def test_a_summary_leaves_the_organisation_and_names_no_colleague(store: Store) -> None:
    paper = summary(store, a_review(store, reviewer="R. Viewer")).paper
    assert paper.for_publication
    assert paper.version == "Draft 2"
    assert paper.printed_at == "25 Mar 2022"
    assert "R. Viewer" not in said(summary(store, 1))


IDENTITY = {
    field.name: f"Secret {field.name}"
    for field in RECORD_KINDS["child_identity"].fields
    if field.identifying and field.kind in ("text", "long_text") and field.max_length > 20
}


def test_no_paper_can_reach_a_real_identity(store: Store) -> None:
    incident = make(store, "incident")
    child = make(store, "child", incident=incident)
    make(store, "child_identity", child=child, **IDENTITY)
    review = a_review(store, incident=incident, children=(child,))
    make(store, "action", review=review)
    assert len(IDENTITY) >= 6
    papers: list[Document] = [
        summary(store, review),
        told(store, review),
        store.read(action_log, ALL, MADE),
    ]
    for document in papers:
        assert "Secret" not in said(document)


def a_whole_review(store: Store) -> int:
    incident = make(
        store,
        "incident",
        reference="IN-2021-07",
        known_as="Child G",
        aware_on=date(2021, 4, 1),
        media_note="Never asked for",
    )
    make(store, "notification_discussion", incident=incident, reason="All agreed.")
    child = make(
        store,
        "child",
        reference="CH-2021-07",
        known_as="Child G",
        incident=incident,
        age_at_incident=Age.parse("13y 7m"),
    )
    theme = make(store, "theme", name="Exploitation")
    review = a_review(
        store,
        incident=incident,
        children=(child,),
        themes=(theme,),
        initiated_on=date(2021, 5, 10),
        what_happened="First.\nSecond.",
        terms="Who asked?",
    )
    make(store, "panel_response", review=review, points="Say more.")
    make(store, "cost_line", review=review, description="Reviewer", amount=Decimal("8000"))
    make(store, "cost_line", review=review, description="Hall", amount=Decimal("250.50"))
    make(store, "finding", review=review, number=2, title="Nobody asked")
    recommendation = make(store, "recommendation", review=review, number=4, text="Ask.")
    make(
        store,
        "limb",
        recommendation=recommendation,
        label="(i)",
        scope="national",
        text="Fund it.",
        raised_with="the Panel",
    )
    action = make(
        store,
        "action",
        review=review,
        reference="A-2021-04",
        recommendation=recommendation,
        due_on=date(2022, 3, 13),
    )
    make(store, "progress_note", action=action, note="Drafted.")
    make(store, "evidence", action=action, description="The guide")
    make(store, "due_revision", action=action, reason="New lead.")
    make(store, "learning_point", reviews=(review,), heading="Ask about fathers", text="Always.")
    return review


def facts(part: Section) -> dict[str, str]:
    return {fact.label: fact.value for fact in part.facts}


def test_a_record_tells_the_review_under_the_headings_of_its_form(store: Store) -> None:
    document = told(store, a_whole_review(store))
    assert document.paper.title == "Review record: LR-2021-01 Child G"
    assert document.paper.marking == "OFFICIAL-SENSITIVE"
    assert not document.paper.for_publication
    titles = [part.title for part in document.sections]
    assert titles == [
        "The review",
        "What was found out",
        "Running the review",
        "Incident IN-2021-07 Child G",
        "Notification discussions",
        "Children",
        "Statutory clocks",
        "Panel letters",
        "Costs",
        "Findings",
        "Recommendations",
        "Actions",
        "Learning points",
    ]
    found_out = section(document, "What was found out")
    assert facts(found_out) == {"Themes": "Exploitation"}
    assert found_out.subsections == (Section("What happened", paragraphs=("First.", "Second.")),)
    assert facts(section(document, "Running the review"))["Key lines of enquiry"] == "Who asked?"


def test_a_record_leaves_out_what_does_not_apply(store: Store) -> None:
    document = told(store, a_whole_review(store))
    assert "Never asked for" not in said(document)
    assert "Decision" not in [part.title for part in document.sections]


def test_a_record_tells_the_child_by_pseudonym_and_age(store: Store) -> None:
    child = section(told(store, a_whole_review(store)), "Children").subsections[0]
    assert child.title == "CH-2021-07 Child G"
    assert facts(child)["Age at the incident"] == "13 years 7 months"


def test_a_record_shows_how_each_clock_stands(store: Store) -> None:
    table = section(told(store, a_whole_review(store)), "Statutory clocks").tables[0]
    assert table.caption == "As at 25 Mar 2022"
    assert table.rows == (
        (
            "Publication",
            "10 May 2021, decision to initiate the review",
            "10 Nov 2021",
            "135 days late",
            "6 months from the decision to initiate the review. Working Together 2018.",
        ),
    )


def test_a_record_tells_an_action_with_all_that_belongs_to_it(store: Store) -> None:
    action = section(told(store, a_whole_review(store)), "Actions").subsections[0]
    assert action.title == "A-2021-04"
    assert action.facts[0] == Fact("How it stands", "Red: overdue, 12 days late")
    assert facts(action)["Action"] == "Write the guidance."
    assert facts(action)["Recommendation"] == "LR-2021-01/R4 Ask."
    tables = {table.caption: table for table in action.tables}
    assert list(tables) == ["Progress notes", "Evidence", "Changes of due date"]
    assert tables["Progress notes"].rows == (("10 Jan 2022", "Drafted."),)
    assert tables["Changes of due date"].headings == ("Changed on", "To", "Reason")


def test_a_record_tells_the_limbs_of_a_recommendation(store: Store) -> None:
    recommendation = section(told(store, a_whole_review(store)), "Recommendations").subsections[0]
    assert recommendation.title == "LR-2021-01/R4"
    assert recommendation.tables[0].rows == (("(i)", "Nationally", "Fund it.", "the Panel"),)


def test_a_record_adds_up_the_costs(store: Store) -> None:
    costs = section(told(store, a_whole_review(store)), "Costs")
    assert facts(costs) == {"In all": "£8,250.50 spent"}
    assert [row[0] for row in costs.tables[0].rows] == ["Hall", "Reviewer"]


def test_a_bare_review_is_told_without_empty_sections(store: Store) -> None:
    document = told(store, make(store, "review"))
    assert [part.title for part in document.sections] == ["The review"]


def test_a_very_long_narrative_is_told_whole(store: Store) -> None:
    text = "\n".join(f"Day {day}: nobody came." for day in range(2000))
    review = a_review(store, what_happened=text)
    whole = section(told(store, review), "What was found out").subsections[0]
    assert len(whole.paragraphs) == 2000


def test_a_withdrawn_review_makes_no_paper(store: Store) -> None:
    review = a_review(store)
    store.write(WithdrawRecord("review", review, 1))
    with pytest.raises(LookupError):
        summary(store, review)
    with pytest.raises(LookupError):
        told(store, 99)


def test_withdrawn_parts_are_left_out(store: Store) -> None:
    review = a_whole_review(store)
    for kind in ("finding", "learning_point", "evidence", "cost_line"):
        row = store.read(record, kind, 1)
        assert row is not None
        store.write(WithdrawRecord(kind, 1, row.version))
    document = told(store, review)
    for gone in ("Nobody asked", "Ask about fathers", "The guide", "Reviewer"):
        assert gone not in said(document).replace("Lead reviewer", "")
