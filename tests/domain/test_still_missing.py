"""What a review lacks stays told until it is put right, or until the review is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.stages import (
    Drafts,
    Letters,
    OpenPause,
    Requests,
    SignOffs,
    StageFacts,
    StageName,
    stage_of,
)
from oscb_desktop.domain.still_missing import missing

TODAY = date(2022, 3, 25)
DAY, LATER, COMING = date(2022, 3, 1), date(2022, 3, 10), date(2022, 4, 4)
RAPID = StageFacts("rapid_review", date(2022, 2, 1))
LCSPR = StageFacts("lcspr", date(2022, 2, 1))
PARTNERS = frozenset({"local_authority", "health", "police"})
ALL_THREE = SignOffs(PARTNERS, DAY)
EVERY_FIELD = frozenset(record_kind("review").names)
NOT_NOTIFIED = "The notification has not been sent."
NOT_ASKED = "No agency has been asked for information."
NOT_TOLD = "Not yet told of it: the Panel, Ofsted and DfE."
NOT_CHECKED = "No progress check is recorded (SI 2018/789, regulation 14)."
NOT_HEARD = "No contact with practitioners or family is recorded."
NOT_SIGNED = "Not signed off by the local authority, health and the police."
NOT_ENDED = "The day on which the work ended is not recorded."
PLAN = "planned 57 days after the 6 months"


def lacks(facts: StageFacts, *, is_late: bool = False, late_plan: str = "") -> list[str]:
    found = missing(facts, TODAY, is_late=is_late, late_plan=late_plan)
    return [one.sentence for one in found]


def parted(facts: StageFacts) -> tuple[list[str], list[str]]:
    """Return what the next stage waits for, and what earlier ones asked."""
    found = missing(facts, TODAY)
    now = [one.sentence for one in found if not one.is_earlier]
    return now, [one.sentence for one in found if one.is_earlier]


def test_what_a_rapid_review_lacks_on_its_way() -> None:
    assert lacks(RAPID) == [NOT_NOTIFIED, NOT_ASKED]
    notified = replace(RAPID, notified_on=DAY)
    asked = replace(notified, requests=Requests(3, 1, DAY))
    assert lacks(asked) == [
        "1 of 3 agency answers is still out.",
        "No day is set for the panel meeting.",
    ]
    met = replace(notified, meeting_on=DAY, filled=frozenset({"criterion_improvement"}))
    assert lacks(met)[0] == "Not yet answered: criteria (b), (c), (d)."
    whole = replace(notified, meeting_on=DAY, filled=EVERY_FIELD - {"sent_to_panel_on"})
    decided = replace(whole, decided_on=DAY, signed=SignOffs(frozenset({"health"}), DAY))
    assert lacks(decided) == [
        "Not signed off by the local authority and the police.",
        "It has not been sent to the Panel.",
    ]
    sent = replace(whole, signed=ALL_THREE, decided_on=DAY, sent_to_panel_on=DAY)
    assert lacks(sent) == ["The Panel has not replied."]
    untold = replace(sent, filled=sent.filled - {"late_reason"})
    assert lacks(untold, is_late=True)[0] == "Why it was late is not recorded."
    replied = replace(
        sent, letters=Letters(DAY, DAY), decision="lcspr", filled=sent.filled - {"finished_on"}
    )
    assert lacks(replied) == [
        "The review that was decided on has not been started.",
        NOT_ENDED,
    ]


def test_a_rapid_review_that_is_sent_still_lacks_all_that_was_passed_over() -> None:
    sent = replace(
        RAPID, notified_on=DAY, requests=Requests(2, 1, DAY), meeting_on=DAY, sent_to_panel_on=LATER
    )
    now, earlier = parted(sent)
    assert now == ["The Panel has not replied."]
    assert earlier == [
        "1 of 2 agency answers is still out.",
        "The key practice episodes are not written up.",
        "Nothing is said of race, culture, disability and other inequality.",
        "Not yet answered: criteria (a), (b), (c), (d).",
        "Whether the criteria are met is not answered.",
        "Whether an LCSPR is recommended is not answered.",
        "Whether it may be of national importance is not answered.",
        "What happens next is not decided.",
        "The day of the decision is not recorded.",
        "No reason is given for the decision.",
        NOT_SIGNED,
    ]
    assert "The day of the panel meeting is not recorded." in lacks(replace(sent, meeting_on=None))


def test_what_is_asked_now_is_not_asked_again_as_earlier() -> None:
    now, earlier = parted(replace(RAPID, decision="audit"))
    assert "No reason is given for the decision." in now
    assert "No reason is given for the decision." not in earlier


def test_an_lcspr_with_a_draft_at_once_still_lacks_its_duties() -> None:
    drafted = replace(LCSPR, drafts=Drafts(1, DAY), requests=Requests(2, 1, DAY))
    now, earlier = parted(drafted)
    assert now == ["Draft 1 has not been sent for accuracy.", NOT_CHECKED]
    assert earlier == [
        "The day of the decision to start it is not recorded.",
        NOT_TOLD,
        "The key lines of enquiry are not set.",
        "The time that it looks at is not set.",
        "No lead reviewer is named.",
        "1 of 2 agency answers is still out.",
        NOT_HEARD,
    ]
    signed = replace(drafted, signed=ALL_THREE)
    assert {NOT_CHECKED, NOT_TOLD, "Draft 1 has not been sent for accuracy."} <= {*lacks(signed)}


def test_nothing_is_forgotten_from_one_stage_to_the_next() -> None:
    stages = (
        LCSPR,
        replace(LCSPR, reviewer_named=True),
        replace(LCSPR, reviewer_named=True, commissioned_on=DAY, engaged_on=DAY),
        replace(LCSPR, reviewer_named=True, engaged_on=DAY, drafts=Drafts(1, DAY, DAY, DAY)),
        replace(
            LCSPR,
            reviewer_named=True,
            engaged_on=DAY,
            drafts=Drafts(1, DAY, DAY, DAY),
            signed=ALL_THREE,
        ),
    )
    for facts in stages:
        assert NOT_TOLD in lacks(facts)
        assert "The key lines of enquiry are not set." in lacks(facts)
    assert all(NOT_CHECKED in lacks(facts) for facts in stages[1:])


def test_what_a_local_review_lacks_on_its_way() -> None:
    thematic = replace(LCSPR, kind="thematic")
    assert not any("Ofsted" in sentence for sentence in lacks(thematic))
    reports = replace(LCSPR, reviewer_named=True, filled=EVERY_FIELD)
    assert lacks(reports) == [NOT_ASKED, NOT_HEARD, NOT_CHECKED]
    asked = replace(LCSPR, drafts=Drafts(1, DAY), progress_checks=1, unanswered_check_on=DAY)
    assert any(sentence.startswith("What was asked in writing on ") for sentence in lacks(asked))
    waits = replace(LCSPR, signed=ALL_THREE, waits_for=("inquest", "criminal trial"))
    assert "Publication waits for: inquest and criminal trial." in lacks(waits)
    late = lacks(LCSPR, is_late=True)
    assert late[:2] == [
        "The Panel and the Secretary of State have not been told of the delay.",
        "What delays publication is not recorded.",
    ]


def test_of_a_review_that_is_over_only_the_law_asks() -> None:
    published = replace(LCSPR, published_on=DAY, publication="summary_only")
    assert parted(published) == (
        [],
        [
            "Why the report is not published is not recorded.",
            "The improvements have not been sent to the Panel and the Secretary of State.",
            "The report has not been sent to the Panel and the Secretary of State.",
            NOT_TOLD,
        ],
    )
    unpublished = replace(LCSPR, publication="not_published")
    assert lacks(unpublished)[0] == "Why the report is not published is not recorded."
    ended = replace(LCSPR, finished_on=DAY)
    assert lacks(ended) == [
        "How it is published is not chosen.",
        "The day of publication is not recorded.",
        NOT_TOLD,
    ]
    assert lacks(replace(ended, kind="thematic")) == []
    assert lacks(replace(ended, kind="scr")) == []
    assert lacks(replace(RAPID, finished_on=DAY)) == [
        NOT_NOTIFIED,
        "It has not been sent to the Panel.",
    ]
    whole = replace(RAPID, finished_on=DAY, notified_on=DAY, sent_to_panel_on=DAY)
    assert lacks(whole) == []
    assert lacks(replace(whole, decision="lcspr")) == [
        "The review that was decided on has not been started."
    ]


def test_of_what_another_area_leads_its_duties_are_not_asked() -> None:
    helping = replace(RAPID, role="contributor", has_incident=False)
    assert lacks(helping) == [NOT_ASKED]
    met = replace(helping, meeting_on=DAY)
    assert lacks(met)[:2] == [
        "What happens next is not decided.",
        "The day of the decision is not recorded.",
    ]
    assert lacks(replace(met, decided_on=DAY, decision="audit")) == [NOT_ENDED]
    assert lacks(replace(met, sent_to_panel_on=DAY), is_late=True)[0] == NOT_ENDED
    theirs = replace(LCSPR, kind="contribution")
    assert lacks(theirs, is_late=True, late_plan=PLAN) == [NOT_ASKED]
    back = replace(theirs, requests=Requests(2, 0, DAY, DAY))
    assert lacks(back) == [NOT_ENDED]
    assert lacks(replace(back, drafts=Drafts(1, DAY), finished_on=DAY)) == []


@pytest.mark.parametrize("kind", ["scr", "thematic", "partnership_learning", "single_agency"])
def test_no_partner_is_asked_to_sign_what_they_do_not_sign(kind: str) -> None:
    back = replace(LCSPR, kind=kind, drafts=Drafts(1, DAY, DAY, DAY))
    assert stage_of(back, TODAY).name is StageName.PUBLICATION
    assert not any("signed" in sentence for sentence in lacks(back))
    ends = "No day is planned for publication." if kind == "scr" else NOT_ENDED
    assert lacks(back)[0] == ends


def test_the_notification_is_asked_of_the_authority_that_sends_it() -> None:
    apart = replace(RAPID, has_incident=False)
    assert missing(apart, TODAY)[0].field == "incident"
    assert lacks(apart)[0] == "The incident that it is about is not named."
    theirs = replace(RAPID, we_notify=False)
    assert lacks(theirs)[0] == "When the other authority notified it is not recorded."


def test_a_child_of_the_incident_who_is_not_in_the_review_is_told() -> None:
    (_, two, *_) = missing(replace(RAPID, left_out=("Elm 2",)), TODAY)
    assert (two.sentence, two.field) == ("Elm 2 of the incident is not in this review.", "children")
    more = replace(RAPID, left_out=("Elm 2", "Elm 3"), sent_to_panel_on=DAY)
    assert "Elm 2 and Elm 3 of the incident are not in this review." in lacks(more)
    many = replace(RAPID, left_out=("Elm 2", "Elm 3", "Elm 4", "Elm 5"))
    assert "4 children of the incident are not in this review." in lacks(many)


def test_a_review_without_a_child_is_told() -> None:
    nobody = "No child is named."
    assert nobody in lacks(replace(RAPID, children=0))
    assert nobody in lacks(replace(LCSPR, children=0))
    assert nobody not in lacks(replace(LCSPR, kind="thematic", children=0))
    assert nobody not in lacks(replace(LCSPR, children=0, published_on=DAY))
    chosen = replace(RAPID, children=0, left_out=("Elm 1",))
    kinds = [(one.kind, one.field) for one in missing(chosen, TODAY) if one.sentence == nobody]
    assert kinds == [("review", "children")]


def test_two_days_of_one_meeting_are_told() -> None:
    met = replace(RAPID, meeting_on=DAY, typed_meeting_on=LATER)
    assert "The panel's day is 01 Mar 2022 by its meeting, 10 Mar 2022 by this review." in lacks(
        met
    )


def test_a_plan_beyond_the_last_day_asks_for_its_reasons_until_they_are_told() -> None:
    sentence = f"{PLAN.capitalize()}: tell the Panel and the Secretary of State why."
    unknown = "What delays publication is not recorded."
    assert lacks(LCSPR, late_plan=PLAN)[:2] == [sentence, unknown]
    told = replace(LCSPR, delay_told_on=DAY)
    assert sentence not in lacks(told, late_plan=PLAN)
    assert lacks(told, late_plan=PLAN)[0] == unknown
    paused = replace(LCSPR, pause=OpenPause(DAY, "inquest"))
    assert sentence in lacks(paused, late_plan=PLAN)
    known = replace(paused, pause=OpenPause(DAY, "inquest", panel_told=True, secretary_told=True))
    assert sentence not in lacks(known, late_plan=PLAN)


def test_a_pause_asks_whether_those_who_must_know_do() -> None:
    paused = replace(LCSPR, pause=OpenPause(DAY, "inquest"), drafts=Drafts(1, DAY))
    assert lacks(paused)[:3] == [
        "The Panel has not been told of the pause.",
        "The Secretary of State has not been told of the pause.",
        "Draft 1 has not been sent for accuracy.",
    ]
    told = OpenPause(DAY, "inquest", publication_only=True, panel_told=True, secretary_told=True)
    assert not any("pause" in sentence for sentence in lacks(replace(paused, pause=told)))


def test_everything_that_is_missing_has_a_place_where_it_is_put_right() -> None:
    stages = [RAPID, replace(RAPID, meeting_on=DAY), replace(RAPID, decided_on=DAY), LCSPR]
    stages += [replace(LCSPR, drafts=Drafts(1, DAY)), replace(LCSPR, report_sent_on=DAY)]
    stages += [replace(RAPID, letters=Letters(DAY, DAY, DAY)), replace(LCSPR, signed=ALL_THREE)]
    stages += [replace(RAPID, children=0, has_incident=False), replace(RAPID, left_out=("A",))]
    stages += [replace(LCSPR, published_on=DAY), replace(LCSPR, kind="national")]
    for facts in stages:
        for one in missing(facts, TODAY, is_late=True, late_plan=PLAN):
            assert not one.field or one.field in record_kind(one.kind).names
            assert one.sentence.endswith(".")
