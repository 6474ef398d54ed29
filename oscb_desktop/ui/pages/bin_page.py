"""The bin: what was withdrawn, by whom, and the way back."""

from __future__ import annotations

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.history import BinRow, in_bin
from oscb_desktop.services.records import RestoreRecord
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.filter_bar import Facet
from oscb_desktop.ui.widgets.labels import button, quiet


def _kind(row: BinRow) -> str:
    return record_kind(row.kind).label


def _with_it(row: BinRow) -> str:
    return counted(row.with_it, "record") if row.with_it else ""


SHAPE = ListShape(
    label="Bin",
    columns=(
        Column("kind", "Kind", _kind, width=20),
        Column("title", "What", lambda row: row.title, width=40, wide=True),
        Column("with_it", "With it", _with_it, lambda row: row.with_it, 12),
        Column(
            "withdrawn",
            "Withdrawn",
            lambda row: f"{format_date(row.withdrawn_at.date())} {row.withdrawn_at:%H:%M}",
            lambda row: row.withdrawn_at,
            18,
        ),
        Column("by", "By", lambda row: row.by, width=20),
    ),
    facets=(Facet("kind", "Kind", lambda row: (_kind(row),)),),
    empty=("The bin is empty", "What is withdrawn comes here and can be brought back.", ""),
)


class BinPage(Page):
    """Withdrawn records; each comes back with all that went with it."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Bin")
        self.back = button("Bring back")
        self.back.setEnabled(False)
        self.back.clicked.connect(self.bring_back)
        self.head.addWidget(self.back)
        self.column.addWidget(quiet("Nothing is deleted. Bring back what is needed again."))
        self.list = RecordList(context, SHAPE)
        self.column.addWidget(self.list, 1)
        self.list.chosen.connect(lambda row: self.back.setEnabled(row is not None))
        self.list.opened.connect(lambda row: context.navigation.open_record(row.kind, row.id))

    def refresh(self) -> None:
        """Read the bin again."""
        self.list.set_rows(self.context.operations.read(in_bin))

    def bring_back(self) -> None:
        """Bring back the chosen records, each in a step of its own."""
        for row in self.list.table.chosen_rows():
            if self.context.operations.do(RestoreRecord(row.kind, row.id), self) is None:
                return
