"""What a person does with the keyboard and sees in the window, under the names of doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QTableView,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

_FARTHEST = 150


class Hands:
    """A person at the keyboard: every key goes to whatever has the focus, as from the desk."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._before: QWidget | None = None

    def focus(self) -> QWidget:
        """Return what has the keyboard."""
        self._window()
        here = QApplication.focusWidget()
        assert here is not None, "nothing has the keyboard"
        return here

    def at(self) -> str:
        """Return the name of what has the keyboard."""
        return _name_of(self.focus())

    def _window(self) -> QWidget:
        """Return the window that has the keyboard.

        When a dialog closes, turn to the window before it: every real desktop does so by itself.
        A dialog that was only just opened is waited for: a key before would go past it.
        """
        modal = QApplication.activeModalWidget()
        if modal is not None and not modal.isActiveWindow():
            modal.activateWindow()
            self._qtbot.waitUntil(modal.isActiveWindow)
        window = QApplication.activeWindow()
        if window is None and self._before is not None and self._before.isVisible():
            self._before.activateWindow()
            QApplication.processEvents()
            window = QApplication.activeWindow()
        assert window is not None, "no window has the keyboard"
        if window.windowType() == Qt.WindowType.Window:
            self._before = window
        return window

    # Keys

    def press(self, *keys: str) -> None:
        """Press keys one after another, each named as in a menu, such as ``Ctrl+S``."""
        for name in keys:
            combination = QKeySequence(name)[0]  # type: ignore[index]
            held = combination.keyboardModifiers()
            QTest.keyClick(self._window().windowHandle(), combination.key(), held)

    def type(self, text: str) -> None:
        """Type a text letter by letter."""
        for letter in text:
            if letter == "\n":
                self.press("Return")
                continue
            shift = Qt.KeyboardModifier.ShiftModifier
            held = shift if letter.isupper() else Qt.KeyboardModifier.NoModifier
            key = Qt.Key(ord(letter.upper()))
            QTest.sendKeyEvent(
                QTest.KeyAction.Click, self._window().windowHandle(), key, letter, held
            )

    def type_over(self, text: str) -> None:
        """Type in place of what stands in the field."""
        self.press("Ctrl+A")
        self.type(text)

    # Going from one thing to another

    def tab_to(self, name: str) -> QWidget:
        """Press Tab until the keyboard is at what assistive software calls by this name."""
        return self._walk("Tab", name)

    def back_tab_to(self, name: str) -> QWidget:
        """Press Shift+Tab until the keyboard is there."""
        return self._walk("Shift+Tab", name)

    def push(self, name: str) -> None:
        """Go to a button and press it."""
        self.tab_to(name)
        self.press("Space")

    def fill(self, answers: Mapping[str, str]) -> None:
        """Go through the fields of a form in their order and type into each."""
        for label, text in answers.items():
            field = self.tab_to(label)
            if isinstance(field, QAbstractButton):
                self.answer(label, text)
            else:
                self.type_over(text)

    def answer(self, question: str, answer: str) -> None:
        """Choose yes or no with the arrows."""
        for _ in range(3):
            if _name_of(self.focus()) == f"{question}: {answer}":
                return
            self.press("Left")
        raise AssertionError(f"{answer} is not to be reached at {question}")

    def then(self, act: Callable[[], None], *keys: str) -> None:
        """Press keys that open a dialog, and go on in it."""
        failed: list[BaseException] = []
        waiting = QTimer(interval=10)

        def go_on() -> None:
            if QApplication.activeModalWidget() is None:
                return
            waiting.stop()
            try:
                act()
            except BaseException as problem:
                failed.append(problem)
                modal = QApplication.activeModalWidget()
                if modal is not None:
                    modal.hide()  # so that the test ends

        waiting.timeout.connect(go_on)
        waiting.start()
        self.press(*keys)
        if failed:
            raise failed[0]

    def wait_for(self, seen: Callable[[], object]) -> None:
        """Wait until something is to be seen."""
        self._qtbot.waitUntil(lambda: bool(seen()))

    def _walk(self, key: str, name: str) -> QWidget:
        passed: list[str] = []
        for _ in range(_FARTHEST):
            here = self.focus()
            if _is_called(here, name):
                return here
            passed.append(_name_of(here) or type(here).__name__)
            self.press(key)
        raise AssertionError(f"{key} does not lead to {name!r}; it passes {passed}")


def seen(within: QWidget | None) -> str:
    """Return every word that is on a page or in a dialog, a line for each thing that says it."""
    assert within is not None
    return "\n".join(
        text
        for widget in (within, *within.findChildren(QWidget))
        if widget.isVisible()
        for text in _texts(widget)
        if text
    )


def told_beneath(within: QWidget) -> list[str]:
    """Return the sentences that tell of mistakes."""
    labels = within.findChildren(QLabel)
    return [
        label.text()
        for label in labels
        if label.isVisible() and label.property("look") == "fault" and label.text()
    ]


def _texts(widget: QWidget) -> list[str]:
    match widget:
        case QLabel() | QAbstractButton():
            return [widget.text()]
        case QListWidget():
            return [widget.item(row).text() for row in range(widget.count())]
        case QTableView():
            return _lines(widget)
        case QComboBox():
            return [widget.currentText()]
        case QPlainTextEdit():
            return [widget.toPlainText()]
        case _:
            return []


def _lines(table: QTableView) -> list[str]:
    model = table.model()
    columns = [
        at
        for at in range(model.columnCount())
        if isinstance(table, QTableWidget) or not table.isColumnHidden(at)
    ]
    return [
        " | ".join(str(model.index(row, column).data() or "") for column in columns)
        for row in range(model.rowCount())
    ]


def _name_of(widget: QWidget) -> str:
    if widget.accessibleName():
        return widget.accessibleName()
    return widget.text().replace("&", "") if isinstance(widget, QAbstractButton) else ""


def _is_called(widget: QWidget, name: str) -> bool:
    called = _name_of(widget)
    if called in (name, f"{name} (required)"):
        return True
    return isinstance(widget, QAbstractButton) and called.startswith(f"{name}: ")
