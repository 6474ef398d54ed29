"""What *Today* says of the milestones of actions: those that are late or due soon."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.queries.milestones import MilestoneRow
from oscb_desktop.services.milestones import CompleteMilestone
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_KEY = "D"
_MOST = 20  # beyond these the actions' own pages serve better


class MilestoneLines(QWidget):
    """The milestones in a table; D says that one is done, Enter opens its action."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: KeyedTable | None = None
        self._rows: dict[int, MilestoneRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * theme.GRID)
        self._layout.addWidget(theme.heading("Milestones of actions"))
        self._help = quiet("")
        self._layout.addWidget(self._help)

    def show_milestones(self, rows: tuple[MilestoneRow, ...]) -> None:
        """Show these; without any, nothing is shown."""
        self._rows = {row.id: row for row in rows}
        had_keys = self.table is not None and self.table.hasFocus()
        old, self.table = self.table, None
        if old is not None:
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        self.setVisible(bool(rows))
        if not rows:
            return
        more = f" The first {_MOST} of {len(rows)}." if len(rows) > _MOST else ""
        self._help.setText(f"Enter opens the action, {_KEY} says that a milestone is done.{more}")
        headings = ("Milestone", "Action", "Owner", "Due", "How it stands")
        lines = [
            Line(row.id, (row.text, row.action, row.owner, day(row.due_on), row.words))
            for row in rows[:_MOST]
        ]
        self.table = KeyedTable("Milestones that are due", headings, lines, 0, (_KEY,))
        self.table.opened.connect(self._open)
        self.table.keyed.connect(self._done)
        self._layout.addWidget(self.table)
        if had_keys:
            self.table.stand_on(0)

    def _open(self, milestone: int) -> None:
        self._context.navigation.open_record("action", self._rows[milestone].action_id)

    def _done(self, milestone: int, _key: str) -> None:
        row, operations = self._rows[milestone], self._context.operations
        operations.do(CompleteMilestone(row.id, row.version, operations.today()), self)
