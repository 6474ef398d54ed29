"""The counts of lists and tables, with the sums that hold among them, ready to be suppressed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

Name = Hashable


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that add up to it."""

    total: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by name, the sums that hold among them, and those that are never printed anyway."""

    values: Mapping[Name, int]
    sums: tuple[Sum, ...] = ()
    unprinted: frozenset[Name] = frozenset()


def listing(values: Mapping[str, int], total: Name, prefix: Name = "") -> Counts:
    """Return the counts of a list whose categories add up; each is named (prefix, category)."""
    named: dict[Name, int] = {(prefix, category): value for category, value in values.items()}
    return Counts({**named, total: sum(values.values())}, (Sum(total, tuple(named)),))


def overlapping(values: Mapping[str, int], total: Name, of: int, prefix: Name = "") -> Counts:
    """Return the counts of categories of which one of ``of`` records may have several.

    No category is above the total and, where each record is in one at least, together they reach
    it.
    """
    named: dict[Name, int] = {(prefix, category): value for category, value in values.items()}
    others: dict[Name, int] = {("others", name): of - value for name, value in named.items()}
    sums = tuple(Sum(total, (name, ("others", name))) for name in named)
    together, spare = ("together", prefix), ("spare", prefix)
    if sum(values.values()) >= of:
        others |= {together: sum(values.values()), spare: sum(values.values()) - of}
        sums = (*sums, Sum(together, tuple(named)), Sum(together, (total, spare)))
    return Counts({**named, total: of, **others}, sums, frozenset(others))


def crossed(
    values: Mapping[tuple[str, str], int], total: Name, prefixes: tuple[Name, Name]
) -> Counts:
    """Return the counts of a table of two dimensions with all its totals.

    A cell is named (row, column), a row's total (first prefix, category) and a column's (second
    prefix, category), so that the lists of either dimension are linked to the table by name.
    """
    above, aside = prefixes
    cells: dict[Name, int] = {}
    down: dict[Name, list[Name]] = {}
    across: dict[Name, list[Name]] = {}
    for (row, column), value in values.items():
        name = (above, row), (aside, column)
        cells[name] = value
        across.setdefault(name[0], []).append(name)
        down.setdefault(name[1], []).append(name)
    margins = {**across, **down}
    totals = {name: sum(cells[cell] for cell in parts) for name, parts in margins.items()}
    sums = (Sum(name, tuple(parts)) for name, parts in margins.items())
    grand = (Sum(total, tuple(across)), Sum(total, tuple(down)))
    return Counts({**cells, **totals, total: sum(cells.values())}, (*sums, *grand))


def linked(parts: Iterable[Counts]) -> Counts:
    """Return several lists and tables as one; what bears one name is one figure.

    Raises ``ValueError`` where one name stands for two counts.
    """
    values: dict[Name, int] = {}
    sums: dict[Sum, None] = {}
    unprinted: set[Name] = set()
    for part in parts:
        for name, value in part.values.items():
            if values.setdefault(name, value) != value:
                raise ValueError(f"{name} stands for {values[name]} and for {value}")
        sums |= dict.fromkeys(part.sums)
        unprinted |= part.unprinted
    return Counts(values, tuple(sums), frozenset(unprinted))
