"""Where files are dropped: a frame that shows where they will land, and a button to choose them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import button, words

_VIRTUAL = "FileGroupDescriptor"
"""In the name of what Outlook gives on Windows: the name of a mail or its attachment, no file."""

_NOT_SAVED = (
    "What was dropped is not saved as a file yet, as with a mail or an attachment dragged out of "
    "Outlook. Save it to a folder first (Save As, as .msg or PDF), then drop that file here."
)
_NOT_LOCAL = (
    "What was dropped is an address, not a file on this computer. Save the file first, then drop "
    "that here."
)


def holds_files(mime: QMimeData) -> bool:
    """Whether what is dragged is meant as files, even where they cannot be read as such."""
    return mime.hasUrls() or _is_virtual(mime)


def files_in(mime: QMimeData) -> tuple[tuple[Path, ...], str]:
    """Return the files that are dragged, or a sentence for why they cannot be had."""
    urls = mime.urls()
    if urls and all(url.isLocalFile() for url in urls):
        return tuple(Path(url.toLocalFile()) for url in urls), ""
    return (), _NOT_SAVED if _is_virtual(mime) else _NOT_LOCAL


class DropZone(QWidget):
    """Says what may be dropped; ``chosen`` carries the paths that were chosen by the button."""

    chosen = Signal(object)

    def __init__(self, told: str, purpose: str) -> None:
        super().__init__()
        self._told = told
        self._purpose = purpose
        self._is_over = False
        self.words = words(told)
        self.button = button("Choose files…", f"Choose files to {purpose}")
        self.button.clicked.connect(self.choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)

    def choose(self) -> None:
        """Ask for files."""
        names, _ = QFileDialog.getOpenFileNames(self, "Choose files", str(Path.home()))
        if names:
            self.chosen.emit(tuple(Path(name) for name in names))

    def light_up(self, many: int) -> None:
        """Show that what is dragged lands here when it is let go."""
        self._is_over = True
        files = "the file" if many < 2 else f"{many} files"
        self.words.setText(f"Let go to {self._purpose}: {files}.")
        self.update()

    def rest(self) -> None:
        """Show what may be dropped."""
        self._is_over = False
        self.words.setText(self._told)
        self.button.setEnabled(True)
        self.update()

    def work(self, told: str) -> None:
        """Show that files are being taken in."""
        self._is_over = False
        self.words.setText(told)
        self.button.setEnabled(False)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide = 2.0 if self._is_over else 1.0
        painter.setPen(
            QPen(QColor(look.accent if self._is_over else look.line), wide, Qt.PenStyle.DashLine)
        )
        if self._is_over:
            painter.setBrush(QColor(look.chosen))
        room = self.rect().toRectF().adjusted(wide, wide, -wide, -wide)
        painter.drawRoundedRect(room, 4, 4)
        painter.end()


def _is_virtual(mime: QMimeData) -> bool:
    return any(_VIRTUAL in name for name in mime.formats())
