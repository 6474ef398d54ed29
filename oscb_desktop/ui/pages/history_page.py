"""The history of a record: who changed what, when, from what to what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import UserError
from oscb_desktop.queries.history import HistoryRow, history
from oscb_desktop.services.log_export import LogWanted, save_log
from oscb_desktop.ui import clipboard, saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_FIRST = 30
_STEP, _BEFORE = 3, 4  # the first columns tell the step of work
_HEADINGS = ("When", "Who", "What", "Field", "Before", "After")


def moment(at: datetime) -> str:
    """Write a moment as a day and a time."""
    return f"{format_date(at.date())} {at:%H:%M}"


class HistoryView(QWidget):
    """What happened to one record, newest first; all of it can be copied."""

    def __init__(
        self,
        context: Context,
        kind: str,
        record_id: int,
        *,
        unlocked: bool = False,
        most: int | None = _FIRST,
    ) -> None:
        super().__init__()
        self._context = context
        self._about = (kind, record_id)
        self._unlocked = unlocked
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._show(most)

    def as_text(self) -> str:
        """Return the whole history as lines of cells."""
        rows = self._read(None)
        lines = (_HEADINGS, *(_cells(row) for row in rows))
        return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)

    def copy(self) -> None:
        """Put the whole history on the clipboard."""
        clipboard.put(self.as_text())

    def export(self, to: Path) -> None:
        """Write the whole history as text; identities are never spelt out here."""
        try:
            save_log(self._context.operations.store, LogWanted(record=self._about), to)
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)

    def _show(self, most: int | None) -> None:
        rows = self._read(None if most is None else most + 1)
        shown = rows if most is None else rows[:most]
        if not shown:
            self._layout.addWidget(quiet("Nothing has happened to it yet."))
            return
        self.table = _table(shown)
        self._layout.addWidget(self.table)
        self._layout.addLayout(self._buttons(more=len(rows) > len(shown)))

    def _buttons(self, *, more: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        copy = button("Copy", "Copy the history")
        copy.clicked.connect(self.copy)
        export = button("Export…", "Export the history as text")
        export.clicked.connect(self._ask_where)
        row.addWidget(copy)
        row.addWidget(export)
        if more:
            everything = button("Show all", "Show the whole history")
            everything.clicked.connect(self._show_all)
            row.addWidget(everything)
        row.addStretch(1)
        return row

    def _ask_where(self) -> None:
        if not saving_out.may_save(self._context, self):
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "Export the history", "History.txt", "Text (*.txt)"
        )
        if name:
            self.export(Path(name))

    def _show_all(self) -> None:
        from oscb_desktop.ui.dialogs.history_dialog import HistoryDialog

        dialog = HistoryDialog(self._context, *self._about, unlocked=self._unlocked, parent=self)
        dialog.open()

    def _read(self, most: int | None) -> Sequence[HistoryRow]:
        kind, record_id = self._about
        return self._context.operations.read(
            history, kind, record_id, unlocked=self._unlocked, most=most
        )


class HistorySection(Section):
    """The history of the page's record."""

    def __init__(self, context: Context, kind: str, record_id: int) -> None:
        super().__init__("History", (kind,))
        self._context = context
        self._about = (kind, record_id)

    def build(self) -> QWidget | None:
        """Return the history, read afresh."""
        return HistoryView(self._context, *self._about)


def _table(rows: Sequence[HistoryRow]) -> SmallTable:
    """Return when, who and what once for each step, and under it what became of each field."""
    cells = [_cells(row) for row in rows]
    columns = [0, 2] if not any(row[_BEFORE] for row in cells) else [0, 1, 2]
    lines: list[tuple[str, ...]] = []
    above: tuple[str, ...] = ()
    for row in cells:
        if row[:_STEP] != above:
            above = row[:_STEP]
            lines.append((", ".join(above),))
        if any(row[_STEP:]):
            lines.append(tuple(row[_STEP:][column] for column in columns))
    headings = [_HEADINGS[_STEP:][column] for column in columns]
    numbered = [Line(place, line) for place, line in enumerate(lines)]
    return SmallTable("History", headings, numbered, len(headings) - 1)


def _cells(row: HistoryRow) -> tuple[str, ...]:
    what = row.act if row.field or row.act.startswith("Added") else f"{row.act} ({row.step})"
    return (moment(row.at), row.by, what, row.field, row.before, row.after)
