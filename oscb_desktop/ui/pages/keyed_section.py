"""A section with a table whose rows are changed by keys, and by buttons that do the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from oscb_desktop.services.store import Command
from oscb_desktop.ui.pages.record_sections import OwnedSection, column
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import link_button
from oscb_desktop.ui.widgets.small_table import Line

KeyAct = tuple[str, str, str]
"""A key, the words on its button, and the button's full name."""


class KeyedSection(OwnedSection):
    """What a key does to a row is in ``on_key``; each key has a button under the table too."""

    keys: Sequence[KeyAct] = ()
    table: KeyedTable | None = None

    def on_key(self, record_id: int, key: str) -> None:
        """Do what a key means for a row."""
        raise NotImplementedError

    def keyed_table(
        self, name: str, headings: Sequence[str], lines: Sequence[Line], wide: int
    ) -> QWidget:
        """Return the table with its buttons under it."""
        table = KeyedTable(name, headings, lines, wide, [key for key, _, _ in self.keys])
        table.opened.connect(self.open_row)
        table.keyed.connect(self.on_key)
        self.table = table
        buttons = QWidget()
        flow = FlowLayout(buttons, 8)
        for key, text, full in self.keys:
            choice = link_button(f"{text} ({key})", full)
            choice.clicked.connect(lambda _=False, key=key: self._press(key))
            flow.addWidget(choice)
        return column(table, buttons, spacing=4)

    def carry_out(self, command: Command, record_id: int, further: int = 0) -> None:
        """Do something to a row and give the keyboard back to it, or to a row further on."""
        self._context.operations.do(command, self)
        if self.table is not None:
            self.table.stand_on(record_id, further)

    def _press(self, key: str) -> None:
        if self.table is not None and self.table.rowCount():
            self.on_key(self.table.current_id() or self.table.ids()[0], key)
