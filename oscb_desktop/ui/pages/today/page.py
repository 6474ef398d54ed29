"""Today: the clocks that run, the actions that are due, and nothing that changes nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted, weekday_date
from oscb_desktop.domain.statutory_clock import ClockName, words_of
from oscb_desktop.queries.clocks import ClockRow
from oscb_desktop.queries.moments import local_time
from oscb_desktop.queries.since import SinceRows, since_last_meeting
from oscb_desktop.queries.today import TodayRows, today_rows
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.clock_dialog import ClockDialog
from oscb_desktop.ui.pages.columns import day, due_words
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.pages.today.checks import CheckLines
from oscb_desktop.ui.pages.today.meetings import MeetingLines
from oscb_desktop.ui.pages.today.milestones import MilestoneLines
from oscb_desktop.ui.pages.today.owed import OwedLines
from oscb_desktop.ui.pages.today.plans import PlanLines
from oscb_desktop.ui.pages.today.processes import ProcessLines
from oscb_desktop.ui.pages.unfinished import UnfinishedLines
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.tables.row_table import RowTable
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.empty_state import EmptyState
from oscb_desktop.ui.widgets.labels import quiet
from oscb_desktop.ui.widgets.scrolling import scrolled

_MOST_ACTIONS = 20  # beyond these the list of actions serves better


def _clock_tone(row: ClockRow) -> Tone:
    clock = row.clock
    if clock.is_late:
        return Tone.BAD
    if clock.name is ClockName.AVAILABILITY or clock.days_left is None:
        return Tone.PLAIN
    return Tone.WARN if clock.days_left <= 5 else Tone.GOOD


def _due(row: ClockRow) -> str:
    if row.clock.name is ClockName.AVAILABILITY:  # nothing has to be done by that day
        return ""
    return weekday_date(row.clock.due_on) if row.clock.due_on else "not known"


_CLOCKS = (
    Column("reference", "Reference", lambda row: row.reference, width=13),
    Column("known_as", "Known as", lambda row: row.known_as, width=20),
    Column("clock", "What", lambda row: row.clock.label, width=30, wide=True),
    Column("due", "Due", _due, lambda row: row.clock.due_on, 17),
    Column(
        "left",
        "How it stands",
        lambda row: words_of(row.clock, brief=True),
        lambda row: row.clock.due_on,
        60,
        tone=_clock_tone,
    ),
    Column("rule", "Guidance", lambda row: row.clock.rule_set, width=26, hidden=True),
)
_ACTIONS = (
    Column("reference", "Reference", lambda row: row.reference, width=13),
    Column("text", "Action", lambda row: row.text, width=40, wide=True),
    Column("review", "Review", lambda row: row.review, width=18),
    Column("lead_agency", "Lead agency", lambda row: row.lead_agency, width=18),
    Column("due", "Due", due_words, lambda row: row.due_on, 24),
    Column(
        "lateness",
        "Lateness",
        lambda row: row.lateness,
        lambda row: -row.days_late,
        16,
        tone=lambda row: Tone.BAD if row.is_overdue else Tone.WARN,
    ),
)


_EMPTY = (
    "Nothing is recorded yet",
    "What is due each day will stand here. Record what happened first, or bring in what you have "
    "kept in a spreadsheet; a blank workbook to fill is in the File menu.",
    "New incident…",
    "Import a workbook…",
)


class TodayPage(Page):
    """What must be done now."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Today")
        self._day = theme.styled(theme.heading(""), "heading2")
        self.head.addWidget(self._day)
        self.clocks = RowTable(
            "Clocks running",
            _CLOCKS,
            context.paths.settings,
            identity=lambda row: (row.kind, row.id, row.clock.name),
        )
        self.due_actions = RowTable("Actions due", _ACTIONS, context.paths.settings)
        self.unfinished = UnfinishedLines(context)
        self.meetings = MeetingLines(context)
        self.head.insertWidget(1, self.meetings.next_line)
        self.plans = PlanLines(context)
        self.checks = CheckLines(context)
        self.processes = ProcessLines(context)
        self.milestones = MilestoneLines(context)
        self.owed = OwedLines(context)
        self.nothing = quiet("")
        self.empty = EmptyState(*_EMPTY)
        self._due = QWidget()
        self.changed_line = quiet("")
        self.since_line = _link()
        self.annual_line = _link()
        self.counts = {name: _link() for name in ("overdue", "due_soon", "assurance")}
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read again what is due."""
        operations = self.context.operations
        today = operations.today()
        rows = operations.read(today_rows, today)
        self._day.setText(weekday_date(today))
        self.empty.setVisible(rows.is_empty)
        self._due.setVisible(not rows.is_empty)
        self.clocks.set_rows(rows.clocks)
        self.clocks.setVisible(bool(rows.clocks))
        self._clock_help.setText(
            "Enter shows how a day was worked out."
            if rows.clocks
            else "No statutory clock is running."
        )
        due = (*rows.overdue, *(row for row in rows.due_soon if not row.is_overdue))
        self.due_actions.set_rows(due[:_MOST_ACTIONS])
        self.due_actions.setVisible(bool(due))
        shown = (table for table in (self.clocks, self.due_actions) if table.rows.rowCount())
        first = self.empty.button if rows.is_empty else self.counts["overdue"]
        self.begins_at = next(shown, first)
        self._tell_counts(rows)
        self._tell_next(rows)
        self._tell_changes(rows)
        self.plans.show_steps(rows.steps)
        self.processes.show_dates(rows.processes, today)
        self.milestones.show_milestones(rows.milestones)
        self.owed.show_rows(rows.owed, rows.near_until)
        self.meetings.refresh(rows.arising)
        self.checks.refresh()
        self._tell_since(operations.read(since_last_meeting, today))

    def showEvent(self, event: QShowEvent) -> None:
        """Read again; typing is kept without a step that would tell of it."""
        super().showEvent(event)
        self.unfinished.refresh()

    def _build(self) -> None:
        self._clock_help = theme.styled(theme.heading(""), "small")
        clock_head = QHBoxLayout()
        clock_head.addWidget(theme.heading("Clocks running"))
        clock_head.addStretch()
        clock_head.addWidget(self._clock_help)
        action_head = QHBoxLayout()
        action_head.addWidget(theme.heading("Actions"))
        for button in self.counts.values():
            action_head.addWidget(button)
        action_head.addStretch()
        rows = QVBoxLayout(self._due)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2 * theme.GRID)
        rows.addWidget(self.nothing)
        rows.addLayout(clock_head)
        rows.addWidget(self.clocks)
        rows.addWidget(self.plans)
        rows.addWidget(self.processes)
        rows.addWidget(self.owed)
        rows.addSpacing(2 * theme.GRID)
        rows.addLayout(action_head)
        rows.addWidget(self.due_actions)
        rows.addWidget(self.milestones)
        rows.addWidget(self.checks)
        rows.addWidget(self.meetings)
        rows.addWidget(self.since_line, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.annual_line, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.changed_line)
        rows.addStretch(1)
        for table in (self.clocks, self.due_actions):
            table.show_whole()
        whole = QWidget()
        parts = QVBoxLayout(whole)
        parts.setContentsMargins(0, 0, 3 * theme.GRID, 0)
        parts.setSpacing(2 * theme.GRID)
        parts.addWidget(self.unfinished)
        parts.addWidget(self.empty, 1)
        parts.addWidget(self._due, 1)
        self.column.addWidget(scrolled(whole), 1)

    def _connect(self) -> None:
        go = self.context.navigation
        self.empty.pressed.connect(lambda: go.add_record("incident"))
        self.empty.other_pressed.connect(go.bring_in)
        self.clocks.opened.connect(self._show_working)
        self.due_actions.opened.connect(lambda row: go.open_record("action", row.id))
        self.since_line.clicked.connect(lambda: go.open_page("since"))
        self.annual_line.setText("Annual report: its texts and figures as they stand now.")
        self.annual_line.clicked.connect(lambda: go.open_page("annual"))
        for name, button in self.counts.items():
            button.clicked.connect(
                lambda _=False, name=name: go.open_page("actions", {"view": name})
            )

    def _tell_counts(self, rows: TodayRows) -> None:
        words = {
            "overdue": f"{len(rows.overdue):,} overdue",
            "due_soon": f"{len(rows.due_soon):,} due in {counted(rows.soon_days, 'day')}",
            "assurance": f"{rows.awaiting_assurance:,} await assurance",
        }
        for name, text in words.items():
            self.counts[name].setText(text)
            self.counts[name].setAccessibleName(f"Actions: {text}. Opens the list.")

    def _tell_next(self, rows: TodayRows) -> None:
        sentence = "Nothing is due in the next five working days."
        if rows.next_on:
            sentence += f" The next day is {weekday_date(rows.next_on)}: {rows.next_what}."
        self.nothing.setText(sentence)
        self.nothing.setVisible(rows.nothing_near)

    def _tell_changes(self, rows: TodayRows) -> None:
        if rows.last_at is None:
            self.changed_line.clear()
            return
        at = local_time(rows.last_at)
        steps = counted(rows.changed_lately, "change")
        self.changed_line.setText(
            f"{steps} in the last seven days. "
            f"The last: {rows.last_label}, {day(at.date())} {at:%H:%M}."
        )

    def _tell_since(self, rows: SinceRows | None) -> None:
        self.since_line.setVisible(rows is not None)
        if rows is not None:
            told = f"Since the last meeting, {day(rows.since)}: {rows.words()}."
            self.since_line.setText(told)
            self.since_line.setAccessibleName(f"{told} Shows what they are.")

    def _show_working(self, row: ClockRow) -> None:
        dialog = ClockDialog(self, f"{row.reference} {row.known_as}", row.clock)
        dialog.accepted.connect(lambda: self.context.navigation.open_record(row.kind, row.id))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _link() -> QPushButton:
    button = QPushButton()
    button.setProperty("look", "link")
    return button
