"""What the guidance asks an annual report to hold: there, ticked by hand, or missing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import long_text, yes_no
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.annual_rows import AnnualReport
from oscb_desktop.queries.report_content import (
    ContentRow,
    Standing,
    content_check,
    content_edition,
)
from oscb_desktop.services.annual import TickContent
from oscb_desktop.services.store import Command
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.act_form import ActForm
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import quiet, strong
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import bring_into_sight, scrolled
from oscb_desktop.ui.widgets.small_table import Line

_WORDS = {
    Standing.TICKED: "✓ Ticked by hand",
    Standing.THERE: "✓ There",
    Standing.SAID_MISSING: "✗ Said to be missing",
    Standing.MISSING: "✗ Missing",
}
_GO = "G"
_AFTER = (
    "After {edition}, the guidance in force when {year} ended. What stands in a chapter is seen by "
    "itself; the rest is said by hand. Enter says how one stands, G goes to its chapter."
)


class CheckView(QWidget):
    """The list of what is asked for; Enter says by hand how it stands, G goes to its chapter."""

    chapter_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._year = ""
        self.rows: tuple[ContentRow, ...] = ()
        self.table: KeyedTable | None = None
        self.form: ActForm | None = None
        self.stands = strong("")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 3 * theme.GRID, 3 * theme.GRID)
        self._column.setSpacing(2 * theme.GRID)
        self._column.addWidget(self.stands)
        self.after = quiet("")
        self._column.addWidget(self.after)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def show_report(self, report: AnnualReport) -> None:
        """Show how the report stands now, the keyboard where it was."""
        rows = self._context.operations.read(content_check, report)
        if rows == self.rows and report.year == self._year:
            return
        at = self.table.current_id() if self.table else 0
        had_keys = self.table is not None and self.table.hasFocus()
        self._close_form()
        self.rows, self._year = rows, report.year
        held = sum(row.is_held for row in rows)
        self.stands.setText(f"{report.year}: {held} of {len(rows)} are there.")
        edition = self._context.operations.read(content_edition, report.year)
        self.after.setText(_AFTER.format(edition=edition.name, year=report.year))
        old, self.table = self.table, self._made(rows)
        put_away(old, self._column)
        self._column.insertWidget(2, self.table)
        self.table.show()
        if had_keys:
            self.table.stand_on(at)

    def _made(self, rows: tuple[ContentRow, ...]) -> KeyedTable:
        lines = [
            Line(at, (_WORDS[row.standing], row.label, row.where, row.note))
            for at, row in enumerate(rows)
        ]
        headings = ("How it stands", "Asked for", "Where", "Said by hand")
        table = KeyedTable("What the report must hold", headings, lines, 1, (_GO,))
        table.opened.connect(self._ask)
        table.keyed.connect(lambda at, _key: self._go(at))
        return table

    def _go(self, at: int) -> None:
        if self.rows[at].chapters:
            self.chapter_wanted.emit(self.rows[at].chapters[0])

    def _ask(self, at: int) -> None:
        """Ask how one thing stands, below the list."""
        self._close_form()
        row = self.rows[at]
        by_hand = row.standing in (Standing.TICKED, Standing.SAID_MISSING)
        start: dict[str, Value] = {
            "held": row.standing is Standing.TICKED if by_hand else None,
            "note": row.note or None,
        }
        fields = (
            yes_no("held", "The report holds it", "Leave it open to let the chapters answer."),
            long_text("note", "Where, or why not"),
        )

        def command(values: Mapping[str, Value]) -> Command:
            held, note = values["held"], str(values["note"] or "")
            return TickContent(self._year, row.item, None if held is None else bool(held), note)

        self.form = ActForm(self._context, row.label, fields, command, start)
        self.form.do_button.setText("Save")
        self.form.done.connect(lambda _changes: self._leave_form(at))
        self.form.cancelled.connect(lambda: self._leave_form(at))
        self._column.insertWidget(self._column.count() - 1, self.form)
        self.form.show()
        self.form.focus_first()
        bring_into_sight(self.form)

    def _leave_form(self, at: int) -> None:
        self._close_form()
        if self.table is not None:
            self.table.stand_on(at)

    def _close_form(self) -> None:
        old, self.form = self.form, None
        put_away(old, self._column)
