"""The fields of a form, made from the declarations: sections, folds, and which of them apply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field, Guard, RecordKind
from oscb_desktop.domain.validation import applies, clean
from oscb_desktop.domain.values import Value, Values, is_empty
from oscb_desktop.errors import FieldFault, UserError
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.controls import control_for
from oscb_desktop.ui.forms.field_box import FieldBox, FixedBox, fixed_words
from oscb_desktop.ui.forms.fold import Fold
from oscb_desktop.ui.widgets.control import NO_TITLES
from oscb_desktop.ui.widgets.labels import heading
from oscb_desktop.ui.widgets.scrolling import COLUMN_WIDTH, bring_into_sight

_UNFOLDED = {("action", "due_on")}
"""Guarded fields that are part of the common path of a new record all the same."""


class FormFields(QWidget):
    """Label above field, one column, sections under headings, the less common behind "More".

    ``sections`` limits the form to these; ``without`` names fields that are left out, such as the
    owner of a record that is added in its owner's place.
    """

    edited = Signal()

    def __init__(
        self,
        context: Context,
        kind: RecordKind,
        row: RecordRow | None,
        preset: Values,
        sections: Iterable[str] | None = None,
        without: Iterable[str] = (),
    ) -> None:
        super().__init__()
        self._context = context
        self._kind = kind
        self._row = row
        # Files are attached beside the form, not chosen from those of other records.
        files = (field.name for field in kind.fields if field.to == "attachment")
        self._without = {*without, *files}
        self.boxes: dict[str, FieldBox] = {}
        self._folds: dict[str, Fold] = {}
        self._parts: dict[str, QWidget] = {}
        self._hidden: set[str] = set()
        self.start: Values = self.starting(kind, row, preset)
        self._first: dict[str, str] = {}
        self._build(_in_order(kind) if sections is None else tuple(sections))
        self.put(self.start, row.titles if row else {})

    @staticmethod
    def starting(kind: RecordKind, row: RecordRow | None, preset: Values) -> dict[str, Value]:
        """Return the values that a form starts from."""
        if row is not None:
            return {**row.values, **preset}
        given: dict[str, Value] = {field.name: field.default or None for field in kind.fields}
        return {**given, **preset}

    # Reading

    def value_of(self, name: str) -> Value:
        """Return what a field holds at present, nothing where what is typed means nothing."""
        box = self.boxes.get(name)
        if box is None:
            return self.start.get(name)
        try:
            return box.control.value()
        except UserError:
            return None

    def dirty(self) -> dict[str, str]:
        """Return the typed text of each field that differs from what it first showed."""
        found = {name: box.control.typed() for name, box in self.boxes.items()}
        return {name: text for name, text in found.items() if text != self._first[name]}

    def read(self) -> tuple[dict[str, Value], tuple[FieldFault, ...]]:
        """Return the values of the fields that apply, and a fault for each that means nothing."""
        values: dict[str, Value] = {}
        faults = []
        for name, box in self.boxes.items():
            if name in self._hidden:
                continue
            try:
                values[name] = clean(box.field, box.control.value())
            except UserError as wrong:
                faults.append(FieldFault(name, wrong.sentence))
        return values, tuple(faults)

    # Showing

    def put(self, values: Values, titles: Mapping[str, Mapping[int, str]]) -> None:
        """Show these values as the ones from which typing starts."""
        self.start = values
        for name, box in self.boxes.items():
            box.put(values.get(name), titles.get(name, NO_TITLES))
            self._first[name] = box.control.typed()
        self.show_what_applies()
        for fold in self._folds.values():
            fold.open(any(box.control.is_typed() for box in fold.findChildren(FieldBox)))

    def rebase(self, row: RecordRow) -> None:
        """Take a newer state of the record as the start; what was typed stays typed."""
        typed = self.dirty()
        self._row = row
        self.put(dict(row.values), row.titles)
        for name, text in typed.items():
            self.boxes[name].control.put_typed(text)
            now = row.words(name) or "nothing"
            self.boxes[name].show_note(f"It now holds: {now}")
        self.show_what_applies()

    def show_what_applies(self) -> None:
        """Show the fields that are asked for, given the other answers; the others keep theirs."""
        answers = {name: self.value_of(name) for name in _deciding(self._kind)}
        self._hidden = {name for name, box in self.boxes.items() if not applies(box.field, answers)}
        for name, box in self.boxes.items():
            box.setVisible(name not in self._hidden)
        for section, part in self._parts.items():
            asked = self._asked(section, folded=None)
            part.setVisible(bool(asked))
            if section in self._folds:
                self._folds[section].setVisible(bool(self._asked(section, folded=True)))

    def show_faults(self, faults: Iterable[FieldFault]) -> tuple[FieldFault, ...]:
        """Put each sentence under its field and go to the first; return those with no field."""
        left = []
        told = {fault.field: fault.sentence for fault in faults}
        for name, sentence in told.items():
            if name not in self.boxes or name in self._hidden:
                left.append(FieldFault(name, sentence))
        for name, box in self.boxes.items():
            box.show_fault(told.get(name, ""))
        first = next((name for name in self.boxes if name in told), None)
        if first is not None and first not in self._hidden:
            self.go_to(first)
        return tuple(left)

    def go_to(self, name: str) -> None:
        """Open what a field is folded in and put the keyboard into it."""
        self.open_fold_of(name)
        self.boxes[name].take_focus()
        bring_into_sight(self.boxes[name])

    def open_fold_of(self, name: str) -> None:
        """Open what a field is folded in."""
        field = self.boxes[name].field
        if self._is_folded(field):
            self._folds[field.section].open()

    def focus_first(self) -> None:
        """Put the keyboard into the first field."""
        for name, box in self.boxes.items():
            if name not in self._hidden and not self._is_folded(box.field):
                box.take_focus()
                return

    # Building

    def _build(self, sections: tuple[str, ...]) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(20)
        self.setMaximumWidth(COLUMN_WIDTH)
        for section in sections:
            part = self._section(section, with_heading=sum(map(bool, sections)) > 1)
            self._parts[section] = part
            layout.addWidget(part)
        layout.addStretch(1)

    def _section(self, section: str, *, with_heading: bool) -> QWidget:
        part = QWidget(self)
        rows = QVBoxLayout(part)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(14)
        if section and with_heading:
            rows.addWidget(heading(section))
        fields = [
            field
            for field in self._kind.fields
            if field.section == section and field.name not in self._without
        ]
        for field in fields:
            if not self._is_folded(field):
                rows.addWidget(self._place(field))
        folded = [field for field in fields if self._is_folded(field)]
        if folded:
            fold = Fold([field.label for field in folded])
            for field in folded:
                fold.rows.addWidget(self._place(field))
            self._folds[section] = fold
            rows.addWidget(fold)
        return part

    def _place(self, field: Field) -> QWidget:
        if self._is_set(field):
            assert self._row is not None
            titles = self._row.titles.get(field.name, NO_TITLES)
            return FixedBox(field, fixed_words(field, self.start.get(field.name), titles))
        box = FieldBox(field, control_for(self._context, self._kind, field, self.value_of))
        box.edited.connect(self._on_edited)
        self.boxes[field.name] = box
        return box

    def _is_set(self, field: Field) -> bool:
        set_before = self._row is not None and not is_empty(self._row.values[field.name])
        return field.guard is not Guard.FREE and set_before

    def _is_folded(self, field: Field) -> bool:
        if (self._kind.name, field.name) in _UNFOLDED:
            return False
        return field.folded or field.guard is not Guard.FREE

    def _asked(self, section: str, *, folded: bool | None) -> list[Field]:
        return [
            field
            for field in self._kind.fields
            if field.section == section
            and field.name not in self._hidden | self._without
            and (folded is None or self._is_folded(field) is folded)
        ]

    def _on_edited(self) -> None:
        self.show_what_applies()
        self.edited.emit()


def _in_order(kind: RecordKind) -> tuple[str, ...]:
    """Return the sections; what stands under no heading comes last, where there are headings."""
    return tuple(sorted(kind.sections, key=lambda section: not section))


def _deciding(kind: RecordKind) -> set[str]:
    """Return the fields by whose answers others apply or not."""
    return {field.when.field for field in kind.fields if field.when is not None}
