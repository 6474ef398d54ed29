"""What a plan would move, before it moves: each step with its day now and its day then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.queries.plans import StepMove
from oscb_desktop.ui import theme
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.widgets.labels import button, quiet

_ABOUT = (
    "A ticked step moves when you press Move; Space ticks and unticks. Steps that are done stay. "
    "A day that somebody set by hand stays too, unless you tick it."
)


class RePlanDialog(QDialog):
    """Lists the moves; ``days`` holds, once accepted, the new day of each ticked step."""

    def __init__(self, parent: QWidget | None, moves: Sequence[StepMove]) -> None:
        super().__init__(parent)
        self.setWindowTitle("Re-plan")
        self._moves = tuple(moves)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(theme.heading("What would move"))
        layout.addWidget(quiet(_ABOUT))
        self.table = self._table()
        layout.addWidget(self.table, 1)
        buttons = QDialogButtonBox()
        self.move_button = button("Move", "Move the ticked steps", first=True)
        buttons.addButton(self.move_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(button("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        self.table.itemChanged.connect(lambda _item: self._count())
        self._count()
        open_at(self, 760, 460)
        self.table.setFocus()

    @property
    def days(self) -> tuple[tuple[int, date], ...]:
        """The ticked steps, each with its new day."""
        return tuple(
            (move.id, move.new_on) for row, move in enumerate(self._moves) if self._is_ticked(row)
        )

    def _is_ticked(self, row: int) -> bool:
        item = self.table.item(row, 0)
        return item is not None and item.checkState() is Qt.CheckState.Checked

    def _count(self) -> None:
        ticked = len(self.days)
        self.move_button.setText(f"Move {ticked} of {len(self._moves)}")
        self.move_button.setEnabled(bool(ticked))

    def _table(self) -> QTableWidget:
        table = QTableWidget(len(self._moves), 3)
        table.setAccessibleName("Steps that would move")
        table.setHorizontalHeaderLabels(["Step", "Now", "Then"])
        table.verticalHeader().hide()
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        for row, move in enumerate(self._moves):
            for column, item in enumerate(_items(move)):
                table.setItem(row, column, item)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        table.setWordWrap(True)
        table.resizeRowsToContents()
        table.setCurrentCell(0, 0)
        return table


def _items(move: StepMove) -> tuple[QTableWidgetItem, ...]:
    step = QTableWidgetItem(move.text)
    step.setFlags(step.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    state = Qt.CheckState.Unchecked if move.by_hand else Qt.CheckState.Checked
    step.setCheckState(state)
    now = weekday_date(move.old_on) if move.old_on else "no day yet"
    hand = ", set by hand" if move.by_hand else ""
    return step, QTableWidgetItem(f"{now}{hand}"), QTableWidgetItem(weekday_date(move.new_on))
