"""Print: a paper is chosen on the left and stands on the right, in memory alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.services.changes import Changes
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.latest import refusing
from oscb_desktop.ui.pages.checked_paper import CheckedPaper
from oscb_desktop.ui.pages.print_choices import PrintChoices
from oscb_desktop.ui.pages.print_papers import PAPERS, Paper, paper_named
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.widgets.scrolling import scrolled

_PAUSE = 400  # milliseconds of no typing after which the copy is made anew
_LEAST_ROWS = 3


class PrintPage(ReadingPage):
    """Choices on the left, the paper with what its check found on the right, in memory alone."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Print")
        self.papers = QListWidget()
        self.choices = PrintChoices(context.operations)
        self.help = theme.styled(QLabel(), "muted")
        self.packs_button = QPushButton("Pac&ks")
        self.printed_button = QPushButton("Prin&ted so far")
        self.annual_button = QPushButton("Annua&l report…")
        self.save_button = QPushButton("&Save as PDF…")
        self.print_button = QPushButton("&Print…")
        self.word_button = QPushButton("Save as Wor&d…")
        self.text_button = QPushButton("Copy as te&xt")
        self.shown = CheckedPaper(context)
        told = refusing(self._show_nothing, "This paper could not be made.")
        self._making = self.reading("Making a paper", told)
        self._typing = QTimer(self, interval=_PAUSE, singleShot=True)
        self._build()
        self._connect()

    def refresh(self) -> None:
        """Read the choices again and make the paper anew."""
        self.choices.refresh()
        self.make()

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Choose the paper, and of what, that somebody asked for."""
        self._stale = False
        self.choices.refresh()
        place = paper_named(wanted.get("paper", ""))
        if place >= 0:
            with QSignalBlocker(self.papers):
                self.papers.setCurrentRow(place)
        self.choices.choose(self.paper().about, wanted)
        self.make()

    def paper(self) -> Paper:
        """Return the paper that is chosen."""
        return PAPERS[max(0, self.papers.currentRow())]

    @property
    def document(self) -> QPdfDocument:
        """What is on screen, as Qt reads it."""
        return self.shown.view.document

    @property
    def made(self) -> MadePaper | None:
        """The paper on screen."""
        return self.shown.made

    @property
    def pdf(self) -> bytes:
        """The bytes of the paper on screen, none while there is none."""
        return self.made.data if self.made else b""

    def make(self) -> None:
        """Make the chosen paper on the worker; an older one still being made is forgotten."""
        paper = self.paper()
        self.help.setText(paper.help)
        self.choices.show_for(paper.about)
        self._making.forget()
        self.shown.forget()
        given = self.choices.given(paper.about)
        if given is None:
            self._show_nothing(f"There is no {paper.about} to print yet.")
            return
        self._offer_paper(ready=False)  # what is on screen is another paper
        store, copy = self.context.operations.store, self.choices.copy()
        make = partial(paper.make, store, copy=copy, **given)
        self._making.start(make, self._show, f"Making the {paper.label.lower()}")

    def save_to(self, path: Path, reason: str = "") -> None:
        """Note the paper on screen and write it to a file, whole or not at all."""
        self.shown.save_to(path, self.choices.copy(), reason)

    def print_on(self, printer: QPrinter, reason: str = "") -> None:
        """Note the pages on screen and print them, straight from memory."""
        self.shown.print_on(printer, self.choices.copy(), reason)

    def _on_changed(self, changes: Changes) -> None:
        if "release" not in changes.kinds:  # the paper says nothing of what left and was kept
            super()._on_changed(changes)

    def _build(self) -> None:
        for paper in PAPERS:
            self.papers.addItem(paper.label)
        self.head.addWidget(self.packs_button)
        self.head.addWidget(self.annual_button)
        self.head.addWidget(self.printed_button)
        self.papers.setAccessibleName("Papers")
        self.papers.setCurrentRow(0)
        row = max(self.papers.sizeHintForRow(0), theme.row_height(self.papers))
        self.papers.setMinimumHeight(min(_LEAST_ROWS, len(PAPERS)) * row + 2 * theme.GRID)
        self.papers.setMaximumHeight(len(PAPERS) * row + 2 * theme.GRID)
        self.papers.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._left())
        halves.addWidget(self.shown)
        halves.setStretchFactor(1, 1)
        halves.setSizes([300, 800])
        self.column.addWidget(halves, 1)
        self.begins_at = self.papers

    def _left(self) -> QWidget:
        """Return the papers, the choices and the buttons, one below the other."""
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 2 * theme.GRID, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self.papers, 1)
        for widget in (self.help, self.choices, self.fault):
            column.addWidget(widget)
        for label in (self.help, self.fault):
            label.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.save_button)
        buttons.addWidget(self.print_button)
        buttons.addStretch()
        column.addLayout(buttons)
        words = QHBoxLayout()
        words.addWidget(self.word_button)
        words.addWidget(self.text_button)
        words.addStretch()
        column.addLayout(words)
        column.addStretch()
        self.fault.hide()
        return scrolled(left)

    def _connect(self) -> None:
        self.choices.copy_typed.connect(self._on_copy_typed)
        self.choices.recipient_typed.connect(self._on_recipient_typed)
        self.choices.changed.connect(self._remake)
        self.shown.settled.connect(lambda: self._offer_paper(ready=not self._typing.isActive()))
        self._typing.timeout.connect(self._remake)
        self.packs_button.clicked.connect(lambda: self.context.navigation.open_page("packs"))
        self.annual_button.clicked.connect(lambda: self.context.navigation.open_page("annual"))
        self.printed_button.clicked.connect(lambda: self.context.navigation.open_page("printed"))
        self.papers.currentRowChanged.connect(lambda _: self._remake())
        self.save_button.clicked.connect(self._save)
        self.print_button.clicked.connect(self._print)
        self.word_button.clicked.connect(self._save_word)
        self.text_button.clicked.connect(self._copy_text)

    def _remake(self) -> None:
        if not self._stale:
            self.make()

    def _on_copy_typed(self) -> None:
        self._offer_paper(ready=False)  # what is on screen is another copy
        self._typing.start()

    def _on_recipient_typed(self) -> None:
        if self.shown.has_left:  # the code of the copy that left is that of one recipient
            self._on_copy_typed()

    def _show(self, made: MadePaper) -> None:
        self.fault.clear()
        self.fault.hide()
        paper = self.paper()
        self.shown.show_paper(made, f"{paper.name} {self.choices.words(paper.about)}")

    def _show_nothing(self, sentence: str) -> None:
        self.shown.clear()
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        self._offer_paper(ready=False)

    def _offer_paper(self, *, ready: bool) -> None:
        for button in (self.save_button, self.print_button):
            button.setEnabled(ready)
        for button in (self.word_button, self.text_button):
            button.setEnabled(ready and self.shown.has_words)
        self.text_button.setText("Copy as te&xt")

    def _name(self) -> str:
        """Return the name of the file that is offered: the paper and what it is about."""
        words = self.choices.words(self.paper().about)
        plain = "".join(char if char.isalnum() or char in " -" else " " for char in words)
        return f"{' '.join([self.paper().label, *plain.split()])}.pdf"

    def _save(self) -> None:
        self.shown.save(self._name(), self.choices.copy())

    def _save_word(self) -> None:
        self.shown.save_word(self._name(), self.choices.copy())

    def _copy_text(self) -> None:
        if self.shown.copy_text(self.choices.copy()):
            self.text_button.setText("Copied")

    def _print(self) -> None:
        self.shown.print(self.paper().label, self.choices.copy())
