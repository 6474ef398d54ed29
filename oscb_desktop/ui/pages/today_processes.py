"""What *Today* says of courts and other processes: what comes next beside a review."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.queries.processes import ProcessDate
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_MOST = 20
_HEADINGS = ("Next", "Process", "Review", "Contact", "Publication")


class ProcessLines(QWidget):
    """The next dates in a table; Enter opens the review."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: SmallTable | None = None
        self._reviews: dict[int, int] = {}
        self._shown: tuple[ProcessDate, ...] = ()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * theme.GRID)
        self._layout.addWidget(theme.heading("Courts and other processes"))

    def show_dates(self, dates: tuple[ProcessDate, ...], today: date) -> None:
        """Show these; without any, nothing is shown."""
        self.setVisible(bool(dates))
        if dates == self._shown:
            return
        self._shown = dates
        self._reviews = {row.id: row.review_id for row in dates}
        old, self.table = self.table, None
        if old is not None:
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        if not dates:
            return
        lines = [Line(row.id, _cells(row, today)) for row in dates[:_MOST]]
        self.table = SmallTable("Next dates of processes", _HEADINGS, lines, 0)
        self.table.opened.connect(self._open)
        self._layout.addWidget(self.table)

    def _open(self, process: int) -> None:
        self._context.navigation.open_record("review", self._reviews[process])


def _cells(row: ProcessDate, today: date) -> tuple[str, ...]:
    what = ", ".join(filter(None, (day(row.on), row.what)))
    passed = " (passed)" if row.on < today else ""
    holds = "waits for it" if row.holds_publication else ""
    return (f"{what}{passed}", row.kind, row.review, row.contact, holds)
