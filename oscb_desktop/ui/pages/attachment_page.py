"""An attached file's page: what it is, which records have it, and its copies to open or save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QWidget

from oscb_desktop.errors import UserError
from oscb_desktop.queries.attachments import FileRow, file_row
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.files_box import open_copy, save_out
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.widgets.labels import button

T = TypeVar("T")


class AttachmentPage(RecordPage):
    """One attached file, as the search finds it."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "attachment", record_id)

    def about(self, row: RecordRow) -> str:
        """Return what kind of file it is, and by whom it was attached."""
        file = self._file()
        return f"{file.kind}, attached by {file.by}" if file else self.kind.label

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return the ways to a copy."""
        opening = button("Open", "Open a copy of the file")
        opening.clicked.connect(self.open_copy)
        saving = button("Save a copy…", "Save a copy of the file")
        saving.clicked.connect(self.save_copy)
        return (opening, saving)

    def open_copy(self) -> None:
        """Open a copy in the program that the system has for it."""
        file = self._file()
        if file is not None:
            open_copy(self.context, file, self._run, self._tell)

    def save_copy(self) -> None:
        """Ask where to, and save a copy there."""
        file = self._file()
        if file is not None:
            save_out(self.context, self, file, self._run, self._tell)

    def _file(self) -> FileRow | None:
        return self.context.operations.read(file_row, self.record_id)

    def _tell(self, sentence: str) -> None:
        self.context.messages.tell(None, sentence)

    def _run(self, label: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        messages = self.context.messages

        def failed(problem: BaseException) -> None:
            if not isinstance(problem, UserError):
                raise problem
            messages.tell(None, problem.sentence)

        self.context.tasks.run(label, work, done, failed)
