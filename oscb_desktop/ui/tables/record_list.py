"""A list of records with its filters in sight, its empty state, and ways out of the window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.queries.saved_views import ViewShape
from oscb_desktop.ui import saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.tables.group_button import GroupButton
from oscb_desktop.ui.tables.row_model import Column, Grouping
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.tables.view_tabs import ViewTabs
from oscb_desktop.ui.widgets.empty_state import EmptyState
from oscb_desktop.ui.widgets.filter_bar import Facet, FilterBar, Toggle, View

_HALVES = [300, 240]  # of the height, for the table and its companion
_LOW = 440  # pixels below which a table and its companion do not fit one under the other


@dataclass(frozen=True, slots=True)
class ListShape:
    """What a list shows and how it can be narrowed; ``empty`` is title, sentence and button.

    ``place`` names the list under which its saved views are kept, where it has any.
    """

    label: str
    columns: tuple[Column, ...]
    facets: tuple[Facet, ...] = ()
    toggles: tuple[Toggle, ...] = ()
    views: tuple[View, ...] = ()
    groupings: tuple[Grouping, ...] = ()
    place: str = ""
    empty: tuple[str, str, str] = ("", "", "")


class RecordList(QWidget):
    """Rows with filters above; ``opened`` on Enter, ``chosen`` as the keyboard moves."""

    opened = Signal(object)
    chosen = Signal(object)
    first_step = Signal()

    def __init__(self, context: Context, shape: ListShape) -> None:
        super().__init__()
        self._context = context
        self._shape = shape
        self.filters = FilterBar(shape.facets, shape.toggles)
        self.table = RowTable(shape.label, shape.columns, context.paths.settings)
        self.empty = EmptyState(*shape.empty)
        self.views = ViewTabs(context, shape.label, shape.views, shape.place, self.set_up)
        self.groups = GroupButton(shape.groupings)
        self._stack = QStackedWidget()
        self._halves = QSplitter(Qt.Orientation.Vertical)
        self._turns, self._is_low = True, False
        self._more = QPushButton("List")
        self._build()
        self._connect()

    def set_rows(self, rows: Sequence[Any], counted: Sequence[str] | None = None) -> None:
        """Show other rows, narrowed as before; ``counted`` names the views they are whole for."""
        self.filters.set_rows(rows)
        self.table.set_rows(rows)
        self.views.count(rows, counted)
        self._narrow()

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters, and the saved filter under ``view``, that somebody asked for."""
        self.views.choose(wanted.get("view", ""))
        self.filters.set_wanted(wanted)

    def shown_rows(self) -> list[Any]:
        """Return the rows on screen, in their order."""
        lines = (self.table.rows.row_at(at) for at in range(self.table.rows.rowCount()))
        return [row for row in lines if row is not None]

    def set_up(self) -> ViewShape:
        """Return how the list is set up, as it is kept under a name."""
        order = self.table.sorted_by()
        return ViewShape(
            view=self.views.built_in,
            text=self.filters.field.text(),
            answers=self.filters.chosen(),
            order=order[0] if order else "",
            backwards=bool(order and order[1]),
            group=self.groups.chosen,
        )

    def take_shape(self, shape: ViewShape) -> None:
        """Set the list up as it was kept."""
        self.groups.choose(shape.group)
        self.table.sort_by(shape.order, backwards=shape.backwards)
        wanted: dict[str, str | Sequence[str]] = {**shape.answers, "text": shape.text}
        self.filters.set_wanted(wanted)

    def _build(self) -> None:
        menu = QMenu(self._more)
        menu.addAction("&Copy the selected rows", self.table.copy)
        menu.addAction("Save as shown, as &CSV…", self._save)
        columns = menu.addMenu("C&olumns")
        columns.aboutToShow.connect(lambda: self.table.fill_columns_menu(columns))
        self._more.setMenu(menu)
        self._more.setProperty("look", "filter")
        self._more.setAccessibleName("What can be done with this list")
        above = QHBoxLayout()
        above.addWidget(self.filters, 1)
        above.addWidget(self.groups, 0, Qt.AlignmentFlag.AlignTop)
        above.addWidget(self._more, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.views)
        self.views.setVisible(bool(self._shape.views))  # in its place: alone it would be a window
        column.addLayout(above)
        self.groups.setVisible(bool(self._shape.groupings))  # in its place, as above
        self._halves.setChildrenCollapsible(False)
        self._halves.addWidget(self._stack)
        column.addWidget(self._halves, 1)
        self.setTabOrder(self.filters.field, self.table)

    def add_companion(self, companion: QWidget, *, turns: bool = True) -> None:
        """Show something about the chosen row below the table.

        In a low window one that ``turns`` stands beside the table; another stays, for a table that
        needs the whole width.
        """
        self._turns = turns
        self._halves.addWidget(companion)
        self._halves.setStretchFactor(0, 3)
        self._halves.setStretchFactor(1, 2)
        self._halves.setSizes(_HALVES)

    def give_room(self, *, below: bool) -> None:
        """Let the companion have most of the height while a form is open in it, or no more."""
        if self._halves.orientation() == Qt.Orientation.Vertical:
            self._halves.setSizes([160, 480] if below else _HALVES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the companion where there is room for it."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        if low is self._is_low:
            return
        self._is_low = low
        beside = low and self._turns
        self._halves.setOrientation(
            Qt.Orientation.Horizontal if beside else Qt.Orientation.Vertical
        )
        self._halves.setSizes([self.width() // 2] * 2 if beside else [340, 160] if low else _HALVES)

    def _connect(self) -> None:
        self.filters.narrowed.connect(self._narrow)
        self.filters.typed.connect(self._on_typed)
        self.views.changed.connect(self._narrow)
        self.views.own_chosen.connect(self.take_shape)
        self.groups.grouped.connect(self._group)
        self.table.opened.connect(self.opened)
        self.table.chosen.connect(self.chosen)
        self.table.rows.modelReset.connect(self._tell)
        self.empty.pressed.connect(self._on_step)

    def _narrow(self) -> None:
        self.table.rows.keep(self.filters.kept(self.views.test))

    def _group(self, grouping: Grouping | None) -> None:
        self.table.group_by(grouping)

    def _on_typed(self, text: str) -> None:
        self.table.rows.find(text)

    def _tell(self) -> None:
        shown, of = self.table.rows.count(), len(self.table.rows.all_rows())
        self.filters.tell(shown, of)
        if of == 0:
            self.empty.say(*self._shape.empty)
        elif shown == 0:
            self.empty.say(*self._nothing_left())
        self.filters.setVisible(of > 0)
        self._more.setVisible(of > 0)
        self._stack.setCurrentIndex(0 if shown else 1)

    def _nothing_left(self) -> tuple[str, str, str]:
        if self.filters.is_set:
            return ("Nothing fits these filters", "The list holds other records.", "Clear filters")
        return ("Nothing here", "No record of this kind stands like this today.", "")

    def _on_step(self) -> None:
        if self.table.rows.all_rows():
            self.filters.clear()
        else:
            self.first_step.emit()

    def _save(self) -> None:
        if not saving_out.may_save(self._context, self):
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            f"Save {self._shape.label.lower()} as shown",
            f"{self._shape.label}.csv",
            "CSV (*.csv)",
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the list as it is shown; a spreadsheet reads the mark at the beginning as UTF-8."""
        try:
            path.write_text(self.table.as_csv(), "utf-8-sig", newline="")
        except OSError as problem:
            self._context.messages.tell(
                self,
                f"{path.name} could not be written: {problem.strerror}. Choose another folder.",
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the filter for the list with the arrow down."""
        if event.key() == Qt.Key.Key_Down and self.focusWidget() is self.filters.field:
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.table.stand()
        else:
            super().keyPressEvent(event)
