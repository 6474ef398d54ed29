"""An action's page: its story and its acts first, then everything that was recorded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.action_panel import ActionPanel
from oscb_desktop.ui.pages.files_box import EvidenceBox, FilesSection
from oscb_desktop.ui.pages.milestone_section import MilestoneSection
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import OwnedSection
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button


class ActionPage(RecordPage):
    """One action."""

    def __init__(self, context: Context, record_id: int) -> None:
        super().__init__(context, "action", record_id)

    def make_sections(self) -> Sequence[Section]:
        """Return the story before the sections that every record has."""
        return [
            StorySection(self.context, self.record_id),
            FilesSection("Files", partial(EvidenceBox, self.context, self.record_id)),
            MilestoneSection(self.context, self.record_id),
            *super().make_sections(),
        ]

    def extra_buttons(self) -> Sequence[QWidget]:
        """Return the way to its full record on paper."""
        printed = button("Print", "Print the full record of this action")
        printed.clicked.connect(self.print)
        return (printed,)

    def print(self) -> None:
        """Go to the printing place with this action chosen."""
        row = self.known_row()
        if row is None or row.withdrawn_at is not None:
            sentence = "This action is in the bin. Take it out, then print it."
            self.context.messages.tell(self, sentence)
            return
        of = {"review": str(row.values["review"]), "action": str(self.record_id)}
        self.context.navigation.open_page("print", {"paper": "action_record", **of})

    def owned_sections(self) -> list[Section]:
        """Return a section for each kind of record that belongs to it but its milestones."""
        return [
            section
            for section in super().owned_sections()
            if not (isinstance(section, OwnedSection) and section.record_kind.name == "milestone")
        ]


class StorySection(Section):
    """The story of an action with what can be done to it; it keeps itself up to date."""

    def __init__(self, context: Context, action: int) -> None:
        super().__init__("Story", ())
        self._context = context
        self._action = action
        self.panel: ActionPanel | None = None

    def build(self) -> QWidget | None:
        """Return the panel."""
        if self.panel is None:
            self.panel = ActionPanel(self._context, scrolling=False)
            self.panel.show_action(self._action)
        return self.panel
