"""The plan of a review: its steps by day, ticked off by one key, counted anew when a date moved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries import records
from oscb_desktop.queries.organisation import calendar
from oscb_desktop.queries.plans import due_words, moves, plan_kind
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.plans import CompleteStep, MakePlan, RePlan
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.re_plan_dialog import RePlanDialog
from oscb_desktop.ui.pages.keyed_section import KeyedSection
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.small_table import Line

_KEY = "D"


class PlanSection(KeyedSection):
    """The steps with their days; D ticks one off, or takes the tick away."""

    keys = ((_KEY, "Done", "Done or not done after all: the chosen step"),)

    def __init__(self, context: Context, read: Callable[[], RecordRow | None]) -> None:
        super().__init__(context, record_kind("plan_step"), self._review)
        self._read = read
        self.kinds = self.kinds | {"review", "incident", "extra_holiday", "plan_template_step"}
        self.make_button = self.add_act("Make the plan", "Make the plan of the day plan", self.make)
        self.move_button: QPushButton = self.add_act("Re-plan…", "Re-plan", self.re_plan)
        self._can_make = self._can_move = False

    def build(self) -> QWidget | None:
        """Return the steps, or what to do while there are none."""
        row = self._read()
        if row is None:
            return None
        rows = self.rows()
        moving = self._context.operations.read(moves, row.id) if rows else ()
        self._can_make = not rows and bool(plan_kind(str(row.values["kind"])))
        self._can_move = bool(moving)
        self._show_own_acts()
        if not rows:
            first = " Make the plan gives it the usual steps." if self._can_make else ""
            return quiet(f"None yet. {self._kind.about}{first}")
        table = self.keyed_table(
            "Plan", ("Step", "Who", "Due", "How it stands"), [self._line(one) for one in rows], 0
        )
        if not moving:
            return table
        would = f"{counted(len(moving), 'step')} would move"
        notice = quiet(f"Counted anew, {would}. Re-plan shows which, before anything moves.")
        return column(notice, table)

    def show_acts(self, *, shown: bool) -> None:
        """Show the buttons beside the heading that make sense now."""
        super().show_acts(shown=shown)
        if shown:
            self._show_own_acts()

    def make(self) -> None:
        """Give the review the steps of its day plan."""
        review = self._review()
        if review is not None:
            self._context.operations.do(MakePlan(review), self)
            self.take_focus()

    def re_plan(self) -> None:
        """Show what would move, and move what is ticked."""
        review = self._review()
        if review is None:
            return
        dialog = RePlanDialog(self, self._context.operations.read(moves, review))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self._context.operations.do(RePlan(review, dialog.days), self)
        dialog.deleteLater()
        self.take_focus()

    def on_key(self, record_id: int, key: str) -> None:
        """Tick a step off today, or take its tick away."""
        operations = self._context.operations
        row = operations.read(records.record, "plan_step", record_id)
        if row is not None:
            done = None if row.values["done_on"] else operations.today()
            self.carry_out(CompleteStep(row.id, row.version, done), record_id)

    def _show_own_acts(self) -> None:
        self.make_button.setVisible(self._can_make)
        self.move_button.setVisible(self._can_move)

    def _line(self, step: RecordRow) -> Line:
        operations = self._context.operations
        if step.values["done_on"]:
            stands = f"done {step.words('done_on')}"
        else:
            due = step.values["due_on"]
            days = operations.read(calendar)
            stands = due_words(due, operations.today(), days) if due else "no day yet"  # type: ignore[arg-type]
        return Line(step.id, (step.words("text"), step.words("who"), step.words("due_on"), stands))

    def _review(self) -> int | None:
        row = self._read()
        return row.id if row else None
