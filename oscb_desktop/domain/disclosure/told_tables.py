"""Tables of a plain text, told row by row: what heads a row, then each cell after its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from oscb_desktop.domain.disclosure.findings import PrintedTable

_POINT, _CELL = "- ", "  "


def told_tables(lines: Sequence[str], *, page: int) -> Iterator[PrintedTable]:
    """Return each run of points as a table; what stands above it heads its first column."""
    above, block = "", list[str]()
    for line in (*lines, ""):
        if line.strip():
            block.append(line)
            continue
        rows = list(_rows(block))
        if rows:
            yield PrintedTable(page, tuple(_even(above, rows)))
        above, block = (block[0].strip() if block else above), []


def _rows(block: Sequence[str]) -> Iterator[dict[str, str]]:
    """Yield each point as its cells by their headings; the first has none."""
    row: dict[str, str] = {}
    for line in block:
        if line.startswith(_POINT):
            if row:
                yield row
            head, colon, said = line.removeprefix(_POINT).rpartition(": ")
            row = {"": head, " ": said.strip()} if colon else {"": said.strip()}
        elif row and line.startswith(_CELL):
            name, colon, said = line.strip().partition(": ")
            if colon:
                row[name] = said.strip()
    if row:
        yield row


def _even(above: str, rows: Sequence[dict[str, str]]) -> Iterator[tuple[str, ...]]:
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    yield (above, *names[1:])
    for row in rows:
        yield tuple(row.get(name, "") for name in names)
