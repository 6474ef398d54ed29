"""Milestones are ticked off on a day, and the tick can be taken away."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.errors import ConflictError, UserError
from oscb_desktop.queries.records import record
from oscb_desktop.services.milestones import CompleteMilestone
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


@pytest.fixture
def milestone(store: Store) -> int:
    action = make(store, "action", reference="A-2021-04")
    return make(store, "milestone", action=action, text="First draft", due_on=date(2022, 3, 20))


def done_on(store: Store, milestone: int) -> object:
    found = store.read(record, "milestone", milestone)
    assert found is not None
    return found.values["done_on"]


def test_a_milestone_is_done_and_not_done_after_all(store: Store, milestone: int) -> None:
    changes = store.write(CompleteMilestone(milestone, 1, TODAY))
    assert changes.label == "Done: First draft, A-2021-04"
    assert done_on(store, milestone) == TODAY
    changes = store.write(CompleteMilestone(milestone, 2, None))
    assert changes.label == "Not done after all: First draft, A-2021-04"
    store.write(Undo())
    assert done_on(store, milestone) == TODAY


def test_what_cannot_be_is_refused(store: Store, milestone: int) -> None:
    with pytest.raises(UserError, match="day to come"):
        store.write(CompleteMilestone(milestone, 1, date(2022, 3, 26)))
    with pytest.raises(UserError, match="stands so already"):
        store.write(CompleteMilestone(milestone, 1, None))
    with pytest.raises(ConflictError):
        store.write(CompleteMilestone(milestone, 2, TODAY))
