"""One field of a form: its label, its help, its control, and what is said about what was typed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value, shown
from oscb_desktop.errors import UserError
from oscb_desktop.ui.widgets.control import Control
from oscb_desktop.ui.widgets.labels import fault, quiet, selectable, strong, words

_GUARDED = "Set once; it is not changed here."


class FieldBox(QWidget):
    """A field in a form. ``edited`` tells of each keystroke, ``left`` of going on."""

    edited = Signal()

    def __init__(self, field: Field, control: Control) -> None:
        super().__init__()
        self.field = field
        self.control = control
        self._label = strong(_label_of(field))
        self._label.setBuddy(control.focusProxy() or control)
        self._echo = quiet("")
        self._note = words("", "good")
        self._fault = fault()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(self._label)
        if field.help:
            layout.addWidget(quiet(field.help))
        layout.addWidget(control)
        for line in (self._echo, self._note, self._fault):
            line.hide()
            layout.addWidget(line)
        control.name_it(_label_of(field), field.help)
        control.edited.connect(self._on_edited)
        control.left.connect(self.check)

    @property
    def fault_text(self) -> str:
        """The sentence that stands under the field, if any."""
        return self._fault.text()

    @property
    def echo_text(self) -> str:
        """What the field says it understood."""
        return self._echo.text()

    @property
    def note_text(self) -> str:
        """What the field says about where its text came from."""
        return self._note.text()

    def put(self, value: Value, titles: Mapping[int, str]) -> None:
        """Show a value, with no fault and no note."""
        self.control.put_value(value, titles)
        self.show_fault("")
        self.show_note("")
        self._say(self._echo, self.control.echo())

    def check(self) -> None:
        """Say at once when what was typed means nothing."""
        try:
            self.control.value()
        except UserError as wrong:
            self.show_fault(wrong.sentence)
        else:
            self.show_fault("")
        self._say(self._echo, self.control.echo())

    def show_fault(self, sentence: str) -> None:
        """Put a sentence under the field, or take it away."""
        self._say(self._fault, sentence)
        target = self.control.focusProxy() or self.control
        target.setProperty("wrong", "true" if sentence else "false")
        target.style().unpolish(target)
        target.style().polish(target)
        told = " ".join(part for part in (sentence, self.field.help) if part)
        target.setAccessibleDescription(told)

    def show_note(self, sentence: str) -> None:
        """Say something about the field that is no fault."""
        self._say(self._note, sentence)

    def take_focus(self) -> None:
        """Put the keyboard into the field."""
        self.control.setFocus()

    def _on_edited(self) -> None:
        if self.fault_text:
            self.show_fault("")
        self._say(self._echo, self.control.echo())
        self.edited.emit()

    @staticmethod
    def _say(line: QLabel, sentence: str) -> None:
        line.setText(sentence)
        line.setVisible(bool(sentence))


class FixedBox(QWidget):
    """A field that is shown and not changed here, with a word why."""

    def __init__(self, field: Field, text: str) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(strong(field.label))
        layout.addWidget(selectable(text))
        layout.addWidget(quiet(_GUARDED))


def fixed_words(field: Field, value: Value, titles: Mapping[int, str]) -> str:
    """Return the value of a field that is not changed here."""
    return shown(field, value, titles) or "Not given"


def _label_of(field: Field) -> str:
    return f"{field.label} (required)" if field.required else field.label
