"""One choice from a code list, found by typing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value, parse
from oscb_desktop.ui.widgets.control import NO_TITLES, Control
from oscb_desktop.ui.widgets.finder import Finder, Option


def options_of(field: Field) -> tuple[Option, ...]:
    """Return the entries of a field's code list."""
    return tuple(
        Option(entry.code, entry.label, entry.group) for entry in code_list(field.codes).codes
    )


class CodeControl(Control):
    """A code chosen by its words; the list stands under headings where it has them."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.finder = Finder(lambda: options_of(field), field.label)
        longest = max(len(option.label) for option in options_of(field))
        self.finder.fit_to_content(max(longest + 2, 16))
        self.watch(self.finder.line)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.finder, 100)
        row.addStretch(1)
        self.finder.edited.connect(self.edited)
        self.left.connect(self.finder.settle)

    def typed(self) -> str:
        """Return the chosen code, or the words typed."""
        return self.finder.typed()

    def put_typed(self, text: str) -> None:
        """Put it back."""
        self.finder.put_typed(text)

    def value(self) -> Value:
        """Return the code."""
        # The day does not matter to a code.
        return self.finder.meant() or parse(self.field, self.finder.text(), date.min)

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show the words of a code."""
        code = "" if value is None else str(value)
        self.finder.put(code, code_list(self.field.codes).label_of(code) if code else "")
