"""What *Today* says of follow-up checks: whether what actions changed still holds."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.queries.assurance import CheckRow, checks_due
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_MOST = 20  # beyond these the actions' own pages serve better


class CheckLines(QWidget):
    """The checks that are late or due soon; Enter opens the action, where the check is done."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: SmallTable | None = None
        self._rows: dict[int, CheckRow] = {}
        head = QHBoxLayout()
        head.addWidget(theme.heading("Follow-up checks"))
        head.addStretch()
        self._help = theme.styled(theme.heading(""), "small")
        head.addWidget(self._help)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * theme.GRID)
        self._layout.addLayout(head)

    def refresh(self) -> None:
        """Read what is due; where nothing is, stay away."""
        operations = self._context.operations
        found = operations.read(checks_due, operations.today())
        self._rows = {row.id: row for row in found}
        had_keys = self.table is not None and self.table.hasFocus()
        old, self.table = self.table, None
        if old is not None:
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        self.setVisible(bool(found))
        if not found:
            return
        more = f" The first {_MOST} of {len(found)}." if len(found) > _MOST else ""
        self._help.setText(f"Enter opens the action: does what it changed still hold?{more}")
        lines = [Line(row.id, _cells(row)) for row in found[:_MOST]]
        headings = ("Action", "What it was", "Check", "Due")
        self.table = SmallTable("Follow-up checks that are due", headings, lines, 1)
        self.table.opened.connect(self._open)
        self._layout.addWidget(self.table)
        if had_keys:
            self.table.setFocus()

    def _open(self, check: int) -> None:
        self._context.navigation.open_record("action", self._rows[check].action_id)


def _cells(row: CheckRow) -> tuple[str, str, str, str]:
    due = f"{day(row.due_on)}, overdue" if row.is_overdue else day(row.due_on)
    return (row.reference, row.action, row.kind_words, due)
