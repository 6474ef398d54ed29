"""Fixtures of the window: a real file behind it, and a voice that is written down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.paths import AppPaths
from oscb_desktop.services.store import Store
from oscb_desktop.ui import backup_work, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.messages import Messages
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.tasks import Tasks
from tests.put_away import nothing_lingers

CONTROL = Qt.KeyboardModifier.ControlModifier
NONE_HELD = Qt.KeyboardModifier.NoModifier
_PATIENCE = 60_000  # milliseconds


def press(widget: QWidget | None, key: Qt.Key, held: Qt.KeyboardModifier = NONE_HELD) -> None:
    """Press a key in a widget, as a hand does."""
    assert widget is not None
    QTest.keyClick(widget, key, held)


def type_text(widget: QWidget | None, text: str) -> None:
    """Type letter by letter into a widget."""
    assert widget is not None
    QTest.keyClicks(widget, text)


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
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Hands that wait for what will be so: a busy machine takes longer than the usual seconds."""
    bot = QtBot(request)
    for name in ("waitActive", "waitExposed", "waitSignal", "waitUntil"):
        setattr(bot, name, partial(getattr(bot, name), timeout=_PATIENCE))
    return bot


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard_at_the_end(qapp: QApplication) -> Iterator[None]:
    """Take back what was copied: the platform without a screen would free it after Python ended."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def _nothing_lingers(qapp: QApplication) -> Iterator[None]:
    with nothing_lingers(qapp):
        yield


@pytest.fixture(autouse=True)
def _no_backup_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no backup be made but those of the test, however long it takes."""
    monkeypatch.setattr(backup_work, "_FIRST_LOOK", 24 * 3600 * 1000)


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
    with qtbot.waitActive(shown):
        shown.show()
    yield shown
    shown.close()
    shown.deleteLater()
