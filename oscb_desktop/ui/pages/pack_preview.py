"""A pack as it is bound, on the screen, and its copies on their way out of the program."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QTimer, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import counted
from oscb_desktop.errors import UserError
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.pack_making import (
    ReadyPack,
    make_ready,
    save_copies,
    save_parts,
)
from oscb_desktop.services.releases import MadePaper, release
from oscb_desktop.services.store import Command
from oscb_desktop.ui import paper_printing, saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.reason_dialog import ReasonDialog
from oscb_desktop.ui.latest import Latest
from oscb_desktop.ui.pages.checked_paper import CheckedPaper
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import button, strong, words

Paths = tuple[Path, ...]

_PAUSE = 250  # milliseconds after the last change until the pack is made anew
_MOST_REMARKS = 6
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
        self.bar = QProgressBar()
        self.paper = CheckedPaper(context)
        self.save_button = button(
            "Save copies…", "Save copies: all of them into a folder", first=True
        )
        self.print_button = button("Print…", "Print all copies")
        self.parts_button = button("Save our papers…", "Save our own papers as accessible files")
        self._making = Latest(context.tasks, "Making the pack", self._fail)
        self._later = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._later.timeout.connect(self._make)
        self.progressed.connect(self._on_progress)
        self.paper.settled.connect(self._on_checked)
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
        self.paper.clear(_IN_THE_BIN)

    def save_to(self, folder: Path, reason: str = "") -> None:
        """Save every copy on the worker, each noted first, with the reason where one is wanted."""
        store = self._context.operations.store
        if self.ready is None:
            return
        ready, noted = replace(self.ready, reason=reason), list[Changes]()

        def write(command: Command) -> None:
            noted.append(store.write(command))

        self._leave(
            "Saving the copies",
            lambda: save_copies(write, ready, folder, self.progressed.emit),
            noted,
            folder,
        )

    def save_parts_to(self, folder: Path, reason: str = "") -> None:
        """Save our own papers on the worker; otherwise as ``save_to``."""
        store, noted = self._context.operations.store, list[Changes]()

        def write(command: Command) -> None:
            noted.append(store.write(command))

        self._leave(
            "Saving our papers",
            lambda: save_parts(store, write, self._pack_id, folder, reason),
            noted,
            folder,
        )

    def print_on(self, printer: QPrinter, reason: str = "") -> None:
        """Note each copy and print it, straight from memory."""
        if self.ready is None:
            return
        ready = replace(self.ready, reason=reason)
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
        self._making.start(lambda: make_ready(store, pack_id, tell), self._show)

    def _forget(self) -> None:
        self._later.stop()
        self.paper.forget()
        self._making.forget()

    def _show(self, ready: ReadyPack) -> None:
        """Show the pack, and have it searched before it can leave."""
        self.ready = ready
        self.bar.setRange(0, 0)
        copies = len(ready.pack.recipients)
        named = ", 1 copy" if copies == 1 else f", {copies} copies" if copies else ""
        told = f"{counted(ready.bound.pages, 'page')}{named}"
        self.state.setText(told)
        known = "\n".join(filter(None, (ready.keeping, _told(ready))))
        self.remarks.setText(known)
        self.remarks.setVisible(bool(known))
        self.paper.show_paper(ready.paper(ready.numbers[0]), f"pack {self._pack_id}")

    def _on_checked(self) -> None:
        """Let the pack leave, now that it is known what a child may be known by."""
        if self._making.is_under_way or self._later.isActive() or self.ready is None:
            return  # what was checked is made anew already
        self.bar.hide()
        made = self.paper.made
        if made is not None:
            self.ready = replace(self.ready, findings=made.findings, unsought=made.unsought)
        self._offer(ready=True)

    def _fail(self, problem: BaseException) -> None:
        self.bar.hide()
        self.state.setText("")
        if not isinstance(problem, UserError):
            raise problem
        self.paper.clear(problem.sentence)

    def _on_progress(self, done: int, of: int) -> None:
        self.bar.setRange(0, of)
        self.bar.setValue(done)

    # Leaving

    def _leave(
        self, label: str, work: Callable[[], Paths], noted: list[Changes], folder: Path
    ) -> None:
        """Let papers out on the worker; what was noted of them is told, however far it came."""
        self._offer(ready=False)
        self.bar.setRange(0, 0)
        self.bar.show()

        def done(paths: Paths) -> None:
            self._on_left(noted)
            self.state.setText(f"{counted(len(paths), 'file')} saved in {folder.name}.")

        def failed(problem: BaseException) -> None:
            self._on_left(noted)
            if not isinstance(problem, UserError):
                raise problem
            self._context.messages.tell(self, problem.sentence)

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
        self._ask_folder("A folder for the copies", self.save_to)

    def _ask_parts(self) -> None:
        self._ask_folder("A folder for our papers", self.save_parts_to)

    def _ask_folder(self, title: str, save: Callable[[Path, str], None]) -> None:
        if not saving_out.may_save(self._context, self):
            return
        reason = self._reason("Save it all the same")
        if reason is None:
            return
        chosen = QFileDialog.getExistingDirectory(self, title)
        if chosen:
            save(Path(chosen), reason)

    def _ask_printer(self) -> None:
        reason = self._reason("Print it all the same")
        if reason is None:
            return
        printer = paper_printing.ask_printer(self.paper.view.document, "Pack", self)
        if printer is not None:
            self.print_on(printer, reason)

    def _reason(self, verb: str) -> str | None:
        """Return why it leaves all the same, empty where nothing is wanted, None to stay."""
        made = self.paper.made
        if made is None or not made.wants_reason:
            return ""
        said, by = self.paper.findings.said.text(), self._context.operations.store.by
        asking = ReasonDialog(self, said, verb, by)
        agreed = asking.exec() == QDialog.DialogCode.Accepted
        asking.deleteLater()
        return asking.reason if agreed else None

    def _build(self) -> None:
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(2 * theme.GRID)
        self.bar.setAccessibleName("How far the pack is made")
        self.bar.hide()
        self.state.setWordWrap(False)
        self.remarks.hide()
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
        column.addWidget(self.remarks)
        column.addWidget(self.paper, 1)


def _told(ready: ReadyPack) -> str:
    """Return what is to be known of the parts, a line each; of many, the first."""
    told = [f"{one.heading}: {one.words}" for one in ready.remarks[:_MOST_REMARKS]]
    more = len(ready.remarks) - len(told)
    return "\n".join([*told, *([f"And {more} more, in the contents."] if more > 0 else [])])
