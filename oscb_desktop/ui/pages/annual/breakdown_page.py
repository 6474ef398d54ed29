"""Breaking a year down, comparing years, and the way from discussion to publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QSplitter,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.charts import bars
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.breakdown_dimensions import dimensions
from oscb_desktop.queries.breakdowns import Subject
from oscb_desktop.queries.report_years import report_years
from oscb_desktop.ui import saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.annual.shown import Choice, Look, Shown, YearReader
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.tables.grid_table import Asked, Grid, GridTable
from oscb_desktop.ui.widgets.chart import ChartWidget
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import button, quiet, selectable
from oscb_desktop.ui.widgets.scrolling import scrolled

_NOTHING = ""
_YEARS = (5, 3, 10, 20)
_LABELS = {
    Look.BREAKDOWN: "Breakdown",
    Look.YEARS: "Over the years",
    Look.FUNNEL: "From discussion to publication",
}


class BreakdownPage(ReadingPage):
    """What is counted and by what above; the table and its chart below, side by side.

    Enter on a number opens the records that it counts.
    """

    tab_as_read = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Breakdowns and comparison")
        self.shown: Shown | None = None
        self._shown_of: Choice | None = None
        self.looks = QTabBar()
        self.year, self.subject, self.by, self.across = (QComboBox() for _ in range(4))
        self.years = QComboBox()
        self.public = QCheckBox("As the &public would see it")
        self.empty_too = QCheckBox("Empty &lines too")
        self.table = GridTable("Breakdown")
        self.chart = ChartWidget(bars("Breakdown", ()))
        self.told = selectable("", "muted")
        self.notes = quiet("")
        self._reader = YearReader(context.operations.store)
        self._reading = self.reading("Counting")
        self._build()
        self._connect()
        self.begins_at = self.table

    def refresh(self) -> None:
        """Read the years and count again."""
        operations = self.context.operations
        years = operations.read(report_years, operations.today())
        kept = self.year.currentData()
        self.year.blockSignals(True)
        self.year.clear()
        for year in years:
            self.year.addItem(year.label, year)
        self.year.setCurrentIndex(max(0, self.year.findText(kept.label) if kept else 0))
        self.year.blockSignals(False)
        self.count()

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Choose the look, the year and what is counted, as somebody asked for."""
        self.refresh_if_stale()
        if wanted.get("look") in list(Look):
            self.looks.setCurrentIndex(list(Look).index(Look(wanted["look"])))
        if "year" in wanted:
            self.year.setCurrentIndex(max(0, self.year.findText(wanted["year"])))
        for name, box in (("of", self.subject), ("by", self.by), ("across", self.across)):
            if name in wanted:
                box.setCurrentIndex(max(0, box.findData(wanted[name])))

    def choice(self) -> Choice | None:
        """Return what is chosen; None while there is no year to choose."""
        year = self.year.currentData()
        if not isinstance(year, ReportingYear):
            return None
        return Choice(
            self.look(),
            year,
            Subject(self.subject.currentData()),
            self.by.currentData(),
            self.across.currentData(),
            int(self.years.currentData()),
            public=self.public.isChecked(),
            empty_too=self.empty_too.isChecked(),
        )

    def look(self) -> Look:
        """Return which of the three is looked at."""
        return list(Look)[max(0, self.looks.currentIndex())]

    def count(self) -> None:
        """Count what is chosen, on the worker; what was chosen before does not stand meanwhile."""
        breaks_down = self.look() is Look.BREAKDOWN
        for part in self._of_breakdown:
            part.setVisible(breaks_down)
        self._of_years.setVisible(self.look() is Look.YEARS)
        wanted = self.choice()
        if wanted != self._shown_of:
            self._show_nothing()
        if wanted is not None:
            read = partial(self._reader.read, wanted)
            self._reading.start(read, partial(self._show, wanted))

    def refuse(self, sentence: str) -> None:
        """Say why there is nothing to show; nothing of what was shown before stays."""
        self._show_nothing()
        super().refuse(sentence)

    def save_to(self, path: Path) -> None:
        """Write the table as it is shown; by its first mark a spreadsheet knows UTF-8."""
        if self.shown is None:
            return
        try:
            path.write_text(self.table.as_csv(), "utf-8-sig", newline="")
        except OSError as problem:
            self.context.messages.tell(
                self,
                f"{path.name} could not be written: {problem.strerror}. Choose another folder.",
            )

    def _show(self, choice: Choice, shown: Shown) -> None:
        self.shown, self._shown_of = shown, choice
        self.fault.hide()
        self.table.show_grid(shown.grid)
        self._draw(self.table.currentRow())
        self._say(shown.notes)

    def _show_nothing(self) -> None:
        """Empty the page: no number stands beside words that were not chosen for it."""
        self.shown = self._shown_of = None
        self.fault.hide()
        self.table.show_grid(Grid("Breakdown", "", (), ()))
        self.chart.show_chart(bars("Breakdown", ()))
        self.told.clear()
        self._say(())

    def _say(self, notes: Sequence[str]) -> None:
        self.notes.setText(" ".join(notes))
        self.notes.setVisible(bool(notes))
        for part in (self.chart, self.copy_button, self.save_button):
            part.setEnabled(self.shown is not None)
        self.chart.setVisible(self.shown is not None and bool(self.shown.charts))

    def _draw(self, row: int) -> None:
        """Draw the chart of all, or of the row that the keyboard is on."""
        if self.shown is None or not self.shown.charts:
            return
        charts = self.shown.charts
        chart = charts[max(0, row)] if len(charts) > max(0, row) else charts[0]
        self.chart.show_chart(chart)
        told = self.shown.told[row] if 0 <= row < len(self.shown.told) else ""
        self.told.setText("\n".join(filter(None, (chart.words(), told))))

    def _open_drawn(self, category: int, series: int) -> None:
        """Open the number of the table that was pressed in the chart."""
        if self.shown is None:
            return
        grid, charts = self.shown.grid, self.shown.charts
        row, column = self.table.currentRow(), category  # of a line over years
        if len(charts) == 1:
            name = charts[0].series[series].name
            row = [line.label for line in grid.rows].index(charts[0].categories[category])
            column = grid.headings.index(name) if name else 0
        cell = grid.rows[row].cells[column]
        if cell.asks:
            self._open(cell.asks)

    def _open(self, asked: Asked) -> None:
        self.context.navigation.open_page("counted", asked)

    def _build(self) -> None:
        report = button("Annual report…", "Annual report of this year")
        report.clicked.connect(
            lambda: self.context.navigation.open_page("annual", {"year": self.year.currentText()})
        )
        self.copy_button = button("Copy", "Copy the table")
        self.save_button = button("Save as CSV…", "Save the table as CSV")
        for made in (self.copy_button, self.save_button, report):
            self.head.addWidget(made)
        self.looks.setAccessibleName("What to look at")
        self.looks.setExpanding(False)
        self.looks.setDrawBase(False)
        for look in Look:
            self.looks.addTab(_LABELS[look])
        self.column.addWidget(self.looks)
        self.column.addWidget(self._choices())
        self.column.addWidget(self.fault)
        self.fault.hide()
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.table)
        drawn = self._chart_and_words()
        halves.addWidget(drawn)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        halves.setSizes([540, 540])
        drawn.raise_()  # a splitter has its last part first, for Tab too
        self.column.addWidget(halves, 1)
        self.column.addWidget(self.notes)

    def _chart_and_words(self) -> QWidget:
        """Return the chart with the same in words below it, which scroll together."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(2 * theme.GRID, 0, 3 * theme.GRID, 0)
        column.addWidget(self.chart)
        column.addWidget(self.told)
        column.addStretch(1)
        return scrolled(inner)

    def _choices(self) -> QWidget:
        for subject in Subject:
            self.subject.addItem(subject.label, str(subject))
        for entry in dimensions():
            self.by.addItem(entry.label, entry.name)
        self._offer_across()
        self.subject.setCurrentIndex(self.subject.findData(str(Subject.RAPID_REVIEW_CHILDREN)))
        whole = QWidget()
        flow = FlowLayout(whole, 3 * theme.GRID)
        flow.addWidget(_labelled("&Year", self.year))
        self._of_breakdown = [
            _labelled("&Count", self.subject),
            _labelled("&By", self.by),
            _labelled("Crossed &with", self.across),
            self.empty_too,
        ]
        for many in _YEARS:
            self.years.addItem(f"{many} years", many)
        self._of_years = _labelled("&Over", self.years)
        for part in (*self._of_breakdown, self._of_years, self.public):
            flow.addWidget(part)
        return whole

    def _offer_across(self) -> None:
        """Offer all that can be crossed with what is chosen: not the same once more."""
        kept = self.across.currentData()
        with QSignalBlocker(self.across):
            self.across.clear()
            self.across.addItem("Nothing", _NOTHING)
            for entry in dimensions():
                if entry.name != self.by.currentData():
                    self.across.addItem(entry.label, entry.name)
            self.across.setCurrentIndex(max(0, self.across.findData(kept)))

    def _connect(self) -> None:
        self.by.currentIndexChanged.connect(lambda _at: self._offer_across())
        for box in (self.year, self.subject, self.by, self.across, self.years):
            box.currentIndexChanged.connect(lambda _at: self._count_again())
        for tick in (self.public, self.empty_too):
            tick.toggled.connect(lambda _on: self._count_again())
        self.looks.currentChanged.connect(lambda _at: self._count_again())
        self.table.opened.connect(self._open)
        self.table.row_changed.connect(self._draw)
        self.chart.opened.connect(self._open_drawn)
        self.copy_button.clicked.connect(self.table.copy)
        self.save_button.clicked.connect(self._save)

    def _count_again(self) -> None:
        if not self._stale:
            self.count()

    def _save(self) -> None:
        if not saving_out.may_save(self.context, self):
            return
        name = "".join(char if char.isalnum() or char in " -" else " " for char in self.title())
        path, _ = QFileDialog.getSaveFileName(
            self, "Save the table as CSV", f"{' '.join(name.split())}.csv", "CSV (*.csv)"
        )
        if path:
            self.save_to(Path(path))

    def title(self) -> str:
        """Return what the table is of, and of which year."""
        name = self.shown.grid.name if self.shown else "Breakdown"
        year = self.year.currentText()
        return name if year in name else f"{name} {year}"


def _labelled(text: str, box: QComboBox) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(theme.GRID)
    label = QLabel(text)
    label.setBuddy(box)
    box.setAccessibleName(text.replace("&", ""))
    row.addWidget(label)
    row.addWidget(box)
    return whole
