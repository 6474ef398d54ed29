"""Fixtures of the stories: a person before the whole window, over a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.application import Desktop
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.files import open_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.pages.unlock_page import UnlockPage
from oscb_desktop.ui.tasks import Tasks
from tests.conftest import PASSPHRASE, now
from tests.journeys.hands import Hands
from tests.put_away import nothing_lingers
from tests.ui.conftest import (
    Recorder,
    _empty_clipboard_at_the_end,
    _no_backup_by_itself,
    context,
    messages,
    qtbot,
    window,
)

__all__ = [
    "_empty_clipboard_at_the_end",
    "_no_backup_by_itself",
    "context",
    "messages",
    "qtbot",
    "window",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say what it cannot do; any other warning of Qt fails."""
    silent = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(silent)


class WindowWatch(QObject):
    """Remembers every part of a page that was shown as a window of its own, if for a blink."""

    def __init__(self) -> None:
        super().__init__()
        self.strays: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            plain = watched.windowType() == Qt.WindowType.Window
            if plain and not isinstance(watched, QMainWindow | UnlockPage):
                self.strays.append(f"{type(watched).__name__} {watched.accessibleName()}")
        return False


@pytest.fixture(autouse=True)
def _nothing_lingers(qapp: QApplication) -> Iterator[None]:
    with nothing_lingers(qapp):
        yield


@pytest.fixture(autouse=True)
def window_watch(qapp: QApplication) -> Iterator[None]:
    """Fail a story in which something flashed up beside the window and took the keyboard."""
    watch = WindowWatch()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert watch.strays == []


@pytest.fixture
def hands(qtbot: QtBot) -> Hands:
    return Hands(qtbot)


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Let every dialog that asks for a file return this one."""

    def choose(path: Path) -> None:
        for name in ("getOpenFileName", "getSaveFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_words: (str(path), ""))

    return choose


@pytest.fixture
def open_again(
    qtbot: QtBot, window: MainWindow, store: Store, paths: AppPaths, messages: Recorder
) -> Iterator[Callable[[], Context]]:
    """Close the window and its file, and open the same file in another window."""
    opened: list[MainWindow] = []

    def again() -> Context:
        window.close()
        store.close()
        held = open_store(store.path, PASSPHRASE, paths.backups, store.by, now)
        fresh = Context(Operations(held, messages), Navigation(), Tasks(), messages, paths)
        opened.append(MainWindow(fresh))
        qtbot.addWidget(opened[-1])
        with qtbot.waitActive(opened[-1]):
            opened[-1].show()
            opened[-1].activateWindow()
        return fresh

    yield again
    for shown in opened:
        shown.close()
        shown.context.operations.store.close()


@pytest.fixture
def desktop(qtbot: QtBot, qapp: QApplication, paths: AppPaths) -> Iterator[Desktop]:
    """The whole program, before anything is shown."""
    made = Desktop(qapp, paths)
    yield made
    for widget in (made.window, made.unlock):
        if widget is not None:
            widget.closed.disconnect()
            widget.close()
            widget.deleteLater()
    made.end()
