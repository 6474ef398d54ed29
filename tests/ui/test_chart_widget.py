"""A chart on screen: told to the ear, opened by mouse and by keys, in any size and colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFont, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.charts import Missing, Series, bars, grouped_bars, line
from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.chart import ChartWidget
from tests.ui.conftest import press

AGES = bars("Children by age", [("Under 5", 4), ("13 and over", 2), ("Unborn", Missing.KEPT_BACK)])


@pytest.fixture
def widget(qtbot: QtBot) -> ChartWidget:
    made = ChartWidget(AGES)
    qtbot.addWidget(made)
    made.resize(600, made.heightForWidth(600))
    made.show()
    return made


def test_it_is_told_to_those_who_cannot_see_it(widget: ChartWidget) -> None:
    assert widget.accessibleName() == "Children by age"
    assert widget.accessibleDescription() == AGES.words()


def test_the_arrows_go_from_number_to_number_and_enter_opens_one(
    widget: ChartWidget, qtbot: QtBot
) -> None:
    opened: list[tuple[int, int]] = []
    widget.opened.connect(lambda category, series: opened.append((category, series)))
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    press(widget, Qt.Key.Key_Return)
    press(widget, Qt.Key.Key_Down)
    press(widget, Qt.Key.Key_Space)
    for _time in range(5):
        press(widget, Qt.Key.Key_Down)
    press(widget, Qt.Key.Key_Return)
    press(widget, Qt.Key.Key_Up)
    press(widget, Qt.Key.Key_Return)
    assert opened == [(0, 0), (1, 0), (2, 0), (1, 0)]


def test_a_press_opens_the_number_under_it(widget: ChartWidget) -> None:
    opened: list[tuple[int, int]] = []
    widget.opened.connect(lambda category, series: opened.append((category, series)))
    spot = widget.drawing.spots[1]
    scale = widget.width() / widget.drawing.width
    place = QPoint(200, round((spot.y + spot.height / 2) * scale))
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(200, 1))
    QTest.mouseClick(widget, Qt.MouseButton.RightButton, pos=place)
    assert opened == [(1, 0)]


def test_a_chart_of_nothing_takes_no_focus(widget: ChartWidget) -> None:
    widget.show_chart(bars("Children by age", []))
    assert widget.focusPolicy() is Qt.FocusPolicy.NoFocus
    assert "nothing to show" in widget.accessibleDescription()


def test_other_numbers_take_its_place(widget: ChartWidget) -> None:
    widget.show_chart(line("Reviews", ("2020-21", "2021-22"), [Series((9, 6))]))
    assert len(widget.drawing.spots) == 2
    assert widget.accessibleName() == "Reviews"


def test_narrower_is_higher_and_larger_text_is_larger(qtbot: QtBot) -> None:
    long = "A category with a name that wraps where there is little room for it"
    made = ChartWidget(grouped_bars("Long", (long,), [Series((3,), "A long series name")] * 6))
    qtbot.addWidget(made)
    assert made.heightForWidth(250) > made.heightForWidth(900)
    before = made.heightForWidth(600)
    font = QFont(made.font())
    font.setPixelSize(30)
    made.setFont(font)
    assert made.heightForWidth(600) > before


@pytest.mark.parametrize("dark", [False, True])
def test_it_is_drawn_in_light_and_dark(widget: ChartWidget, dark: bool, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        theme.apply(app, dark=dark)
        picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    finally:
        theme.apply(app, dark=False)
    spot = widget.drawing.spots[0]
    scale = picture.width() / widget.drawing.width
    y = round((spot.y + spot.height / 2) * scale)
    bar = picture.pixelColor(round(picture.width() * 0.5), y).lightness()
    ground = picture.pixelColor(round(picture.width() * 0.5), 2).lightness()
    assert abs(bar - ground) > 60
