"""A paper's pages onto a printer, straight from memory."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_FINEST_DPI = 300


def ask_printer(document: QPdfDocument, name: str, parent: QWidget) -> QPrinter | None:
    """Ask for the printer and the pages, and return it, or None when nothing is to be printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, document.pageCount()))
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def pages_wanted(document: QPdfDocument, printer: QPrinter) -> range:
    """Return the pages that the printer was asked for, counted from 0; all, if it was not said."""
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    return range(first - 1, min(last, document.pageCount()))


def draw_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draw the pages that the printer was asked for, each as large as its paper allows."""
    pages = pages_wanted(document, printer)
    painter = QPainter(printer)
    area = painter.viewport()
    scale = min(1.0, _FINEST_DPI / printer.resolution())
    for number in pages:
        if number > pages.start:
            printer.newPage()
        size = document.pagePointSize(number)
        size.scale(area.size().toSizeF() * scale, Qt.AspectRatioMode.KeepAspectRatio)
        picture = document.render(number, QSize(int(size.width()), int(size.height())))
        size.scale(area.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (area.width() - size.width()) / 2
        painter.drawImage(QRectF(left, 0, size.width(), size.height()), picture)
    painter.end()
