"""What Today says on a day."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.queries.today import TodayRows, today_rows
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import withdraw

TODAY = date(2022, 3, 25)


def _today(store: Store) -> TodayRows:
    return store.read(today_rows, TODAY)


def test_a_new_file_has_nothing_due(store: Store) -> None:
    rows = _today(store)
    assert rows.nothing_near
    assert rows.next_on is None
    assert (rows.clocks, rows.overdue, rows.due_soon) == ((), (), ())
    assert rows.near_until == date(2022, 4, 1)


@pytest.mark.parametrize("kind", ["incident", "review", "action", "meeting"])
def test_a_file_is_empty_until_there_is_something_to_follow(store: Store, kind: str) -> None:
    make(store, "agency")
    assert _today(store).is_empty
    first = make(store, kind)
    assert not _today(store).is_empty
    if kind != "action":  # which stands in its review
        withdraw(store, kind, first)
        assert _today(store).is_empty


def test_the_next_day_is_named_when_nothing_is_near(store: Store) -> None:
    make(store, "action", reference="A-2022-09", due_on=date(2022, 4, 4))
    rows = _today(store)
    assert rows.nothing_near
    assert (rows.next_on, rows.next_what) == (date(2022, 4, 4), "action A-2022-09")


def test_what_is_due_within_five_working_days_is_near(store: Store) -> None:
    make(store, "action", due_on=date(2022, 4, 1))
    assert not _today(store).nothing_near


def test_what_is_overdue_is_near(store: Store) -> None:
    late = make(store, "action", due_on=date(2022, 1, 1))
    rows = _today(store)
    assert [row.id for row in rows.overdue] == [late]
    assert not rows.nothing_near


def test_what_is_raised_nationally_is_no_day_of_ours(store: Store) -> None:
    make(store, "action", scope="national", due_on=date(2022, 3, 28))
    assert _today(store).next_on is None


def test_clocks_come_by_their_day(store: Store) -> None:
    late = make(store, "incident", reference="IN-1", aware_on=date(2022, 3, 1))
    near = make(store, "incident", reference="IN-2", aware_on=date(2022, 3, 23))
    rows = _today(store)
    assert [row.id for row in rows.clocks] == [late, near]
    assert rows.next_on == date(2022, 3, 30)
    assert not rows.nothing_near


def test_done_and_not_signed_off_waits(store: Store) -> None:
    make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    assert _today(store).awaiting_assurance == 1


def test_the_last_step_is_told(store: Store) -> None:
    make(store, "theme", name="Voice")
    rows = _today(store)
    assert "Voice" in rows.last_label
    assert rows.changed_lately >= 2
