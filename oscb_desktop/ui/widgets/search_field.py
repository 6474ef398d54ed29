"""The one search field: results drop down as one types, and Enter opens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from oscb_desktop.queries.search import SearchHit, search
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.annual.way import open_chapter

_MOST_LINES = 12
_PAGE = "page"
_PAGES = {"Annual report": "annual", "Breakdowns and comparison of years": "breakdowns"}
"""Pages that are looked for by their names; those of the sidebar are in sight."""
_NOTHING = "Nothing found. The beginnings of words are searched, in everything but identities."


class SearchField(QLineEdit):
    """A field over everything in the file; ``Navigation`` opens what is chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._hits: tuple[SearchHit, ...] = ()
        self.drop = QFrame()
        self.drop.setObjectName("hits")
        self.drop.setWindowFlags(Qt.WindowType.ToolTip)
        self.drop.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.list = QListWidget(self.drop)
        self._build()
        self.textEdited.connect(self._on_edited)
        self.returnPressed.connect(self._open_current)
        self.list.itemClicked.connect(self._open)

    def begin(self) -> None:
        """Take the keyboard, with what was typed before ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def _build(self) -> None:
        self.setPlaceholderText("Search everything (Ctrl+F)")
        self.setAccessibleName("Search everything")
        self.setClearButtonEnabled(True)
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        column = QVBoxLayout(self.drop)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.list)

    def _on_edited(self, typed: str) -> None:
        if not typed.strip():
            self.drop.hide()
            return
        self._hits = (*_pages(typed), *self._context.operations.read(search, typed))
        self.list.clear()
        for hit in self._hits:
            self.list.addItem(QListWidgetItem(f"{_one_line(hit.title)}   ·   {hit.label}"))
        if not self._hits:
            nothing = QListWidgetItem(_NOTHING)
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0 if self._hits else -1)
        self._place()

    def _place(self) -> None:
        lines = min(self.list.count(), _MOST_LINES)
        height = lines * max(self.list.sizeHintForRow(0), theme.GRID * 5) + 4
        below = self.mapToGlobal(QPoint(0, self.height() + 2))
        self.drop.setGeometry(below.x(), below.y(), max(self.width(), 420), height)
        self.drop.show()

    def _move(self, by: int) -> None:
        if self._hits and self.drop.isVisible():
            at = (self.list.currentRow() + by) % len(self._hits)
            self.list.setCurrentRow(at)

    def _open_current(self) -> None:
        if self.drop.isVisible() and self.list.currentItem() is not None:
            self._open(self.list.currentItem())

    def _open(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if row >= len(self._hits):
            return
        hit = self._hits[row]
        self.drop.hide()
        if hit.kind == _PAGE:
            self._context.navigation.open_page(_PAGES[hit.title])
        elif hit.kind == "narrative":
            open_chapter(self._context, hit.record_id)
        else:
            self._context.navigation.open_record(hit.kind, hit.record_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through what was found with the arrows, and leave it with Esc."""
        match event.key():
            case Qt.Key.Key_Down:
                self._move(1)
            case Qt.Key.Key_Up:
                self._move(-1)
            case Qt.Key.Key_Escape:
                self.drop.hide()
                self.clear()
            case _:
                super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Put the results away."""
        super().focusOutEvent(event)
        self.drop.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """Put the results away with the window."""
        self.drop.hide()


def _pages(typed: str) -> tuple[SearchHit, ...]:
    """Return the pages in whose name each typed word begins a word."""
    wanted = typed.casefold().split()
    return tuple(
        SearchHit(_PAGE, 0, title, "Page")
        for title in _PAGES
        if all(any(own.startswith(word) for own in title.casefold().split()) for word in wanted)
    )


def _one_line(title: str) -> str:
    shown = " ".join(title.split())
    return shown if len(shown) <= 90 else shown[:89] + "…"
