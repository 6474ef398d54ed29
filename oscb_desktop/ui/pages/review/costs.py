"""What a review cost, against what was agreed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.spending import spending_words
from oscb_desktop.queries.spending import spending_of
from oscb_desktop.ui.pages.record_sections import OwnedSection, column, record_table
from oscb_desktop.ui.widgets.labels import quiet, strong


class CostsSection(OwnedSection):
    """The costs under a sentence that tells their sum, what is unpaid and what is left."""

    def build(self) -> QWidget | None:
        """Return the sentence and the table."""
        self.kinds = self.kinds | {"commission"}
        owner, rows = self._owner(), self.rows()
        if owner is None:
            return None
        found = self._context.operations.read(spending_of, owner)
        told = strong(spending_words(found))
        if not rows:
            none = quiet(f"None yet. {self._kind.about}")
            return none if found.agreed is None else column(told, none)
        table = record_table(self._kind, rows, without=(self._kind.parent,))
        table.opened.connect(self.open_row)
        return column(told, table)
