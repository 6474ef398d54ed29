"""A review's page: everything about it in one column, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from oscb_desktop.domain.return_sheets import return_sheets
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.pack_page import prepare_pack
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.review.case import ChildrenSection
from oscb_desktop.ui.pages.review.leads import lead_to
from oscb_desktop.ui.pages.review.sections import ReviewSections
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button

_PAPERS = {
    "Learning summary": "learning_summary",
    "Full record of the review": "review_record",
    "Action log of the review": "action_log",
    "Decision letter to the Panel": "decision_letter",
    "Terms of reference": "terms",
}


class ReviewPage(RecordPage):
    """One review, whatever its kind; sections that do not apply to the kind are not shown."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "review", record_id)

    def about(self, row: RecordRow) -> str:
        """Return what kind of review it is, and who has a part in it beside us."""
        shared = row.words("role") if row.values["role"] != "sole" else ""
        parts = [row.words("kind"), shared[:1].lower() + shared[1:], row.words("partnerships")]
        return ", ".join(part for part in parts if part)

    def make_sections(self) -> Sequence[Section]:
        """Return the sections in the order of the work."""
        past = self.past()
        past.group = "Papers and past"
        made = ReviewSections(
            self.context, self.record_id, self.known_row, lambda one: lead_to(self, one)
        )
        return [*made.all(), past]

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return the way to the faces of the review, and the menu of what can be printed."""
        seen = button("Who sees what…")
        wanted = {"review": str(self.record_id)}
        seen.clicked.connect(lambda: self.context.navigation.open_page("seen", wanted))
        return (seen, self._print_button())

    def hideEvent(self, event: QHideEvent) -> None:
        """Lock the children's identities again."""
        super().hideEvent(event)
        for section in self.sections:
            if isinstance(section, ChildrenSection):
                section.lock()

    def print(self, paper: str) -> None:
        """Go to the printing place with this review chosen."""
        wanted = {"paper": paper, "review": str(self.record_id)}
        self.context.navigation.open_page("print", wanted)

    def _print_button(self) -> QPushButton:
        choice = button("Print")
        menu = QMenu(choice)
        rapid = self.row is not None and self.row.values["kind"] == "rapid_review"
        for words, paper in _PAPERS.items():
            if paper == ("terms" if rapid else "decision_letter"):
                continue
            menu.addAction(words).triggered.connect(
                lambda _checked=False, paper=paper: self.print(paper)
            )
        menu.addSeparator()
        for sheet in return_sheets():
            menu.addAction(f"Return sheet: {sheet.label}").triggered.connect(
                lambda _checked=False, name=sheet.name: self.print(f"return_{name}")
            )
        menu.addSeparator()
        menu.addAction("Pack of its papers").triggered.connect(
            lambda: prepare_pack(self.context, self, review=self.record_id)
        )
        choice.setMenu(menu)
        return choice
