"""What the check of a paper found, in words and line by line; each line leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from oscb_desktop.domain.disclosure.findings import Finding, whose_words
from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import quiet, shortened, words

_MOST_ROWS = 4
_LONG = 160


class FindingsBox(QWidget):
    """A sentence, and the findings below it where there are any.

    ``led_to`` carries the page, counted from 1, and the words on it.
    """

    led_to = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.said = words("")
        self.list = QListWidget()
        self.unread = quiet("")
        self._findings: tuple[Finding, ...] = ()
        self.list.setAccessibleName("What was found in the paper")
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for widget in (self.said, self.list, self.unread):
            column.addWidget(widget)
        self.list.currentRowChanged.connect(self._lead)
        self.list.itemClicked.connect(lambda item: self._lead(self.list.row(item)))
        self.list.itemActivated.connect(lambda item: self._lead(self.list.row(item)))
        self.say("")

    def say(self, sentence: str, *, warns: bool = False) -> None:
        """Say a sentence alone, with no findings below it."""
        self.tell(sentence, (), (), warns=warns)

    def tell(
        self, sentence: str, findings: Sequence[Finding], unread: Sequence[str], *, warns: bool
    ) -> None:
        """Say what was found, line by line, and what could not be read."""
        self._findings = tuple(findings)
        self.said.setText(sentence)
        self.said.setProperty("look", "fault" if warns else "muted")
        self.said.style().polish(self.said)
        self.said.setVisible(bool(sentence))
        self.list.blockSignals(True)
        self.list.clear()
        for finding in self._findings:
            item = QListWidgetItem(_line(finding), self.list)
            item.setToolTip(f"<p>{escape(shortened(finding.sentence, 2 * _LONG))}</p>")
        self.list.blockSignals(False)
        self.list.setVisible(bool(self._findings))
        row = max(self.list.sizeHintForRow(0), theme.row_height(self.list))
        self.list.setFixedHeight(min(len(self._findings), _MOST_ROWS) * row + 2 * theme.GRID)
        self.unread.setText(" ".join(unread))
        self.unread.setVisible(bool(unread))

    def _lead(self, at: int) -> None:
        if 0 <= at < len(self._findings) and self._findings[at].page is not None:
            self.led_to.emit(self._findings[at].page, self._findings[at].words)


def _line(finding: Finding) -> str:
    """Return a finding on one line: where, what, whose, and a sentence."""
    whose = f", {whose_words(finding.whose)}" if finding.whose else ""
    where = f"{finding.place}, line {finding.line}"
    return shortened(f"{where} · {finding.kind}{whose} · {finding.sentence}", _LONG)
