"""What *Today* says of courts and other processes: what comes next beside a review."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.processes import ProcessDate
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.today.lines import MOST, TodayLines
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_HEADINGS = ("Next", "Process", "Review", "Contact", "Publication")


class ProcessLines(TodayLines):
    """The next dates in a table; Enter opens the review."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Courts and other processes")
        self._reviews: dict[int, int] = {}

    def show_dates(self, dates: tuple[ProcessDate, ...], today: date) -> None:
        """Show these; without any, nothing is shown."""
        self._reviews = {row.id: row.review_id for row in dates}
        self.setVisible(bool(dates))
        self.put(self._made(dates, today) if dates else None)

    def _made(self, dates: tuple[ProcessDate, ...], today: date) -> SmallTable:
        lines = [Line(row.id, _cells(row, today)) for row in dates[:MOST]]
        table = SmallTable("Next dates of processes", _HEADINGS, lines, 0)
        table.opened.connect(self._open)
        return table

    def _open(self, process: int) -> None:
        self.context.navigation.open_record("review", self._reviews[process])


def _cells(row: ProcessDate, today: date) -> tuple[str, ...]:
    what = ", ".join(filter(None, (day(row.on), row.what)))
    passed = " (passed)" if row.on < today else ""
    holds = "waits for it" if row.holds_publication else ""
    return (f"{what}{passed}", row.kind, row.review, row.contact, holds)
