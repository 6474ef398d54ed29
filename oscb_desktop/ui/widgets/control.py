"""What every control of a form can do, whatever it holds."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value, is_empty

NO_TITLES: Mapping[int, str] = {}


class Control(QWidget):
    """A place to type one field's value.

    What was typed and the value that it means are two things: what was typed is never lost, also
    when it means nothing. ``left`` tells that the person has gone on to another field.
    """

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field

    def typed(self) -> str:
        """Return what stands in the control, as text that ``put_typed`` takes back."""
        raise NotImplementedError

    def put_typed(self, text: str) -> None:
        """Put back what was typed."""
        raise NotImplementedError

    def value(self) -> Value:
        """Return the value that is meant; raises ``UserError`` with a sentence when it is none."""
        raise NotImplementedError

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show a value; ``titles`` names the records that a link leads to."""
        raise NotImplementedError

    def echo(self) -> str:
        """Return how the value was understood, where that is worth saying."""
        return ""

    def is_typed(self) -> bool:
        """Whether anything stands in the control."""
        return bool(self.typed().strip())

    def name_it(self, name: str, description: str) -> None:
        """Tell assistive software what this is."""
        target = self.focusProxy() or self
        target.setAccessibleName(name)
        target.setAccessibleDescription(description)

    def watch(self, inner: QWidget) -> None:
        """Make a widget the one that takes the keys, and tell when it is left."""
        self.setFocusProxy(inner)
        inner.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell when the field is left for another one, not for its own list or another window."""
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusOut:
            staying = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
            if event.reason() not in staying:
                self.left.emit()
        return super().eventFilter(watched, event)


def width_of(widget: QWidget, characters: int) -> int:
    """Return the width in pixels that so many characters take, with room for the frame."""
    return widget.fontMetrics().horizontalAdvance("0") * characters + 24


def sized_line(parent: QWidget, characters: int) -> QLineEdit:
    """Return a line to type in that is as wide as what it holds, where there is room."""
    line = QLineEdit(parent)
    line.setMaximumWidth(width_of(line, characters))
    return line


def says_something(value: Value) -> bool:
    """Whether a value is worth showing."""
    return not is_empty(value)
