"""Small numbers kept out of what is published, so that no total gives them away.

The rule that is held. A count from 1 to ``threshold`` - 1 is not printed. Nor are so many further
counts that a reader who knows everything printed, every sum that must hold, that counts are whole
and that what is not printed is at least 1 (a nought is printed as 0; only where one of the same
list is kept back too may it be 0) still has at least ``threshold`` - 1 possible values for each
figure that is not printed: as many as "fewer than 5" has itself, from 1 to 4. This also holds when
he knows which figures a sentence calls "fewer than 5"; a figure for which those words would break
the rule is said to be "not shown".

Not covered: what a reader knows from elsewhere; figures that are no sum but follow from others (a
percentage or an average of a suppressed figure must not be printed either); the difference between
two printed figures that is itself no figure of the paper. Of further counts the smallest are kept
back first, totals last; nothing is kept back that the rule can do without.

Source: the Department for Education's "c" for confidential, and secondary suppression; the
threshold is a setting.
"""

from __future__ import annotations

from collections.abc import Sequence

from oscb_desktop.domain.keeping_back import MARK, Keeping, Suppressed
from oscb_desktop.domain.linked_counts import Counts, Name

__all__ = ["MARK", "Suppressed", "bounds", "recoverable", "suppress", "threshold_of"]

USUAL_THRESHOLD = 5
SMALLEST_THRESHOLD = 3
"""Below it, "fewer than 2" would itself say 1."""


def threshold_of(setting: int | None) -> int:
    """Return the threshold that a setting asks for: 5 where it is empty, never below 3."""
    return USUAL_THRESHOLD if setting is None else max(SMALLEST_THRESHOLD, setting)


def suppress(counts: Counts, threshold: int, said: Sequence[Name] = ()) -> Suppressed:
    """Return what is kept back, by the rule above.

    ``said`` are the figures that stand in sentences, the most wanted first: each is called "fewer
    than 5" only where the rule still holds with that known. Raises ``ValueError`` for a count below
    0 or a sum that does not hold.
    """
    _check(counts)
    small = {
        name
        for name, value in counts.values.items()
        if 0 < value < threshold and name not in counts.unprinted
    }
    kept = Keeping(Suppressed(counts, threshold, frozenset(small)))
    kept.complete()
    kept.spare()
    return kept.word(said)


def recoverable(suppressed: Suppressed) -> frozenset[Name]:
    """Return the figures kept back of which the printed ones leave too few values possible."""
    return frozenset(Keeping(suppressed).exposed())


def bounds(suppressed: Suppressed, name: Name) -> tuple[int, int | None]:
    """Return the least and the greatest value that a reader must think possible (None: any)."""
    keeping = Keeping(suppressed)
    value = suppressed.counts.values[name]
    down, up = (keeping.farthest(name, up=up) for up in (False, True))
    return value - (down or 0), None if up is None else value + up


def _check(counts: Counts) -> None:
    for name, value in counts.values.items():
        if value < 0:
            raise ValueError(f"{name} is {value}")
    for entry in counts.sums:
        parts = sum(counts.values[part] for part in entry.parts)
        if parts != counts.values[entry.total]:
            raise ValueError(f"{entry.total} is {counts.values[entry.total]}, its parts {parts}")
