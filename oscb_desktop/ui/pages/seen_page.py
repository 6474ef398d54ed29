"""One record's three faces: what the secretariat, the panel and the public each would see."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QScrollArea, QWidget

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.documents import ReviewRecord
from oscb_desktop.domain.faces import LEFT_OUT, SECRETARIAT, VERSIONS
from oscb_desktop.queries.papers_record import review_record
from oscb_desktop.queries.records import record
from oscb_desktop.services.printing import made_now
from oscb_desktop.services.store import Store
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.widgets.labels import button, quiet
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import COLUMN_WIDTH, scrolled
from oscb_desktop.ui.widgets.told_sections import ToldSections


class SeenPage(ReadingPage):
    """A review as a face sees it; the full record prints for each face just so."""

    tab_as_read = True

    def __init__(self, context: Context, wanted: Mapping[str, str]) -> None:
        super().__init__(context, "Who sees what")
        self.review = int(wanted["review"])
        self.about = quiet("")
        self.spared = quiet("")
        self.review_button = button("Open the review")
        self.print_button = button("Print this version…")
        self.faces = QButtonGroup(self)
        self._area: QScrollArea | None = None
        self._room = QWidget()
        self._reading = self.reading("Reading the review", self._fail)
        self._build(wanted.get("face", SECRETARIAT))

    @property
    def face(self) -> str:
        """The face that is chosen, a code of the list ``face``."""
        return next(str(one.property("face")) for one in self.faces.buttons() if one.isChecked())

    def refresh(self) -> None:
        """Read the record again as the chosen face sees it; an older reading is forgotten."""
        operations = self.context.operations
        row = operations.read(record, "review", self.review)
        self._reading.forget()
        self._put_away()  # no face sees for a moment what another one sees
        gone = row is None or row.withdrawn_at is not None
        self.print_button.setEnabled(not gone)
        if gone or row is None:
            self.about.setText("This review is in the bin. Bring it back first.")
            return
        self.about.setText(row.title)
        self.spared.setText(f"{VERSIONS[self.face]}. {LEFT_OUT[self.face]}")
        self._reading.start(partial(_read, operations.store, self.review, self.face), self._show)

    def _show(self, document: ReviewRecord) -> None:
        self._put_away()
        told = ToldSections(document.sections)
        told.setMaximumWidth(COLUMN_WIDTH + 160)
        self._area = scrolled(told)
        self._room.hide()
        self.column.addWidget(self._area, 1)

    def _fail(self, problem: BaseException) -> None:
        self.spared.setText("This review could not be read.")
        raise problem

    def _put_away(self) -> None:
        """Leave the room empty that the record took, so that nothing above it moves."""
        put_away(self._area, self.column)
        self._area = None
        self._room.show()

    def _build(self, face: str) -> None:
        self.head.addWidget(self.review_button)
        self.head.addWidget(self.print_button)
        self.column.addWidget(self.about)
        row = QHBoxLayout()
        row.setSpacing(6 * theme.GRID)
        for entry in code_list("face").codes:
            choice = QRadioButton(entry.label)
            choice.setAccessibleName(f"As seen by: {entry.label}")
            choice.setProperty("face", entry.code)
            choice.setChecked(entry.code == face)
            self.faces.addButton(choice)
            row.addWidget(choice)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.spared)
        self.column.addWidget(self._room, 1)
        self.begins_at = self.faces.checkedButton()
        self.faces.buttonToggled.connect(self._on_chosen)
        go = self.context.navigation
        self.review_button.clicked.connect(lambda: go.open_record("review", self.review))
        self.print_button.clicked.connect(self._print)

    def _on_chosen(self, _button: object, chosen: bool) -> None:
        if chosen and not self._stale:
            self.refresh()

    def _print(self) -> None:
        paper = f"review_record_{self.face}" if self.face != SECRETARIAT else "review_record"
        wanted = {"paper": paper, "review": str(self.review)}
        self.context.navigation.open_page("print", wanted)


def _read(store: Store, review: int, face: str) -> ReviewRecord:
    document: ReviewRecord = store.read(review_record, review, made_now(store), face)
    return document
