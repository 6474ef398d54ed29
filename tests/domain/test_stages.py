"""A stage follows from what is recorded, and what is missing before the next is told."""

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
    Stage,
    StageFacts,
    StageName,
    is_live,
    stage_of,
)
from oscb_desktop.domain.still_missing import missing

TODAY = date(2022, 3, 25)
DAY, LATER = date(2022, 3, 1), date(2022, 4, 4)
RAPID = StageFacts("rapid_review", date(2022, 2, 1))
LCSPR = StageFacts("lcspr", date(2022, 2, 1))
ALL_THREE = SignOffs(frozenset({"local_authority", "health", "police"}), DAY)


def lacks(facts: StageFacts, *, is_late: bool = False) -> list[str]:
    return [one.sentence for one in missing(facts, TODAY, is_late=is_late)]


@pytest.mark.parametrize(
    ("facts", "name", "since"),
    [
        (RAPID, "setting_up", date(2022, 2, 1)),
        (replace(RAPID, notified_on=DAY), "setting_up", DAY),
        (replace(RAPID, requests=Requests(3, 2, DAY)), "information", DAY),
        (replace(RAPID, requests=Requests(3, 1, DAY), meeting_on=LATER), "information", DAY),
        (replace(RAPID, requests=Requests(3, 0, DAY, LATER)), "analysis", LATER),
        (replace(RAPID, meeting_on=LATER), "meeting", None),
        (replace(RAPID, meeting_on=DAY, requests=Requests(3, 2, DAY)), "decision", DAY),
        (replace(RAPID, decided_on=DAY), "sign_off", DAY),
        (replace(RAPID, decision="audit"), "sign_off", None),
        (replace(RAPID, decided_on=DAY, sent_to_panel_on=LATER), "with_panel", LATER),
        (replace(RAPID, letters=Letters(DAY, LATER, LATER)), "clarification", LATER),
        (replace(RAPID, letters=Letters(DAY, LATER)), "panel_replied", LATER),
        (replace(RAPID, letters=Letters(DAY, DAY), finished_on=DAY), "ended", DAY),
        (replace(RAPID, finished_on=LATER), "setting_up", date(2022, 2, 1)),
        (LCSPR, "setting_up", date(2022, 2, 1)),
        (replace(LCSPR, initiated_on=DAY), "setting_up", DAY),
        (replace(LCSPR, reviewer_named=True, commissioned_on=DAY), "reports", DAY),
        (replace(LCSPR, requests=Requests(2, 2, DAY)), "reports", DAY),
        (replace(LCSPR, engaged_on=DAY, requests=Requests(2, 0, DAY)), "engagement", DAY),
        (replace(LCSPR, engaged_on=DAY, requests=Requests(2, 1, DAY)), "reports", DAY),
        (replace(LCSPR, drafts=Drafts(2, DAY, LATER)), "draft", DAY),
        (replace(LCSPR, drafts=Drafts(2, DAY, DAY, LATER)), "sign_off", LATER),
        (replace(LCSPR, signed=SignOffs(frozenset({"police"}), DAY)), "sign_off", DAY),
        (replace(LCSPR, commissioned_on=DAY), "reports", DAY),
        (replace(LCSPR, kind="thematic", drafts=Drafts(2, DAY, DAY, LATER)), "publication", LATER),
        (replace(LCSPR, signed=ALL_THREE), "publication", DAY),
        (replace(LCSPR, report_sent_on=DAY), "pre_publication", DAY),
        (replace(LCSPR, published_on=DAY, finished_on=DAY), "published", DAY),
        (replace(LCSPR, published_on=LATER), "setting_up", date(2022, 2, 1)),
        (replace(LCSPR, publication="not_published"), "not_published", None),
        (replace(LCSPR, publication="delayed", delay_told_on=DAY), "delayed", DAY),
    ],
)
def test_a_stage_is_the_farthest_that_is_recorded(
    facts: StageFacts, name: str, since: date | None
) -> None:
    stage = stage_of(facts, TODAY)
    assert (stage.name, stage.since) == (name, since)


def test_a_pause_holds_the_stage_that_was_reached() -> None:
    paused = replace(LCSPR, pause=OpenPause(DAY, "inquest"), drafts=Drafts(1, DAY))
    stage = stage_of(paused, TODAY)
    assert stage == Stage(StageName.PAUSED, DAY, StageName.DRAFT, "inquest")
    assert stage.told == "Paused (inquest) at: draft and accuracy"
    assert lacks(paused)[:3] == [
        "The Panel has not been told of the pause.",
        "The Secretary of State has not been told of the pause.",
        "Draft 1 has not been sent for accuracy.",
    ]
    told = OpenPause(DAY, "inquest", publication_only=True, panel_told=True, secretary_told=True)
    waiting = replace(paused, pause=told)
    assert stage_of(waiting, TODAY).told == "Publication delayed (inquest) at: draft and accuracy"
    assert not any("told" in sentence for sentence in lacks(waiting))


