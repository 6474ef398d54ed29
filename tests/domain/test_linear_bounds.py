"""A small linear programme, held against every move tried by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscb_desktop.domain.linear_bounds import Programme, Row

SIGN = st.sampled_from((-1, 0, 1))


@given(
    st.lists(st.lists(SIGN, min_size=4, max_size=4), min_size=1, max_size=3),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
)
@settings(max_examples=200)
def test_no_move_tried_by_hand_gains_more(
    signs: list[list[int]], limits: list[int], gains: list[int]
) -> None:
    rows: list[Row] = [{at: sign for at, sign in enumerate(row) if sign} for row in signs]
    found = Programme(rows, [*limits]).most(dict(enumerate(gains)))
    assert found is not None
    assert _sums(signs, found) == pytest.approx([0] * len(signs), abs=1e-6)
    assert all(-1e-6 <= z <= limit + 1e-6 for z, limit in zip(found, limits, strict=True))
    gained = _sums([gains], found)[0]
    for tried in product(*(range(limit + 1) for limit in limits)):
        if not any(_sums(signs, tried)):
            assert gained >= _sums([gains], tried)[0] - 1e-6


def _sums(rows: list[list[int]], moves: Sequence[float]) -> list[float]:
    return [sum(share * move for share, move in zip(row, moves, strict=True)) for row in rows]


def test_what_nothing_limits_has_no_end() -> None:
    assert Programme([{0: 1, 1: -1}], [None, None]).most({0: 1}) is None


def test_a_row_said_twice_says_nothing_new() -> None:
    assert Programme([{0: 1, 1: -1}, {0: -1, 1: 1}], [None, 7]).most({0: 1}) == [7, 7]


def test_a_sum_limits_its_parts() -> None:
    assert Programme([{0: 1, 1: -1, 2: -1}], [5, 3, None]).most({1: 2, 2: 1}) == [5, 3, 2]
