"""How wide a column must be to hold its words on so many lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def measured(words: str, measure: Callable[[str], int]) -> tuple[int, ...]:
    """Return the width of each word of a text in pixels."""
    return tuple(map(measure, words.split()))


def lines_in(words: Sequence[int], space: int, width: int) -> int:
    """Return how many lines words of these widths take in a width; 1 without any."""
    lines, used = 1, 0
    for word in words:
        if used and used + space + word > width:
            lines, used = lines + 1, word
        else:
            used += word + (space if used else 0)
    return lines


def width_for(words: Sequence[int], space: int, lines: int) -> int:
    """Return the least width that holds words of these widths on so many lines; no word is cut."""
    low, high = max(words, default=0), sum(words) + space * max(0, len(words) - 1)
    while low < high:
        middle = (low + high) // 2
        if lines_in(words, space, middle) <= lines:
            high = middle
        else:
            low = middle + 1
    return low
