"""What the window does about a file that lies where it should not be in use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from oscb_desktop import settings
from oscb_desktop.paths import AppPaths
from oscb_desktop.services.file_place import (
    RiskyPlaceError,
    insist,
    local_folder,
    place_of_file,
)
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.file_place_dialog import FilePlaceDialog

if TYPE_CHECKING:
    from oscb_desktop.ui.main_window import MainWindow


def ask(
    parent: QWidget | None,
    problem: BaseException,
    paths: AppPaths,
    here: Callable[[Path], None],
    there: Callable[[], None],
    *,
    is_new: bool = False,
) -> bool:
    """Ask what to do when it was the place of a file that was refused; return whether it was.

    ``here`` is called with the folder on this computer; ``there`` once the place is insisted on.
    """
    if not isinstance(problem, RiskyPlaceError):
        return False
    path = problem.path

    def insisted() -> None:
        insist(path, paths.settings)
        there()

    dialog = FilePlaceDialog(parent, path, problem.place, local_folder(paths), is_new=is_new)
    dialog.here_wanted.connect(here)
    dialog.there_wanted.connect(insisted)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return True


def remind(window: MainWindow, paths: AppPaths) -> None:
    """Say at the foot of the window where its file lies, if somebody insisted on that."""
    path = window.context.operations.store.path
    if str(path.resolve()) in settings.load(paths.settings).insisted:
        window.strip.tell_place(place_of_file(path))


def keeping_here(
    path: Path, passphrase: str, folder: Path, paths: AppPaths, who: str
) -> Callable[[], Store]:
    """Return the work that keeps a file on this computer and backs it up where it lies."""
    from oscb_desktop.services.local_copy import keep_here

    return lambda: keep_here(path, passphrase, folder, paths, who, datetime.now)


def making_here(
    path: Path, passphrase: str, folder: Path, paths: AppPaths, who: str
) -> Callable[[], Store]:
    """Return the work that makes a file on this computer, to be backed up where it was to lie."""
    from oscb_desktop.services.local_copy import make_here

    return lambda: make_here(path, passphrase, folder, paths, who, datetime.now)
