"""Answers that came back: what each would change beside what the file holds, ticked one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import counted
from oscb_desktop.errors import UserError
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.chasing_answers import (
    AnswerFault,
    AnswersRehearsed,
    ProposedChange,
    rehearse_answers,
)
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.latest import Latest, refusing
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.labels import fault, heading, quiet, strong, words

_FAULTS = (
    Column("file", "File", lambda row: row.file, width=24),
    Column("row", "Row", lambda row: str(row.row or ""), lambda row: row.row, 6, numeric=True),
    Column("column", "Column", lambda row: row.column, width=8),
    Column("sentence", "In words", lambda row: row.sentence, width=60, wide=True),
)


class ChangeTable(RowTable):
    """The proposed changes; the space bar, or a click in the first column, ticks."""

    ticked = Signal()

    def __init__(self) -> None:
        self.ticks: set[int] = set()
        super().__init__("Proposed changes", self._columns())
        self.clicked.connect(self._on_clicked)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("take", "Take", self._take, width=8, tone=self._tone),
            Column("action", "Action", lambda row: row.action, width=11),
            Column("agency", "From", lambda row: row.agency, width=14),
            Column("what", "What", lambda row: row.what, width=15),
            Column("now", "The file holds", lambda row: row.now, width=22),
            Column("says", "The sheet says", lambda row: row.says, width=34, wide=True),
            Column("told", "Note", _note, width=14),
        )

    def set_ticks(self, ids: Sequence[int]) -> None:
        """Tick these and no others."""
        self.ticks = set(ids)
        self._repaint()

    def toggle(self) -> None:
        """Tick the chosen rows, or take their ticks away where all have one."""
        ids = {row.id for row in self.chosen_rows()}
        self.ticks = self.ticks - ids if ids <= self.ticks else self.ticks | ids
        self._repaint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with the space bar."""
        if event.key() == Qt.Key.Key_Space and self.chosen_rows():
            self.toggle()
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self.toggle()

    def _repaint(self) -> None:
        last = self.rows.rowCount() - 1
        if last >= 0:
            self.rows.dataChanged.emit(self.rows.index(0, 0), self.rows.index(last, 0))
        self.ticked.emit()

    def _take(self, row: ProposedChange) -> str:
        return "Yes" if row.id in self.ticks else "No"

    def _tone(self, row: ProposedChange) -> Tone:
        if row.id in self.ticks:
            return Tone.GOOD
        return Tone.WARN if row.conflict else Tone.PLAIN


