"""One page for a chair: all live reviews as a timeline of stages against their statutory days."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.chair import ChairRow, DateState, live_reviews, scale_for, totals
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.pages.reviews_page import ReviewsPage
from oscb_desktop.ui.tables.line_widths import lines_in, measured, width_for
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.tables.timeline import (
    ROW_HEIGHT,
    Months,
    TimelineDelegate,
    TimelineHeader,
    draw_planned,
    draw_state,
)
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.labels import button, quiet, shortened, words
from oscb_desktop.ui.widgets.scrolling import scrolled

_TIMELINE = 3
_MOST_LINES = 5  # of a row, the one that says most
_SHARE = 0.28  # of the width that the timeline has before a row takes another line
_LEAST = 120  # pixels of the timeline where even the most lines leave less
_AROUND = 24  # pixels around the words of a cell
_SIGN = 24  # the shape before them
_ARROW = 14  # beside the heading by which the table is sorted
_LINES = 6  # of what is told below the table; the rest is scrolled to
_FEWER = 3  # in a low window
_LOW = 560  # pixels of height
_KNOWN_AS = 40  # characters of what a child is called that are always shown
_TONES = {
    DateState.LATE: Tone.BAD,
    DateState.RUNS: Tone.INFO,
    DateState.MET: Tone.GOOD,
    DateState.MISSED: Tone.WARN,
}


def _next_words(row: ChairRow) -> str:
    return row.next.words if row.next else "None runs"


def _work_words(row: ChairRow) -> str:
    return "; ".join(part for part in (row.missing_words(), row.actions_words()) if part)


def _told(row: ChairRow) -> str:
    first = f"{row.reference} {row.known_as}, {row.part_words()}"
    lacks = f"Missing: {' '.join(row.missing)}" if row.missing else ""
    said = (f"{first}. {row.stage_words()}.", f"{row.told()}.", lacks, row.actions_words())
    return "\n".join(part for part in said if part)


_COLUMNS = (
    Column(
        "review",
        "Review",
        lambda row: f"{row.reference} {shortened(row.known_as, _KNOWN_AS)}",
        lambda row: sort_key(row.reference),
        spoken=_told,
    ),
    Column("kind", "Kind", lambda row: row.part_words(briefly=True)),
    Column("stage", "Stage", lambda row: row.stage_words()),
    Column(
        "timeline",
        "Stages in time",
        lambda row: row.told(),
        lambda row: row.started_on,
        wide=True,
    ),
    Column(
        "next",
        "Next due",
        _next_words,
        lambda row: row.next.due_on if row.next else None,
        tone=lambda row: _TONES[row.next.state] if row.next else None,
    ),
    Column(
        "work",
        "To do",
        _work_words,
        lambda row: (row.actions_overdue, len(row.missing)),
        tone=lambda row: Tone.BAD if row.actions_overdue else None,
    ),
)

_WORDED = tuple((at, column) for at, column in enumerate(_COLUMNS) if at != _TIMELINE)


class ChairTable(RowTable):
    """The live reviews with the timeline drawn in its column; no word of the others is cut off."""

    def __init__(self) -> None:
        self._words: dict[int, dict[int, tuple[int, ...]]] = {}
        super().__init__("Live reviews in time", _COLUMNS)

    def show_reviews(self, rows: tuple[ChairRow, ...], today: date) -> None:
        """Show the reviews on the months that hold their days."""
        months = Months(scale_for(rows, today), today)
        self.timeline.months = self.header.months = months
        self._words = {row.id: self._measured(row) for row in rows}
        self.set_rows(rows)
        self.header.viewport().update()

    def _build(self) -> None:
        self.header = TimelineHeader(self, _TIMELINE)
        self.setHorizontalHeader(self.header)
        super()._build()
        self.timeline = TimelineDelegate(self, self._row)
        self.setItemDelegateForColumn(_TIMELINE, self.timeline)
        self.setWordWrap(True)
        self.verticalHeader().setDefaultSectionSize(self._height(2))
        self.rows.modelReset.connect(self._fit_rows)
        self.header.sectionResized.connect(lambda *_: self._fit_rows())

    def _height(self, lines: int) -> int:
        return max(ROW_HEIGHT, lines * self.fontMetrics().lineSpacing() + 10)

    def _measured(self, row: ChairRow) -> dict[int, tuple[int, ...]]:
        """Return the widths of the words of a row, by column."""
        measure = self.fontMetrics().horizontalAdvance
        return {at: measured(column.words(row), measure) for at, column in _WORDED}

    def _row(self, position: int) -> ChairRow | None:
        row: ChairRow | None = self.rows.row_at(position)
        return row

    def _fit(self) -> None:
        """Give the words what they need on as few lines as leave room for the timeline."""
        if self._arranged:
            return
        wide = self.viewport().width()
        shown = [at for at, _ in _WORDED if not self.isColumnHidden(at)]
        for lines in range(2, _MOST_LINES + 1):
            needs = {at: self._needed(at, lines) for at in shown}
            if wide - sum(needs.values()) >= _SHARE * wide:
                break
        for at, width in needs.items():
            self.setColumnWidth(at, width)
        if not self.isColumnHidden(_TIMELINE):
            self.setColumnWidth(_TIMELINE, max(_LEAST, wide - sum(needs.values())))
        self._fit_rows()

    def _needed(self, at: int, lines: int) -> int:
        """Return the width of a column whose cells take at most so many lines."""
        space = self.fontMetrics().horizontalAdvance(" ")
        heading = QFontMetrics(self.header.font()).horizontalAdvance(_COLUMNS[at].heading)
        words = (width_for(row[at], space, lines) for row in self._words.values())
        sign = _SIGN if _COLUMNS[at].tone else 0
        return max([int(heading * 1.1) + _ARROW, *(width + sign for width in words)]) + _AROUND

    def _fit_rows(self) -> None:
        """Make each row as high as its words are in columns of this width."""
        space = self.fontMetrics().horizontalAdvance(" ")
        room = {
            at: self.columnWidth(at) - _AROUND - (_SIGN if column.tone else 0)
            for at, column in _WORDED
            if not self.isColumnHidden(at)
        }
        for position in range(self.rows.rowCount()):
            row = self._row(position)
            words = self._words.get(row.id, {}) if row else {}
            lines = [lines_in(words[at], space, width) for at, width in room.items() if at in words]
            self.setRowHeight(position, self._height(max([2, *lines])))


class ChairPage(Page):
    """The live reviews; Enter opens one, and below the table stands all that is drawn of it."""

    reads = ReviewsPage.reads | {"progress_check", "organisation", "child"}

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Live reviews")
        printed = button("Print…", "Print this page on A4")
        printed.clicked.connect(
            lambda: context.navigation.open_page("print", {"paper": "chair_sheet"})
        )
        self.head.addWidget(printed)
        self.total = quiet("")
        self.table = ChairTable()
        self.detail = words("")
        self.column.addWidget(self.total)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(_key())
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._below = scrolled(self.detail)
        self._below.setAccessibleName("The chosen review in words")
        self._below.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # so that the arrows scroll it
        self.column.addWidget(self._below)
        self.begins_at = self.table
        self.table.opened.connect(lambda row: context.navigation.open_record("review", row.id))
        self.table.chosen.connect(self._tell)

    def refresh(self) -> None:
        """Read the reviews again."""
        operations = self.context.operations
        today = operations.today()
        rows = operations.read(live_reviews, today)
        self.total.setText(totals(rows, today))
        self.table.show_reviews(rows, today)
        self._tell(self.table.current_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave a low window to the table."""
        super().resizeEvent(event)
        lines = _FEWER if self.height() < _LOW else _LINES
        self._below.setMaximumHeight(lines * self.fontMetrics().lineSpacing())

    def _tell(self, row: Any) -> None:
        self._below.setVisible(row is not None)
        if row is not None:
            self.detail.setText(_told(row))


def _key() -> QWidget:
    """Return what the shapes mean, each beside its word."""
    whole = QWidget()
    line = QHBoxLayout(whole)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(2 * theme.GRID)
    line.addWidget(quiet("Statutory days:"))
    for state in DateState:
        line.addWidget(_shape(state))
        line.addWidget(quiet(state.value))
    line.addWidget(_shape(None))
    line.addWidget(quiet("planned publication"))
    line.addWidget(quiet("dashed line: today; hatched: paused"))
    for label in whole.findChildren(QLabel):
        label.setWordWrap(False)
    line.addStretch(1)
    return whole


def _shape(state: DateState | None) -> QLabel:
    picture = QPixmap(48, 48)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(3, 3)
    if state is None:
        draw_planned(painter, QPointF(8, 8))
    else:
        draw_state(painter, QPointF(8, 8), state)
    painter.end()
    label = QLabel()
    label.setPixmap(QIcon(picture).pixmap(16, 16))
    return label
