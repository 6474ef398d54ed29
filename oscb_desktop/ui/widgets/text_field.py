"""Text of one line, and narrative that grows with what is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value
from oscb_desktop.ui.widgets.control import NO_TITLES, Control, sized_line

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

_NARROW = 60
_FEWEST_LINES, _MOST_LINES = 3, 18
# Beyond this many characters the end of the field's room is worth mentioning.
_MENTION = 0.8


class TextControl(Control):
    """One line of text."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        narrow = field.max_length <= _NARROW
        self.line: QLineEdit = sized_line(self, field.max_length // 2 + 6 if narrow else 90)
        self.watch(self.line)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.line, 100)
        layout.addStretch(1)
        self.line.textEdited.connect(lambda _text: self.edited.emit())

    def typed(self) -> str:
        """Return the text."""
        return self.line.text()

    def put_typed(self, text: str) -> None:
        """Put the text back."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def value(self) -> Value:
        """Return the text, or nothing."""
        return self.typed().strip() or None

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show the text."""
        self.put_typed("" if value is None else str(value))

    def echo(self) -> str:
        """Return how much room is left, when it is running out."""
        return room_left(self.field, self.typed())


class LongTextControl(Control):
    """Narrative of any length: it grows as it is typed, and Tab goes on to the next field."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = PlainBox(self)
        self.watch(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self._quiet = False
        self.box.textChanged.connect(self._changed)

    def typed(self) -> str:
        """Return the text."""
        return self.box.toPlainText()

    def put_typed(self, text: str) -> None:
        """Put the text back."""
        self._quiet = True
        self.box.setPlainText(text)
        self._quiet = False

    def value(self) -> Value:
        """Return the text, or nothing."""
        return self.typed().strip() or None

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show the text."""
        self.put_typed("" if value is None else str(value))

    def echo(self) -> str:
        """Return how much room is left, when it is running out."""
        return room_left(self.field, self.typed())

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()


class PlainBox(QPlainTextEdit):
    """A box for plain text, three lines high at first and eighteen at most; the rest scrolls."""

    def __init__(self, parent: QWidget | None = None, fewest: int = _FEWEST_LINES) -> None:
        super().__init__(parent)
        self._fewest, self._most = fewest, _MOST_LINES
        self.setTabChangesFocus(True)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustIgnored)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._fit())
        self._fit()

    def show_at_least(self, lines: int) -> None:
        """Be so many lines high while the text is shorter."""
        self._fewest = lines
        self._fit()

    def show_at_most(self, lines: int) -> None:
        """Be no higher than so many lines, where something below must be seen too."""
        self._most = lines
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new line breaks."""
        super().resizeEvent(event)
        self._fit()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Leave files that are dropped here to the page, which attaches them."""
        return super().canInsertFromMimeData(source) and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste the plain words alone, whatever they looked like where they came from."""
        self.insertPlainText(source.text())

    def _fit(self) -> None:
        lines = int(self.document().size().height())  # a plain document counts in lines
        shown = max(self._fewest, min(lines, self._most))
        margins = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 6
        height = shown * self.fontMetrics().lineSpacing() + margins
        if height != self.height():
            self.setFixedHeight(height)


def room_left(field: Field, typed: str) -> str:
    """Say how long a text is once it nears the length that fits."""
    if len(typed) < field.max_length * _MENTION:
        return ""
    return f"{len(typed):,} of at most {field.max_length:,} characters."
