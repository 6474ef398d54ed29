"""What a stage follows from is read from the records around a review, live ones alone."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.stages import Drafts, Letters, OpenPause, Requests, SignOffs, StageFacts
from oscb_desktop.queries.stages import stage_facts
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import withdraw

FIRST, SECOND, THIRD = date(2022, 2, 1), date(2022, 2, 8), date(2022, 2, 15)


def facts(store: Store, review: int) -> StageFacts:
    alone = store.read(stage_facts, store.today(), review)[review]
    among_all = store.read(stage_facts, store.today())[review]
    assert alone.requests == among_all.requests
    return alone


def test_only_requests_for_information_that_were_sent_count(store: Store) -> None:
    review = make(store, "review")
    make(store, "agency_request", review=review)
    make(store, "agency_request", review=review, requested_on=SECOND)
    make(store, "agency_request", review=review, requested_on=FIRST, received_on=THIRD)
    make(store, "agency_request", review=review, requested_on=FIRST, outcome="nil_return")
    make(store, "agency_request", review=review, requested_on=FIRST, withdrawn_on=SECOND)
    make(store, "agency_request", review=review, requested_on=FIRST, purpose="accuracy")
    gone = make(store, "agency_request", review=review, requested_on=FIRST)
    withdraw(store, "agency_request", gone)
    assert facts(store, review).requests == Requests(3, 1, FIRST, THIRD)


def test_a_letter_that_asks_is_open_until_our_answer_or_the_next_letter(store: Store) -> None:
    review = make(store, "review")
    make(store, "panel_response", review=review, received_on=FIRST, kind="clarification")
    assert facts(store, review).letters == Letters(FIRST, FIRST, FIRST)
    make(store, "panel_response", review=review, received_on=SECOND, kind="agrees_no_lcspr")
    assert facts(store, review).letters == Letters(FIRST, SECOND)
    answered = make(store, "review")
    make(
        store,
        "panel_response",
        review=answered,
        received_on=FIRST,
        kind="quality_concern",
        replied_on=SECOND,
    )
    assert facts(store, answered).letters == Letters(FIRST, FIRST)


def test_the_sign_off_of_its_own_paper_counts(store: Store) -> None:
    local = make(store, "review", kind="lcspr")
    make(store, "partner_sign_off", review=local, partner="police", signed_on=FIRST)
    assert facts(store, local).signed == SignOffs()
    make(store, "partner_sign_off", review=local, stage="report", signed_on=SECOND)
    assert facts(store, local).signed == SignOffs(frozenset({"police"}), SECOND)


def test_the_newest_draft_stands_for_all(store: Store) -> None:
    review = make(store, "review", kind="lcspr")
    make(store, "report_draft", review=review, number=2, made_on=SECOND, sent_on=THIRD)
    make(store, "report_draft", review=review, number=1, made_on=FIRST, returned_on=FIRST)
    assert facts(store, review).drafts == Drafts(2, FIRST, THIRD, None)


def test_a_pause_counts_while_it_lasts(store: Store) -> None:
    review = make(store, "review", kind="lcspr")
    make(store, "pause", review=review, from_on=FIRST, until_on=SECOND)
    coming = make(store, "pause", review=review, from_on=date(2022, 6, 1))
    assert facts(store, review).pause is None
    store.write(WithdrawRecord("pause", coming, 1))
    make(store, "pause", review=review, from_on=THIRD, reason="inquest", publication_only=True)
    assert facts(store, review).pause == OpenPause(THIRD, "inquest", publication_only=True)
    other = make(store, "review", kind="lcspr")
    make(store, "pause", review=other, from_on=SECOND, reason="legal", panel_told_on=SECOND)
    assert facts(store, other).pause == OpenPause(SECOND, "legal advice", panel_told=True)


def test_what_else_is_read(store: Store) -> None:
    incident = make(store, "incident", aware_on=FIRST, notified_on=SECOND)
    rapid = make(store, "review", incident=incident, decision_reason="Known already.")
    local = make(
        store, "review", kind="lcspr", arose_from=rapid, delay_reasons=("inquest", "legal")
    )
    make(store, "engagement", review=local, met_on=SECOND)
    make(store, "engagement", review=local, who="Father", contacted_on=FIRST, met_on=THIRD)
    make(store, "parallel_process", review=local, holds_publication=True)
    make(store, "parallel_process", review=local, kind="criminal", contact="The officer")
    make(store, "progress_check", review=local)
    before, after = facts(store, rapid), facts(store, local)
    assert (before.notified_on, before.lcspr_begun) == (SECOND, True)
    assert "decision_reason" in before.filled
    assert "late_reason" not in before.filled
    assert (after.engaged_on, after.waits_for, after.progress_checks) == (FIRST, ("inquest",), 1)
    assert (after.delayed_by, after.lcspr_begun) == ("inquest, legal advice", False)


def test_the_day_of_the_panel_is_that_of_its_meeting(store: Store) -> None:
    review = make(store, "review", meeting_on=FIRST)
    assert (facts(store, review).meeting_on, facts(store, review).typed_meeting_on) == (FIRST, None)
    other = make(store, "meeting", kind="subgroup", held_on=THIRD, reviews=(review,))
    assert facts(store, review).meeting_on == FIRST
    panel = make(store, "meeting", kind="rapid_review", held_on=SECOND, reviews=(review,))
    told = facts(store, review)
    assert (told.meeting_on, told.typed_meeting_on) == (SECOND, FIRST)
    assert store.read(stage_facts, store.today())[review].meeting_on == SECOND
    store.write(WithdrawRecord("meeting", panel, 1))
    assert (facts(store, review).meeting_on, facts(store, review).typed_meeting_on) == (FIRST, None)
    assert other


def test_of_several_panel_meetings_the_last_before_the_decision_counts(store: Store) -> None:
    undecided = make(store, "review")
    decided = make(store, "review", decided_on=SECOND, meeting_on=FIRST)
    for held_on in (FIRST, SECOND, THIRD):
        both = (undecided, decided)
        make(store, "meeting", kind="rapid_review", held_on=held_on, reviews=both)
    assert facts(store, undecided).meeting_on == THIRD
    assert facts(store, decided).meeting_on == SECOND
    assert facts(store, decided).typed_meeting_on is None


def test_the_children_of_the_incident_who_are_not_in_the_review_are_named(store: Store) -> None:
    incident = make(store, "incident")
    one = make(store, "child", incident=incident, known_as="Elm 1")
    review = make(store, "review", incident=incident, children=(one,))
    two = make(store, "child", incident=incident, known_as="Elm 2")
    local = make(store, "review", kind="lcspr", incident=incident, children=(one,))
    told = facts(store, review)
    assert (told.children, told.left_out) == (1, ("Elm 2",))
    assert facts(store, local).left_out == ()
    store.write(WithdrawRecord("child", two, 1))
    assert facts(store, review).left_out == ()
    assert facts(store, make(store, "review")).children == 0


def test_whose_notification_it_is(store: Store) -> None:
    alone = facts(store, make(store, "review"))
    assert (alone.has_incident, alone.we_notify) == (False, True)
    incident = make(store, "incident", notified_by="other_authority")
    theirs = facts(store, make(store, "review", incident=incident))
    assert (theirs.has_incident, theirs.we_notify) == (True, False)
