"""Incidents: everything that was referred, notified or not."""

from __future__ import annotations

from collections.abc import Mapping

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.incidents import IncidentRow, incidents
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.filter_bar import Facet, Toggle


def _tone(row: IncidentRow) -> Tone:
    if row.outcome.startswith("To be "):
        return Tone.WARN
    return Tone.INFO if row.outcome == "Notified" else Tone.PLAIN


def _happened(row: IncidentRow) -> str:
    return row.happened_on.words() if row.happened_on else ""


SHAPE = ListShape(
    label="Incidents",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            14,
        ),
        Column("known_as", "Known as", lambda row: row.known_as, width=20, wide=True),
        Column("nature", "Nature", lambda row: row.nature_words, width=24),
        Column(
            "happened_on",
            "Happened",
            _happened,
            lambda row: row.happened_on.canonical() if row.happened_on else None,
            16,
        ),
        Column("referred_by", "Referred by", lambda row: row.referred_by, width=20),
        Column("outcome", "Notification", lambda row: row.outcome, width=20, tone=_tone),
        Column(
            "notified_on", "Notified", lambda row: day(row.notified_on), lambda row: row.notified_on
        ),
        Column(
            "children",
            "Children",
            lambda row: str(row.children) if row.children else "",
            lambda row: row.children,
            9,
            numeric=True,
        ),
        Column("reviews", "Reviews", lambda row: ", ".join(row.reviews), width=16),
    ),
    facets=(
        Facet("year", "Year", lambda row: (row.year,) if row.year else (), backwards=True),
        Facet("nature", "Nature", lambda row: (row.nature_words,)),
        Facet("outcome", "Notification", lambda row: (row.outcome,)),
    ),
    toggles=(Toggle("unreviewed", "Without a review", lambda row: not row.reviews),),
    empty=(
        "No incidents yet",
        "Record every referral here, those below the threshold too: how they were decided is part "
        "of the year.",
        "Record an incident",
    ),
)


class IncidentsPage(Page):
    """The list of incidents."""

    reads = frozenset({"incident", "notification_discussion", "child", "review", "agency"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Incidents")
        self.add_button("New &incident…", "incident")
        self.list = RecordList(context, SHAPE)
        self.column.addWidget(self.list, 1)
        self.begins_at = self.list.table
        self.list.opened.connect(lambda row: context.navigation.open_record("incident", row.id))
        self.list.first_step.connect(lambda: context.navigation.add_record("incident"))

    def refresh(self) -> None:
        """Read the incidents again."""
        self.list.set_rows(self.context.operations.read(incidents))

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters."""
        self.list.show_wanted(wanted)
