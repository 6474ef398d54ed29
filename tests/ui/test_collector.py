"""Python's collector on the window's thread alone."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.ui.collector import Collector


@pytest.fixture
def collector(qtbot: QtBot) -> Iterator[Collector]:
    made = Collector()
    yield made
    made.end()
    gc.unfreeze()
    gc.disable()  # as the fixtures of the window have it


def _leave_a_widget() -> weakref.ref[QWidget]:
    """Leave a widget that only the collector can free."""
    widget = QWidget()
    widget.setProperty("itself", [widget])
    widget.__dict__["itself"] = widget
    return weakref.ref(widget)


def _make_much() -> None:
    kept = [[] for _ in range(5000)]  # type: list[list[int]]
    assert kept


def test_nothing_of_the_window_is_freed_on_a_worker(collector: Collector) -> None:
    collector.begin()
    left = _leave_a_widget()
    worker = threading.Thread(target=_make_much)
    worker.start()
    worker.join()
    assert left() is not None


def test_rubbish_is_freed_on_the_thread_of_the_window(collector: Collector, qtbot: QtBot) -> None:
    collector.begin()
    gc.collect()
    left = _leave_a_widget()
    kept = [[number] for number in range(2000)]
    qtbot.waitUntil(lambda: left() is None)
    assert len(kept) == 2000


def test_what_stood_before_is_collected_when_the_window_is_put_away(collector: Collector) -> None:
    left = _leave_a_widget()
    collector.begin()
    gc.collect()
    assert left() is not None
    collector.collect_all()
    assert left() is None


def test_python_collects_again_when_the_window_is_gone(qtbot: QtBot) -> None:
    collector = Collector()
    assert not gc.isenabled()
    collector.end()
    assert gc.isenabled()
