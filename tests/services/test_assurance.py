"""Follow-up checks: they appear, are done and go with the action that they look at."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.statuses import AssuranceLevel
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.assurance import checks_of
from oscb_desktop.queries.records import record, records, singleton
from oscb_desktop.services.actions import CompleteAction, ReopenAction, SignOffAction
from oscb_desktop.services.assurance import CheckAction
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make

TODAY = NOW.date()
ACCEPTED, SHOWN = AssuranceLevel.EVIDENCE_ACCEPTED, AssuranceLevel.IMPACT_SHOWN
EMBEDDED = AssuranceLevel.EMBEDDED


def version(store: Store, action: int) -> int:
    found = store.read(record, "action", action)
    assert found is not None
    return found.version


def complete(store: Store, action: int, on: date = date(2022, 3, 1)) -> None:
    held = store.read(records, "evidence", owner=action)
    shown = () if held else ("The audit was read.", "audit")
    store.write(CompleteAction(action, version(store, action), on, "", "", *shown))


def sign_off(
    store: Store, action: int, level: AssuranceLevel = ACCEPTED, on: date = date(2022, 3, 10)
) -> None:
    store.write(SignOffAction(action, version(store, action), "The chair", on, level))


def check(store: Store, action: int, result: str = "holds", on: date = TODAY) -> None:
    store.write(CheckAction(action, on, result, "J. Auditor", "Ten files were read."))


def days(store: Store, action: int) -> list[tuple[date, date | None]]:
    return [(row.due_on, row.checked_on) for row in store.read(checks_of, action, TODAY)]


def set_months(store: Store, first: int | None, second: int | None) -> None:
    row = store.read(singleton, "organisation")
    assert row is not None
    months: dict[str, Value] = {"first_check_months": first, "second_check_months": second}
    store.write(AmendRecord("organisation", row.id, row.version, months))


FIRST, SECOND = (date(2022, 9, 10), None), (date(2023, 3, 10), None)


@pytest.fixture
def action(store: Store) -> int:
    """An action that was completed and signed off."""
    made = make(store, "action", reference="A-2021-04")
    complete(store, made)
    sign_off(store, made)
    return made


def test_two_checks_appear_with_the_sign_off_and_go_with_its_undoing(
    store: Store, action: int
) -> None:
    assert days(store, action) == [FIRST, SECOND]
    words = [row.kind_words for row in store.read(checks_of, action, TODAY)]
    assert words == ["First follow-up", "Second follow-up"]
    store.write(Undo())
    assert days(store, action) == []


def test_signing_off_again_adds_none(store: Store, action: int) -> None:
    make(store, "impact", actions=(action,))
    sign_off(store, action, SHOWN, TODAY)
    assert days(store, action) == [FIRST, SECOND]


def test_what_was_signed_off_before_there_were_checks_gets_them_then(
    store: Store, action: int
) -> None:
    for row in store.read(checks_of, action, TODAY):
        store.write(WithdrawRecord("assurance_check", row.id, row.version))
    sign_off(store, action, on=TODAY)
    assert days(store, action) == [FIRST, SECOND]


def test_reopening_puts_the_open_checks_into_the_bin_in_the_same_step(
    store: Store, action: int
) -> None:
    check(store, action)
    store.write(ReopenAction(action, version(store, action), "Staff left."))
    assert days(store, action) == [(date(2022, 9, 10), TODAY)]
    store.write(Undo())
    assert days(store, action) == [(date(2022, 9, 10), TODAY), SECOND]


def test_after_reopening_a_new_sign_off_begins_new_checks(store: Store, action: int) -> None:
    check(store, action, "not")
    store.write(ReopenAction(action, version(store, action), "It does not hold."))
    complete(store, action, TODAY)
    sign_off(store, action, on=TODAY)
    assert days(store, action) == [
        (date(2022, 9, 10), TODAY),
        (date(2022, 9, 25), None),
        (date(2023, 3, 25), None),
    ]


def test_a_check_does_the_next_one_that_is_due_then_another(store: Store, action: int) -> None:
    for _ in range(3):
        check(store, action)
    done = [(row.kind_words, row.due_on) for row in store.read(checks_of, action, TODAY)]
    assert done == [
        ("Another check", TODAY),
        ("First follow-up", date(2022, 9, 10)),
        ("Second follow-up", date(2023, 3, 10)),
    ]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        (CheckAction(0, date(2022, 3, 26), "holds", "J."), "checked_on"),
        (CheckAction(0, date(2022, 2, 28), "holds", "J."), "checked_on"),
        (CheckAction(0, TODAY, "", "J.", "Seen."), "result"),
        (CheckAction(0, TODAY, "holds", " "), "by"),
        (CheckAction(0, TODAY, "partly", "J."), "note"),
    ],
)
def test_a_check_says_beside_its_fields_what_is_wrong(
    store: Store, action: int, wrong: CheckAction, field: str
) -> None:
    told = CheckAction(action, wrong.checked_on, wrong.result, wrong.by, wrong.note)
    with pytest.raises(InvalidRecord) as refused:
        store.write(told)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert days(store, action) == [FIRST, SECOND]


def test_what_is_not_complete_is_not_checked(store: Store) -> None:
    made = make(store, "action", reference="A-2022-01")
    with pytest.raises(UserError, match="A-2022-01 is not complete"):
        check(store, made)


def test_impact_shown_needs_a_record_that_names_the_action(store: Store, action: int) -> None:
    other = make(store, "impact", actions=(make(store, "action"),))
    with pytest.raises(UserError, match=r"Missing: a record of its impact that names this action"):
        sign_off(store, action, SHOWN)
    mine = make(store, "impact", actions=(action,))
    store.write(WithdrawRecord("impact", mine, 1))
    with pytest.raises(UserError, match="a record of its impact"):
        sign_off(store, action, SHOWN)
    assert store.read(record, "impact", other) is not None


def test_embedded_needs_impact_and_the_newest_check_to_hold(store: Store, action: int) -> None:
    make(store, "impact", actions=(action,))
    with pytest.raises(UserError, match=r"Missing: a follow-up check which found that it holds\.$"):
        sign_off(store, action, EMBEDDED)
    check(store, action, "holds", date(2022, 3, 20))
    check(store, action, "partly", date(2022, 3, 24))
    with pytest.raises(UserError, match="which found that it holds"):
        sign_off(store, action, EMBEDDED)
    check(store, action)
    sign_off(store, action, EMBEDDED)
    assert store.read(records, "action")[0].values["assurance"] == "embedded"


def test_a_check_before_the_completion_says_nothing_of_it(store: Store, action: int) -> None:
    make(store, "impact", actions=(action,))
    check(store, action, "holds", date(2022, 3, 20))
    store.write(ReopenAction(action, version(store, action), "Staff left."))
    complete(store, action, TODAY)
    with pytest.raises(UserError, match="which found that it holds"):
        sign_off(store, action, EMBEDDED, TODAY)


def test_the_file_sets_after_how_many_months_is_looked_again(store: Store) -> None:
    set_months(store, 3, None)
    made = make(store, "action")
    complete(store, made)
    sign_off(store, made)
    assert days(store, made) == [(date(2022, 6, 10), None), (date(2023, 3, 10), None)]
    kinds = [row.kind_words for row in store.read(checks_of, made, TODAY)]
    assert kinds == ["First follow-up", "Second follow-up"]
