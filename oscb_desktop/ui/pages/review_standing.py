"""Where a review stands: its stage, and its clocks, each with its working."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.date_typing import format_date, weekday_date
from oscb_desktop.domain.statutory_clock import Clock, ClockName, words_left
from oscb_desktop.queries.standing import standing
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import basis
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import link_button, selectable, strong, words


class StandingSection(Section):
    """The stage of the review and its clocks, each with its working."""

    def __init__(self, context: Context, review: int) -> None:
        super().__init__(
            "Where it stands", ("review", "incident", "panel_response", "extra_holiday")
        )
        self._context = context
        self._review = review

    def build(self) -> QWidget | None:
        """Return the stage and the clocks."""
        operations = self._context.operations
        found = operations.read(standing, self._review, operations.today())
        if found is None:
            return None
        lines = [ClockLine(clock) for clock in found.clocks]
        return column(selectable(found.stage), *lines)


class ClockLine(QWidget):
    """One clock in a line, with "How worked out" behind a button."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        told = words_left(clock)
        if clock.due_on and clock.name is not ClockName.AVAILABILITY:
            told = f"due {weekday_date(clock.due_on)}, {told}"
        look = "fault" if clock.is_late and clock.is_running else ""
        line = QHBoxLayout()
        line.setSpacing(12)
        label = strong(clock.label)
        label.setMaximumWidth(260)
        line.addWidget(label, 2)
        line.addWidget(words(told[:1].upper() + told[1:], look), 3)
        how = link_button("How worked out", f"How worked out: {clock.label}")
        how.setCheckable(True)
        line.addWidget(how)
        self.working = selectable(_working(clock))
        self.working.hide()
        how.toggled.connect(self.working.setVisible)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.working)


def _working(clock: Clock) -> str:
    """Return a clock's rule and its working, a day a line."""
    start = f"Counted from {format_date(clock.counts_from_on)} ({clock.counts_from_label})."
    rule = f"{clock.rule[:1].upper()}{clock.rule[1:]}. {basis(clock)}."
    note = [clock.note] if clock.note else []
    return "\n".join([rule, start, *(step.words() for step in clock.working), *note])
