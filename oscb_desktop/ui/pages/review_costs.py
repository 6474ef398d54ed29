"""What a review cost."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QWidget

from oscb_desktop.ui.pages.record_sections import OwnedSection, column, record_table
from oscb_desktop.ui.widgets.labels import quiet, strong


class CostsSection(OwnedSection):
    """The costs with their sum."""

    def build(self) -> QWidget | None:
        """Return the table and the sum under it."""
        rows = self.rows()
        if not rows:
            return quiet(f"None yet. {self._kind.about}")
        total = sum((Decimal(str(row.values["amount"])) for row in rows), Decimal())
        table = record_table(self._kind, rows, without=(self._kind.parent,))
        table.opened.connect(self.open_row)
        return column(table, strong(f"Altogether £{total:,.2f}"))
