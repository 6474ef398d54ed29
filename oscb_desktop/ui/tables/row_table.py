"""The list on screen: opens on Enter, sorts by its headings, copies, and remembers its columns."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOption,
    QStyleOptionViewItem,
    QTableView,
)

from oscb_desktop import settings
from oscb_desktop.settings import ColumnState
from oscb_desktop.ui import clipboard, theme
from oscb_desktop.ui.tables.row_model import (
    TONE,
    Column,
    Grouping,
    GroupLine,
    Index,
    RowTableModel,
)
from oscb_desktop.ui.tables.table_text import as_csv, as_html, as_lines
from oscb_desktop.ui.widgets.badge import Tone, sign
from oscb_desktop.ui.widgets.widths import shares

_NARROWEST_WIDE = 120
_MEASURED = 150  # rows whose words decide how wide a column is
_ROOM = 26  # pixels around the text of a cell
_SIGN = 20  # the shape before a status
_ARROW = 12  # beside the heading by which a list is sorted
_GIVES = 0.65  # to what part of its width a column shrinks before the list scrolls sideways
_SHORT = 15  # a cell of so few characters, such as a day, is never cut off
_TINT = 0.07  # of the text's colour behind the line of a group, in the light and in the dark
_UNFRAMED = ~QStyle.StateFlag.State_HasFocus


class _Signed(QStyledItemDelegate):
    """Puts the shape of a status before its word, in the columns that have one."""

    def __init__(self, table: QTableView, toned: Container[int]) -> None:
        super().__init__(table)
        self._toned = toned

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Add the shape where the column has one."""
        super().initStyleOption(option, index)
        styled: Any = option
        tone = index.data(TONE) if index.column() in self._toned else None
        if tone:
            styled.icon = sign(Tone(tone))
            styled.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
            if styled.displayAlignment & Qt.AlignmentFlag.AlignRight:  # beside its number
                styled.decorationPosition = QStyleOptionViewItem.Position.Right
        # Only the row is the unit here; a frame around one cell would say otherwise.
        styled.state &= _UNFRAMED


