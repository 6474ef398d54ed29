"""A small exact linear programme, held against every move tried by hand."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from oscb_desktop.domain.linear_bounds import Programme, Row

SIGN = st.sampled_from((-1, 0, 1))


@given(
    st.lists(st.lists(SIGN, min_size=4, max_size=4), min_size=1, max_size=3),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.lists(st.integers(-3, 3), min_size=4, max_size=4),
)
@settings(max_examples=200, deadline=None)
def test_no_move_tried_by_hand_gains_more(
    signs: list[list[int]], limits: list[int], gains: list[int]
) -> None:
    rows: list[Row] = [{at: sign for at, sign in enumerate(row) if sign} for row in signs]
    found = Programme(rows, limits).most(dict(enumerate(gains)))
    assert found is not None
    assert all(sum(s * z for s, z in zip(row, found, strict=True)) == 0 for row in signs)
    assert all(0 <= z <= limit for z, limit in zip(found, limits, strict=True))
    gained = sum(gain * z for gain, z in zip(gains, found, strict=True))
    for tried in product(*(range(limit + 1) for limit in limits)):
        if all(sum(s * z for s, z in zip(row, tried, strict=True)) == 0 for row in signs):
            assert gained >= sum(gain * z for gain, z in zip(gains, tried, strict=True))


def test_what_nothing_limits_has_no_end() -> None:
    assert Programme([{0: 1, 1: -1}], [None, None]).most({0: 1}) is None


def test_a_row_said_twice_says_nothing_new() -> None:
    assert Programme([{0: 1, 1: -1}, {0: -1, 1: 1}], [None, 7]).most({0: 1}) == [7, 7]


def test_a_sum_limits_its_parts() -> None:
    assert Programme([{0: 1, 1: -1, 2: -1}], [5, 3, None]).most({1: 2, 2: 1}) == [5, 3, 2]
