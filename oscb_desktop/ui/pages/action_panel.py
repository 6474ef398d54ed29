"""The selected action: its story, a note ready to type, and what can be done to it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.assurance import LAPSED, last_result
from oscb_desktop.queries.drafts import draft_for
from oscb_desktop.queries.escalation import DueEscalation, due_escalation
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.drafts import DropDraft, KeepDraft
from oscb_desktop.services.records import AddRecord
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.act_form import ActForm
from oscb_desktop.ui.forms.action_acts import ACTS, CHECK, ESCALATE, REOPEN, Act
from oscb_desktop.ui.pages.action_story import ActionStory
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import button, fault, quiet, strong
from oscb_desktop.ui.widgets.scrolling import bring_into_sight, scrolled
from oscb_desktop.ui.widgets.tab_order import first_taking_keys
from oscb_desktop.ui.widgets.text_field import PlainBox

_TOLD_BY = frozenset(
    {
        "action",
        "progress_note",
        "evidence",
        "due_revision",
        "recommendation",
        "assurance_check",
        "impact",
        "escalation",
    }
)
_NOTE = ("note",)
_TWO_COLUMNS = 640  # pixels from which the acts stand beside the story


class ActionPanel(QWidget):
    """Shows one action; acts open in place, and what they refuse is said beside them."""

    def __init__(self, context: Context, *, scrolling: bool = True) -> None:
        super().__init__()
        self._context = context
        self.row: RecordRow | None = None
        self._scrolling = scrolling
        self.act_form: ActForm | None = None
        self._act: Act | None = None
        self._story: QWidget | None = None
        self._build()
        self.show_action(None)
        context.operations.changed.connect(self._on_changed)

    def show_action(self, action_id: int | None) -> None:
        """Show another action, or none; a note that was begun waits for its action."""
        before = self.row.id if self.row else None
        if action_id != before:
            self.keep_typing()
            self._close_act()
        self.row = self._read(action_id)
        self._show_story()
        self._side.setVisible(self.row is not None)
        if action_id != before and self.row is not None:
            self._find_note(self.row.id)
            self._find_act(self.row)
        self._offer_acts()

    def add_note(self) -> bool:
        """Save the note; return whether it was saved."""
        if self.row is None:
            return False
        operations = self._context.operations
        note: dict[str, Value] = {
            "action": self.row.id,
            "noted_on": operations.today(),
            "note": self.note.toPlainText(),
            "by": operations.store.by,
        }
        action_id = self.row.id
        try:
            operations.write(AddRecord("progress_note", note))
        except UserError as refused:
            self._note_fault.setText(refused.sentence)
            self._note_fault.show()
            self.note.setFocus()
            return False
        self.note.clear()
        self._note_fault.hide()
        self._forget_note(action_id)
        return True

    def begin(self, act: Act) -> None:
        """Open the small form of an act."""
        if self.row is None:
            return
        self._end_act()
        form = self._open_act(act, self.row)
        form.focus_first()
        bring_into_sight(form)

    def _open_act(self, act: Act, row: RecordRow) -> ActForm:
        today = self._context.operations.today()
        form = ActForm(
            self._context,
            act.name,
            act.fields,
            lambda values: act.command(self.row or row, values),
            {**act.start(today), **self._next_step(act, row)},
        )
        form.setObjectName("card")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.done.connect(lambda _changes: self._after(act))
        form.cancelled.connect(self._end_act)
        self.act_form, self._act = form, act
        self._acts.hide()
        self._side_rows.insertWidget(self._side_rows.indexOf(self._acts), form)
        form.show()
        return form

    def _next_step(self, act: Act, row: RecordRow) -> dict[str, Value]:
        """Return the step of the ladder that is due, where it is to be taken."""
        due = self._due(row) if act.name == ESCALATE else None
        return {"step": due.step, "to": due.to, "message": due.message} if due else {}

    def _due(self, row: RecordRow) -> DueEscalation | None:
        operations = self._context.operations
        return operations.read(due_escalation, row.id, operations.today())

    def unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        return bool(self.note.toPlainText().strip()) or (
            self.act_form is not None and self.act_form.is_typed()
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Save the note on Ctrl+Enter."""
        if (
            watched is self.note
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.add_note()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the note and the acts under the story where both would be too narrow."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wanted = way.LeftToRight if self.width() >= _TWO_COLUMNS else way.TopToBottom
        if wanted is not self._halves.direction():
            self._halves.setDirection(wanted)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was begun."""
        self.keep_typing()
        super().hideEvent(event)

    # Building

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, body)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(20)
        self._place = QWidget()
        self._place_rows = QVBoxLayout(self._place)
        self._place_rows.setContentsMargins(0, 0, 0, 0)
        self._side = self._make_side()
        self._halves.addWidget(self._place, 3)
        self._halves.addWidget(self._side, 2)
        if self._scrolling:
            self._halves.setContentsMargins(12, 8, 8, 8)
            whole.addWidget(scrolled(body))
        else:
            whole.addWidget(body)

    def _make_side(self) -> QWidget:
        side = QWidget()
        self._side_rows = QVBoxLayout(side)
        self._side_rows.setContentsMargins(0, 0, 0, 0)
        label = strong("Add a note")
        self.note = PlainBox()
        self.note.setAccessibleName("Add a note")
        self.note.setPlaceholderText("What was reported. Ctrl+Enter saves.")
        self.note.installEventFilter(self)
        label.setBuddy(self.note)
        self._note_fault = fault()
        self._note_fault.hide()
        save = button("Save note")
        save.clicked.connect(self.add_note)
        self._acts = QWidget()
        line = FlowLayout(self._acts, 8)
        self.act_buttons = {act.name: self._act_button(act) for act in ACTS}
        for choice in self.act_buttons.values():
            line.addWidget(choice)
        for widget in (label, self.note, self._note_fault):
            self._side_rows.addWidget(widget)
        self._side_rows.addWidget(save, 0, Qt.AlignmentFlag.AlignLeft)
        self._side_rows.addSpacing(8)
        self._side_rows.addWidget(self._acts)
        self._side_rows.addStretch(1)
        return side

    def _act_button(self, act: Act) -> QWidget:
        choice = button(act.label, act.name)
        choice.clicked.connect(lambda: self.begin(act))
        return choice

    # Showing

    def _show_story(self) -> None:
        if self._story is not None:
            self._story.hide()
            self._place_rows.removeWidget(self._story)
            self._story.deleteLater()
        if self.row is None:
            self._story = quiet("Choose an action above to see its story.")
        else:
            on_page = not self._scrolling
            self._story = ActionStory(self._context, self.row, on_its_page=on_page)
        self._place_rows.addWidget(self._story)
        self._story.show()

    def _offer_acts(self) -> None:
        """Show the acts that fit, the likely next one first."""
        for act in ACTS:
            fits = self.row is not None and act.fits(self.row)
            if fits and self.row is not None and act.name == ESCALATE:
                fits = self._due(self.row) is not None
            self.act_buttons[act.name].setVisible(fits)

    def _end_act(self) -> None:
        """Take the form of an act away: it is done, or not wanted."""
        if self.row is not None and self._act is not None:
            self._forget(DropDraft("action", self.row.id, {}, _names(self._act)))
        self._close_act()

    def _after(self, act: Act) -> None:
        """End an act; where a check found that it does not hold, offer to reopen the action."""
        self._end_act()
        if act.name != CHECK or self.row is None:
            return
        if self._context.operations.read(last_result, self.row.id) == LAPSED:
            self.begin(next(one for one in ACTS if one.name == REOPEN))

    def _close_act(self) -> None:
        form, self.act_form, self._act = self.act_form, None, None
        here = QApplication.focusWidget()
        typing = form is not None and here is not None and form.isAncestorOf(here)
        if form is not None:
            form.hide()
            self._side_rows.removeWidget(form)
            form.deleteLater()
        self._acts.show()
        if typing:
            (first_taking_keys(self._acts) or self.note).setFocus()

    def _read(self, action_id: int | None) -> RecordRow | None:
        if action_id is None:
            return None
        row = self._context.operations.read(records.record, "action", action_id)
        return row if row is not None and row.withdrawn_at is None else None

    def _on_changed(self, changes: Changes) -> None:
        if self.row is not None and changes.kinds & _TOLD_BY:
            self.row = self._read(self.row.id)
            self._show_story()
            self._side.setVisible(self.row is not None)
            self._offer_acts()

    # What was begun

    def keep_typing(self) -> tuple[KeepDraft, ...]:
        """Keep the note and the act that were begun; return what could not be kept."""
        tried = (self._keep_note(), self._keep_act())
        return tuple(command for command in tried if command is not None)

    def take(self, held: KeepDraft) -> None:
        """Put back typing that could not be kept in the file, where it belongs here."""
        if self.row is None or self.row.id not in (held.record_id, held.preset.get("action")):
            return
        if held.kind == "progress_note":
            self.note.setPlainText(held.typed["note"])
        else:
            self._bring_back_act(self.row, held.typed)

    def _find_note(self, action_id: int) -> None:
        kept = self._context.operations.read(
            draft_for, "progress_note", None, {"action": action_id}
        )
        self.note.setPlainText(kept.typed.get("note", "") if kept else "")
        self._note_fault.hide()

    def _keep_note(self) -> KeepDraft | None:
        if self.row is None:
            return None
        text = self.note.toPlainText()
        preset = {"action": self.row.id}
        if text.strip():
            return self._keep(KeepDraft("progress_note", None, None, preset, _NOTE, {"note": text}))
        self._forget_note(self.row.id)
        return None

    def _forget_note(self, action_id: int) -> None:
        self._forget(DropDraft("progress_note", None, {"action": action_id}, _NOTE))

    def _find_act(self, row: RecordRow) -> None:
        kept = self._context.operations.read(draft_for, "action", row.id, {})
        if kept is not None:
            self._bring_back_act(row, kept.typed)

    def _bring_back_act(self, row: RecordRow, kept: Mapping[str, str]) -> None:
        """Open the act that was begun, if it still makes sense; the keyboard stays where it is."""
        for act in ACTS:
            names = dict(zip(_names(act), (field.name for field in act.fields), strict=True))
            typed = {names[name]: text for name, text in kept.items() if name in names}
            if typed and act.fits(row):
                self._close_act()
                self._open_act(act, row).bring_back(typed)
                return

    def _keep_act(self) -> KeepDraft | None:
        if self.row is None or self.act_form is None or self._act is None:
            return None
        typed = {f"{self._act.name}: {name}": text for name, text in self.act_form.typed().items()}
        names = _names(self._act)
        if not typed:
            self._forget(DropDraft("action", self.row.id, {}, names))
            return None
        return self._keep(KeepDraft("action", self.row.id, self.row.version, {}, names, typed))

    def _keep(self, command: KeepDraft) -> KeepDraft | None:
        try:
            self._context.operations.store.write(command)
        except UserError:
            return command
        return None

    def _forget(self, command: DropDraft) -> None:
        operations = self._context.operations
        if operations.read(draft_for, command.kind, command.record_id, command.preset):
            with suppress(UserError):
                operations.store.write(command)


def _names(act: Act) -> tuple[str, ...]:
    """Return the names under which the typing of an act is kept with its action."""
    return tuple(f"{act.name}: {field.name}" for field in act.fields)
