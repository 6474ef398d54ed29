"""How far a figure can move while sums stay right: an exact linear programme over whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Exact = int | Fraction
Row = dict[int, Exact]
_PATIENCE = 30  # steps without gain before the slower rule that cannot go round in circles


@dataclass(slots=True)
class Programme:
    """Find moves z with every row's sum 0 and 0 <= z <= its limit (None: no limit).

    The simplex method for bounded variables, begun at z = 0, in exact arithmetic. Where the rows
    are those of tables with totals, whole limits give whole moves. It may be asked again and again:
    what it has worked out of the rows it keeps.
    """

    unsolved: list[Row]
    limits: list[int | None]
    rows: list[Row] = field(default_factory=list)
    basic: list[int] = field(default_factory=list)
    values: list[Exact] = field(default_factory=list)
    gain: Row = field(default_factory=dict)

    def most(self, gain: Mapping[int, int]) -> list[Exact] | None:
        """Return the moves that gain most, or None where nothing limits the gain."""
        self._solve()
        self.values = [0] * len(self.limits)
        self.gain = {at: worth for at, worth in gain.items() if worth}
        for at, row in zip(self.basic, self.rows, strict=True):
            _clear(self.gain, row, at)
        idle = 0
        while (entering := self._entering(careful=idle > _PATIENCE)) is not None:
            step = self._step(entering)
            if step is None:
                return None
            idle = 0 if step else idle + 1
        return self.values

    def _solve(self) -> None:
        """Bring the rows into solved form; those that say nothing new fall away."""
        for row in self.unsolved:
            fresh = dict(row)
            for at, solved in zip(self.basic, self.rows, strict=True):
                _clear(fresh, solved, at)
            if not fresh:
                continue
            chosen = min(fresh)
            _scale(fresh, chosen)
            for solved in self.rows:
                _clear(solved, fresh, chosen)
            self.basic.append(chosen)
            self.rows.append(fresh)
        self.unsolved = []

    def _entering(self, *, careful: bool) -> int | None:
        """Return a variable worth moving: the most rewarding or, carefully, the first (Bland)."""
        found = [at for at, worth in self.gain.items() if worth and self._may_move(at, worth)]
        if careful:
            return min(found, default=None)
        return max(found, key=lambda at: (abs(self.gain[at]), -at), default=None)

    def _may_move(self, at: int, worth: Exact) -> bool:
        if worth > 0:
            limit = self.limits[at]
            return limit is None or self.values[at] < limit
        return self.values[at] > 0

    def _step(self, entering: int) -> Exact | None:
        """Move one variable as far as it goes; return how far, None for without end."""
        up = self.gain[entering] > 0
        far, leaving = self._room(entering, up=up), -1
        for number, row in enumerate(self.rows):
            if entering not in row:
                continue
            slope = row[entering]
            # The row says basic = -slope * entering: it rises where slope and direction differ.
            room = self._room(self.basic[number], up=(slope < 0) == up)
            if room is None:
                continue
            reach = _divided(room, slope if slope > 0 else -slope)
            tied = far == reach and leaving >= 0 and self.basic[number] < self.basic[leaving]
            if far is None or reach < far or tied:
                far, leaving = reach, number
        if far is None:
            return None
        self._move(entering, far if up else -far)
        if leaving >= 0:
            self._pivot(leaving, entering)
        return far

    def _room(self, at: int, *, up: bool) -> Exact | None:
        if not up:
            return self.values[at]
        limit = self.limits[at]
        return None if limit is None else limit - self.values[at]

    def _move(self, entering: int, by: Exact) -> None:
        if not by:
            return
        for at, row in zip(self.basic, self.rows, strict=True):
            if slope := row.get(entering, 0):
                self.values[at] -= slope * by
        self.values[entering] += by

    def _pivot(self, leaving: int, entering: int) -> None:
        row = self.rows[leaving]
        _scale(row, entering)
        for other in self.rows:
            if other is not row:
                _clear(other, row, entering)
        _clear(self.gain, row, entering)
        self.basic[leaving] = entering


def _scale(row: Row, at: int) -> None:
    """Divide a row so that it holds 1 at one place."""
    by = row[at]
    if by != 1:
        for place, value in row.items():
            row[place] = _divided(value, by)


def _clear(row: Row, solved: Row, at: int) -> None:
    """Take so much of a solved row away that nothing is left at one place."""
    times = row.get(at, 0)
    if not times:
        return
    for place, value in solved.items():
        left = row.get(place, 0) - times * value
        if left:
            row[place] = left
        else:
            row.pop(place, None)


def _divided(value: Exact, by: Exact) -> Exact:
    if by == 1:
        return value
    if by == -1:
        return -value
    exact = Fraction(value) / by
    return int(exact) if exact.denominator == 1 else exact
