"""What is done to escalate: a step is logged once, its answer beside it, the ladder made ours."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.escalation import ladder, steps_taken, usual_ladder
from oscb_desktop.queries.records import records
from oscb_desktop.services.escalation import Escalate, NoteAnswer, UseUsualLadder
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


@pytest.fixture
def action(store: Store) -> int:
    return make(store, "action", reference="A-2021-04", due_on=date(2022, 3, 1))


def escalate(store: Store, action: int, step: str = "subgroup_chair") -> None:
    store.write(Escalate(action, step, TODAY, "The chair", "Please ask."))


def test_a_step_is_logged_and_its_answer_kept(store: Store, action: int) -> None:
    changes = store.write(Escalate(action, "subgroup_chair", TODAY, "The chair", "Please ask."))
    assert changes.label == "Escalate action A-2021-04: Chair of the subgroup"
    (taken,) = store.read(steps_taken, action)
    assert taken.words() == "25 Mar 2022, chair of the subgroup: The chair; no answer yet"
    store.write(NoteAnswer(taken.id, taken.version, TODAY, "By May."))
    (taken,) = store.read(steps_taken, action)
    assert taken.words().endswith("The chair; answered on 25 Mar 2022: By May.")
    store.write(Undo())
    store.write(Undo())
    assert store.read(steps_taken, action) == ()


def test_a_step_is_taken_once(store: Store, action: int) -> None:
    escalate(store, action)
    sentence = "A-2021-04 was taken to “Chair of the subgroup” on 25 Mar 2022 already."
    with pytest.raises(UserError, match=sentence):
        escalate(store, action)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"scope": "national"}, "raised nationally"),
        ({"delivery": "complete", "completed_on": TODAY}, "not open any more"),
        ({"delivery": "no_longer_required"}, "not open any more"),
    ],
)
def test_what_is_not_ours_or_ended_is_refused(
    store: Store, values: dict[str, object], sentence: str
) -> None:
    made = make(store, "action", **values)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=sentence):
        escalate(store, made)
    assert store.read(records, "escalation") == ()


def test_nothing_is_logged_on_a_day_to_come(store: Store, action: int) -> None:
    tomorrow = TODAY + timedelta(days=1)
    with pytest.raises(InvalidRecord, match="day to come"):
        store.write(Escalate(action, "subgroup_chair", tomorrow, "The chair"))
    escalate(store, action)
    (taken,) = store.read(steps_taken, action)
    with pytest.raises(InvalidRecord, match="day to come"):
        store.write(NoteAnswer(taken.id, taken.version, tomorrow, "By May."))
    with pytest.raises(InvalidRecord, match="what was answered"):
        store.write(NoteAnswer(taken.id, taken.version, TODAY, " "))


def test_the_usual_ladder_is_written_into_the_file_once(store: Store) -> None:
    make(store, "ladder_step", step="subgroup_chair", days=10)
    store.write(UseUsualLadder())
    assert {rung.step for rung in store.read(ladder)} == {rung.step for rung in usual_ladder()}
    assert next(one for one in store.read(ladder) if one.step == "subgroup_chair").days == 10
    with pytest.raises(UserError, match="every step of the ladder already"):
        store.write(UseUsualLadder())
