"""The sections that only a meeting's page has: who was there, the agenda, what comes of it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.meetings import (
    ArisingRow,
    AttendanceRows,
    AttendeeRow,
    arising_of,
    attendance,
)
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.meetings import (
    FinishMeetingAction,
    InviteMembers,
    MakeAgenda,
    MoveAgendaItem,
    SendSubstitute,
)
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Command
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.columns import day
from oscb_desktop.ui.pages.keyed_section import KeyAct, KeyedSection
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.pages.withdrawing import withdraw
from oscb_desktop.ui.widgets.labels import button, quiet, strong
from oscb_desktop.ui.widgets.small_table import Line

_STATUS_KEYS = {"P": "present", "A": "apologies", "N": "absent", "I": "invited"}


class QuorumSection(Section):
    """Whether the meeting was quorate, and quietly what is odd about who was there."""

    def __init__(self, context: Context, meeting: int) -> None:
        super().__init__(
            "How it stands",
            ("meeting", "attendance", "person", "agency", "membership", "organisation", "review"),
        )
        self._context = context
        self._meeting = meeting

    def build(self) -> QWidget | None:
        """Return the words."""
        here = self._context.operations.read(attendance, self._meeting)
        if here is None:
            return None
        told = [strong(here.quorum.words())]
        told += [quiet(note) for note in here.notes]
        if here.people and not here.quorum.present:
            told.append(quiet("Its note can be printed when somebody is ticked as present."))
        return column(*told, spacing=4)


class AttendanceSection(KeyedSection):
    """Everybody who was asked; one key says whether they came."""

    keys: tuple[KeyAct, ...] = (
        ("P", "Present", "The chosen person was present"),
        ("A", "Apologies", "The chosen person sent apologies"),
        ("S", "Somebody else came…", "Somebody else came for the chosen person"),
        ("N", "Absent", "The chosen person was absent"),
        ("I", "Only invited", "The chosen person is only invited"),
    )

    def __init__(self, context: Context, meeting: int) -> None:
        super().__init__(context, record_kind("attendance"), lambda: meeting)
        self.kinds = self.kinds | {"meeting", "membership", "review"}
        self._invite = self.add_act(
            "Invite the members of that day", "Invite the members of that day", self.invite
        )

    def build(self) -> QWidget | None:
        """Return the list with its keys."""
        here = self._read()
        if here is None:
            return None
        self.show_acts(shown=True)
        if not here.people:
            self.table = None
            return quiet("Nobody is invited yet. Invite the members, or add people one by one.")
        headings = ("Name", "Agency", "Came", "Interest declared")
        used = 4 if any(one.interest for one in here.people) else 3
        lines = [Line(one.id, _attendee_cells(one)[:used]) for one in here.people]
        return self.keyed_table("Who was there", headings[:used], lines, 1)

    def show_acts(self, *, shown: bool) -> None:
        """Offer to invite the members while some are not in the list."""
        super().show_acts(shown=shown)
        here = self._read()
        some = here is not None and bool(here.uninvited or not here.people)
        self._invite.setVisible(shown and some)

    def invite(self) -> None:
        """Invite the members of the group on the day of the meeting."""
        owner = self._owner()
        assert owner is not None
        self._context.operations.do(InviteMembers(owner), self)
        if self.table is not None:
            self.table.stand_on(0)

    def on_key(self, record_id: int, key: str) -> None:
        """Say whether somebody came, and go on to the next."""
        here = self._read()
        row = next((one for one in here.people if one.id == record_id), None) if here else None
        if row is None:
            return
        if key == "S":
            self._ask_who_came(row)
        else:
            status: dict[str, Value] = {"status": _STATUS_KEYS[key]}
            self.carry_out(AmendRecord("attendance", row.id, row.version, status), row.id, 1)

    def _ask_who_came(self, row: AttendeeRow) -> None:
        self.open_form(SubstituteForm(self._context, self._owner() or 0, row))

    def _read(self) -> AttendanceRows | None:
        owner = self._owner()
        return None if owner is None else self._context.operations.read(attendance, owner)


class SubstituteForm(RecordForm):
    """Asks who came for somebody, who thereby sent apologies."""

    def __init__(self, context: Context, meeting: int, instead_of: AttendeeRow) -> None:
        self._instead_of = instead_of
        preset: dict[str, Value] = {"meeting": meeting, "status": "substitute"}
        without = ("meeting", "status", "agency")
        super().__init__(context, "attendance", preset=preset, without=without)
        self.add_above(strong(f"Who came for {instead_of.name}?"))

    def _command(self, values: dict[str, Value]) -> Command:
        person = values.get("person")
        given = person if isinstance(person, int) else None
        interest = values.get("interest")
        return SendSubstitute(
            self._instead_of.id,
            self._instead_of.version,
            given,
            interest if isinstance(interest, str) else "",
        )


class AgendaSection(KeyedSection):
    """The items with what was said and decided; moved by keys, opened with Enter."""

    keys: tuple[KeyAct, ...] = (
        ("Ctrl+Up", "Move up", "Move the chosen item up"),
        ("Ctrl+Down", "Move down", "Move the chosen item down"),
    )

    def __init__(self, context: Context, meeting: int) -> None:
        super().__init__(context, record_kind("agenda_item"), lambda: meeting)
        self.add_act("From the template", "Lay out the agenda from the template", self.lay_out)

    def build(self) -> QWidget | None:
        """Return the items."""
        rows = self.rows()
        if not rows:
            self.table = None
            return quiet("Nothing is on the agenda yet. Take it from the template, or add items.")
        names = ("number", "heading", "led_by", "said", "decision")
        used = [name for name in names if any(row.words(name) for row in rows)]
        lines = [Line(row.id, tuple(row.words(name) for name in used)) for row in rows]
        headings = [self._kind.field(name).label for name in used]
        headings[0] = "No."
        return self.keyed_table("Agenda", headings, lines, 1)

    def add(self) -> None:
        """Open an empty form in place; an item stands after the others."""
        preset: dict[str, Value] = {"meeting": self._owner()}
        without = ("meeting", "number")
        self.open_form(
            RecordForm(self._context, "agenda_item", preset=preset, without=without, several=True)
        )

    def lay_out(self) -> None:
        """Put the items of the template on the agenda."""
        owner = self._owner()
        assert owner is not None
        self._context.operations.do(MakeAgenda(owner), self)
        if self.table is not None:
            self.table.stand_on(0)

    def open_row(self, record_id: int) -> None:
        """Open an item to type what was said and decided."""
        row = self._context.operations.read(records.record, "agenda_item", record_id)
        if row is not None:
            self.open_form(_small_form(self, self._context, row, ("meeting", "number")))

    def on_key(self, record_id: int, key: str) -> None:
        """Move an item up or down."""
        self.carry_out(MoveAgendaItem(record_id, -1 if key == "Ctrl+Up" else 1), record_id)


class ArisingSection(KeyedSection):
    """Who does what because of the meeting; one key says that it is done."""

    keys: tuple[KeyAct, ...] = (("D", "Done, or not done", "The chosen action is done, or not"),)

    def __init__(self, context: Context, meeting: int) -> None:
        super().__init__(context, record_kind("meeting_action"), lambda: meeting)

    def build(self) -> QWidget | None:
        """Return the actions."""
        rows = self._arising()
        if not rows:
            self.table = None
            return quiet(f"None yet. {self._kind.about}")
        lines = [Line(row.id, arising_cells(row)) for row in rows.values()]
        return self.keyed_table("Actions arising", ("What", "Who", "Due", "Done on"), lines, 0)

    def on_key(self, record_id: int, key: str) -> None:
        """Say that an action is done today, or that it is not done after all."""
        row = self._arising().get(record_id)
        if row is not None:
            done = None if row.done_on else self._context.operations.today()
            self.carry_out(FinishMeetingAction(row.id, row.version, done), row.id)

    def _arising(self) -> Mapping[int, ArisingRow]:
        operations, owner = self._context.operations, self._owner()
        if owner is None:
            return {}
        return {row.id: row for row in operations.read(arising_of, owner, operations.today())}


def arising_cells(row: ArisingRow) -> tuple[str, str, str, str]:
    """Return an action arising as the cells of a row."""
    due = f"{day(row.due_on)}, overdue" if row.is_overdue else day(row.due_on)
    return (row.text, row.owner, due, day(row.done_on))


def _attendee_cells(one: AttendeeRow) -> tuple[str, str, str, str]:
    agency = one.agency
    if one.status == "substitute" and agency:
        agency = f"for {agency}"
    return (one.name, agency, one.status_words, one.interest)


def _small_form(
    section: Section, context: Context, row: RecordRow, without: tuple[str, ...]
) -> RecordForm:
    """Return the form of a small record, with a way to withdraw it."""
    form = RecordForm(context, row.kind, row, without=without)
    away = button("Withdraw…", f"Withdraw this {record_kind(row.kind).label.lower()}")

    def go() -> None:
        if withdraw(context, row, form):
            section.close_form()

    away.clicked.connect(go)
    form.add_button(away)
    return form
