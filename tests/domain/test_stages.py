"""A stage follows from what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

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

TODAY = date(2022, 3, 25)
DAY, LATER = date(2022, 3, 1), date(2022, 4, 4)
RAPID = StageFacts("rapid_review", date(2022, 2, 1))
LCSPR = StageFacts("lcspr", date(2022, 2, 1))
ALL_THREE = SignOffs(frozenset({"local_authority", "health", "police"}), DAY)


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
    told = OpenPause(DAY, "inquest", publication_only=True, panel_told=True, secretary_told=True)
    waiting = replace(paused, pause=told)
    assert stage_of(waiting, TODAY).told == "Publication delayed (inquest) at: draft and accuracy"


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
