"""Records from a data file: one table a kind of record, its keys the names of the fields."""

from __future__ import annotations

import tomllib
from datetime import date, time
from pathlib import Path

from oscb_desktop.domain.fields.field import RecordKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, TYPED_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.package import read_bytes
from oscb_desktop.exchange.sheets import Cell, Fault, Row, Sheet, Source, columns_of, listed


def read_toml(path: Path) -> Source:
    """Read a data file; rows are numbered from 1 within their table.

    Raises ``UserError`` when it is no such file; faults of its build are in the source.
    """
    try:
        tables = tomllib.loads(read_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as problem:
        raise UserError(f"{path.name} cannot be read as a data file: {problem}.") from problem
    sheets, faults = [], []
    for name, table in tables.items():
        kind = RECORD_KINDS.get(name)
        if kind not in TYPED_KINDS:
            names = listed([kind.name for kind in TYPED_KINDS])
            faults.append(Fault(name, 0, "", f"There is no such table. There are: {names}."))
            continue
        sheets.append(_sheet(kind, table if isinstance(table, list) else [table], faults))
    return Source(path.name, tuple(sheets), tuple(faults))


def _sheet(kind: RecordKind, entries: list[object], faults: list[Fault]) -> Sheet:
    rows = []
    for number, entry in enumerate(entries, start=1):
        if not isinstance(entry, dict):
            faults.append(Fault(kind.plural, number, "", "This is a value, not a record."))
            continue
        rows.append(_row(kind, number, entry, faults))
    return Sheet(kind.plural, kind, {name: name for name in _names(kind)}, tuple(rows))


def _row(kind: RecordKind, number: int, entry: dict[str, object], faults: list[Fault]) -> Row:
    cells = {}
    for name, value in entry.items():
        if name not in _names(kind):
            names = listed(_names(kind))
            faults.append(Fault(kind.plural, number, name, f"No such field. There are: {names}."))
        elif value not in ("", []):
            cells[name] = _cell(value)
    return Row(number, cells)


def _cell(value: object) -> Cell:
    if isinstance(value, str | int | float | date | time):
        return Cell(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return Cell(tuple(value))
    return Cell(problem="This holds a table or a list of other things than texts.")


def _names(kind: RecordKind) -> list[str]:
    return [declared.name for declared in columns_of(kind)]
