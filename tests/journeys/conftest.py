"""Fixtures of the stories: a person before the whole window, over a real file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from oscb_desktop.application import Desktop
from oscb_desktop.paths import AppPaths
from tests.journeys.hands import Hands
from tests.ui.conftest import context, messages, window

__all__ = ["context", "messages", "window"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the platform without a screen say what it cannot do; any other warning of Qt fails."""
    silent = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(silent)


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
