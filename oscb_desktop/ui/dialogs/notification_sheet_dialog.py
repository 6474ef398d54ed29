"""The answers of the national notification form, each beside a button that copies it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.domain.documents import Fact, ReviewRecord, Section
from oscb_desktop.errors import UserError
from oscb_desktop.queries.papers_notification import NOT_RECORDED, as_text, notification_sheet
from oscb_desktop.services.notification import ViewIdentities
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.printing import NOTIFICATION_SHEET, made_now, make_notification_sheet
from oscb_desktop.services.releases import MadePaper, as_words
from oscb_desktop.ui import clipboard, saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.widgets.labels import (
    button,
    fault,
    heading,
    link_button,
    quiet,
    selectable,
)
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import scrolled

_ABOUT = (
    "The national form times out after 20 minutes and keeps nothing. Copy each answer into it, in "
    "this order; it takes four children, further ones go into its free text."
)


class NotificationSheetDialog(QDialog):
    """Shows pseudonyms until a reason is given for the real identities; the look is logged."""

    def __init__(self, context: Context, incident: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._context = context
        self._incident = incident
        self.reason = ""
        self.setWindowTitle("Notification sheet")
        self.sheet: ReviewRecord | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.setSpacing(2 * theme.GRID)
        layout.addWidget(heading("Notification sheet"))
        layout.addWidget(quiet(_ABOUT))
        self._asking = self._question()
        layout.addWidget(self._asking)
        self._place = QVBoxLayout()
        layout.addLayout(self._place, 1)
        self._area: QWidget | None = None
        layout.addLayout(self._buttons())
        self._tell()
        open_at(self, 760, 640)

    def show_identities(self) -> None:
        """Show them if the reason will do; the look is logged first."""
        try:
            self._context.operations.write(ViewIdentities(self._incident, self.reason_field.text()))
        except UserError as refused:
            self._fault.setText(refused.sentence)
            self._fault.show()
            self.reason_field.setFocus()
            return
        self.reason = self.reason_field.text()
        self._asking.hide()
        self._tell()

    def copy_all(self) -> None:
        """Copy every answer as plain text, noted as leaving."""
        if self.sheet is None:
            return
        words = as_words(f"{NOTIFICATION_SHEET} (text)", as_text(self.sheet))
        words = replace(words, holds_identities=bool(self.reason), kept=False)
        if saving_out.copy_words(self._context, self, words):
            self._copied.setText("All answers copied.")

    def save(self) -> None:
        """Ask for a place and write the sheet there as PDF, noted in the history."""
        if not saving_out.may_save(self._context, self):
            return
        name, _ = QFileDialog.getSaveFileName(
            self, "Save as PDF", "Notification sheet.pdf", "PDF (*.pdf)"
        )
        if name:
            self.save_to(Path(name))

    def save_to(self, path: Path) -> None:
        """Write the sheet as it is shown; the window stays awake meanwhile."""
        store, incident, reason = self._context.operations.store, self._incident, self.reason
        self._context.tasks.run(
            "Making the sheet",
            lambda: checked(store, make_notification_sheet(store, incident, reason)),
            lambda made: self._write(made, path),
            self._refused,
        )

    def _refused(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self._context.messages.tell(self, problem.sentence)

    def _write(self, made: MadePaper, path: Path) -> None:
        try:
            if not saving_out.save_paper(self._context, self, made, path):
                return
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)
            return
        self._copied.setText(f"Saved as {path.name}.")

    def _tell(self) -> None:
        """Read the sheet and show every answer."""
        operations = self._context.operations
        made = made_now(operations.store)
        self.sheet = operations.read(
            notification_sheet, self._incident, made, identities=bool(self.reason)
        )
        inner = QWidget()
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 0, 16, 16)
        rows.setSpacing(4 * theme.GRID)
        for section in self.sheet.sections:
            rows.addWidget(self._section(section))
        rows.addStretch(1)
        old, self._area = self._area, scrolled(inner)
        self._place.addWidget(self._area)
        self._area.show()
        put_away(old, self._place)

    def _section(self, section: Section) -> QWidget:
        outer = QWidget()
        grid = QGridLayout(outer)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.addWidget(heading(section.title), 0, 0, 1, 3)
        for place, fact in enumerate(section.facts, start=1):
            self._answer(grid, place, section.title, fact)
        return outer

    def _answer(self, grid: QGridLayout, place: int, section: str, fact: Fact) -> None:
        top = Qt.AlignmentFlag.AlignTop
        label = quiet(fact.label)
        label.setFixedWidth(190)
        grid.addWidget(label, place, 0, top)
        if fact.value == NOT_RECORDED:
            grid.addWidget(quiet(NOT_RECORDED), place, 1, top)
            return
        grid.addWidget(selectable(fact.value), place, 1, top)
        choice = link_button("Copy", f"Copy: {section}, {fact.label}")
        choice.clicked.connect(partial(self._copy, fact))
        grid.addWidget(choice, place, 2, top)

    def _copy(self, fact: Fact, _checked: bool = False) -> None:
        clipboard.put(fact.value)
        self._copied.setText(f"Copied: {fact.label}.")

    def _question(self) -> QWidget:
        outer = QWidget()
        rows = QVBoxLayout(outer)
        rows.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        self.reason_field = QLineEdit()
        self.reason_field.setAccessibleName("Why the identities are needed")
        self.reason_field.setPlaceholderText("Why the identities are needed")
        self.reason_field.returnPressed.connect(self.show_identities)
        show = button("Show identities", "Show the real identities")
        show.clicked.connect(self.show_identities)
        line.addWidget(self.reason_field, 1)
        line.addWidget(show)
        told = (
            "The sheet holds pseudonyms. The reason for seeing identities is kept in the history."
        )
        rows.addWidget(quiet(told))
        rows.addLayout(line)
        self._fault = fault()
        self._fault.hide()
        rows.addWidget(self._fault)
        return outer

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, act in (
            ("Copy all", self.copy_all),
            ("Save as PDF…", self.save),
            ("Close", self.reject),
        ):
            choice = button(text)
            choice.clicked.connect(act)
            row.addWidget(choice)
        self._copied = quiet("")
        row.addWidget(self._copied, 1)
        return row
