"""A block of *Today*: a heading over a small table that is made anew whenever the day is read."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.small_table import SmallTable

DONE = "D"
"""The key that says, in each block where something can be done, that it is."""

MOST = 20
"""So many rows are shown; beyond these the pages of their own serve better."""


class TodayLines(QWidget):
    """A block under a heading; ``head`` is the heading's line and ``column`` what stands below."""

    def __init__(self, context: Context, title: str) -> None:
        super().__init__()
        self.context = context
        self.table: SmallTable | None = None
        self.head = QHBoxLayout()
        self.head.addWidget(theme.heading(title))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * theme.GRID)
        self.column.addLayout(self.head)

    def put(self, table: SmallTable | None) -> None:
        """Show this table in place of the one before, with the keyboard if that one had it."""
        old, self.table = self.table, table
        had_keys = old is not None and old.hasFocus()
        put_away(old, self.column)
        if table is None:
            return
        self.column.addWidget(table)
        table.show()  # the layout would do so later, and the keyboard would be nowhere till then
        if had_keys and isinstance(table, KeyedTable):
            table.stand_on(0)
        elif had_keys:
            table.setFocus()


def first_of(count: int) -> str:
    """Say that only the first are shown, where there are more."""
    return f" The first {MOST} of {count}." if count > MOST else ""
