"""Planning, sending, delaying, publishing and taking down: what is kept and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from oscb_desktop.domain.publication import (
    action_plan_words,
    availability_words,
    before_publishing,
    delay_words,
    report_words,
)
from oscb_desktop.domain.stages import StageName
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.publication import action_plan, publication_of
from oscb_desktop.queries.records import RecordRow, record
from oscb_desktop.queries.standing import standing
from oscb_desktop.services.publication import (
    NotPublish,
    PlanPublication,
    Publish,
    SendReport,
    TakeDown,
    TellOfDelay,
)
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make

# The tests' today is 25 Mar 2022.
BEGUN = date(2021, 10, 1)
SENT = date(2022, 3, 10)
PUBLISHED = date(2022, 3, 22)
FULL: Mapping[str, Value] = {
    "publication": "full_report",
    "published_on": PUBLISHED,
    "published_at": "https://example.org/child-g",
}


@pytest.fixture
def review(store: Store, unsigned: int) -> int:
    """A review whose report all three partners signed."""
    for partner in ("local_authority", "health", "police"):
        make(store, "partner_sign_off", review=unsigned, stage="report", partner=partner)
    return unsigned


@pytest.fixture
def unsigned(store: Store) -> int:
    return make(
        store,
        "review",
        kind="lcspr",
        reference="LR-2021-09",
        known_as="Child G",
        started_on=BEGUN,
        initiated_on=BEGUN,
    )


def read(store: Store, review: int) -> RecordRow:
    row = store.read(record, "review", review)
    assert row is not None
    return row


def faults(store: Store, command: object) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as refused:
        store.write(command)  # type: ignore[arg-type]
    return {fault.field: fault.sentence for fault in refused.value.faults}


def plan(store: Store, review: int, on: date) -> None:
    version = read(store, review).version
    store.write(PlanPublication(review, version, {"publication_planned_on": on}))


def send(store: Store, review: int, on: date) -> str:
    return store.write(SendReport(review, read(store, review).version, on)).label


def publish(store: Store, review: int, reason: str = "", **values: Value) -> Publish:
    return Publish(review, read(store, review).version, {**FULL, **values}, reason)


def stage(store: Store, review: int) -> StageName:
    found = store.read(standing, review, store.today())
    assert found is not None
    return found.stage.name


def test_the_report_is_due_seven_working_days_before_the_planned_day(
    store: Store, review: int
) -> None:
    plan(store, review, date(2026, 4, 8))
    facts = store.read(publication_of, review)
    assert facts is not None
    assert facts.report_due_on == date(2026, 3, 26)
    assert report_words(facts) == (
        "The report is due to the Panel and the Secretary of State by Thu 26 Mar 2026, 7 working "
        "days before publication."
    )


def test_a_report_that_goes_late_is_told_by_how_much(store: Store, review: int) -> None:
    plan(store, review, PUBLISHED)
    assert send(store, review, date(2022, 3, 15)).endswith(", 2 working days late")
    facts = store.read(publication_of, review)
    assert facts is not None
    assert report_words(facts) == (
        "Report sent on 15 Mar 2022, 2 working days late; it was due by Fri 11 Mar 2022, 7 working "
        "days before publication."
    )
    assert stage(store, review) is StageName.PRE_PUBLICATION


def test_a_report_in_time_is_not_called_late(store: Store, review: int) -> None:
    plan(store, review, PUBLISHED)
    assert "late" not in send(store, review, SENT)


def test_published_the_review_ends_and_its_stage_follows(store: Store, review: int) -> None:
    send(store, review, SENT)
    label = store.write(publish(store, review)).label
    row = read(store, review)
    assert row.values["finished_on"] == row.values["published_on"] == PUBLISHED
    assert row.values["publication_plan"] is None
    assert stage(store, review) is StageName.PUBLISHED
    assert label == "Publish review LR-2021-09 Child G"
    store.write(Undo())
    assert read(store, review).values["finished_on"] is None


def test_an_earlier_end_of_the_work_stays(store: Store, review: int) -> None:
    ended = date(2022, 2, 1)
    row = read(store, review)
    store.write(AmendRecord("review", review, row.version, {"finished_on": ended}))
    send(store, review, SENT)
    store.write(publish(store, review))
    assert read(store, review).values["finished_on"] == ended


def test_nothing_is_published_before_the_decision(store: Store, review: int) -> None:
    undecided = make(store, "review", kind="lcspr", started_on=BEGUN)
    for command in (
        PlanPublication(undecided, 1, {"publication_planned_on": date(2022, 6, 1)}),
        SendReport(undecided, 1, SENT),
        TellOfDelay(undecided, 1, {"delay_reasons": ("inquest",), "delay_told_on": SENT}),
        Publish(undecided, 1, FULL),
        NotPublish(undecided, 1, {"not_published_reason": "The child could be recognised."}),
    ):
        with pytest.raises(UserError, match="day of the decision to start it first"):
            store.write(command)
    early = date(2021, 9, 30)
    told = faults(store, publish(store, review, published_on=early))
    assert told == {
        "published_on": "That is before the decision to start it, which was made on 01 Oct 2021."
    }
    assert set(faults(store, SendReport(review, 1, early))) == {"report_sent_on"}
    planned = PlanPublication(review, 1, {"publication_planned_on": early})
    assert set(faults(store, planned)) == {"publication_planned_on"}


def test_days_that_are_missing_or_to_come_are_told_at_their_field(
    store: Store, review: int
) -> None:
    ahead = date(2022, 3, 26)
    assert set(faults(store, SendReport(review, 1, None))) == {"report_sent_on"}
    assert set(faults(store, SendReport(review, 1, ahead))) == {"report_sent_on"}
    assert set(faults(store, publish(store, review, published_on=ahead))) == {"published_on"}
    assert set(faults(store, publish(store, review, publication="delayed"))) == {"publication"}
    assert set(faults(store, PlanPublication(review, 1, {}))) == {"publication_planned_on"}
    with pytest.raises(ConflictError):
        store.write(SendReport(review, 7, SENT))


def test_a_report_that_was_not_sent_asks_for_a_reason(store: Store, review: int) -> None:
    told = faults(store, publish(store, review))
    assert told["reason"].startswith("The report has not been sent to the Panel")
    store.write(publish(store, review, "The Panel agreed by letter."))
    kept = read(store, review).values["publication_plan"]
    assert kept == "Published on 22 Mar 2022 all the same: The Panel agreed by letter."


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (date(2022, 3, 11), ""),
        (
            date(2022, 3, 14),
            "The report was sent to the Panel and the Secretary of State on 14 Mar 2022, 1 working "
            "day less than the 7 before publication. Say why it is published all the same.",
        ),
        (
            PUBLISHED,
            "The report was sent to the Panel and the Secretary of State on 22 Mar 2022, 7 working "
            "days less than the 7 before publication. Say why it is published all the same.",
        ),
    ],
)
def test_a_report_that_went_less_than_seven_working_days_before_asks_for_a_reason(
    store: Store, review: int, sent: date, told: str
) -> None:
    send(store, review, sent)
    if told:
        assert faults(store, publish(store, review)) == {"reason": told}
        store.write(publish(store, review, "The Panel agreed to the day by letter."))
    else:
        store.write(publish(store, review))
    assert stage(store, review) is StageName.PUBLISHED


def test_months_that_ran_out_untold_ask_for_a_reason(store: Store, review: int) -> None:
    early = date(2021, 9, 1)
    dates: Mapping[str, Value] = {"started_on": early, "initiated_on": early}
    store.write(AmendRecord("review", review, read(store, review).version, dates))
    send(store, review, SENT)
    assert faults(store, publish(store, review)) == {
        "reason": "The 6 months ran out on 01 Mar 2022, and the Panel and the Secretary of State "
        "have not been told why. Say why it is published all the same."
    }
    delay: Mapping[str, Value] = {"delay_reasons": ("inquest",), "delay_told_on": SENT}
    store.write(TellOfDelay(review, read(store, review).version, delay))
    store.write(publish(store, review))
    assert stage(store, review) is StageName.PUBLISHED


@pytest.mark.parametrize("until", [None, date(2022, 6, 30)])
def test_a_pause_asks_for_a_reason_and_ends_with_the_publication(
    store: Store, review: int, until: date | None
) -> None:
    begins = date(2022, 2, 1)
    pause = make(store, "pause", review=review, reason="inquest", from_on=begins, until_on=until)
    send(store, review, SENT)
    assert faults(store, publish(store, review)) == {
        "reason": "The review is paused from 01 Feb 2022 (Inquest). Publishing it ends the pause. "
        "Say why it is published all the same."
    }
    label = store.write(publish(store, review, "The coroner agreed.")).label
    assert label == "Publish and end the pause of review LR-2021-09 Child G"
    assert until_of(store, pause) == PUBLISHED
    store.write(Undo())
    assert until_of(store, pause) == until


def test_a_pause_that_begins_after_publication_does_not_begin(store: Store, review: int) -> None:
    begins = date(2022, 3, 24)
    pause = make(store, "pause", review=review, reason="inquest", from_on=begins)
    send(store, review, SENT)
    store.write(publish(store, review, "The inquest was put off."))
    assert until_of(store, pause) == begins


def test_a_pause_that_ended_is_no_matter(store: Store, review: int) -> None:
    ended: Mapping[str, Value] = {"from_on": date(2022, 2, 1), "until_on": PUBLISHED}
    make(store, "pause", review=review, reason="inquest", **ended)
    send(store, review, SENT)
    assert store.write(publish(store, review)).label == "Publish review LR-2021-09 Child G"


def until_of(store: Store, pause: int) -> Value:
    row = store.read(record, "pause", pause)
    assert row is not None
    return row.values["until_on"]


def test_a_process_that_holds_publication_asks_for_a_reason(store: Store, review: int) -> None:
    inquest = make(
        store,
        "parallel_process",
        review=review,
        kind="inquest",
        contact="Coroner's officer",
        next_on=date(2022, 5, 3),
        next_what="hearing",
        holds_publication=True,
        constraint="Nothing before the hearing.",
    )
    send(store, review, SENT)
    told = faults(store, publish(store, review))
    assert told == {
        "reason": "Publication must wait for: Inquest (Coroner's officer), next 03 May 2022 "
        "(hearing). Nothing before the hearing. Say why it is published all the same."
    }
    ended: Mapping[str, Value] = {"ended_on": date(2022, 3, 18)}
    store.write(AmendRecord("parallel_process", inquest, 1, ended))
    store.write(publish(store, review))
    assert stage(store, review) is StageName.PUBLISHED


def test_a_report_that_not_all_three_signed_is_published_for_a_reason_that_is_kept(
    store: Store, unsigned: int
) -> None:
    make(store, "partner_sign_off", review=unsigned, stage="report", partner="health")
    send(store, unsigned, SENT)
    assert faults(store, publish(store, unsigned)) == {
        "reason": "Not signed off by: local authority and police. Say why it is published all the "
        "same."
    }
    version = read(store, unsigned).version
    store.write(Publish(unsigned, version, FULL, "Both agreed by e-mail on 21 March."))
    row = read(store, unsigned)
    assert row.values["published_on"] == PUBLISHED
    assert row.values["publication_plan"] == (
        "Published on 22 Mar 2022 all the same: Both agreed by e-mail on 21 March."
    )


@pytest.mark.parametrize(
    ("outcome", "lacks"),
    [
        ("full_report", {"published_at"}),
        ("anonymous", {"repository_sent_on"}),
        ("summary_only", {"published_at", "not_published_reason", "improvements_sent_on"}),
        ("improvements_only", {"published_at", "not_published_reason", "improvements_sent_on"}),
    ],
)
def test_each_way_of_publishing_needs_its_own(
    store: Store, review: int, outcome: str, lacks: set[str]
) -> None:
    send(store, review, SENT)
    told = faults(store, publish(store, review, publication=outcome, published_at=None))
    assert set(told) == lacks
    given: dict[str, Value] = {
        "published_at": "https://example.org",
        "repository_sent_on": SENT,
        "not_published_reason": "The child could be recognised.",
        "improvements_sent_on": SENT,
    }
    values = {**FULL, "publication": outcome, **{name: given[name] for name in lacks}}
    store.write(Publish(review, read(store, review).version, values))
    assert read(store, review).values["publication"] == outcome


def test_a_review_that_is_not_statutory_needs_none_of_it(store: Store) -> None:
    local = make(store, "review", kind="partnership_learning", started_on=BEGUN)
    store.write(publish(store, local, publication="summary_only", published_at=None))
    assert stage(store, local) is StageName.PUBLISHED


def test_not_to_publish_needs_its_justification(store: Store, review: int) -> None:
    assert set(faults(store, NotPublish(review, 1, {}))) == {"not_published_reason"}
    values: dict[str, Value] = {"not_published_reason": "She could be recognised."}
    store.write(NotPublish(review, 1, values))
    assert stage(store, review) is StageName.NOT_PUBLISHED
    found = store.read(standing, review, store.today())
    assert found is not None
    assert [one.sentence for one in found.missing] == [
        "The improvements have not been sent to the Panel and the Secretary of State.",
        "The day on which the work ended is not recorded.",
        "Not yet told of it: the Panel, Ofsted and DfE.",
    ]


def test_published_once_is_published(store: Store, review: int) -> None:
    send(store, review, SENT)
    store.write(publish(store, review))
    version = read(store, review).version
    refused = NotPublish(review, version, {"not_published_reason": "x"})
    for command in (publish(store, review), refused):
        with pytest.raises(UserError, match="published on 22 Mar 2022 already"):
            store.write(command)


def test_it_comes_down_after_a_year_and_by_decision_only(store: Store, review: int) -> None:
    with pytest.raises(UserError, match="not published"):
        store.write(TakeDown(review, 1, SENT, "The partners decided."))
    old = make(
        store,
        "review",
        kind="lcspr",
        started_on=date(2020, 1, 6),
        initiated_on=date(2020, 1, 6),
        published_on=date(2021, 2, 1),
        publication_plan="Local press told.",
    )
    told = faults(store, TakeDown(old, 1, date(2022, 1, 31), "Decided."))
    assert told["taken_down_on"].endswith(
        "available for at least 12 months: it may come down from 01 Feb 2022."
    )
    assert set(faults(store, TakeDown(old, 1, date(2022, 2, 1), " "))) == {"decision"}
    store.write(TakeDown(old, 1, date(2022, 2, 1), "Partners, 31 Jan, at the family's wish."))
    kept = str(read(store, old).values["publication_plan"]).splitlines()
    assert kept == [
        "Local press told.",
        "Taken down on 01 Feb 2022 by decision: Partners, 31 Jan, at the family's wish.",
    ]
    with pytest.raises(UserError, match="taken down on 01 Feb 2022 already"):
        store.write(TakeDown(old, 2, date(2022, 2, 2), "Again."))


def test_a_delay_is_told_with_its_reasons(store: Store) -> None:
    begun = date(2021, 9, 1)
    review = make(store, "review", kind="lcspr", started_on=begun, initiated_on=begun)
    told: dict[str, Value] = {"delay_reasons": ("inquest",), "delay_told_on": SENT}
    assert set(faults(store, TellOfDelay(review, 1, {"delay_told_on": SENT}))) == {"delay_reasons"}
    before = store.read(publication_of, review)
    assert before is not None
    assert delay_words(before, date(2022, 2, 1)) == ""
    assert delay_words(before, store.today()) == (
        "6 months ran out on 01 Mar 2022; the reasons have not been told."
    )
    store.write(TellOfDelay(review, 1, told))
    after = store.read(publication_of, review)
    assert after is not None
    assert delay_words(after, store.today()) == (
        "6 months ran out on 01 Mar 2022; reasons told on 10 Mar 2022."
    )
    assert stage(store, review) is StageName.DELAYED


def test_who_is_still_to_be_told_is_named(store: Store, unsigned: int) -> None:
    make(store, "engagement", review=unsigned, kind="family", who="mother", response="takes_part")
    make(store, "engagement", review=unsigned, kind="family", who="father", response="declined")
    make(store, "engagement", review=unsigned, kind="practitioner", who="school nurse")
    make(store, "partner_sign_off", review=unsigned, stage="report", partner="police")
    facts = store.read(publication_of, unsigned)
    assert facts is not None
    assert before_publishing(facts) == (
        "Not signed off by: local authority and health.",
        "Not yet told before publication: mother.",
        "The report has not been sent to the Panel and the Secretary of State.",
    )


def test_from_when_it_may_come_down(store: Store, review: int) -> None:
    send(store, review, SENT)
    store.write(publish(store, review))
    facts = store.read(publication_of, review)
    assert facts is not None
    day = date(2023, 3, 22)
    assert availability_words(facts, store.today()) == (
        "May come down from 22 Mar 2023, by decision only."
    )
    assert availability_words(facts, day) == "May come down since 22 Mar 2023, by decision only."


def test_the_action_plan_stays_live_until_all_is_assured(store: Store, review: int) -> None:
    assert action_plan_words(*store.read(action_plan, review)) == ""
    done: dict[str, Value] = {
        "delivery": "complete",
        "completed_on": date(2022, 3, 1),
        "assurance": "evidence_accepted",
        "signed_off_on": date(2022, 3, 2),
        "signed_off_by": "Chair",
    }
    make(store, "action", review=review, **done)
    assert action_plan_words(*store.read(action_plan, review)) == "Its action is assured."
    make(store, "action", review=review, text="Ask.")
    make(store, "action", review=review, text="Dropped.", delivery="no_longer_required")
    told = action_plan_words(*store.read(action_plan, review))
    assert told == "Action plan live: 1 of 2 actions are not assured yet."
    assert action_plan_words(2, 0) == "Action plan finished: all 2 assured."
    assert action_plan_words(1, 1) == "Action plan live: its one action is not assured yet."


def test_a_rapid_review_is_not_published(store: Store) -> None:
    rapid = make(store, "review")
    with pytest.raises(UserError, match="sent to the Panel"):
        store.write(SendReport(rapid, 1, SENT))
