"""How the columns of a table share the width that there is."""

from __future__ import annotations

from collections.abc import Sequence


def shares(needs: Sequence[tuple[int, int]], total: int, wide: int) -> list[int]:
    """Return a width for each column, together the total.

    ``needs`` gives for each column the least it can do with and what it would like. Where there is
    room to spare the column at ``wide`` takes it; where there is too little, each gives up in
    proportion to what it has above its least, and below that all shrink alike.
    """
    least, wanted = [need[0] for need in needs], [max(need) for need in needs]
    if total >= sum(wanted):
        widths = wanted
    elif total > sum(least):
        part = (total - sum(least)) / (sum(wanted) - sum(least))
        widths = [low + int((like - low) * part) for low, like in zip(least, wanted, strict=True)]
    else:
        widths = [low * max(total, 0) // max(sum(least), 1) for low in least]
    widths = list(widths)
    widths[wide] += max(total, 0) - sum(widths)
    return widths
