"""The chapters of the annual report in a list, with what is to do about each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from oscb_desktop.domain.date_words import counted
from oscb_desktop.queries.annual_rows import AnnualChapter
from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.badge import SIZE, Tone, sign

_CODE = Qt.ItemDataRole.UserRole
_INDENT = "    "
_ASIDE = SIZE + 40  # pixels of a line that its words do not have


class ChapterList(QListWidget):
    """A line for each chapter, as high as its words need."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Chapters")
        self.setWordWrap(True)
        self.setIconSize(QSize(SIZE, SIZE))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)

    def show_chapters(self, chapters: Iterable[AnnualChapter]) -> None:
        """Show the chapters as they stand; the keyboard stays on its chapter."""
        code = self.code()
        with QSignalBlocker(self):
            self.clear()
            for entry in chapters:
                self.addItem(_item(entry))
        self._fit()
        self.choose(code)

    def code(self) -> str:
        """Return the code of the chapter that is chosen."""
        at = self.currentRow()
        return str(self.item(at).data(_CODE)) if at >= 0 else ""

    def choose(self, code: str) -> None:
        """Choose a chapter, or the first where there is none of that code; tell nobody of it."""
        codes = [self.item(at).data(_CODE) for at in range(self.count())]
        with QSignalBlocker(self):
            self.setCurrentRow(codes.index(code) if code in codes else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = QRect(0, 0, max(80, self.viewport().width() - _ASIDE), 1000)
        flags = int(Qt.TextFlag.TextWordWrap)
        for at in range(self.count()):
            item = self.item(at)
            words = self.fontMetrics().boundingRect(room, flags, item.text()).height()
            height = max(theme.row_height(self), words + 3 * theme.GRID)
            item.setSizeHint(QSize(room.width(), height))


def _item(entry: AnnualChapter) -> QListWidgetItem:
    """Return the line of a chapter: its name, and in words and by a sign what is to do."""
    narrative, said, tone = entry.narrative, [], Tone.GOOD
    if not narrative.typed.strip():
        said.append("no text")
        tone = Tone.PLAIN
    if narrative.moved:
        said.append(f"{counted(len(narrative.moved), 'figure')} moved")
        tone = Tone.WARN
    if narrative.unread:
        said.append(f"{counted(len(narrative.unread), 'figure')} never read")
        tone = Tone.WARN
    if narrative.by_hand:
        said.append(f"{counted(len(narrative.by_hand), 'small number')} typed")
        tone = Tone.WARN
    if narrative.faults:
        said.append(f"{counted(len(narrative.faults), 'figure')} not found")
        tone = Tone.BAD
    indent = _INDENT if entry.chapter.level > 1 else ""
    item = QListWidgetItem(indent + " · ".join((entry.chapter.heading, *said)))
    item.setData(_CODE, entry.chapter.code)
    item.setIcon(sign(tone))
    return item
