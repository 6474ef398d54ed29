"""Packs: all that were begun, and the meeting or the review that a new one is for."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.domain.faces import VERSIONS
from oscb_desktop.queries.meetings import meetings
from oscb_desktop.queries.packs import packs
from oscb_desktop.queries.reviews import named_reviews
from oscb_desktop.services.packs import StartPack
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.labels import button, quiet

SHAPE = ListShape(
    label="Packs",
    columns=(
        Column("reference", "Reference", lambda row: row.reference, width=12),
        Column("title", "Title", lambda row: row.title, width=32, wide=True),
        Column("about", "For", lambda row: row.about, width=34),
        Column(
            "parts", "Parts", lambda row: str(row.parts), lambda row: row.parts, 8, numeric=True
        ),
        Column(
            "copies",
            "Copies",
            lambda row: str(len(row.recipients)),
            lambda row: len(row.recipients),
            8,
            numeric=True,
        ),
        Column("face", "Version", lambda row: VERSIONS.get(row.face, ""), width=18),
    ),
    facets=(),
    empty=(
        "No pack was begun yet",
        "A pack is one PDF of all papers for a meeting or about a review, with numbered copies.",
        "",
    ),
)


class PacksPage(Page):
    """The packs, the newest first; a new one is begun for what is chosen above them."""

    reads = frozenset({"pack", "pack_item", "meeting", "review"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE.label)
        self.about = QComboBox()
        self.about.setAccessibleName("For")
        self.about.setMinimumContentsLength(30)
        self.begin_button = button("Begin a pack", first=True)
        line = QHBoxLayout()
        line.setSpacing(2 * theme.GRID)
        label = QLabel("&For")
        label.setBuddy(self.about)
        line.addWidget(label)
        line.addWidget(self.about)
        line.addWidget(self.begin_button)
        line.addStretch()
        self.column.addLayout(line)
        self.column.addWidget(
            quiet("All papers for a meeting or about a review in one PDF, with numbered copies.")
        )
        self.list = RecordList(context, SHAPE)
        self.column.addWidget(self.list, 1)
        self.list.opened.connect(lambda row: context.navigation.open_record("pack", row.id))
        self.begin_button.clicked.connect(self.begin)
        self.begins_at = self.about

    def refresh(self) -> None:
        """Read the packs again, and what a new one can be for: what is to come stands first."""
        operations = self.context.operations
        today = operations.today()
        self.list.set_rows(operations.read(packs))
        held = operations.read(meetings, today)
        coming = [row for row in reversed(held) if not row.is_past]
        past = [row for row in held if row.is_past]
        chosen = self.about.currentData()
        self.about.clear()
        for meeting in (*coming, *past):
            words = f"Meeting {weekday_date(meeting.held_on)}, {meeting.kind_words.lower()}"
            self.about.addItem(words, f"meeting {meeting.id}")
        for review in operations.read(named_reviews, today):
            words = f"Review {review.reference} {review.known_as}"
            self.about.addItem(words, f"review {review.id}")
        self.about.setCurrentIndex(max(0, self.about.findData(chosen)))
        self.begin_button.setEnabled(self.about.count() > 0)

    def begin(self) -> None:
        """Begin a pack for what is chosen, and open it."""
        kind, _, record_id = str(self.about.currentData() or "").partition(" ")
        about = {kind: int(record_id)} if record_id else {}
        changes = self.context.operations.do(StartPack(**about), self)
        if changes is not None and changes.record_id is not None:
            self.context.navigation.open_record("pack", changes.record_id)
