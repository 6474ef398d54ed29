"""Fixtures of the window: a real file behind it, and a voice that is written down."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.paths import AppPaths
from oscb_desktop.services.store import Store
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.messages import Messages
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.tasks import Tasks


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say what it cannot do; any other warning of Qt fails."""
    silent = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if "ui" in item.path.parts:
            item.add_marker(silent)


class Recorder(Messages):
    """Writes down what a person would be told, and answers as a test decides beforehand."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.answers: list[bool] = []

    def tell(self, parent: QWidget | None, sentence: str) -> None:
        self.told.append(sentence)

    def ask(self, parent: QWidget | None, question: str, yes: str, no: str = "Cancel") -> bool:
        self.told.append(question)
        return self.answers.pop(0)

    def take(self) -> str:
        """Return the oldest message and strike it out; a message not taken fails the test."""
        return self.told.pop(0)


@pytest.fixture
def messages() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    assert recorder.told == [], "a message was shown that the test does not expect"
    assert recorder.answers == [], "a question was expected that nobody asked"


@pytest.fixture
def context(qtbot: QtBot, store: Store, paths: AppPaths, messages: Recorder) -> Iterator[Context]:
    tasks = Tasks()
    yield Context(Operations(store, messages), Navigation(), tasks, messages, paths)
    tasks.finish()


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, context: Context) -> Iterator[MainWindow]:
    theme.apply(qapp, dark=False)
    shown = MainWindow(context)
    qtbot.addWidget(shown)
    shown.show()
    qtbot.waitExposed(shown)
    yield shown
    shown.close()
