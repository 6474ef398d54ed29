"""The composition root of the window: paths, log, settings, look, the file, and what is on screen.

The unlock page is painted before anything of the records is imported; that happens in a thread
while the passphrase is typed.
"""

from __future__ import annotations

import builtins
import getpass
import importlib
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from oscb_desktop import __version__, logs, settings
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.errors import DamagedFileError, UserError
from oscb_desktop.paths import AppPaths
from oscb_desktop.ui import crash_dialog, theme
from oscb_desktop.ui.collector import Collector
from oscb_desktop.ui.pages.unlock_page import UnlockPage
from oscb_desktop.ui.tasks import Tasks
from oscb_desktop.ui.widgets.undo_keys import UndoKeys

if TYPE_CHECKING:
    from oscb_desktop.database.key import FileKey
    from oscb_desktop.services.store import Store
    from oscb_desktop.ui.backup_work import BackupKeeper
    from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog
    from oscb_desktop.ui.left_place import LeftPlace
    from oscb_desktop.ui.locking import Guard, Locking
    from oscb_desktop.ui.main_window import MainWindow
    from oscb_desktop.ui.operations import Operations

_SOON = 100
_HEAVY = (
    "oscb_desktop.services.attempts",
    "oscb_desktop.services.files",
    "oscb_desktop.ui.backup_work",
    "oscb_desktop.ui.locking",
    "oscb_desktop.ui.main_window",
    "oscb_desktop.ui.pages.today.page",
    "oscb_desktop.ui.risky_place",
)


def run(file: Path | None = None, *, sample: bool = False, data: Path | None = None) -> int:
    """Open the window and return when it is closed, with the exit code of the process.

    ``sample`` opens a scratch copy of the sample year that is gone afterwards; ``data`` puts
    settings, logs and backups into one folder.
    """
    os.umask(0o077)
    paths = AppPaths.under(data) if data else AppPaths.for_this_person()
    log = logs.start(paths.logs)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("OSCB Desktop")
    app.setApplicationVersion(__version__)
    app.setQuitOnLastWindowClosed(False)
    crash_dialog.install()
    desktop = Desktop(app, paths)
    desktop.begin(file, sample=sample)
    try:
        return app.exec()
    finally:
        desktop.end()
        logs.stop(log)


