"""What happened when the program itself failed: where, not with which words."""

from __future__ import annotations

import platform
import sys
from types import TracebackType

from PySide6 import __version__ as pyside_version
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop import __version__
from oscb_desktop.errors import DamagedFileError
from oscb_desktop.logs import LOGGER, traceback_without_values
from oscb_desktop.ui import clipboard, theme
from oscb_desktop.ui.dialogs.sizes import open_at


class CrashDialog(QDialog):
    """Says that what was saved is safe, and offers details that hold no text of any record."""

    def __init__(self, problem: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("OSCB Desktop")
        self.details = details_of(problem)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(theme.heading("Something went wrong in OSCB Desktop"))
        sentence = theme.styled(theme.heading(_SENTENCE), "line")
        sentence.setWordWrap(True)
        column.addWidget(sentence)
        shown = QPlainTextEdit(self.details)
        shown.setReadOnly(True)
        shown.setAccessibleName("Details")
        column.addWidget(shown, 1)
        buttons = QDialogButtonBox()
        self.copy_button = QPushButton("Co&py details")
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self.copy)
        buttons.addButton(self.copy_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        open_at(self, 620, 400)

    def copy(self) -> None:
        """Put the details on the clipboard."""
        clipboard.put(self.details)


_SENTENCE = (
    "What the window says was saved is safe in the file. What you were doing just now may not be: "
    "look at it before you go on. The details below name places in the program and no text of any "
    "record; whoever looks after the program will want them."
)


def details_of(problem: BaseException) -> str:
    """Return the versions and the places of a failure, without any value."""
    versions = (
        f"OSCB Desktop {__version__}",
        f"Python {platform.python_version()}",
        f"PySide6 {pyside_version}",
        platform.platform(),
    )
    return "\n".join([*versions, "", traceback_without_values(problem)])


def install() -> None:
    """Show the dialog for every failure that nobody expected."""
    sys.excepthook = _on_failure


def _on_failure(
    kind: type[BaseException], problem: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    if issubclass(kind, DamagedFileError):  # the window says so, with what can be done
        return
    LOGGER.error("The window met a failure.", exc_info=(kind, problem, trace))
    if _shown:  # a failure that repeats, as in painting, is told once
        return
    dialog = CrashDialog(problem, QApplication.activeWindow())
    _shown.append(dialog)
    dialog.finished.connect(_shown.clear)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


_shown: list[CrashDialog] = []
