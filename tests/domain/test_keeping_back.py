"""What a reader could think is believed only when it adds up, in whole numbers, within limits."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.keeping_back import Keeping, Suppressed
from oscb_desktop.domain.linked_counts import Name, listing

A, B, C = ("", "a"), ("", "b"), ("", "c")


def keeping(*kept: Name, fewer: frozenset[Name] = frozenset()) -> Keeping:
    counts = listing({"a": 3, "b": 9, "c": 20}, "all")
    return Keeping(Suppressed(counts, 5, frozenset(kept), fewer))


@pytest.mark.parametrize(
    "moves",
    [
        {A: 1.0},  # the sum would not hold
        {A: -3.0, B: 3.0},  # what is kept back is at least 1
        {A: 1.0, C: -1.0},  # c is printed
        {A: 1.0, B: -0.9},  # no sum of whole numbers
    ],
)
def test_what_cannot_be_is_not_believed(moves: dict[Name, float]) -> None:
    reader = keeping(A, B)
    assert not reader.believe(moves)
    assert reader.seen == {}


@pytest.mark.parametrize(("by", "span"), [(1.0, (3, 4)), (0.5, (3, 4)), (1.0000001, (3, 4))])
def test_what_can_be_is_believed_as_whole_numbers(by: float, span: tuple[int, int]) -> None:
    reader = keeping(A, B)
    assert reader.believe({A: by, B: -by})
    assert reader.seen[A] == span


def test_words_that_were_said_are_not_gone_beyond() -> None:
    reader = keeping(A, B, fewer=frozenset({A}))
    assert reader.believe({A: 1.0, B: -1.0})
    assert not reader.believe({A: 2.0, B: -2.0})
