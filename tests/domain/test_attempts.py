from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.attempts import seconds_to_wait
from tests.conftest import NOW


@pytest.mark.parametrize(
    ("wrong", "seconds"),
    [(0, 0), (4, 0), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32), (10, 60), (11, 60), (10**9, 60)],
)
def test_five_are_free_and_then_each_wait_doubles_up_to_a_minute(wrong: int, seconds: int) -> None:
    assert seconds_to_wait(wrong, NOW, NOW) == seconds
    assert seconds_to_wait(wrong, NOW, NOW + timedelta(seconds=seconds)) == 0


def test_what_is_left_is_told_in_whole_seconds() -> None:
    assert seconds_to_wait(7, NOW, NOW + timedelta(seconds=2.5)) == 6


@given(st.integers(0, 100), st.timedeltas())
def test_nobody_ever_waits_longer_than_a_minute(wrong: int, passed: timedelta) -> None:
    try:
        now = NOW + passed
    except OverflowError:
        return
    assert 0 <= seconds_to_wait(wrong, NOW, now) <= 60
