"""The first thing one sees: which file, and its passphrase. It imports nothing of the records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.settings import RecentFile
from oscb_desktop.ui import theme
from oscb_desktop.ui.messages import Messages
from oscb_desktop.ui.widgets.labels import fault, quiet, strong
from oscb_desktop.ui.widgets.passphrase_field import PassphraseField

_WIDTH = 520
_UNKEPT = (
    "What you typed and did not save could not be written to the file. It is held in memory: "
    "unlock the file before you close the program."
)
_LOSES = "What you typed is held in memory only. It is lost when the program closes now."
_ABOUT = "Reviews, clocks and papers, in one encrypted file."


class UnlockPage(QWidget):
    """Asks for a file and its passphrase; others open it and say how that went."""

    open_wanted = Signal(object, str)
    new_wanted = Signal()
    sample_wanted = Signal()
    closed = Signal()

    def __init__(
        self, recent: tuple[RecentFile, ...], wanted: Path | None = None, locked: str = ""
    ) -> None:
        super().__init__()
        self.told = strong(locked) if locked else quiet(_ABOUT)
        self.may_close: Callable[[], bool] = lambda: True
        self.setAccessibleName("Open a file")
        self.setWindowTitle("OSCB Desktop")
        self.files = QComboBox()
        self.passphrase = PassphraseField("Passphrase")
        self.open_button = QPushButton("&Open")
        self.other_button = QPushButton("Open another &file…")
        self.new_button = QPushButton("&New file…")
        self.sample_button = QPushButton("&Look around with a sample year")
        self.work = theme.styled(QLabel(), "muted")
        self.typing = quiet("")
        self.warning = fault()
        self._build()
        self._connect()
        for row in recent:
            self.files.addItem(_words(row), Path(row.path))
        if wanted is not None:
            self.choose(wanted)
        self._show_what_applies()

    def choose(self, path: Path) -> None:
        """Put a file into the field, as one that was opened before or a new one."""
        for at in range(self.files.count()):
            if self.files.itemData(at) == path:
                self.files.setCurrentIndex(at)
                return
        self.files.insertItem(0, f"{path.name}   in {path.parent}", path)
        self.files.setCurrentIndex(0)
        self._show_what_applies()

    def begin(self) -> None:
        """Put the keyboard where the first thing is typed."""
        (self.passphrase if self.files.count() else self.new_button).setFocus()

    def tell_work(self, words: str) -> None:
        """Say what is being done; nothing can be pressed meanwhile."""
        self.work.setText(words)
        self.setEnabled(not words)

    def tell_typing(self, kept: int, unkept: int) -> None:
        """Say what became of typing that was not saved, and ask before it could be lost."""
        if kept and not unkept:
            self.typing.setText("What you typed and did not save is kept and comes back.")
            self.typing.show()
        if unkept:
            self.warn(_UNKEPT)
            self.may_close = lambda: Messages().ask(self, _LOSES, "Close and lose it", "Stay")

    def warn(self, sentence: str) -> None:
        """Say what somebody has to know who comes back to a locked file."""
        self.warning.setText(sentence)
        self.warning.setVisible(bool(sentence))

    def fail(self, sentence: str) -> None:
        """Say beside the field why the file did not open; what was typed is ready to be changed."""
        self.tell_work("")
        self.passphrase.say(sentence)
        self.passphrase.field.setFocus()
        self.passphrase.field.selectAll()

    def _build(self) -> None:
        self.files.setAccessibleName("File")
        self.files.setMinimumContentsLength(20)
        self.files.setMaximumWidth(_WIDTH)
        self._file_label = QLabel("F&ile")
        self._file_label.setBuddy(self.files)
        self._passphrase_label = QLabel("&Passphrase")
        self._passphrase_label.setBuddy(self.passphrase.field)
        inner = QVBoxLayout()
        inner.setSpacing(2 * theme.GRID)
        inner.addWidget(theme.heading("OSCB Desktop", 1))
        inner.addWidget(self.told)
        inner.addWidget(self.typing)
        inner.addWidget(self.warning)
        self.typing.hide()
        self.warning.hide()
        inner.addSpacing(2 * theme.GRID)
        for widget in (
            self._file_label, self.files, self._passphrase_label, self.passphrase, self.work
        ):  # fmt: skip
            inner.addWidget(widget)
        first = QHBoxLayout()
        first.addWidget(self.open_button)
        first.addStretch()
        others = QHBoxLayout()
        for button in (self.other_button, self.new_button, self.sample_button):
            others.addWidget(button)
        others.addStretch()
        inner.addLayout(first)
        inner.addSpacing(4 * theme.GRID)
        inner.addLayout(others)
        middle = QWidget()
        middle.setLayout(inner)
        middle.setFixedWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.addStretch(2)
        row = QHBoxLayout()  # an alignment instead would cut off the lines of a long sentence
        row.addStretch()
        row.addWidget(middle)
        row.addStretch()
        column.addLayout(row)
        column.addStretch(3)

    def _connect(self) -> None:
        self.open_button.setDefault(True)
        self.open_button.clicked.connect(self._open)
        self.passphrase.entered.connect(self._open)
        self.other_button.clicked.connect(self._browse)
        self.new_button.clicked.connect(self.new_wanted)
        self.sample_button.clicked.connect(self.sample_wanted)
        self.files.currentIndexChanged.connect(lambda: self.passphrase.say(""))

    def _show_what_applies(self) -> None:
        any_file = self.files.count() > 0
        for widget in (
            self._file_label, self.files, self._passphrase_label, self.passphrase, self.open_button
        ):  # fmt: skip
            widget.setVisible(any_file)
        self.new_button.setDefault(not any_file)

    def _open(self) -> None:
        path = self.files.currentData()
        if path is None:
            return
        if not self.passphrase.text():
            self.fail("Type the passphrase of this file.")
            return
        self.open_wanted.emit(path, self.passphrase.text())

    def _browse(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, "Open a file", "", "OSCB Desktop (*.oscb);;All files (*)"
        )
        if name:
            self.choose(Path(name))
            self.passphrase.setFocus()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nobody wants to open anything."""
        if not self.may_close():
            event.ignore()
            return
        self.passphrase.clear()
        self.closed.emit()
        super().closeEvent(event)


def _words(row: RecentFile) -> str:
    path = Path(row.path)
    try:
        at = datetime.fromisoformat(row.opened_at)
    except ValueError:
        return f"{path.name}   in {path.parent}"
    return f"{path.name}   last opened {format_date(at.date())} {at:%H:%M}"
