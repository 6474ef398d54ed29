"""E-mails that were just made: each in a line, to be copied or opened in an e-mail program."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.services.chasing import Letter
from oscb_desktop.ui import clipboard
from oscb_desktop.ui.widgets.labels import button, words


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One e-mail, to which agency, and what the line says of it."""

    agency: str
    told: str
    letter: Letter


class LetterLines(QWidget):
    """A line for each e-mail, with its two buttons.

    ``may_leave`` checks and notes one that was not when it was made, and says whether it may.
    """

    def __init__(
        self,
        lines: Iterable[LetterLine],
        may_leave: Callable[[LetterLine], bool] = lambda _line: True,
    ) -> None:
        super().__init__()
        self._may_leave = may_leave
        self.copy_buttons: list[QPushButton] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        for line in lines:
            rows.addLayout(self._line(line))

    def _line(self, line: LetterLine) -> QHBoxLayout:
        row = QHBoxLayout()
        to = "; ".join(line.letter.to) or "no e-mail address is recorded"
        row.addWidget(words(f"{line.told} To: {to}"), 1)
        copy = button("Copy e-mail", f"Copy the e-mail to {line.agency}")
        copy.clicked.connect(lambda: self._copy(line))
        opened = button("Open in e-mail", f"Open the e-mail to {line.agency}")
        opened.clicked.connect(lambda: self._open(line))
        row.addWidget(copy)
        row.addWidget(opened)
        self.copy_buttons.append(copy)
        return row

    def _copy(self, line: LetterLine) -> None:
        if self._may_leave(line):
            clipboard.put(line.letter.words())

    def _open(self, line: LetterLine) -> None:
        if self._may_leave(line):
            QDesktopServices.openUrl(QUrl(line.letter.mailto()))
