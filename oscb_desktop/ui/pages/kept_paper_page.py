"""A paper that left, as the file keeps it: what is noted of it, its checksum, and its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from PySide6.QtGui import QHideEvent

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.faces import VERSIONS
from oscb_desktop.errors import UserError
from oscb_desktop.queries.releases import ReleaseRow, kept_paper, release_row
from oscb_desktop.services.attachments import content_of
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.files_box import save_out
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.paper_view import PaperView

T = TypeVar("T")

NOT_KEPT = (
    "The file keeps no copy of this paper. It keeps none that held real names or was too large, no "
    "pack but the first copy of one about a single review, and none that went with a disposal. A "
    "copy that is found can be told by its checksum."
)
AS_COPY_1 = (
    "The file keeps copy 1 of this pack, and this copy of it differs by its stamps alone: by its "
    "number, for whom it is, and its code."
)
_NO_PAGES = "This left as another file than a PDF. Save a copy to read it."
SAME = "The copy kept is the paper that left: its SHA-256 is the one that was noted."
OTHER = "The copy kept is not the paper that left: its SHA-256 is another than was noted."


class KeptPaperPage(ReadingPage):
    """One kept paper in the preview; looking at it is not noted, a copy that is saved is."""

    reads = frozenset({"release", "attachment"})
    tab_as_read = True

    def __init__(self, context: Context, wanted: Mapping[str, str]) -> None:
        self.release = int(wanted["release"])
        self.row: ReleaseRow | None = context.operations.read(release_row, self.release)
        super().__init__(context, self.row.paper if self.row else "Printed paper")
        self.about = quiet("")
        self.checked = quiet("")
        self.view = PaperView()
        self.entry_button = button("Open its entry")
        self.save_button = button("Save a copy…", "Save a copy of this paper")
        self._reading = self.reading("Reading the paper", self._fail)
        for choice in (self.entry_button, self.save_button):
            self.head.addWidget(choice)
        for label in (self.about, self.checked, self.fault):
            self.column.addWidget(label)
        self.column.addWidget(self.view, 1)
        self.entry_button.clicked.connect(
            lambda: context.navigation.open_record("release", self.release)
        )
        self.save_button.clicked.connect(self._save)
        self.begins_at = self.view.sheet

    def refresh(self) -> None:
        """Read the paper on the worker and hold it against what was noted."""
        operations = self.context.operations
        self.row, file = (
            operations.read(release_row, self.release),
            operations.read(kept_paper, self.release),
        )
        self.about.setText(told_of(self.row) if self.row else "")
        self.save_button.setEnabled(file is not None)
        self._say("")
        self._reading.forget()
        if file is None:
            self.view.clear(NOT_KEPT)
            return
        self.view.clear("Reading the paper…")
        store, kept = operations.store, file.id
        self._reading.start(lambda: content_of(store, kept), self._show)

    def hideEvent(self, event: QHideEvent) -> None:
        """Read nothing out of sight: the file may be closing."""
        super().hideEvent(event)
        self._stale = True

    def _show(self, content: bytes) -> None:
        file = self.context.operations.read(kept_paper, self.release)
        same = file is not None and self.row is not None and file.digest == self.row.digest
        self._say(SAME if same else "", "" if same else OTHER)
        if content.startswith(b"%PDF"):
            self.view.show_paper(content)
        else:
            self.view.clear(_NO_PAGES)

    def _fail(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self._say("", problem.sentence)
        self.view.clear()

    def _say(self, checked: str, wrong: str = "") -> None:
        for label, text in ((self.checked, checked), (self.fault, wrong)):
            label.setText(text)
            label.setVisible(bool(text))

    def _save(self) -> None:
        file = self.context.operations.read(kept_paper, self.release)
        if file is not None:
            save_out(self.context, self, file, self._work, self._tell)

    def _tell(self, sentence: str) -> None:
        self.context.messages.tell(self, sentence)

    def _work(self, label: str, work: Callable[[], T], done: Callable[[T], None]) -> None:
        def failed(problem: BaseException) -> None:
            if not isinstance(problem, UserError):
                raise problem
            self._tell(problem.sentence)

        self.context.tasks.run(label, work, done, failed)


def told_of(row: ReleaseRow) -> str:
    """Return what is noted of a paper, on a line: version, code, copy, for whom, when, by whom."""
    copy = f"copy {row.copy_number}" if row.copy_number else ""
    told = (
        row.reference,
        row.about,
        VERSIONS.get(row.face, ""),
        f"code {row.trace}" if row.trace else "",
        copy,
        f"for {row.recipient}" if row.recipient else "",
        f"{format_date(row.at.date())} {row.at:%H:%M} by {row.by}",
    )
    return " · ".join(part for part in told if part)
