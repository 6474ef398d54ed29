"""How a full review is set up: who was told, its terms of reference, its panel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.date_words import listed
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.stages import LCSPR
from oscb_desktop.domain.validation import applies
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.review_letters import start_notice
from oscb_desktop.services.releases import as_words
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.review_acts import ReviewActForm, tell_of_start
from oscb_desktop.ui.pages.record_sections import FieldsSection, column
from oscb_desktop.ui.widgets.facts import Facts, known
from oscb_desktop.ui.widgets.labels import quiet, selectable, strong, words

_TOLD = {"panel_told_on": "the Panel", "ofsted_told_on": "Ofsted", "dfe_told_on": "DfE"}
_COPY, _COPIED = "Copy the notice", "Copied"


class SetUpSection(FieldsSection):
    """The decision and who was told of it, then the terms, a line of enquiry a line."""

    def __init__(self, context: Context, read: Callable[[], RecordRow | None]) -> None:
        name = "Running the review"
        super().__init__(context, name, record_kind("review"), read, (name,))
        self._tell = self.add_act("Tell of it…", "Tell of the review", self.tell)
        self._copy = self.add_act(_COPY, "Copy the notice of the review", self.copy_notice)
        self._print = self.add_act("Print the terms", "Print the terms", self.print_terms)

    def build(self) -> QWidget | None:
        """Return what is known, with who was told in one line and the enquiry in many."""
        row = self._read()
        if row is None:
            return None
        fields = [field for field in self._fields() if applies(field, row.values)]
        if not fields:
            return None
        self._copy.setText(_COPY)
        self.show_acts(shown=True)
        rest = [field for field in fields if field.name not in (*_TOLD, "terms")]
        facts = known(row, rest)
        parts: list[QWidget] = [Facts(facts) if facts else quiet("Nothing recorded yet.")]
        if _is_lcspr(row):
            parts.insert(0, words(_told_words(row)))
        lines = [line.strip() for line in row.words("terms").splitlines() if line.strip()]
        if lines:
            told = "\n".join(f"{number}.  {line}" for number, line in enumerate(lines, 1))
            parts.append(column(strong("Key lines of enquiry"), selectable(told), spacing=4))
        return column(*parts)

    def show_acts(self, *, shown: bool) -> None:
        """Offer what makes sense for the kind of review."""
        super().show_acts(shown=shown)
        row = self._read()
        is_lcspr = row is not None and _is_lcspr(row)
        full = row is not None and row.values["kind"] != "rapid_review"
        all_told = row is not None and all(row.values[name] for name in _TOLD)
        self._tell.setVisible(shown and is_lcspr and not all_told)
        self._copy.setVisible(shown and is_lcspr and not all_told)
        self._print.setVisible(shown and full)

    def edit_field(self, name: str) -> None:
        """Open the act that tells of the review, or the form of all."""
        if name in _TOLD:
            self.tell()
        else:
            self.edit()

    def tell(self) -> None:
        """Ask for the days on which they were told."""
        row = self._read()
        if row is None:
            return
        named = row.words("reviewer")
        led = f"Name the lead reviewer: {named}." if named else "No lead reviewer is named yet."
        self.open_form(ReviewActForm(self._context, row, tell_of_start(), [led]))

    def copy_notice(self) -> None:
        """Put what they are told on the clipboard."""
        row = self._read()
        if row is not None:
            text = self._context.operations.read(start_notice, row.id)
            saving_out.copy_words(self._context, self, as_words("Notice of a start", text, row.id))
            self._copy.setText(_COPIED)

    def print_terms(self) -> None:
        """Go to the printing place with the terms of this review chosen."""
        row = self._read()
        if row is not None:
            wanted = {"paper": "terms", "review": str(row.id)}
            self._context.navigation.open_page("print", wanted)


def _is_lcspr(row: RecordRow) -> bool:
    return row.values["kind"] == LCSPR


def _told_words(row: RecordRow) -> str:
    """Say in a sentence who was told on which day, and who was not."""
    told = [f"{who} on {row.words(name)}" for name, who in _TOLD.items() if row.values[name]]
    out = [who for name, who in _TOLD.items() if not row.values[name]]
    said = [f"Told of it: {listed(told)}."] if told else []
    said += [f"Not yet told of it: {listed(out)}."] if out else []
    return " ".join(said)
