"""What can be done to the actions that are selected, each act rehearsed before it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries.actions import ActionRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.act_form import ActForm
from oscb_desktop.ui.forms.bulk_acts import BULK_ACTS, BulkAct
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import button, quiet, strong, words
from oscb_desktop.ui.widgets.scrolling import bring_into_sight, scrolled

_NAMED = 12  # references that are written out


class ManyActions(QWidget):
    """Stands below the list while several actions are selected; Esc in it gives up a form.

    While a form is open it is about the actions that were selected when it was opened.
    ``opened`` tells that a form needs room, ``left`` that the keyboard goes back to the list.
    """

    left = Signal()
    opened = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: tuple[ActionRow, ...] = ()
        self.form: ActForm | None = None
        self._act: BulkAct | None = None
        self._head = strong("")
        self._about = quiet("")
        self.foreseen = words("")
        self.foreseen.setAccessibleName("What this will do")
        self.done_line = words("", "good")
        self.buttons: dict[str, QPushButton] = {}
        self._build()

    @property
    def is_busy(self) -> bool:
        """Whether a form is open, so that what is selected meanwhile does not matter."""
        return self.form is not None

    def show_rows(self, rows: Sequence[ActionRow]) -> None:
        """Be about these actions, unless a form is open about others."""
        if self.is_busy:
            return
        if {row.id for row in rows} != {row.id for row in self._rows}:
            self.done_line.hide()
        self._rows = tuple(rows)
        self._head.setText(f"{counted(len(rows), 'action')} selected")
        delivery = Counter(row.delivery_words.lower() for row in rows)
        stands = ", ".join(f"{number:,} {word}" for word, number in delivery.items())
        named = ", ".join(row.reference for row in rows[:_NAMED])
        more = f" and {len(rows) - _NAMED:,} more" if len(rows) > _NAMED else ""
        self._about.setText(f"{stands}. {named}{more}. Each act below is one step for undo.")

    def begin(self, act: BulkAct) -> None:
        """Open the form of an act, with what it would do below it."""
        if not self._rows or self.is_busy:
            return
        ids = tuple(row.id for row in self._rows)
        form = ActForm(self._context, act.name, act.fields, lambda values: act.command(ids, values))
        form.setObjectName("card")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.done.connect(self._on_done)
        form.cancelled.connect(self._close)
        for box in form.boxes.values():
            box.edited.connect(self._foresee)
        self._act, self.form = act, form
        self._acts.hide()
        self._about.hide()
        self.done_line.hide()
        self.opened.emit()
        self._column.insertWidget(self._column.indexOf(self._acts), form)
        form.show()
        self.foreseen.show()
        self._foresee()
        form.focus_first()
        bring_into_sight(form)

    def unsaved(self) -> bool:
        """Whether something was typed and not done."""
        return self.form is not None and self.form.is_typed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list on Esc."""
        if event.key() == Qt.Key.Key_Escape and not self.is_busy:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(12, 8, 8, 8)
        self._acts = QWidget()
        flow = FlowLayout(self._acts, 8)
        for act in BULK_ACTS:
            choice = button(act.name, act.name)
            choice.setText(act.label)  # with the mark of its key
            choice.setToolTip(f"{act.name} ({act.key})")
            choice.clicked.connect(lambda _=False, act=act: self.begin(act))
            self.buttons[act.name] = choice
            flow.addWidget(choice)
        for line in (self._head, self._about, self.done_line, self.foreseen, self._acts):
            self._column.addWidget(line)
        self._column.addStretch(1)
        self.done_line.hide()
        self.foreseen.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def _foresee(self) -> None:
        """Say what the act would do with what is typed so far."""
        if self.form is None or self._act is None:
            return
        command = self._act.command(tuple(row.id for row in self._rows), self._typed(self.form))
        foreseen = self._context.operations.read(command.foresee)
        self.foreseen.setText(foreseen.words)
        self.form.do_button.setText(f"{self._act.name}: {len(foreseen.touched):,}")
        self.form.do_button.setEnabled(bool(foreseen.touched))

    def _typed(self, form: ActForm) -> dict[str, Value]:
        values: dict[str, Value] = {}
        for name, box in form.boxes.items():
            try:
                values[name] = box.control.value()
            except UserError:
                values[name] = None  # half typed
        return values

    def _on_done(self, changes: Changes) -> None:
        self._close()
        self.done_line.setText(f"Done: {changes.label}. Ctrl+Z takes all of it back.")
        self.done_line.show()

    def _close(self) -> None:
        form, self.form, self._act = self.form, None, None
        self.foreseen.hide()
        if form is not None:
            form.hide()
            self._column.removeWidget(form)
            form.deleteLater()
        self._acts.show()
        self._about.show()
        self.left.emit()
