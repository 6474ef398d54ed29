"""A printed paper's page: all that was noted, and the paper itself held against its checksum."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.releases import kept_paper, release_row, shown_by
from oscb_desktop.services.attachments import content_of
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.kept_paper_page import AS_COPY_1, NOT_KEPT, OTHER, SAME, told_of
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button, fault, quiet, words


class ReleasePage(RecordPage):
    """One paper that left the program; nothing of it can be changed."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "release", record_id)

    def about(self, row: RecordRow) -> str:
        """Return what is noted of it, on a line."""
        found = self.context.operations.read(release_row, row.id)
        return told_of(found) if found else self.kind.label

    def files_sections(self) -> list[Section]:
        """Return the paper itself in place of a box for files: none is ever added to it."""
        return [PaperItself(self.context, self.record_id)]

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return the way to the paper."""
        shown = self.context.operations.read(shown_by, self.record_id)
        other = shown is not None and shown != self.record_id
        show = button("Show copy 1 of it" if other else "Show the paper", first=True)
        show.setEnabled(shown is not None)
        wanted = {"release": str(shown or self.record_id)}
        show.clicked.connect(lambda: self.context.navigation.open_page("kept_paper", wanted))
        return (show,)


class PaperItself(Section):
    """Whether the file keeps the paper, and whether that is what left."""

    def __init__(self, context: Context, release: int) -> None:
        super().__init__("The paper itself", ("release", "attachment"))
        self._context = context
        self._release = release

    def build(self) -> QWidget | None:
        """Hold the paper that is kept against the checksum that was noted when it left."""
        operations = self._context.operations
        row = operations.read(release_row, self._release)
        file = operations.read(kept_paper, self._release)
        if row is None:
            return None
        if file is None:
            shown = operations.read(shown_by, self._release)
            told = NOT_KEPT if shown is None else AS_COPY_1
            return _lines(quiet(told), quiet(f"SHA-256 {row.digest}"))
        try:
            content_of(operations.store, file.id)
        except UserError as altered:
            return _lines(fault(altered.sentence), quiet(f"SHA-256 {row.digest}"))
        same = file.digest == row.digest
        held = words(SAME) if same else fault(OTHER)
        return _lines(held, quiet(f"SHA-256 {row.digest}"), quiet(f"{file.name}, {file.kind}"))


def _lines(*labels: QWidget) -> QWidget:
    outer = QWidget()
    rows = QVBoxLayout(outer)
    rows.setContentsMargins(0, 0, 0, 0)
    for label in labels:
        rows.addWidget(label)
    return outer
