"""How a clock was worked out, day by day, with what was skipped and why."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.domain.statutory_clock import Clock, ClockName, remarks_of, words_left
from oscb_desktop.domain.working_days import DayStep
from oscb_desktop.ui import theme
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.pages.columns import basis
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.labels import quiet

_COLUMNS = (
    Column("day", "Day", lambda step: weekday_date(step.on), lambda step: step.on, 18),
    Column(
        "number",
        "Counted",
        lambda step: "" if step.number is None else str(step.number),
        lambda step: step.number,
        9,
        numeric=True,
    ),
    Column(
        "note",
        "Why",
        lambda step: step.note,
        width=30,
        wide=True,
        tone=lambda step: Tone.PLAIN if step.number is None else None,
    ),
)


class ClockDialog(QDialog):
    """The rule, the day it counts from, and every day up to the last."""

    def __init__(self, parent: QWidget | None, title: str, clock: Clock) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"{title}: {clock.label}")
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(theme.heading(f"{clock.label}: {words_left(clock)}"))
        for sentence in self._sentences(clock):
            column.addWidget(quiet(sentence))
        self.steps = RowTable("Days counted", _COLUMNS, identity=lambda step: step.on)
        self.steps.set_rows(clock.working)
        column.addWidget(self.steps, 1)
        buttons = QDialogButtonBox()
        self.open_button = QPushButton("&Open the record")
        buttons.addButton(self.open_button, QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        self.open_button.clicked.connect(self.accept)
        column.addWidget(buttons)
        close.setDefault(True)
        open_at(self, 560, 520)

    def _sentences(self, clock: Clock) -> list[str]:
        due = ""
        if clock.due_on and clock.name is not ClockName.AVAILABILITY:
            due = f"Due {weekday_date(clock.due_on)}. "
        start = weekday_date(clock.counts_from_on)
        counted = f"{due}Counted from {start} ({clock.counts_from_label}), which is day 0."
        rule = f"Rule: {clock.rule}."
        return [
            counted,
            f"{rule} {basis(clock)}.",
            *remarks_of(clock),
            *([clock.note] if clock.note else []),
            *_skipped(clock.working),
        ]


def _skipped(steps: tuple[DayStep, ...]) -> list[str]:
    """Name the bank holidays that were skipped; weekends speak for themselves."""
    holidays = [
        f"{step.note}, {weekday_date(step.on)}"
        for step in steps
        if step.number is None and step.note not in ("Saturday", "Sunday")
    ]
    if holidays:
        return [f"Not counted beside weekends: {'; '.join(holidays)}."]
    return ["No holidays were skipped."] if any(step.number is None for step in steps) else []