class RowTable(QTableView):
    """A table of rows; ``opened`` and ``chosen`` carry the row itself, ``selected`` how many are.

    ``identity`` tells one row from another, also after they are read again. In groups, the keys
    left and right fold and unfold the one that has the keyboard, with Ctrl all of them.
    """

    opened = Signal(object)
    chosen = Signal(object)
    selected = Signal(int)

    def __init__(
        self,
        label: str,
        columns: Sequence[Column],
        memory: Path | None = None,
        identity: Callable[[Any], Any] = lambda row: row.id,
    ) -> None:
        super().__init__()
        self._identity = identity
        self.rows = RowTableModel(columns, self)
        self._label = label
        self._memory = memory
        self._arranged = self._is_whole = False
        self._needs: list[tuple[int, int]] = []
        self._kept_id: Any = None
        self._kept_many: frozenset[Any] = frozenset()
        self._settling = self._folding = False
        self._writer = QTimer(self, interval=400, singleShot=True)
        self.setAccessibleName(label)
        self._build()
        self._connect()
        self._recall()

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show other rows; the row that was chosen stays chosen if it is still there."""
        self.rows.set_rows(rows)
        self._needs = [self._need(column) for column in self.rows.columns]
        self._fit()
        if self._is_whole:
            self._fit_height()

    def current_row(self) -> Any:
        """Return the row that the keyboard is on, or None."""
        index = self.currentIndex()
        in_sight = index.isValid() and index.row() < self.rows.rowCount()
        return self.rows.row_at(index.row()) if in_sight else None

    def chosen_identity(self) -> Any:
        """Return what tells the row that the keyboard is on from the others, or None."""
        row = self.current_row()
        return None if row is None else self._identity(row)

    def choose(self, wanted: Any) -> bool:
        """Put the keyboard on the row of that identity; False when it is not shown."""
        position = self.rows.position_of(lambda row: self._identity(row) == wanted)
        if position is None:
            return False
        self._go_to(position)
        return True

    def chosen_rows(self) -> list[Any]:
        """Return the selected rows in the order on screen, each once."""
        rows = (self.rows.row_at(position) for position in self._chosen_positions())
        return list({self._identity(row): row for row in rows}.values())

    def group_by(self, grouping: Grouping | None) -> None:
        """Show the rows in groups, or in none."""
        self.rows.group_by(grouping)

    def sorted_by(self) -> tuple[str, bool] | None:
        """Return the name of the column by which the list is sorted and whether backwards."""
        header = self.horizontalHeader()
        at = header.sortIndicatorSection()
        if not 0 <= at < len(self.rows.columns):
            return None
        backwards = header.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return self.rows.columns[at].name, backwards

    def sort_by(self, name: str, *, backwards: bool) -> None:
        """Sort by the column of that name; without one, leave the rows in their own order."""
        names = [column.name for column in self.rows.columns]
        order = Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder
        at = names.index(name) if name in names else -1
        if at >= 0 or self.sorted_by() is not None:
            self.sortByColumn(at, order)

    def stand(self) -> None:
        """Stand on a row where the keyboard is on none."""
        if self.current_row() is None and self.rows.rowCount():
            self._go_to(self._first_row())

    def _first_row(self) -> int:
        lines = range(self.rows.rowCount())
        return next((line for line in lines if self.rows.group_at(line) is None), 0)

    def copy(self) -> None:
        """Copy the selected rows, with their headings, as a table."""
        headings, lines = self._as_shown(self._chosen_positions())
        clipboard.put(as_lines(headings, lines), as_html(headings, lines))

    def as_csv(self) -> str:
        """Return the list as it is shown: its columns, its order, its filter, its groups.

        A group is a column of its own; one that is folded is a single line.
        """
        headings, lines = self._as_shown(range(self.rows.rowCount()))
        if self.rows.grouping is None:
            return as_csv(headings, lines)
        told, group = [], ""
        for position, cells in enumerate(lines):
            heads = self.rows.group_at(position)
            if heads is None:
                told.append([group, *cells])
                continue
            group = heads.words
            if heads.folded:
                told.append([group, f"{heads.count:,} folded", *[""] * (len(cells) - 1)])
        return as_csv([self.rows.grouping.label, *headings], told)

    def show_whole(self) -> None:
        """Be as high as the rows and never scroll: the page around does."""
        self._is_whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fit_height()

    def _fit_height(self) -> None:
        lines = max(1, self.rows.rowCount()) * self.verticalHeader().defaultSectionSize()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(lines + head + 2 * self.frameWidth())

    def fill_columns_menu(self, menu: QMenu) -> None:
        """Offer each column to be shown or hidden."""
        menu.clear()
        for at, column in enumerate(self.rows.columns):
            action = menu.addAction(column.heading)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.setEnabled(at != 0)
            action.toggled.connect(lambda shown, at=at: self._show_column(at, shown))

    def _build(self) -> None:
        self.setModel(self.rows)
        toned = {at for at, column in enumerate(self.rows.columns) if column.tone}
        self.setItemDelegate(_Signed(self, toned))
        self.setFont(theme.tabular(self.font()))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(8)
        self.verticalHeader().setDefaultSectionSize(theme.row_height(self))
        header = self.horizontalHeader()
        header.setAccessibleName(f"{self._label}: headings")
        header.setSectionsMovable(True)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def _connect(self) -> None:
        header = self.horizontalHeader()
        header.customContextMenuRequested.connect(self._on_header_menu)
        header.sectionMoved.connect(self._on_arranged)
        header.sectionResized.connect(self._on_resized)
        self._writer.timeout.connect(self.remember)
        self.rows.modelAboutToBeReset.connect(self._before_reset)
        self.rows.modelReset.connect(self._after_reset)
        self.doubleClicked.connect(self._on_opened)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self._on_selection)

    def _recall(self) -> None:
        """Put the columns as they were left, or at their first widths."""
        unit = self.fontMetrics().averageCharWidth()
        for at, column in enumerate(self.rows.columns):
            self.setColumnWidth(at, (column.width + 2) * unit)
            self.setColumnHidden(at, column.hidden)
        states = settings.load(self._memory).tables.get(self._label, ()) if self._memory else ()
        places = {column.name: at for at, column in enumerate(self.rows.columns)}
        header = self.horizontalHeader()
        for position, state in enumerate(row for row in states if row.name in places):
            at = places[state.name]
            header.moveSection(header.visualIndex(at), position)
            if state.width:  # Qt tells 0 of a hidden column
                header.resizeSection(at, state.width)
            self.setColumnHidden(at, state.hidden and at != 0)
        self._arranged = bool(states)
        self._writer.stop()

    def remember(self) -> None:
        """Keep the order, widths and visibility of the columns."""
        self._writer.stop()
        if self._memory is None:
            return
        header = self.horizontalHeader()
        order = [header.logicalIndex(position) for position in range(header.count())]
        states = tuple(
            ColumnState(self.rows.columns[at].name, self.columnWidth(at), self.isColumnHidden(at))
            for at in order
        )
        settings.change(self._memory, settings.arranged(self._label, states))

    def _show_column(self, at: int, shown: bool) -> None:
        self.setColumnHidden(at, not shown)
        if shown and not self.columnWidth(at):
            unit = self.fontMetrics().averageCharWidth()
            self.setColumnWidth(at, self.rows.columns[at].width * unit)
        self._on_arranged()
        self._needs = [self._need(column) for column in self.rows.columns]
        self._fit()

    def _on_arranged(self) -> None:
        self._writer.start()

    def _on_resized(self, _at: int, _before: int, after: int) -> None:
        dragged = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if dragged and after:
            self._arranged = True
            self._on_arranged()

    def _fit(self) -> None:
        """Let the columns share the width, until somebody sets the widths."""
        columns = self.rows.columns
        shown = [at for at in range(len(columns)) if not self.isColumnHidden(at)]
        if self._arranged or not self._needs or not shown:
            return
        needs = [self._needs[at] for at in shown]
        wide = next((place for place, at in enumerate(shown) if columns[at].wide), 0)
        least = 0 if self._is_whole else sum(low for low, _ in needs)
        widths = shares(needs, max(self.viewport().width(), least), wide)
        for at, width in zip(shown, widths, strict=True):
            self.setColumnWidth(at, width)

    def _need(self, column: Column) -> tuple[int, int]:
        """Return the least width of a column and the one that its words would like."""
        metrics, unit = self.fontMetrics(), self.fontMetrics().averageCharWidth()
        words = [" ".join(column.words(row)[:60].split()) for row in self._sample()]
        extra = _ROOM + (_SIGN if column.tone else 0)
        head = int(metrics.horizontalAdvance(column.heading) * 1.1) + _ROOM + _ARROW
        longest = max([metrics.horizontalAdvance(text) for text in words], default=0) + extra
        wanted = max(head, min(longest, (column.width + 2) * unit + extra))
        if column.wide:
            return min(wanted, _NARROWEST_WIDE), wanted
        if column.whole or all(len(text) <= _SHORT for text in words):
            return wanted, wanted
        return max(head, int(wanted * _GIVES)), wanted

    def _sample(self) -> Sequence[Any]:
        return self.rows.all_rows()[:_MEASURED]

    def _chosen_positions(self) -> list[int]:
        found: set[int] = set()
        parts: Any = self.selectionModel().selection()
        for part in parts:
            found.update(range(part.top(), part.bottom() + 1))
        if self.rows.grouping is None:
            return sorted(found)
        return sorted(line for line in found if self.rows.group_at(line) is None)

    def _as_shown(self, positions: Sequence[int]) -> tuple[list[str], list[list[str]]]:
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        shown = [at for at in order if not self.isColumnHidden(at)]
        headings = [self.rows.columns[at].heading for at in shown]
        return headings, [self.rows.cells(position, shown) for position in positions]

    def _go_to(self, position: int) -> None:
        index = self.rows.index(position, self.horizontalHeader().logicalIndex(0))
        self.selectionModel().setCurrentIndex(
            index,
            QItemSelectionModel.SelectionFlag.ClearAndSelect
            | QItemSelectionModel.SelectionFlag.Rows,
        )
        self.scrollTo(index)

    def _before_reset(self) -> None:
        row = self.current_row()
        if row is not None:
            self._kept_id = self._identity(row)
        rows = self.chosen_rows()
        many = len(rows) > 1
        self._kept_many = frozenset(map(self._identity, rows)) if many else frozenset()

    def _after_reset(self) -> None:
        if self._folding:
            return
        self._settling = True
        if self._kept_id is None or not self.choose(self._kept_id):
            self.chosen.emit(None)
        if self._kept_many:
            self._select_again()
        self._settling = False
        self._on_selection()

    def _select_again(self) -> None:
        """Select the lines of all rows that were selected and are still shown."""
        selection = QItemSelection()
        last = len(self.rows.columns) - 1
        began: int | None = None
        lines = self.rows.rowCount()
        for line in range(lines + 1):
            row = self.rows.row_at(line) if line < lines else None
            wanted = row is not None and self._identity(row) in self._kept_many
            if wanted and began is None:
                began = line
            elif not wanted and began is not None:
                selection.select(self.rows.index(began, 0), self.rows.index(line - 1, last))
                began = None
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().select(selection, flag)

    def _on_selection(self) -> None:
        if not self._settling:
            self.selected.emit(len(self.chosen_rows()))

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not current.isValid():
            self.chosen.emit(None)
        elif (row := self.rows.row_at(current.row())) is not None:
            self.chosen.emit(row)

    def _on_opened(self, index: QModelIndex) -> None:
        row = self.rows.row_at(index.row())
        if row is not None:
            self.opened.emit(row)

    def _on_header_menu(self) -> None:
        menu = QMenu(self)
        self.fill_columns_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.cursor().pos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open on Enter, copy on Ctrl+C, go to the first and the last row on Home and End."""
        last = self.rows.rowCount() - 1
        if self.rows.grouping is not None and self._fold_by_key(event):
            return
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current_row() is not None
        ):
            self.opened.emit(self.current_row())
        elif event.key() == Qt.Key.Key_Home and last >= 0:
            self._go_to(0)
        elif event.key() == Qt.Key.Key_End and last >= 0:
            self._go_to(last)
        else:
            super().keyPressEvent(event)

    def _fold_by_key(self, event: QKeyEvent) -> bool:
        """Fold or unfold groups where a key means that; say whether it did."""
        line, key = self.currentIndex().row(), event.key()
        group = self.rows.group_at(line) if 0 <= line < self.rows.rowCount() else None
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sideways = key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if sideways and held == Qt.KeyboardModifier.ControlModifier:
            self._fold_all(folded=key == Qt.Key.Key_Left)
        elif group is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._fold(line, folded=not group.folded)
        elif group is not None and sideways:
            self._fold(line, folded=key == Qt.Key.Key_Left)
        elif sideways and line >= 0 and key == Qt.Key.Key_Left:
            self._go_to(self.rows.head_of(line))
        else:
            return sideways and held == Qt.KeyboardModifier.NoModifier
        return True

    def _fold(self, line: int, *, folded: bool) -> None:
        self._folding = True  # what is told of below stays what it was
        self.rows.fold(line, folded=folded)
        self._folding = False
        self._go_to(min(line, self.rows.rowCount() - 1))

    def _fold_all(self, *, folded: bool) -> None:
        self.rows.fold_all(folded=folded)
        if self.currentIndex().row() < 0 and self.rows.rowCount():
            self._go_to(0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a group by a press on its line."""
        line = self.rowAt(int(event.position().y()))
        group = self.rows.group_at(line) if line >= 0 else None
        if group is not None and event.button() == Qt.MouseButton.LeftButton:
            self._fold(line, folded=not group.folded)
        else:
            super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines of groups across all columns."""
        super().paintEvent(event)
        if self.rows.grouping is None or not self.rows.rowCount():
            return
        first = max(0, self.rowAt(0))
        below = self.rowAt(self.viewport().height() - 1)
        painter = QPainter(self.viewport())
        for line in range(first, (below if below >= 0 else self.rows.rowCount() - 1) + 1):
            group = self.rows.group_at(line)
            if group is not None:
                self._paint_group(painter, line, group)
        painter.end()

    def _paint_group(self, painter: QPainter, line: int, group: GroupLine) -> None:
        rect = QRect(
            0, self.rowViewportPosition(line), self.viewport().width(), self.rowHeight(line)
        )
        palette = self.palette()
        painter.fillRect(rect, palette.color(QPalette.ColorRole.Base))
        tint = palette.color(QPalette.ColorRole.Text)
        tint.setAlphaF(_TINT)
        painter.fillRect(rect, tint)
        arrow = QStyleOption()
        arrow.initFrom(self)
        arrow.rect = QRect(rect.left() + 6, rect.center().y() - 5, 11, 11)
        shapes = QStyle.PrimitiveElement
        shape = shapes.PE_IndicatorArrowRight if group.folded else shapes.PE_IndicatorArrowDown
        self.style().drawPrimitive(shape, arrow, painter, self)
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        words = rect.adjusted(26, 0, -8, 0)
        whole = f"{group.words}   {group.count:,}"
        shown = painter.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideMiddle, words.width())
        painter.drawText(words, int(middle), shown)
        if self.hasFocus() and self.currentIndex().row() == line:
            painter.setPen(QPen(palette.color(QPalette.ColorRole.Text), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Stand on a row that can be seen, so that Enter and the arrows have a place to start."""
        super().focusInEvent(event)
        by_mouse = event.reason() == Qt.FocusReason.MouseFocusReason
        if not by_mouse and self.rows.rowCount() and not self.selectionModel().hasSelection():
            at = self.currentIndex().row()
            self._go_to(at if at >= 0 else self._first_row())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the columns follow the window."""
        super().resizeEvent(event)
        self._fit()
