"""Filters above a list: one answer or several, counted behind each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton
from pytestqt.qtbot import QtBot

from oscb_desktop.ui.widgets.filter_bar import Facet, FilterBar

ROWS = ("police one", "police two", "health one", "school & college three")
FACETS = (
    Facet("who", "Who", lambda row: (row.rsplit(" ", 1)[0],)),
    Facet("number", "Number", lambda row: (row.rsplit(" ", 1)[1],)),
)


@pytest.fixture
def bar(qtbot: QtBot) -> FilterBar:
    made = FilterBar(FACETS)
    qtbot.addWidget(made)
    made.set_rows(ROWS)
    return made


def kept(bar: FilterBar) -> list[str]:
    marks = bar.kept()
    return [row for at, row in enumerate(ROWS) if marks is None or marks[at]]


def menu_of(bar: FilterBar, name: str) -> QMenu:
    """Return the menu of a filter, filled as when it opens."""
    button = next(
        each for each in bar.findChildren(QPushButton) if each.text().startswith(f"{name}:")
    )
    menu = button.menu()
    assert menu is not None
    menu.aboutToShow.emit()
    return menu


def test_several_answers_of_a_filter_are_any_of_them(bar: FilterBar) -> None:
    bar.set_wanted({"who": ["police", "health"]})
    assert kept(bar) == ["police one", "police two", "health one"]
    assert bar.chosen() == {"who": ("police", "health")}
    bar.set_wanted({"who": ["police", "health"], "number": "one"})
    assert kept(bar) == ["police one", "health one"]
    bar.clear()
    assert kept(bar) == list(ROWS)
    assert bar.chosen() == {}


def test_the_button_says_what_is_chosen_and_how_many_more(bar: FilterBar) -> None:
    bar.set_wanted({"who": ["school & college", "police"]})
    button = next(each for each in bar.findChildren(QPushButton) if "Who" in each.text())
    assert button.text() == "Who: school && college + 1"
    assert button.accessibleName() == "Filter by who: school & college or police"


def test_a_menu_counts_what_the_other_filters_leave(bar: FilterBar) -> None:
    bar.set_wanted({"number": "one"})
    told = [action.text() for action in menu_of(bar, "Who").actions()]
    assert told[2:4] == ["health   (1)", "police   (1)"]
    assert told[-1] == "Several: Space or Ctrl+click"


def test_space_takes_one_beside_others_and_enter_one_alone(bar: FilterBar, qtbot: QtBot) -> None:
    menu = menu_of(bar, "Who")
    offered = {str(action.data()): action for action in menu.actions() if action.data()}
    for word in ("police", "health"):
        menu.setActiveAction(offered[word])
        QTest.keyClick(menu, Qt.Key.Key_Space)
    assert bar.chosen() == {"who": ("police", "health")}
    assert offered["health"].isChecked()
    QTest.keyClick(menu, Qt.Key.Key_Space)
    assert bar.chosen() == {"who": ("police",)}
    offered["health"].trigger()
    assert bar.chosen() == {"who": ("health",)}
    menu_of(bar, "Who").actions()[0].trigger()
    assert bar.chosen() == {}
