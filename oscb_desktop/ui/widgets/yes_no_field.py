"""A question answered yes, no, or not yet."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QRadioButton

from oscb_desktop.domain.fields.field import Field
from oscb_desktop.domain.values import Value
from oscb_desktop.ui.widgets.control import NO_TITLES, Control

_ANSWERS: dict[str, bool | None] = {"Yes": True, "No": False, "Not yet answered": None}


class YesNoControl(Control):
    """Three answers side by side, chosen with the arrow keys or a click."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QRadioButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(20)
        for answer in _ANSWERS:
            choice = QRadioButton(answer, self)
            choice.setAccessibleName(f"{field.label}: {answer}")
            choice.installEventFilter(self)
            self._group.addButton(choice)
            self._buttons[answer] = choice
            row.addWidget(choice)
        row.addStretch(1)
        self._buttons["Not yet answered"].setChecked(True)
        self._quiet = False
        self._group.buttonToggled.connect(self._toggled)
        self._lead_keys()

    def name_it(self, name: str, description: str) -> None:
        """Tell assistive software what is asked; each answer carries the question in its name."""
        self.setAccessibleName(name)
        for choice in self._buttons.values():
            choice.setAccessibleDescription(description)

    def typed(self) -> str:
        """Return the answer in a word, empty when there is none."""
        checked = self._answer()
        return "" if _ANSWERS[checked] is None else checked

    def put_typed(self, text: str) -> None:
        """Put an answer back."""
        self._quiet = True
        self._buttons.get(text, self._buttons["Not yet answered"]).setChecked(True)
        self._quiet = False
        self._lead_keys()

    def value(self) -> Value:
        """Return the answer."""
        return _ANSWERS[self._answer()]

    def put_value(self, value: Value, titles: Mapping[int, str] = NO_TITLES) -> None:
        """Show an answer."""
        self.put_typed("" if value is None else "Yes" if value else "No")

    def _answer(self) -> str:
        return next(answer for answer, choice in self._buttons.items() if choice.isChecked())

    def _toggled(self, _button: QAbstractButton, checked: bool) -> None:
        if checked and not self._quiet:
            self._lead_keys()
            self.edited.emit()

    def _lead_keys(self) -> None:
        """Let Tab come to the answer that is given: only from there do the arrows choose."""
        given = self._answer()
        for answer, choice in self._buttons.items():
            strong, click = Qt.FocusPolicy.StrongFocus, Qt.FocusPolicy.ClickFocus
            choice.setFocusPolicy(strong if answer == given else click)
        self.setFocusProxy(self._buttons[given])
