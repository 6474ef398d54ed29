"""The pages of a paper in small, each drawn once it is looked at."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QListView

from oscb_desktop.ui import theme

_LARGEST = QSize(110, 110)
_NOWHERE = QModelIndex()
AnyIndex = QModelIndex | QPersistentModelIndex


class PageModel(QAbstractListModel):
    """One row a page: its number, and its picture once somebody looks."""

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__(document)
        self._document = document
        self._drawn: dict[int, QPixmap] = {}
        self._pages = 0

    def read_again(self) -> None:
        """Take the pages of the document as it is now."""
        self.beginResetModel()
        self._drawn.clear()
        self._pages = self._document.pageCount()
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NOWHERE) -> int:
        """Return how many pages there are."""
        return 0 if parent.isValid() else self._pages

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the number of a page, its name for assistive software, or its picture."""
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return str(index.row() + 1)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"Page {index.row() + 1}"
            case Qt.ItemDataRole.DecorationRole:
                return self._picture(index.row())
        return None

    def _picture(self, page: int) -> QPixmap:
        if page not in self._drawn:
            size = self._document.pagePointSize(page)
            size.scale(_LARGEST.toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
            whole = size.toSize().expandedTo(QSize(1, 1))
            self._drawn[page] = _framed(page_picture(self._document, page, whole))
        return self._drawn[page]


def _framed(picture: QImage) -> QPixmap:
    """Return a page with a line around it, for white stands on white."""
    painter = QPainter(picture)
    painter.setPen(QColor(theme.current().line))
    painter.drawRect(picture.rect().adjusted(0, 0, -1, -1))
    painter.end()
    return QPixmap.fromImage(picture)


class PageList(QListView):
    """A list of the pages in small; ``chosen`` says to which one goes, counted from 0."""

    chosen = Signal(int)

    def __init__(self, document: QPdfDocument) -> None:
        super().__init__()
        self._marking = False
        self.pages = PageModel(document)
        self.setModel(self.pages)
        self.setAccessibleName("Pages")
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setFlow(QListView.Flow.TopToBottom)
        self.setWrapping(False)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setIconSize(_LARGEST)
        line = self.fontMetrics().height()
        self.setGridSize(_LARGEST + QSize(4, line // 4 + 4) * theme.GRID)
        self.setFixedWidth(self.gridSize().width() + 4 * theme.GRID)

    def mark(self, page: int) -> None:
        """Mark the page that is on screen, counted from 0, without going anywhere."""
        self._marking = True
        self.setCurrentIndex(self.pages.index(page))
        self._marking = False

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell of a page that a person went to."""
        super().currentChanged(current, previous)
        if current.isValid() and not self._marking:
            self.chosen.emit(current.row())


def page_picture(document: QPdfDocument, page: int, size: QSize) -> QImage:
    """Return a page on white: what nothing is printed on is clear in what Qt draws."""
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(Qt.GlobalColor.white)
    painter = QPainter(sheet)
    painter.drawImage(0, 0, document.render(page, size))
    painter.end()
    return sheet
