"""A paper on screen, from memory alone: its pages as they print, zoom, search, pages in small.

``show_paper(data)`` shows a PDF and keeps the place where it is the same paper made anew;
``clear(sentence)`` shows a sentence in its place; ``point_at(page, words)`` leads to words on it;
``document`` is what is shown, for a printer.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.paper_pages import PageList
from oscb_desktop.ui.widgets.paper_search import FindBar
from oscb_desktop.ui.widgets.paper_sheet import ZOOMS, PaperSheet

_UNREADABLE = "This PDF cannot be shown."
_FITS = {"Fit width": QPdfView.ZoomMode.FitToWidth, "Whole page": QPdfView.ZoomMode.FitInView}


class PaperView(QWidget):
    """The pages of a PDF, and above them where one is, how large, and what is searched for.

    Keys, while the keyboard is in it: Ctrl++, Ctrl+-, Ctrl+0 (fit width), Ctrl+F, F3, Shift+F3.
    """

    def __init__(self) -> None:
        super().__init__()
        self.document = QPdfDocument(self)
        self.sheet = PaperSheet(self.document)
        self.find_bar = FindBar(self.sheet, self.document)
        self.list = PageList(self.document)
        self.pages_button = button("Pages", "Show the pages in small")
        self.page_field = QSpinBox()
        self.page_count = QLabel()
        self.zoom = QComboBox()
        self.smaller_button = button("−", "Smaller")
        self.larger_button = button("+", "Larger")
        self.find_button = button("Find", "Search in the paper")
        self._instead = quiet("")
        self._stack = QStackedWidget()
        self._buffer = QBuffer(self)
        self._about = ""
        self._build()
        self._connect()
        self.installEventFilter(self)
        self.clear()

    def show_paper(self, data: bytes, about: str = "") -> None:
        """Show a PDF; page and size stay where it is about the same thing as the one before."""
        is_same = about == self._about and self.document.pageCount() > 0
        kept = self.sheet.verticalScrollBar().value() if is_same else 0
        if is_same and self.sheet.isVisible():
            self.sheet.stay_until_drawn()
        self._about = about
        self._load(data)
        if self.document.status() is not QPdfDocument.Status.Ready:
            self.clear(_UNREADABLE)
            return
        self._stack.setCurrentWidget(self.sheet)
        self.sheet.verticalScrollBar().setValue(kept)
        self._take_pages()

    def clear(self, sentence: str = "") -> None:
        """Show a sentence in place of a paper."""
        self._load(b"")
        self._instead.setText(sentence)
        self._stack.setCurrentWidget(self._instead)
        self._take_pages()

    def point_at(self, page: int, words: str = "") -> None:
        """Bring a page, counted from 1, to the top, and mark words on it where they are found."""
        if not words or not self.find_bar.point_at(page - 1, words):
            self.sheet.go_to(page - 1)

    def _load(self, data: bytes) -> None:
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        if data:
            self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
            self.document.load(self._buffer)

    def _take_pages(self) -> None:
        """Offer as many pages as there are, and search them for what was typed."""
        pages = self.document.pageCount()
        for widget in (*self._tools, self.list):
            widget.setEnabled(pages > 0)
        for number in (self.page_field, self.page_count):
            number.setVisible(pages > 0)
        self.list.pages.read_again()
        self.page_field.blockSignals(True)
        self.page_field.setRange(min(1, pages), pages)
        self.page_field.blockSignals(False)
        self.page_count.setText(f"of {pages}")
        self.find_bar.search_again()
        self._say_page()
        self._say_size()

    def _say_page(self) -> None:
        page = self.sheet.page()
        self.list.mark(page)
        if not self.page_field.hasFocus():
            self.page_field.blockSignals(True)
            self.page_field.setValue(page + 1)
            self.page_field.blockSignals(False)

    def _say_size(self) -> None:
        """Show in the box how large the pages are: as they fit, or in percent."""
        mode = self.sheet.zoomMode()
        wanted = round(self.sheet.percent()) if mode is QPdfView.ZoomMode.Custom else mode.name
        self.zoom.setCurrentIndex(self.zoom.findData(wanted))

    def _resize_pages(self) -> None:
        wanted = self.zoom.currentData()
        if isinstance(wanted, int):
            self.sheet.set_percent(wanted)
        else:
            self.sheet.fit(QPdfView.ZoomMode[wanted])

    def _fold_pages(self) -> None:
        self.list.setVisible(self.pages_button.isChecked())
        self.list.mark(self.sheet.page())

    def _build(self) -> None:
        self.list.hide()
        self.pages_button.setCheckable(True)
        self.page_field.setAccessibleName("Page")
        self.page_field.lineEdit().setAccessibleName("Page")
        self.page_field.setKeyboardTracking(False)
        self.page_field.setAlignment(Qt.AlignmentFlag.AlignRight)
        digits = self.page_field.fontMetrics().horizontalAdvance("0000")
        self.page_field.setFixedWidth(digits + 6 * theme.GRID)
        self.zoom.setAccessibleName("Size")
        for words, mode in _FITS.items():
            self.zoom.addItem(words, mode.name)
        for percent in ZOOMS:
            self.zoom.addItem(f"{percent} %", percent)
        self.smaller_button.setToolTip("Smaller (Ctrl+-)")
        self.larger_button.setToolTip("Larger (Ctrl++)")
        self.find_button.setToolTip("Search in the paper (Ctrl+F)")
        self._instead.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack.addWidget(self.sheet)
        self._stack.addWidget(self._instead)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(self._bar())
        column.addWidget(self.find_bar)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        column.addLayout(row, 1)

    def _bar(self) -> QHBoxLayout:
        """Return the line of tools above the pages."""
        self._tools = (
            self.pages_button,
            self.page_field,
            self.page_count,
            self.smaller_button,
            self.zoom,
            self.larger_button,
            self.find_button,
        )
        bar = QHBoxLayout()
        bar.setSpacing(2 * theme.GRID)
        for widget in self._tools:
            bar.addWidget(widget)
            if widget is self.page_count:
                bar.addStretch()
        for narrow in (self.smaller_button, self.larger_button):
            narrow.setFixedWidth(narrow.fontMetrics().horizontalAdvance("+") + 8 * theme.GRID)
        return bar

    def _connect(self) -> None:
        self.pages_button.toggled.connect(lambda _checked: self._fold_pages())
        self.page_field.valueChanged.connect(lambda page: self.sheet.go_to(page - 1))
        self.page_field.editingFinished.connect(self._say_page)
        self.zoom.activated.connect(lambda _place: self._resize_pages())
        self.smaller_button.clicked.connect(lambda: self.sheet.step(-1))
        self.larger_button.clicked.connect(lambda: self.sheet.step(1))
        self.find_button.clicked.connect(self.find_bar.begin)
        self.find_bar.closed.connect(self.sheet.setFocus)
        self.sheet.resized.connect(self._say_size)
        self.sheet.pageNavigator().currentPageChanged.connect(lambda _page: self._say_page())
        self.list.chosen.connect(self.sheet.go_to)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim Ctrl+F before the menu has it: inside a paper it searches the paper."""
        is_claim = event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent)
        if is_claim and isinstance(event, QKeyEvent) and _is_find(event):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom, search and step through what was found, wherever inside the keyboard is."""
        if not self._act_on(event):
            super().keyPressEvent(event)

    def _act_on(self, event: QKeyEvent) -> bool:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if not self.document.pageCount():
            return False
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if control:
                self.sheet.step(1)
            case Qt.Key.Key_Minus if control:
                self.sheet.step(-1)
            case Qt.Key.Key_0 if control:
                self.sheet.fit(QPdfView.ZoomMode.FitToWidth)
            case Qt.Key.Key_F if control:
                self.find_bar.begin()
            case Qt.Key.Key_F3:
                back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
                self.find_bar.step(-1 if back else 1)
            case Qt.Key.Key_Escape if self.find_bar.isVisible():
                self.find_bar.close_search()
            case _:
                return False
        return True


def _is_find(event: QKeyEvent) -> bool:
    return event.key() == Qt.Key.Key_F and event.modifiers() == Qt.KeyboardModifier.ControlModifier
