"""The directory: agencies, people, and who belonged to which group on a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.kind_list import shape_of
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import RecordList
from oscb_desktop.ui.widgets.control import NO_TITLES
from oscb_desktop.ui.widgets.date_field import DateControl
from oscb_desktop.ui.widgets.labels import button, fault, strong

_KINDS = ("agency", "person", "membership")


class DirectoryPage(Page):
    """Three lists under one heading."""

    reads = frozenset(_KINDS)

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Directory")
        self.lists = {kind: RecordList(context, shape_of(record_kind(kind))) for kind in _KINDS}
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.on = DateControl(Field("on", "Members on", FieldKind.DATE), context.operations)
        self._fault = fault()
        for kind, listed in self.lists.items():
            self.tabs.addTab(self._tab(kind, listed), record_kind(kind).plural)
        self.column.addWidget(self.tabs, 1)

    def refresh(self) -> None:
        """Read the lists again."""
        for kind in ("agency", "person"):
            self.lists[kind].set_rows(self.context.operations.read(records.records, kind))
        self._show_members()

    def members_on(self, typed: str) -> None:
        """Show who belonged to a group on a day; all memberships when it is left empty."""
        self.on.put_typed(typed)
        self._show_members()

    def _show_members(self) -> None:
        self._fault.setText("")
        try:
            day = self.on.value()
        except UserError as wrong:
            self._fault.setText(wrong.sentence)
            return
        rows = self.context.operations.read(records.records, "membership")
        if isinstance(day, date):
            rows = tuple(row for row in rows if _lasts_on(row, day))
        self.lists["membership"].set_rows(rows)

    def _tab(self, kind: str, listed: RecordList) -> QWidget:
        tab = QWidget()
        rows = QVBoxLayout(tab)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.addLayout(self._above(kind))
        rows.addWidget(listed, 1)
        navigation = self.context.navigation
        listed.opened.connect(lambda row: navigation.open_record(kind, row.id))
        listed.first_step.connect(lambda: navigation.add_record(kind))
        return tab

    def _above(self, kind: str) -> QHBoxLayout:
        row = QHBoxLayout()
        add = button(f"Add {record_kind(kind).label.lower()}…")
        add.clicked.connect(lambda: self.context.navigation.add_record(kind))
        row.addWidget(add)
        if kind == "membership":
            self.on.put_value(None, NO_TITLES)
            self.on.name_it("Members on", "A day; left empty, all memberships are listed.")
            self.on.line.setPlaceholderText("any day")
            self.on.setMaximumWidth(220)
            self.on.edited.connect(self._show_members)
            label = strong("Members on")
            label.setWordWrap(False)
            label.setBuddy(self.on.line)
            row.addWidget(label)
            row.addWidget(self.on)
            row.addWidget(self._fault, 1)
        row.addStretch(1)
        return row


def _lasts_on(row: RecordRow, day: date) -> bool:
    start, end = row.values["from_on"], row.values["to_on"]
    begun = isinstance(start, date) and start <= day
    return begun and (not isinstance(end, date) or day <= end)
