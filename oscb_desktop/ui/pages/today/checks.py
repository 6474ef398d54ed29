"""What *Today* says of follow-up checks: whether what actions changed still holds."""

from __future__ import annotations

from oscb_desktop.queries.assurance import CheckRow, checks_due
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.today.lines import MOST, TodayLines, first_of
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_HEADINGS = ("Action", "What it was", "Check", "Due")


class CheckLines(TodayLines):
    """The checks that are late or due soon; Enter opens the action, where the check is done."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Follow-up checks")
        self._rows: dict[int, CheckRow] = {}
        self._help = theme.styled(theme.heading(""), "small")
        self.head.addStretch()
        self.head.addWidget(self._help)

    def refresh(self) -> None:
        """Read what is due; where nothing is, stay away."""
        operations = self.context.operations
        found = operations.read(checks_due, operations.today())
        self._rows = {row.id: row for row in found}
        self.setVisible(bool(found))
        self.put(self._made(found) if found else None)

    def _made(self, found: tuple[CheckRow, ...]) -> SmallTable:
        more = first_of(len(found))
        self._help.setText(f"Enter opens the action: does what it changed still hold?{more}")
        lines = [Line(row.id, _cells(row)) for row in found[:MOST]]
        table = SmallTable("Follow-up checks that are due", _HEADINGS, lines, 1)
        table.opened.connect(self._open)
        return table

    def _open(self, check: int) -> None:
        self.context.navigation.open_record("action", self._rows[check].action_id)


def _cells(row: CheckRow) -> tuple[str, str, str, str]:
    due = f"{day(row.due_on)}, overdue" if row.is_overdue else day(row.due_on)
    return (row.reference, row.action, row.kind_words, due)