class Desktop(QObject):
    """What is on screen: the unlock page, or the window over one open file."""

    def __init__(self, app: QApplication, paths: AppPaths) -> None:
        super().__init__()
        self._collector = Collector(self)  # nothing made while starting is rubbish yet
        self._app = app
        self._paths = paths
        self._scratch = paths.scratch / f"practice-{os.getpid()}-{os.urandom(4).hex()}"
        self._undo_keys = UndoKeys()
        self._accent = ""
        self._quitting = False
        self._loading = Loading(paths.scratch)
        self.tasks = Tasks(self)
        self.unlock: UnlockPage | None = None
        self.window: MainWindow | None = None
        self.store: Store | None = None
        self._keeper: BackupKeeper | None = None
        self.guard: Guard | None = None
        self.locking: Locking | None = None
        self._left: tuple[LeftPlace, list[str]] | None = None
        self._lock_soon = ""
        app.installEventFilter(self._undo_keys)
        app.styleHints().colorSchemeChanged.connect(self._dress)
        self._dress()

    def begin(self, file: Path | None, *, sample: bool) -> None:
        """Show the first page, and read the rest of the program behind it."""
        self.show_unlock(file)
        QTimer.singleShot(0, self._loading.begin)  # after the first page is painted
        if sample:
            QTimer.singleShot(0, self.open_sample)

    def show_unlock(self, wanted: Path | None = None, locked: str = "") -> UnlockPage:
        """Ask for a file and its passphrase; ``locked`` says why, when it was open until now."""
        page = UnlockPage(settings.load(self._paths.settings).recent, wanted, locked)
        page.open_wanted.connect(self.open)
        page.new_wanted.connect(self.new)
        page.sample_wanted.connect(self.open_sample)
        page.closed.connect(self._on_unlock_closed)
        page.resize(1000, 620)
        self._put_away_unlock()
        self.unlock = page
        if locked and self.window is not None:
            self._stand_over(page, self.window)
        page.show()
        page.begin()
        return page

    def open(self, path: Path, passphrase: str) -> None:
        """Open a file off this thread: deriving its key is slow on purpose."""
        if self.locking is not None and not self.locking.is_closing and self.unlock is not None:
            self.unlock.tell_work("Finishing the work under way…")
            QTimer.singleShot(_SOON, partial(self.open, path, passphrase))
            return
        paths, who = self._paths, _who()

        def work() -> Store:
            from oscb_desktop.services.attempts import Attempts
            from oscb_desktop.services.backup_place import place_of
            from oscb_desktop.services.file_place import refuse_risk
            from oscb_desktop.services.files import open_store

            refuse_risk(path, paths.settings)
            backups = place_of(paths).folder
            return Attempts(paths.settings, datetime.now).at(
                path, lambda: open_store(path, passphrase, backups, who, datetime.now)
            )

        self._start("Opening the file", work, partial(self._fail_open, path, passphrase))

    def new(self) -> None:
        """Ask for the place and the passphrase of a new file."""
        self._loading.wait()
        from oscb_desktop.services.file_place import local_folder
        from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog

        folder = local_folder(self._paths) or Path.home()
        dialog = NewFileDialog(self.window or self.unlock, folder)
        dialog.wanted.connect(partial(self._create, dialog))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_sample(self) -> None:
        """Make a scratch copy of the sample year under a passphrase that nobody knows."""
        if self.store is not None and self._is_scratch(self.store.path):
            self._put_away_unlock()  # it is open behind the first page already
            return
        path = self._scratch / "Sample year.oscb"

        def work() -> Store:
            import secrets  # with what it loads, not at the start

            from oscb_desktop.services.sample import create_sample_store

            _sweep(self._paths.scratch)
            return create_sample_store(path, secrets.token_urlsafe(24), _who(), datetime.now)

        self._start("Preparing the sample year", work, self._fail_unlock)

    def show_main(self, store: Store) -> None:
        """Show the window over a file, in place of whatever was there."""
        from oscb_desktop.ui import risky_place
        from oscb_desktop.ui.context import Context
        from oscb_desktop.ui.main_window import MainWindow
        from oscb_desktop.ui.messages import Messages
        from oscb_desktop.ui.navigation import Navigation
        from oscb_desktop.ui.operations import Operations

        self._put_away_window()
        messages = Messages()
        operations = Operations(store, messages, self)
        operations.changed.connect(self._on_changed)
        operations.damaged.connect(self._on_damaged, Qt.ConnectionType.QueuedConnection)
        self.store = store
        self._read_accent()
        context = Context(operations, Navigation(self), self.tasks, messages, self._paths)
        context.navigation.restore_wanted.connect(self._restore)
        window = MainWindow(context)
        window.new_wanted.connect(self.new)
        window.open_wanted.connect(self._on_open_wanted)
        window.quit_wanted.connect(self.quit)
        window.lock_wanted.connect(lambda: self.lock("as you asked"))
        window.closed.connect(self._on_window_closed)
        self.window = window
        window.show()
        self._put_away_unlock()
        if not self._is_scratch(store.path):
            at = store.now().isoformat(timespec="seconds")
            settings.change(self._paths.settings, settings.opened(store.path.resolve(), at))
            risky_place.remind(window, self._paths)
            if not store.damage:
                self._keep_backups(operations)
                self._check(store)
            self._watch_over(window)
        else:
            window.refuse_to_lock("not a practice file")
        self._collector.begin()

    def lock(self, why: str) -> None:
        """Hide everything, keep what is being typed, close the file and ask for its passphrase.

        The practice file does not lock: nobody knows its passphrase.
        """
        window, store = self.window, self.store
        if window is None or store is None:
            self._lock_soon = why if self.tasks.is_busy and self.locking is None else ""
            return
        if self._is_scratch(store.path):
            return
        from oscb_desktop.ui.locking import Locking

        keeper, self._keeper = self._keeper, None
        self.locking = Locking(window, keeper, self.tasks)
        window.closed.disconnect(self._on_window_closed)
        try:
            self.locking.keep_typing()
        finally:  # whatever goes wrong with it, nothing stays on the screen
            page = self.show_unlock(store.path, _locked(store.path.name, store.now(), why))
            self.window = self.store = None
            self.locking.closed.connect(self._on_locked)
            self.locking.begin(page)
            if self.guard is not None:
                self.guard.end()
        if self.locking.left is not None:
            self._left = self.locking.left, self.locking.untold
            page.tell_typing(self.locking.left.typed, len(self.locking.left.unkept))

    def quit(self) -> None:
        """Close the file and end."""
        self._quitting = True
        if self.window is not None:
            self.window.close()
        self._app.quit()

    def end(self) -> None:
        """Leave nothing behind: no open file, no scratch copy, no filter."""
        self.tasks.finish()
        if self.locking is not None:
            self.locking.end()
        self._close_store()
        if self.guard is not None:
            self.guard.stop()
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._app.removeEventFilter(self._undo_keys)
        self._collector.end()

    # How work on files goes on

    def _start(
        self, label: str, work: Callable[[], Store], failed: Callable[[BaseException], None]
    ) -> None:
        if self.unlock is not None:
            self.unlock.tell_work(f"{label}…")
        self.tasks.run(label, lambda: self._loading.then(work), self._show, failed)

    def _show(self, store: Store) -> None:
        """Show the window, unless what it shows first cannot be read."""
        try:
            self.show_main(store)
        except DamagedFileError as damaged:
            key = store.key.copy()
            self._close_store()
            self._show_damaged(store.path, key, damaged.sentence)

    def _on_damaged(self, what: str) -> None:
        if self.store is not None and self.window is not None:
            self._show_damaged(self.store.path, self.store.key.copy(), what)

    def _show_damaged(self, path: Path, key: FileKey, what: str) -> None:
        """Say that a file is damaged, and offer the ways out."""
        from oscb_desktop.services.backup_place import place_of
        from oscb_desktop.services.damage import DamagedFile
        from oscb_desktop.ui.dialogs.damaged_dialog import DamagedDialog

        if self.unlock is not None:
            self.unlock.tell_work("")
        elif self.window is None:
            self.show_unlock(path)
        place, parent = place_of(self._paths), self.unlock or self.window
        file = DamagedFile(path, key.copy(), what)  # it outlives the closing of the file
        dialog = DamagedDialog(parent, self.tasks, place, file, _who(), datetime.now)
        dialog.wanted.connect(partial(self._go_on, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.begin()

    def _go_on(self, path: Path, label: str, work: Callable[[], Store]) -> None:
        """Go on with another store in place of a damaged file, which closes for it."""
        if self.unlock is None:
            self.show_unlock(path)
        if self.store is not None and self.store.path == path:
            self._put_away_window()
        self._start(label, work, self._fail_unlock)

    def _create(self, dialog: NewFileDialog, path: Path, passphrase: str) -> None:
        paths, who = self._paths, _who()

        def work() -> Store:
            from oscb_desktop.services.file_place import refuse_risk
            from oscb_desktop.services.files import create_store

            refuse_risk(path, paths.settings)
            return create_store(path, passphrase, who, datetime.now)

        self._make(dialog, work, partial(self._fail_new, dialog, path, passphrase))

    def _make(
        self,
        dialog: NewFileDialog,
        work: Callable[[], Store],
        failed: Callable[[BaseException], None],
    ) -> None:
        def done(store: Store) -> None:
            dialog.accept()
            self.show_main(store)

        self.tasks.run("Making the file", lambda: self._loading.then(work), done, failed)

    def _fail_new(
        self, dialog: NewFileDialog, path: Path, passphrase: str, problem: BaseException
    ) -> None:
        from oscb_desktop.ui import risky_place

        def fail(problem: BaseException) -> None:
            dialog.fail(_sentence(problem))

        def here(folder: Path) -> None:
            dialog.setEnabled(False)
            work = risky_place.making_here(path, passphrase, folder, self._paths, _who())
            self._make(dialog, work, fail)

        def there() -> None:
            dialog.setEnabled(False)
            self._create(dialog, path, passphrase)

        dialog.setEnabled(True)  # what was typed stays, whatever is chosen
        if not risky_place.ask(dialog, problem, self._paths, here, there, is_new=True):
            fail(problem)

    def _fail_open(self, path: Path, passphrase: str, problem: BaseException) -> None:
        from oscb_desktop.ui import risky_place

        def here(folder: Path) -> None:
            work = risky_place.keeping_here(path, passphrase, folder, self._paths, _who())
            self._start("Copying the file", work, self._fail_unlock)

        def there() -> None:
            self.open(path, passphrase)

        if isinstance(problem, DamagedFileError):
            from oscb_desktop.services.damage import key_in

            self._show_damaged(path, key_in(problem), problem.sentence)
            return
        if self.unlock is not None and not self.unlock.isEnabled():
            self.unlock.tell_work("")
        if not risky_place.ask(self.unlock, problem, self._paths, here, there):
            self._fail_unlock(problem)

    def _check(self, store: Store) -> None:
        """Check the file behind the window, each time that it was opened."""
        from oscb_desktop.services.files import check_store

        def failed(problem: BaseException) -> None:
            closed_meanwhile = self.store is not store
            if not (closed_meanwhile or isinstance(problem, UserError)):
                raise problem

        def check() -> tuple[str, ...]:
            return check_store(store, against_log=False)  # the daily proof does that

        self.tasks.run("Checking the file", check, lambda _: None, failed)

    # Locking

    def _watch_over(self, window: MainWindow) -> None:
        """Lock the file from now on when it is time, and go on where it was locked before."""
        from oscb_desktop.ui.locking import Guard, go_on

        if self.guard is None:
            self.guard = Guard(self._app, self._paths, (time.monotonic, time.time))
            self.guard.wanted.connect(self.lock)
        self.guard.begin()
        self.guard.clipboard.copied.connect(window.tell_copied)
        path = window.context.operations.store.path
        if self._left is not None and self._left[0].path.resolve() == path.resolve():
            (left, untold), self._left = self._left, None
            go_on(window, left, untold)
        soon, self._lock_soon = self._lock_soon, ""
        if soon:
            QTimer.singleShot(0, window, lambda: self.lock(soon))

    def _on_locked(self, refused: str) -> None:
        self.locking = None
        if refused and self.unlock is not None:
            self.unlock.warn(f"The last work was saved but not backed up. {refused}")
        self._collector.collect_all()  # what stood in the window is not to linger

    def _stand_over(self, page: UnlockPage, window: MainWindow) -> None:
        """Put the page where the window is, without taking the keyboard from another program."""
        page.setGeometry(window.geometry())
        page.setWindowState(window.windowState())
        if self._app.applicationState() != Qt.ApplicationState.ApplicationActive:
            page.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)

    def _keep_backups(self, operations: Operations) -> None:
        from oscb_desktop.ui.backup_work import BackupKeeper

        self._keeper = BackupKeeper(operations, self.tasks, self._paths)
        self._keeper.begin()

    def _restore(self, backup: Path) -> None:
        """Put a backup in place of the open file, which closes for it and is kept."""
        assert self.store is not None
        path, key, who = self.store.path, self.store.key.copy(), _who()
        self.show_unlock(path)
        self._put_away_window()

        def work() -> Store:
            from oscb_desktop.services.restore import put_in_place

            return put_in_place(path, key, backup, who, datetime.now)[0]

        self._start("Restoring the backup", work, self._fail_unlock)

    def _fail_unlock(self, problem: BaseException) -> None:
        if self.unlock is None:
            self.show_unlock()
        assert self.unlock is not None
        self.unlock.tell_work("")
        self.unlock.fail(_sentence(problem))

    def _on_open_wanted(self, path: Path | None) -> None:
        """Ask for another file; the one that is open stays until the other has opened."""
        self.show_unlock(path)

    def _on_window_closed(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.deleteLater()
        self._close_store()
        if not self._quitting and self.unlock is None:
            self.show_unlock()

    def _on_unlock_closed(self) -> None:
        self.unlock = None
        if self.window is None:
            self._app.quit()

    def _put_away_unlock(self) -> None:
        page, self.unlock = self.unlock, None
        if page is not None:
            page.closed.disconnect(self._on_unlock_closed)
            page.may_close = lambda: True
            page.close()
            page.deleteLater()

    def _put_away_window(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.closed.disconnect(self._on_window_closed)
            window.close()
            window.deleteLater()
        self._close_store()

    def _close_store(self) -> None:
        store, self.store = self.store, None
        if store is not None:
            self._back_up_last()
            if self.guard is not None:
                self.guard.end()
            store.forget()
            if self._is_scratch(store.path):
                shutil.rmtree(self._scratch, ignore_errors=True)

    def _back_up_last(self) -> None:
        keeper, self._keeper = self._keeper, None
        refused = keeper.end() if keeper is not None else ""
        if refused:
            from oscb_desktop.ui.messages import Messages

            Messages().tell(None, f"The last work was saved but not backed up. {refused}")

    def _is_scratch(self, path: Path) -> bool:
        return path.is_relative_to(self._scratch)

    # How it looks

    def _on_changed(self, changes: object) -> None:
        if "organisation" in getattr(changes, "kinds", ()):
            self._read_accent()

    def _read_accent(self) -> None:
        from oscb_desktop.queries.organisation import organisation

        assert self.store is not None
        accent = self.store.read(organisation).accent_colour
        if accent != self._accent:
            self._accent = accent
            self._dress()

    def _dress(self) -> None:
        theme.apply(self._app, self._accent)


class Loading:
    """The rest of the program, imported in a thread of its own.

    Two threads that import packages with circles in them can each be handed half a module, so
    whoever needs the rest waits until all of it is there.
    """

    def __init__(self, scratch: Path) -> None:
        self._scratch = scratch
        self._thread = threading.Thread(target=self._load, daemon=True)
        self._begun = threading.Lock()

    def begin(self) -> None:
        """Start to import, once."""
        if self._begun.acquire(blocking=False):
            self._thread.start()

    def wait(self) -> None:
        """Come back when all of it is imported."""
        self.begin()
        while self._thread.ident is None:  # another thread is just starting it
            time.sleep(0.001)
        self._thread.join()

    def _load(self) -> None:
        _import_heavy()
        from oscb_desktop.services.opened_copies import sweep

        sweep(self._scratch)

    def then(self, work: Callable[[], Store]) -> Store:
        """Do work that needs all of it."""
        self.wait()
        return work()


def _import_heavy() -> None:
    """Import what the open file needs.

    PySide6 puts a hook of its own around every import, which slows these down; they need none.
    """
    hooked = builtins.__import__
    builtins.__import__ = importlib.__import__
    try:
        for name in _HEAVY:
            importlib.import_module(name)
    finally:
        builtins.__import__ = hooked


def _sentence(problem: BaseException) -> str:
    """Return a person's mistake as its sentence; any other failure goes to the crash dialog."""
    if isinstance(problem, UserError):
        return problem.sentence
    sys.excepthook(type(problem), problem, problem.__traceback__)
    return "The file could not be opened because of a fault in the program."


def _sweep(scratch: Path) -> None:
    """Remove the practice files that a start which was cut short left behind."""
    yesterday = time.time() - 24 * 3600
    for folder in scratch.glob("practice-*"):
        if folder.stat().st_mtime < yesterday:
            shutil.rmtree(folder, ignore_errors=True)


def _locked(name: str, at: datetime, why: str) -> str:
    return f"{name} locked at {at:%H:%M} on {format_date(at.date())}, {why}."


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"
