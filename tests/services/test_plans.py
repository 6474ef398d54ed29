"""A plan is made from the day plan, moves only when it is told to, and is ticked off."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, UserError
from oscb_desktop.queries.plans import day_plan, moves, steps_due, usual_steps
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.services.plans import CompleteStep, MakePlan, RePlan, UseUsualPlan
from oscb_desktop.services.records import AddRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make
from tests.services.acts import change

SENT = date(2022, 5, 27)
"""The Friday before the jubilee: 15 working days end on Tue 21 Jun 2022."""


@pytest.fixture
def review(store: Store) -> int:
    store.practice_today = date(2022, 6, 1)
    incident = make(store, "incident", aware_on=date(2022, 5, 25), notified_on=SENT)
    return make(store, "review", incident=incident, started_on=SENT)


def steps(store: Store, review: int) -> tuple[RecordRow, ...]:
    return store.read(records, "plan_step", owner=review)


def due(store: Store, review: int) -> list[str]:
    return [str(step.values["due_on"]) for step in steps(store, review)]


def test_the_days_are_counted_in_working_days_from_the_notification(
    store: Store, review: int
) -> None:
    assert store.write(MakePlan(review)).label == "Make the plan of review RR-2022-01 Child M"
    made = due(store, review)
    assert made[0] == "2022-05-30"
    assert made[-1] == "2022-06-21"
    assert made == sorted(made)
    with pytest.raises(UserError, match="every step of its day plan"):
        store.write(MakePlan(review))


def test_a_local_review_counts_on_from_the_decision_and_back_from_publication(
    store: Store,
) -> None:
    review = make(store, "review", kind="lcspr", initiated_on=date(2022, 3, 1))
    store.write(MakePlan(review))
    by_anchor = {step.values["anchor"]: step.values["due_on"] for step in steps(store, review)}
    assert by_anchor["publication"] is None
    change(store, "review", review, publication_planned_on=date(2026, 4, 8))
    shown = {move.text: move.new_on for move in store.read(moves, review)}
    assert shown["Full report to the Panel and the Secretary of State"] == date(2026, 3, 26)
    assert all(step.old_on is None for step in store.read(moves, review))


def test_a_kind_of_review_without_a_day_plan_is_given_none(store: Store) -> None:
    thematic = make(store, "review", kind="thematic")
    with pytest.raises(UserError):
        store.write(MakePlan(thematic))


def test_a_moved_date_moves_what_is_ticked_and_nothing_that_is_done(
    store: Store, review: int
) -> None:
    store.write(MakePlan(review))
    first, second, *rest = steps(store, review)
    store.write(CompleteStep(first.id, first.version, date(2022, 3, 25)))
    change(store, "plan_step", second.id, due_on=date(2022, 6, 1))
    incident = store.read(records, "incident")[0]
    change(store, "incident", incident.id, notified_on=date(2022, 5, 30))
    shown = store.read(moves, review)
    assert first.id not in {move.id for move in shown}
    assert {move.id for move in shown if move.by_hand} == {second.id}
    (last,) = (move for move in shown if move.id == rest[-1].id)
    assert (last.old_on, last.new_on) == (date(2022, 6, 21), date(2022, 6, 22))
    ticked = tuple((move.id, move.new_on) for move in shown if not move.by_hand)
    assert store.write(RePlan(review, ticked)).label.startswith("Re-plan review RR-2022-01")
    now = {step.id: step.values["due_on"] for step in steps(store, review)}
    assert now[second.id] == date(2022, 6, 1)
    assert now[first.id] == date(2022, 5, 30)
    assert now[last.id] == date(2022, 6, 22)
    assert [move.id for move in store.read(moves, review)] == [second.id]
    store.write(Undo())
    assert {move.by_hand for move in store.read(moves, review) if move.id == last.id} == {False}


def test_what_was_shown_must_still_be_what_would_move(store: Store, review: int) -> None:
    store.write(MakePlan(review))
    incident = store.read(records, "incident")[0]
    change(store, "incident", incident.id, notified_on=date(2022, 5, 30))
    shown = tuple((move.id, move.new_on) for move in store.read(moves, review))
    change(store, "incident", incident.id, notified_on=date(2022, 5, 31))
    with pytest.raises(ConflictError, match="Look at the plan again"):
        store.write(RePlan(review, shown))
    with pytest.raises(UserError, match="nothing would move"):
        store.write(RePlan(review, ()))


def test_a_step_is_ticked_off_and_taken_up_again(store: Store) -> None:
    step = make(store, "plan_step", due_on=date(2022, 3, 24))
    (due_now,) = store.read(steps_due, store.today(), store.today())
    assert (due_now.is_late, due_now.words) == (True, "1 working day late")
    with pytest.raises(UserError, match="day to come"):
        store.write(CompleteStep(step, 1, date(2022, 3, 26)))
    changes = store.write(CompleteStep(step, 1, store.today()))
    assert changes.label == "Done: Ask the agencies, RR-2021-01 Child M"
    assert store.read(steps_due, store.today(), store.today()) == ()
    with pytest.raises(ConflictError):
        store.write(CompleteStep(step, 1, None))
    with pytest.raises(UserError, match="stands so already"):
        store.write(CompleteStep(step, 2, store.today()))
    store.write(CompleteStep(step, 2, None))
    assert len(store.read(steps_due, store.today(), store.today())) == 1


def test_the_steps_of_a_review_that_has_ended_are_not_due(store: Store) -> None:
    ended = make(store, "review", finished_on=date(2022, 3, 1))
    make(store, "plan_step", review=ended, due_on=date(2022, 2, 1))
    assert store.read(steps_due, store.today(), store.today()) == ()


def test_a_file_may_have_day_plans_of_its_own(store: Store, review: int) -> None:
    assert len(store.read(day_plan, "rapid_review")) == 9
    store.write(UseUsualPlan())
    assert len(store.read(records, "plan_template_step")) == len(usual_steps())
    with pytest.raises(UserError, match="day plans of its own"):
        store.write(UseUsualPlan())
    values: dict[str, Value] = {
        "number": 3,
        "text": "Ring round",
        "anchor": "notified",
        "working_days": 0,
    }
    store.write(AddRecord("plan_template_step", {"plan": "rapid_review", **values}))
    assert len(store.read(day_plan, "rapid_review")) == 10
    store.write(MakePlan(review))
    (mine,) = (step for step in steps(store, review) if step.words("text") == "Ring round")
    assert mine.values["due_on"] == SENT


def test_a_day_beyond_the_holiday_table_is_left_open(store: Store) -> None:
    store.practice_today = date(2160, 1, 2)
    review = make(store, "review", kind="lcspr", initiated_on=store.today())
    store.write(MakePlan(review))
    assert set(due(store, review)) == {"None"}
