"""A recovery sheet: made once the passphrase is typed, then saved or printed, then forgotten."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.errors import UserError
from oscb_desktop.services.attempts import Attempts
from oscb_desktop.services.keys import check_passphrase
from oscb_desktop.services.printing import print_recovery_sheet, save_pdf
from oscb_desktop.ui import paper_printing, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.widgets.labels import fault, words
from oscb_desktop.ui.widgets.passphrase_field import PassphraseField

_BEFORE = (
    "A recovery sheet opens the file when its passphrase is forgotten. Whoever has the sheet and "
    "the file can read everything, so it belongs in a locked place, on paper. That a sheet is made "
    "is noted in the history."
)
_MADE = (
    "The sheet is made. Print it and lock it away: it is not kept once this window is closed. A "
    "PDF of it opens the file as well, so delete it when it is printed."
)


class RecoveryDialog(QDialog):
    """Asks for the passphrase first, so that nobody passing an open window takes the key along."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent)
        self.setWindowTitle("Recovery sheet")
        self._context = context
        self.told = words(_BEFORE)
        self.passphrase = PassphraseField("Passphrase")
        self.fault = fault()
        self.make_button = QPushButton("&Make the sheet")
        self.save_button = QPushButton("&Save as PDF…")
        self.print_button = QPushButton("&Print…")
        self.pdf = b""
        self._build()
        self.make_button.clicked.connect(self._on_make)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(self._on_print)
        self.finished.connect(self._forget)

    def reject(self) -> None:
        """Close, but not while the sheet is being made."""
        if self.isEnabled():
            super().reject()

    def save_to(self, path: Path) -> None:
        """Write the sheet to a file, or say why it cannot be."""
        try:
            save_pdf(self.pdf, path)
        except UserError as refused:
            self._say(refused.sentence)
        else:
            self._say("")
            self.told.setText(f"{path} is written. Print it, lock it away, and delete the file.")

    def _build(self) -> None:
        self._label = QLabel("Pass&phrase or recovery key")
        self._label.setBuddy(self.passphrase.field)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        for widget in (self.told, self._label, self.passphrase, self.fault):
            column.addWidget(widget)
        self.fault.hide()
        buttons = QDialogButtonBox()
        for button in (self.make_button, self.save_button, self.print_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton("C&lose", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self._show_what_applies()
        self.setMinimumWidth(520)
        self.passphrase.field.setFocus()

    def _show_what_applies(self) -> None:
        made = bool(self.pdf)
        for widget in (self._label, self.passphrase, self.make_button):
            widget.setVisible(not made)
        for button in (self.save_button, self.print_button):
            button.setVisible(made)
        first = self.print_button if made else self.make_button
        first.setDefault(True)
        if made:
            first.setFocus()
            self.adjustSize()

    def _on_make(self) -> None:
        typed = self.passphrase.text()
        if not typed:
            self.passphrase.say("Type the passphrase of this file.")
            self.passphrase.field.setFocus()
            return
        store = self._context.operations.store
        attempts = Attempts(self._context.paths.settings, store.now)

        def work() -> bytes:
            attempts.at(store.path, lambda: check_passphrase(store, typed))
            return print_recovery_sheet(store)

        self._say("")
        self.setEnabled(False)
        self._context.tasks.run("Making the recovery sheet", work, self._on_made, self._on_failed)

    def _on_made(self, pdf: bytes) -> None:
        self.setEnabled(True)
        self.pdf = pdf
        self.passphrase.clear()
        self.told.setText(_MADE)
        self._show_what_applies()

    def _on_failed(self, problem: BaseException) -> None:
        self.setEnabled(True)
        if not isinstance(problem, UserError):
            self.reject()
            raise problem
        self._say(problem.sentence)
        self.passphrase.field.setFocus()
        self.passphrase.field.selectAll()

    def _say(self, sentence: str) -> None:
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))

    def _on_save(self) -> None:
        stem = self._context.operations.store.path.stem
        name, _ = QFileDialog.getSaveFileName(
            self, "Save as PDF", f"Recovery sheet {stem}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def _on_print(self) -> None:
        document, buffer = QPdfDocument(self), QBuffer(self)
        buffer.setData(QByteArray(self.pdf))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        printer = paper_printing.ask_printer(document, "Recovery sheet", self)
        if printer is not None:  # that the sheet was made is noted already
            paper_printing.draw_pages(document, printer)
        document.close()
        buffer.setData(QByteArray())

    def _forget(self) -> None:
        self.pdf = b""
        self.passphrase.clear()
