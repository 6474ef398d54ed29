"""A pack as it is bound, on the screen, and its copies on their way out of the program."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.disclosure import Finding
from oscb_desktop.errors import UserError
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.disclosure import Checked
from oscb_desktop.services.pack_making import (
    ReadyPack,
    check_pack,
    make_ready,
    save_copies,
    save_parts,
)
from oscb_desktop.services.releases import MadePaper, release
from oscb_desktop.services.store import Command
from oscb_desktop.ui import paper_printing, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import button, fault, quiet, strong, words
from oscb_desktop.ui.widgets.paper_view import PaperView

_PAUSE = 250  # milliseconds after the last change until the pack is made anew
_MOST_REMARKS, _MOST_FOUND = 6, 4
_IN_THE_BIN = "This pack is in the bin."


class PackPreview(QWidget):
    """The pack made on the worker from what it holds now; an older making is forgotten."""

    progressed = Signal(int, int)

    def __init__(self, context: Context, pack_id: int) -> None:
        super().__init__()
        self._context = context
        self._pack_id = pack_id
        self.ready: ReadyPack | None = None
        self.state = strong("")
        self.remarks = words("")
        self.found = fault()
        self.reason_label = words("Why it is to leave in spite of that")
        self.reason = QLineEdit()
        self.bar = QProgressBar()
        self.view = PaperView()
        self.save_button = button("Save copies…", "Save all copies into a folder", first=True)
        self.print_button = button("Print…", "Print all copies")
        self.parts_button = button("Save our papers…", "Save our own papers as accessible files")
        self._number: int | None = None
        self._later = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._later.timeout.connect(self._make)
        self.progressed.connect(self._on_progress)
        self.save_button.clicked.connect(self._ask_copies)
        self.print_button.clicked.connect(self._ask_printer)
        self.parts_button.clicked.connect(self._ask_parts)

    def remake(self) -> None:
        """Make the pack anew, once nothing was changed for a moment."""
        self._forget()
        self._offer(ready=False)
        self.state.setText("Making the pack…")
        self._later.start()

    def close_pack(self) -> None:
        """Show nothing of a pack that went to the bin."""
        self._forget()
        self.ready = None
        self._offer(ready=False)
        self.bar.hide()
        self.state.setText("")
        self.remarks.hide()
        self._show_findings(())
        self.view.clear(_IN_THE_BIN)

    def save_to(self, folder: Path) -> None:
        """Save every copy on the worker, each noted first."""
        store = self._context.operations.store
        if self.ready is None:
            return
        ready = replace(self.ready, reason=self.reason.text())
        noted: list[Changes] = []

        def write(command: Command) -> object:
            noted.append(store.write(command))
            return None

        self._leave(
            "Saving the copies",
            lambda: save_copies(write, ready, folder, self.progressed.emit),
            noted,
            folder,
        )

    def save_parts_to(self, folder: Path) -> None:
        """Save our own papers on the worker, each noted first."""
        store, noted = self._context.operations.store, list[Changes]()
        reason = self.reason.text()

        def write(command: Command) -> object:
            noted.append(store.write(command))
            return None

        self._leave(
            "Saving our papers",
            lambda: save_parts(store, write, self._pack_id, folder, reason),
            noted,
            folder,
        )

    def print_on(self, printer: QPrinter) -> None:
        """Note each copy and print it, straight from memory."""
        if self.ready is None:
            return
        ready = replace(self.ready, reason=self.reason.text())
        for number in ready.numbers:
            if not self._print_copy(ready.paper(number), printer):
                return

    def _print_copy(self, paper: MadePaper, printer: QPrinter) -> bool:
        document, buffer = QPdfDocument(), QBuffer()
        buffer.setData(QByteArray(paper.data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        pages = len(paper_printing.pages_wanted(document, printer))
        try:
            release(self._context.operations.write, paper, pages)
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)
            return False
        paper_printing.draw_pages(document, printer)
        document.close()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Make nothing out of sight: the file may be closing."""
        super().hideEvent(event)
        self._forget()

    # Making

    def _make(self) -> None:
        self._offer(ready=False)
        self.bar.setRange(0, 0)
        self.bar.show()
        store, pack_id, tell = self._context.operations.store, self._pack_id, self.progressed.emit
        self._number = self._context.tasks.run(
            "Making the pack", lambda: make_ready(store, pack_id, tell), self._show, self._fail
        )

    def _forget(self) -> None:
        self._later.stop()
        if self._number is not None:
            self._context.tasks.forget(self._number)
            self._number = None

    def _show(self, ready: ReadyPack) -> None:
        """Show the pack, and have it searched before it can leave."""
        self.ready = ready
        self.bar.setRange(0, 0)
        copies = len(ready.pack.recipients)
        named = ", 1 copy" if copies == 1 else f", {copies} copies" if copies else ""
        told = f"{counted(ready.bound.pages, 'page')}{named}"
        self.state.setText(told)
        self.remarks.setText(_told(ready))
        self.remarks.setVisible(bool(ready.remarks))
        self.view.show_paper(ready.paper(ready.numbers[0]).data, f"pack {self._pack_id}")
        store = self._context.operations.store
        self._number = self._context.tasks.run(
            "Checking the pack", lambda: check_pack(store, ready), self._on_checked, self._fail
        )

    def _on_checked(self, checked: Checked) -> None:
        self._number = None
        self.bar.hide()
        assert self.ready is not None
        self.ready = replace(self.ready, findings=len(checked.findings))
        self._show_findings(checked.findings)
        self._offer(ready=True)

    def _show_findings(self, findings: Sequence[Finding]) -> None:
        """Say what may tell who a child is, and ask why the pack is to leave all the same."""
        for widget in (self.found, self.reason_label, self.reason):
            widget.setVisible(bool(findings))
        if not findings:
            return
        lines = [
            f"{one.place}, line {one.line}: {one.kind.value.lower()}. {one.sentence}"
            for one in findings[:_MOST_FOUND]
        ]
        more = len(findings) - len(lines)
        told = f"The check found {counted(len(findings), 'place')} that may tell who a child is."
        rest = [f"And {more} more."] if more else []
        self.found.setText("\n".join([told, *lines, *rest]))

    def _fail(self, problem: BaseException) -> None:
        self._number = None
        self.bar.hide()
        self.state.setText("")
        if not isinstance(problem, UserError):
            raise problem
        self.view.clear(problem.sentence)

    def _on_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    # Leaving

    def _leave(self, label: str, work: object, noted: list[Changes], folder: Path) -> None:
        """Let papers out on the worker; what was noted of them is told, however far it came."""
        self._offer(ready=False)
        self.bar.setRange(0, 0)
        self.bar.show()

        def done(paths: tuple[Path, ...]) -> None:
            self._on_left(noted)
            self.state.setText(f"{counted(len(paths), 'file')} saved in {folder.name}.")

        def failed(problem: BaseException) -> None:
            self._on_left(noted)
            if not isinstance(problem, UserError):
                raise problem
            self._context.messages.tell(self, problem.sentence)

        assert callable(work)
        self._context.tasks.run(label, work, done, failed)

    def _on_left(self, noted: list[Changes]) -> None:
        self.bar.hide()
        self._offer(ready=self.ready is not None)
        for changes in noted:
            self._context.operations.changed.emit(changes)

    def _offer(self, *, ready: bool) -> None:
        for choice in (self.save_button, self.print_button, self.parts_button):
            choice.setEnabled(ready)

    def _ask_copies(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "A folder for the copies")
        if chosen:
            self.save_to(Path(chosen))

    def _ask_parts(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "A folder for our papers")
        if chosen:
            self.save_parts_to(Path(chosen))

    def _ask_printer(self) -> None:
        printer = paper_printing.ask_printer(self.view.document, "Pack", self)
        if printer is not None:
            self.print_on(printer)

    def _build(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(2 * theme.GRID)
        self.bar.setAccessibleName("How far the pack is made")
        self.bar.hide()
        self.state.setWordWrap(False)
        self.remarks.hide()
        self._show_findings(())
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, 0, 4 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        buttons = QWidget()
        flow = FlowLayout(buttons, 2 * theme.GRID)
        for choice in (self.save_button, self.print_button, self.parts_button):
            flow.addWidget(choice)
        line = QHBoxLayout()
        line.setSpacing(3 * theme.GRID)
        line.addWidget(self.state)
        line.addWidget(buttons, 1)
        column.addLayout(line)
        column.addWidget(self.bar)
        self.reason.setAccessibleName(self.reason_label.text())
        for part in (self.remarks, self.found, self.reason_label, self.reason):
            column.addWidget(part)
        column.addWidget(self.view, 1)
        column.addWidget(
            quiet("The pack is in memory alone. What is saved leaves the encrypted file.")
        )


def _told(ready: ReadyPack) -> str:
    """Return what is to be known of the parts, a line each; of many, the first."""
    told = [f"{one.heading}: {one.words}" for one in ready.remarks[:_MOST_REMARKS]]
    more = len(ready.remarks) - len(told)
    return "\n".join([*told, *([f"And {more} more, in the contents."] if more > 0 else [])])
