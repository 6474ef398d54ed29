"""Meetings: those to come and those that were held, with what was decided at each."""

from __future__ import annotations

from collections.abc import Mapping

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.domain.quorum import present_words
from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.meetings import MeetingRow, meetings
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.filter_bar import Facet, View


def _quorum_tone(row: MeetingRow) -> Tone | None:
    if not row.quorum.present:
        return None
    return Tone.GOOD if row.quorum.is_quorate else Tone.WARN


def _number(count: int) -> str:
    return str(count) if count else ""


SHAPE = ListShape(
    label="Meetings",
    columns=(
        Column("held_on", "On", lambda row: weekday_date(row.held_on), lambda row: row.held_on, 17),
        Column("starts_at", "Time", lambda row: row.starts_at, width=15),
        Column("kind", "Kind", lambda row: row.kind_words, width=22),
        Column("about", "About", lambda row: "; ".join(row.about), width=30, wide=True),
        Column("place", "Place", lambda row: row.place, width=16, hidden=True),
        Column("chair", "Chair", lambda row: row.chair, width=18),
        Column(
            "quorum",
            "Who was there",
            lambda row: present_words(row.quorum),
            lambda row: row.quorum.present,
            22,
            tone=_quorum_tone,
            whole=True,
        ),
        Column(
            "decisions",
            "Decisions",
            lambda row: _number(row.decisions),
            lambda row: row.decisions,
            10,
            numeric=True,
        ),
        Column(
            "open_actions",
            "To do",
            lambda row: _number(row.open_actions),
            lambda row: row.open_actions,
            8,
            numeric=True,
        ),
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            12,
        ),
    ),
    facets=(
        Facet("kind", "Kind", lambda row: (row.kind_words,)),
        Facet("year", "Year", lambda row: (row.year,), backwards=True),
    ),
    views=(
        View("all", "All", lambda row: True),
        View("coming", "Coming", lambda row: not row.is_past),
        View("past", "Past", lambda row: row.is_past),
    ),
    empty=(
        "No meetings yet",
        "A meeting has its members, its agenda, and what was decided. Make the next one.",
        "New meeting",
    ),
)


class MeetingsPage(Page):
    """The list of meetings."""

    reads = frozenset(
        {"meeting", "attendance", "agenda_item", "meeting_action", "person", "agency", "review"}
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Meetings")
        self.add_button("New &meeting…", "meeting")
        self.list = RecordList(context, SHAPE)
        self.column.addWidget(self.list, 1)
        self.begins_at = self.list.table
        self.list.opened.connect(lambda row: context.navigation.open_record("meeting", row.id))
        self.list.first_step.connect(lambda: context.navigation.add_record("meeting"))

    def refresh(self) -> None:
        """Read the meetings again."""
        operations = self.context.operations
        self.list.set_rows(operations.read(meetings, operations.today()))

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters."""
        self.list.show_wanted(wanted)
