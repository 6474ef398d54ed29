"""The decision on a review's page: the answers, the sign-off, the Panel's letters."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.codes import Code, code_list
from oscb_desktop.domain.decisions import contradictions, missing_before_sending, unsigned
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.decisions import StartLocalReview
from oscb_desktop.services.printing import decision_letter_text
from oscb_desktop.services.releases import as_words
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.decision_forms import DecisionForm, PanelLetterForm, SendForm
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.keyed_section import KeyAct, KeyedSection
from oscb_desktop.ui.pages.record_sections import FieldsSection, OwnedSection, column
from oscb_desktop.ui.pages.withdrawing import withdraw
from oscb_desktop.ui.widgets.facts import Facts, known
from oscb_desktop.ui.widgets.labels import button, link_button, quiet, strong, words
from oscb_desktop.ui.widgets.small_table import Line

ReadRow = Callable[[], RecordRow | None]

_RAPID = "rapid_review"
_SIGNED = {_RAPID: _RAPID} | dict.fromkeys(("lcspr", "scr", "contribution", "national"), "report")
"""What the three partners sign, by the kind of review; the Panel writes about the same kinds."""


_COPY, _COPIED = "Copy the letter", "Copied"
_SIGN_OFF = ("name", "role", "signed_on", "dissent")


class DecisionSection(FieldsSection):
    """Every answer of the decision in its order, and what does not fit together."""

    def __init__(self, context: Context, read: ReadRow) -> None:
        super().__init__(context, "Decision", record_kind("review"), read, ("Decision",))
        self.kinds = self.kinds | {"partner_sign_off", "panel_response"}
        self._send = self.add_act("Send to the Panel…", "Send to the Panel", self.send)
        self._begin = self.add_act("Begin the LCSPR", "Begin the LCSPR", self.begin_local_review)
        self._copy = self.add_act(_COPY, "Copy the letter as text", self.copy_letter)

    def build(self) -> QWidget | None:
        """Return the answers, with a sentence for each contradiction above them."""
        row = self._read()
        if row is None or row.values["kind"] != _RAPID:
            return None
        self.show_acts(shown=True)
        self._copy.setText(_COPY)
        told = known(row, self._fields())
        odd = [words(f"Look again: {sentence}", "fault") for sentence in contradictions(row.values)]
        return column(*odd, Facts(told) if told else quiet("Nothing decided yet."))

    def show_acts(self, *, shown: bool) -> None:
        """Offer the acts that follow from what is recorded."""
        super().show_acts(shown=shown)
        row = self._read()
        values = row.values if row else {}
        self._send.setVisible(shown and not values.get("sent_to_panel_on"))
        wanted = values.get("lcspr_commissioned") is True or values.get("decision") == "lcspr"
        self._begin.setVisible(shown and wanted and row is not None and not self._led_to(row))

    def edit(self) -> None:
        """Open the form of the decision in place."""
        row = self._read()
        if row is not None:
            self.open_form(DecisionForm(self._context, row), instead=True)

    def send(self) -> None:
        """Ask for the day of sending, saying first what is missing."""
        row = self._read()
        if row is None:
            return
        form = SendForm(self._context, row)
        missing = missing_before_sending(row.values, signed_by(self._context, row, _RAPID))
        for sentence in missing:
            form.add_above(words(sentence, "fault"))
        self.open_form(form)

    def begin_local_review(self) -> None:
        """Begin the LCSPR that was decided on, and go to it."""
        row = self._read()
        if row is None:
            return
        changes = self._context.operations.do(StartLocalReview(row.id), self)
        if changes is not None and changes.record_id is not None:
            self._context.navigation.open_record("review", changes.record_id)

    def copy_letter(self) -> None:
        """Put the letter to the Panel on the clipboard as plain text."""
        row = self._read()
        if row is not None:
            store = self._context.operations.store
            text = decision_letter_text(store, str(row.values["reference"]))
            saving_out.copy_words(self._context, self, as_words("Decision letter", text, row.id))
            self._copy.setText(_COPIED)

    def _led_to(self, row: RecordRow) -> bool:
        read = self._context.operations.read
        ids = read(records.ids_linking, self._kind, self._kind.field("arose_from"), row.id)
        found = (read(records.record, "review", one) for one in ids)
        return any(one is not None and one.values["kind"] == "lcspr" for one in found)


class SignOffSection(KeyedSection):
    """The three partners in a small grid: who has signed, on which day, and who has not."""

    keys: tuple[KeyAct, ...] = (("Del", "Withdraw…", "Withdraw the chosen sign-off"),)

    def __init__(self, context: Context, read: ReadRow) -> None:
        super().__init__(context, record_kind("partner_sign_off"), self._review_id)
        self._read = read
        self.kinds = self.kinds | {"review"}

    def build(self) -> QWidget | None:
        """Return the grid, and under it who is missing."""
        stage = self._stage()
        if stage is None:
            return None
        signed = self._signed()
        lines = []
        for place, entry in enumerate(_partners(), 1):
            row = signed.get(entry.code)
            said = [row.words(name) for name in _SIGN_OFF] if row else []
            lines.append(Line(place, (entry.label, *(said or ("Not signed off yet", "", "", "")))))
        headings = ("Partner", "Name", "Role", "On", "Disagreement")
        used = 5 if any(line.cells[4] for line in lines) else 4
        lines = [Line(line.id, line.cells[:used]) for line in lines]
        table = self.keyed_table(self._kind.plural, headings[:used], lines, 1)
        missing = unsigned(tuple(signed))
        return column(table, quiet(missing[0] if missing else "All three partners signed off."))

    def add(self) -> None:
        """Sign off for the first partner who has not."""
        signed = self._signed()
        places = [at for at, entry in enumerate(_partners(), 1) if entry.code not in signed]
        self.open_row(places[0] if places else 1)

    def open_row(self, record_id: int) -> None:
        """Open the sign-off of a partner, or an empty one."""
        entry, stage, owner = _partners()[record_id - 1], self._stage(), self._owner()
        row = self._signed().get(entry.code)
        preset: dict[str, Value] = {}
        if row is None:
            today = self._context.operations.today()
            preset = {"review": owner, "stage": stage, "partner": entry.code, "signed_on": today}
        without = ("review", "stage", "partner")
        form = RecordForm(self._context, self._kind.name, row, preset, without=without)
        form.add_above(strong(entry.label))
        self.open_form(form)

    def on_key(self, record_id: int, key: str) -> None:
        """Withdraw the sign-off of a partner, after asking."""
        row = self._signed().get(_partners()[record_id - 1].code)
        if row is not None:
            withdraw(self._context, row, self)
        if self.table is not None:
            self.table.stand_on(record_id)

    def _signed(self) -> dict[str, RecordRow]:
        stage = self._stage()
        return {
            str(row.values["partner"]): row for row in self.rows() if row.values["stage"] == stage
        }

    def _stage(self) -> str | None:
        row = self._read()
        return _SIGNED.get(str(row.values["kind"])) if row else None

    def _review_id(self) -> int | None:
        row = self._read()
        return row.id if row else None


class PanelLettersSection(OwnedSection):
    """Every letter of the Panel: what it says, our answer, and whether the decision changed."""

    def __init__(self, context: Context, read: ReadRow) -> None:
        super().__init__(context, record_kind("panel_response"), self._review_id)
        self._read = read
        self.kinds = self.kinds | {"review"}

    def build(self) -> QWidget | None:
        """Return a block for each letter, the first one first."""
        row, letters = self._read(), self.rows()
        if row is None or not (letters or row.values["kind"] in _SIGNED):
            return None
        if not letters:
            return quiet(f"None yet. {self._kind.about}")
        blocks = [self._letter(letter) for letter in letters]
        unsent = row.values["kind"] == _RAPID and not row.values["sent_to_panel_on"]
        note = [quiet("The day on which it was sent to the Panel is not recorded.")]
        return column(*(note if unsent else []), *blocks, spacing=14)

    def add(self) -> None:
        """Open an empty letter, which may change the decision as well."""
        row = self._read()
        if row is not None:
            self.open_form(PanelLetterForm(self._context, row))

    def open_row(self, record_id: int) -> None:
        """Open a letter in place."""
        row = self._read()
        letter = self._context.operations.read(records.record, "panel_response", record_id)
        if row is None or letter is None:
            return
        form = PanelLetterForm(self._context, row, letter)
        away = button("Withdraw…", "Withdraw this panel letter")

        def go() -> None:
            if withdraw(self._context, letter, form):
                self.close_form()

        away.clicked.connect(go)
        form.add_button(away)
        self.open_form(form)

    def _letter(self, letter: RecordRow) -> QWidget:
        change = link_button("Edit", f"Edit the letter of {letter.words('received_on')}")
        change.clicked.connect(lambda: self.open_row(letter.id))
        shown = ("points", "our_reply", "replied_on", "decision_changed")
        told = known(letter, (self._kind.field(name) for name in shown))
        head = strong(f"{letter.words('received_on')}: {letter.words('kind')}")
        return column(head, *([Facts(told)] if told else []), change, spacing=4)

    def _review_id(self) -> int | None:
        row = self._read()
        return row.id if row else None


def signed_by(context: Context, review: RecordRow, stage: str) -> tuple[str, ...]:
    """Return the partners who have signed off a review at a stage."""
    rows = context.operations.read(records.records, "partner_sign_off", owner=review.id)
    return tuple(str(row.values["partner"]) for row in rows if row.values["stage"] == stage)


def _partners() -> tuple[Code, ...]:
    return code_list("statutory_partner").codes
