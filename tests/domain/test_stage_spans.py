"""The timeline of a review says what its stage says, and never more than the recorded days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from oscb_desktop.domain.stage_spans import spans_of
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

TODAY = date(2022, 3, 25)
BEGUN, DAY, LATER = date(2022, 2, 1), date(2022, 3, 1), date(2022, 3, 10)
COMING = date(2022, 4, 4)
RAPID = StageFacts("rapid_review", BEGUN)
LCSPR = StageFacts("lcspr", BEGUN)
ALL_THREE = SignOffs(frozenset({"local_authority", "health", "police"}), LATER)


def told(facts: StageFacts) -> list[str]:
    return [
        f"{span.words} {span.from_on:%d %b}-{span.to_on:%d %b}" for span in spans_of(facts, TODAY)
    ]


def test_a_stage_without_a_day_is_told_in_the_bar_before_it() -> None:
    named = replace(LCSPR, reviewer_named=True)
    assert stage_of(named, TODAY).words == "Agency reports"
    assert told(named) == ["Setting up, then agency reports 01 Feb-25 Mar"]
    decided = replace(RAPID, meeting_on=DAY, decision="audit")
    assert told(decided)[-1] == (
        "Decision to be recorded, then sign-off by the partners 01 Mar-25 Mar"
    )
    arranged = replace(RAPID, meeting_on=COMING)
    assert told(arranged) == ["Setting up, then meeting arranged 01 Feb-25 Mar"]


def test_a_pause_and_a_delay_leave_what_was_reached_where_it_was() -> None:
    named = replace(LCSPR, reviewer_named=True)
    delayed = replace(named, publication="delayed", delayed_by="inquest", delay_told_on=DAY)
    assert told(delayed) == told(named)
    paused = replace(named, pause=OpenPause(DAY, "inquest"))
    assert told(paused) == [
        "Setting up, then agency reports 01 Feb-01 Mar",
        "Paused 01 Mar-25 Mar",
    ]
    drafted = replace(paused, drafts=Drafts(1, LATER))
    assert told(drafted) == ["Setting up 01 Feb-01 Mar", "Paused 01 Mar-25 Mar"]


def test_what_was_heard_before_the_draft_stays_on_the_timeline() -> None:
    facts = replace(LCSPR, engaged_on=DAY, requests=Requests(2, 1, BEGUN), drafts=Drafts(1, LATER))
    assert told(facts) == [
        "Agency reports 01 Feb-01 Mar",
        "Practitioners and family 01 Mar-10 Mar",
        "Draft and accuracy 10 Mar-25 Mar",
    ]


def test_a_review_that_is_still_to_begin_has_no_stretch() -> None:
    assert spans_of(replace(LCSPR, started_on=COMING), TODAY) == ()


@pytest.mark.parametrize(
    "facts",
    [
        RAPID,
        replace(RAPID, requests=Requests(3, 2, DAY)),
        replace(RAPID, requests=Requests(3, 0, DAY, None)),
        replace(RAPID, meeting_on=COMING),
        replace(RAPID, meeting_on=DAY),
        replace(RAPID, decision="audit"),
        replace(RAPID, sent_to_panel_on=DAY),
        replace(RAPID, letters=Letters(DAY, LATER)),
        replace(RAPID, letters=Letters(DAY, LATER, LATER)),
        replace(RAPID, finished_on=DAY),
        replace(LCSPR, reviewer_named=True),
        replace(LCSPR, commissioned_on=DAY),
        replace(LCSPR, engaged_on=DAY),
        replace(LCSPR, drafts=Drafts(1)),
        replace(LCSPR, drafts=Drafts(1, DAY, DAY, LATER)),
        replace(LCSPR, signed=ALL_THREE),
        replace(LCSPR, report_sent_on=DAY),
        replace(LCSPR, published_on=DAY),
        replace(LCSPR, publication="not_published"),
        replace(LCSPR, reviewer_named=True, delayed_by="inquest"),
        replace(LCSPR, kind="thematic", drafts=Drafts(1, DAY, DAY, LATER)),
    ],
)
def test_the_last_bar_is_the_stage_in_words(facts: StageFacts) -> None:
    stage, last = stage_of(facts, TODAY), spans_of(facts, TODAY)[-1]
    name = stage.within if stage.name is StageName.DELAYED else stage.name
    assert last.lasts
    assert (last.reached or last.name) is name
