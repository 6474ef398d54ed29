"""When the open file locks, and hiding everything while it does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, QTimer, Signal
from PySide6.QtWidgets import QApplication, QDialog, QToolTip, QWidget

from oscb_desktop import settings
from oscb_desktop.paths import AppPaths
from oscb_desktop.ui.backup_work import BackupKeeper
from oscb_desktop.ui.clipboard import ClipboardWatch
from oscb_desktop.ui.idle_watch import IdleWatch
from oscb_desktop.ui.session_lock import SessionWatch
from oscb_desktop.ui.tasks import Tasks

if TYPE_CHECKING:
    from oscb_desktop.ui.left_place import LeftPlace
    from oscb_desktop.ui.main_window import MainWindow

_AFTER_START = 2000  # milliseconds; asking the system must not hold up the first page
_LOOK_EVERY = 20
_GROUND = 1
"""The level of the loop that runs when no dialog or menu has one of its own."""
_MOST = 100
"""How often to wait for a window of the system, such as that of the printer, to go by itself."""


class Guard(QObject):
    """Says that it is time to lock, with why; and keeps what was copied from lying about."""

    wanted = Signal(str)

    def __init__(
        self, app: QApplication, paths: AppPaths, clocks: Sequence[Callable[[], float]]
    ) -> None:
        super().__init__()
        load = partial(settings.load, paths.settings)
        self.idle = IdleWatch(app, clocks, lambda: load().computer.lock_minutes)
        self.session = SessionWatch()
        self.clipboard = ClipboardWatch(lambda: load().computer.clipboard_seconds)
        self.idle.idle.connect(self._on_idle)
        self.session.away.connect(lambda why: self.wanted.emit(f"because {why}"))
        self.clipboard.begin()
        QTimer.singleShot(_AFTER_START, self, lambda: self.session.begin(app))

    def begin(self) -> None:
        """Watch over a file that was opened."""
        self.idle.begin()

    def end(self) -> None:
        """Watch no longer: the file is locked or closed."""
        self.idle.end()
        self.clipboard.empty()

    def stop(self) -> None:
        """Leave nothing behind at the end of the program."""
        self.idle.end()
        self.clipboard.end()

    def _on_idle(self, minutes: int) -> None:
        unit = "minute" if minutes == 1 else "minutes"
        self.wanted.emit(f"because nothing was typed or clicked for {minutes} {unit}")


class Locking(QObject):
    """One locking: the typing is kept, everything is hidden, and then the file closes.

    ``closed`` carries what went wrong with the last backup, or nothing. The worker closes the
    file, so that whoever is back at once can type the passphrase meanwhile.
    """

    closed = Signal(str)

    def __init__(self, window: MainWindow, keeper: BackupKeeper | None, tasks: Tasks) -> None:
        super().__init__()
        self._window: MainWindow | None = window
        self._context = window.context
        self._keeper = keeper
        self._tasks = tasks
        self._curtain: Curtain | None = None
        self.is_closing = False
        self.left: LeftPlace | None = None

    @property
    def untold(self) -> list[str]:
        """What was to be told while everything was hidden."""
        return self._context.messages.untold

    def keep_typing(self) -> None:
        """Keep what is being typed, while its forms still stand."""
        from oscb_desktop.ui.left_place import leave  # with every form: not at the start

        self._context.messages.held = True
        if self._keeper is not None:
            self._keeper.pause()
        assert self._window is not None
        self.left = leave(self._window)

    def begin(self, page: QWidget) -> None:
        """Hide everything but the page that asks for the passphrase, and close what is behind."""
        if self._context.operations.copies is not None:
            self._context.operations.copies.remove()
        self._curtain = Curtain(page, self._tasks)
        self._curtain.quiet.connect(self._close)
        self._curtain.draw()

    def end(self) -> None:
        """Come to the end at once, as when the program ends meanwhile."""
        if not self.is_closing:
            self._put_away()
            self._close_store()

    def _close(self) -> None:
        self._put_away()
        self._tasks.run("Backing up", self._close_store, self._on_closed, self._on_failed)

    def _put_away(self) -> None:
        window, self._window = self._window, None
        self.is_closing = True
        if self._curtain is not None:
            self._curtain.end()
        if window is not None:
            window.close()
            window.deleteLater()

    def _close_store(self) -> str:
        try:
            return self._keeper.last() if self._keeper is not None else ""
        finally:
            self._context.operations.store.forget()

    def _on_closed(self, refused: str) -> None:
        self._context.operations.deleteLater()  # with the keeper of the backups
        self._context.navigation.deleteLater()
        self.closed.emit(refused)

    def _on_failed(self, problem: BaseException) -> None:
        self._on_closed("")
        raise problem


def go_on(window: MainWindow, left: LeftPlace, untold: Iterable[str]) -> None:
    """Let somebody go on in a new window over the file that was locked."""
    from oscb_desktop.ui.left_place import come_back

    still = come_back(window, left)
    if left.typed:
        window.strip.tell_shortly("Unlocked. What you typed and did not save is back.")
    late = [_STILL] if still else [_LATE] if left.unkept else []

    def tell() -> None:
        for sentence in (*late, *untold):
            window.context.messages.tell(window, sentence)

    QTimer.singleShot(0, window, tell)


_LATE = (
    "When the file locked, what you typed could not be written to it. It was held in memory, is "
    "back in its form, and is written now."
)
_STILL = (
    "What you typed could not be written to the file when it locked, and it cannot be now. It is "
    "back in its form as far as that stands open. Free some space on the disk, then save."
)


class Curtain(QObject):
    """Hides every window but one, at once, and tells ``quiet`` when nothing runs behind it.

    A dialog may be in a loop of its own on top of the window's code, so the window must stay until
    that has ended; and the work of the worker is let to its end.
    """

    quiet = Signal()

    def __init__(self, keep: QWidget, tasks: Tasks) -> None:
        super().__init__()
        self._keep = keep
        self._tasks = tasks
        self._tries = 0
        self._timer = QTimer(self, interval=_LOOK_EVERY)
        self._timer.timeout.connect(self._look)

    def draw(self) -> None:
        """Hide everything now."""
        self._hide()
        self._timer.start()

    def end(self) -> None:
        """Hide nothing more."""
        self._timer.stop()

    def _hide(self) -> None:
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None and not self._is_kept(popup):
            popup.hide()
        for shown in self._others():
            if shown.isVisible():
                shown.hide()

    def _look(self) -> None:
        self._hide()
        if self._tasks.is_busy:
            return
        self._tries += 1
        if QThread.currentThread().loopLevel() > _GROUND and self._tries < _MOST:
            return
        for left in self._others():
            if isinstance(left, QDialog):
                left.done(QDialog.DialogCode.Rejected)  # which forgets what it holds
        self.quiet.emit()

    def _others(self) -> list[QWidget]:
        return [each for each in QApplication.topLevelWidgets() if not self._is_kept(each)]

    def _is_kept(self, widget: QWidget) -> bool:
        above: QObject | None = widget
        while above is not None:
            if above is self._keep:
                return True
            above = above.parent()
        return False
