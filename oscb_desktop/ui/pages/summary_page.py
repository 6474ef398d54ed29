"""Wording a learning summary: its lines on the left, the paper itself on the right."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import record
from oscb_desktop.queries.summary import BLOCKS, SummaryRow, summary_rows
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.printing import make_learning_summary
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.services.summary import WordSummary
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.latest import refusing
from oscb_desktop.ui.pages.checked_paper import CheckedPaper
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.pages.summary_part import SummaryPart
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.scrolling import scrolled

_PREVIEW = 400  # milliseconds of no typing after which the paper is made anew
_SAVE = 4000  # and after which what is typed is saved


class SummaryPage(ReadingPage):
    """The learning summary of one review; what is typed is saved by itself."""

    reads = frozenset(
        {"summary_line", "review", "finding", "recommendation", "limb", "learning_point"}
    )

    tab_as_read = True

    def __init__(self, context: Context, wanted: Mapping[str, str]) -> None:
        super().__init__(context, "Learning summary")
        self.review = int(wanted["review"])
        self.parts: dict[str, SummaryPart] = {}
        self.about = quiet("")
        self.length = quiet("")
        self.print_button = button("Print or save…")
        self.review_button = button("Open the review")
        self.paper = CheckedPaper(context)
        self._reference = ""
        told = refusing(self._show_nothing, "This paper could not be made.")
        self._making = self.reading("Making the learning summary", told)
        self._saving = False
        self._preview = QTimer(self, interval=_PREVIEW, singleShot=True)
        self._save = QTimer(self, interval=_SAVE, singleShot=True)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the lines again, unless something typed here is not saved yet."""
        read = self.context.operations.read
        row = read(record, "review", self.review)
        if row is None or row.withdrawn_at is not None:
            self.setEnabled(False)
            self.about.setText("This review is in the bin. Bring it back first.")
            return
        self.setEnabled(True)
        self._reference = row.words("reference")
        self.about.setText(
            f"{row.title}. What you word here leaves the records as they are; it is saved as you "
            "type. Alt with an arrow moves a line."
        )
        self._show(read(summary_rows, self.review))
        self._make()

    def unsaved(self) -> bool:
        """Whether something is typed that is not saved yet."""
        return any(part.is_dirty for part in self.parts.values())

    def save_now(self) -> bool:
        """Save what is typed; return whether all of it is saved."""
        self._save.stop()
        self.fault.clear()
        for part in self.parts.values():
            if part.is_dirty and not self._save_part(part):
                return False
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Save before the page is left; the paper is made anew when it is seen again."""
        super().hideEvent(event)
        self.save_now()
        self._preview.stop()
        self._stale = True

    def _save_part(self, part: SummaryPart) -> bool:
        operations = self.context.operations
        self._saving = True
        try:
            operations.write(WordSummary(self.review, part.block, part.worded()))
        except UserError as refused:
            self.fault.setText(refused.sentence)
            return False
        finally:
            self._saving = False
        rows = operations.read(summary_rows, self.review)
        part.saved(tuple(row for row in rows if row.block == part.block))
        return True

    def _build(self) -> None:
        self.head.addWidget(self.review_button)
        self.head.addWidget(self.print_button)
        self.column.addWidget(self.about)
        self.column.addWidget(self.fault)
        inner = QWidget()
        self._parts = QVBoxLayout(inner)
        self._parts.setContentsMargins(0, 0, 3 * theme.GRID, 0)
        self._parts.setSpacing(4 * theme.GRID)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.length)
        column.addWidget(self.paper, 1)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(scrolled(inner))
        halves.addWidget(right)
        halves.setSizes([520, 560])
        self.column.addWidget(halves, 1)

    def _connect(self) -> None:
        go = self.context.navigation
        self.review_button.clicked.connect(lambda: go.open_record("review", self.review))
        self.print_button.clicked.connect(self._go_and_print)
        self._preview.timeout.connect(self._make)
        self._save.timeout.connect(self.save_now)
        shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.save_now)

    def _go_and_print(self) -> None:
        if self.save_now():
            wanted = {"paper": "learning_summary", "review": str(self.review)}
            self.context.navigation.open_page("print", wanted)

    def _show(self, rows: tuple[SummaryRow, ...]) -> None:
        for block in BLOCKS:
            mine = tuple(row for row in rows if row.block == block)
            part = self.parts.get(block)
            if part is None:
                part = self.parts[block] = SummaryPart(block, mine)
                part.edited.connect(self._on_edited)
                self._parts.addWidget(part)
            elif not part.is_dirty and part.worded() != mine:
                part.show_rows(mine)
        self.begins_at = self._first_field()

    def _first_field(self) -> QWidget:
        lines = (line for part in self.parts.values() for line in part.lines)
        first = next(lines, None)
        return self.parts[BLOCKS[0]].add if first is None else first.text

    def _on_edited(self) -> None:
        self._preview.start()
        self._save.start()

    def _on_changed(self, changes: Changes) -> None:
        if not self._saving:
            super()._on_changed(changes)

    def _make(self) -> None:
        """Make the paper on the worker of what is typed; an older one is forgotten."""
        store, reference = self.context.operations.store, self._reference
        rows = tuple(row for part in self.parts.values() for row in part.worded())
        self._making.start(lambda: make_learning_summary(store, reference, worded=rows), self._made)

    def _show_nothing(self, sentence: str) -> None:
        self.length.setText("")
        self.paper.clear(sentence)

    def _made(self, made: MadePaper) -> None:
        self.paper.show_paper(made, self._reference)
        self.length.setText(f"{counted(made.pages, 'page')}.")
