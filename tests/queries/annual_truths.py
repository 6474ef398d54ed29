"""What must be true of a year's figures, found out from many years of chance.

Nothing here asks the program how its figures hang together: whatever figure holds all records of
another in every year, and whatever breakdown adds up to a figure in every year, does so by what
they mean. So a tie that the program forgot is found all the same.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from pathlib import Path
from random import Random

from oscb_desktop.database.engine import for_writing, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_counts import KeptBack, funnel_name
from oscb_desktop.queries.annual_figures import YearFigures, name_of
from oscb_desktop.queries.figures import figure_definitions
from oscb_desktop.queries.figures_facts import YearFacts, read_facts
from oscb_desktop.queries.year_trends import funnel_of
from oscb_desktop.services.store import Store
from tests.conftest import now
from tests.queries.chance_years import YearOfChance

At = tuple[str, str]
"""A figure and one of its categories, or none; a step of the funnel stands for a figure."""
TODAY = date(2022, 3, 25)
INCIDENTS = ("all incidents", "")
NEEDED = ("discussions_needed", "")
_COUNTED = ("children", "families", "reviews", "incidents")
_NOT_OF_THE_YEAR = ("rapid_reviews_previous_year", "themes_year_before")
_ENOUGH = 12
_MUCH = 10**6


@dataclass(frozen=True)
class Truths:
    """Which counts hold which others, and which are the sums of which, whatever the year."""

    within: tuple[tuple[At, At], ...]
    sums: tuple[tuple[At, str], ...]


def facts_of_chance(new_file: tuple[Path, FileKey], folder: Path, seed: int) -> YearFacts:
    """Return the facts of a year of chance."""
    source, key = new_file
    path = folder / f"chance {seed}.oscb"
    shutil.copy(source, path)
    engine = make_engine(path, key)
    with for_writing(engine).begin() as connection:
        YearOfChance(connection, Random(seed), 6 + seed % 8).put_all()
    first = ReportingYear.beginning(2020 + seed % 2)
    found = Store(engine, key, path, "A. Tester", now).read(read_facts, first, TODAY)
    close_file(engine)
    return found


def sets_of(facts: YearFacts) -> dict[At, frozenset[str]]:
    """Return what each count of children, families, reviews or incidents holds."""
    figures, found = YearFigures(facts), dict[At, frozenset[str]]()
    for entry in figure_definitions():
        if entry.unit not in _COUNTED or entry.name in _NOT_OF_THE_YEAR:
            continue
        counted = figures.counted(entry.name)
        if not isinstance(counted.value, Mapping):
            found[entry.name, ""] = frozenset(counted.records)
        for category, records in counted.by_category.items():
            found[entry.name, category] = frozenset(records)
    for step in funnel_of(facts):
        found.setdefault((step.name, ""), frozenset(step.records))
    natures = figures.counted("incidents_by_nature").by_category.values()
    found[INCIDENTS] = frozenset(reference for records in natures for reference in records)
    return found


def truths_of(years: Sequence[YearFacts]) -> Truths:
    """Return what is so in all of many years, and often enough to be no chance."""
    all_sets = [sets_of(facts) for facts in years]
    names = dict.fromkeys(at for sets in all_sets for at in sets)
    empty = frozenset[str]()
    within = []
    for one, other in permutations(names, 2):
        pairs = [(sets.get(one, empty), sets.get(other, empty)) for sets in all_sets]
        if all(part <= whole for part, whole in pairs) and _is_no_chance(pairs):
            within.append((one, other))
    breakdowns = dict.fromkeys(name for name, category in names if category)
    sums = [
        (whole, name)
        for name in breakdowns
        for whole in names
        if whole[0] != name and all(_adds_up(sets, whole, name) for sets in all_sets)
    ]
    return Truths(tuple(within), tuple(sums))


def _is_no_chance(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> bool:
    return sum(bool(part) for part, _whole in pairs) >= _ENOUGH


def _adds_up(sets: Mapping[At, frozenset[str]], whole: At, name: str) -> bool:
    parts = [records for (figure, category), records in sets.items() if figure == name and category]
    held = frozenset(reference for records in parts for reference in records)
    return held == sets.get(whole) and sum(map(len, parts)) == len(held)


@dataclass
class Reader:
    """Somebody who knows the truths, and what is told of every count; what he can make of it."""

    least: dict[At, int] = field(default_factory=dict)
    most: dict[At, int] = field(default_factory=dict)
    hidden: set[At] = field(default_factory=set)

    @classmethod
    def of(cls, facts: YearFacts, kept: KeptBack) -> Reader:
        """Return who is told each count of a year in a sentence, or in the funnel."""
        reader, figures, sets = cls(), YearFigures(facts), sets_of(facts)
        figures.suppressed = kept.suppressed
        steps = {step.name for step in funnel_of(facts)}
        for at, records in sets.items():
            name, category = at
            if name == "reviews_published":  # public anyway
                reader.tell(at, str(len(records)))
            elif at == INCIDENTS:
                reader.least[at], reader.most[at] = 0, _MUCH
            elif counted_as(at) not in kept.suppressed.counts.values:
                # Of what nobody looked at he is not even told which categories there are.
                assert not records or figures.now(name, category).kept_back
            elif name in steps:
                told = (
                    kept.suppressed.words(funnel_name(name)) if name != "reviews_published" else ""
                )
                reader.tell(at, told or str(len(records)))
            else:
                said = figures.now(name, category)
                reader.tell(at, said.kept_back or str(len(records)))
        if any(not sets[at] for at in reader.hidden):  # a nought hides what is beside it
            reader.least |= dict.fromkeys(reader.hidden, 0)
        return reader

    def tell(self, at: At, said: str) -> None:
        """Take in what is told of a count."""
        if said.isdigit():
            self.least[at] = self.most[at] = int(said)
            return
        self.hidden.add(at)
        self.least[at], self.most[at] = 1, 4 if said.startswith("fewer") else _MUCH

    def think(self, truths: Truths, here: Sequence[tuple[At, At]]) -> None:
        """Narrow each count down as far as the truths, and what is so this year, allow."""
        known = self.least.keys()
        within = [pair for pair in (*truths.within, *here) if known >= set(pair)]
        sums = [
            (whole, parts)
            for whole, name in truths.sums
            if whole in known and (parts := [at for at in known if at[0] == name and at[1]])
        ]
        before = None
        while before != (before := (dict(self.least), dict(self.most))):
            for part, whole in within:
                self.most[part] = min(self.most[part], self.most[whole])
                self.least[whole] = max(self.least[whole], self.least[part])
            for whole, parts in sums:
                self._add_up(whole, parts)

    def _add_up(self, whole: At, parts: Sequence[At]) -> None:
        least, most = (sum(side[at] for at in parts) for side in (self.least, self.most))
        self.least[whole] = max(self.least[whole], least)
        self.most[whole] = min(self.most[whole], most)
        for at in parts:
            self.most[at] = min(self.most[at], self.most[whole] - (least - self.least[at]))
            self.least[at] = max(self.least[at], self.least[whole] - (most - self.most[at]))

    def worked_out(self, fewest: int) -> Iterator[At]:
        """Yield the hidden counts of which too few values are left."""
        for at in sorted(self.hidden):
            if self.most[at] - self.least[at] + 1 < fewest:
                yield at


def so_this_year(facts: YearFacts) -> tuple[tuple[At, At], ...]:
    """Return which of the incidents' counts hold all of another this year, as anybody may guess."""
    sets = sets_of(facts)
    pairs = permutations((INCIDENTS, NEEDED), 2)
    return tuple((part, whole) for part, whole in pairs if sets[part] <= sets[whole])


def counted_as(at: At) -> object:
    """Return what the program calls a count among those that it may keep back."""
    name, category = at
    if at == INCIDENTS:
        return ("incidents", "all")
    if not category and name in ("discussions_needed", "discussions_held", "reviews_commissioned"):
        return funnel_name(name)
    return name_of(name, category)


def is_declared(kept: KeptBack, part: object, whole: object) -> bool:
    """Say whether the sums that the program knows lead from a part to what holds it."""
    sums, reached, waiting = kept.suppressed.counts.sums, {part}, [part]
    while waiting:
        at = waiting.pop()
        above = {entry.total for entry in sums if at in entry.parts} - reached
        reached |= above
        waiting += above
    return whole in reached
