"""A meeting's page: before it, during it and on the day after."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QWidget

from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.meeting_sections import (
    AgendaSection,
    ArisingSection,
    AttendanceSection,
    QuorumSection,
)
from oscb_desktop.ui.pages.pack_page import prepare_pack
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import FieldsSection
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button

_PAPERS = {"Agenda": "agenda", "Note": "meeting_note"}
_AFTER = ("note", "dissent", "quorum_note")
"""The fields that are typed after the meeting."""


class MeetingPage(RecordPage):
    """One meeting."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "meeting", record_id)

    def about(self, row: RecordRow) -> str:
        """Return where and when it is, and what it is about."""
        parts = [row.words("starts_at"), row.words("place"), row.words("reviews")]
        return ", ".join(part for part in parts if part) or self.kind.label

    def make_sections(self) -> Sequence[Section]:
        """Return the sections in the order in which a meeting is held."""
        return [
            QuorumSection(self.context, self.record_id),
            self._fields("The meeting", without=_AFTER),
            AttendanceSection(self.context, self.record_id),
            AgendaSection(self.context, self.record_id),
            ArisingSection(self.context, self.record_id),
            self._fields("Note", without=[name for name in self.kind.names if name not in _AFTER]),
            *self.files_sections(),
            *self.linked_sections(),
            self.past(),
        ]

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return the menu of what can be printed."""
        choice = button("Print")
        menu = QMenu(choice)
        for words, paper in _PAPERS.items():
            menu.addAction(words).triggered.connect(
                lambda _checked=False, paper=paper: self.print(paper)
            )
        choice.setMenu(menu)
        pack = button("Prepare pack", "Prepare the pack for this meeting")
        pack.clicked.connect(lambda: prepare_pack(self.context, self, meeting=self.record_id))
        return (pack, choice)

    def print(self, paper: str) -> None:
        """Go to the printing place with this meeting chosen."""
        wanted = {"paper": paper, "meeting": str(self.record_id)}
        self.context.navigation.open_page("print", wanted)

    def _fields(self, name: str, without: Sequence[str]) -> FieldsSection:
        return FieldsSection(self.context, name, self.kind, self.read_row, ("",), without)
