"""A context over a real file for the tests of forms and record pages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from oscb_desktop.paths import AppPaths
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.messages import Messages
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.tasks import Tasks

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE_HELD = Qt.KeyboardModifier.NoModifier


def press(widget: QWidget | None, key: Qt.Key, held: Qt.KeyboardModifier = NONE_HELD) -> None:
    """Press a key in a widget, as a hand does."""
    assert widget is not None
    QTest.keyClick(widget, key, held)


def type_text(widget: QWidget | None, text: str) -> None:
    """Type letter by letter into a widget."""
    assert widget is not None
    QTest.keyClicks(widget, text)


class Answers(Messages):
    """Answers each question as the test says, and remembers what was said."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.asked: list[str] = []
        self.agree = True

    def tell(self, parent: QWidget | None, sentence: str) -> None:
        self.told.append(sentence)

    def ask(self, parent: QWidget | None, question: str, yes: str, no: str = "Cancel") -> bool:
        self.asked.append(question)
        return self.agree


@pytest.fixture
def answers() -> Answers:
    return Answers()


@pytest.fixture
def desk(qtbot: object, store: Store, paths: AppPaths, answers: Answers) -> Context:
    """The context that pages and forms are given, over the test's own file."""
    operations = Operations(store, answers)
    return Context(operations, Navigation(), Tasks(), answers, paths)
