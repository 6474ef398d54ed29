"""Noticing that nobody is at the desk: no key, mouse, wheel or touch for some minutes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

_LOOK_EVERY = 10_000
_DONE_BY_HAND = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class IdleWatch(QObject):
    """Tells ``idle`` once when nothing was done by hand for so many minutes.

    ``clocks`` each return seconds; the one that went farthest counts, because some of them stand
    still while a laptop sleeps and others are put right by the network.
    """

    idle = Signal(int)

    def __init__(
        self,
        app: QApplication,
        clocks: Sequence[Callable[[], float]],
        minutes: Callable[[], int],
    ) -> None:
        super().__init__()
        self._app = app
        self._clocks = tuple(clocks)
        self._last: tuple[float, ...] = ()
        self._wanted = minutes
        self._minutes = minutes()
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.timeout.connect(self._on_time)

    def begin(self) -> None:
        """Watch from now on."""
        self.end()
        self._minutes = self._wanted()
        self._note()
        self._timer.start()
        self._app.installEventFilter(self)
        self._app.applicationStateChanged.connect(self.look)

    def end(self) -> None:
        """Watch no longer."""
        if self._timer.isActive():
            self._timer.stop()
            self._app.removeEventFilter(self)
            self._app.applicationStateChanged.disconnect(self.look)

    def look(self) -> bool:
        """Find out whether it is time, and tell so."""
        passed = max(clock() - last for clock, last in zip(self._clocks, self._last, strict=True))
        if not self._timer.isActive() or passed < self._minutes * 60:
            return False
        self.end()
        self.idle.emit(self._minutes)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; the first key after too long a time reaches nobody."""
        if event.type() in _DONE_BY_HAND:
            if self.look():
                return True
            self._note()
        return False

    def _on_time(self) -> None:
        self._minutes = self._wanted()  # somebody may have set it otherwise
        self.look()

    def _note(self) -> None:
        self._last = tuple(clock() for clock in self._clocks)
