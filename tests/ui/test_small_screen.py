"""A laptop of 1366x768 whose text is set to 150 %: nothing is cut off, nothing scrolls sideways."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.clocks import running_clocks
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.about_dialogs import AboutDialog, KeysDialog
from oscb_desktop.ui.dialogs.clock_dialog import ClockDialog
from oscb_desktop.ui.dialogs.form_dialog import FormDialog
from oscb_desktop.ui.dialogs.history_dialog import HistoryDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.menus import PLACES
from oscb_desktop.ui.pages.record_page import RecordPage
from tests.factories import make

SMALL = (910, 512)
DIALOG = (910, 480)
LONG = "The health visitor rang twice and wrote to the practice, which did not answer. " * 4
WORDED = ("incident", "review", "child", "action", "agency", "recommendation", "person")


@pytest.fixture
def small(window: MainWindow, store: Store) -> MainWindow:
    window.resize(*SMALL)
    incident = make(store, "incident", aware_on=date(2022, 3, 21), summary=LONG)
    review = make(store, "review", incident=incident, what_happened=LONG)
    recommendation = make(store, "recommendation", review=review, text=LONG)
    for number in range(6):
        make(
            store,
            "action",
            review=review,
            recommendation=recommendation,
            text=LONG,
            due_on=date(2022, 3, 1 + number),
        )
    return window


def settle() -> None:
    for _ in range(4):
        QTest.qWait(1)


def cut_off(root: QWidget) -> list[str]:
    """Return what of a page reaches beyond the area that it scrolls in, or beyond the page."""
    kinds = (QAbstractButton, QLabel, QLineEdit, QPlainTextEdit)
    found = [widget for kind in kinds for widget in root.findChildren(kind)]
    return [
        f"{type(widget).__name__} {getattr(widget, 'text', str)()!r:.40}"
        for widget in found
        if widget.isVisible() and _beyond(widget, _frame_of(widget, root))
    ]


def _frame_of(widget: QWidget, root: QWidget) -> QWidget:
    above = widget.parentWidget()
    while above is not None and above is not root:
        if isinstance(above, QScrollArea):
            return above.viewport()
        above = above.parentWidget()
    return root


def _beyond(widget: QWidget, frame: QWidget) -> bool:
    right = widget.mapTo(frame, QPoint(widget.width(), 0)).x()
    return widget.width() > 0 and right > frame.width()


@pytest.mark.parametrize("place", [name for name, _ in PLACES])
def test_no_place_needs_sideways_scrolling(small: MainWindow, place: str) -> None:
    small.go_to(place)
    settle()
    page = small.stack.page()
    assert page is not None
    assert (small.width(), small.height()) == SMALL
    assert cut_off(page) == []


@pytest.mark.parametrize("kind", [name for name in RECORD_KINDS if name != "organisation"])
def test_no_record_needs_sideways_scrolling(small: MainWindow, store: Store, kind: str) -> None:
    values: dict[str, Value] = {"label": "Over 24", "from_years": 25} if kind == "age_band" else {}
    small.open_record(kind, make(store, kind, **values))
    page = small.stack.page()
    assert isinstance(page, RecordPage)
    page.build_all()
    settle()
    assert cut_off(page) == []


@pytest.mark.parametrize("kind", WORDED)
def test_no_form_needs_sideways_scrolling(small: MainWindow, kind: str) -> None:
    small.add_record(kind, {"incident": 1} if kind == "review" else {})
    settle()
    page = small.stack.page()
    assert page is not None
    assert cut_off(page) == []


def test_the_story_of_an_action_stands_above_what_can_be_done(small: MainWindow) -> None:
    small.open_record("action", 1)
    settle()
    page = small.stack.page()
    assert isinstance(page, RecordPage)
    page.jump_to("Story")
    panel = page.section("Story").findChild(QPlainTextEdit)
    assert panel is not None
    assert cut_off(page) == []


def test_the_list_of_actions_keeps_rows_beside_the_story(small: MainWindow) -> None:
    small.go_to("actions")
    page = small.stack.page()
    page.list.table.choose(1)  # type: ignore[union-attr]
    settle()
    table, panel = page.list.table, page.panel  # type: ignore[union-attr]
    assert table.viewport().height() >= 3 * table.rowHeight(0)
    assert panel.height() >= 120
    assert cut_off(panel) == []


def test_filters_go_on_in_a_further_line(small: MainWindow) -> None:
    small.go_to("actions")
    settle()
    bar = small.stack.page().list.filters  # type: ignore[union-attr]
    shown = [one for one in bar.findChildren(QAbstractButton) if one.isVisible() and one.text()]
    places = [one.geometry() for one in shown]
    assert len({place.top() for place in places}) > 1
    assert not any(
        one.intersects(other) for at, one in enumerate(places) for other in places[at + 1 :]
    )


def test_today_scrolls_as_one(small: MainWindow) -> None:
    small.go_to("today")
    settle()
    page = small.stack.page()
    clocks, due = page.clocks, page.due_actions  # type: ignore[union-attr]
    assert clocks.verticalScrollBar().maximum() == 0
    assert due.verticalScrollBar().maximum() == 0
    bottom = clocks.mapTo(page, QPoint(0, clocks.height())).y()
    assert due.mapTo(page, QPoint()).y() > bottom


@pytest.mark.parametrize("name", ["about", "keys", "clock", "form", "history"])
def test_dialogs_fit_a_small_screen(
    small: MainWindow, context: Context, qtbot: QtBot, name: str
) -> None:
    clock = context.operations.read(running_clocks, context.operations.today())[0].clock
    made: dict[str, QDialog] = {
        "about": AboutDialog(small, context),
        "keys": KeysDialog(small),
        "clock": ClockDialog(small, "Clock", clock),
        "form": FormDialog(context, "agency", small),
        "history": HistoryDialog(context, "review", 1, parent=small),
    }
    dialog = made[name]
    dialog.resize(*DIALOG)
    dialog.show()
    settle()
    assert (dialog.width(), dialog.height()) == DIALOG
    for pressed in dialog.findChildren(QAbstractButton):
        if pressed.isVisible() and _frame_of(pressed, dialog) is dialog:
            assert pressed.mapTo(dialog, QPoint(0, pressed.height())).y() <= dialog.height()
    for other in made.values():
        other.hide()


@pytest.mark.parametrize("size", [SMALL, (1366, 768), (1900, 1000)])
def test_the_end_of_a_page_is_its_last_section(
    small: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    small.resize(*size)
    small.open_record("review", 1)
    page = small.stack.page()
    assert isinstance(page, RecordPage)
    qtbot.waitUntil(lambda: all(section.is_built for section in page.sections))
    settle()
    bar = page._area.verticalScrollBar()
    bar.setValue(bar.maximum())
    settle()
    last = [section for section in page.sections if section.applies][-1]
    viewport = page._area.viewport()
    end = last.mapTo(viewport, QPoint(0, last.height())).y()
    assert viewport.height() - 60 <= end <= viewport.height()
    assert last.visibleRegion().boundingRect().height() > 40
    for section in page.sections:
        if section.applies:
            needed = section.layout().totalHeightForWidth(section.width())  # type: ignore[union-attr]
            assert section.height() == needed, section.name
