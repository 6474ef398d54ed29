"""Printed so far: every paper that left the program, for whom, and by whom."""

from __future__ import annotations

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.queries.releases import ReleaseRow, releases
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.filter_bar import Facet
from oscb_desktop.ui.widgets.labels import quiet


def _when(row: ReleaseRow) -> str:
    return f"{format_date(row.at.date())} {row.at:%H:%M}"


SHAPE = ListShape(
    label="Printed so far",
    columns=(
        Column("when", "When", _when, lambda row: row.at, 19),
        Column("paper", "Paper", lambda row: row.paper, width=24),
        Column("about", "About", lambda row: row.about, width=28, wide=True),
        Column("copy", "Copy", lambda row: row.copy_number, width=8),
        Column(
            "pages", "Pages", lambda row: str(row.pages), lambda row: row.pages, 8, numeric=True
        ),
        Column("recipient", "For whom", lambda row: row.recipient, width=22),
        Column("by", "By whom", lambda row: row.by, width=16),
    ),
    facets=(Facet("paper", "Paper", lambda row: (row.paper,)),),
    empty=(
        "Nothing was printed yet",
        "Each paper that is printed or saved is noted here: what, when, for whom and by whom.",
        "",
    ),
)


class PrintedPage(Page):
    """The papers that left the program, the newest first; each opens with its checksum."""

    reads = frozenset({"release", "review", "agency"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE.label)
        self.column.addWidget(
            quiet("Every paper that was printed or saved. A preview on the screen is not noted.")
        )
        self.list = RecordList(context, SHAPE)
        self.column.addWidget(self.list, 1)
        self.list.opened.connect(lambda row: context.navigation.open_record("release", row.id))

    def refresh(self) -> None:
        """Read the papers again."""
        self.list.set_rows(self.context.operations.read(releases))
