"""A pack's page: what goes in on the left, the pack itself on the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QSplitter, QWidget

from oscb_desktop.domain.faces import VERSIONS
from oscb_desktop.queries.packs import pack_for
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.packs import StartPack
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.pack_parts import PartsSection
from oscb_desktop.ui.pages.pack_preview import PackPreview
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import FieldsSection
from oscb_desktop.ui.pages.section import Section

_GIVEN = ("reference", "meeting", "review")


class PackPage(RecordPage):
    """One pack; every change of it is made into the pack on the right at once."""

    def __init__(self, context: Context, record_id: int) -> None:
        self.parts = PartsSection(context, record_id)
        super().__init__(context, "pack", record_id)
        self.preview = PackPreview(context, record_id)
        self._jumps.hide()
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._area)
        halves.addWidget(self.preview)
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([460, 640])
        self._body.addWidget(halves, 1)
        self._begin_at_parts()

    def about(self, row: RecordRow) -> str:
        """Return what the pack is for, and for whom this version is."""
        names = (row.words("meeting"), row.words("review"), VERSIONS.get(str(row.values["face"])))
        return ", ".join(name for name in names if name)

    def make_sections(self) -> Sequence[Section]:
        """Return the parts, the cover with the copies, and the past."""
        return [
            self.parts,
            FieldsSection(
                self.context, "Cover and copies", self.kind, self.read_row, ("",), _GIVEN
            ),
            self.past(),
        ]

    def showEvent(self, event: QShowEvent) -> None:
        """Make the pack where that was not done, or was given up on the way out."""
        super().showEvent(event)
        self._make()

    def _refresh(self, changes: Changes | None) -> None:
        if changes is not None and "release" in changes.kinds:
            return  # a pack tells of no copy of itself
        super()._refresh(changes)
        self._begin_at_parts()
        self._make()

    def _make(self) -> None:
        if self.row is None or self.row.withdrawn_at is not None:
            self.preview.close_pack()
        else:
            self.preview.remake()

    def _begin_at_parts(self) -> None:
        if self.parts.table is not None:
            self.begins_at = self.parts.table


def prepare_pack(
    context: Context, parent: QWidget, *, meeting: int | None = None, review: int | None = None
) -> None:
    """Open the newest pack for a meeting or about a review, or begin one."""
    found = context.operations.read(pack_for, meeting=meeting, review=review)
    if not found:
        changes = context.operations.do(StartPack(meeting, review), parent)
        found = (changes.record_id or 0) if changes else 0
    if found:
        context.navigation.open_record("pack", found)
