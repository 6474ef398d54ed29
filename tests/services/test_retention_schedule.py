"""The suggested schedule is taken once, as it stands in its file."""

from __future__ import annotations

import pytest

from oscb_desktop.errors import UserError
from oscb_desktop.queries.retention import CLASS_KINDS, schedule
from oscb_desktop.services.retention_schedule import TakeSuggestedSchedule, suggested
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.replay import hangs_together


def test_it_has_a_line_for_each_class_and_no_authority_of_its_own(store: Store) -> None:
    store.write(TakeSuggestedSchedule())
    taken = store.read(schedule)
    assert list(taken) == list(CLASS_KINDS)
    assert {rule.authority for rule in taken.values()} == {""}
    assert all("to be agreed" in line["notes"] for line in suggested())
    assert store.read(hangs_together)


def test_it_is_taken_into_an_empty_schedule_alone_and_can_be_undone(store: Store) -> None:
    store.write(TakeSuggestedSchedule())
    with pytest.raises(UserError, match="There is a schedule already"):
        store.write(TakeSuggestedSchedule())
    store.write(Undo())
    assert store.read(schedule) == {}
