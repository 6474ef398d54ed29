"""Work off the window's thread."""

from __future__ import annotations

import threading

from pytestqt.qtbot import QtBot

from oscb_desktop.ui.tasks import Tasks


def test_work_is_done_elsewhere_and_told_here_unless_it_is_forgotten(qtbot: QtBot) -> None:
    tasks = Tasks()
    told: list[tuple[int, int]] = []

    def done(worker: int) -> None:
        told.append((worker, threading.get_ident()))

    for _ in range(2):
        tasks.run("Looking", threading.get_ident, done, lambda problem: None)
    forgotten = tasks.run("Looking", threading.get_ident, done, lambda problem: None)
    tasks.forget(forgotten)
    assert tasks.is_busy
    qtbot.waitUntil(lambda: not tasks.is_busy)
    here = threading.get_ident()
    assert [thread for _worker, thread in told] == [here, here]
    assert all(worker != here for worker, _thread in told)


def test_what_is_under_way_is_waited_for_before_the_file_closes(qtbot: QtBot) -> None:
    tasks = Tasks()
    done: list[str] = []
    tasks.run("Writing", lambda: done.append("written"), lambda _none: None, lambda problem: None)
    tasks.finish()
    assert done == ["written"]
    qtbot.waitUntil(lambda: not tasks.is_busy)
