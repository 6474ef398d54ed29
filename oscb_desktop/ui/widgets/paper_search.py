"""The search in a paper: what is typed is marked on its pages, and counted."""

from __future__ import annotations

import re

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtPdf import QPdfDocument, QPdfLink, QPdfSearchModel
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import button
from oscb_desktop.ui.widgets.paper_sheet import PaperSheet

_SHORTEST = 3  # letters of a piece by which words that are split over lines are still found


class FindBar(QWidget):
    """A field, how many places were found, and the way from one to the next.

    Pages are searched one at a time from the one on screen, so that the window never stands still.
    """

    closed = Signal()

    def __init__(self, sheet: PaperSheet, document: QPdfDocument) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.told = theme.styled(QLabel(), "muted")
        self.before_button = button("Previous", "Previous place")
        self.next_button = button("Next", "Next place")
        self.close_button = button("Close", "Close the search")
        self._sheet = sheet
        self._document = document
        self._hits = QPdfSearchModel(self)
        self._hits.setDocument(document)
        self._to_search: list[int] = []
        self._current: QPdfLink | None = None
        self._turn = QTimer(self, interval=0)
        sheet.setSearchModel(self._hits)
        self._build()
        self._connect()

    def begin(self) -> None:
        """Show the field with the keyboard in it, what was typed before ready to be typed over."""
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def close_search(self) -> None:
        """Take the marks off the pages and give the keyboard back."""
        self.field.clear()
        self._search("", moving=False)
        self.hide()
        self.closed.emit()

    def search_again(self) -> None:
        """Search the document as it is now; what is on screen stays there."""
        self._hits.setSearchString("")
        self._search(self.field.text(), moving=False)

    def step(self, by: int) -> None:
        """Go to the next place found, or with -1 to the one before; after the last, the first."""
        if self.count():
            at = self._place()
            self._go_to((at + by) % self.count() if at >= 0 else min(by - 1, 0) % self.count())

    def count(self) -> int:
        """Return how many places were found so far."""
        return self._hits.rowCount(QModelIndex())

    @property
    def is_searching(self) -> bool:
        """Whether there are pages still to be searched."""
        return bool(self._to_search)

    def point_at(self, page: int, words: str) -> bool:
        """Mark words on a page, counted from 0, and lead there; False where they are not found.

        Words that are split over lines are found by their longest piece.
        """
        pieces = sorted(re.split(r"[\s\-\u00ad\u2010]+", words), key=len, reverse=True)
        for sought in (words, *(piece for piece in pieces if len(piece) >= _SHORTEST)):
            self._search(sought, moving=False)
            found = self._hits.resultsOnPage(page)
            if found:
                self._current = found[0]
                self._sheet.go_to(page, found[0])
                self._tell()
                return True
        self._search("", moving=False)
        return False

    def _search(self, sought: str, *, moving: bool) -> None:
        """Search from the page on screen; ``moving`` leads to the first place found."""
        self._current = None
        self._moving = moving
        self._hits.setSearchString(sought)
        pages, here = self._document.pageCount(), max(0, self._sheet.page())
        self._to_search = [*range(here, pages), *range(here)] if sought else []
        if self._to_search:
            self._turn.start()
        else:
            self._turn.stop()
        self._tell()

    def _search_a_page(self) -> None:
        page = self._to_search.pop(0)
        found = self._hits.resultsOnPage(page)
        if found and self._moving:
            self._moving = False
            self._current = found[0]
            self._sheet.go_to(page, found[0])
        if not self._to_search:
            self._turn.stop()
        self._tell()

    def _go_to(self, at: int) -> None:
        self._current = self._hits.resultAtIndex(at)
        self._sheet.go_to(self._current.page(), self._current)
        self._tell()

    def _place(self) -> int:
        """Return the place of what is led to among all that was found so far, -1 for none."""
        if self._current is None:
            return -1
        wanted = self._current.page(), self._current.location()
        for at in range(self.count()):
            link = self._hits.resultAtIndex(at)
            if (link.page(), link.location()) == wanted:
                return at
        return -1

    def _tell(self) -> None:
        """Say how many places were found, and mark the one that was led to."""
        at, count = self._place(), self.count()
        self._sheet.setCurrentSearchResultIndex(at)
        sought = self._hits.searchString()
        if not sought:
            said = ""
        elif self._to_search:
            said = f"{count} so far…"
        elif not count:
            said = "Not found"
        else:
            said = f"{at + 1} of {count}" if at >= 0 else f"{count} found"
        self.told.setText(said)
        for each in (self.before_button, self.next_button):
            each.setEnabled(count > 0)

    def _build(self) -> None:
        self.field.setAccessibleName("Search in the paper")
        self.field.setPlaceholderText("Search in the paper")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self.field, 1)
        for widget in (self.told, self.before_button, self.next_button, self.close_button):
            row.addWidget(widget)
        self.hide()

    def _connect(self) -> None:
        self._turn.timeout.connect(self._search_a_page)
        self.field.textEdited.connect(lambda text: self._search(text.strip(), moving=True))
        self.field.returnPressed.connect(lambda: self.step(1))
        self.before_button.clicked.connect(lambda: self.step(-1))
        self.next_button.clicked.connect(lambda: self.step(1))
        self.close_button.clicked.connect(self.close_search)
