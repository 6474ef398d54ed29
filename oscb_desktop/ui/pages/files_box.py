"""The files of a record: listed, dropped, opened from a copy, saved out and taken off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget
from shiboken6 import isValid

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.kept_files import MACROS, safe_name, size_words
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.attachments import FileRow, files_of
from oscb_desktop.queries.releases import release_of
from oscb_desktop.services.attachments import (
    AddEvidenceFiles,
    AttachFiles,
    DetachFile,
    NewFile,
    save_copy,
    take_in,
)
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.opened_copies import OpenedCopies
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.drop_zone import DropZone, files_in, holds_files
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import fault, link_button, quiet
from oscb_desktop.ui.widgets.scrolling import bring_into_sight
from oscb_desktop.ui.widgets.small_table import Line

T = TypeVar("T")
_OPEN, _SAVE, _REMOVE = "Return", "S", "Del"
_HEADINGS = ("Name", "Type", "Size", "Added", "By")
_NOTE = (
    "Kept encrypted in this file. Opening makes a copy that can only be read; it is removed when "
    "the file closes or locks, and changes made in it are not kept. Each opening and saving is "
    "noted in the history."
)


class FilesBox(QWidget):
    """The files of one record; it keeps itself up to date. ``changed`` carries each step."""

    changed = Signal(object)
    told = "Drop files here, or choose them."
    purpose = "attach here"

    def __init__(self, context: Context, kind: str, record_id: int) -> None:
        super().__init__()
        self._context = context
        self._kind = kind
        self._record_id = record_id
        self._rows: Sequence[FileRow] = ()
        self.table: KeyedTable | None = None
        self.zone = DropZone(self.told, self.purpose)
        self.zone.chosen.connect(self.attach)
        self._fault = fault()
        self._said = quiet("")
        self._build()
        self.setAcceptDrops(True)
        self.reload()
        context.operations.changed.connect(self._on_changed)

    @property
    def fault_text(self) -> str:
        """The sentence of what was refused last."""
        return self._fault.text()

    @property
    def said_text(self) -> str:
        """What was done last."""
        return self._said.text()

    # What a box of another kind does in its own way

    def rows(self) -> Sequence[FileRow]:
        """Return the files, read afresh."""
        return self._context.operations.read(files_of, self._kind, (self._record_id,))

    def attached(self, files: tuple[NewFile, ...]) -> Changes:
        """Attach files that were taken in, on the worker."""
        store = self._context.operations.store
        row = store.read(records.record, self._kind, self._record_id)
        assert row is not None
        return store.write(AttachFiles(self._kind, row.id, row.version, files))

    # Acts

    def attach(self, paths: Sequence[Path]) -> None:
        """Take files in on the worker, and tell everybody."""
        words = f"“{paths[0].name}”" if len(paths) == 1 else counted(len(paths), "file")
        self._tell()
        self.zone.work(f"Attaching {words}…")
        operations = self._context.operations

        def work() -> tuple[Changes, str]:
            taken = take_in(operations.store, paths)
            return self.attached(taken.files), taken.told

        def done(result: tuple[Changes, str]) -> None:
            operations.changed.emit(result[0])
            self._refuse(result[1])

        self._run(f"Attaching {words}", work, done)

    def open(self, place: int) -> None:
        """Open a copy in the program that the system has for it."""
        self._tell()
        open_copy(self._context, self._rows[place], self._run, self._refuse)

    def save(self, place: int) -> None:
        """Ask where to, and save a copy there."""
        self._tell()
        save_out(self._context, self, self._rows[place], self._run, self._tell)

    def remove(self, place: int) -> None:
        """Take a file off its record; one undo brings it back."""
        file = self._rows[place]
        kind, record_id = self._kind_of_owner(), file.owner
        row = self._context.operations.read(records.record, kind, record_id)
        if row is None:
            return
        command = DetachFile(kind, record_id, row.version, file.id)
        if self._context.operations.do(command, self) is not None:
            self._tell(f"“{file.name}” was removed. Ctrl+Z brings it back.")
            self.take_focus(place)

    def take_focus(self, place: int = 0) -> None:
        """Put the keyboard on a row, or on the button where there is none."""
        if self.table is not None and self.table.rowCount():
            self.table.stand_on(min(place, self.table.rowCount() - 1))
        else:
            self.zone.button.setFocus()

    # Dropping

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show where what is dragged will land."""
        if holds_files(event.mimeData()):
            self.zone.light_up(len(event.mimeData().urls()))
            bring_into_sight(self.zone)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to rest."""
        self.zone.rest()

    def dropEvent(self, event: QDropEvent) -> None:
        """Attach what was dropped, or say why it cannot be."""
        self.zone.rest()
        event.acceptProposedAction()
        paths, refused = files_in(event.mimeData())
        if refused:
            self._refuse(refused)
        else:
            self.attach(paths)

    # Showing

    def reload(self) -> None:
        """Read the files again."""
        self._rows = self.rows()
        before, self.table = self.table, self._made_table() if self._rows else None
        if before is not None:
            before.hide()
            self._column.removeWidget(before)
            before.deleteLater()
        if self.table is not None:
            self._column.insertWidget(0, self.table)
            self.table.show()
        self._empty.setVisible(self.table is None)
        self._keys.setVisible(self.table is not None)

    def cells(self, file: FileRow) -> tuple[str, ...]:
        """Return what the table tells of a file."""
        kind = f"{file.kind} (may hold macros)" if file.note == MACROS else file.kind
        return (file.name, kind, size_words(file.size), format_date(file.added_on), file.by)

    def _made_table(self) -> KeyedTable:
        lines = [Line(place, self.cells(file)) for place, file in enumerate(self._rows)]
        table = KeyedTable("Files", _HEADINGS, lines, 0, (_SAVE, _REMOVE))
        table.opened.connect(self.open)
        table.keyed.connect(self._on_key)
        return table

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._empty = quiet("No file yet.")
        self._keys = QWidget()
        flow = FlowLayout(self._keys, 8)
        for text, key, shown in (
            ("Open", _OPEN, "Enter"),
            ("Save a copy…", _SAVE, _SAVE),
            ("Remove", _REMOVE, _REMOVE),
        ):
            choice = link_button(f"{text} ({shown})", f"{text} the file")
            choice.clicked.connect(partial(self._press, key))
            flow.addWidget(choice)
        for part in (self._empty, self._keys, self.zone, self._fault, self._said, quiet(_NOTE)):
            self._column.addWidget(part)
        self._tell()

    def _press(self, key: str) -> None:
        if self.table is not None and self.table.rowCount():
            self._on_key(self.table.current_id() if self.table.currentRow() >= 0 else 0, key)

    def _on_key(self, place: int, key: str) -> None:
        {_OPEN: self.open, _SAVE: self.save, _REMOVE: self.remove}[key](place)

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds & {"attachment", self._kind_of_owner()}:
            self.reload()
        self.changed.emit(changes)

    def _kind_of_owner(self) -> str:
        return self._kind

    def _tell(self, said: str = "") -> None:
        self._refuse("")
        self._said.setText(said)
        self._said.setVisible(bool(said))

    def _refuse(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def _run(self, label: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Do work on the worker; this box may be gone when it ends."""
        messages, operations = self._context.messages, self._context.operations

        def ended(result: T) -> None:
            if isValid(self):
                self.zone.rest()
                done(result)
            elif isinstance(result, tuple):
                operations.changed.emit(result[0])

        def failed(problem: BaseException) -> None:
            if isValid(self):
                self.zone.rest()
            if not isinstance(problem, UserError):
                raise problem
            if isValid(self):
                self._refuse(problem.sentence)
            else:
                messages.tell(None, problem.sentence)

        self._context.tasks.run(label, work, ended, failed)


