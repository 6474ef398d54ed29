"""A made paper on screen, what its check found below it, and its ways out of the program.

``show_paper(made, about)`` shows a paper and checks it on the worker; ``settled`` tells when that
is done. ``save``, ``print`` and, without asking anybody, ``save_to`` and ``print_on`` let it out:
each copy is noted first, with a reason by name where the check found something.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from oscb_desktop.domain.faces import PUBLIC, VERSIONS
from oscb_desktop.errors import UserError
from oscb_desktop.services.disclosure import Checked
from oscb_desktop.services.paper_check import check, checked, with_found
from oscb_desktop.services.paper_forms import ENDINGS, as_named, as_text
from oscb_desktop.services.releases import Copy, MadePaper, release, release_to_file
from oscb_desktop.services.store import Store
from oscb_desktop.ui import clipboard, paper_printing, saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.reason_dialog import ask_reason
from oscb_desktop.ui.latest import Latest
from oscb_desktop.ui.widgets.findings_box import FindingsBox
from oscb_desktop.ui.widgets.labels import words
from oscb_desktop.ui.widgets.paper_view import PaperView

_CHECKING = "Looking for what a child may be known by…"
_UNCHECKED = "This paper could not be checked for what a child may be known by."
_WORKBOOK = "Workbook (*.xlsx)"
_PDF, _WORD, _OTHERS = "PDF (*.pdf)", "Word (*.docx)", ";;Word (*.docx);;Plain text (*.txt)"


class CheckedPaper(QWidget):
    """``made`` is the paper on screen, None while there is none."""

    settled = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.remarks = words("", "fault")
        self.view = PaperView()
        self.findings = FindingsBox()
        self.made: MadePaper | None = None
        self.is_checked = False
        self.has_left = False
        self._checking = Latest(context.tasks, "Checking the paper", self._fail)
        self._forming = Latest(context.tasks, "Checking the file", self._unformed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.remarks)
        column.addWidget(self.view, 1)
        column.addWidget(self.findings)
        self.remarks.hide()
        self.findings.led_to.connect(self.view.point_at)

    def show_paper(self, made: MadePaper, about: str = "") -> None:
        """Show a paper and check it; its place is kept where it is about the same as before."""
        self.forget()
        self.made = made
        self.is_checked = self.has_left = False
        self._remark(" ".join(made.remarks))
        self.view.show_paper(made.data, about)
        if made.holds_identities:
            self._settle(made, "This paper holds real names, as was asked.")
            return
        self._check()

    def clear(self, sentence: str = "") -> None:
        """Show a sentence in place of a paper."""
        self.forget()
        self.made = None
        self.is_checked = False
        self._remark("")
        self.view.clear(sentence)
        self.findings.say("")

    def _remark(self, sentences: str) -> None:
        """Say what is to know about a paper before it leaves, beside its check."""
        self.remarks.setText(sentences)
        self.remarks.setVisible(bool(sentences))

    def forget(self) -> None:
        """Let no check tell of itself any more, as when another paper is being made."""
        self._checking.forget()
        self._forming.forget()

    # Leaving

    @property
    def has_words(self) -> bool:
        """Whether what is on screen can be had as a Word file and as text too."""
        return self.made is not None and self.made.told is not None

    def save(self, name: str, copy: Copy) -> None:
        """Ask for a place, and for a reason where one is wanted, and put the paper there."""
        self._save(name, copy, "Save as PDF", _PDF + (_OTHERS if self.has_words else ""))

    def save_word(self, name: str, copy: Copy) -> None:
        """Ask for the place of a Word file; otherwise as ``save``."""
        if self.has_words:
            self._save(f"{Path(name).stem}.docx", copy, "Save as Word", _WORD)

    def save_workbook(self, name: str, copy: Copy) -> None:
        """Ask for the place of a workbook of the paper's tables; otherwise as ``save``."""
        self._save(f"{Path(name).stem}.xlsx", copy, "Save the tables as a workbook", _WORKBOOK)

    def copy_text(self, copy: Copy) -> bool:
        """Note the paper as text, with a reason where one is wanted, and copy it."""
        if not self.has_words or self.made is None or not self.is_checked:
            return False
        text = checked(self._context.operations.store, as_text(_unchecked(self.made)))
        reason = self._reason(text, text.found, "Copy it all the same")
        if reason is None:
            return False
        leaving = replace(text, copy=copy, reason=reason)
        if not self._leave(lambda: release(self._context.operations.write, leaving)):
            return False
        clipboard.put(text.data.decode())
        return True

    def _save(self, name: str, copy: Copy, title: str, forms: str) -> None:
        if self.made is None or not self.is_checked or not saving_out.may_save(self._context, self):
            return
        to, _ = QFileDialog.getSaveFileName(self, title, name, forms)
        if not to:
            return
        path, usual = Path(to), Path(name).suffix
        said = path.suffix.lower() in ENDINGS  # a name such as "Child R. final" says none
        path = path if said else path.with_name(path.name + usual)
        if path.suffix.lower() == ".pdf":
            self._explain(self.made, self.findings.said.text(), path, copy)
            return
        store, made = self._context.operations.store, self.made
        self._forming.start(
            lambda: _formed(store, made, path),
            lambda formed: self._explain(formed, formed.found, path, copy),
        )

    def _explain(self, made: MadePaper, found: str, path: Path, copy: Copy) -> None:
        """Ask for a reason where one is wanted, and let the file go that was checked."""
        reason = self._reason(made, found, "Save it all the same")
        if reason is not None:
            self._write(replace(made, copy=copy, reason=reason), path)

    def save_to(self, path: Path, copy: Copy, reason: str = "") -> bool:
        """Note the paper and write it to a file, whole or not at all; say why where it stays.

        A form other than that on screen is checked by itself before.
        """
        if self.made is None or not self.is_checked:
            return False
        try:
            made = _formed(self._context.operations.store, self.made, path)
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)
            return False
        return self._write(replace(made, copy=copy, reason=reason), path)

    def _write(self, made: MadePaper, path: Path) -> bool:
        write = self._context.operations.write
        return self._leave(lambda: release_to_file(write, made, path))

    def _unformed(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self._context.messages.tell(self, problem.sentence)

    def print(self, name: str, copy: Copy) -> None:
        """Ask for a printer, and for a reason where one is wanted, and print."""
        if self.made is None or not self.is_checked:
            return
        reason = self._reason(self.made, self.findings.said.text(), "Print it all the same")
        if reason is None:
            return
        printer = paper_printing.ask_printer(self.view.document, name, self)
        if printer is not None:
            self.print_on(printer, copy, reason)

    def print_on(self, printer: QPrinter, copy: Copy, reason: str = "") -> bool:
        """Note the pages that were asked for and print them, straight from memory."""
        if self.made is None or not self.is_checked:
            return False
        pages = len(paper_printing.pages_wanted(self.view.document, printer))
        copy = paper_printing.with_copies(copy, printer.copyCount())
        made, write = replace(self.made, copy=copy, reason=reason), self._context.operations.write
        if not self._leave(lambda: release(write, made, pages)):
            return False
        paper_printing.draw_pages(self.view.document, printer)
        return True

    def _leave(self, let: Callable[[], None]) -> bool:
        try:
            let()
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)
            return False
        self.has_left = True
        return True

    def _reason(self, made: MadePaper, found: str, verb: str) -> str | None:
        return ask_reason(self, made, found, verb, self._context.operations.store.by)

    # Checking

    def _check(self) -> None:
        store, made = self._context.operations.store, self.made
        assert made is not None
        self.findings.say(_CHECKING)
        self._checking.start(lambda: check(store, made), self._tell)

    def hideEvent(self, event: QHideEvent) -> None:
        """Check nothing out of sight: the file may be closing."""
        super().hideEvent(event)
        self.forget()

    def showEvent(self, event: QShowEvent) -> None:
        """Take up a check that was broken off."""
        super().showEvent(event)
        if self.made is not None and not self.is_checked and not self._checking.is_under_way:
            self._check()

    def _tell(self, found: Checked) -> None:
        assert self.made is not None
        made = with_found(self.made, found)
        self.findings.tell(
            f"{_made_for(made.face)} {found.summary}".strip(),
            found.findings,
            found.unread,
            warns=made.wants_reason,
        )
        self.findings.said.setToolTip(found.searched)
        self._settle(made)

    def _fail(self, problem: BaseException) -> None:
        assert self.made is not None
        refused = isinstance(problem, UserError)
        told = f"{_UNCHECKED} {problem.sentence}" if isinstance(problem, UserError) else _UNCHECKED
        self.findings.say(told, warns=True)
        self._settle(self.made)
        if not refused:
            raise problem

    def _settle(self, made: MadePaper, sentence: str = "") -> None:
        self.made = made
        self.is_checked = True
        if sentence:
            self.findings.say(sentence, warns=True)
        self.settled.emit()


def _unchecked(made: MadePaper) -> MadePaper:
    return replace(made, findings=None, found="", unsought="", unread=0)


def _formed(store: Store, made: MadePaper, path: Path) -> MadePaper:
    """Return a paper in the form that a file's name asks for, that very file checked."""
    formed = as_named(made, path)
    return formed if formed.form == made.form else checked(store, _unchecked(formed))


def _made_for(face: str) -> str:
    if face == PUBLIC:
        return "Made for publication."
    return f"{VERSIONS[face]}." if face in VERSIONS else ""
