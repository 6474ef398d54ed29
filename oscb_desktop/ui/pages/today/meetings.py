"""What *Today* says of meetings: the next one, and what came of earlier ones and is due."""

from __future__ import annotations

from collections.abc import Iterable

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.domain.quorum import present_words
from oscb_desktop.queries.meetings import ArisingRow, MeetingRow, next_meeting
from oscb_desktop.services.meetings import FinishMeetingAction
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.today.lines import DONE, TodayLines
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from oscb_desktop.ui.widgets.labels import link_button
from oscb_desktop.ui.widgets.small_table import Line

_HEADINGS = ("What", "Who", "Due", "Meeting")


class MeetingLines(TodayLines):
    """The actions arising that are due; D says that one is done.

    ``next_line`` tells of the next meeting; the page puts it where it is seen first.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context, "From meetings")
        self.next_line = link_button("")
        self.next_line.clicked.connect(self._open_next)
        self._next: MeetingRow | None = None
        self._rows: dict[int, ArisingRow] = {}
        help_line = theme.heading(f"Enter opens the meeting, {DONE} says that it is done.")
        self.head.addStretch()
        self.head.addWidget(theme.styled(help_line, "small"))

    def refresh(self, arising: Iterable[ArisingRow]) -> None:
        """Show what is due, and read which meeting is next; where nothing is due, stay away."""
        operations = self.context.operations
        self._next = operations.read(next_meeting, operations.today())
        self._rows = {row.id: row for row in arising}
        self._tell_next()
        self.setVisible(bool(self._rows))
        self.put(self._made() if self._rows else None)

    def _tell_next(self) -> None:
        self.next_line.setVisible(self._next is not None)
        if self._next is None:
            return
        when = " ".join(filter(None, (weekday_date(self._next.held_on), self._next.starts_at)))
        told = f"Next meeting {when}, {self._next.kind_words.lower()}"
        people = present_words(self._next.quorum)
        told = f"{told}, {people}" if people else told
        self.next_line.setText(told.replace("&", "&&"))
        self.next_line.setAccessibleName(f"{told}. Opens the meeting.")

    def _made(self) -> KeyedTable:
        lines = [Line(row.id, _cells(row)) for row in self._rows.values()]
        table = KeyedTable("Actions arising from meetings", _HEADINGS, lines, 0, (DONE,))
        table.opened.connect(self._open)
        table.keyed.connect(self._done)
        return table

    def _open(self, action: int) -> None:
        self.context.navigation.open_record("meeting", self._rows[action].meeting_id)

    def _open_next(self) -> None:
        if self._next is not None:
            self.context.navigation.open_record("meeting", self._next.id)

    def _done(self, action: int, _key: str) -> None:
        row = self._rows[action]
        operations = self.context.operations
        operations.do(FinishMeetingAction(row.id, row.version, operations.today()), self)


def _cells(row: ArisingRow) -> tuple[str, str, str, str]:
    due = f"{day(row.due_on)}, overdue" if row.is_overdue else day(row.due_on)
    return (row.text, row.owner, due, f"{row.meeting}, {day(row.held_on)}")
