"""Putting away what a test of the window is done with."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication


@contextmanager
def nothing_lingers(app: QApplication) -> Iterator[None]:
    """Delete windows afterwards, on this thread: each window that follows would style them anew.

    The thread by which a test's process is told what to do next makes objects too; were Python to
    collect there, parts of a window would be freed on the wrong thread.
    """
    gc.disable()
    yield
    app.processEvents()  # what a worker still tells finds its page alive
    app.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    gc.freeze()  # what stays is not looked at again after each test
    gc.enable()
