"""What is kept back of counts that are published, and what a reader must still think possible."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from oscb_desktop.domain.figure_words import NOT_SHOWN
from oscb_desktop.domain.linear_bounds import Programme, Row
from oscb_desktop.domain.linked_counts import Counts, Name, Sum

MARK = "c"
_NEARLY, _DENOMINATOR = 1e-6, 12


@dataclass(frozen=True, slots=True)
class Suppressed:
    """Counts with those that are kept back; ``fewer`` of them may be called fewer than so many."""

    counts: Counts
    threshold: int
    kept_back: frozenset[Name] = frozenset()
    fewer: frozenset[Name] = frozenset()

    def is_kept_back(self, name: Name) -> bool:
        """Say whether the count of that name is not to be printed."""
        return name in self.kept_back

    @property
    def least_possible(self) -> int:
        """Return how many values must stay possible for each figure kept back."""
        return self.threshold - 1

    def cell(self, name: Name) -> str:
        """Return what a table prints: the count, or "c"."""
        return MARK if name in self.kept_back else str(self.counts.values[name])

    def words(self, name: Name) -> str:
        """Return what a sentence prints: the count, "fewer than 5", or "not shown"."""
        if name not in self.kept_back:
            return str(self.counts.values[name])
        return f"fewer than {self.threshold}" if name in self.fewer else NOT_SHOWN

    @property
    def note(self) -> str:
        """Return the sentence that says what "c" means; empty where nothing is kept back."""
        if not self.kept_back:
            return ""
        return (
            f"{MARK}: not shown to protect confidentiality. Counts below {self.threshold} are not "
            "shown, nor are others from which they could be worked out."
        )


class Keeping:
    """What is kept back so far, and the other counts that a reader must think possible."""

    def __init__(self, suppressed: Suppressed) -> None:
        self._choose(suppressed)
        self.values = suppressed.counts.values
        self.order = {name: place for place, name in enumerate(self.values)}
        self.totals = {entry.total for entry in suppressed.counts.sums}
        self.sums_of: dict[Name, list[Sum]] = {}
        for entry in suppressed.counts.sums:
            for name in (entry.total, *entry.parts):
                self.sums_of.setdefault(name, []).append(entry)
        self.seen: dict[Name, tuple[int, int]] = {}
        self.found: list[dict[Name, int]] = []
        self.programmes: dict[frozenset[Name], tuple[dict[Name, int], Programme]] = {}

    def _choose(self, now: Suppressed) -> None:
        self.now = now
        self.open = now.kept_back | now.counts.unprinted
        """What the reader does not see: kept back, or not printed anyway."""

    def complete(self) -> None:
        """Keep more back until the rule holds."""
        while (exposed := next(self.exposed(), None)) is not None:
            self._protect(exposed)

    def spare(self) -> None:
        """Print again what the rule can do without, the most wanted first."""
        further = [name for name in self.now.kept_back if not self._is_small(name)]
        for name in sorted(further, key=self._worth, reverse=True):
            self._try(replace(self.now, kept_back=self.now.kept_back - {name}), name)

    def word(self, said: Sequence[Name]) -> Suppressed:
        """Call as many of the figures said "fewer than 5" as the rule allows."""
        for name in said:
            if name in self.now.kept_back and self.values[name] < self.now.threshold:
                self._try(replace(self.now, fewer=self.now.fewer | {name}), name)
        return self.now

    def _try(self, changed: Suppressed, at: Name) -> None:
        """Take a change that leaves the reader knowing more, where the rule still holds with it."""
        beside = self._beside(at, self.open)
        trial = self._trial(changed, at)
        if next(trial.exposed(beside), None) is None:
            self._become(trial)

    def _trial(self, changed: Suppressed, at: Name) -> Keeping:
        """Return the same with another choice at a name; of what was possible, what still is."""
        trial = Keeping(changed)
        for moves in self.found:
            untouched = at not in moves and self.values[at]
            if untouched or trial._all_allowed(moves):
                trial.remember(moves)
        return trial

    def _become(self, other: Keeping) -> None:
        self._choose(other.now)
        self.seen, self.found = other.seen, other.found
        self.programmes = other.programmes

    def allows(self, name: Name, by: int) -> bool:
        """Say whether the reader must think it possible that a count differs by so much."""
        rise, fall = self._limits(name)
        return name in self.open and (rise is None or by <= rise) and -by <= fall

    def remember(self, moves: dict[Name, int]) -> None:
        """Note counts that the reader must think possible, by how they differ from the true."""
        self.found.append(moves)
        for name, by in moves.items():
            value = self.values[name] + by
            lowest, highest = self.seen.get(name, (self.values[name],) * 2)
            self.seen[name] = min(lowest, value), max(highest, value)

    def exposed(self, among: Collection[Name] | None = None) -> Iterator[Name]:
        """Return the figures kept back of which too few values are possible."""
        kept = self.now.kept_back if among is None else self.now.kept_back & set(among)
        wanted = self.now.least_possible
        for name in sorted(kept, key=self._worth):
            for up in (True, False):
                if self._span(name) < wanted:
                    self.farthest(name, up=up, enough=wanted - 1)
            if self._span(name) < wanted:
                yield name

    def farthest(self, name: Name, *, up: bool, enough: int | None = None) -> int | None:
        """Return how far a figure kept back can move; None where there is no end to it."""
        beside = frozenset(self._beside(name, self.open))
        if beside not in self.programmes:
            self.programmes[beside] = self._programme(beside)
        moved = self._moved(*self.programmes[beside], name, up=up, enough=enough)
        if moved is not None and not self.believe(moved):
            # Of several ways to move as far, the one worked out from the beginning is more often
            # in whole numbers.
            moved = self._moved(*self._programme(beside), name, up=up, enough=enough)
            self.believe(moved or {})
        return None if moved is None else round(abs(moved.get(name, 0)))

    def believe(self, moved: Mapping[Name, float]) -> bool:
        """Remember moves if they are possible in whole numbers; a fraction is no count."""
        whole = _whole(moved)
        possible = self._all_allowed(whole) and all(
            whole.get(entry.total, 0) == sum(whole.get(part, 0) for part in entry.parts)
            for entry in self._sums_among(whole)
        )
        if possible:
            self.remember(whole)
        return possible

    def _all_allowed(self, moves: Mapping[Name, int]) -> bool:
        return all(self.allows(name, by) for name, by in moves.items())

    def _protect(self, name: Name) -> None:
        """Keep back what makes enough values of a figure possible, at the least cost."""
        printed_totals = self.totals - self.open
        without_totals = self.values.keys() - printed_totals
        if self._keep_beside(name, without_totals) or self._keep_noughts(name):
            return
        if not self._keep_beside(name, self.values.keys()):
            self._keep_all(name)

    def _keep_beside(self, name: Name, usable: Set[Name]) -> bool:
        lowest = self.seen.get(name, (self.values[name],))[0]
        enough = self.now.least_possible - 1 + lowest - self.values[name]
        beside = self._beside(name, usable - self.now.counts.noughts)
        costs = {other: self._cost(other) for other in beside if other not in self.open}
        moved = self._moved(*self._programme(beside), name, up=True, enough=enough, costs=costs)
        if not moved or moved.get(name, 0) < enough - _NEARLY:
            return False
        further = frozenset(moved) & costs.keys()
        self._change(self.now.kept_back | further)
        return bool(further)

    def _keep_noughts(self, name: Name) -> bool:
        """Keep a nought back in the figure's own list, if that is enough."""
        for entry in self.sums_of.get(name, ()):
            nought = next((part for part in entry.parts if self._is_printed_nought(part)), None)
            if name not in entry.parts or nought is None:
                continue
            more = replace(self.now, kept_back=self.now.kept_back | {nought})
            trial = self._trial(more, nought)
            if next(trial.exposed((name, nought)), None) is None:
                self._become(trial)
                return True
        return False

    def _keep_all(self, name: Name) -> None:
        """Keep back every count linked to a figure: any multiple of them all is then possible."""
        linked = {at for at in self._beside(name, self.values.keys()) if self.values[at]}
        self._change(self.now.kept_back | (linked - self.now.counts.unprinted))
        self.remember({at: self.values[at] * self.now.threshold for at in linked})

    def _change(self, kept_back: frozenset[Name]) -> None:
        self._choose(replace(self.now, kept_back=kept_back))
        self.programmes = {}

    def _programme(self, free: Collection[Name]) -> tuple[dict[Name, int], Programme]:
        """Return the sums among free counts, and where each count's rise stands (its fall next)."""
        names = sorted(free, key=self.order.__getitem__)
        place = {at: 2 * number for number, at in enumerate(names)}
        limits = [limit for at in names for limit in self._limits(at)]
        rows = [self._row(entry, place) for entry in self._sums_among(names)]
        return place, Programme(rows, limits)

    def _moved(
        self,
        place: Mapping[Name, int],
        programme: Programme,
        name: Name,
        *,
        up: bool,
        enough: int | None,
        costs: Mapping[Name, int] | None = None,
    ) -> dict[Name, float] | None:
        """Move a figure as far as is enough while all sums stay right, others at their cost."""
        costs = costs or {}
        forward, back = (place[name], place[name] + 1) if up else (place[name] + 1, place[name])
        limit = programme.limits[forward]
        if enough is not None:
            programme.limits[forward] = enough if limit is None else min(limit, enough)
        most = 1 + 100 * sum(costs.values())
        gain = {place[at] + side: -cost for at, cost in costs.items() for side in (0, 1)}
        found = programme.most({**gain, forward: most, back: -most})
        programme.limits[forward] = limit
        if found is None:
            return None
        moved = {at: found[here] - found[here + 1] for at, here in place.items()}
        return {at: by for at, by in moved.items() if abs(by) > _NEARLY}

    def _sums_among(self, names: Iterable[Name]) -> Iterable[Sum]:
        return dict.fromkeys(entry for at in names for entry in self.sums_of.get(at, ()))

    def _row(self, entry: Sum, place: Mapping[Name, int]) -> Row:
        row: Row = {}
        for name, sign in ((entry.total, 1), *((part, -1) for part in entry.parts)):
            if name in place:
                row[place[name]], row[place[name] + 1] = sign, -sign
        return row

    def _limits(self, name: Name) -> tuple[int | None, int]:
        """Return how far a count can rise and fall, for all that the reader knows."""
        value = self.values[name]
        rise = self.now.threshold - 1 - value if name in self.now.fewer else None
        return rise, value - self._least(name)

    def _least(self, name: Name) -> int:
        """Return the least that a reader takes a count for: 1, but 0 among noughts kept back."""
        if floor := self.now.counts.floors.get(name, 0):
            return floor
        if not self.values[name] or name in self.now.counts.unprinted:
            return 0
        lists = self.sums_of.get(name, ())
        return 0 if any(self._may_be_nought(name, entry) for entry in lists) else 1

    def _may_be_nought(self, name: Name, entry: Sum) -> bool:
        kept = self.now.kept_back
        among = (part for part in entry.parts if part in kept and not self.values[part])
        return name in entry.parts and next(among, None) is not None

    def _is_printed_nought(self, name: Name) -> bool:
        told = name in self.now.counts.noughts
        return not self.values[name] and name not in self.open and not told

    def _beside(self, name: Name, usable: Collection[Name]) -> set[Name]:
        """Return the usable figures that are tied to one by sums, itself among them."""
        found, waiting = {name}, [name]
        while waiting:
            for entry in self.sums_of.get(waiting.pop(), ()):
                for other in (entry.total, *entry.parts):
                    if other in usable and other not in found:
                        found.add(other)
                        waiting.append(other)
        return found

    def _span(self, name: Name) -> int:
        lowest, highest = self.seen.get(name, (0, 0))
        return highest - lowest + 1

    def _is_small(self, name: Name) -> bool:
        return 0 < self.values[name] < self.now.threshold

    def _cost(self, name: Name) -> int:
        worth = self.values[name] or self.now.threshold
        return worth * (10 if name in self.totals else 1)

    def _worth(self, name: Name) -> tuple[int, int]:
        return self._cost(name), self.order[name]


def _whole(moves: Mapping[Name, float]) -> dict[Name, int]:
    """Return the moves in whole numbers, so many times larger as that takes."""
    exact = {name: Fraction(by).limit_denominator(_DENOMINATOR) for name, by in moves.items()}
    times = lcm(*(by.denominator for by in exact.values()))
    return {name: int(by * times) for name, by in exact.items()}
