"""Values typed in one short line and understood by the rules of the field: numbers, money, ages."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout

from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.values import Value, parse, shown
from oscb_desktop.errors import UserError
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.widgets.control import NO_TITLES, Control, sized_line

_WIDTHS = {
    FieldKind.WHOLE_NUMBER: 10,
    FieldKind.MONEY: 14,
    FieldKind.AGE: 18,
    FieldKind.DATE: 18,
    FieldKind.UNCERTAIN_DATE: 18,
}


class ParsedControl(Control):
    """A line of typed text with its meaning told beneath it."""

    def __init__(self, field: Field, operations: Operations) -> None:
        super().__init__(field)
        self._operations = operations
        self.line = sized_line(self, _WIDTHS.get(field.kind, 30))
        self.watch(self.line)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)
        self.row.addWidget(self.line, 100)
        self.row.addStretch(1)
        self.line.textEdited.connect(lambda _text: self.edited.emit())

    def typed(self) -> str:
        """Return the text."""
        return self.line.text()

    def put_typed(self, text: str) -> None:
        """Put the text back."""
        self.line.setText(text)

    def value(self) -> Value:
        """Return what the text means."""
        return parse(self.field, self.typed(), self._operations.today())

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show a value as it would be typed."""
        self.put_typed(shown(self.field, value).removeprefix("£"))

    def echo(self) -> str:
        """Return the value in words, when they differ from what was typed."""
        try:
            value = self.value()
        except UserError:
            return ""
        told = self.told(value)
        return "" if told == self.typed().strip() else told

    def told(self, value: Value) -> str:
        """Return a value in words."""
        return shown(self.field, value)
