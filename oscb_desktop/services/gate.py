"""Who is using the open file, so that it can be exchanged while nobody is."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Lets any number use the file at once, or one alone. Using it within a use is allowed."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._using = 0
        self._alone = False

    @contextmanager
    def using(self) -> Iterator[None]:
        """Use the file; waits while somebody has it alone."""
        with self._changed:
            self._changed.wait_for(lambda: not self._alone)
            self._using += 1
        try:
            yield
        finally:
            with self._changed:
                self._using -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the file alone; waits until nobody uses it. Never within a use."""
        with self._changed:
            self._changed.wait_for(lambda: not (self._alone or self._using))
            self._alone = True
        try:
            yield
        finally:
            with self._changed:
                self._alone = False
                self._changed.notify_all()
