"""The list of all records of one kind."""

from __future__ import annotations

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries import records
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.kind_list import shape_of
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import RecordList
from oscb_desktop.ui.widgets.labels import quiet


class RecordsPage(Page):
    """Every live record of a kind, with filters, and a way to add one."""

    def __init__(self, context: Context, kind: str) -> None:
        self._kind = record_kind(kind)
        self.reads = frozenset((kind, *(field.to for field in self._kind.fields if field.to)))
        super().__init__(context, self._kind.plural)
        self.column.addWidget(quiet(self._kind.about))
        self.add_button(f"Add {self._kind.label.lower()}…", kind)
        self.list = RecordList(context, shape_of(self._kind))
        self.column.addWidget(self.list, 1)
        self.list.opened.connect(lambda row: context.navigation.open_record(kind, row.id))
        self.list.first_step.connect(lambda: context.navigation.add_record(kind))

    def refresh(self) -> None:
        """Read the records again."""
        self.list.set_rows(self.context.operations.read(records.records, self._kind.name))
