"""What a figure counted: exactly its records, which foot to it, each opened with Enter."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.counted_records import CountedRow, counted_records
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.annual.counts import Told, told
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column, Grouping
from oscb_desktop.ui.widgets.labels import quiet, strong

SHAPE = ListShape(
    label="Records counted",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            14,
        ),
        Column("title", "What it is", lambda row: row.title, width=40, wide=True),
        Column("kind", "Record", lambda row: row.kind_words, width=16),
        Column("category", "Counted as", lambda row: row.category, lambda row: row.id, 26),
    ),
    empty=("Nothing was counted", "No record of this file is behind this number.", ""),
)


class CountedPage(ReadingPage):
    """The records of one figure of one year, or of one cell of a breakdown."""

    def __init__(self, context: Context, wanted: Mapping[str, str]) -> None:
        super().__init__(context, "What was counted")
        self._wanted = dict(wanted)
        self.told: Told | None = None
        self._was_grouped = False
        self.total = strong("")
        self.meaning = quiet("")
        self.foot = quiet("")
        self._order: dict[str, int] = {}
        by_category = Grouping(
            "category", "Category", lambda row: (row.category,), "No category", self._place_of
        )
        self.list = RecordList(context, replace(SHAPE, groupings=(by_category,)))
        self._reading = self.reading("Counting")
        for line in (self.fault, self.total, self.meaning):
            self.column.addWidget(line)
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.foot)
        self.fault.hide()
        self.list.opened.connect(self._open)
        self.begins_at = self.list.table

    def refresh(self) -> None:
        """Count again, on the worker."""
        store = self.context.operations.store
        self._reading.start(partial(_counted, store, self._wanted), self._show)

    def _show(self, found: tuple[Told, tuple[CountedRow, ...]]) -> None:
        self.told, rows = found
        self.fault.hide()
        self.total.setText(f"{self.told.title}, {self.told.year}: {self.told.value}")
        self.meaning.setText(" ".join((self.told.meaning, *self.told.warnings)))
        self.foot.setText(self.told.foot(len(rows)))
        by_category = any(row.category for row in rows)
        self.list.table.setColumnHidden(_CATEGORY, not by_category)
        self.list.groups.setVisible(by_category)
        self._order = {category: at for at, category in enumerate(self.told.counted)}
        self.list.set_rows(rows)
        if by_category and not self._was_grouped:
            self._was_grouped = True
            self.list.groups.choose("category")
        self.list.table.stand()

    def _place_of(self, category: str) -> int:
        """Return the place of a category in the order in which the figure tells them."""
        return self._order.get(category, len(self._order))

    def refuse(self, sentence: str) -> None:
        """Say why there is nothing to list."""
        super().refuse(sentence)
        for line in (self.total, self.meaning, self.foot):
            line.clear()
        self.list.set_rows(())

    def _open(self, row: CountedRow) -> None:
        if row.record_id:
            self.context.navigation.open_record(row.kind, row.record_id)


_CATEGORY = len(SHAPE.columns) - 1


def _counted(store: Store, wanted: Mapping[str, str]) -> tuple[Told, tuple[CountedRow, ...]]:
    found = told(store, wanted)
    return found, store.read(counted_records, found.counted, found.unit)
