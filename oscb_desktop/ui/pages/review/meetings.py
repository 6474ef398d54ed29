"""The meetings about a review, with a way to arrange the next one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.record_sections import LinkedSection
from oscb_desktop.ui.widgets.labels import quiet


class MeetingsSection(LinkedSection):
    """Every meeting about this review."""

    def __init__(self, context: Context, review: int) -> None:
        kind = record_kind("meeting")
        super().__init__(context, kind, kind.field("reviews"), review)
        self.rename(kind.plural)
        self.add_act("Add", "Add meeting", self.add)

    def build(self) -> QWidget | None:
        """Return the table, or what belongs here while there is nothing."""
        return super().build() or quiet(f"None yet. {self._kind.about}")

    def add(self) -> None:
        """Begin a meeting about this review."""
        self._context.navigation.add_record("meeting", {"reviews": (self._target,)})
