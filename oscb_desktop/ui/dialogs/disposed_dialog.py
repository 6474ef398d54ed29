"""A past disposal: what was removed, its certificate, and the copies that still hold it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.errors import UserError
from oscb_desktop.queries.disposals import DisposalRow, disposal
from oscb_desktop.services.disposed_copies import HoldingCopy, copies_holding, delete_copy
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.printing import make_disposal_certificate
from oscb_desktop.services.releases import MadePaper, release, release_to_file
from oscb_desktop.ui import paper_printing, saving_out, theme
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.widgets.labels import fault, heading, quiet, selectable
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

T = TypeVar("T")

_READING = "Looking at the copies…"
_NONE = (
    "No copy that this laptop knows of holds it any more. Papers that were printed and copies kept "
    "elsewhere are not known here."
)
_SOME = (
    "These copies still hold it. They go by themselves as newer backups take their place; one can "
    "be deleted now. Papers that were printed and copies kept elsewhere are not known here."
)


class DisposedDialog(QDialog):
    """Nothing is changed here but that a copy may be deleted, one at a time and by its name."""

    def __init__(
        self,
        parent: QWidget | None,
        context: Context,
        disposal_id: int,
        warnings: Sequence[str] = (),
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._work = BackupWork(context.operations, context.tasks, context.paths)
        self.row: DisposalRow = context.operations.read(disposal, disposal_id)
        self.setWindowTitle(f"Disposal {self.row.reference}")
        self.copies: tuple[HoldingCopy, ...] = ()
        self.about_copies = quiet(_READING)
        self.table: SmallTable | None = None
        self.told = fault(" ".join(warnings))
        self.save_button = QPushButton("&Save certificate…")
        self.print_button = QPushButton("&Print certificate…")
        self.delete_button = QPushButton("&Delete this copy…")
        self._build()
        self._read_copies()

    def reject(self) -> None:
        """Close, but not while something is being made."""
        if self.isEnabled():
            super().reject()

    def save_to(self, path: Path) -> None:
        """Make the certificate, note that it leaves the program, and write it to a file."""
        write = self._context.operations.write

        def save(made: MadePaper) -> None:
            leaving = saving_out.explained(self._context, self, made)
            if leaving is not None:
                release_to_file(write, leaving, path)
                self._say(f"{path} is written.")

        self._make(save)

    def delete(self) -> None:
        """Delete the chosen copy, after asking by its name."""
        copy = self._chosen()
        if copy is None or not self._context.messages.ask(
            self,
            f"Delete {copy.path.name} for good? It still holds what {self.row.reference} removed, "
            "and everything else that the file held then.",
            "Delete this copy",
        ):
            return
        store, place, number = self._context.operations.store, self._work.place(), self.row.id
        self._run(
            "Deleting the copy",
            lambda: delete_copy(store, place, number, copy.path),
            lambda _: self._read_copies(),
        )

    def _read_copies(self) -> None:
        store, place, number = self._context.operations.store, self._work.place(), self.row.id
        self._run("Looking at the copies", lambda: copies_holding(store, place, number), self._show)

    def _show(self, copies: tuple[HoldingCopy, ...]) -> None:
        self.copies = copies
        self.about_copies.setText(_SOME if copies else _NONE)
        before, self.table = self.table, None
        if (
            before is not None
        ):  # it keeps its parent: left to Python, it might be freed while in use
            before.hide()
            self._column.removeWidget(before)
            before.deleteLater()
        if copies:
            lines = [Line(at, (each.path.name, each.words())) for at, each in enumerate(copies)]
            self.table = SmallTable("Copies that still hold it", ("Copy", "Kept"), lines, 1)
            self._column.insertWidget(self._column.count() - 1, self.table)
            self.table.itemSelectionChanged.connect(self._offer)
        self._offer()

    def _offer(self) -> None:
        self.delete_button.setVisible(bool(self.copies))
        self.delete_button.setEnabled(self._chosen() is not None)

    def _chosen(self) -> HoldingCopy | None:
        if self.table is None or not self.table.selectedIndexes():
            return None
        return self.copies[self.table.currentRow()]

    def _make(self, then: Callable[[MadePaper], None]) -> None:
        store, number = self._context.operations.store, self.row.id
        copies = [(each.path.name, each.words()) for each in self.copies]
        self._run(
            "Making the certificate",
            lambda: checked(store, make_disposal_certificate(store, number, copies)),
            then,
        )

    def _run(self, label: str, work: Callable[[], T], then: Callable[[T], None]) -> None:
        def done(result: T) -> None:
            self.setEnabled(True)
            try:
                then(result)
            except UserError as refused:
                self._say(refused.sentence)

        def failed(problem: BaseException) -> None:
            self.setEnabled(True)
            if not isinstance(problem, UserError):
                self.reject()
                raise problem
            self._say(problem.sentence)

        self.setEnabled(False)
        self._context.tasks.run(label, work, done, failed)

    def _say(self, sentence: str) -> None:
        self.told.setText(sentence)
        self.told.setVisible(bool(sentence))

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.GRID)
        row = self.row
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, theme.GRID, 0)
        self._column.addWidget(heading(f"Removed: {counted(row.records, 'record')}"))
        moment = f"{format_date(row.at.date())} {row.at:%H:%M}"
        self._column.addWidget(
            selectable(
                f"Removed on {moment} by {row.by}. Approved by {row.approved_by}.\n"
                f"Authority: {row.authority}"
            )
        )
        self._column.addWidget(selectable(row.removed))
        self._column.addWidget(heading("Copies that still hold it"))
        self._column.addWidget(self.about_copies)
        self._column.addStretch(1)
        layout.addWidget(scrolled(inner), 1)
        layout.addWidget(self.told)
        self.told.setVisible(bool(self.told.text()))
        layout.addLayout(self._buttons())
        open_at(self, 700, 560)

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()  # a button box would let Tab pass by all but the last
        row.addStretch(1)
        close = QPushButton("&Close")
        for made in (self.delete_button, self.save_button, self.print_button, close):
            made.setAutoDefault(made is close)
            row.addWidget(made)
        close.setDefault(True)
        self.delete_button.hide()
        self.delete_button.clicked.connect(self.delete)
        self.save_button.clicked.connect(self._on_save)
        self.print_button.clicked.connect(lambda: self._make(self._print))
        close.clicked.connect(self.reject)
        return row

    def _on_save(self) -> None:
        if not saving_out.may_save(self._context, self):
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "Save as PDF", f"Disposal certificate {self.row.reference}.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def _print(self, made: MadePaper) -> None:
        leaving = saving_out.explained(self._context, self, made, "Print it all the same")
        if leaving is None:
            return
        document, buffer = QPdfDocument(self), QBuffer(self)
        buffer.setData(QByteArray(made.data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        printer = paper_printing.ask_printer(document, made.name, self)
        if printer is not None:
            release(self._context.operations.write, leaving)
            paper_printing.draw_pages(document, printer)
        document.close()
