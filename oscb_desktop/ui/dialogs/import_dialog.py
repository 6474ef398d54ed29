"""A workbook, rehearsed: what it would add and change, or every fault by sheet, row and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.import_ledger import ImportOutcome
from oscb_desktop.services.transfer import import_workbook
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.latest import Latest
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.badge import Tone


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of what was found: a fault, an addition or a change."""

    tone: Tone
    what: str
    sheet: str
    row: int
    column: str
    words: str


_COLUMNS = (
    Column("what", "What", lambda line: line.what, width=10, tone=lambda line: line.tone),
    Column("sheet", "Sheet", lambda line: line.sheet, width=18),
    Column("row", "Row", lambda line: str(line.row or ""), lambda line: line.row, 6, numeric=True),
    Column("column", "Column", lambda line: line.column, width=10),
    Column("words", "In words", lambda line: line.words, width=50, wide=True),
)


class ImportDialog(QDialog):
    """Nothing is written until Import is pressed, and then all of it or none."""

    def __init__(self, parent: QWidget | None, context: Context, path: Path) -> None:
        super().__init__(parent)
        self._context = context
        self._path = path
        self._work = Latest(context.tasks, "Reading the workbook", self._fail)
        self._writing = False
        self.setWindowTitle(f"Import {path.name}")
        self.summary = theme.heading("")
        self.help = theme.styled(theme.heading(""), "muted")
        self.lines = RowTable("What was found", _COLUMNS, identity=lambda line: line)
        self.import_button = QPushButton("&Import")
        self.copy_button = QPushButton("Co&py all")
        self._build()

    def rehearse(self) -> None:
        """Find out on the worker what the workbook would do."""
        self._begin("Reading the workbook", rehearse=True)

    def carry_out(self) -> None:
        """Import it, in one step."""
        self._begin("Importing", rehearse=False)

    def _begin(self, label: str, *, rehearse: bool) -> None:
        self._writing = not rehearse
        self.summary.setText(f"{label}…")
        self.help.setText("")
        self.import_button.setEnabled(False)
        store, path, backups = (
            self._context.operations.store,
            self._path,
            place_of(self._context.paths).folder,
        )
        self._work.start(
            lambda: import_workbook(store, path, rehearse=rehearse, backups=backups),
            self._show,
            label,
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        self.summary.setWordWrap(True)
        self.help.setWordWrap(True)
        column.addWidget(self.summary)
        column.addWidget(self.help)
        column.addWidget(self.lines, 1)
        column.addStretch(0)
        buttons = QDialogButtonBox()
        buttons.addButton(self.import_button, QDialogButtonBox.ButtonRole.ApplyRole)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = buttons.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
        self.import_button.clicked.connect(self.carry_out)
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.import_button.setEnabled(False)
        open_at(self, 860, 520)

    def _show(self, outcome: ImportOutcome) -> None:
        self._writing = False
        lines = _lines(outcome)
        self.lines.set_rows(lines)
        self.lines.setVisible(bool(lines))
        self.copy_button.setVisible(bool(lines))
        summary, help = _told(outcome)
        self.summary.setText(summary)
        self.help.setText(help)
        ready = not outcome.faults and not outcome.kept and not outcome.nothing_to_do
        self.import_button.setEnabled(ready)
        self.import_button.setVisible(ready or bool(outcome.faults))
        (self.import_button if ready else self.close_button).setDefault(True)
        if outcome.kept:
            every_kind = frozenset((kind, 0) for kind in RECORD_KINDS)
            self._context.operations.changed.emit(Changes(f"Import {self._path.name}", every_kind))

    def _fail(self, problem: BaseException) -> None:
        self._writing = False
        if not isinstance(problem, UserError):
            raise problem
        self.summary.setText("This workbook cannot be imported")
        self.help.setText(problem.sentence)

    def _copy(self) -> None:
        self.lines.selectAll()
        self.lines.copy()

    def done(self, result: int) -> None:
        """Close; a rehearsal under way ends without telling anybody, an import is waited for."""
        if self._writing:
            return
        self._work.forget()
        super().done(result)


def _told(outcome: ImportOutcome) -> tuple[str, str]:
    if outcome.faults:
        return (
            f"{counted(len(outcome.faults), 'fault')} found, so nothing was written",
            "Put each right in the workbook and import it again.",
        )
    if outcome.nothing_to_do:
        rows = counted(outcome.unchanged, "row")
        return ("Nothing to do", f"The file holds all {rows} of this workbook already.")
    added, changed = counted(len(outcome.added), "record"), f"{len(outcome.amended):,}"
    if outcome.kept:
        return (
            f"Imported: {added} added, {changed} changed, {outcome.unchanged:,} left as they were",
            "One undo (Ctrl+Z) takes all of it back.",
        )
    return (
        f"To import: {added} to add, {changed} to change, {outcome.unchanged:,} to leave",
        "Nothing is written yet. A backup of the file is made before it is.",
    )


def _lines(outcome: ImportOutcome) -> Sequence[_Line]:
    faults = [
        _Line(Tone.BAD, "Fault", fault.sheet, fault.row, fault.column, fault.sentence)
        for fault in outcome.faults
    ]
    added = [_Line(Tone.GOOD, "Added", row.sheet, row.row, "", row.title) for row in outcome.added]
    amended = [
        _Line(
            Tone.INFO,
            "Changed",
            row.sheet,
            row.row,
            change.label,
            f"{row.title}: {change.before or 'nothing'} → {change.after or 'nothing'}",
        )
        for row in outcome.amended
        for change in row.changes
    ]
    return [*faults, *amended, *added]
