"""Printed so far: every paper that left the program, and the copy that a page was torn from."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.queries.releases import ReleaseRow, plain_trace, releases, shown_by
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.filter_bar import Facet
from oscb_desktop.ui.widgets.labels import quiet

_ABOUT = (
    "Every paper that was printed or saved; of most a copy is kept inside this file. A preview on "
    "the screen is not noted."
)
_NO_COPY = "No copy with this code left from this file."


def _when(row: ReleaseRow) -> str:
    return f"{format_date(row.at.date())} {row.at:%H:%M}"


def _face(row: ReleaseRow) -> str:
    return label_of("face", row.face) if row.face else ""


def _check(row: ReleaseRow) -> str:
    if row.findings is None:
        return "Not checked"
    return f"{row.findings} found" if row.findings else "Nothing found"


SHAPE = ListShape(
    label="Printed so far",
    columns=(
        Column("when", "When", _when, lambda row: row.at, 19),
        Column("paper", "Paper", lambda row: row.paper, width=24),
        Column("about", "About", lambda row: row.about, width=28, wide=True),
        Column("recipient", "For whom", lambda row: row.recipient, width=20),
        Column("copy", "Copy", lambda row: row.copy_number, width=8),
        Column("trace", "Code", lambda row: row.trace, width=12),
        Column("face", "Version for", _face, width=12),
        Column("check", "Check", _check, width=13),
        Column(
            "pages",
            "Pages",
            lambda row: str(row.pages),
            lambda row: row.pages,
            8,
            numeric=True,
            hidden=True,
        ),
        Column("by", "By whom", lambda row: row.by, width=16),
        Column("reason", "Why in spite of that", lambda row: row.reason, width=20, hidden=True),
    ),
    facets=(
        Facet("paper", "Paper", lambda row: (row.paper,)),
        Facet("face", "Version", lambda row: (_face(row),) if row.face else ()),
        Facet("by", "By whom", lambda row: (row.by,)),
        Facet("recipient", "For whom", lambda row: (row.recipient,) if row.recipient else ()),
    ),
    empty=(
        "Nothing was printed yet",
        "Each paper that is printed or saved is noted here: what, when, for whom and by whom.",
        "",
    ),
)


class PrintedPage(Page):
    """The papers that left the program, the newest first; each opens with all that is noted."""

    reads = frozenset({"release", "review", "agency", "attachment"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, SHAPE.label)
        self.code = QLineEdit()
        self.told = quiet("")
        self.show_button = QPushButton("&Show the paper")
        self.list = RecordList(context, SHAPE)
        self._rows: tuple[ReleaseRow, ...] = ()
        self._chosen: ReleaseRow | None = None
        self.column.addWidget(quiet(_ABOUT))
        self.column.addLayout(self._finding())
        self.column.addWidget(self.list, 1)
        self.code.textChanged.connect(lambda _text: self._show_rows())
        self.code.returnPressed.connect(self._open_found)
        self.list.opened.connect(self._open)
        self.list.chosen.connect(self._choose)
        self.show_button.clicked.connect(self._show_paper)

    def refresh(self) -> None:
        """Read the papers again."""
        self._rows = self.context.operations.read(releases)
        self._show_rows()

    def found(self) -> tuple[ReleaseRow, ...]:
        """Return the papers whose code begins with what is typed, all where nothing is."""
        typed = plain_trace(self.code.text())
        return tuple(row for row in self._rows if plain_trace(row.trace).startswith(typed))

    def _finding(self) -> QHBoxLayout:
        """Return the field for a code that was found on a page, and what comes of it."""
        label = QLabel("&Code on a page")
        label.setBuddy(self.code)
        self.code.setAccessibleName("Code on a page")
        self.code.setAccessibleDescription("Printed at the foot of each page. Enter opens its copy")
        self.code.setPlaceholderText("such as ABCD-EFGH")
        self.code.setMaxLength(20)
        self.code.setFixedWidth(self.fontMetrics().horizontalAdvance("such as WWWW-WWWW") + 24)
        self.show_button.setEnabled(False)
        row = QHBoxLayout()
        for widget in (label, self.code):
            row.addWidget(widget)
        row.addWidget(self.told, 1)
        row.addWidget(self.show_button)
        return row

    def _show_rows(self) -> None:
        found = self.found()
        self.list.set_rows(found)
        self.told.setText(_NO_COPY if self._rows and not found else "")

    def _open_found(self) -> None:
        found = self.found()
        if len(found) == 1:
            self._open(found[0])
        elif found:
            self.list.table.setFocus()

    def _open(self, row: ReleaseRow) -> None:
        self.context.navigation.open_record("release", row.id)

    def _choose(self, row: ReleaseRow | None) -> None:
        self._chosen = row
        self.show_button.setEnabled(self._shown_by() is not None)

    def _shown_by(self) -> int | None:
        """Return the paper whose kept file shows the chosen one."""
        chosen = self._chosen
        return None if chosen is None else self.context.operations.read(shown_by, chosen.id)

    def _show_paper(self) -> None:
        if self._chosen is not None:
            shown = self._shown_by() or self._chosen.id
            self.context.navigation.open_page("kept_paper", {"release": str(shown)})
