"""Which follow-up checks are due, and what the newest of them says of an action."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from oscb_desktop.queries.assurance import (
    checks_due,
    last_result,
    next_check,
    shows_impact,
    usual_checks,
)
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()


@pytest.fixture
def action(store: Store) -> int:
    done = date(2022, 3, 1)
    return make(store, "action", reference="A-1", delivery="complete", completed_on=done)


def due(store: Store) -> list[tuple[date, bool]]:
    return [(row.due_on, row.is_overdue) for row in store.read(checks_due, TODAY)]


def test_the_usual_checks_are_after_6_and_12_months() -> None:
    assert usual_checks() == (("six_months", 6), ("twelve_months", 12))


def test_checks_are_due_when_late_or_soon_and_not_done(store: Store, action: int) -> None:
    soon = TODAY + timedelta(days=store.read(organisation).due_soon_days)
    days = (TODAY - timedelta(days=9), TODAY, soon, soon + timedelta(days=1))
    for day in days:
        make(store, "assurance_check", action=action, due_on=day)
    done = {"checked_on": TODAY, "result": "holds", "due_on": date(2022, 3, 2)}
    make(store, "assurance_check", action=action, **done)  # type: ignore[arg-type]
    assert due(store) == [(days[0], True), (days[1], False), (days[2], False)]
    following = store.read(next_check, action, TODAY)
    assert following is not None
    assert following.due_on == days[0]


def test_checks_go_with_their_action(store: Store, action: int) -> None:
    make(store, "assurance_check", action=action, due_on=TODAY)
    store.write(WithdrawRecord("action", action, 1))
    assert due(store) == []


def test_the_newest_check_since_the_completion_counts(store: Store, action: int) -> None:
    def check(checked_on: date, result: str) -> str:
        told = {"checked_on": checked_on, "result": result, "due_on": checked_on}
        make(store, "assurance_check", action=action, **told)  # type: ignore[arg-type]
        return store.read(last_result, action)

    assert check(date(2022, 2, 28), "holds") == ""
    assert check(date(2022, 3, 20), "not") == "not"
    assert check(date(2022, 3, 10), "holds") == "not"
    assert check(date(2022, 3, 21), "partly") == "partly"


def test_impact_is_shown_by_a_live_record_that_names_the_action(store: Store, action: int) -> None:
    make(store, "impact")
    assert not store.read(shows_impact, action)
    named = make(store, "impact", actions=(action,))
    assert store.read(shows_impact, action)
    store.write(WithdrawRecord("impact", named, 1))
    assert not store.read(shows_impact, action)
