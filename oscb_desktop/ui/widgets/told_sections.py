"""Sections of a document read on the screen, as its paper would tell them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.documents import Section
from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.facts import Facts
from oscb_desktop.ui.widgets.labels import heading, selectable, strong
from oscb_desktop.ui.widgets.small_table import Line, SmallTable


class ToldSections(QWidget):
    """A column of sections, one under another; nothing in it can be changed."""

    def __init__(self, sections: Iterable[Section]) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 4 * theme.GRID, 6 * theme.GRID)
        self._column.setSpacing(2 * theme.GRID)
        for section in sections:
            self._tell(section, 0)
        self._column.addStretch(1)

    def _tell(self, section: Section, depth: int) -> None:
        if section.title:
            self._column.addSpacing((3 - min(depth, 2)) * theme.GRID)
            look = selectable(section.title, "heading2") if depth < 1 else strong(section.title)
            self._column.addWidget(look)
        if section.facts:
            self._column.addWidget(Facts((fact.label, fact.value) for fact in section.facts))
        for words in section.paragraphs:
            self._column.addWidget(selectable(words))
        for table in section.tables:
            lines = [Line(place, row) for place, row in enumerate(table.rows)]
            widest = max(range(len(table.headings)), key=lambda at: _letters(table.rows, at))
            named = table.caption or section.title
            if table.caption:
                self._column.addWidget(heading(table.caption))
            self._column.addWidget(SmallTable(named, table.headings, lines, widest))
        for below in section.subsections:
            self._tell(below, depth + 1)


def _letters(rows: Iterable[tuple[str, ...]], at: int) -> int:
    return sum(len(row[at]) for row in rows if at < len(row))
