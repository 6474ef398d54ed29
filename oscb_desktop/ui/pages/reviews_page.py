"""Reviews: every review with its stage, what comes next and how its actions stand."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.reviews import ReviewRow, reviews
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.filter_bar import Facet, Toggle


def _next_tone(row: ReviewRow) -> Tone | None:
    if row.next_on is None:
        return None
    return Tone.BAD if row.is_late else Tone.PLAIN


def _next_words(row: ReviewRow) -> str:
    return f"{day(row.next_on)}, {row.next_words}" if row.next_on else ""


def _number(count: int) -> str:
    return str(count) if count else ""


SHAPE = ListShape(
    label="Reviews",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            14,
        ),
        Column("known_as", "Known as", lambda row: row.known_as, width=18, wide=True),
        Column("stage", "Stage", lambda row: row.stage_told, width=20),
        Column(
            "next",
            "Next day",
            _next_words,
            lambda row: row.next_on,
            30,
            tone=_next_tone,
            whole=True,
        ),
        Column("kind", "Kind", lambda row: row.kind_words, width=22),
        Column("role", "Our part", lambda row: row.role_words, width=12),
        Column("since", "Since", lambda row: day(row.stage_since), lambda row: row.stage_since, 12),
        Column("next_label", "For", lambda row: row.next_label, width=22, hidden=True),
        Column("reviewer", "Lead reviewer", lambda row: row.reviewer, width=14),
        Column(
            "actions_open",
            "Open",
            lambda row: _number(row.actions_open),
            lambda row: row.actions_open,
            6,
            numeric=True,
        ),
        Column(
            "actions_overdue",
            "Overdue",
            lambda row: _number(row.actions_overdue),
            lambda row: row.actions_overdue,
            9,
            numeric=True,
            tone=lambda row: Tone.BAD if row.actions_overdue else None,
        ),
        Column("themes", "Themes", lambda row: "; ".join(row.themes), width=30, hidden=True),
        Column(
            "started",
            "Started",
            lambda row: day(row.started_on),
            lambda row: row.started_on,
            hidden=True,
        ),
    ),
    facets=(
        Facet("year", "Year", lambda row: row.years, backwards=True),
        Facet("kind", "Kind", lambda row: (row.kind_words,)),
        Facet("stage", "Stage", lambda row: (row.stage,)),
        Facet("theme", "Theme", lambda row: row.themes),
    ),
    toggles=(Toggle("live", "Live only", lambda row: row.is_live),),
    empty=(
        "No reviews yet",
        "A review begins with what happened: record the incident first, then its rapid review.",
        "Record an incident",
    ),
)


class ReviewsPage(Page):
    """The list of reviews."""

    reads = frozenset(
        {
            "review",
            "incident",
            "panel_response",
            "action",
            "theme",
            "extra_holiday",
            "notification_discussion",
            "agency_request",
            "partner_sign_off",
            "parallel_process",
            "commission",
            "engagement",
            "report_draft",
            "pause",
            "meeting",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Reviews")
        chair = QPushButton("All on one &page…")
        chair.setAccessibleName("All on one page: live reviews as a timeline")
        chair.clicked.connect(lambda: context.navigation.open_page("chair"))
        self.head.addWidget(chair)
        owed = QPushButton("&Owed to us…")
        owed.setAccessibleName("Owed to us: which agency owes what")
        owed.clicked.connect(lambda: context.navigation.open_page("owed"))
        self.head.addWidget(owed)
        self.add_button("New &incident…", "incident")
        self.add_button("New &review…", "review")
        self.list = RecordList(context, SHAPE)
        self.column.addWidget(self.list, 1)
        self.begins_at = self.list.table
        self.list.opened.connect(lambda row: context.navigation.open_record("review", row.id))
        self.list.first_step.connect(lambda: context.navigation.add_record("incident"))

    def refresh(self) -> None:
        """Read the reviews again."""
        operations = self.context.operations
        self.list.set_rows(operations.read(reviews, operations.today()))

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters."""
        self.list.show_wanted(wanted)
