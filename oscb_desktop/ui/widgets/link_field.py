"""A link to one other record, found by typing, or added on the spot."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QHBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.ui.widgets.control import NO_TITLES, Control
from oscb_desktop.ui.widgets.finder import Finder, Option
from oscb_desktop.ui.widgets.labels import button

LoadOptions = Callable[[], tuple[Option, ...]]
AddNew = Callable[[QWidget], tuple[int, str] | None]
"""Opens a form for a new record; returns its id and title, or nothing when it was left."""


def not_found(field: Field, text: str) -> UserError:
    """Return the sentence for words that name no record of the kind."""
    what = record_kind(field.to).label.lower()
    return UserError(
        f"“{text[:40]}” names no {what} of this file, or several. "
        "Choose one from the list, or press New."
    )


class LinkControl(Control):
    """One record chosen by its words; ``New`` adds one and comes back with it chosen."""

    def __init__(self, field: Field, options: LoadOptions, add_new: AddNew | None) -> None:
        super().__init__(field)
        self.finder = Finder(options, field.label)
        self.finder.fit_to_content(52)
        self.watch(self.finder.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.finder, 100)
        self._add_new = add_new
        if add_new is not None:
            what = record_kind(field.to).label.lower()
            self.new_button = button("New…", f"{field.label}: add a new {what}")
            self.new_button.clicked.connect(self._add)
            row.addWidget(self.new_button)
        row.addStretch(1)
        self.finder.edited.connect(self.edited)
        self.left.connect(self.finder.settle)

    def typed(self) -> str:
        """Return the chosen record's id, or the words typed."""
        return self.finder.typed()

    def put_typed(self, text: str) -> None:
        """Put it back."""
        self.finder.put_typed(text)

    def value(self) -> Value:
        """Return the id of the record."""
        if key := self.finder.meant():
            return int(key)
        if self.finder.text():
            raise not_found(self.field, self.finder.text())
        return None

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show a record by its title."""
        if isinstance(value, int):
            self.finder.put(str(value), titles.get(value) or self._title(value))
        else:
            self.finder.put("", "")

    def _title(self, record_id: int) -> str:
        wanted = str(record_id)
        return next((entry.label for entry in self.finder.options() if entry.key == wanted), "")

    def _add(self) -> None:
        assert self._add_new is not None
        added = self._add_new(self)
        if added is not None:
            self.finder.forget_options()
            self.finder.put(str(added[0]), added[1])
            self.edited.emit()
        self.finder.line.setFocus()
