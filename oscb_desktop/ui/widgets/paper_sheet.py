"""The sheets of a paper below one another, as they print, in any size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWheelEvent
from PySide6.QtPdf import QPdfDocument, QPdfLink
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QLabel

ZOOMS = (50, 75, 100, 125, 150, 200, 300, 400)
"""The sizes in percent that one steps through."""

_POINTS = 72
_DRAWN_IN = 120  # milliseconds in which Qt draws the pages in sight
_MIDDLE = 0.38  # of the view, above words that are led to


class PaperSheet(QPdfView):
    """All pages of a document in one column; ``resized`` tells of another size."""

    resized = Signal()

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self.setAccessibleName("Preview of the paper")
        self.setPageMode(QPdfView.PageMode.MultiPage)
        self.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.setDocument(document)
        self._before = QLabel(self.viewport())
        self._before.hide()
        self._drawing = QTimer(self, interval=_DRAWN_IN, singleShot=True)
        self._drawing.timeout.connect(self._before.hide)

    def stay_until_drawn(self) -> None:
        """Go on showing what is on screen while pages made anew are drawn, so nothing flickers."""
        self._before.setPixmap(self.viewport().grab())
        self._before.resize(self.viewport().size())
        self._before.show()
        self._drawing.start()

    def page(self) -> int:
        """Return the page on screen, counted from 0."""
        return self.pageNavigator().currentPage()

    def go_to(self, page: int, words: QPdfLink | None = None) -> None:
        """Bring a page to the top, or words on it to a bit above the middle."""
        above = 0
        if words is not None:
            tall = self.document().pagePointSize(page).height()
            share = words.location().y() / max(1.0, tall)
            above = int(share * self._size(page).height() - _MIDDLE * self.viewport().height())
        self.verticalScrollBar().setValue(self.top_of(page) + max(0, above))

    def percent(self) -> float:
        """Return how large the page on screen is, 100 for its size on paper."""
        if self.zoomMode() is QPdfView.ZoomMode.Custom:
            return round(100 * self.zoomFactor(), 2)
        page = max(0, self.page())
        whole = self.document().pagePointSize(page).width() * _dots()
        return 100 * self._size(page).width() / whole if whole else 100

    def step(self, by: int) -> None:
        """Make the pages larger, by 1, or smaller, by -1."""
        now = self.percent()
        steps = [size for size in ZOOMS if (size > now + 1 if by > 0 else size < now - 1)]
        if steps:
            self.set_percent(steps[0] if by > 0 else steps[-1])

    def set_percent(self, percent: int) -> None:
        """Show the pages in a size; what is at the top stays there."""
        self._resize(QPdfView.ZoomMode.Custom, percent / 100)

    def fit(self, mode: QPdfView.ZoomMode) -> None:
        """Show the pages as wide as the view, or whole; what is at the top stays there."""
        self._resize(mode, self.zoomFactor())

    def _resize(self, mode: QPdfView.ZoomMode, factor: float) -> None:
        page = self._first_in_sight()
        passed = self.verticalScrollBar().value() - self.top_of(page)
        share = passed / max(1, self._size(page).height())
        self.setZoomMode(mode)
        self.setZoomFactor(factor)
        down = int(max(0.0, share) * self._size(page).height())
        self.verticalScrollBar().setValue(self.top_of(page) + down)
        self.resized.emit()

    def _first_in_sight(self) -> int:
        page = max(0, self.page())
        while page > 0 and self.top_of(page) > self.verticalScrollBar().value():
            page -= 1
        return page

    def top_of(self, page: int) -> int:
        """Return how far down a page begins, in pixels: where Qt's view lays it out."""
        above = sum(self._size(number).height() + self.pageSpacing() for number in range(page))
        return above + (self.documentMargins().top() if page else 0)

    def _size(self, page: int) -> QSize:
        """Return how large a page is on screen, in pixels, as Qt's view reckons it."""
        whole = self.document().pagePointSize(page) * _dots()
        margins, area = self.documentMargins(), self.viewport().size()
        across = area.width() - margins.left() - margins.right()
        match self.zoomMode():
            case QPdfView.ZoomMode.FitToWidth:
                size = whole.toSize()
                return size * (across / max(1, size.width()))
            case QPdfView.ZoomMode.FitInView:
                within = QSize(across, area.height() - self.pageSpacing())
                return whole.toSize().scaled(within, Qt.AspectRatioMode.KeepAspectRatio)
            case _:
                return (whole * self.zoomFactor()).toSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the first and the last page too."""
        match event.key():
            case Qt.Key.Key_Home:
                self.verticalScrollBar().setValue(0)
            case Qt.Key.Key_End:
                self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())
            case _:
                super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Make the pages larger and smaller with Ctrl held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.step(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)


def _dots() -> float:
    """Return how many pixels of the screen a point of the paper is, at 100 %."""
    return QGuiApplication.primaryScreen().logicalDotsPerInch() / _POINTS
