"""Small counts of children in printed tables, also those that the totals beside them give away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from oscb_desktop.domain.disclosure.findings import PrintedTable
from oscb_desktop.domain.disclosure.words import word_list, words_of

_COUNT = re.compile(r"\d{1,3}(?:,?\d{3})*")
_HIDDEN = re.compile(
    r"(?:\[?[cx*]\]?|–|—|<\s*\d+|fewer than \w+|less than \w+|suppressed|withheld)", re.I
)
_PEOPLE = word_list("people")
_NO_COUNT = word_list("no_count")
_PUBLISHING = word_list("publishing")
_SHARING = word_list("sharing")
_TOTALS = frozenset({"total", "totals", "all", "sum", "together"})


@dataclass(frozen=True, slots=True)
class SmallCount:
    """A cell that tells too much: its row and column, what it shows, and whether it is hidden.

    ``hidden`` means that the cell does not show the number but a total gives it away.
    """

    row: int
    column: int
    words: str
    hidden: bool


def small_counts(table: PrintedTable, below: int) -> Iterator[SmallCount]:
    """Return the cells of a table of people that count fewer than ``below`` and more than none.

    A hidden cell (c, *, "fewer than 5") counts when it is the only one of a row or column that
    has a total, once those that follow in the same way are filled in. Source: the DfE's practice of
    secondary suppression, which its statistics guidance asks for.
    """
    rows = table.rows
    people = _rows_of_people(rows) if len(rows) > 1 else set()
    if not people:
        return
    columns = _counted_columns(rows)
    given = _given_away(rows, columns)
    for at in sorted(people):
        row = rows[at]
        for column in columns:
            shown = _cell(row, column)
            if _COUNT.fullmatch(shown) and 0 < _value(shown) < below:
                yield SmallCount(at, column, shown, hidden=False)
            elif 0 < given.get((at, column), 0) < below:
                yield SmallCount(at, column, shown, hidden=True)


def own_days(table: PrintedTable) -> set[str]:
    """Return the cells of a table that date what the organisation published or shared.

    Such a day is no child's: a column says that it is of publication, or the whole table tells to
    whom something was told.
    """
    heads = [set(words_of(head)) for head in table.rows[0]]
    shared = any(not _SHARING.isdisjoint(head) for head in heads)
    columns = [at for at, head in enumerate(heads) if shared or not _PUBLISHING.isdisjoint(head)]
    return {" ".join(_cell(row, at).split()) for row in table.rows[1:] for at in columns}


def _cell(row: Sequence[str], column: int) -> str:
    return row[column].strip() if column < len(row) else ""


def _value(shown: str) -> int:
    return int(shown.replace(",", ""))


def _rows_of_people(rows: Sequence[Sequence[str]]) -> set[int]:
    """Return the rows that count people: all where a heading speaks of them, or those that do."""
    if any(map(_speaks_of_people, rows[0])):
        return set(range(1, len(rows)))
    return {at for at, row in enumerate(rows) if at and row and _speaks_of_people(row[0])}


def _speaks_of_people(words: str) -> bool:
    return not _PEOPLE.isdisjoint(words_of(words))


def _counted_columns(rows: Sequence[Sequence[str]]) -> list[int]:
    """Return the columns of numbers, but for those that number or date their rows."""
    width = max(map(len, rows))
    found = []
    for column in range(width):
        cells = [_cell(row, column) for row in rows[1:]]
        counts = [_value(cell) for cell in cells if _COUNT.fullmatch(cell)]
        hidden = sum(bool(_HIDDEN.fullmatch(cell)) for cell in cells)
        heading = words_of(_cell(rows[0], column))
        numbering = bool(heading) and heading[0] in _NO_COUNT and len(heading) < 3
        runs_on = column == 0 and counts == list(range(1, len(counts) + 1))
        if len(counts) + hidden > len(cells) / 2 and not numbering and not runs_on:
            found.append(column)
    return found


def _given_away(rows: Sequence[Sequence[str]], columns: list[int]) -> dict[tuple[int, int], int]:
    """Return the hidden cells whose number follows from the totals, with the number."""
    sums = _sums(rows, columns)
    known: dict[tuple[int, int], int] = {}
    hidden: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        for column in columns:
            shown = _cell(row, column)
            if _COUNT.fullmatch(shown):
                known[at, column] = _value(shown)
            elif _HIDDEN.fullmatch(shown):
                hidden.add((at, column))
    found: dict[tuple[int, int], int] = {}
    while True:
        solved = {
            one: value
            for parts, total in sums
            for one, value in _solve(parts, total, known, hidden)
        }
        if not solved:
            return found
        found |= solved
        known |= solved
        hidden -= solved.keys()


_Cells = list[tuple[int, int]]


def _sums(
    rows: Sequence[Sequence[str]], columns: list[int]
) -> list[tuple[_Cells, tuple[int, int]]]:
    """Return each sum of the table: the cells that make it up and the cell of its total."""
    body = range(1, len(rows))
    totals = [at for at in body if not _TOTALS.isdisjoint(words_of(_cell(rows[at], 0)))]
    total_columns = [at for at in columns if not _TOTALS.isdisjoint(words_of(_cell(rows[0], at)))]
    plain = [at for at in body if at not in totals]
    across = [at for at in columns if at not in total_columns]
    down = [([(at, column) for at in plain], (totals[-1], column)) for column in columns if totals]
    along = [
        ([(at, column) for column in across], (at, total_columns[-1]))
        for at in body
        if total_columns
    ]
    return [*down, *along]


def _solve(
    parts: _Cells,
    total: tuple[int, int],
    known: dict[tuple[int, int], int],
    hidden: set[tuple[int, int]],
) -> Iterator[tuple[tuple[int, int], int]]:
    """Return the one hidden cell of a sum with its number, if there is just one."""
    open_parts = [one for one in parts if one in hidden]
    rest = sum(known.get(one, 0) for one in parts)
    if len(open_parts) == 1 and total in known and known[total] >= rest:
        yield open_parts[0], known[total] - rest
    elif not open_parts and total in hidden:
        yield total, rest
