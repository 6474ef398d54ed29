"""One chapter of the annual report on screen: its text above, its live content below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.figure_words import Spoken
from oscb_desktop.queries.annual_rows import AnnualChapter, Block
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.annual.blocks_view import block_view
from oscb_desktop.ui.pages.annual.text import ChapterText
from oscb_desktop.ui.tables.grid_table import Asked
from oscb_desktop.ui.widgets.labels import heading, quiet
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import scrolled

Say = Callable[[str, Callable[[tuple[Spoken, ...]], None]], None]


class ChapterView(QWidget):
    """A chapter; what is typed in it stays when it is read again."""

    opened = Signal(object)

    def __init__(self, context: Context, year: str, entry: AnnualChapter, say: Say) -> None:
        super().__init__()
        self.year = year
        self.code = entry.chapter.code
        self.text = ChapterText(context, year, self.code, entry.narrative, say)
        self.text.opened.connect(self.opened)
        self.blocks: QWidget | None = None
        self._shown: tuple[Block, ...] | None = None
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 3 * theme.GRID, 3 * theme.GRID)
        self._column.setSpacing(3 * theme.GRID)
        self._column.addWidget(heading(entry.chapter.heading))
        if entry.chapter.about:
            self._column.addWidget(quiet(entry.chapter.about))
        self._column.addWidget(self.text)
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(2 * theme.GRID, 0, 0, 0)
        whole.addWidget(scrolled(inner))
        self.show_chapter(entry)

    def unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        return self.text.form.unsaved()

    def show_chapter(self, entry: AnnualChapter) -> None:
        """Show the chapter as it stands now; only what changed is made anew."""
        self.text.show_narrative(entry.narrative)
        if entry.blocks == self._shown:
            return
        self._shown = entry.blocks
        old, self.blocks = self.blocks, self._made(entry.blocks)
        put_away(old, self._column)
        if self.blocks is not None:
            self._column.insertWidget(self._column.count() - 1, self.blocks)
            self.blocks.show()

    def _made(self, blocks: tuple[Block, ...]) -> QWidget | None:
        if not blocks:
            return None
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5 * theme.GRID)
        for block in blocks:
            column.addWidget(block_view(block, self.year, self._open))
        return whole

    def _open(self, asked: Asked) -> None:
        self.opened.emit(asked)