class EvidenceBox(FilesBox):
    """The files of all evidence of an action; what is dropped becomes evidence by itself."""

    told = "Drop files here to record them as evidence, or choose them."
    purpose = "record as evidence"

    def __init__(self, context: Context, action: int) -> None:
        super().__init__(context, "action", action)

    def rows(self) -> Sequence[FileRow]:
        """Return the files of all its evidence."""
        read = self._context.operations.read
        evidence = read(records.records, "evidence", owner=self._record_id)
        return read(files_of, "evidence", tuple(row.id for row in evidence))

    def attached(self, files: tuple[NewFile, ...]) -> Changes:
        """Record files as evidence received today, on the worker."""
        store = self._context.operations.store
        return store.write(AddEvidenceFiles(self._record_id, files, store.today()))

    def _kind_of_owner(self) -> str:
        return "evidence"


class FilesSection(Section):
    """The files of a record as a part of its page."""

    def __init__(self, name: str, make: Callable[[], FilesBox]) -> None:
        super().__init__(name, ())
        self._make = make
        self.box: FilesBox | None = None

    def build(self) -> QWidget:
        """Return the box, which keeps itself up to date."""
        if self.box is None:
            self.box = self._make()
        return self.box

    def dropped_on(self) -> FilesBox:
        """Return the box on which what is dropped anywhere on the page lands."""
        if self.box is None:
            self.reload()
        assert self.box is not None
        return self.box


def copies_of(context: Context) -> OpenedCopies:
    """Return the copies that were opened from the open file."""
    operations = context.operations
    if operations.copies is None:
        operations.copies = OpenedCopies(operations.store, context.paths.scratch)
    return operations.copies


Run = Callable[[str, Callable[[], Path], Callable[[Path], None]], None]


def open_copy(context: Context, file: FileRow, run: Run, refuse: Callable[[str], object]) -> None:
    """Open a copy of a file; ``run`` does the work on the worker."""

    def show(path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            refuse(
                f"No program on this computer opens “{path.name}”. Save a copy, and open that with "
                "a program of your choice."
            )

    copies = copies_of(context)
    run(f"Opening “{file.name}”", lambda: copies.open_copy(file.id), show)


def save_out(
    context: Context, parent: QWidget, file: FileRow, run: Run, tell: Callable[[str], None]
) -> None:
    """Ask where to, and save a copy of a file there; a paper that left goes as it left before."""
    wanted, _ = QFileDialog.getSaveFileName(
        parent, "Save a copy", str(Path.home() / safe_name(file.name))
    )
    if not wanted:
        return
    store, to = context.operations.store, Path(wanted)
    released = context.operations.read(release_of, file.id)
    if released is not None:
        saving_out.save_kept(context, parent, released, to)
        return

    def work() -> Path:
        save_copy(store, file.id, to)
        return to

    run(
        f"Saving “{file.name}”",
        work,
        lambda path: tell(f"The copy is {path}. There it is not protected by this file."),
    )
