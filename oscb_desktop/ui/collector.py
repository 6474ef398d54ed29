"""Python's collector, kept to the window's thread."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY = 1000  # milliseconds


class Collector(QObject):
    """Collects on the window's thread alone, at most once a second.

    Left to itself Python collects on the thread that happens to make the next object; on a worker
    it would free parts of the window there, and the program would end on the spot.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_EVERY)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Collect from now on; what stands by now stays, and is not looked at again."""
        gc.freeze()
        self._timer.start()

    def look(self) -> None:
        """Collect the oldest generation that is full, as Python itself would."""
        full = zip(gc.get_count(), gc.get_threshold(), strict=True)
        due = [generation for generation, (count, limit) in enumerate(full) if count > limit]
        if due:
            gc.collect(due[-1])

    def collect_all(self) -> None:
        """Collect all that is rubbish now, also of what stood when collecting began."""
        gc.unfreeze()
        gc.collect()

    def end(self) -> None:
        """Leave collecting to Python again."""
        self._timer.stop()
        gc.enable()
