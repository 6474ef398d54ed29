"""A paper's pages onto a printer, straight from memory."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QWidget

_FINEST_DPI = 300


def ask_and_print(document: QPdfDocument, name: str, parent: QWidget) -> None:
    """Ask for the printer and the pages, and print them."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(name)
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, max(1, document.pageCount()))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        draw_pages(document, printer)


def draw_pages(document: QPdfDocument, printer: QPrinter) -> None:
    """Draw the pages that the printer was asked for, each as large as its paper allows."""
    first, last = printer.fromPage() or 1, printer.toPage() or document.pageCount()
    painter = QPainter(printer)
    area = painter.viewport()
    scale = min(1.0, _FINEST_DPI / printer.resolution())
    for number in range(first - 1, min(last, document.pageCount())):
        if number > first - 1:
            printer.newPage()
        size = document.pagePointSize(number)
        size.scale(area.size().toSizeF() * scale, Qt.AspectRatioMode.KeepAspectRatio)
        picture = document.render(number, QSize(int(size.width()), int(size.height())))
        size.scale(area.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
        left = (area.width() - size.width()) / 2
        painter.drawImage(QRectF(left, 0, size.width(), size.height()), picture)
    painter.end()
