"""Chasing: who owes an answer, the sheets to send them, and the answers that came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.fields.field import date as day_field
from oscb_desktop.errors import UserError
from oscb_desktop.queries.chasing import Chase, ChaseRow, MailingRow, chase, mailings
from oscb_desktop.queries.organisation import calendar
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.chasing import DAYS, SheetMade, answer_day, make_sheets
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.answers_dialog import AnswersDialog
from oscb_desktop.ui.pages.computer_section import NumberBox
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.widgets.date_field import DateControl
from oscb_desktop.ui.widgets.labels import button, heading, quiet, words
from oscb_desktop.ui.widgets.letter_lines import LetterLine, LetterLines
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line, SmallTable
from oscb_desktop.ui.widgets.tick_table import TickTable

_BACK = day_field("due_back_on", "Answer due by")
_LISTED = 60
"""So many of the sheets that were sent are listed; each action's page names all of its own."""

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
_OWED_HEADINGS = (
    "Send",
    "Agency",
    "Owners",
    "Late",
    "Due soon",
    "Longest late",
    "Last sent",
    "Last answered",
)
_SENT_HEADINGS = ("Sheet", "Agency", "Sent on", "To", "Actions", "Answer due", "Answered on")


class ChasingPage(Page):
    """The agencies that owe something, each with a tick; one press makes a sheet for each."""

    reads = frozenset({"action", "agency", "person", "review", "recommendation", "mailing"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Chasing")
        self.days = NumberBox("Days ahead", 0, 365)
        self.days.setValue(DAYS)
        self.back = DateControl(_BACK, context.operations)
        self.answers_button = button("Read answers…", "Read answers that came back")
        self.make_button = button("Make sheets…", "Make a sheet for each ticked agency", first=True)
        self.told = quiet("")
        self.detail = words("")
        self.table: TickTable | None = None
        self.sent: SmallTable | None = None
        self.made: tuple[SheetMade, ...] = ()
        self._rows: tuple[ChaseRow, ...] = ()
        self._unticked: set[int] = set()
        self._body = QWidget()
        self._parts = QVBoxLayout(self._body)
        self._build()

    def refresh(self) -> None:
        """Read again who owes what and what was sent."""
        operations = self.context.operations
        found = operations.read(chase, operations.today(), self.days.value())
        if not self.back.typed().strip():
            self.back.put_value(answer_day(operations.today(), operations.read(calendar)))
        self._show(found, operations.read(mailings))

    def ticked(self) -> tuple[int, ...]:
        """Return the agencies that are ticked."""
        ticks = self.table.ticks() if self.table else frozenset[int]()
        return tuple(row.id for row in self._rows if row.id in ticks)

    def make(self, folder: Path, reason: str = "") -> None:
        """Make the sheets on the worker, and offer their letters."""
        store, agencies, days = self.context.operations.store, self.ticked(), self.days.value()
        try:
            typed = self.back.value()
        except UserError as refused:
            self._fail(refused)
            return
        back = typed if isinstance(typed, date) else None
        self.context.tasks.run(
            "Making sheets",
            lambda: make_sheets(store, folder, agencies, days, back, reason),
            self._on_made,
            lambda problem: self._refused(problem, folder),
        )

    def _refused(self, problem: BaseException, folder: Path) -> None:
        if not saving_out.ask_again(self.context, self, problem, partial(self.make, folder)):
            self._fail(problem)

    def read_answers(self, paths: Sequence[Path]) -> AnswersDialog:
        """Show what the answers would change."""
        dialog = AnswersDialog(self.window(), self.context, paths)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        dialog.rehearse()
        return dialog

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take workbooks that are dropped."""
        if _workbooks(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the workbooks that were dropped."""
        paths = _workbooks(event.mimeData())
        if paths:
            event.acceptProposedAction()
            self.read_answers(paths)

    # Building

    def _build(self) -> None:
        self.setAcceptDrops(True)
        self.head.addWidget(self.answers_button)
        self.head.addWidget(self.make_button)
        line = QHBoxLayout()
        for part in (words("Late, or due within"), self.days, words("days."), words(_BACK.label)):
            if isinstance(part, QLabel):
                part.setWordWrap(False)
            line.addWidget(part)
        line.addWidget(self.back)
        line.addWidget(self.told, 1)
        self.column.addLayout(line)
        self._parts.setContentsMargins(0, 0, 12, 0)
        self._parts.setSpacing(8)
        self.column.addWidget(scrolled(self._body), 1)
        self.days.valueChanged.connect(lambda _days: self.refresh())
        self.answers_button.clicked.connect(self._ask_answers)
        self.make_button.clicked.connect(self._ask_folder)

    def _show(self, found: Chase, sent: Sequence[MailingRow]) -> None:
        focused = self.table is not None and self.table.hasFocus()
        self._rows = found.rows
        self._clear()
        self._add_owed(found)
        self._add_made()
        self._add_sent(sent)
        self._parts.addStretch(1)
        self._tell()
        if focused and self.table is not None:
            self.table.setFocus()

    def _clear(self) -> None:
        self.table = self.sent = None
        while (item := self._parts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def _add(self, part: QWidget) -> None:
        self._parts.addWidget(part)
        part.show()  # a page in sight shows what is added a moment later

    def _add_owed(self, found: Chase) -> None:
        if not found.rows:
            self._add(quiet("No agency has an action that is late or due by then."))
        else:
            self.table = TickTable(
                "Agencies to chase",
                _OWED_HEADINGS,
                [Line(row.id, _owed_cells(row)) for row in found.rows],
                2,
                (3, 4, 5),
                tickable=[row.id for row in found.rows],
                ticks=[row.id for row in found.rows if row.id not in self._unticked],
            )
            self.table.ticked.connect(self._on_ticked)
            self.table.itemSelectionChanged.connect(self._tell_agency)
            self.table.opened.connect(
                lambda agency: self.context.navigation.open_record("agency", agency)
            )
            self._add(self.table)
        self.detail = words("")
        self._add(self.detail)
        self.detail.hide()
        if found.nobodys:
            named = ", ".join(action.reference for action in found.nobodys[:8])
            rest = " and others" if len(found.nobodys) > 8 else ""
            self._add(quiet(f"Nobody can be asked about {named}{rest}: they have no lead agency."))

    def _add_made(self) -> None:
        if not self.made:
            return
        self._add(heading("Made just now"))
        self._add(
            quiet(
                f"The workbooks are in {self.made[0].path.parent}, each with its e-mail as text. "
                "An e-mail program cannot be given the workbook from here: attach it there."
            )
        )
        self._add(LetterLines(_letter_line(sheet) for sheet in self.made))

    def _add_sent(self, sent: Sequence[MailingRow]) -> None:
        self._add(heading("Sent so far"))
        if not sent:
            self._add(quiet("Nothing was sent yet. What is sent to whom stands here."))
            return
        lines = [Line(row.id, _sent_cells(row)) for row in sent[:_LISTED]]
        self.sent = SmallTable("Sent so far", _SENT_HEADINGS, lines, 3, (4,))
        self.sent.opened.connect(
            lambda mailing: self.context.navigation.open_record("mailing", mailing)
        )
        self._add(self.sent)

    # Telling and doing

    def _on_ticked(self) -> None:
        ticked = self.ticked()
        self._unticked = {row.id for row in self._rows if row.id not in ticked}
        self._tell()

    def _tell(self) -> None:
        ticked = len(self.ticked())
        self.make_button.setEnabled(bool(ticked))
        agencies = "1 agency is" if ticked == 1 else f"{ticked or 'No'} agencies are"
        self.told.setText(f"{agencies} ticked.")

    def _tell_agency(self) -> None:
        at = self.table.currentRow() if self.table else -1
        if not 0 <= at < len(self._rows):
            return
        row = self._rows[at]
        lines = [
            f"{owner or 'No owner'}: "
            + "; ".join(f"{action.reference}, {action.words()}" for action in actions)
            for owner, actions in row.by_owner()
        ]
        to = "; ".join(row.emails) or "no e-mail address is recorded"
        self.detail.setText("\n".join((f"{row.name}. To: {to}", *lines)))
        self.detail.show()

    def _on_made(self, made: tuple[SheetMade, ...]) -> None:
        self.made = made
        touched = frozenset(("mailing", sheet.mailing_id) for sheet in made)
        self.context.operations.changed.emit(Changes("Send sheets of actions", touched))

    def _fail(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self.context.messages.tell(self, problem.sentence)

    def _ask_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "A folder for the sheets")
        if chosen:
            self.make(Path(chosen))

    def _ask_answers(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, "Answers that came back", "", "Workbooks (*.xlsx *.xlsm);;All files (*)"
        )
        if names:
            self.read_answers([Path(name) for name in names])


def _owed_cells(row: ChaseRow) -> tuple[str, ...]:
    owners = "; ".join(owner for owner, _ in row.by_owner() if owner)
    soon = len(row.owed) - row.late
    return (
        "",
        row.agency,
        owners,
        str(row.late or ""),
        str(soon or ""),
        counted(row.days_late, "day") if row.days_late else "",
        format_date(row.sent.sent_on) if row.sent else "",
        format_date(row.answered_on) if row.answered_on else "",
    )


def _sent_cells(row: MailingRow) -> tuple[str, ...]:
    return (
        row.reference,
        row.agency,
        format_date(row.sent_on),
        row.to,
        str(len(row.actions)),
        format_date(row.due_back_on) if row.due_back_on else "",
        format_date(row.returned_on) if row.returned_on else "",
    )


def _workbooks(data: QMimeData) -> list[Path]:
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.casefold() in _WORKBOOKS]


def _letter_line(sheet: SheetMade) -> LetterLine:
    told = f"{sheet.path.name}: {counted(sheet.actions, 'action')}."
    return LetterLine(sheet.agency, told, sheet.letter)
