"""All records of one small kind, in a section of a page of settings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Values
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.record_sections import column, edit_in_place, record_table
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import quiet


class KindSection(Section):
    """All records of one small kind."""

    def __init__(self, context: Context, kind: str) -> None:
        self._kind = record_kind(kind)
        super().__init__(self._kind.plural, (kind,))
        self._context = context
        self.add_act("Add", f"Add {self._kind.label.lower()}", self.add)

    def build(self) -> QWidget | None:
        """Return the table, or what belongs here."""
        rows = self.rows()
        about = quiet(self._kind.about)
        if not rows:
            return column(about, quiet(self.nothing()))
        table = record_table(self._kind, rows)
        table.opened.connect(self._open)
        return column(about, table)

    def nothing(self) -> str:
        """Return what is said while there is none."""
        return "None yet."

    def rows(self) -> Sequence[RecordRow]:
        """Return the records in the order in which they are shown."""
        return self._context.operations.read(records.records, self._kind.name)

    def add(self, preset: Values | None = None) -> None:
        """Open an empty form in place."""
        self.open_form(RecordForm(self._context, self._kind.name, preset=preset, several=True))

    def _open(self, record_id: int) -> None:
        row = self._context.operations.read(records.record, self._kind.name, record_id)
        if row is not None:
            edit_in_place(self, self._context, row)
