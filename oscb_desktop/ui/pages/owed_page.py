"""Owed to us: which agency owes what to which review, and a reminder at one press."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.requests import AgencyOwes, RequestRow, by_agency, owed
from oscb_desktop.services.releases import as_words
from oscb_desktop.services.requests import RemindAgencies, Reminder
from oscb_desktop.ui import saving_out, theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.page import Page
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column, Grouping
from oscb_desktop.ui.widgets.badge import Tone
from oscb_desktop.ui.widgets.filter_bar import Facet, Toggle
from oscb_desktop.ui.widgets.labels import button, heading, quiet, words
from oscb_desktop.ui.widgets.letter_lines import LetterLine, LetterLines
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import scrolled


def _tone(row: RequestRow) -> Tone:
    if row.is_late:
        return Tone.BAD
    near = row.days_late is not None and row.days_late >= -_NEAR
    return Tone.WARN if near else Tone.PLAIN


def _agency(row: RequestRow) -> str:
    return f"{row.agency} (existed until {day(row.gone_on)})" if row.gone_on else row.agency


def _review(row: RequestRow) -> str:
    return f"{row.review} {row.known_as}"


_NEAR = 3  # days before the day on which an answer is looked out for
SHAPE = ListShape(
    label="Owed to us",
    columns=(
        Column("agency", "Agency", _agency, width=22),
        Column("review", "Review", _review, lambda row: sort_key(row.review), 22, wide=True),
        Column("purpose", "Asked for", lambda row: row.purpose_words, width=16),
        Column("due", "Due", lambda row: day(row.facts.due_on), lambda row: row.facts.due_on, 12),
        Column(
            "stands",
            "How it stands",
            lambda row: row.words,
            lambda row: row.facts.due_on or date.max,
            36,
            tone=_tone,
            whole=True,
        ),
        Column(
            "sent",
            "Sent",
            lambda row: day(row.facts.requested_on),
            lambda row: row.facts.requested_on,
            12,
        ),
        Column(
            "reminded",
            "Reminded",
            lambda row: row.reminded,
            lambda row: (row.reminders, row.reminded_on or date.min),
            22,
        ),
        Column("contact", "Contact", lambda row: row.contact, width=20),
    ),
    facets=(
        Facet("agency", "Agency", lambda row: (row.agency,)),
        Facet("review", "Review", lambda row: (row.review,), order=sort_key),
        Facet("purpose", "Asked for", lambda row: (row.purpose_words,)),
    ),
    toggles=(Toggle("late", "Late only", lambda row: row.is_late),),
    groupings=(
        Grouping("agency", "Agency", lambda row: (row.agency,), "No agency"),
        Grouping("review", "Review", lambda row: (_review(row),), "No review"),
    ),
    empty=(
        "Nothing is owed to us",
        "What an agency is asked for stands here until it is in. Agencies are asked on a review's "
        "page, under Agency requests.",
        "Go to the reviews",
    ),
)


def _left_out(gone: Sequence[AgencyOwes]) -> str:
    """Say which agencies owe late answers and are no more, so that nobody is reminded there."""
    if not gone:
        return ""
    named = "; ".join(f"{one.name} existed until {day(one.gone_on)}" for one in gone)
    instead = "Ask whoever took over, and withdraw the request on the review's page"
    return f"Not reminded: {named}. {instead}."


class OwedPage(Page):
    """The list by agency; below it what the chosen row's agency owes, with its reminder."""

    reads = frozenset({"agency_request", "agency", "person", "review"})

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Owed to us")
        self.all_button = QPushButton()
        self.all_button.setAccessibleName("Remind every agency that is late")
        self.all_button.clicked.connect(self.remind_late)
        self.head.addWidget(self.all_button)
        self.list = RecordList(context, SHAPE)
        self.panel = AgencyPanel(context, self.remind)
        self.list.add_companion(self.panel, turns=False)
        self.left_out = quiet("")
        self.column.addWidget(self.left_out)
        self.column.addWidget(self.list, 1)
        self.begins_at = self.list.table
        self.panel.hide()
        self._owing: dict[int, AgencyOwes] = {}
        self._chosen: int | None = None
        self.list.groups.choose("agency")
        self.list.chosen.connect(self._on_chosen)
        self.list.opened.connect(
            lambda row: context.navigation.open_record("review", row.review_id)
        )
        self.list.first_step.connect(lambda: context.navigation.open_page("reviews"))

    def refresh(self) -> None:
        """Read again who owes what."""
        operations = self.context.operations
        rows = operations.read(owed, operations.today())
        self._owing = {one.id: one for one in by_agency(rows)}
        self.list.set_rows(rows)
        late = len(self._late())
        self.all_button.setEnabled(bool(late))
        self.all_button.setText(f"Remind all &late ({late})" if late else "Remind all &late")
        told = _left_out([one for one in self._owing.values() if one.late and one.gone_on])
        self.left_out.setText(told)
        self.left_out.setVisible(bool(told))
        if rows and self.list.table.current_row() is None:
            self.list.table.choose(rows[0].id)
        self._tell()

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the filters."""
        self.list.show_wanted(wanted)

    def remind(self) -> None:
        """Remind the agency of the chosen row of all that it owes."""
        if self._chosen is not None:
            self._remind((self._chosen,))

    def remind_late(self) -> None:
        """Remind each agency that is late; one that is no more is left to be dealt with."""
        self._remind(tuple(one.id for one in self._late()))

    def _late(self) -> list[AgencyOwes]:
        return [one for one in self._owing.values() if one.late and one.gone_on is None]

    def _remind(self, agencies: tuple[int, ...]) -> None:
        command = RemindAgencies(agencies)
        if self.context.operations.do(command, self) is not None:
            self.panel.show_made(command.made)
            self.panel.show()

    def _on_chosen(self, row: RequestRow | None) -> None:
        if row is not None:  # on the line that heads a group its agency stays told
            self._chosen = row.agency_id
            self._tell()

    def _tell(self) -> None:
        one = self._owing.get(self._chosen) if self._chosen is not None else None
        self.panel.show_agency(one)
        self.panel.setVisible(one is not None or self.panel.has_made)


class AgencyPanel(QWidget):
    """What one agency owes and whom to write to, and below it the e-mails made just now."""

    def __init__(self, context: Context, remind: object) -> None:
        super().__init__()
        self._context = context
        self.remind_button = button("Remind")
        self.remind_button.clicked.connect(remind)
        self.told = words("")
        self.has_made = False
        self._head = heading("")
        self._about = quiet(
            "Made just now, and noted as sent. Undo takes a reminder back that was not sent."
        )
        self._made: LetterLines | None = None
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addWidget(self.remind_button)
        inner = QWidget()
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(0, 0, 12, 0)
        self._rows.setSpacing(2 * theme.GRID)
        self._rows.addLayout(top)
        self._rows.addWidget(self.told)
        self._rows.addWidget(self._about)
        self._about.hide()
        self._end = QVBoxLayout()
        self._rows.addLayout(self._end)
        self._rows.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolled(inner))

    def show_agency(self, one: AgencyOwes | None) -> None:
        """Tell what an agency owes; without one only the e-mails stay."""
        for part in (self._head, self.remind_button, self.told):
            part.setVisible(one is not None)
        if one is None:
            return
        late = f", {one.late} late" if one.late else ""
        self._head.setText(f"{one.name} owes {counted(len(one.rows), 'answer')}{late}")
        self.remind_button.setText(f"Re&mind {one.agency.replace('&', '&&')}")
        self.remind_button.setAccessibleName(f"Remind {one.agency}")
        to = "; ".join(one.emails) or "no e-mail address is recorded"
        lines = [f"{row.review}: {row.purpose_words.lower()}, {row.words}" for row in one.rows]
        self.told.setText("\n".join((f"To: {to}", *lines)))

    def _may_leave(self, line: LetterLine) -> bool:
        words = as_words(f"Reminder to {line.agency}", line.letter.words())
        return saving_out.let_words_out(self._context, self, words, "Send it all the same")

    def show_made(self, made: list[Reminder]) -> None:
        """Offer the e-mails of reminders, and put the keyboard on the first."""
        old = self._made
        put_away(old, self._end)
        self._made = LetterLines(
            (
                LetterLine(
                    one.agency, f"{one.agency}: {counted(one.requests, 'answer')}.", one.letter
                )
                for one in made
            ),
            self._may_leave,
        )
        self._end.addWidget(self._made)
        self.has_made = True
        self._about.show()
        self._made.show()
        self._made.copy_buttons[0].setFocus()
