"""What *Today* says of agencies: the answers that are late or due soon, and the way to all."""

from __future__ import annotations

from datetime import date

from oscb_desktop.queries.requests import RequestRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.today.lines import TodayLines
from oscb_desktop.ui.widgets.labels import link_button
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_FIRST = 8
_HEADINGS = ("Agency", "Asked for", "Review", "Due", "How it stands", "Reminded")


class OwedLines(TodayLines):
    """The first few of what is owed; Enter opens the review, the button the page of all."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Owed to us")
        self._rows: dict[int, RequestRow] = {}
        self.all_button = link_button("")
        self.all_button.clicked.connect(lambda: context.navigation.open_page("owed"))
        self.head.addWidget(self.all_button)
        self.head.addStretch()

    def show_rows(self, rows: tuple[RequestRow, ...], near_until: date) -> None:
        """Tell how many are owed and list those due by a day; without any, nothing is shown."""
        near = [row for row in rows if row.facts.due_on and row.facts.due_on <= near_until]
        self._rows = {row.id: row for row in near}
        self.setVisible(bool(rows))
        self._tell(rows)
        self.put(self._made(near) if near else None)

    def _tell(self, rows: tuple[RequestRow, ...]) -> None:
        late = sum(row.is_late for row in rows)
        told = f"{len(rows):,} owed, {late:,} late" if late else f"{len(rows):,} owed, none late"
        self.all_button.setText(f"{told}: see who owes what")
        self.all_button.setAccessibleName(f"Owed to us: {told}. Opens the list.")

    def _made(self, near: list[RequestRow]) -> SmallTable:
        lines = [Line(row.id, _cells(row)) for row in near[:_FIRST]]
        table = SmallTable("Owed to us", _HEADINGS, lines, 0)
        table.opened.connect(self._open)
        return table

    def _open(self, request: int) -> None:
        self.context.navigation.open_record("review", self._rows[request].review_id)


def _cells(row: RequestRow) -> tuple[str, ...]:
    review = f"{row.review} {row.known_as}"
    due = day(row.facts.due_on)
    return (row.agency, row.purpose_words, review, due, row.words, row.reminded)
