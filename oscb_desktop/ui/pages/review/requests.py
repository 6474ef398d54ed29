"""Requests to agencies on a review's page: asked, and what came back by one key each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.requests import requests_in
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.requests import RequestRow, requests_of
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.request_papers import RequestPapers, write_papers
from oscb_desktop.services.requests import (
    NIL_RETURN,
    REFUSED,
    NoteAnswer,
    TakeBackRequest,
)
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.ask_dialog import AskDialog
from oscb_desktop.ui.forms.request_forms import came_back_form, day_form, returned_form
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.keyed_section import KeyAct, KeyedSection
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.widgets.labels import quiet, strong
from oscb_desktop.ui.widgets.letter_lines import LetterLine, LetterLines
from oscb_desktop.ui.widgets.small_table import Line

_FORMS = {"C": came_back_form, "R": returned_form, "D": day_form}
_HEADINGS = ("Agency", "Asked for", "Sent", "Due", "How it stands", "Quality", "Reminded")


class RequestsSection(KeyedSection):
    """Who was asked for what, how each answer stands, and the e-mails that were just made."""

    keys: tuple[KeyAct, ...] = (
        ("C", "Came back…", "The chosen answer came back"),
        ("N", "Nil return", "The chosen answer is a nil return"),
        ("F", "Refused", "The chosen request was refused"),
        ("R", "Returned to be completed…", "Return the chosen answer to be completed"),
        ("D", "Change the due day…", "Change the due day of the chosen request"),
        ("W", "Withdraw the request", "Withdraw the chosen request"),
        ("L", "Letters again…", "Write the letters of the chosen request again"),
    )

    def __init__(self, context: Context, read: Callable[[], RecordRow | None]) -> None:
        super().__init__(context, record_kind("agency_request"), self._review)
        self._read = read
        self.kinds = self.kinds | {"review"}
        self.made: tuple[RequestPapers, ...] = ()
        self._at = 0
        self.add_act("Ask agencies…", "Ask agencies", self.ask)

    def build(self) -> QWidget | None:
        """Return how many are in, and the requests."""
        review = self._review()
        if review is None:
            return None
        today = self._context.operations.today()
        rows = self._context.operations.read(requests_of, review, today)
        if not rows:
            self.table = None
            return quiet("Nobody was asked yet. Ask agencies writes to all of them at once.")
        told = requests_in((row.facts for row in rows), today)
        parts: list[QWidget] = [strong(told)] if told else []
        used = [place for place in range(len(_HEADINGS)) if any(_cells(row)[place] for row in rows)]
        lines = [Line(row.id, tuple(_cells(row)[place] for place in used)) for row in rows]
        parts.append(self.keyed_table("Requests", [_HEADINGS[at] for at in used], lines, 0))
        return column(*parts, *self._made_parts())

    def make_good(self) -> None:
        """Ask the first agencies, or go to those that still owe an answer."""
        if self.rows():
            self.take_focus()
        else:
            self.ask()

    def ask(self) -> None:
        """Ask agencies in a window of its own."""
        self._open_asking()

    def ask_accuracy(self) -> None:
        """Ask agencies whether the facts of a draft are right."""
        self._open_asking("accuracy")

    def _open_asking(self, purpose: str = "") -> None:
        row = self._read()
        if row is None:
            return
        dialog = AskDialog(self.window(), self._context, row.id, str(row.values["kind"]))
        if purpose:
            dialog.purpose.setCurrentIndex(dialog.purpose.findData(purpose))
        dialog.accepted.connect(lambda: self._on_made(dialog.made))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def on_key(self, record_id: int, key: str) -> None:
        """Note what became of a request, or ask for what that needs."""
        row = self._context.operations.read(records.record, self._kind.name, record_id)
        if row is None:
            return
        self._at = record_id
        today = self._context.operations.today()
        if key in _FORMS:
            self.open_form(_FORMS[key](self._context, row))
        elif key == "L":
            self._ask_folder(record_id)
        elif key == "W":
            self.carry_out(TakeBackRequest(row.id, row.version), row.id)
        else:
            outcome = NIL_RETURN if key == "N" else REFUSED
            self.carry_out(NoteAnswer(row.id, row.version, outcome, today), row.id, 1)

    def take_focus(self) -> None:
        """Go back to the request that was worked on last, or to the first."""
        if self.table is None:
            super().take_focus()
        else:
            self.table.stand_on(self._at)

    def write_again(self, record_id: int, folder: Path, reason: str = "") -> None:
        """Write the papers of a request again, on the worker."""
        store = self._context.operations.store

        def failed(problem: BaseException) -> None:
            again = partial(self.write_again, record_id, folder)
            if not saving_out.ask_again(self._context, self, problem, again):
                self._fail(problem)

        self._context.tasks.run(
            "Writing the letter",
            lambda: write_papers(store, (record_id,), folder, reason),
            self._on_written,
            failed,
        )

    def _on_written(self, made: tuple[RequestPapers, ...]) -> None:
        touched = frozenset(("release", one.request_id) for one in made)
        self._context.operations.changed.emit(Changes("Print request", touched))
        self._on_made(made)

    def _on_made(self, made: tuple[RequestPapers, ...]) -> None:
        self.made = made
        self.reload()
        self.take_focus()

    def _fail(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self._context.messages.tell(self, problem.sentence)

    def _ask_folder(self, record_id: int) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "A folder for the letter and the form")
        if chosen:
            self.write_again(record_id, Path(chosen))

    def _made_parts(self) -> list[QWidget]:
        if not self.made:
            return []
        lines = [LetterLine(one.agency, _told(one), one.letter) for one in self.made]
        about = quiet(
            f"Written just now into {self.made[0].letter_path.parent}. An e-mail program cannot be "
            "given files from here: attach them there. Send the child's details separately."
        )
        return [about, LetterLines(lines)]

    def _review(self) -> int | None:
        row = self._read()
        return row.id if row else None


def _told(one: RequestPapers) -> str:
    return f"{one.agency}: a letter{' and a form' if one.form_path else ''}."


def _cells(row: RequestRow) -> tuple[str, ...]:
    quality = "" if row.facts.quality == "returned" else row.quality_words
    return (
        row.agency,
        row.purpose_words,
        day(row.facts.requested_on),
        day(row.facts.due_on),
        row.words,
        quality,
        row.reminded,
    )
