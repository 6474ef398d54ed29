"""A paper's pages onto a printer, straight from memory."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPageLayout, QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from oscb_desktop.services.releases import Copy

_FINEST_DPI = 300


def ask_printer(document: QPdfDocument, name: str, parent: QWidget) -> QPrinter | None:
    """Ask for the printer and the pages, and return it, or None when nothing is to be printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    set_up(printer, document)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, document.pageCount()))
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def set_up(printer: QPrinter, document: QPdfDocument) -> None:
    """Set a printer up for a paper: upright or across as its first page, and on both sides."""
    printer.setPageOrientation(_orientation(across=_lies_across(document, 0)))
    printer.setDuplex(sides_of(document))


def sides_of(document: QPdfDocument) -> QPrinter.DuplexMode:
    """Return over which edge its sheets turn, so that the back is never upside down.

    Over the long edge; those that lie across, over the short one.
    """
    across = _lies_across(document, 0)
    modes = QPrinter.DuplexMode
    return modes.DuplexShortSide if across else modes.DuplexLongSide


def pages_wanted(document: QPdfDocument, printer: QPrinter) -> range:
    """Return the pages that the printer was asked for, counted from 0; all, if it was not said."""
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    return range(first - 1, min(last, document.pageCount()))


def with_copies(copy: Copy, copies: int) -> Copy:
    """Return the copy with how many the printer makes of it, where that is more than one."""
    if copies < 2:
        return copy
    number = copy.number.strip()
    return replace(copy, number=f"{number} ({copies} copies)" if number else f"{copies} copies")


def draw_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draw the pages that the printer was asked for, each as large as its paper allows."""
    pages = pages_wanted(document, printer)
    if not pages:
        return
    printer.setPageOrientation(_orientation(across=_lies_across(document, pages.start)))
    painter = QPainter(printer)
    for number in pages:
        if number > pages.start:
            printer.setPageOrientation(_orientation(across=_lies_across(document, number)))
            printer.newPage()
        _draw(document, number, painter, printer)
    painter.end()


def _draw(document: QPdfDocument, number: int, painter: QPainter, printer: QPrinter) -> None:
    area = printer.pageLayout().paintRectPixels(printer.resolution()).size().toSizeF()
    scale = min(1.0, _FINEST_DPI / printer.resolution())
    size = document.pagePointSize(number)
    size.scale(area * scale, Qt.AspectRatioMode.KeepAspectRatio)
    picture = document.render(number, QSize(int(size.width()), int(size.height())))
    size.scale(area, Qt.AspectRatioMode.KeepAspectRatio)
    left = (area.width() - size.width()) / 2
    painter.drawImage(QRectF(left, 0, size.width(), size.height()), picture)


def _lies_across(document: QPdfDocument, number: int) -> bool:
    size = document.pagePointSize(number)
    return size.width() > size.height()


def _orientation(*, across: bool) -> QPageLayout.Orientation:
    kinds = QPageLayout.Orientation
    return kinds.Landscape if across else kinds.Portrait
