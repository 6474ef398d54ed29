"""Learning: what reviews keep showing, what each audience should know or do, what changed."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QSplitter, QVBoxLayout, QWidget

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.impact import impacts
from oscb_desktop.queries.learning import ThemeRow, learning_points, themes
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.filter_bar import Facet

THEMES = ListShape(
    label="Themes",
    columns=(
        Column("name", "Theme", lambda row: row.name, width=24, wide=True),
        Column(
            "reviews",
            "Reviews",
            lambda row: str(row.reviews),
            lambda row: row.reviews,
            8,
            numeric=True,
        ),
        Column(
            "points",
            "Points",
            lambda row: str(row.learning_points),
            lambda row: row.learning_points,
            7,
            numeric=True,
        ),
        Column(
            "references", "In", lambda row: ", ".join(row.review_references), width=22, hidden=True
        ),
    ),
    empty=(
        "No themes yet",
        "Name what more than one review shows, and tick it on each.",
        "Add a theme",
    ),
)
POINTS = ListShape(
    label="Learning points",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            12,
        ),
        Column("audience", "For", lambda row: row.audience, width=22),
        Column("heading", "In a few words", lambda row: row.heading, width=40, wide=True),
        Column("reviews", "From", lambda row: ", ".join(row.reviews), width=16),
        Column("themes", "Themes", lambda row: "; ".join(row.themes), width=24, hidden=True),
        Column("text", "Learning point", lambda row: row.text, width=40, hidden=True),
    ),
    facets=(
        Facet("audience", "For", lambda row: (row.audience,)),
        Facet("theme", "Theme", lambda row: row.themes),
        Facet("review", "Review", lambda row: row.reviews, order=sort_key),
    ),
    empty=(
        "No learning points yet",
        "A learning point says what somebody should know or do differently, and who that is.",
        "Add a learning point",
    ),
)

IMPACT = ListShape(
    label="Impact",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            12,
        ),
        Column("what_changed", "What changed", lambda row: row.what_changed, width=36, wide=True),
        Column("how_known", "How it is known", lambda row: row.how_known, width=30),
        Column("seen_on", "Seen on", lambda row: day(row.seen_on), lambda row: row.seen_on, 12),
        Column("actions", "Through", lambda row: "; ".join(row.actions), width=20, hidden=True),
        Column("reviews", "Because of", lambda row: "; ".join(row.reviews), width=20),
        Column("themes", "Themes", lambda row: "; ".join(row.themes), width=20, hidden=True),
    ),
    facets=(
        Facet("year", "Year", lambda row: (row.year,)),
        Facet("review", "Review", lambda row: row.reviews, order=sort_key),
    ),
    empty=(
        "No impact recorded yet",
        "What changed for children or practice, how that is known, and when it was seen.",
        "Record impact",
    ),
)


class LearningPage(Page):
    """Themes beside learning points; Enter on a theme shows its learning points."""

    reads = frozenset({"theme", "learning_point", "review", "impact", "action"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Learning")
        self.plan_button = QPushButton("Composite pla&n…")
        self.plan_button.setAccessibleName("Composite plan: the recommendations of all reviews")
        self.plan_button.clicked.connect(lambda: context.navigation.open_page("composite"))
        self.head.addWidget(self.plan_button)
        self.annual_button = QPushButton("Annual &report…")
        self.annual_button.clicked.connect(lambda: context.navigation.open_page("annual"))
        self.head.addWidget(self.annual_button)
        self.add_button("New &theme…", "theme")
        self.add_button("New learning &point…", "learning_point")
        self.add_button("Record &impact…", "impact")
        self.themes = RecordList(context, THEMES)
        self.points = RecordList(context, POINTS)
        self.impact = RecordList(context, IMPACT)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(_headed("Themes", self.themes))
        halves.addWidget(_headed("Learning points by audience", self.points))
        halves.setStretchFactor(0, 2)
        halves.setStretchFactor(1, 3)
        halves.setSizes([440, 640])
        whole = QSplitter(Qt.Orientation.Vertical)
        whole.setChildrenCollapsible(False)
        whole.addWidget(halves)
        whole.addWidget(_headed("Impact", self.impact))
        whole.setStretchFactor(0, 3)
        whole.setStretchFactor(1, 2)
        self.column.addWidget(whole, 1)
        self.begins_at = self.points.table
        self._connect()

    def refresh(self) -> None:
        """Read the themes and the learning points again."""
        self.themes.set_rows(self.context.operations.read(themes))
        self.points.set_rows(self.context.operations.read(learning_points))
        self.impact.set_rows(self.context.operations.read(impacts))

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters of the learning points."""
        self.points.show_wanted(wanted)

    def _connect(self) -> None:
        go = self.context.navigation
        self.themes.opened.connect(self._open_theme)
        self.impact.opened.connect(lambda row: go.open_record("impact", row.id))
        self.impact.first_step.connect(lambda: go.add_record("impact"))
        self.points.opened.connect(lambda row: go.open_record("learning_point", row.id))
        self.themes.first_step.connect(lambda: go.add_record("theme"))
        self.points.first_step.connect(lambda: go.add_record("learning_point"))

    def _open_theme(self, row: ThemeRow) -> None:
        self.context.navigation.open_record("theme", row.id)


def _headed(title: str, below: QWidget) -> QWidget:
    half = QWidget()
    column = QVBoxLayout(half)
    column.setContentsMargins(0, 0, theme.GRID, 0)
    column.addWidget(theme.heading(title))
    column.addWidget(below, 1)
    return half
