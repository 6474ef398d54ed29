"""A file that lies where it should not be in use: what the place is, and the two ways on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.services.file_place import FilePlace
from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import heading, quiet, words

_NEW = "The file is made in {folder}, and its backups go to {there}."
_OPENED = (
    "The file is copied to {folder} and opened there. The one in {there} is named as a backup, and "
    "further backups go there by themselves."
)
_NOWHERE = (
    "This computer has no folder of its own for it, so copy it to a drive of this computer first."
)
_ALL_THE_SAME = "It is not asked again for this file on this computer."


class FilePlaceDialog(QDialog):
    """``here_wanted`` carries the folder on this computer; ``there_wanted`` insists on the place.

    ``is_new`` says that the file is still to be made; without a ``folder`` only the place is left.
    """

    here_wanted = Signal(object)
    there_wanted = Signal()

    def __init__(
        self,
        parent: QWidget | None,
        path: Path,
        place: FilePlace,
        folder: Path | None,
        *,
        is_new: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Where the file lies")
        verb = "Make" if is_new else "Open"
        keep = "&Make it on this computer" if is_new else "&Keep it on this computer"
        self.here_button = QPushButton(f"{keep} and back up there")
        self.there_button = QPushButton(f"{verb} it there &all the same")
        self._folder = folder
        told = _NEW if is_new else _OPENED
        safe = told.format(folder=folder, there=path.parent) if folder else _NOWHERE
        where = "there" if is_new else "where it lies"
        self._build(f"{path.name} should not be in use {where}", place, safe)
        self.here_button.clicked.connect(self._on_here)
        self.there_button.clicked.connect(self._on_there)

    def _build(self, title: str, place: FilePlace, safe: str) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(heading(title))
        column.addWidget(words(f"{place.what()} {place.risk()}"))
        column.addWidget(self.here_button)
        column.addWidget(quiet(safe))
        column.addWidget(self.there_button)
        column.addWidget(quiet(_ALL_THE_SAME))
        column.addStretch(1)
        buttons = QDialogButtonBox()
        cancel = buttons.addButton("Cance&l", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.here_button.setVisible(self._folder is not None)
        for made in (self.here_button, self.there_button, cancel):
            made.setAutoDefault(False)
        first = self.here_button if self._folder else cancel
        first.setDefault(True)
        first.setFocus()
        self.setMinimumWidth(560)

    def _on_here(self) -> None:
        self.accept()
        self.here_wanted.emit(self._folder)

    def _on_there(self) -> None:
        self.accept()
        self.there_wanted.emit()
