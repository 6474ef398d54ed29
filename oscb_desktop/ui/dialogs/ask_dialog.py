"""Asking agencies: which of them, for what, by when, in which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.queries.requests import AgencyChoice, agencies_to_ask, default_asked, default_due
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.request_papers import RequestPapers, ask_agencies
from oscb_desktop.services.requests import AskAgencies
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.widgets.date_field import DateControl
from oscb_desktop.ui.widgets.labels import button, fault, heading, link_button, quiet
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line
from oscb_desktop.ui.widgets.text_field import LongTextControl
from oscb_desktop.ui.widgets.tick_table import TickTable

_ABOUT = (
    "Each ticked agency gets a letter, a form to fill in and the text of an e-mail, all in one "
    "folder. No child is named in them."
)
_LINES, _FEW_LINES = 9, 4
"""Of what is asked, in a high dialog and in a low one."""
_LOW = 600  # pixels
_REPORT = frozenset({"lcspr", "scr", "national", "contribution"})
"""The kinds of review that ask for a report first."""


class AskDialog(QDialog):
    """``made`` holds what was written once the agencies are asked."""

    def __init__(self, parent: QWidget | None, context: Context, review: int, kind: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ask agencies")
        self._context = context
        self._review = review
        self.made: tuple[RequestPapers, ...] = ()
        self._choices: tuple[AgencyChoice, ...] = ()
        self._offered = ""
        self._busy = False
        declared = record_kind("agency_request")
        self.purpose = QComboBox()
        self.due = DateControl(declared.field("due_on"), context.operations)
        self.asked = LongTextControl(declared.field("asked"))
        self.table: TickTable | None = None
        self._fault = fault()
        self._told = quiet("")
        self._build()
        self.purpose.setCurrentIndex(self.purpose.findData("report" if kind in _REPORT else ""))
        if self.purpose.currentIndex() < 0:
            self.purpose.setCurrentIndex(0)
        self.purpose.currentIndexChanged.connect(lambda _at: self.offer())
        self.offer()
        open_at(self, 980, 680)

    def offer(self) -> None:
        """Offer the agencies, the day and the words of the chosen purpose."""
        read, today = self._context.operations.read, self._context.operations.today()
        purpose = str(self.purpose.currentData())
        self.due.put_value(read(default_due, self._review, purpose, today))
        self._tell_day()
        self.asked.put_value(read(default_asked, self._review, purpose))
        self._offered = self.asked.typed()
        self._choices = read(agencies_to_ask, self._review, purpose, today)
        old, self.table = self.table, self._table(self._choices)
        self.table.ticked.connect(self._tell)
        put_away(old, self._place)
        self._place.addWidget(self.table)
        self.table.show()
        self.setTabOrder(self.none_button, self.table)
        self._tell()

    def wanted(self) -> AskAgencies:
        """Return what is asked of whom; raises ``UserError`` for a day that means nothing."""
        ticks = self.table.ticks() if self.table else frozenset[int]()
        ticked = tuple((one.id, one.contact_id) for one in self._choices if one.id in ticks)
        due = self.due.value()
        return AskAgencies(
            self._review,
            str(self.purpose.currentData()),
            due if isinstance(due, date) else None,
            self.asked.typed(),
            ticked,
        )

    def ask(self, folder: Path) -> None:
        """Ask them, and write their papers into a folder."""
        try:
            wanted = self.wanted()
        except UserError as wrong:
            self._say(wrong.sentence)
            return
        store = self._context.operations.store
        self._busy = True
        self.ask_button.setEnabled(False)
        self._context.tasks.run(
            "Writing to agencies",
            lambda: ask_agencies(store, wanted, folder),
            self._on_made,
            lambda problem: self._on_refused(problem, wanted),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the agencies in sight: what is asked of them scrolls in its box."""
        super().resizeEvent(event)
        low = self.height() < _LOW
        self.asked.box.show_at_most(_FEW_LINES if low else _LINES)

    def reject(self) -> None:
        """Leave it; asks only when the words were changed, and stays while it writes."""
        changed = self.asked.typed() != self._offered
        if self._busy or (changed and not self._may_drop()):
            return
        super().reject()

    def _may_drop(self) -> bool:
        return self._context.messages.ask(
            self, "What you typed here is not saved. Drop it?", "Drop it", "Go on typing"
        )

    def _on_made(self, made: tuple[RequestPapers, ...]) -> None:
        self.made = made
        self._busy = False
        self._tell_everybody(tuple(one.request_id for one in made))
        self.accept()

    def _on_refused(self, problem: BaseException, wanted: AskAgencies) -> None:
        self._busy = False
        self.ask_button.setEnabled(True)
        if not isinstance(problem, UserError):
            raise problem
        told = [one.sentence for one in getattr(problem, "faults", ())]
        self._say(" ".join(told) if isinstance(problem, InvalidRecord) else problem.sentence)
        if wanted.made:  # asked all the same, only their papers are not whole
            self._tell_everybody(tuple(wanted.made))

    def _tell_everybody(self, requests: Sequence[int]) -> None:
        kinds = ("agency_request", "mailing", "release")
        touched = frozenset((kind, one) for kind in kinds for one in requests)
        self._context.operations.changed.emit(Changes("Ask agencies", touched))

    def _say(self, sentence: str) -> None:
        self._fault.setText(sentence)
        self._fault.show()

    def _tell(self) -> None:
        ticked = len(self.table.ticks()) if self.table else 0
        agencies = "1 agency" if ticked == 1 else f"{ticked} agencies"
        self._told.setText(f"{agencies} ticked." if ticked else "Nothing is ticked.")
        self.ask_button.setText(f"Ask {agencies}…" if ticked else "Ask…")
        self.ask_button.setEnabled(bool(ticked))

    def _tell_day(self) -> None:
        self._echo.setText(self.due.echo())

    def _ask_folder(self) -> None:
        try:
            self.wanted()
        except UserError as wrong:
            self._say(wrong.sentence)
            return
        chosen = QFileDialog.getExistingDirectory(self, "A folder for the letters and forms")
        if chosen:
            self.ask(Path(chosen))

    # Building

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(heading("Ask agencies"))
        layout.addWidget(quiet(_ABOUT))
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 12, 0)
        rows.setSpacing(2 * theme.GRID)
        rows.addLayout(self._fields())
        rows.addLayout(self._ticking())
        self._place = QVBoxLayout()
        rows.addLayout(self._place)
        rows.addStretch(1)
        layout.addWidget(scrolled(inner), 1)
        self._fault.hide()
        layout.addWidget(self._fault)
        layout.addLayout(self._buttons())

    def _fields(self) -> QFormLayout:
        fields = QFormLayout()
        fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for code in code_list("request_purpose").codes:
            self.purpose.addItem(code.label, code.code)
        self.purpose.setAccessibleName("Asked for")
        self.due.name_it("Due", "A day, or +10wd.")
        self.asked.name_it("What is asked", "")
        self._echo = quiet("")
        self.due.edited.connect(self._tell_day)
        self.due.left.connect(self._tell_day)
        day = QHBoxLayout()
        day.addWidget(self.due)
        day.addWidget(self._echo, 1)
        fields.addRow("Asked for", self.purpose)
        fields.addRow("Due", day)
        fields.addRow("What is asked", self.asked)
        return fields

    def _ticking(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.addWidget(self._told, 1)
        self.members_button = link_button("Tick the subgroup's", "Tick the subgroup's agencies")
        self.none_button = link_button("Tick none")
        self.members_button.clicked.connect(self._tick_members)
        self.none_button.clicked.connect(self._tick_none)
        line.addWidget(self.members_button)
        line.addWidget(self.none_button)
        return line

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addStretch(1)
        self.ask_button = button("Ask…", "Ask the ticked agencies", first=True)
        self.ask_button.clicked.connect(self._ask_folder)
        leave = button("Cancel")
        leave.clicked.connect(self.reject)
        row.addWidget(self.ask_button)
        row.addWidget(leave)
        return row

    def _tick_members(self) -> None:
        for one in self._choices:
            if self.table is not None and one.is_member and not one.asked:
                self.table.tick(one.id)

    def _tick_none(self) -> None:
        if self.table is not None:
            self.table.tick_all(on=False)

    def _table(self, choices: Sequence[AgencyChoice]) -> TickTable:
        """Return the agencies by kind; the members' are ticked while nobody is asked yet."""
        lines: list[Line] = []
        kind = ""
        for one in choices:
            if one.kind_words != kind:
                kind = one.kind_words
                lines.append(Line(0, (kind,)))
            lines.append(Line(one.id, ("", one.name, one.contact, one.email, one.asked)))
        first = not any(one.asked for one in choices)
        headings = ("Ask", "Agency", "Contact", "E-mail", "So far")[: 4 if first else 5]
        return TickTable(
            "Agencies",
            headings,
            [Line(line.id, line.cells[: len(headings)]) for line in lines],
            1,
            tickable=[one.id for one in choices if not one.asked],
            ticks=[one.id for one in choices if first and one.is_member],
        )
