"""What *Today* says of the milestones of actions: those that are late or due soon."""

from __future__ import annotations

from oscb_desktop.queries.milestones import MilestoneRow
from oscb_desktop.services.milestones import CompleteMilestone
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.today.lines import DONE, MOST, TodayLines, first_of
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_HEADINGS = ("Milestone", "Action", "Owner", "Due", "How it stands")


class MilestoneLines(TodayLines):
    """The milestones in a table; D says that one is done, Enter opens its action."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Milestones of actions")
        self._rows: dict[int, MilestoneRow] = {}
        self._help = quiet("")
        self.column.addWidget(self._help)

    def show_milestones(self, rows: tuple[MilestoneRow, ...]) -> None:
        """Show these; without any, nothing is shown."""
        self._rows = {row.id: row for row in rows}
        self.setVisible(bool(rows))
        self.put(self._made(rows) if rows else None)

    def _made(self, rows: tuple[MilestoneRow, ...]) -> KeyedTable:
        more = first_of(len(rows))
        self._help.setText(f"Enter opens the action, {DONE} says that a milestone is done.{more}")
        lines = [
            Line(row.id, (row.text, row.action, row.owner, day(row.due_on), row.words))
            for row in rows[:MOST]
        ]
        table = KeyedTable("Milestones that are due", _HEADINGS, lines, 0, (DONE,))
        table.opened.connect(self._open)
        table.keyed.connect(self._done)
        return table

    def _open(self, milestone: int) -> None:
        self.context.navigation.open_record("action", self._rows[milestone].action_id)

    def _done(self, milestone: int, _key: str) -> None:
        row, operations = self._rows[milestone], self.context.operations
        operations.do(CompleteMilestone(row.id, row.version, operations.today()), self)
