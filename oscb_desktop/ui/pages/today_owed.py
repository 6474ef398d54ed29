"""What *Today* says of agencies: the answers that are late or due soon, and the way to all."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.queries.requests import RequestRow
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.widgets.labels import link_button
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_MOST = 8
_HEADINGS = ("Agency", "Asked for", "Review", "Due", "How it stands", "Reminded")


class OwedLines(QWidget):
    """The first few of what is owed; Enter opens the review, the button the page of all."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.table: SmallTable | None = None
        self._rows: dict[int, RequestRow] = {}
        head = QHBoxLayout()
        head.addWidget(theme.heading("Owed to us"))
        self.all_button = link_button("")
        self.all_button.clicked.connect(lambda: context.navigation.open_page("owed"))
        head.addWidget(self.all_button)
        head.addStretch()
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2 * theme.GRID)
        self._layout.addLayout(head)

    def show_rows(self, rows: tuple[RequestRow, ...], near_until: date) -> None:
        """Tell how many are owed and list those due by a day; without any, nothing is shown."""
        near = [row for row in rows if row.facts.due_on and row.facts.due_on <= near_until]
        self._rows = {row.id: row for row in near}
        had_keys = self.table is not None and self.table.hasFocus()
        old, self.table = self.table, None
        if old is not None:
            old.hide()
            self._layout.removeWidget(old)
            old.deleteLater()
        self.setVisible(bool(rows))
        if not rows:
            return
        late = sum(row.is_late for row in rows)
        told = f"{len(rows):,} owed, {late:,} late" if late else f"{len(rows):,} owed, none late"
        self.all_button.setText(f"{told}: see who owes what")
        self.all_button.setAccessibleName(f"Owed to us: {told}. Opens the list.")
        if not near:
            return
        lines = [Line(row.id, _cells(row)) for row in near[:_MOST]]
        self.table = SmallTable("Owed to us", _HEADINGS, lines, 0)
        self.table.opened.connect(self._open)
        self._layout.addWidget(self.table)
        if had_keys:
            self.table.setFocus()

    def _open(self, request: int) -> None:
        self._context.navigation.open_record("review", self._rows[request].review_id)


def _cells(row: RequestRow) -> tuple[str, ...]:
    review = f"{row.review} {row.known_as}"
    due = day(row.facts.due_on)
    return (row.agency, row.purpose_words, review, due, row.words, row.reminded)
