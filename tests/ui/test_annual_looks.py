"""The pages of the annual report on a small screen and by ear: nothing cut off, all named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.paths import AppPaths
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.figure_dialog import FigureDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.breakdown_page import BreakdownPage
from oscb_desktop.ui.pages.annual.counted_page import CountedPage
from oscb_desktop.ui.pages.annual.page import AnnualPage
from oscb_desktop.ui.pages.annual.reader import AnnualReader
from oscb_desktop.ui.tables.grid_table import GridTable
from tests.conftest import PASSPHRASE, now
from tests.ui.test_accessibility import _nameless
from tests.ui.test_small_screen import SMALL, cut_off, settle

CHAPTERS = ("rapid_figures", "rapid_children", "age_factors", "themes", "costs")


@pytest.fixture
def store(tmp_path: Path, paths: AppPaths) -> Iterator[Store]:
    """The sample year, whose report has a text in every chapter."""
    made = create_sample_store(tmp_path / "Sample year.oscb", PASSPHRASE, "A. Secretary", now)
    yield made
    made.close()


@pytest.fixture
def small(window: MainWindow) -> MainWindow:
    window.resize(*SMALL)
    return window


def looked_at(page: QWidget) -> None:
    settle()
    assert cut_off(page) == []
    assert _nameless(page) == []


def test_the_report(small: MainWindow, qtbot: QtBot) -> None:
    small.go_to("annual")
    page = small.stack.page()
    assert isinstance(page, AnnualPage)
    qtbot.waitUntil(lambda: page.report is not None and not page.is_reading)
    for code in CHAPTERS:
        page.show_wanted({"chapter": code})
        looked_at(page)
    page.tabs.setCurrentIndex(1)
    qtbot.waitUntil(page.paper.save_button.isEnabled)
    looked_at(page)
    page.tabs.setCurrentIndex(2)
    looked_at(page)
    assert (small.width(), small.height()) == SMALL


def test_the_breakdowns(small: MainWindow, qtbot: QtBot) -> None:
    small.go_to("breakdowns", {"by": "harm_type", "across": "age_band"})
    page = small.stack.page()
    assert isinstance(page, BreakdownPage)
    for look in range(page.looks.count()):
        page.looks.setCurrentIndex(look)
        qtbot.waitUntil(lambda: page.shown is not None and not page.is_reading)
        looked_at(page)
    assert (small.width(), small.height()) == SMALL


def test_what_was_counted(small: MainWindow, qtbot: QtBot) -> None:
    small.go_to("counted", {"figure": "rapid_review_children_by_age_band", "year": "2021-22"})
    page = small.stack.page()
    assert isinstance(page, CountedPage)
    qtbot.waitUntil(lambda: page.told is not None)
    looked_at(page)


def test_the_figures_to_pick(small: MainWindow, store: Store, qtbot: QtBot) -> None:
    small.go_to("annual")
    page = small.stack.page()
    assert isinstance(page, AnnualPage)
    qtbot.waitUntil(lambda: page.report is not None and not page.is_reading)
    year = page.year.currentData()
    dialog = FigureDialog(AnnualReader(store).options(year), year.label, small)
    qtbot.addWidget(dialog)
    dialog.resize(880, 460)
    dialog.show()
    looked_at(dialog)


def test_a_screen_reader_hears_of_each_number_what_it_is(small: MainWindow, qtbot: QtBot) -> None:
    small.go_to("breakdowns", {"by": "harm_type", "across": "age_band"})
    page = small.stack.page()
    assert isinstance(page, BreakdownPage)
    qtbot.waitUntil(lambda: page.shown is not None and not page.is_reading)
    table: GridTable = page.table
    first = table.model().index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
    row, heading = page.shown.grid.rows[0], page.shown.grid.headings[0]  # type: ignore[union-attr]
    assert first == f"{row.label}, {heading}: {row.cells[0].text}"
    chart = QAccessible.queryAccessibleInterface(page.chart)
    assert chart.text(QAccessible.Text.Description).startswith("Bar chart: children in rapid")
    assert page.told.text().startswith("Bar chart: children in rapid")