@pytest.mark.parametrize(
    ("facts", "live"),
    [
        (RAPID, True),
        (replace(RAPID, letters=Letters(DAY, DAY)), False),
        (replace(RAPID, letters=Letters(DAY, DAY, DAY)), True),
        (replace(RAPID, letters=Letters(DAY, DAY), decision="lcspr"), True),
        (replace(RAPID, letters=Letters(DAY, DAY), decision="lcspr", lcspr_begun=True), False),
        (replace(RAPID, finished_on=DAY), False),
        (replace(LCSPR, published_on=DAY), False),
        (replace(LCSPR, publication="not_published"), True),
    ],
)
def test_the_subgroup_works_on_what_is_live(facts: StageFacts, live: bool) -> None:
    assert is_live(facts, TODAY) is live


def test_what_a_rapid_review_lacks_on_its_way() -> None:
    assert lacks(RAPID) == [
        "The notification has not been sent.",
        "No agency has been asked for information.",
    ]
    asked = replace(RAPID, requests=Requests(3, 1, DAY))
    assert lacks(asked) == [
        "1 of 3 agency answers is still out.",
        "No day is set for the panel meeting.",
    ]
    met = replace(RAPID, meeting_on=DAY, filled=frozenset({"criterion_improvement", "decided_on"}))
    assert lacks(met)[0] == "Not yet answered: criteria (b), (c), (d)."
    decided = replace(RAPID, decided_on=DAY, signed=SignOffs(frozenset({"health"}), DAY))
    assert lacks(decided) == [
        "No reason is given for the decision.",
        "Not signed off by the local authority and the police.",
        "It has not been sent to the Panel.",
    ]
    assert lacks(replace(decided, role="contributor")) == ["No reason is given for the decision."]
    sent = replace(RAPID, sent_to_panel_on=DAY)
    assert lacks(sent, is_late=True) == [
        "Why it was late is not recorded.",
        "The Panel has not replied.",
    ]
    replied = replace(RAPID, letters=Letters(DAY, DAY), decision="lcspr")
    assert lacks(replied)[0] == "The review that was decided on has not been started."


def test_what_a_local_review_lacks_on_its_way() -> None:
    assert "Not yet told of it: the Panel, Ofsted and DfE." in lacks(LCSPR)
    thematic = replace(LCSPR, kind="thematic")
    assert not any("Ofsted" in sentence for sentence in lacks(thematic))
    reports = replace(LCSPR, reviewer_named=True, filled=frozenset(record_kind("review").names))
    assert lacks(reports) == [
        "No agency has been asked for information.",
        "No contact with practitioners or family is recorded.",
        "No progress check is recorded (SI 2018/789, regulation 14).",
    ]
    asked = replace(LCSPR, drafts=Drafts(1, DAY), progress_checks=1, unanswered_check_on=DAY)
    assert any(sentence.startswith("What was asked in writing on ") for sentence in lacks(asked))
    report_on = replace(LCSPR, signed=ALL_THREE, publication="summary_only", published_on=DAY)
    assert lacks(report_on)[0] == "Why the report is not published is not recorded."
    waits = replace(LCSPR, signed=ALL_THREE, waits_for=("inquest", "criminal trial"))
    assert "Publication waits for: inquest and criminal trial." in lacks(waits)
    late = lacks(LCSPR, is_late=True)
    assert late[:2] == [
        "What delays publication is not recorded.",
        "The Panel and the Secretary of State have not been told of the delay.",
    ]
    unpublished = replace(LCSPR, publication="not_published")
    assert lacks(unpublished)[0] == "Why the report is not published is not recorded."


def test_everything_that_is_missing_has_a_place_where_it_is_put_right() -> None:
    stages = [RAPID, replace(RAPID, meeting_on=DAY), replace(RAPID, decided_on=DAY), LCSPR]
    stages += [replace(LCSPR, drafts=Drafts(1, DAY)), replace(LCSPR, report_sent_on=DAY)]
    stages += [replace(RAPID, letters=Letters(DAY, DAY, DAY)), replace(LCSPR, signed=ALL_THREE)]
    for facts in stages:
        for one in missing(facts, TODAY, is_late=True):
            assert not one.field or one.field in record_kind(one.kind).names
            assert one.sentence.endswith(".")
