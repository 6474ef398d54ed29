from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.ui.tables.line_widths import lines_in, measured, width_for


@pytest.mark.parametrize(
    ("width", "lines"), [(9, 1), (8, 2), (7, 2), (6, 2), (5, 2), (4, 3), (3, 3)]
)
def test_how_many_lines_words_take(width: int, lines: int) -> None:
    assert lines_in(measured("to the day", lambda _: 2), 1, width - 1) == (
        1 if width > 8 else 2 if width > 5 else 3
    )
    assert lines_in((3, 2, 2), 1, width) == lines


def test_nothing_takes_one_line() -> None:
    assert measured("  ", len) == ()
    assert (lines_in((), 1, 10), width_for((), 1, 2)) == (1, 0)


@given(st.lists(st.integers(1, 80), min_size=1, max_size=12), st.integers(1, 6))
def test_the_width_holds_them_and_no_narrower_one_does(words: list[int], lines: int) -> None:
    width = width_for(words, 4, lines)
    assert width >= max(words)
    assert lines_in(words, 4, width) <= lines
    assert width == max(words) or lines_in(words, 4, width - 1) > lines
