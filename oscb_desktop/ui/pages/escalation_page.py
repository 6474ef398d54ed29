"""Escalation: which late actions are to be taken to whom, and what was answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field, long_text
from oscb_desktop.domain.fields.field import date as day_field
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries.escalation import (
    DueEscalation,
    TakenRow,
    due_escalations,
    ladder,
    steps_taken,
)
from oscb_desktop.services import printing
from oscb_desktop.services.escalation import Escalate, NoteAnswer
from oscb_desktop.services.releases import as_words
from oscb_desktop.services.store import Command
from oscb_desktop.ui import saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.act_form import ActForm
from oscb_desktop.ui.forms.field_box import FieldBox
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import bring_into_sight, scrolled
from oscb_desktop.ui.widgets.small_table import Line

_ESCALATE, _ANSWER = "E", "R"
_MOST = 200
"""So many actions are listed at once; the rest follows when these are dealt with."""


class EscalationPage(Page):
    """What is due to be escalated, and below it the steps that wait for an answer."""

    tab_as_read = True
    reads = frozenset(
        {"action", "escalation", "ladder_step", "review", "agency", "person", "mailing"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Escalation")
        self.due_table: KeyedTable | None = None
        self.wait_table: KeyedTable | None = None
        self.form: ActForm | None = None
        self._due: dict[int, DueEscalation] = {}
        self._waiting: dict[int, TakenRow] = {}
        self._made: QWidget | None = None
        self.save_button = button("Save as PDF…", "Save the escalation report as PDF")
        self.save_button.clicked.connect(self._save)
        self.head.addWidget(self.save_button)
        self.ladder_words = quiet("")
        self.column.addWidget(self.ladder_words)
        inner = QWidget()
        self._place = QVBoxLayout(inner)
        self._place.setContentsMargins(0, 0, 3 * theme.GRID, 0)
        self._place.addStretch(1)
        self.column.addWidget(scrolled(inner), 1)

    def refresh(self) -> None:
        """Read again, unless something is being typed here."""
        if self.form is not None:
            self._stale = True
            return
        operations = self.context.operations
        due = operations.read(due_escalations, operations.today())
        waiting = [row for row in operations.read(steps_taken) if row.replied_on is None]
        self._due = {row.action_id: row for row in due}
        self._waiting = {row.id: row for row in waiting}
        steps = "; ".join(f"{rung.when()}: {rung.to}" for rung in operations.read(ladder))
        self.ladder_words.setText(f"The ladder, set under Settings: {steps}.")
        self._show()

    def unsaved(self) -> bool:
        """Whether something was typed and not done."""
        return self.form is not None and self.form.is_typed()

    def save_to(self, path: Path) -> None:
        """Note the report and write it to a file, whole or not at all."""
        operations = self.context.operations
        try:
            made = printing.make_escalation_report(operations.store)
            saving_out.save_paper(self.context, self, made, path)
        except UserError as refused:
            self.context.messages.tell(self, refused.sentence)

    def escalate(self, action: int) -> None:
        """Ask to whom and in which words, and log the step."""
        row = self._due[action]

        def command(values: Mapping[str, Value]) -> Command:
            raised_on, to = values["raised_on"], values["to"]
            assert isinstance(raised_on, date)
            return Escalate(
                action, row.step, raised_on, str(to or ""), str(values["message"] or "")
            )

        fields = (
            Field("to", "To", required=True),
            day_field("raised_on", "On", required=True),
            long_text("message", "Words", "Change them, copy them, and send them your own way."),
        )
        start: dict[str, Value] = {
            "to": row.to,
            "raised_on": self.context.operations.today(),
            "message": row.message,
        }
        name = f"Escalate {row.reference}: {row.step_words.lower()}"
        form = self._open(ActForm(self.context, name, fields, command, start))
        copy = button("Copy the words", "Copy the words to the clipboard")
        box = form.boxes["message"]
        copy.clicked.connect(lambda: self._copy(f"Escalation of {row.reference}", box))
        whole = form.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(whole.indexOf(box) + 1, copy, 0, Qt.AlignmentFlag.AlignLeft)

    def _copy(self, name: str, box: FieldBox) -> None:
        saving_out.copy_words(self.context, self, as_words(name, box.control.typed()))

    def answer(self, step: int) -> None:
        """Ask what was answered, and when."""
        row = self._waiting[step]

        def command(values: Mapping[str, Value]) -> Command:
            replied_on = values["replied_on"]
            assert isinstance(replied_on, date)
            return NoteAnswer(row.id, row.version, replied_on, str(values["reply"] or ""))

        fields = (
            day_field("replied_on", "Answered on", required=True),
            long_text("reply", "Answer", required=True),
        )
        start: dict[str, Value] = {"replied_on": self.context.operations.today()}
        name = f"Answer about {row.reference} from: {row.to}"
        self._open(ActForm(self.context, name, fields, command, start))

    def _save(self) -> None:
        if not saving_out.may_save(self.context, self):
            return
        name = f"{printing.ESCALATION_REPORT}.pdf"
        path, _ = QFileDialog.getSaveFileName(self, "Save as PDF", name, "PDF (*.pdf)")
        if path:
            self.save_to(Path(path))

    def _open(self, form: ActForm) -> ActForm:
        self._close()
        form.setObjectName("card")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.done.connect(lambda _changes: self._leave())
        form.cancelled.connect(self._leave)
        self.form = form
        self._place.insertWidget(0, form)
        form.show()
        form.focus_first()
        bring_into_sight(form)
        return form

    def _leave(self) -> None:
        self._close()
        self.refresh()
        first = self._first()
        if first is not None:
            first.stand_on(0)

    def _close(self) -> None:
        form, self.form = self.form, None
        if form is not None:
            form.hide()
            self._place.removeWidget(form)
            form.deleteLater()

    def _show(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(theme.heading("Due to be escalated"))
        self.due_table = self.wait_table = None
        if self._due:
            self._add_due(column)
        else:
            column.addWidget(quiet("No step of the ladder is due."))
        if self._waiting:
            self._add_waiting(column)
        old, self._made = self._made, whole
        put_away(old, self._place)
        self._place.insertWidget(0, whole)
        whole.show()
        first = self._first()
        if first is not None:
            self.begins_at = first

    def _first(self) -> KeyedTable | None:
        return self.due_table or self.wait_table

    def _add_due(self, column: QVBoxLayout) -> None:
        more = f" The first {_MOST} of {len(self._due):,}." if len(self._due) > _MOST else ""
        column.addWidget(
            quiet(f"{_ESCALATE} takes it to the next step, Enter opens the action.{more}")
        )
        lines = [Line(at, _due_cells(row)) for at, row in list(self._due.items())[:_MOST]]
        headings = ("Action", "What", "Lead agency", "Lateness", "Next step", "Since", "Taken")
        self.due_table = KeyedTable("Due to be escalated", headings, lines, 1, (_ESCALATE,))
        self.due_table.keyed.connect(lambda action, _key: self.escalate(action))
        self.due_table.opened.connect(lambda at: self.context.navigation.open_record("action", at))
        column.addWidget(self.due_table)

    def _add_waiting(self, column: QVBoxLayout) -> None:
        column.addWidget(theme.heading("Waiting for an answer"))
        column.addWidget(quiet(f"{_ANSWER} keeps the answer, Enter opens the action."))
        lines = [
            Line(row.id, (row.reference, row.step_words, row.to, day(row.raised_on)))
            for row in list(self._waiting.values())[:_MOST]
        ]
        headings = ("Action", "Step", "To", "On")
        self.wait_table = KeyedTable("Waiting for an answer", headings, lines, 2, (_ANSWER,))
        self.wait_table.keyed.connect(lambda step, _key: self.answer(step))
        self.wait_table.opened.connect(
            lambda step: self.context.navigation.open_record(
                "action", self._waiting[step].action_id
            )
        )
        column.addWidget(self.wait_table)


def _due_cells(row: DueEscalation) -> tuple[str, ...]:
    taken = "; ".join(f"{one.step_words}, {day(one.raised_on)}" for one in row.taken)
    since = day(row.since)
    return (row.reference, row.text, row.lead_agency, row.lateness, row.step_to(), since, taken)
