"""The annual report: its chapters written and counted, the paper itself, and what it must hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.figure_words import Spoken
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_rows import AnnualChapter, AnnualReport
from oscb_desktop.queries.report_years import report_years
from oscb_desktop.services.annual import ReadAgain, StartFromLastYear
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.figure_dialog import FigureDialog
from oscb_desktop.ui.pages.annual.chapter_list import ChapterList
from oscb_desktop.ui.pages.annual.chapter_view import ChapterView
from oscb_desktop.ui.pages.annual.check import CheckView
from oscb_desktop.ui.pages.annual.paper import AnnualPaper
from oscb_desktop.ui.pages.annual.reader import AnnualReader, FigureOption
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.tables.grid_table import Asked
from oscb_desktop.ui.widgets.labels import button, quiet

CHAPTERS, PAPER, CHECK = range(3)
_TABS = ("Chapters", "The paper", "What it must hold")


class AnnualPage(ReadingPage):
    """The report of a year: chapters on the left, the chosen one beside them, always counted."""

    tab_as_read = True

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Annual report")
        self.report: AnnualReport | None = None
        self.year = QComboBox()
        self.tabs = QTabBar()
        self.chapters = ChapterList()
        self.stands = quiet("")
        self.last_year_button = button("Start from last year's texts")
        self.read_button = button("Read again: all fits", "Read again: all texts fit")
        self.paper = AnnualPaper(context)
        self.check = CheckView(context)
        self._views: dict[tuple[str, str], ChapterView] = {}
        self._wanted_chapter = ""
        self._reader = AnnualReader(context.operations.store)
        self._reading = self.reading("Counting the year")
        self._saying = self.reading("Reading the text")
        self._picking = self.reading("Counting the figures")
        self._stack = QStackedWidget()
        self._rooms = QStackedWidget()
        self._build()
        self._connect()
        self.begins_at = self.chapters

    def refresh(self) -> None:
        """Read the years, and on the worker the report of the one that is chosen."""
        operations = self.context.operations
        kept = self.year.currentText()
        with QSignalBlocker(self.year):
            self.year.clear()
            for year in operations.read(report_years, operations.today()):
                self.year.addItem(year.label, year)
            self.year.setCurrentIndex(max(0, self.year.findText(kept)))
        self._reader.forget()
        self._read()

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Choose the year, the chapter and the tab that somebody asked for."""
        self.refresh_if_stale()
        self._wanted_chapter = wanted.get("chapter", self._wanted_chapter)
        if "tab" in wanted:
            self.tabs.setCurrentIndex(int(wanted["tab"]))
        at = self.year.findText(wanted.get("year", ""))
        if at >= 0 and at != self.year.currentIndex():
            self.year.setCurrentIndex(at)
        else:
            self._choose(self._wanted_chapter)

    def standing(self) -> Mapping[str, str]:
        """Return what to ask for to see the same again."""
        tab = str(self.tabs.currentIndex())
        return {"year": self.year.currentText(), "chapter": self.chapters.code(), "tab": tab}

    def unsaved(self) -> bool:
        """Whether something was typed and not saved, in any chapter."""
        return any(view.unsaved() for view in self._views.values())

    def view(self) -> ChapterView | None:
        """Return the chapter on screen."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, ChapterView) else None

    def insert_figure(self) -> None:
        """Offer every figure of the year, and write the chosen one into the text."""
        year = self._year()
        if year is not None and self.view() is not None:
            self._picking.start(partial(self._reader.options, year), self._offer)

    def _on_changed(self, changes: Changes) -> None:
        if "release" not in changes.kinds:  # the report says nothing of what left and was kept
            super()._on_changed(changes)

    def _year(self) -> ReportingYear | None:
        chosen = self.year.currentData()
        return chosen if isinstance(chosen, ReportingYear) else None

    def refuse(self, sentence: str) -> None:
        """Say why there is no report; that of another year does not stand in its place."""
        super().refuse(sentence)
        if self.report is not None and self.report.year != self.year.currentText():
            self._rooms.hide()

    def _read(self) -> None:
        year = self._year()
        if year is not None:
            self._reading.start(partial(self._reader.report, year), self._show)

    def _show(self, report: AnnualReport) -> None:
        """Show a report that was read; the chapter that was chosen stays."""
        self.fault.hide()
        self._rooms.show()
        self.report = report
        code = self._wanted_chapter or self.chapters.code()
        self._drop_other_years(report.year)
        self.chapters.show_chapters(report.chapters)
        self._choose(code)
        self._tell(report)
        self.check.show_report(report)
        self._tell_unsaved()
        self.paper.show_year(report.year)

    def _tell_unsaved(self) -> None:
        """Tell the paper which of its chapters were written on and not saved."""
        if self.report is None:
            return
        self.paper.tell_unsaved(
            {
                code: self.report.chapter(code).chapter.heading
                for (year, code), view in self._views.items()
                if year == self.report.year and view.unsaved()
            }
        )

    def _tell(self, report: AnnualReport) -> None:
        """Say how the report stands."""
        texts = [entry.narrative for entry in report.chapters]
        written = sum(bool(text.typed.strip()) for text in texts)
        moved = sum(len(text.moved) for text in texts)
        unread = sum(len(text.unread) for text in texts)
        verb = "has" if written == 1 else "have"
        said = f"{written} of {counted(len(texts), 'chapter')} {verb} a text"
        said += f"; {counted(moved, 'figure')} moved since they were read" if moved else ""
        said += f"; nobody has read {counted(unread, 'figure')} in its text" if unread else ""
        self.stands.setText(f"{said}.")
        self.read_button.setVisible(moved + unread > 0)
        self.last_year_button.setVisible(any(text.may_copy for text in texts))

    def _drop_other_years(self, year: str) -> None:
        for key in [key for key in self._views if key[0] != year]:
            if not self._views[key].unsaved():
                gone = self._views.pop(key)
                self._stack.removeWidget(gone)
                gone.hide()
                gone.deleteLater()

    def _choose(self, code: str) -> None:
        if self.report is not None:
            self._wanted_chapter = ""
            self.chapters.choose(code)
            self._show_chapter()

    def _show_chapter(self) -> None:
        code = self.chapters.code()
        if self.report is None or not code:
            return
        entry, key = self.report.chapter(code), (self.report.year, code)
        view = self._views.get(key)
        if view is None:
            view = self._views[key] = self._made(self.report.year, entry)
        else:
            view.show_chapter(entry)
        self._stack.setCurrentWidget(view)

    def _made(self, year: str, entry: AnnualChapter) -> ChapterView:
        view = ChapterView(self.context, year, entry, self._say)
        view.opened.connect(self._open)
        view.text.figure_wanted.connect(self.insert_figure)
        view.text.read_again.connect(lambda: self._do_read_again(entry.chapter.code))
        view.text.start_wanted.connect(lambda: self._do_start(entry.chapter.code))
        self._stack.addWidget(view)
        return view

    def _say(self, text: str, done: Callable[[tuple[Spoken, ...]], None]) -> None:
        year = self._year()
        if year is not None:
            self._saying.start(partial(self._reader.say, year, text), done)

    def _offer(self, options: tuple[FigureOption, ...]) -> None:
        view = self.view()
        if view is None:
            return
        dialog = FigureDialog(options, view.year, self)
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        words = dialog.mark
        dialog.deleteLater()
        if accepted and words:
            view.text.form.insert(words)
        else:
            view.text.form.box.setFocus()

    def _open(self, asked: Asked) -> None:
        self.context.navigation.open_page("counted", asked)

    def _do_read_again(self, chapter: str = "") -> None:
        if self.report is not None:
            self.context.operations.do(ReadAgain(self.report.year, chapter), self)

    def _do_start(self, chapter: str = "") -> None:
        if self.report is not None:
            self.context.operations.do(StartFromLastYear(self.report.year, chapter), self)

    def _build(self) -> None:
        label = QLabel("&Year")
        label.setBuddy(self.year)
        self.year.setAccessibleName("Year")
        breakdowns = button("Breakdowns…", "Breakdowns and comparison of this year")
        breakdowns.clicked.connect(
            lambda: self.context.navigation.open_page(
                "breakdowns", {"year": self.year.currentText()}
            )
        )
        for part in (label, self.year, breakdowns):
            self.head.addWidget(part)
        self.tabs.setAccessibleName("Parts of the annual report")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        for words in _TABS:
            self.tabs.addTab(words)
        self.column.addWidget(self.tabs)
        self.column.addWidget(self.fault)
        self.fault.hide()
        self._rooms.addWidget(self._room_of_chapters())
        self._rooms.addWidget(self.paper)
        self._rooms.addWidget(self.check)
        self.column.addWidget(self._rooms, 1)

    def _room_of_chapters(self) -> QSplitter:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.chapters, 1)
        for part in (self.stands, self.read_button, self.last_year_button):
            column.addWidget(part)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(self._stack)
        halves.setStretchFactor(1, 1)
        halves.setSizes([300, 780])
        self._stack.raise_()  # a splitter has its last part first, for Tab too
        return halves

    def _connect(self) -> None:
        self.year.currentIndexChanged.connect(lambda _at: self._read())
        self.chapters.currentRowChanged.connect(lambda _row: self._show_chapter())
        self.chapters.itemActivated.connect(lambda _item: self._enter_text())
        self.tabs.currentChanged.connect(self._rooms.setCurrentIndex)
        self.last_year_button.clicked.connect(lambda: self._do_start())
        self.read_button.clicked.connect(lambda: self._do_read_again())
        self.check.chapter_wanted.connect(self._on_chapter_wanted)
        self.paper.chapter_wanted.connect(self._on_chapter_wanted)
        self.tabs.currentChanged.connect(lambda _at: self._tell_unsaved())

    def _enter_text(self) -> None:
        view = self.view()
        if view is not None:
            view.text.form.box.setFocus()

    def _on_chapter_wanted(self, code: str) -> None:
        self.tabs.setCurrentIndex(CHAPTERS)
        self._choose(code)
