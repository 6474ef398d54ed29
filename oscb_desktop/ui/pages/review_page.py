"""A review's page: everything about it in one column, in the order in which it is read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import FieldsSection, LinkedSection, OwnedSection
from oscb_desktop.ui.pages.review_sections import (
    ActionsSection,
    ChildrenSection,
    CostsSection,
    IncidentSection,
    LearningSection,
    RecommendationsSection,
    StandingSection,
    ThemesSection,
)
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button

_PAPERS = {
    "Learning summary": "learning_summary",
    "Full record of the review": "review_record",
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
        """Return the sections in the order in which a review is read."""
        return [
            StandingSection(self.context, self.record_id),
            self._fields("The review", "The review", without=("children",)),
            IncidentSection(self.context, self._incident),
            self._discussion(),
            ChildrenSection(self.context, self.read_row),
            self._fields("Analysis", "What was found out", without=("themes",)),
            self._fields("Running the review", "Running the review"),
            self._fields("Decision", "Decision"),
            self._owned("panel_response"),
            self._owned("finding"),
            RecommendationsSection(self.context, self.record_id),
            ActionsSection(self.context, record_kind("action"), lambda: self.record_id),
            LearningSection(self.context, self.record_id),
            ThemesSection(self.context, self.read_row),
            CostsSection(self.context, record_kind("cost_line"), lambda: self.record_id),
            self._fields("Publication", "Publication"),
            self._fields("Learning summary", "Learning summary"),
            self._led_to(),
            self.past(),
        ]

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return the menu of what can be printed."""
        return (self._print_button(),)

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
        for words, paper in _PAPERS.items():
            menu.addAction(words).triggered.connect(
                lambda _checked=False, paper=paper: self.print(paper)
            )
        choice.setMenu(menu)
        return choice

    def _fields(self, name: str, section: str, without: Sequence[str] = ()) -> FieldsSection:
        groups = (section, "") if section == "The review" else (section,)
        return FieldsSection(self.context, name, self.kind, self.read_row, groups, without)

    def _owned(self, kind: str) -> OwnedSection:
        return OwnedSection(self.context, record_kind(kind), lambda: self.record_id)

    def _discussion(self) -> OwnedSection:
        kind = record_kind("notification_discussion")
        section = OwnedSection(self.context, kind, self._incident_id, "Discussion")
        section.kinds = section.kinds | {"review"}
        return section

    def _led_to(self) -> LinkedSection:
        section = LinkedSection(
            self.context, self.kind, self.kind.field("arose_from"), self.record_id
        )
        section.rename("Reviews that arose from it")
        return section

    def _incident_id(self) -> int | None:
        incident = self.row.values["incident"] if self.row else None
        return incident if isinstance(incident, int) else None

    def _incident(self) -> RecordRow | None:
        incident = self._incident_id()
        if incident is None:
            return None
        return self.context.operations.read(records.record, "incident", incident)
