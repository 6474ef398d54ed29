"""Breakdowns, years and the funnel: each number opens what it counts; the public sees less."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.ages import Age
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.breakdown_page import BreakdownPage
from oscb_desktop.ui.pages.annual.counted_page import CountedPage
from oscb_desktop.ui.pages.annual.shown import Look
from tests.factories import make
from tests.ui.conftest import CONTROL, press

CHILDREN = (("female", 2), ("female", 15), ("male", 15))


@pytest.fixture
def year(store: Store) -> None:
    """A rapid review of 2021-22 with three children, one of 2020-21, and a baseline before."""
    incident = make(store, "incident", notified_on=date(2021, 5, 10))
    children = tuple(
        make(store, "child", incident=incident, sex=sex, age_at_incident=Age(years=age))
        for sex, age in CHILDREN
    )
    make(store, "review", incident=incident, children=children, started_on=date(2021, 5, 10))
    make(store, "review", reference="RR-2020-09", started_on=date(2020, 6, 1))
    make(store, "baseline", year="2019-20", figure="rapid_reviews", value=9)


@pytest.fixture
def page(window: MainWindow, year: None, qtbot: QtBot) -> BreakdownPage:
    window.go_to("breakdowns")
    shown = window.stack.page()
    assert isinstance(shown, BreakdownPage)
    qtbot.waitUntil(lambda: shown.shown is not None)
    return shown


def wait(qtbot: QtBot, page: BreakdownPage) -> None:
    qtbot.waitUntil(lambda: not page.is_reading)


def lines(page: BreakdownPage) -> list[str]:
    return [" | ".join(line) for line in page.table.grid.lines()]


def test_the_children_of_the_year_by_age_with_their_total(page: BreakdownPage) -> None:
    assert page.table.grid.headings == ("Children",)
    assert lines(page)[-1] == "All | 3"
    assert {line.split(" | ")[1] for line in lines(page)[:-1]} == {"1", "2"}


def test_a_crossed_table_opens_the_records_of_each_cell(
    page: BreakdownPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.by.setCurrentIndex(page.by.findData("sex"))
    page.across.setCurrentIndex(page.across.findData("age_band"))
    wait(qtbot, page)
    assert page.table.grid.corner == "Sex / age"
    row = next(at for at, line in enumerate(lines(page)) if line.startswith("Female"))
    assert page.table.grid.rows[row].cells[-1].text == "2"
    page.table.setFocus()
    page.table.setCurrentCell(row, 1)
    press(page.table, Qt.Key.Key_Return)
    shown = window.stack.page()
    assert isinstance(shown, CountedPage)
    qtbot.waitUntil(lambda: shown.told is not None)
    assert len(shown.list.shown_rows()) == 1
    assert shown.foot.text() == "1 record listed; the figure counts as many."
    assert "sex: Female" in shown.total.text()


def test_the_public_sees_no_small_number_and_is_told_how(page: BreakdownPage, qtbot: QtBot) -> None:
    page.public.setChecked(True)
    wait(qtbot, page)
    assert "1" not in {cell.text for row in page.table.grid.rows for cell in row.cells}
    assert "c: not shown to protect confidentiality." in page.notes.text()


def test_years_before_the_records_are_unknown_and_baselines_count(
    page: BreakdownPage, qtbot: QtBot
) -> None:
    page.looks.setCurrentIndex(list(Look).index(Look.YEARS))
    wait(qtbot, page)
    known = ["2017-18", "2018-19", "2019-20", "2020-21", "2021-22"]
    assert list(page.table.grid.headings) == known
    (row,) = (line for line in lines(page) if line.startswith("Rapid reviews |"))
    assert row == "Rapid reviews | not known | not known | 9 | 1 | 1"
    assert not page.by.isVisible()
    page.years.setCurrentIndex(page.years.findData(3))
    wait(qtbot, page)
    assert list(page.table.grid.headings) == ["2019-20", "2020-21", "2021-22"]


def test_the_public_sees_no_average_that_could_tell_of_a_small_number(
    page: BreakdownPage, qtbot: QtBot
) -> None:
    page.looks.setCurrentIndex(list(Look).index(Look.YEARS))
    wait(qtbot, page)
    assert any(line.startswith("Working days late, on average") for line in lines(page))
    page.public.setChecked(True)
    wait(qtbot, page)
    assert not any(line.startswith("Working days late") for line in lines(page))
    (row,) = (line for line in lines(page) if line.startswith("Rapid reviews |"))
    assert row == "Rapid reviews | not known | not known | 9 | c | c"


def test_a_bar_of_the_chart_opens_what_the_table_opens(
    page: BreakdownPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.by.setCurrentIndex(page.by.findData("sex"))
    page.across.setCurrentIndex(page.across.findData("age_band"))
    page.empty_too.setChecked(True)
    wait(qtbot, page)
    assert page.shown is not None
    chart = page.shown.charts[0]
    women = chart.categories.index("Female")
    filled = next(at for at, series in enumerate(chart.series) if series.amounts[women] == 1)
    page.chart.opened.emit(women, filled)
    shown = window.stack.page()
    assert isinstance(shown, CountedPage)
    qtbot.waitUntil(lambda: shown.told is not None)
    assert f"sex: Female, age: {chart.series[filled].name}" in shown.total.text()
    assert len(shown.list.shown_rows()) == 1


def test_a_step_of_the_funnel_opens_its_records(
    page: BreakdownPage, window: MainWindow, qtbot: QtBot
) -> None:
    page.looks.setCurrentIndex(list(Look).index(Look.FUNNEL))
    wait(qtbot, page)
    row = next(at for at, line in enumerate(lines(page)) if line.startswith("Rapid reviews"))
    page.table.setCurrentCell(row, 1)
    press(page.table, Qt.Key.Key_Return)
    shown = window.stack.page()
    assert isinstance(shown, CountedPage)
    qtbot.waitUntil(lambda: shown.told is not None)
    assert [row.reference for row in shown.list.shown_rows()] == ["RR-2021-01"]


def test_the_table_is_copied_and_saved_as_shown(page: BreakdownPage, tmp_path: Path) -> None:
    press(page.table, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text().splitlines()[-1] == "All\t3"
    page.save_to(tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_text("utf-8-sig").splitlines()[-1] == "All,3"


def test_a_breakdown_is_never_offered_to_be_crossed_with_itself(
    page: BreakdownPage, qtbot: QtBot
) -> None:
    def offered() -> set[str]:
        return {str(page.across.itemData(at)) for at in range(page.across.count())}

    assert "age_band" not in offered()
    page.across.setCurrentIndex(page.across.findData("sex"))
    page.by.setCurrentIndex(page.by.findData("harm_type"))
    assert page.across.currentData() == "sex"
    assert "age_band" in offered()
    assert "harm_type" not in offered()
    page.by.setCurrentIndex(page.by.findData("sex"))
    wait(qtbot, page)
    assert page.across.currentText() == "Nothing"
    assert page.table.grid.corner == "Sex"
    assert not page.fault.isVisible()


def test_what_was_not_chosen_never_stands_under_what_is(page: BreakdownPage, qtbot: QtBot) -> None:
    """While it is counted anew the old numbers are gone, and nothing can be copied or saved."""
    page.public.setChecked(True)
    assert page.is_reading
    assert_empty(page)
    wait(qtbot, page)
    assert page.copy_button.isEnabled()
    assert page.chart.isVisible()
    page.refresh()
    assert lines(page)  # the same is only counted again


def test_a_refusal_leaves_nothing_of_what_stood_before(
    page: BreakdownPage, tmp_path: Path, qtbot: QtBot
) -> None:
    page.across.addItem("Gone", "gone")
    page.public.setChecked(True)
    page.across.setCurrentIndex(page.across.findData("gone"))
    wait(qtbot, page)
    assert page.fault.isVisible()
    assert page.fault.text() == "There is no breakdown by “gone”."
    assert_empty(page)
    QApplication.clipboard().setText("before")
    press(page.table, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "before"
    page.save_to(tmp_path / "table.csv")
    assert not (tmp_path / "table.csv").exists()
    page.looks.setCurrentIndex(list(Look).index(Look.FUNNEL))
    wait(qtbot, page)
    assert not page.fault.isVisible()
    page.looks.setCurrentIndex(list(Look).index(Look.BREAKDOWN))
    wait(qtbot, page)
    assert_empty(page)


def assert_empty(page: BreakdownPage) -> None:
    assert page.shown is None
    assert lines(page) == []
    assert page.table.rowCount() == 0
    assert not page.chart.isVisible()
    assert page.told.text() == ""
    assert page.notes.text() == ""
    assert not page.copy_button.isEnabled()
    assert not page.save_button.isEnabled()
