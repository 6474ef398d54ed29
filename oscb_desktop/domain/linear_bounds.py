"""How far figures can move while sums stay right: a linear programme, quick rather than exact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Row = dict[int, float]
_NOTHING = 1e-9
_PATIENCE = 30  # steps without gain before the slower rule that cannot go round in circles
_STEPS = 5000  # more than any table takes: numbers that went astray must not go on for ever


@dataclass(slots=True)
class Programme:
    """Find moves z with every row's sum 0 and 0 <= z <= its limit (None: no limit).

    The simplex method for bounded variables, begun at z = 0. Where the rows are those of tables
    with totals, whole limits give whole moves. Whoever relies on a move checks it in whole numbers.
    It may be asked again and again: what it has worked out of the rows it keeps.
    """

    unsolved: list[Row]
    limits: list[int | None]
    rows: list[Row] = field(default_factory=list)
    basic: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    gain: Row = field(default_factory=dict)

    def most(self, gain: Mapping[int, int]) -> list[float] | None:
        """Return the moves that gain most, or None where nothing limits the gain."""
        self._solve()
        self.values = [0] * len(self.limits)
        self.gain = {at: worth for at, worth in gain.items() if worth}
        for at, row in zip(self.basic, self.rows, strict=True):
            _clear(self.gain, row, at)
        idle = 0
        for _time in range(_STEPS):
            entering = self._entering(careful=idle > _PATIENCE)
            if entering is None:
                break
            step = self._step(entering)
            if step is None:
                return None
            idle = 0 if step > _NOTHING else idle + 1
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
        found = [at for at, worth in self.gain.items() if self._may_move(at, worth)]
        if careful:
            return min(found, default=None)
        return max(found, key=lambda at: (abs(self.gain[at]), -at), default=None)

    def _may_move(self, at: int, worth: float) -> bool:
        if worth > 0:
            limit = self.limits[at]
            return limit is None or self.values[at] < limit - _NOTHING
        return self.values[at] > _NOTHING

    def _step(self, entering: int) -> float | None:
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
            reach = room / abs(slope)
            level = far is not None and abs(reach - far) <= _NOTHING
            earlier = leaving >= 0 and self.basic[number] < self.basic[leaving]
            if far is None or reach < far - _NOTHING or (level and earlier):
                far, leaving = reach, number
        if far is None:
            return None
        self._move(entering, far if up else -far)
        if leaving >= 0:
            self._pivot(leaving, entering)
        return far

    def _room(self, at: int, *, up: bool) -> float | None:
        if not up:
            return max(0.0, self.values[at])
        limit = self.limits[at]
        return None if limit is None else max(0.0, limit - self.values[at])

    def _move(self, entering: int, by: float) -> None:
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
            row[place] = value / by


def _clear(row: Row, solved: Row, at: int) -> None:
    """Take so much of a solved row away that nothing is left at one place."""
    times = row.get(at, 0)
    if not times:
        return
    for place, value in solved.items():
        left = row.get(place, 0.0) - times * value
        if abs(left) > _NOTHING:
            row[place] = left
        else:
            row.pop(place, None)
    row.pop(at, None)
