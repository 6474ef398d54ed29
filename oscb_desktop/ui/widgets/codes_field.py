"""Any number of choices from a code list."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value
from oscb_desktop.ui.widgets.code_field import options_of
from oscb_desktop.ui.widgets.control import NO_TITLES, Control, width_of

_LONG = 9
_ROWS = 8
_CODE = Qt.ItemDataRole.UserRole


class CodesControl(Control):
    """A list with a tick for each entry; a long one can be searched by typing above it."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.list = QListWidget(self)
        self._fill()
        self.list.setMaximumWidth(self._width())
        self.list.setFixedHeight(self._height())
        self.search = QLineEdit(self)
        self.search.setPlaceholderText("Type to narrow the list")
        self.search.setMaximumWidth(self._width())
        self.search.setVisible(self.list.count() >= _LONG)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.search)
        layout.addWidget(self.list)
        self.watch(self.search if self.list.count() >= _LONG else self.list)
        self.list.installEventFilter(self)
        self._quiet = False
        self.search.textEdited.connect(self._narrow)
        self.list.itemChanged.connect(self._ticked)

    def name_it(self, name: str, description: str) -> None:
        """Tell assistive software what this is."""
        self.list.setAccessibleName(name)
        self.list.setAccessibleDescription(description)
        self.search.setAccessibleName(f"{name}: narrow the list")

    def typed(self) -> str:
        """Return the ticked codes."""
        return "; ".join(self._ticks())

    def put_typed(self, text: str) -> None:
        """Tick these codes."""
        self.put_value(tuple(part.strip() for part in text.split(";") if part.strip()))

    def value(self) -> Value:
        """Return the ticked codes."""
        return self._ticks()

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Tick the codes of a value and no other."""
        wanted = value if isinstance(value, tuple) else ()
        self._quiet = True
        for item in self._entries():
            ticked = item.data(_CODE) in wanted
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._quiet = False

    def echo(self) -> str:
        """Return what is ticked, in words: most of a long list is out of sight."""
        labels = code_list(self.field.codes)
        return "; ".join(labels.label_of(code) for code in self._ticks())

    def _ticks(self) -> tuple[str, ...]:
        return tuple(
            str(item.data(_CODE))
            for item in self._entries()
            if item.checkState() is Qt.CheckState.Checked
        )

    def _entries(self) -> list[QListWidgetItem]:
        items = (self.list.item(row) for row in range(self.list.count()))
        return [item for item in items if item.data(_CODE)]

    def _fill(self) -> None:
        group = ""
        for option in options_of(self.field):
            if option.group != group:
                group = option.group
                head = QListWidgetItem(group, self.list)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                font = head.font()
                font.setBold(True)
                head.setFont(font)
            item = QListWidgetItem(option.label, self.list)
            item.setData(_CODE, option.key)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled
                | Qt.ItemFlag.ItemIsSelectable
                | Qt.ItemFlag.ItemIsUserCheckable
            )
            item.setCheckState(Qt.CheckState.Unchecked)

    def _width(self) -> int:
        longest = max(len(option.label) for option in options_of(self.field))
        return width_of(self.list, longest + 8)

    def _height(self) -> int:
        row = max(self.list.sizeHintForRow(0), self.fontMetrics().height() + 6)
        return row * min(self.list.count(), _ROWS) + 2 * self.list.frameWidth() + 2

    def _narrow(self, text: str) -> None:
        parts = text.casefold().split()
        for row in range(self.list.count()):
            item = self.list.item(row)
            hit = all(part in item.text().casefold() for part in parts)
            ticked = bool(item.data(_CODE)) and item.checkState() is Qt.CheckState.Checked
            item.setHidden(bool(parts) and not (hit or ticked))

    def _ticked(self, _item: QListWidgetItem) -> None:
        if not self._quiet:
            self.edited.emit()
