"""The milestones of an action, each with its own owner and day; one key says that one is done."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.milestones import milestone_words
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.milestones import CompleteMilestone
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.keyed_section import KeyAct, KeyedSection
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_HEADINGS = ("Milestone", "Owner", "Due", "How it stands")


class MilestoneSection(KeyedSection):
    """Enter opens a milestone, D ticks it off or takes the tick away."""

    keys: tuple[KeyAct, ...] = (("D", "Done, or not done", "The chosen milestone is done, or not"),)

    def __init__(self, context: Context, action: int) -> None:
        super().__init__(context, record_kind("milestone"), lambda: action)

    def build(self) -> QWidget | None:
        """Return the milestones by their days."""
        today = self._context.operations.today()
        rows = sorted(self.rows(), key=_place)
        if not rows:
            self.table = None
            return quiet(f"None yet. {self._kind.about}")
        lines = [Line(row.id, _cells(row, today)) for row in rows]
        return self.keyed_table("Milestones", _HEADINGS, lines, 0)

    def on_key(self, record_id: int, key: str) -> None:
        """Tick a milestone off as of today, or take the tick away."""
        row = next((row for row in self.rows() if row.id == record_id), None)
        if row is not None:
            done = None if row.values["done_on"] else self._context.operations.today()
            self.carry_out(CompleteMilestone(row.id, row.version, done), record_id)


def _place(row: RecordRow) -> tuple[date, int]:
    due = row.values["due_on"]
    return (due if isinstance(due, date) else date.max), row.id


def _cells(row: RecordRow, today: date) -> tuple[str, ...]:
    due, done = row.values["due_on"], row.values["done_on"]
    words = milestone_words(
        due if isinstance(due, date) else None, done if isinstance(done, date) else None, today
    )
    told = f"{words}, {row.words('done_on')}" if done else words
    return row.words("text"), row.words("owner"), row.words("due_on"), told
