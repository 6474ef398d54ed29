"""Links to any number of other records."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.ui.widgets.control import NO_TITLES, Control
from oscb_desktop.ui.widgets.finder import Finder
from oscb_desktop.ui.widgets.labels import button, link_button, words
from oscb_desktop.ui.widgets.link_field import AddNew, LoadOptions, not_found

_SEPARATOR = " "


class LinksControl(Control):
    """The chosen records one under another, each removable, and a line to find more."""

    def __init__(self, field: Field, options: LoadOptions, add_new: AddNew | None) -> None:
        super().__init__(field)
        self._chosen: dict[int, str] = {}
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        self.finder = Finder(options, field.label)
        self.finder.fit_to_content(52)
        self.watch(self.finder.line)
        below = QHBoxLayout()
        below.addWidget(self.finder, 100)
        self._add_new = add_new
        if add_new is not None:
            what = record_kind(field.to).label.lower()
            self.new_button = button("New…", f"{field.label}: add a new {what}")
            self.new_button.clicked.connect(self._add)
            below.addWidget(self.new_button)
        below.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(self._rows)
        layout.addLayout(below)
        self.finder.edited.connect(self.edited)
        self.finder.chosen.connect(self._take)
        self.left.connect(self.finder.settle)

    def typed(self) -> str:
        """Return the chosen ids, and the words still in the line."""
        ids = _SEPARATOR.join(str(record_id) for record_id in self._chosen)
        waiting = self.finder.text()
        return f"{ids}|{waiting}" if ids or waiting else ""

    def put_typed(self, text: str) -> None:
        """Put back what ``typed`` gave."""
        ids, _, waiting = text.partition("|")
        titles = {int(option.key): option.label for option in self.finder.options()}
        wanted = [int(part) for part in ids.split() if part.isdecimal()]
        self._show({number: titles[number] for number in wanted if number in titles})
        self.finder.put("", waiting)

    def value(self) -> Value:
        """Return the ids of the records; words left in the line that name none are a fault."""
        if key := self.finder.meant():
            return tuple(sorted({*self._chosen, int(key)}))
        if self.finder.text():
            raise not_found(self.field, self.finder.text())
        return tuple(sorted(self._chosen))

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show records by their titles."""
        ids = [int(part) for part in value] if isinstance(value, tuple) else []
        if any(number not in titles for number in ids):
            titles = {int(entry.key): entry.label for entry in self.finder.options()} | dict(titles)
        self._show({number: titles.get(number, "") for number in ids})

    def _take(self, key: str) -> None:
        label = self.finder.line.text()
        self.finder.put("", "")
        self._show({**self._chosen, int(key): label})
        self.edited.emit()

    def _drop(self, record_id: int) -> None:
        self._show({number: label for number, label in self._chosen.items() if number != record_id})
        self.finder.line.setFocus()
        self.edited.emit()

    def _show(self, chosen: dict[int, str]) -> None:
        self._chosen = chosen
        while (item := self._rows.takeAt(0)) is not None:
            row = item.widget()
            if row is not None:
                row.hide()
                row.deleteLater()
        for record_id, label in chosen.items():
            self._rows.addWidget(self._row(record_id, label))

    def _row(self, record_id: int, label: str) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        remove = link_button("Remove", f"Remove {label}")
        remove.clicked.connect(lambda: self._drop(record_id))
        layout.addWidget(words(label), 1)
        layout.addWidget(remove)
        return row

    def _add(self) -> None:
        assert self._add_new is not None
        added = self._add_new(self)
        if added is not None:
            self.finder.forget_options()
            self._show({**self._chosen, added[0]: added[1]})
            self.edited.emit()
        self.finder.line.setFocus()
