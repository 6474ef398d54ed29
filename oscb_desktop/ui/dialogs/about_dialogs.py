"""What each key does, and which version this is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from oscb_desktop import __version__
from oscb_desktop.ui import menus, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.labels import words

_COLUMNS = (
    Column("what", "What it does", lambda row: row[0], width=36, wide=True),
    Column("keys", "Keys", lambda row: row[1], width=24),
)


class KeysDialog(QDialog):
    """The keys, as a list that can be copied."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        column = QVBoxLayout(self)
        table = RowTable("Keys", _COLUMNS, identity=lambda row: row)
        table.set_rows(menus.all_keys())
        column.addWidget(table)
        column.addWidget(_close_buttons(self))
        open_at(self, 560, 560)


class AboutDialog(QDialog):
    """The version, and where things lie; every line can be selected and copied."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent)
        self.setWindowTitle("About OSCB Desktop")
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(theme.heading(f"OSCB Desktop {__version__}", 1))
        paths = context.paths
        for line in (
            "Reviews, clocks and papers of a safeguarding partnership, in one encrypted file.",
            f"This file: {context.operations.store.path}",
            f"Backups: {paths.backups}",
            f"Settings: {paths.settings}",
            f"Log, which holds no text of any record: {paths.logs}",
        ):
            label = words(line)
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            column.addWidget(label)
        column.addStretch(1)
        column.addWidget(_close_buttons(self))
        open_at(self, 620, 260)


def _close_buttons(dialog: QDialog) -> QDialogButtonBox:
    buttons = QDialogButtonBox()
    close = buttons.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
    close.setDefault(True)
    buttons.rejected.connect(dialog.reject)
    return buttons
