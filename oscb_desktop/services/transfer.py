"""Spreadsheets in and out: the workbook to fill in, and bringing one in, rehearsed first."""

from __future__ import annotations

from pathlib import Path

from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.exchange.cells import Written, in_cell, to_text, to_value
from oscb_desktop.exchange.sheets import Cell, Fault, Row, Source
from oscb_desktop.paths import resource
from oscb_desktop.services.files import adopt_practice_day, safety_copy
from oscb_desktop.services.import_ledger import AddedRow, AmendedRow, FieldChange, ImportOutcome
from oscb_desktop.services.import_rows import FaultsFound, ImportRows
from oscb_desktop.services.store import Store

__all__ = [
    "AddedRow",
    "AmendedRow",
    "Fault",
    "FieldChange",
    "ImportOutcome",
    "import_workbook",
    "read_source",
    "sample_source",
    "write_blank_workbook",
    "write_sample_workbook",
]


def import_workbook(store: Store, path: Path, *, rehearse: bool, backups: Path) -> ImportOutcome:
    """Bring in a workbook or data file in one step, or only find out what that would do.

    A copy of the file is made before anything is kept. Raises ``UserError`` when the path holds no
    workbook of ours or the copy cannot be written; the faults of its rows are in the outcome.
    """
    source = read_source(path)
    if source.faults:
        return ImportOutcome(source.faults)
    copy = None if rehearse else lambda: safety_copy(store, backups, "before import")
    command = ImportRows(source, copy)
    try:
        changes = store.rehearse(command, keep=not rehearse)
    except FaultsFound:
        return command.ledger.outcome(kept=False)
    kept = not rehearse and bool(changes.records)
    if kept and "organisation" in changes.kinds:
        adopt_practice_day(store)
    return command.ledger.outcome(kept=kept)


def read_source(path: Path) -> Source:
    """Read a workbook or data file into rows; raises ``UserError`` when it is neither."""
    from oscb_desktop.exchange import reader  # slow to import and rarely needed

    return reader.read_source(path)


def sample_source() -> Source:
    """Return the sample year as rows."""
    return read_source(resource("sample/2021-22.toml"))


def write_blank_workbook(path: Path) -> None:
    """Write the workbook to fill in; raises ``UserError`` when the path cannot be written."""
    from oscb_desktop.exchange.template import write_template  # slow to import and rarely needed

    write_template(path)


def write_sample_workbook(path: Path) -> None:
    """Write the workbook filled with the sample year, as an example of how it is filled in.

    Raises ``UserError`` when the path cannot be written.
    """
    from oscb_desktop.exchange.template import write_template  # slow to import and rarely needed

    rows = {
        sheet.kind.name: [_written_row(sheet.kind, row) for row in sheet.rows]
        for sheet in sample_source().sheets
    }
    write_template(path, rows)


def _written_row(kind: RecordKind, row: Row) -> dict[str, Written]:
    return {name: _written(kind.field(name), cell) for name, cell in row.cells.items()}


def _written(declared: Field, cell: Cell) -> Written:
    if not declared.is_link:
        return in_cell(declared, to_value(declared, cell))
    if isinstance(cell.content, tuple):
        return "\n".join(cell.content)
    return to_text(declared, cell)
