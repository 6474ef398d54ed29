"""Work off the window's thread."""

from __future__ import annotations

import gc

from pytestqt.qtbot import QtBot

from oscb_desktop.ui.tasks import Tasks


def test_nothing_of_the_window_is_freed_on_the_worker(qtbot: QtBot) -> None:
    tasks = Tasks()
    told: list[bool] = []
    for _ in range(2):
        tasks.run("Looking", gc.isenabled, told.append, lambda problem: None)
    tasks.forget(2)
    qtbot.waitUntil(lambda: told == [False] and gc.isenabled())
    tasks.run("Looking", gc.isenabled, told.append, lambda problem: None)
    tasks.finish()
    assert gc.isenabled()
    qtbot.waitUntil(lambda: told == [False, False])
    assert gc.isenabled()
