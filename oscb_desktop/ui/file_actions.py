"""What the menus do with the whole file: bring in, check, write the template, change its key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from oscb_desktop import settings
from oscb_desktop.errors import UserError
from oscb_desktop.services.files import check_store

if TYPE_CHECKING:
    from oscb_desktop.ui.main_window import MainWindow


def fill_recent(window: MainWindow, menu: QMenu) -> None:
    """Offer the files that were opened lately, but for the one that is open."""
    menu.clear()
    here = window.context.operations.store.path
    for row in settings.load(window.context.paths.settings).recent:
        path = Path(row.path)
        if path != here:
            action = menu.addAction(path.name.replace("&", "&&"))
            action.setStatusTip(str(path.parent))
            action.triggered.connect(lambda _=False, path=path: window.open_wanted.emit(path))
    if menu.isEmpty():
        menu.addAction("No other file was opened here").setEnabled(False)


def import_workbook(window: MainWindow) -> None:
    """Ask for a workbook and show what it would do."""
    name, _ = QFileDialog.getOpenFileName(
        window, "Import a workbook", "", "Workbooks (*.xlsx);;Data files (*.toml)"
    )
    if name:
        from oscb_desktop.ui.dialogs.import_dialog import ImportDialog

        dialog = ImportDialog(window, window.context, Path(name))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.rehearse()


def save_template(window: MainWindow) -> None:
    """Ask where the blank workbook goes, and write it."""
    name, _ = QFileDialog.getSaveFileName(
        window, "Save the blank workbook", "Blank workbook.xlsx", "Workbooks (*.xlsx)"
    )
    if name:
        write_template(window, Path(name))


def write_template(window: MainWindow, path: Path) -> None:
    """Write the blank workbook on the worker, and say where it lies."""
    from oscb_desktop.services.transfer import write_blank_workbook

    context = window.context
    context.tasks.run(
        "Writing the workbook",
        lambda: write_blank_workbook(path),
        lambda _: context.messages.tell(window, f"The blank workbook is {path}."),
        lambda problem: fail(window, problem),
    )


def check(window: MainWindow) -> None:
    """Check the file on the worker and say what was found."""
    context = window.context
    store = context.operations.store

    def told(faults: tuple[str, ...]) -> None:
        sound = (
            f"{store.path.name} is sound: its pages, its links between records, the files kept in "
            "it and the chain of its history were checked."
        )
        context.messages.tell(window, "\n".join(faults) if faults else sound)

    context.tasks.run(
        "Checking the file", lambda: check_store(store), told, lambda problem: fail(window, problem)
    )


def change_passphrase(window: MainWindow) -> None:
    """Ask for the old passphrase and a new one."""
    from oscb_desktop.ui.dialogs.passphrase_dialog import PassphraseDialog

    dialog = PassphraseDialog(window, window.context)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def make_recovery_sheet(window: MainWindow) -> None:
    """Ask for the passphrase and make the sheet that opens the file without it."""
    from oscb_desktop.ui.dialogs.recovery_dialog import RecoveryDialog

    dialog = RecoveryDialog(window, window.context)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def fail(window: MainWindow, problem: BaseException) -> None:
    """Tell a person's mistake; hand any other failure on to the crash dialog."""
    if not isinstance(problem, UserError):
        raise problem
    window.context.messages.tell(window, problem.sentence)


def show_keys(window: MainWindow) -> None:
    """Show what each key does."""
    from oscb_desktop.ui.dialogs.about_dialogs import KeysDialog

    dialog = KeysDialog(window)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def show_about(window: MainWindow) -> None:
    """Show which version this is and where its files lie."""
    from oscb_desktop.ui.dialogs.about_dialogs import AboutDialog

    dialog = AboutDialog(window, window.context)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
