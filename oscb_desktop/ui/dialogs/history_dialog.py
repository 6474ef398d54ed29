"""The whole history of a record in a window of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.pages.history_page import HistoryView
from oscb_desktop.ui.widgets.labels import button
from oscb_desktop.ui.widgets.scrolling import scrolled


class HistoryDialog(QDialog):
    """Everything that happened to one record, newest first."""

    def __init__(
        self,
        context: Context,
        kind: str,
        record_id: int,
        *,
        unlocked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("History")
        self.view = HistoryView(context, kind, record_id, unlocked=unlocked, most=None)
        close = button("Close", first=True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.view)
        column.addStretch(1)
        layout.addWidget(scrolled(inner), 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        open_at(self, 860, 560)
