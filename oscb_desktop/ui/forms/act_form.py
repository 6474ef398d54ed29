"""A small form for an act that means more than its fields: complete, move, sign off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.controls import control_for
from oscb_desktop.ui.forms.field_box import FieldBox
from oscb_desktop.ui.forms.form_keys import add_form_keys
from oscb_desktop.ui.widgets.control import NO_TITLES
from oscb_desktop.ui.widgets.labels import button, fault, heading

MakeCommand = Callable[[Mapping[str, Value]], Command]


class ActForm(QWidget):
    """Asks for what an act needs and carries it out; a refusal stands beside what was typed."""

    done = Signal(object)
    cancelled = Signal()

    def __init__(
        self,
        context: Context,
        name: str,
        fields: Sequence[Field],
        command: MakeCommand,
        start: Mapping[str, Value] | None = None,
    ) -> None:
        super().__init__()
        self._context = context
        self._command = command
        self._start = dict(start or {})
        self._kind = RecordKind("act", name, name, tuple(fields), (), ())
        self.boxes: dict[str, FieldBox] = {}
        self._fault = fault()
        self._fault.hide()
        self._build(name)
        add_form_keys(self, self.carry_out, self.cancel)

    @property
    def fault_text(self) -> str:
        """The sentence of a refusal that is about no single field."""
        return self._fault.text()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        next(iter(self.boxes.values())).take_focus()

    def carry_out(self) -> bool:
        """Do it; say beside the fields what is wrong, and return whether it was done."""
        values = self._values()
        if values is None:
            return False
        try:
            changes = self._context.operations.write(self._command(values))
        except InvalidRecord as invalid:
            self._refuse({wrong.field: wrong.sentence for wrong in invalid.faults})
            return False
        except UserError as refused:
            self._say(refused.sentence)
            return False
        self.done.emit(changes)
        return True

    def is_typed(self) -> bool:
        """Whether anything differs from what the form started with."""
        return bool(self.typed())

    def typed(self) -> dict[str, str]:
        """Return the typed text of each field that differs from what the form started with."""
        found = {name: box.control.typed() for name, box in self.boxes.items()}
        return {name: text for name, text in found.items() if text != self._first[name]}

    def bring_back(self, typed: Mapping[str, str]) -> None:
        """Put earlier typing back into the fields, saying so at each."""
        for name, text in typed.items():
            box = self.boxes[name]
            box.control.put_typed(text)
            box.check()
            box.show_note("Brought back from what you typed.")

    def cancel(self) -> None:
        """Leave it; asks only when something was typed."""
        if self.is_typed() and not self._context.messages.ask(
            self, "What you typed here is not saved. Drop it?", "Drop it", "Go on typing"
        ):
            return
        self.cancelled.emit()

    def _values(self) -> dict[str, Value] | None:
        values: dict[str, Value] = {}
        faults: dict[str, str] = {}
        for name, box in self.boxes.items():
            try:
                values[name] = box.control.value()
            except UserError as wrong:
                faults[name] = wrong.sentence
                continue
            if box.field.required and is_empty(values[name]):
                faults[name] = f"{box.field.label} is required."
        self._refuse(faults)
        return None if faults else values

    def _refuse(self, faults: Mapping[str, str]) -> None:
        for name, box in self.boxes.items():
            box.show_fault(faults.get(name, ""))
        self._say(" ".join(text for name, text in faults.items() if name not in self.boxes))
        first = next((box for name, box in self.boxes.items() if name in faults), None)
        if first is not None:
            first.take_focus()

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))

    def _build(self, name: str) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(10)
        layout.addWidget(heading(name))
        for field in self._kind.fields:
            control = control_for(self._context, self._kind, field, self._start.get)
            box = FieldBox(field, control)
            box.put(self._start.get(field.name), NO_TITLES)
            self.boxes[field.name] = box
            layout.addWidget(box)
        self._first = {name: box.control.typed() for name, box in self.boxes.items()}
        layout.addWidget(self._fault)
        row = QHBoxLayout()
        self.do_button = button(name, first=True)
        self.do_button.clicked.connect(self.carry_out)
        self.cancel_button = button("Cancel")
        self.cancel_button.clicked.connect(self.cancel)
        row.addWidget(self.do_button)
        row.addWidget(self.cancel_button)
        row.addStretch(1)
        layout.addLayout(row)
