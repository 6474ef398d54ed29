"""How a full review runs: what holds it, what was asked about it, and its drafts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, Values
from oscb_desktop.queries import records
from oscb_desktop.queries.publication import holding
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.review_letters import USUAL_QUESTION, progress_request
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.commissioning import AskInWriting
from oscb_desktop.services.releases import as_words
from oscb_desktop.services.store import Command
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.keyed_section import KeyAct, KeyedSection
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.widgets.labels import heading, quiet, words
from oscb_desktop.ui.widgets.small_table import Line

ReadRow = Callable[[], RecordRow | None]
_ANSWER = ("answered_on", "answer", "standing")


class OfAFullReview(KeyedSection):
    """What a review owns of one kind, in a table of its own, where its kind can have it."""

    headings: Sequence[str] = ()
    wide = 0

    def __init__(
        self,
        context: Context,
        kind: str,
        read: ReadRow,
        fits: Callable[[str], bool],
        name: str = "",
    ) -> None:
        super().__init__(context, record_kind(kind), self._review_id, name)
        self._read = read
        self._fits = fits
        self.kinds = self.kinds | {"review"}

    def build(self) -> QWidget | None:
        """Return the table, or what belongs here while there is nothing."""
        row, rows = self._read(), self.rows()
        if row is None or not (rows or self._fits(str(row.values["kind"]))):
            return None
        if not rows:
            return quiet(f"None yet. {self._kind.about}")
        return self.told(row, rows)

    def told(self, _review: RecordRow, rows: Sequence[RecordRow]) -> QWidget:
        """Return what there is as a table; its keys are offered where there are any."""
        lines = [self.line(one) for one in rows]
        return self.keyed_table(self._kind.plural, self.headings, lines, self.wide)

    def line(self, row: RecordRow) -> Line:
        """Return the cells of one record."""
        raise NotImplementedError

    def today(self) -> date:
        """Return today, or the day of a practice file."""
        return self._context.operations.today()

    def _review_id(self) -> int | None:
        row = self._read()
        return row.id if row else None


class ProcessesSection(OfAFullReview):
    """Trials, inquests and the like: what comes next, and what each holds up."""

    headings = ("Process", "Contact", "Where it stands", "Next", "Publication")
    wide = 2

    def __init__(self, context: Context, read: ReadRow, fits: Callable[[str], bool]) -> None:
        super().__init__(context, "parallel_process", read, fits)

    def build(self) -> QWidget | None:
        """Return the table, under a line that says what publication waits for."""
        table, review = super().build(), self._review_id()
        if table is None or review is None:
            return table
        waits = self._context.operations.read(holding, review)
        return column(*(words(f"Publication waits for: {one.words}") for one in waits), table)

    def line(self, row: RecordRow) -> Line:
        """Return the process with its next date."""
        ended = row.words("ended_on")
        following = ", ".join(filter(None, (row.words("next_on"), row.words("next_what"))))
        next_on = row.values["next_on"]
        if isinstance(next_on, date) and next_on < self.today() and not ended:
            following = f"{following} (passed)"
        holds = "waits for it" if row.values["holds_publication"] else "free"
        cells = (
            row.words("kind"),
            row.words("contact"),
            row.words("status"),
            "" if ended else following,
            f"ended {ended}" if ended else holds,
        )
        return Line(row.id, cells)


class ProgressSection(OfAFullReview):
    """What was asked in writing about time and quality, and what came back."""

    keys: tuple[KeyAct, ...] = (("C", "Copy the request", "Copy the request as text"),)
    headings = ("Asked on", "Of", "What was asked", "Answer", "How it stands")
    wide = 2

    def __init__(self, context: Context, read: ReadRow, fits: Callable[[str], bool]) -> None:
        super().__init__(context, "progress_check", read, fits)
        self.add_act("Ask in writing…", "Ask in writing", self.ask)

    def line(self, row: RecordRow) -> Line:
        """Return the question and, while it is open, for how long it has been."""
        asked = row.values["asked_on"]
        answer = " ".join(filter(None, (row.words("answered_on"), row.words("answer"))))
        stands = row.words("standing") or ("answered" if answer else "")
        if not answer and isinstance(asked, date):
            stands = f"no answer for {counted((self.today() - asked).days, 'day')}"
        cells = (row.words("asked_on"), row.words("asked_of"), row.words("question"))
        return Line(row.id, (*cells, answer, stands))

    def ask(self) -> None:
        """Ask, and put the request on the clipboard once it is kept."""
        row = self._read()
        if row is None:
            return
        form = AskForm(self._context, row)
        form.saved.connect(self._copy_asked)
        self.open_form(form)

    def on_key(self, record_id: int, key: str) -> None:
        """Copy a request once more."""
        self._copy(record_id)

    def _copy_asked(self, changes: Changes) -> None:
        if changes.record_id is not None:
            self._copy(changes.record_id)

    def _copy(self, check: int) -> None:
        row, text = self._read(), self._context.operations.read(progress_request, check)
        words = as_words("Request about progress", text, row.id if row else None)
        saving_out.copy_words(self._context, self, words)


class AskForm(RecordForm):
    """What is asked of the reviewer in writing, with the usual questions to begin with."""

    def __init__(self, context: Context, review: RecordRow) -> None:
        preset: dict[str, Value] = {
            "review": review.id,
            "asked_on": context.operations.today(),
            "asked_of": review.values["reviewer"],
            "question": USUAL_QUESTION,
        }
        without = ("review", "in_writing", *_ANSWER)
        super().__init__(context, "progress_check", preset=preset, without=without)
        self.save_button.setText("Ask and copy")
        self.save_button.setAccessibleName("Ask and copy")
        self.add_above(quiet("Kept as asked in writing; the text to send is then copied."))
        self.add_above(heading("Ask in writing"))

    def _command(self, values: dict[str, Value]) -> Command:
        return AskInWriting({**self.preset, **values})


class DraftsSection(OfAFullReview):
    """The drafts with their rounds of accuracy, and what the agencies still owe on them."""

    headings = ("Draft", "Made", "Sent for accuracy", "Comments due", "How it stands")
    wide = 4

    def __init__(
        self,
        context: Context,
        read: ReadRow,
        fits: Callable[[str], bool],
        ask_accuracy: Callable[[], None],
    ) -> None:
        super().__init__(context, "report_draft", read, fits)
        self._ask = self.add_act("Ask agencies…", "Ask agencies for factual accuracy", ask_accuracy)
        self.kinds = self.kinds | {"agency_request"}
        self._preset = self._next

    def build(self) -> QWidget | None:
        """Return the table, and which agencies have not answered on the facts."""
        table = super().build()
        self.show_acts(shown=True)
        asked = self._asked()
        if table is None or not asked:
            return table
        out = [row.words("agency") for row in asked if not row.values["outcome"]]
        many = "1 agency" if len(asked) == 1 else f"{len(asked)} agencies"
        waits = f"not yet back: {', '.join(out)}" if out else "all back"
        return column(table, quiet(f"{many} asked for factual accuracy, {waits}."))

    def show_acts(self, *, shown: bool) -> None:
        """Offer to ask the agencies while a draft is out or is to go out."""
        super().show_acts(shown=shown)
        is_open = any(not row.values["returned_on"] for row in self.rows()) if shown else False
        self._ask.setVisible(shown and is_open)

    def line(self, row: RecordRow) -> Line:
        """Return the draft and how its round stands."""
        due, back = row.values["due_on"], row.words("returned_on")
        stands = "not sent yet"
        if back:
            stands = f"all back on {back}"
        elif row.values["sent_on"]:
            stands = "comments are out"
            if isinstance(due, date) and due < self.today():
                stands = f"comments {counted((self.today() - due).days, 'day')} late"
        cells = (row.words("number"), row.words("made_on"), row.words("sent_on"))
        return Line(row.id, (*cells, row.words("due_on"), stands))

    def _next(self) -> Values:
        numbers = [one.values["number"] for one in self.rows()]
        last = max((number for number in numbers if isinstance(number, int)), default=0)
        return {"number": last + 1, "made_on": self.today()}

    def _asked(self) -> list[RecordRow]:
        owner = self._review_id()
        if owner is None:
            return []
        rows = self._context.operations.read(records.records, "agency_request", owner=owner)
        return [
            row
            for row in rows
            if row.values["purpose"] == "accuracy" and not row.values["withdrawn_on"]
        ]
