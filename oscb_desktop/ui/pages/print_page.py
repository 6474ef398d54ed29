"""Print: the papers by the names people ask for, their few choices, and the page itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.date_words import weekday_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.errors import UserError
from oscb_desktop.queries.meetings import meetings
from oscb_desktop.queries.records import choices, records
from oscb_desktop.queries.reviews import ReviewRow, reviews
from oscb_desktop.services import printing
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.releases import Copy, MadePaper, release, release_to_file
from oscb_desktop.ui import paper_printing, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.widgets.labels import shortened

_PAUSE = 400  # milliseconds of no typing after which the copy is made anew
_LONGEST = 200
_LONG = 60  # letters of an action to choose by
_SCOPES = ("agency", "review", "theme")
Scopes = dict[str, tuple[str, dict[str, str]]]
"""By what is chosen: the words shown, and the name that the service is given."""
_ON_COPY = "The number of this copy, printed on each page."


@dataclass(frozen=True, slots=True)
class Paper:
    """One thing that can be printed; ``about`` says of what: a review, a meeting, an action.

    A paper about the whole file has an empty ``about``; one with a ``scope`` holds all actions or
    those of an agency, a review or a theme.
    """

    name: str
    label: str
    about: str
    help: str


PAPERS = (
    Paper(
        "learning_summary",
        printing.LEARNING_SUMMARY,
        "review",
        "One or two pages for practitioners, in the order of a seven-minute briefing.",
    ),
    Paper("review_record", printing.REVIEW_RECORD, "review", "Everything recorded. Internal."),
    Paper(
        "action_log",
        printing.ACTION_LOG,
        "scope",
        "Every action by review, or those of one agency, one review or one theme.",
    ),
    Paper(
        "action_record",
        printing.ACTION_RECORD,
        "action",
        "Everything recorded about one action: dates, notes, evidence, checks. Internal.",
    ),
    Paper(
        "decision_letter",
        printing.DECISION_LETTER,
        "review",
        "What was decided after a rapid review, and why. Internal, under pseudonyms.",
    ),
    Paper(
        "terms",
        printing.TERMS,
        "review",
        "Purpose, lines of enquiry, time and method of a full review, and its panel. Internal.",
    ),
    Paper("agenda", printing.AGENDA, "meeting", "What a meeting is about and who is invited."),
    Paper(
        "meeting_note",
        printing.MEETING_NOTE,
        "meeting",
        "Who was there, what was decided, and who does what by when.",
    ),
    Paper(
        "composite_plan",
        printing.COMPOSITE_PLAN,
        "",
        "The recommendations of all reviews by theme, each lesson once, with their actions.",
    ),
    Paper(
        "escalation_report",
        printing.ESCALATION_REPORT,
        "",
        "What is due to be escalated, the steps taken and their answers, by agency. Internal.",
    ),
    Paper(
        "chair_sheet",
        printing.CHAIR_SHEET,
        "",
        "All live reviews as a timeline of stages against their statutory days. Internal.",
    ),
    Paper(
        "since_meeting",
        printing.SINCE_MEETING,
        "",
        "What was completed, slipped or added since the subgroup met last.",
    ),
)


class PrintPage(Page):
    """Choices on the left, the paper on the right, kept in memory alone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Print")
        self.papers = QListWidget()
        self.review = QComboBox()
        self.scope = QComboBox()
        self.action = QComboBox()
        self.meeting = QComboBox()
        self.help = theme.styled(QLabel(), "muted")
        self.fault = theme.styled(QLabel(), "fault")
        self.recipient = QLineEdit()
        self.copy_number = QLineEdit()
        self.printed_button = QPushButton("Prin&ted so far")
        self.save_button = QPushButton("&Save as PDF…")
        self.print_button = QPushButton("&Print…")
        self.document = QPdfDocument(self)
        self.view = QPdfView()
        self.made: MadePaper | None = None
        self._scopes: Scopes = {}
        self._actions: dict[int, str] = {}
        self._buffer = QBuffer(self)
        self._number: int | None = None
        self._typing = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the choices again and make the paper anew."""
        operations = self.context.operations
        rows = operations.read(reviews, operations.today())
        _offer(self.review, [(f"{row.reference} {row.known_as}", row.id) for row in rows])
        self._scopes = self._read_scopes(rows)
        _offer(self.scope, [(words, data) for data, (words, _named) in self._scopes.items()])
        held = operations.read(meetings, operations.today())
        _offer(
            self.meeting,
            [(f"{weekday_date(row.held_on)} {row.kind_words}", row.id) for row in held],
        )
        self._meetings = {row.id: row.reference for row in held}
        self._references = {row.id: row.reference for row in rows}
        self.make()

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Choose the paper, and of what, that somebody asked for."""
        self.refresh_if_stale()
        names = [paper.name for paper in PAPERS]
        if wanted.get("paper") in names:
            self.papers.setCurrentRow(names.index(wanted["paper"]))
        for kind in _SCOPES:
            if kind in wanted:
                self.scope.setCurrentIndex(max(0, self.scope.findData(f"{kind} {wanted[kind]}")))
        for name, (box, _label_of) in self._choices().items():
            if name in wanted:
                box.setCurrentIndex(max(0, box.findData(int(wanted[name]))))

    def paper(self) -> Paper:
        """Return the paper that is chosen."""
        return PAPERS[max(0, self.papers.currentRow())]

    @property
    def pdf(self) -> bytes:
        """The paper on screen, empty while there is none."""
        return self.made.data if self.made else b""

    def copy(self) -> Copy:
        """Return whom this copy is for, and its number."""
        return Copy(self.recipient.text(), self.copy_number.text())

    def make(self) -> None:
        """Make the chosen paper on the worker; an older one still being made is forgotten."""
        paper = self.paper()
        self._show_choices(paper)
        if self._number is not None:
            self.context.tasks.forget(self._number)
            self._number = None
        if paper.about == "action":
            self._offer_actions()
        if paper.about and self._choices()[paper.about][0].currentData() is None:
            self._show_nothing(f"There is no {paper.about} to print yet.")
            return
        self._offer_paper(ready=False)  # what is on screen is another paper
        self._number = self.context.tasks.run(
            f"Making the {paper.label.lower()}", self._makers()[paper.name], self._show, self._fail
        )

    def _makers(self) -> dict[str, Callable[[], MadePaper]]:
        """Return how each paper is made of what is chosen now, on whatever thread."""
        store, copy = self.context.operations.store, self.copy()
        review = self._references.get(self.review.currentData(), "")
        meeting = self._meetings.get(self.meeting.currentData(), "")
        action = self._actions.get(self.action.currentData(), "")
        of = self._scopes.get(self.scope.currentData(), ("", {}))[1]
        return {
            "learning_summary": lambda: printing.make_learning_summary(store, review, copy=copy),
            "review_record": lambda: printing.make_review_record(store, review, copy=copy),
            "decision_letter": lambda: printing.make_decision_letter(store, review, copy=copy),
            "terms": lambda: printing.make_terms(store, review, copy=copy),
            "agenda": lambda: printing.make_agenda(store, meeting, copy=copy),
            "meeting_note": lambda: printing.make_meeting_note(store, meeting, copy=copy),
            "composite_plan": lambda: printing.make_composite_plan(store, copy=copy),
            "chair_sheet": lambda: printing.make_chair_sheet(store, copy=copy),
            "since_meeting": lambda: printing.make_since_meeting(store, copy=copy),
            "action_log": lambda: printing.make_action_log(store, copy=copy, **of),
            "action_record": lambda: printing.make_action_record(store, action, copy=copy),
            "escalation_report": lambda: printing.make_escalation_report(store, copy=copy),
        }

    def save_to(self, path: Path) -> None:
        """Note the paper on screen and write it to a file, whole or not at all."""
        if self.made is not None:
            made, write = replace(self.made, copy=self.copy()), self.context.operations.write
            self._leave(lambda: release_to_file(write, made, path))

    def print_on(self, printer: QPrinter) -> None:
        """Note the pages on screen and print them, straight from memory."""
        if self.made is None:
            return
        made, write = self.made, self.context.operations.write
        pages = len(paper_printing.pages_wanted(self.document, printer))
        made = replace(made, copy=_with_copies(self.copy(), printer.copyCount()))
        if self._leave(lambda: release(write, made, pages)):
            paper_printing.draw_pages(self.document, printer)

    def _leave(self, let: Callable[[], None]) -> bool:
        """Let the paper out of the program, or say why it stays."""
        try:
            let()
        except UserError as refused:
            self.context.messages.tell(self, refused.sentence)
            return False
        return True

    def _on_changed(self, changes: Changes) -> None:
        if changes.kinds != {"release"}:  # the paper says nothing of its own printing
            super()._on_changed(changes)

    def _build(self) -> None:
        for paper in PAPERS:
            self.papers.addItem(paper.label)
        self.head.addWidget(self.printed_button)
        self.papers.setAccessibleName("Papers")
        self.papers.setCurrentRow(0)
        lines = len(PAPERS) * max(self.papers.sizeHintForRow(0), theme.row_height(self.papers))
        self.papers.setFixedHeight(lines + 2 * theme.GRID)
        self.review.setAccessibleName("Review")
        self.scope.setAccessibleName("Actions of")
        self.action.setAccessibleName("Action")
        self.meeting.setAccessibleName("Meeting")
        self.view.setAccessibleName("Preview of the paper")
        self.view.setPageMode(QPdfView.PageMode.MultiPage)
        self.view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.view.setDocument(self.document)
        self._review_label = _label("&Review", self.review)
        self._scope_label = _label("Actions &of", self.scope)
        self._action_label = _label("A&ction", self.action)
        self._meeting_label = _label("Meeti&ng", self.meeting)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 2 * theme.GRID, 0)
        column.setSpacing(2 * theme.GRID)
        for widget in (
            self.papers,
            self.help,
            self._review_label,
            self.review,
            self._scope_label,
            self.scope,
            self._action_label,
            self.action,
            self._meeting_label,
            self.meeting,
        ):
            column.addWidget(widget)
        column.addLayout(self._copy_fields())
        column.addWidget(self.fault)
        for label in (self.help, self.fault):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.print_button)
        buttons.addStretch()
        column.addLayout(buttons)
        column.addStretch()
        for box in (self.review, self.scope, self.action, self.meeting):
            box.setMinimumContentsLength(18)
            box.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(left)
        halves.addWidget(self.view)
        halves.setStretchFactor(1, 1)
        halves.setSizes([300, 800])
        self.column.addWidget(halves, 1)
        self.begins_at = self.papers

    def _copy_fields(self) -> QGridLayout:
        """Return whom the copy is for and its number, side by side."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * theme.GRID)
        fields = (("For &whom", "recipient", 3), ("Cop&y", "copy_number", 1))
        for place, (label, name, share) in enumerate(fields):
            field: QLineEdit = getattr(self, name)
            declared = record_kind("release").field(name)
            field.setAccessibleName(declared.label)
            field.setAccessibleDescription(_ON_COPY if name == "copy_number" else declared.help)
            field.setMaxLength(declared.max_length or _LONGEST)
            grid.addWidget(_label(label, field), 0, place)
            grid.addWidget(field, 1, place)
            grid.setColumnStretch(place, share)
        self.copy_number.setToolTip(_ON_COPY)
        return grid

    def _connect(self) -> None:
        self.copy_number.textEdited.connect(self._on_copy_typed)
        self._typing.timeout.connect(self._remake)
        self.printed_button.clicked.connect(lambda: self.context.navigation.open_page("printed"))
        self.papers.currentRowChanged.connect(lambda _: self._remake())
        self.review.currentIndexChanged.connect(lambda _: self._remake())
        self.scope.currentIndexChanged.connect(lambda _: self._remake())
        self.action.currentIndexChanged.connect(lambda _: self._remake())
        self.meeting.currentIndexChanged.connect(lambda _: self._remake())
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._print)

    def _remake(self) -> None:
        if not self._stale:
            self.make()

    def _read_scopes(self, rows: Iterable[ReviewRow]) -> Scopes:
        """Return whose actions a log can hold: the words to choose by, and how each is named."""
        read = self.context.operations.read
        found: Scopes = {"": ("All agencies", {})}
        for choice in read(choices, "agency"):
            found[f"agency {choice.id}"] = choice.title, {"agency": choice.title}
        for row in rows:
            words = f"Review {row.reference} {row.known_as}"
            found[f"review {row.id}"] = words, {"review": row.reference}
        for choice in read(choices, "theme"):
            found[f"theme {choice.id}"] = f"Theme: {choice.title}", {"theme": choice.title}
        return found

    def _offer_actions(self) -> None:
        """Offer the actions of the chosen review: a file holds too many to choose from at once."""
        review = self.review.currentData()
        held = self.context.operations.read(records, "action", owner=review) if review else ()
        self._actions = {row.id: row.words("reference") for row in held}
        _offer(self.action, [(shortened(row.title, _LONG), row.id) for row in held])

    def _on_copy_typed(self) -> None:
        self._offer_paper(ready=False)  # what is on screen is another copy
        self._typing.start()

    def _show_choices(self, paper: Paper) -> None:
        self.help.setText(paper.help)
        wanted = ("review", "action") if paper.about == "action" else (paper.about,)
        for about, widgets in self._choices().items():
            for widget in widgets:
                widget.setVisible(about in wanted)

    def _choices(self) -> dict[str, tuple[QComboBox, QLabel]]:
        """Return the box and its label for each thing that a paper can be about."""
        return {
            "review": (self.review, self._review_label),
            "scope": (self.scope, self._scope_label),
            "action": (self.action, self._action_label),
            "meeting": (self.meeting, self._meeting_label),
        }

    def _show(self, made: MadePaper) -> None:
        self._number = None
        self.made = made
        self.fault.clear()
        self.document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(made.data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.document.load(self._buffer)
        self._offer_paper(ready=not self._typing.isActive())

    def _show_nothing(self, sentence: str) -> None:
        self.made = None
        self.document.close()
        self.fault.setText(sentence)
        self._offer_paper(ready=False)

    def _offer_paper(self, *, ready: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(ready)

    def _fail(self, problem: BaseException) -> None:
        self._number = None
        if not isinstance(problem, UserError):
            self._show_nothing("This paper could not be made.")
            raise problem
        self._show_nothing(problem.sentence)

    def _name(self) -> str:
        if not self.paper().about:
            return f"{self.paper().label}.pdf"
        of = self._choices()[self.paper().about][0]
        plain = "".join(
            char if char.isalnum() or char in " -" else " " for char in of.currentText()
        )
        return f"{self.paper().label} {' '.join(plain.split())}.pdf"

    def _save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, "Save as PDF", self._name(), "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    def _print(self) -> None:
        printer = paper_printing.ask_printer(self.document, self.paper().label, self)
        if printer is not None:
            self.print_on(printer)


def _offer(box: QComboBox, entries: Sequence[tuple[str, int | str]]) -> None:
    """Fill a box anew and keep what was chosen."""
    kept = box.currentData()
    box.blockSignals(True)
    box.clear()
    for words, data in entries:
        box.addItem(words, data)
    box.setCurrentIndex(max(0, box.findData(kept)) if entries else -1)
    box.blockSignals(False)


def _with_copies(copy: Copy, copies: int) -> Copy:
    """Return the copy with how many the printer makes of it, where that is more than one."""
    if copies < 2:
        return copy
    number = copy.number.strip()
    return replace(copy, number=f"{number} ({copies} copies)" if number else f"{copies} copies")


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
