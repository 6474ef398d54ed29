"""The last look before records are removed for good: what goes, what stays, who approves."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.retention import RetentionAction
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.retention import DueCase, kinds_in_words, removed_together
from oscb_desktop.services.disposal import Disposed, DisposeRecords, dispose
from oscb_desktop.ui import theme
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.widgets.labels import fault, quiet, strong, words
from oscb_desktop.ui.widgets.scrolling import scrolled

_FINAL = (
    "This cannot be undone. The records, their words in the history and their place in the search "
    "are removed, the file is written anew without them, and a backup is made. Backups made "
    "before still hold them: the certificate names these, and they can be deleted one by one."
)
_TRANSFERRED = "The archive has taken what the schedule proposes for transfer"


class DisposalDialog(QDialog):
    """Removes what was ticked once who approves, the authority and the number are typed."""

    disposed = Signal(object)

    def __init__(self, parent: QWidget | None, context: Context, cases: Sequence[DueCase]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Dispose of records")
        self._context = context
        self._cases = tuple(cases)
        goes = context.operations.read(removed_together, [case.ref for case in cases])
        self.number = sum(count for _, count in goes)
        self._counted = kinds_in_words(goes)
        self.approved_by, self.authority = QLineEdit(), QPlainTextEdit()
        self.transferred = QCheckBox(_TRANSFERRED)
        self.typed = QLineEdit()
        self.fault = fault()
        self.dispose_button = QPushButton("&Remove for good")
        self._build()

    def reject(self) -> None:
        """Close, but not in the middle of the disposal."""
        if self.isEnabled():
            super().reject()

    def dispose(self) -> None:
        """Check what was typed, and remove the records on the worker."""
        wanted = "".join(mark for mark in self.typed.text() if mark.isdigit())
        if not self.approved_by.text().strip():
            self._complain(self.approved_by, "Say who approves it.")
        elif not self.authority.toPlainText().strip():
            self._complain(self.authority, "Say on what authority.")
        elif self._for_archive() and not self.transferred.isChecked():
            self._complain(self.transferred, f"Tick “{_TRANSFERRED}” when it has.")
        elif wanted != str(self.number):
            self._complain(self.typed, f"Type {self.number:,}, the number of records that go.")
        else:
            self._begin()

    def _begin(self) -> None:
        store = self._context.operations.store
        work = BackupWork(self._context.operations, self._context.tasks, self._context.paths)
        place = None if store.practice_today else work.place()
        command = DisposeRecords(
            self._cases,
            self.approved_by.text(),
            self.authority.toPlainText(),
            self.transferred.isChecked(),
        )
        self.fault.hide()
        self.setEnabled(False)
        self._context.tasks.run(
            "Removing the records", lambda: dispose(store, place, command), self._done, self._fail
        )

    def _done(self, disposed: Disposed) -> None:
        self.setEnabled(True)
        self.accept()
        self.disposed.emit(disposed)

    def _fail(self, problem: BaseException) -> None:
        self.setEnabled(True)
        if isinstance(problem, InvalidRecord):
            self._complain(self.authority, " ".join(wrong.sentence for wrong in problem.faults))
        elif isinstance(problem, UserError):
            self._complain(self.typed, problem.sentence)
        else:
            self.reject()
            raise problem

    def _complain(self, field: QWidget, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.show()
        field.setFocus()

    def _for_archive(self) -> bool:
        return any(case.rule.action is RetentionAction.ARCHIVE for case in self._cases)

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(
            strong(f"To be removed: {counted(self.number, 'record')} ({self._counted}).")
        )
        column.addWidget(scrolled(self._told()), 1)
        self.authority.setTabChangesFocus(True)
        self.authority.setFixedHeight(4 * theme.row_height(self.authority))
        for text, field in (
            ("&Approved by", self.approved_by),
            ("On what &authority", self.authority),
        ):
            self._add(column, text, field)
        self.authority.setPlaceholderText("Such as a line of the schedule, and who agreed to it")
        column.addWidget(self.transferred)
        self.transferred.setVisible(self._for_archive())
        column.addWidget(words(_FINAL))
        self._add(column, f"To go on, &type how many records go ({self.number:,})", self.typed)
        column.addWidget(self.fault)
        self.fault.hide()
        cancel = QPushButton("Cance&l")
        cancel.setDefault(True)  # Enter in a field leaves everything as it is
        cancel.clicked.connect(self.reject)
        self.dispose_button.setAutoDefault(False)
        self.dispose_button.clicked.connect(self.dispose)
        row = QHBoxLayout()  # a button box would let Tab pass by the first
        row.addStretch(1)
        row.addWidget(self.dispose_button)
        row.addWidget(cancel)
        column.addLayout(row)
        open_at(self, 640, 680)
        self.approved_by.setFocus()

    def _add(self, column: QVBoxLayout, text: str, field: QWidget) -> None:
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        column.addWidget(label)
        column.addWidget(field)

    def _told(self) -> QWidget:
        """Return each case in a few lines: why it goes, and what of it stays."""
        told = QWidget()
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        for case in self._cases:
            lines.addWidget(words(f"{case.title}: {case.why}. {kinds_in_words(case.goes)}."))
            for stays in case.stays:
                lines.addWidget(quiet(stays))
        lines.addStretch(1)
        return told
