"""Where a review stands: its stage, what is missing before the next, and its clocks."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.date_typing import format_date, weekday_date
from oscb_desktop.domain.requests import requests_in
from oscb_desktop.domain.stages import OpenPause, Stage
from oscb_desktop.domain.statutory_clock import (
    PAUSE_LEAVES,
    Clock,
    ClockName,
    remarks_of,
    words_of,
)
from oscb_desktop.domain.still_missing import Missing
from oscb_desktop.queries.requests import requests_of
from oscb_desktop.queries.standing import standing
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import basis
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import link_button, quiet, selectable, strong, words

_READS = (
    "review",
    "incident",
    "panel_response",
    "extra_holiday",
    "agency_request",
    "partner_sign_off",
    "parallel_process",
    "commission",
    "engagement",
    "report_draft",
    "progress_check",
    "pause",
    "meeting",
    "child",
)


class StandingSection(Section):
    """The stage of the review, what is missing, and its clocks, each with its working.

    ``lead_to`` takes the person to where something missing is put right.
    """

    def __init__(self, context: Context, review: int, lead_to: Callable[[Missing], None]) -> None:
        super().__init__("Where it stands", _READS)
        self._context = context
        self._review = review
        self._lead_to = lead_to

    def build(self) -> QWidget | None:
        """Return the stage, what is missing and the clocks."""
        operations = self._context.operations
        found = operations.read(standing, self._review, operations.today())
        if found is None:
            return None
        parts: list[QWidget] = [strong(_stage_words(found.stage))]
        asked = operations.read(requests_of, self._review, operations.today())
        told = requests_in((row.facts for row in asked), operations.today())
        if told:
            parts.append(words(f"{told}."))
        if found.pause is not None:
            parts.append(quiet(_pause_words(found.pause)))
        now = [one for one in found.missing if not one.is_earlier]
        earlier = [one for one in found.missing if one.is_earlier]
        if now:
            parts.append(missing_lines(now, self._lead_to))
        if earlier:
            parts.append(missing_lines(earlier, self._lead_to, "Still missing from before:"))
        return column(*parts, *(ClockLine(clock) for clock in found.clocks))


class ClockLine(QWidget):
    """One clock in a line, with "How worked out" behind a button."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        told = words_of(clock)
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


def missing_lines(
    lacks: Sequence[Missing],
    lead_to: Callable[[Missing], None],
    told: str = "Missing before the next stage:",
) -> QWidget:
    """Return what is missing, each in a line that leads to where it is put right."""
    lines = [_missing_line(one, lead_to) for one in lacks]
    return column(quiet(told), *lines, spacing=2)


def _missing_line(one: Missing, lead_to: Callable[[Missing], None]) -> QWidget:
    outer = QWidget()
    row = QHBoxLayout(outer)
    row.setContentsMargins(12, 0, 0, 0)
    choice = link_button(one.sentence, f"Missing: {one.sentence}")
    choice.clicked.connect(lambda: lead_to(one))
    row.addWidget(choice)
    row.addStretch(1)
    return outer


def _stage_words(stage: Stage) -> str:
    return f"{stage.told}, since {format_date(stage.since)}" if stage.since else stage.told


def _pause_words(pause: OpenPause) -> str:
    if pause.publication_only:
        return f"Only publication waits; the work goes on. {PAUSE_LEAVES}"
    return PAUSE_LEAVES


def _working(clock: Clock) -> str:
    """Return a clock's rule and its working, a day a line."""
    start = f"Counted from {format_date(clock.counts_from_on)} ({clock.counts_from_label})."
    rule = f"{clock.rule[:1].upper()}{clock.rule[1:]}. {basis(clock)}."
    note = [clock.note] if clock.note else []
    steps = (step.words() for step in clock.working)
    return "\n".join([rule, start, *steps, *remarks_of(clock), *note])
