"""The decision, the letter and the Panel's reply: what is asked for, what follows, what is kept."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.figures import figures
from oscb_desktop.queries.history import history
from oscb_desktop.queries.records import RecordRow, record, records
from oscb_desktop.services.decisions import (
    RecordDecision,
    RecordPanelLetter,
    SendToPanel,
    StartLocalReview,
)
from oscb_desktop.services.records import AddRecord, AmendRecord
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import change

DECIDED = date(2022, 2, 1)


@pytest.fixture
def rapid(store: Store) -> int:
    incident = make(store, "incident", notified_on=date(2022, 1, 10))
    child = make(store, "child", incident=incident)
    return make(
        store,
        "review",
        incident=incident,
        children=(child,),
        started_on=date(2022, 1, 10),
        role="lead",
        partnerships="North",
        themes=(make(store, "theme", name="Neglect"),),
    )


def read(store: Store, review: int) -> RecordRow:
    row = store.read(record, "review", review)
    assert row is not None
    return row


def decide(store: Store, review: int, **values: Value) -> None:
    store.write(RecordDecision(review, read(store, review).version, values))


def test_criteria_met_without_an_lcspr_ask_for_the_reason(store: Store, rapid: int) -> None:
    answers: dict[str, Value] = {"criteria_met": True, "lcspr_commissioned": False}
    with pytest.raises(InvalidRecord) as refused:
        decide(store, rapid, **answers)
    assert [fault.field for fault in refused.value.faults] == ["decision_reason"]
    decide(store, rapid, **answers, decision_reason="Known already.")
    row = read(store, rapid)
    assert row.values["criteria_met"] is True
    assert row.values["lcspr_commissioned"] is False


def test_what_is_odd_is_recorded_all_the_same(store: Store, rapid: int) -> None:
    decide(store, rapid, criteria_met=False, lcspr_commissioned=True, facts_sufficient=False)
    assert read(store, rapid).values["lcspr_commissioned"] is True


def test_only_a_rapid_review_is_decided_in_this_way(store: Store) -> None:
    full = make(store, "review", kind="lcspr")
    for command in (
        RecordDecision(full, 1, {"criteria_met": True}),
        SendToPanel(full, 1, {"sent_to_panel_on": DECIDED}),
        StartLocalReview(full),
    ):
        with pytest.raises(UserError, match="rapid review only"):
            store.write(command)


def test_a_decision_on_what_was_changed_meanwhile_is_a_conflict(store: Store, rapid: int) -> None:
    decide(store, rapid, criteria_met=True)
    with pytest.raises(ConflictError):
        store.write(RecordDecision(rapid, 1, {"criteria_met": False}))


def test_it_is_sent_on_a_day_that_has_come(store: Store, rapid: int) -> None:
    for sent in (None, date(2022, 3, 26)):
        with pytest.raises(InvalidRecord):
            store.write(SendToPanel(rapid, 1, {"sent_to_panel_on": sent}))
    values: dict[str, Value] = {"sent_to_panel_on": DECIDED, "late_reason": "Snow."}
    store.write(SendToPanel(rapid, 1, values))
    assert read(store, rapid).words("sent_to_panel_on") == "01 Feb 2022"
    assert read(store, rapid).words("late_reason") == "Snow."


def test_the_panel_does_not_answer_before_it_was_asked(store: Store, rapid: int) -> None:
    store.write(SendToPanel(rapid, 1, {"sent_to_panel_on": DECIDED}))
    letter: dict[str, Value] = {
        "review": rapid,
        "kind": "agrees_no_lcspr",
        "received_on": date(2022, 1, 31),
    }
    with pytest.raises(InvalidRecord, match="01 Feb 2022 only"):
        store.write(AddRecord("panel_response", letter))
    store.write(AddRecord("panel_response", {**letter, "received_on": DECIDED}))
    later = {"sent_to_panel_on": date(2022, 2, 2)}
    with pytest.raises(InvalidRecord, match="answered on 01 Feb 2022"):
        store.write(AmendRecord("review", rapid, read(store, rapid).version, later))


def test_a_letter_on_what_was_never_sent_is_refused(store: Store, rapid: int) -> None:
    for command in (
        RecordPanelLetter(rapid, 1, letter()),
        AddRecord("panel_response", letter(review=rapid)),
    ):
        with pytest.raises(InvalidRecord, match="not recorded as sent") as refused:
            store.write(command)
        assert [fault.field for fault in refused.value.faults] == ["received_on"]
    store.write(SendToPanel(rapid, 1, {"sent_to_panel_on": DECIDED}))
    store.write(AddRecord("panel_response", letter(review=rapid)))
    cleared: dict[str, Value] = {"sent_to_panel_on": None}
    with pytest.raises(InvalidRecord, match="answered on 20 Feb 2022, so it was sent"):
        store.write(AmendRecord("review", rapid, read(store, rapid).version, cleared))


def test_a_letter_of_old_whose_sending_nobody_knows_can_be_put_right(
    store: Store, rapid: int
) -> None:
    old = make(store, "panel_response", review=rapid)
    change(store, "panel_response", old, received_on=date(2021, 6, 21), points="Say more.")
    full = make(store, "review", kind="lcspr")
    other = make(store, "panel_response", review=full)
    with pytest.raises(InvalidRecord, match="not recorded as sent"):
        change(store, "panel_response", other, review=rapid)
    store.write(AddRecord("panel_response", letter(review=full)))


def test_it_is_decided_before_it_is_sent_unless_a_letter_changed_it(
    store: Store, rapid: int
) -> None:
    decide(store, rapid, decided_on=DECIDED)
    early = SendToPanel(rapid, 2, {"sent_to_panel_on": date(2022, 1, 31)})
    with pytest.raises(InvalidRecord, match="cannot come before"):
        store.write(early)
    store.write(SendToPanel(rapid, 2, {"sent_to_panel_on": DECIDED}))
    later: dict[str, Value] = {"decided_on": date(2022, 2, 21)}
    with pytest.raises(InvalidRecord, match="cannot come before"):
        decide(store, rapid, **later)
    changed = letter(decision_changed=True)
    store.write(RecordPanelLetter(rapid, read(store, rapid).version, changed, decision=later))
    assert read(store, rapid).values["decided_on"] == date(2022, 2, 21)


def test_the_lcspr_begins_with_what_the_rapid_review_knows(store: Store, rapid: int) -> None:
    with pytest.raises(UserError, match="day of the decision"):
        store.write(StartLocalReview(rapid))
    decide(store, rapid, lcspr_commissioned=True, decided_on=DECIDED)
    changes = store.write(StartLocalReview(rapid))
    assert changes.record_id is not None
    local, before = read(store, changes.record_id), read(store, rapid)
    assert local.values["kind"] == "lcspr"
    assert local.values["arose_from"] == rapid
    assert local.values["initiated_on"] == local.values["started_on"] == DECIDED
    for name in ("incident", "children", "known_as", "role", "partnerships", "themes"):
        assert local.values[name] == before.values[name]
    with pytest.raises(UserError, match="arose from this rapid review already"):
        store.write(StartLocalReview(rapid))


def letter(**values: Value) -> dict[str, Value]:
    return {"kind": "disagrees_should_be", "received_on": date(2022, 2, 20), **values}


def test_several_letters_each_with_its_answer(store: Store, rapid: int) -> None:
    change(store, "review", rapid, sent_to_panel_on=DECIDED)
    for day in (20, 25):
        received = letter(received_on=date(2022, 2, day))
        store.write(RecordPanelLetter(rapid, read(store, rapid).version, received))
    first, second = store.read(records, "panel_response", owner=rapid)
    answer: dict[str, Value] = {"our_reply": "We agree.", "replied_on": date(2022, 2, 27)}
    store.write(RecordPanelLetter(rapid, 1, answer, second.id, second.version))
    told = store.read(record, "panel_response", second.id)
    assert told is not None
    assert told.words("our_reply") == "We agree."
    with pytest.raises(ConflictError):
        store.write(RecordPanelLetter(rapid, 1, answer, first.id, first.version + 1))


def test_a_letter_changes_the_decision_in_one_step_and_the_figures_follow(
    store: Store, rapid: int
) -> None:
    decide(
        store,
        rapid,
        criteria_met=True,
        lcspr_commissioned=False,
        decision="rapid_review_learning",
        decision_reason="Known already.",
        decided_on=DECIDED,
        sent_to_panel_on=DECIDED,
    )
    year = ReportingYear.beginning(2021)

    def counted() -> tuple[object, object]:
        found = {one.name: one.value for one in store.read(figures, year, store.today())}
        return found["rapid_reviews_recommending_cspr"], found["panel_agreed"]

    assert counted() == (0, 0)
    changes = store.write(
        RecordPanelLetter(
            rapid,
            read(store, rapid).version,
            letter(decision_changed=True),
            decision={"lcspr_commissioned": True, "decision": "lcspr"},
        )
    )
    assert {kind for kind, _ in changes.records} == {"panel_response", "review"}
    assert counted() == (1, 0)
    store.write(RecordPanelLetter(rapid, 1, letter(kind="agrees_lcspr", received_on=store.today())))
    assert counted() == (1, 1)
    past = repr(store.read(history, "review", rapid))
    assert "Learning of the rapid review is enough" in past


def test_a_changed_decision_is_held_to_its_reason(store: Store, rapid: int) -> None:
    decide(store, rapid, criteria_met=True, lcspr_commissioned=True, sent_to_panel_on=DECIDED)
    changed = RecordPanelLetter(
        rapid,
        read(store, rapid).version,
        letter(decision_changed=True),
        decision={"lcspr_commissioned": False},
    )
    with pytest.raises(InvalidRecord, match="say why"):
        store.write(changed)
    assert store.read(records, "panel_response", owner=rapid) == ()
    assert read(store, rapid).values["lcspr_commissioned"] is True
