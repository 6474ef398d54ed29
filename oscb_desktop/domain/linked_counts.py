"""The counts of lists and tables, with the sums that hold among them, ready to be suppressed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

Name = Hashable


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and the parts that add up to it."""

    total: Name
    parts: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by name, the sums that hold among them, and those that are never printed anyway.

    ``floors`` are what some counts cannot be below, for all that is public anyway; ``noughts`` are
    those of which it is told elsewhere that they are nought, so that nothing can hide behind them.
    """

    values: Mapping[Name, int]
    sums: tuple[Sum, ...] = ()
    unprinted: frozenset[Name] = frozenset()
    floors: Mapping[Name, int] = field(default_factory=dict)
    noughts: frozenset[Name] = frozenset()


def listing(
    values: Mapping[str, int], total: Name, prefix: Name = "", *, of: int | None = None
) -> Counts:
    """Return the counts of a list, each named (prefix, category).

    ``of`` is given where one of so many records may have several categories; else they add up.
    That some of them do have several is told, so the counts are known to be more than the records.
    """
    named: dict[Name, int] = {(prefix, category): value for category, value in values.items()}
    whole = sum(values.values()) if of is None else of
    tied = together(total, whole, named, of is None)
    more = {name: 1 for name in (_spare(total, named),) if tied.values.get(name)}
    return linked((Counts({**named, total: whole}, floors=more), tied))


def crossed(
    cells: Mapping[tuple[str, str], int],
    rows: Mapping[str, int],
    columns: Mapping[str, int],
    total: tuple[Name, int],
    prefixes: tuple[Name, Name] = ("row", "column"),
    *,
    adds_up: tuple[bool, bool] = (True, True),
) -> Counts:
    """Return the counts of a table of two dimensions with all its totals.

    A cell is named (row, column), a row's total (first prefix, category) and a column's (second
    prefix, category), so that the lists of either dimension are linked to the table by name.
    ``adds_up`` says of each dimension whether a record has only one of its categories.
    """
    above: dict[Name, int] = {(prefixes[0], row): count for row, count in rows.items()}
    aside: dict[Name, int] = {(prefixes[1], column): count for column, count in columns.items()}
    inner: dict[Name, dict[Name, int]] = {name: {} for name in (*above, *aside)}
    for (row, column), count in cells.items():
        at: tuple[Name, Name] = (prefixes[0], row), (prefixes[1], column)
        inner[at[0]][at] = inner[at[1]][at] = count
    values = {name: count for parts in inner.values() for name, count in parts.items()}
    return linked(
        (
            Counts({**values, **above, **aside, total[0]: total[1]}),
            together(*total, above, adds_up[0]),
            together(*total, aside, adds_up[1]),
            *(together(name, count, inner[name], adds_up[1]) for name, count in above.items()),
            *(together(name, count, inner[name], adds_up[0]) for name, count in aside.items()),
        )
    )


def together(total: Name, whole: int, parts: Mapping[Name, int], adds_up: bool) -> Counts:
    """Return how parts hang together with their total: as a sum or, overlapping, as bounds.

    Overlapping parts are none of them above the total and, as each record is in one at least,
    together they reach it.
    """
    values: dict[Name, int] = {**parts, total: whole}
    if adds_up:
        return Counts(values, (Sum(total, tuple(parts)),)) if parts else Counts(values)
    hidden: dict[Name, int] = {("but", total, name): whole - parts[name] for name in parts}
    sums = tuple(Sum(total, (name, ("but", total, name))) for name in parts)
    if (spare := sum(parts.values()) - whole) >= 0:
        key = tuple(parts)
        hidden |= {("all of", total, key): spare + whole, _spare(total, parts): spare}
        sums = (*sums, Sum(("all of", total, key), key))
        sums = (*sums, Sum(("all of", total, key), (total, _spare(total, parts))))
    return Counts({**values, **hidden}, sums, frozenset(hidden))


def _spare(total: Name, parts: Iterable[Name]) -> Name:
    """Return the name of what overlapping parts together are more than their total."""
    return ("spare", total, tuple(parts))


def linked(parts: Iterable[Counts]) -> Counts:
    """Return several lists and tables as one; what bears one name is one figure.

    Raises ``ValueError`` where one name stands for two counts.
    """
    values: dict[Name, int] = {}
    sums: dict[Sum, None] = {}
    unprinted: set[Name] = set()
    floors: dict[Name, int] = {}
    noughts: set[Name] = set()
    for part in parts:
        for name, value in part.values.items():
            if values.setdefault(name, value) != value:
                raise ValueError(f"{name} stands for {values[name]} and for {value}")
        sums |= dict.fromkeys(part.sums)
        unprinted |= part.unprinted
        floors |= {name: max(at, floors.get(name, 0)) for name, at in part.floors.items()}
        noughts |= part.noughts
    return Counts(values, tuple(sums), frozenset(unprinted), floors, frozenset(noughts))
