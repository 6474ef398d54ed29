"""The line at the foot of the window: which file, when it was saved, what is being done."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QStatusBar

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import shortened

if TYPE_CHECKING:
    from oscb_desktop.services.backups import Standing
    from oscb_desktop.services.file_place import FilePlace

_LONGEST = 80
_SHORTLY = 8000


class StatusStrip(QStatusBar):
    """A status bar whose words stay until others take their place."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self.setSizeGripEnabled(False)
        self.setAccessibleName("Status")
        self.file = _part(file.name)
        self.file.setToolTip(f"<p>{_escaped(str(file))}</p>")
        self.place = _part("")
        self.place.hide()
        self.saved = _part("All saved")
        self.backup = _part("")
        self.work = _part("")
        self.addWidget(self.file)
        self.addWidget(self.place)
        self.addWidget(self.saved)
        self.addWidget(self.backup)
        self.addPermanentWidget(self.work)

    def tell_place(self, place: FilePlace) -> None:
        """Say where the file lies when that is no place for a file in use."""
        where = place.where()
        self.place.setText(shortened(f"{where[:1].upper()}{where[1:]}", _LONGEST))
        self.place.setToolTip(f"<p>{_escaped(place.words())}</p>")
        self.place.setAccessibleDescription(place.words())
        self.place.setVisible(bool(where))

    def tell_saved(self, at: datetime) -> None:
        """Say when the last change reached the disk."""
        self.saved.setText(f"Saved {at:%H:%M}")

    def tell_backup(self, standing: Standing) -> None:
        """Say in a few words how the backups stand, in full when it is pointed at."""
        self.backup.setText(shortened(standing.words, _LONGEST))
        self.backup.setToolTip(f"<p>{_escaped(standing.help)}</p>")
        self.backup.setAccessibleDescription(standing.help)

    def tell_shortly(self, words: str) -> None:
        """Say something in place of all the rest for some seconds."""
        self.showMessage(words, _SHORTLY)

    def tell_work(self, label: str = "") -> None:
        """Say what is being done, or nothing."""
        self.work.setText(f"{label}…" if label else "")


def _part(text: str) -> QLabel:
    return theme.styled(QLabel(text), "status")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")
