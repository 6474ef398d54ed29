"""What is decided about two recommendations, and which actions serve several."""

from __future__ import annotations

import pytest

from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.likeness import confirmed, suggestions
from oscb_desktop.queries.records import records
from oscb_desktop.services.likeness import JudgeLikeness, ServeAlso
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.domain.test_likeness import AGAIN, FATHERS, NEGLECT
from tests.factories import make


@pytest.fixture
def three(store: Store) -> tuple[int, int, int]:
    texts = (FATHERS, AGAIN, NEGLECT)
    first, second, third = (
        make(store, "recommendation", reference=f"R{at}", text=text)
        for at, text in enumerate(texts, 1)
    )
    return first, second, third


def suggested(store: Store, at: int) -> list[str]:
    return [row.reference for row in store.read(suggestions, at)]


def same(store: Store, at: int) -> list[str]:
    return [row.reference for row in store.read(confirmed, at)]


def test_what_is_suggested_is_confirmed_and_not_suggested_again(
    store: Store, three: tuple[int, int, int]
) -> None:
    first, second, _ = three
    assert (suggested(store, second), suggested(store, first)) == (["R1"], ["R2"])
    changes = store.write(JudgeLikeness(first, second, "same"))
    assert changes.label == "R1 and R2 say the same lesson"
    (held,) = store.read(records, "likeness")
    assert (held.values["recommendation"], held.values["like"]) == (second, first)
    assert (same(store, first), same(store, second)) == (["R2"], ["R1"])
    assert suggested(store, first) == suggested(store, second) == []
    store.write(Undo())
    assert suggested(store, first) == ["R2"]


def test_what_is_dismissed_stays_away_for_good_until_it_is_judged_anew(
    store: Store, three: tuple[int, int, int]
) -> None:
    first, second, _ = three
    store.write(JudgeLikeness(second, first, "different"))
    assert suggested(store, first) == suggested(store, second) == []
    assert same(store, first) == []
    with pytest.raises(UserError, match="decided so already"):
        store.write(JudgeLikeness(first, second, "different"))
    store.write(JudgeLikeness(first, second, "same"))
    assert same(store, first) == ["R2"]
    assert len(store.read(records, "likeness")) == 1


def test_the_same_as_the_same_is_the_same(store: Store, three: tuple[int, int, int]) -> None:
    first, second, third = three
    store.write(JudgeLikeness(first, second, "same"))
    store.write(JudgeLikeness(second, third, "same"))
    assert same(store, first) == ["R2", "R3"]
    assert same(store, third) == ["R1", "R2"]


def test_a_recommendation_is_not_compared_with_itself_nor_with_the_bin(
    store: Store, three: tuple[int, int, int]
) -> None:
    first, second, _ = three
    with pytest.raises(UserError, match="itself"):
        store.write(JudgeLikeness(first, first, "same"))
    store.write(WithdrawRecord("recommendation", second, 1))
    assert suggested(store, first) == []
    with pytest.raises(UserError, match="in the bin"):
        store.write(JudgeLikeness(first, second, "same"))


def test_an_action_serves_further_recommendations(
    store: Store, three: tuple[int, int, int]
) -> None:
    first, second, third = three
    action = make(store, "action", reference="A-2021-01", recommendation=first)
    store.write(ServeAlso(action, 1, (second,)))
    store.write(ServeAlso(action, 2, (third,)))
    (row,) = store.read(records, "action")
    assert row.values["also_serves"] == (second, third)
    for wrong in (first, third):
        with pytest.raises(InvalidRecord, match="Choose others"):
            store.write(ServeAlso(action, 3, (wrong,)))
