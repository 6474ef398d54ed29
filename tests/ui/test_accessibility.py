"""Everything by keyboard and by ear: names, focus, mnemonics, and never colour alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QTabBar,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog
from oscb_desktop.ui.forms.form_page import FormPage
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.menus import PLACES
from oscb_desktop.ui.pages.actions_page import SHAPE as ACTIONS
from oscb_desktop.ui.pages.incidents_page import SHAPE as INCIDENTS
from oscb_desktop.ui.pages.reviews_page import SHAPE as REVIEWS
from oscb_desktop.ui.pages.unlock_page import UnlockPage
from tests.factories import make

_CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QTextEdit,
)


def _name(control: QWidget) -> str:
    """Return what a screen reader says of a control."""
    if control.accessibleName():
        return control.accessibleName()
    if isinstance(control, QAbstractButton) and control.text():
        return control.text()
    if isinstance(control, QTabBar):  # each tab is read by its own words
        return control.tabText(control.currentIndex())
    root = control.window()
    labels = [label for label in root.findChildren(QLabel) if label.buddy() is control]
    return labels[0].text() if labels else ""


def _is_part_of_another(control: QWidget) -> bool:
    """Whether Qt made it inside another control, as a box's own field or a list's own button."""
    parent = control.parentWidget()
    while parent is not None:
        if isinstance(parent, QComboBox | QLineEdit | QHeaderView | QScrollBar | QTabBar):
            return True
        if type(parent).__name__ == "QComboBoxPrivateContainer":
            return True
        parent = parent.parentWidget()
    plain_scroll = isinstance(control, QScrollArea) or type(control) is QAbstractScrollArea
    return plain_scroll or type(control).__name__ in ("QTableCornerButton", "QWidget")


def _nameless(root: QWidget) -> list[str]:
    return [
        f"{type(control).__name__} in {type(control.parentWidget()).__name__}"
        for control in root.findChildren(QWidget)
        if isinstance(control, _CONTROLS)
        and control.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and control.isVisibleTo(root)
        and not _is_part_of_another(control)
        and not _name(control).strip()
    ]


@pytest.fixture
def filled(store: Store) -> dict[str, int]:
    review = make(store, "review")
    action = make(store, "action", review=review)
    make(store, "incident", aware_on=None)
    make(store, "learning_point", reviews=(review,))
    make(store, "theme", name="Voice")
    return {"review": review, "action": action}


@pytest.mark.parametrize("place", [name for name, _ in PLACES])
def test_every_control_of_every_place_has_a_name(
    filled: dict[str, int], window: MainWindow, place: str
) -> None:
    window.go_to(place)
    assert _nameless(window) == []
    assert not window.findChildren(QAbstractButton, "no such name")


def test_the_unlock_page_and_a_new_file_have_names(qtbot: QtBot, tmp_path: object) -> None:
    from pathlib import Path

    for widget in (UnlockPage((), Path("a.oscb")), NewFileDialog(None, Path.cwd())):
        qtbot.addWidget(widget)
        widget.show()
        assert _nameless(widget) == []


@pytest.mark.parametrize("place", [name for name, _ in PLACES])
def test_mnemonics_on_screen_are_unique(
    filled: dict[str, int], window: MainWindow, place: str
) -> None:
    window.go_to(place)
    menu = [_mnemonic(action.text()) for action in window.menuBar().actions()]
    texts = [button.text() for button in window.findChildren(QAbstractButton) if button.isVisible()]
    texts += [
        label.text()
        for label in window.findChildren(QLabel)
        if label.buddy() is not None and label.isVisible()
    ]
    marks = [mark for mark in (*menu, *map(_mnemonic, texts)) if mark]
    assert len(marks) == len(set(marks)), sorted(marks)


def _mnemonic(text: str) -> str:
    plain = text.replace("&&", "")
    at = plain.find("&")
    return plain[at + 1 : at + 2].casefold() if at >= 0 else ""


@pytest.mark.parametrize("place", [name for name, _ in PLACES])
def test_tab_goes_round_the_whole_window(
    filled: dict[str, int], window: MainWindow, place: str
) -> None:
    window.go_to(place)
    window.sidebar.setFocus()
    seen: list[QWidget] = []
    at: QWidget | None = window.sidebar
    while at is not None and at not in seen and len(seen) < 400:
        seen.append(at)
        at = at.nextInFocusChain()
    assert window.search in seen
    page = window.stack.page()
    assert page is not None
    begins_at = getattr(page, "begins_at", None)
    assert begins_at is None or begins_at in seen


@pytest.mark.parametrize("place", [name for name, _ in PLACES])
def test_tab_leaves_nothing_of_a_place_out(window: MainWindow, qtbot: QtBot, place: str) -> None:
    window.go_to(place)
    window.activateWindow()
    page = window.stack.page()
    assert page is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    wanted = {
        button.text()
        for button in page.findChildren(QPushButton)
        if button.isVisible()
        and button.isEnabled()
        and button.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    met: set[str] = set()
    for _ in range(150):
        here = QApplication.focusWidget()
        assert here is not None
        if isinstance(here, QPushButton):
            met.add(here.text())
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert wanted - met == set()


@pytest.mark.parametrize("kind", ["incident", "child", "action"])
def test_tab_follows_a_form_as_it_is_read(window: MainWindow, qtbot: QtBot, kind: str) -> None:
    window.add_record(kind)
    page = window.stack.page()
    assert isinstance(page, FormPage)
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    fields = page.form.fields
    names = [name for name, box in fields.boxes.items() if box.isVisibleTo(fields)]
    met: list[str] = []
    for _ in range(120):
        here = QApplication.focusWidget()
        assert here is not None
        if here is page.form.save_button:
            break
        name = next((name for name in names if fields.boxes[name].isAncestorOf(here)), "")
        if name and name not in met:
            met.append(name)
        QTest.keyClick(here, Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is page.form.save_button
    assert met == names


def test_no_column_says_anything_by_colour_alone(filled: dict[str, int], context: Context) -> None:
    from oscb_desktop.queries.actions import actions
    from oscb_desktop.queries.incidents import incidents
    from oscb_desktop.queries.reviews import reviews

    today = context.operations.today()
    read = context.operations.read
    for shape, rows in (
        (ACTIONS, read(actions, today)),
        (REVIEWS, read(reviews, today)),
        (INCIDENTS, read(incidents)),
    ):
        assert rows
        for row in rows:
            for column in shape.columns:
                if column.tone is not None and column.tone(row) is not None:
                    assert column.words(row), column.name


def test_text_can_be_twice_as_large(
    filled: dict[str, int], window: MainWindow, qtbot: QtBot
) -> None:
    window.go_to("actions")
    large = window.font()
    large.setPointSizeF(large.pointSizeF() * 2)
    window.setFont(large)
    qtbot.waitUntil(lambda: window.search.fontMetrics().height() > 0)
    assert window.search.height() >= window.search.fontMetrics().height()
