"""The annual report as paper: whole or for the public, saved as PDF, Word and workbook, printed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.services import printing
from oscb_desktop.services.releases import Copy, MadePaper
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.latest import Latest, refusing
from oscb_desktop.ui.pages.checked_paper import CheckedPaper
from oscb_desktop.ui.widgets.flow_layout import FlowLayout
from oscb_desktop.ui.widgets.labels import button, fault, quiet, strong

_WHOLE = "For those who write it: every number, with what moved and the members by name."
_PUBLIC = "For anybody: small numbers are kept back, and what would give them away."


class AnnualPaper(QWidget):
    """Made on the worker when it is seen; one switch says for whom it is."""

    made = Signal()
    chapter_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._year = self._made_for = ""
        self._stale = True
        self.public = QCheckBox("Public &version")
        self.about = quiet(_WHOLE)
        self.unsaved = strong("")
        self.unsaved_button = button("Go to it", "Go to the chapter with unsaved text")
        self._unsaved = ""
        self.recipient = QLineEdit()
        self.fault = fault()
        self.shown = CheckedPaper(context)
        self.save_button = button("Save as PDF…")
        self.word_button = button("Save as Word…")
        self.workbook_button = button("Save as workbook…", "Save the tables as a workbook")
        self.print_button = button("Print…")
        told = refusing(self._refuse, "This could not be read.")
        self._making = Latest(context.tasks, "Making the annual report", told)
        self._build()
        self._connect()

    @property
    def is_making(self) -> bool:
        """Whether the paper is being made or checked."""
        return self._making.is_under_way or (
            self.shown.made is not None and not self.shown.is_checked
        )

    def show_year(self, year: str) -> None:
        """Make the paper of a year anew, now or when it is seen."""
        self._year, self._stale = year, True
        if self.isVisible():
            self._make()

    def tell_unsaved(self, chapters: Mapping[str, str]) -> None:
        """Say which chapters hold text that is not in the paper; headings by their codes."""
        self._unsaved = next(iter(chapters), "")
        verb = "has" if len(chapters) == 1 else "have"
        named = ", ".join(chapters.values())
        self.unsaved.setText(
            f"{counted(len(chapters), 'chapter')} {verb} unsaved text, which is not in this paper: "
            f"{named}."
        )
        for part in (self.unsaved, self.unsaved_button):
            part.setVisible(bool(chapters))

    def copy(self) -> Copy:
        """Return whom this copy is for."""
        return Copy(self.recipient.text())

    def _make_another(self) -> None:
        """Make it for others; what was for the first is not looked at under their name."""
        self.shown.clear()
        self._make()

    def _make(self) -> None:
        self._stale = False
        self._made_for = self.recipient.text()
        is_public = self.public.isChecked()
        self.about.setText(_PUBLIC if is_public else _WHOLE)
        self._offer(ready=False)
        self.shown.forget()
        make = partial(
            printing.make_annual_report,
            self._context.operations.store,
            self._year,
            self.copy(),
            public=is_public,
        )
        self._making.start(make, self._show)

    def _show(self, paper: MadePaper) -> None:
        self.fault.hide()
        face = "public" if self.public.isChecked() else "whole"
        self.shown.show_paper(paper, f"annual report {self._year} {face}")
        self.made.emit()

    def _refuse(self, sentence: str) -> None:
        self.shown.clear()
        self.fault.setText(sentence)
        self.fault.show()

    def _offer(self, *, ready: bool) -> None:
        for each in (self.save_button, self.word_button, self.workbook_button, self.print_button):
            each.setEnabled(ready)

    def _name(self) -> str:
        version = " public" if self.public.isChecked() else ""
        return f"{printing.ANNUAL_REPORT} {self._year}{version}.pdf"

    def _build(self) -> None:
        declared = record_kind("release").field("recipient")
        label = QLabel("For &whom")
        label.setBuddy(self.recipient)
        self.recipient.setAccessibleName(declared.label)
        self.recipient.setMaxLength(declared.max_length)
        self.recipient.setFixedWidth(180)
        whom = QWidget()
        row = QHBoxLayout(whom)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self.recipient)
        bar = QWidget()
        flow = FlowLayout(bar, 2 * theme.GRID)
        for part in (
            self.public,
            whom,
            self.save_button,
            self.word_button,
            self.workbook_button,
            self.print_button,
        ):
            flow.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(bar)
        column.addWidget(self.unsaved)
        column.addWidget(self.unsaved_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.tell_unsaved({})
        column.addWidget(self.about)
        column.addWidget(self.fault)
        self.fault.hide()
        column.addWidget(self.shown, 1)
        self._offer(ready=False)

    def _connect(self) -> None:
        self.public.toggled.connect(lambda _on: self._make_another())
        self.recipient.editingFinished.connect(self._on_recipient)
        self.shown.settled.connect(lambda: self._offer(ready=True))
        self.unsaved_button.clicked.connect(lambda: self.chapter_wanted.emit(self._unsaved))
        shown = self.shown
        self.save_button.clicked.connect(lambda: shown.save(self._name(), self.copy()))
        self.word_button.clicked.connect(lambda: shown.save_word(self._name(), self.copy()))
        self.workbook_button.clicked.connect(lambda: shown.save_workbook(self._name(), self.copy()))
        self.print_button.clicked.connect(lambda: shown.print(printing.ANNUAL_REPORT, self.copy()))

    def _on_recipient(self) -> None:
        """Make another copy, with a code of its own, where this one has left for another."""
        if self.shown.has_left and self.recipient.text() != self._made_for:
            self._make()

    def showEvent(self, event: QShowEvent) -> None:
        """Make the paper when it is first seen, and where something changed meanwhile."""
        super().showEvent(event)
        if self._stale and self._year:
            self._make()

    def hideEvent(self, event: QHideEvent) -> None:
        """Make nothing out of sight: the file may be closing."""
        super().hideEvent(event)
        if self._making.is_under_way:
            self._making.forget()
            self._stale = True
