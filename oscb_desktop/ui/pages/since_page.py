"""Since the last meeting: what was completed, slipped, added, signed off; from any day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.fields.field import date as day_field
from oscb_desktop.errors import UserError
from oscb_desktop.queries.since import SinceLine, SinceRows, last_meeting, since
from oscb_desktop.services import printing
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.ui import saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.widgets.date_field import DateControl
from oscb_desktop.ui.widgets.labels import button, fault, quiet, strong
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_MOST = 200
"""So many lines of a kind are listed on the screen; the paper has them all."""


class SincePage(Page):
    """The happenings under their headings; Enter on a line opens its record."""

    tab_as_read = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Since the last meeting")
        self.rows: SinceRows | None = None
        self.tables: list[SmallTable] = []
        self._lines: dict[int, SinceLine] = {}
        self.day = DateControl(day_field("since", "Since"), context.operations)
        self.day.line.setAccessibleName("Since")
        self.day.line.returnPressed.connect(self.refresh)
        self.fault = fault()
        self.total = strong("")
        self.save_button = button("Save as PDF…", "Save this as PDF")
        self._made: QWidget | None = None
        self._build()

    def refresh(self) -> None:
        """Read what happened since the day that is typed."""
        self.fault.hide()
        try:
            wanted = self._wanted()
        except UserError as wrong:
            self._refuse(wrong.sentence)
            return
        if wanted is None:
            self._refuse("There was no meeting of the subgroup yet. Type a day above.")
            return
        operations = self.context.operations
        self.rows = operations.read(since, wanted, operations.today())
        self._show(self.rows)

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Go to the day that somebody asked for."""
        if "since" in wanted:
            self.day.put_value(date.fromisoformat(wanted["since"]))
            self.refresh()

    def make(self) -> MadePaper | None:
        """Return the paper of what is shown, in memory."""
        if self.rows is None:
            return None
        return printing.make_since_meeting(self.context.operations.store, self.rows.since)

    def save_to(self, path: Path) -> None:
        """Note the paper and write it to a file, whole or not at all."""
        try:
            made = self.make()
            if made is not None:
                saving_out.save_paper(self.context, self, made, path)
        except UserError as refused:
            self.context.messages.tell(self, refused.sentence)

    def _build(self) -> None:
        bar = QHBoxLayout()
        label = QLabel("&Since")
        label.setBuddy(self.day.line)
        look = QPushButton("See")
        look.setAccessibleName("See what happened since that day")
        look.clicked.connect(self.refresh)
        bar.addWidget(label)
        bar.addWidget(self.day)
        bar.addWidget(look)
        bar.addStretch(1)
        bar.addWidget(self.save_button)
        self.save_button.clicked.connect(self._save)
        self.column.addLayout(bar)
        self.column.addWidget(self.fault)
        self.column.addWidget(self.total)
        self.column.addWidget(quiet("Enter opens the record. Steps that were undone do not count."))
        inner = QWidget()
        self._place = QVBoxLayout(inner)
        self._place.setContentsMargins(0, 0, 3 * theme.GRID, 0)
        self._place.addStretch(1)
        self.column.addWidget(scrolled(inner), 1)
        self.begins_at = self.day.line

    def _wanted(self) -> date | None:
        """Return the day that is typed, or that of the last meeting."""
        today = self.context.operations.today()
        typed = self.day.value()
        if isinstance(typed, date):
            if typed > today:
                raise UserError(
                    f"{format_date(typed)} is still to come. Type a day that has passed."
                )
            return typed
        last = self.context.operations.read(last_meeting, today)
        if last is not None:
            self.day.put_value(last[1])
        return last[1] if last else None

    def _refuse(self, sentence: str) -> None:
        self.rows = None
        self.fault.setText(sentence)
        self.fault.show()
        self.total.clear()
        self.save_button.setEnabled(False)
        self._put(QWidget())

    def _show(self, rows: SinceRows) -> None:
        meeting = f", meeting {rows.meeting}" if rows.meeting else ""
        self.total.setText(f"Since {format_date(rows.since)}{meeting}: {rows.words()}.")
        self.save_button.setEnabled(True)
        self.tables, self._lines = [], {}
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        for heading, lines in rows.groups():
            if lines:
                column.addWidget(theme.heading(heading))
                column.addWidget(self._table(heading, lines))
        self._put(whole)

    def _table(self, heading: str, lines: tuple[SinceLine, ...]) -> SmallTable:
        first = len(self._lines)
        shown = dict(enumerate(lines[:_MOST], first))
        self._lines |= shown
        rest = len(lines) - len(shown)
        cells = [Line(at, (one.reference, one.text, one.detail)) for at, one in shown.items()]
        if rest:
            cells.append(Line(first, (f"And {rest:,} more, on the paper.",)))
        table = SmallTable(heading, ("Reference", "What", "What happened"), cells, 1)
        table.opened.connect(self._open)
        self.tables.append(table)
        return table

    def _put(self, whole: QWidget) -> None:
        old, self._made = self._made, whole
        put_away(old, self._place)
        self._place.insertWidget(0, whole)
        whole.show()

    def _open(self, at: int) -> None:
        line = self._lines[at]
        self.context.navigation.open_record(line.kind, line.id)

    def _save(self) -> None:
        if self.rows is None or not saving_out.may_save(self.context, self):
            return
        name = f"{printing.SINCE_MEETING} {self.rows.since.isoformat()}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, "Save as PDF", name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))
