"""One page for a chair: all live reviews as a timeline of stages against their statutory days."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.chair import ChairRow, DateState, live_reviews, scale_for, totals
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.pages.reviews_page import ReviewsPage
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
from oscb_desktop.ui.widgets.labels import button, quiet, words
from oscb_desktop.ui.widgets.scrolling import scrolled

_TIMELINE = 3
_LINES = 6  # of what is told below the table; the rest is scrolled to
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
    first = f"{row.reference} {row.known_as}, {row.kind_words}, {row.role_words}"
    lacks = f"Missing: {' '.join(row.missing)}" if row.missing else ""
    said = (f"{first}. {row.stage_words()}.", f"{row.told()}.", lacks, row.actions_words())
    return "\n".join(part for part in said if part)


_COLUMNS = (
    Column(
        "review",
        "Review",
        lambda row: f"{row.reference} {row.known_as}",
        lambda row: sort_key(row.reference),
        13,
        spoken=_told,
    ),
    Column(
        "kind", "Our part and kind", lambda row: f"{row.role_words}: {row.kind_words}", width=19
    ),
    Column("stage", "Stage", lambda row: row.stage_words(), width=21),
    Column(
        "timeline",
        "Stages in time",
        lambda row: row.told(),
        lambda row: row.started_on,
        width=60,
        wide=True,
    ),
    Column(
        "next",
        "Next statutory day",
        _next_words,
        lambda row: row.next.due_on if row.next else None,
        width=22,
        tone=lambda row: _TONES[row.next.state] if row.next else None,
    ),
    Column(
        "work",
        "To do",
        _work_words,
        lambda row: (row.actions_overdue, len(row.missing)),
        width=15,
        tone=lambda row: Tone.BAD if row.actions_overdue else None,
    ),
)


class ChairTable(RowTable):
    """The live reviews, two lines high, with the timeline drawn in its column."""

    def __init__(self) -> None:
        super().__init__("Live reviews in time", _COLUMNS)

    def show_reviews(self, rows: tuple[ChairRow, ...], today: date) -> None:
        """Show the reviews on the months that hold their days."""
        months = Months(scale_for(rows, today), today)
        self.timeline.months = self.header.months = months
        self.set_rows(rows)
        self.header.viewport().update()

    def _build(self) -> None:
        self.header = TimelineHeader(self, _TIMELINE)
        self.setHorizontalHeader(self.header)
        super()._build()
        self.timeline = TimelineDelegate(self, self._row)
        self.setItemDelegateForColumn(_TIMELINE, self.timeline)
        self.setWordWrap(True)
        lines = 2 * self.fontMetrics().height() + 8
        self.verticalHeader().setDefaultSectionSize(max(ROW_HEIGHT, lines))

    def _row(self, position: int) -> ChairRow | None:
        row: ChairRow | None = self.rows.row_at(position)
        return row

    def _fit(self) -> None:
        """Give the words what they need on two lines and the timeline the rest; never scroll."""
        wide, unit = self.viewport().width(), self.fontMetrics().averageCharWidth()
        shown = [at for at in range(len(_COLUMNS)) if not self.isColumnHidden(at)]
        others = [at for at in shown if at != _TIMELINE]
        wanted = {at: (_COLUMNS[at].width + 2) * unit for at in others}
        share = min(1.0, 0.62 * wide / max(1, sum(wanted.values())))
        for at in others:
            self.setColumnWidth(at, int(wanted[at] * share))
        if _TIMELINE in shown:
            left = wide - sum(self.columnWidth(at) for at in others)
            self.setColumnWidth(_TIMELINE, max(80, left))


class ChairPage(Page):
    """The live reviews; Enter opens one, and below the table stands all that is drawn of it."""

    reads = ReviewsPage.reads | {"progress_check", "organisation"}

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Live reviews on one page")
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
        self._below.setMaximumHeight(_LINES * self.fontMetrics().lineSpacing())
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
