"""Actions: who does what by when, how it stands, and the story of the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QPushButton

from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.statuses import DeliveryStatus
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.action_panel import ActionPanel
from oscb_desktop.ui.pages.columns import colour_tone, delivery_words, due_words, note_words
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.filter_bar import Facet, View


def _some(word: str) -> tuple[str, ...]:
    return (word,) if word else ()


SHAPE = ListShape(
    label="Actions",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            12,
        ),
        Column("text", "Action", lambda row: row.text, width=40, wide=True),
        Column("review", "Review", lambda row: row.review, lambda row: sort_key(row.review), 15),
        Column("lead_agency", "Lead agency", lambda row: row.lead_agency, width=13),
        Column("owner", "Owner", lambda row: row.owner, width=12),
        Column("due", "Due", due_words, lambda row: row.due_on, 20),
        Column("delivery", "Delivery", delivery_words, width=21, tone=colour_tone),
        Column(
            "lateness",
            "Lateness",
            lambda row: row.lateness,
            lambda row: (row.days_late, row.lateness),
            13,
        ),
        Column("assurance", "Assurance", lambda row: row.assurance_words, width=12, hidden=True),
        Column("note", "Last note", note_words, lambda row: row.noted_on, 14),
    ),
    facets=(
        Facet("review", "Review", lambda row: (row.review,), order=sort_key),
        Facet("agency", "Lead agency", lambda row: _some(row.lead_agency)),
        Facet("owner", "Owner", lambda row: _some(row.owner)),
        Facet("delivery", "Delivery", lambda row: (row.delivery_words,)),
        Facet("status", "Status", lambda row: (row.colour_words,)),
        Facet("assurance", "Assurance", lambda row: (row.assurance_words,)),
    ),
    views=(
        View("open", "All open", lambda row: row.is_open and not row.is_national),
        View("overdue", "Overdue", lambda row: row.is_overdue),
        View("due_soon", "Due soon", lambda row: row.due_soon),
        View("assurance", "Awaiting assurance", lambda row: row.awaits_assurance),
        View("national", "National", lambda row: row.is_national),
        View("completed", "Completed", lambda row: row.delivery is DeliveryStatus.COMPLETE),
        View("all", "All", lambda row: True),
    ),
    empty=(
        "No actions yet",
        "An action says what somebody does by a day because of a review. Add it on the review's "
        "recommendation, or here.",
        "Add an action",
    ),
)


class ActionsPage(Page):
    """The action log, with the chosen action's story."""

    reads = frozenset(
        {
            "action",
            "progress_note",
            "evidence",
            "due_revision",
            "review",
            "agency",
            "person",
            "limb",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Actions")
        chase = QPushButton("Cha&se…")
        chase.setAccessibleName("Chase: who owes an answer")
        chase.clicked.connect(lambda: context.navigation.open_page("chasing"))
        self.head.addWidget(chase)
        self.add_button("New a&ction…", "action")
        self.list = RecordList(context, SHAPE)
        self.panel = ActionPanel(context)
        self.list.add_companion(self.panel)
        self.column.addWidget(self.list, 1)
        self.setFocusProxy(self.list.table)
        self.panel.hide()
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(lambda row: context.navigation.open_record("action", row.id))
        self.list.first_step.connect(lambda: context.navigation.add_record("action"))

    def refresh(self) -> None:
        """Read the actions again."""
        operations = self.context.operations
        self.list.set_rows(operations.read(actions, operations.today()))

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the saved filter and the filters."""
        self.list.show_wanted(wanted)

    def _on_chosen(self, row: ActionRow | None) -> None:
        self.panel.setVisible(row is not None)
        if row is not None:
            self.panel.show_action(row.id)