class AnswersDialog(QDialog):
    """Nothing is written until Take is pressed, and then all that is ticked or none of it."""

    def __init__(self, parent: QWidget | None, context: Context, paths: Sequence[Path]) -> None:
        super().__init__(parent)
        self._context = context
        self._paths = tuple(paths)
        self._writing = False
        self.found: AnswersRehearsed | None = None
        self.summary = heading("")
        told = refusing(self.summary.setText, "The answers could not be read.")
        self._reading = Latest(context.tasks, "Reading the answers", told)
        self.help = quiet("")
        self.changes = ChangeTable()
        self.detail = words("")
        self.refusal = fault()
        self.faults = RowTable("What cannot be taken", _FAULTS, identity=lambda row: row)
        self.only_conflicts = QCheckBox("Only c&onflicts")
        self.all_button = QPushButton("Tick &all")
        self.none_button = QPushButton("Tick &none")
        self.take_button = QPushButton("&Take what is ticked")
        self.faults_head = strong("Cannot be taken")
        self.setWindowTitle("Answers that came back")
        self._build()

    def rehearse(self) -> None:
        """Find out on the worker what the answers would change."""
        self.summary.setText("Reading the answers…")
        store, paths = self._context.operations.store, self._paths
        self._reading.start(lambda: rehearse_answers(store, paths), self._show)

    def tick_all(self) -> None:
        """Tick all that overwrites nothing; a conflict is ticked by itself or not at all."""
        if self.found is not None:
            self.changes.set_ticks([change.id for change in self.found.without_conflicts()])

    def take(self) -> None:
        """Take what is ticked on the worker, in one step."""
        if self.found is None or self._writing:
            return
        ticked = [each for each in self.found.changes if each.id in self.changes.ticks]
        store, command = self._context.operations.store, self.found.applying(ticked)
        self._writing = True
        self.take_button.setEnabled(False)
        self._context.tasks.run(
            "Taking the answers", lambda: store.write(command), self._on_taken, self._on_refused
        )

    def done(self, result: int) -> None:
        """Close; a rehearsal under way ends without telling anybody, the taking is waited for."""
        if self._writing:
            return
        self._reading.forget()
        super().done(result)

    def _on_taken(self, changes: Changes) -> None:
        self._writing = False
        self.accept()
        self._context.operations.changed.emit(changes)

    def _on_refused(self, problem: BaseException) -> None:
        self._writing = False
        if not isinstance(problem, UserError):
            raise problem
        self.take_button.setEnabled(True)
        self.refusal.setText(problem.sentence)
        self.refusal.show()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        above = QHBoxLayout()
        for part in (self.all_button, self.none_button, self.only_conflicts):
            above.addWidget(part)
        above.addStretch(1)
        for widget in (self.summary, self.help):
            column.addWidget(widget)
        column.addLayout(above)
        column.addWidget(self.changes, 3)
        column.addWidget(self.detail)
        column.addWidget(self.faults_head)
        column.addWidget(self.faults, 2)
        column.addWidget(self.refusal)
        column.addStretch(0)
        buttons = QDialogButtonBox()
        buttons.addButton(self.take_button, QDialogButtonBox.ButtonRole.ApplyRole)
        self.close_button = buttons.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        for hidden in (self.detail, self.faults_head, self.faults, self.refusal):
            hidden.hide()
        for known in (self.all_button, self.none_button, self.take_button, self.close_button):
            known.setAutoDefault(False)  # Enter belongs to the list
        self._connect()
        open_at(self, 1120, 640)

    def _connect(self) -> None:
        self.all_button.clicked.connect(self.tick_all)
        self.none_button.clicked.connect(partial(self.changes.set_ticks, ()))
        self.only_conflicts.toggled.connect(lambda _on: self._narrow())
        self.take_button.clicked.connect(self.take)
        self.changes.ticked.connect(self._tell)
        self.changes.chosen.connect(self._tell_change)
        self.faults.chosen.connect(self._tell_fault)

    def _show(self, found: AnswersRehearsed) -> None:
        self.found = found
        self.changes.set_rows(found.changes)
        self.faults.set_rows(found.faults)
        some, wrong = bool(found.changes), bool(found.faults)
        conflicts = len(found.changes) - len(found.without_conflicts())
        for widget in (self.changes, self.all_button, self.none_button):
            widget.setVisible(some)
        self.only_conflicts.setVisible(conflicts > 0)
        self.faults_head.setVisible(wrong)
        self.faults_head.setText(f"{counted(len(found.faults), 'thing')} cannot be taken")
        self.faults.setVisible(wrong)
        self.summary.setText(_summary(found, conflicts))
        self.help.setText("\n".join(found.remarks))
        self.help.setVisible(bool(found.remarks))
        self._tell()
        (self.all_button if some else self.close_button).setFocus()

    def _tell(self) -> None:
        """Say on the button what it would do."""
        found, count = self.found, len(self.changes.ticks)
        self.refusal.hide()
        self.take_button.setVisible(found is not None and bool(found.returned))
        if found is None:
            return
        self.take_button.setEnabled(bool(count) or not found.changes)
        label = f"&Take {counted(count, 'change')}" if found.changes else "&Note as answered"
        self.take_button.setText(label)

    def _tell_change(self, row: ProposedChange | None) -> None:
        self.detail.setVisible(row is not None)
        if row is None:
            return
        told = [f"{row.file}, row {row.row}, column {row.column}. {row.told}".strip()]
        if row.conflict:
            told.append(f"When the sheet was made: {row.made or 'nothing'}")
        told += [f"The file holds: {row.now or 'nothing'}", f"The sheet says: {row.says}"]
        self.detail.setText("\n".join(line[:600] for line in told))

    def _tell_fault(self, row: AnswerFault | None) -> None:
        if row is not None:
            self.detail.setText(row.words())
            self.detail.show()

    def _narrow(self) -> None:
        rows = self.changes.rows
        wanted = self.only_conflicts.isChecked()
        rows.keep([row.conflict for row in rows.all_rows()] if wanted else None)


def _note(row: ProposedChange) -> str:
    return f"Conflict. {row.told}" if row.conflict else row.told


def _summary(found: AnswersRehearsed, conflicts: int) -> str:
    if not found.changes:
        return "Nothing new" if found.returned else "Nothing could be read"
    sheets = counted(len(found.returned), "sheet")
    told = f"{counted(len(found.changes), 'change')} proposed by {sheets}"
    return f"{told}, {counted(conflicts, 'conflict')}" if conflicts else told
