"""The sections that only a review's page has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.date_typing import format_date, weekday_date
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.statuses import ActionScope, DeliveryStatus, lateness
from oscb_desktop.domain.statutory_clock import Clock, ClockName, words_left
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.standing import standing
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.child_words import child_words
from oscb_desktop.ui.pages.columns import basis
from oscb_desktop.ui.pages.identity_section import IdentitySection
from oscb_desktop.ui.pages.record_sections import (
    FieldsSection,
    OwnedSection,
    column,
    edit_in_place,
    record_table,
)
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import (
    link_button,
    quiet,
    selectable,
    shortened,
    strong,
    words,
)
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

ReadRow = Callable[[], RecordRow | None]


class StandingSection(Section):
    """The stage of the review and its clocks, each with its working."""

    def __init__(self, context: Context, review: int) -> None:
        super().__init__(
            "Where it stands", ("review", "incident", "panel_response", "extra_holiday")
        )
        self._context = context
        self._review = review

    def build(self) -> QWidget | None:
        """Return the stage and the clocks."""
        operations = self._context.operations
        found = operations.read(standing, self._review, operations.today())
        if found is None:
            return None
        lines = [ClockLine(clock) for clock in found.clocks]
        return column(selectable(found.stage), *lines)


class ClockLine(QWidget):
    """One clock in a line, with "How worked out" behind a button."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        told = words_left(clock)
        if clock.due_on and clock.name is not ClockName.AVAILABILITY:
            told = f"due {weekday_date(clock.due_on)}, {told}"
        look = "fault" if clock.is_late and clock.is_running else ""
        line = QHBoxLayout()
        line.setSpacing(12)
        label = strong(clock.label)
        label.setMaximumWidth(260)
        line.addWidget(label, 2)
        line.addWidget(words(told[:1].upper() + told[1:], look), 3)
        how = link_button("How worked out", f"How worked out: {clock.label}")
        how.setCheckable(True)
        line.addWidget(how)
        self.working = selectable(_working(clock))
        self.working.hide()
        how.toggled.connect(self.working.setVisible)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(line)
        layout.addWidget(self.working)


class IncidentSection(FieldsSection):
    """The incident of the review, with a way to its own page."""

    def __init__(self, context: Context, read: ReadRow) -> None:
        kind = record_kind("incident")
        super().__init__(context, "Incident", kind, read, kind.sections)
        self.kinds = self.kinds | {"review"}
        self.add_act("Open", "Open the incident", self._open)

    def _open(self) -> None:
        row = self._read()
        if row is not None:
            self._context.navigation.open_record("incident", row.id)


class ChildrenSection(Section):
    """Each child of the review in a sentence, and the identity behind its lock."""

    def __init__(self, context: Context, read: ReadRow) -> None:
        super().__init__("Children", ("review", "child"))
        self._context = context
        self._read = read
        self._identities: list[IdentitySection] = []
        self.add_act("Choose", "Choose the children of this review", self.choose)
        self.add_act("Add", "Add a child", self.add)

    def lock(self) -> None:
        """Lock every identity that was opened."""
        for identity in self._identities:
            identity.lock()

    def build(self) -> QWidget | None:
        """Return a block for each child."""
        row = self._read()
        if row is None:
            return None
        self._identities = []
        wanted = row.values["children"]
        ids = wanted if isinstance(wanted, tuple) else ()
        if not ids:
            return quiet("None yet. Add each child whom the review is about, under a pseudonym.")
        return column(*(self._child(int(child)) for child in ids), spacing=14)

    def choose(self) -> None:
        """Choose among the children that are in the file."""
        row = self._read()
        if row is None:
            return
        section = record_kind("review").field("children").section
        rest = [name for name in record_kind("review").names if name != "children"]
        form = RecordForm(self._context, "review", row, sections=(section,), without=rest)
        self.open_form(form)

    def add(self) -> None:
        """Add a child of the review's incident; saved, it belongs to the review as well."""
        row = self._read()
        if row is None:
            return
        incident = row.values["incident"]
        preset = {"incident": incident} if incident else {}
        form = RecordForm(self._context, "child", preset=preset)
        form.saved.connect(lambda changes: self._take_in(changes.record_id))
        self.open_form(form)

    def _take_in(self, child: int) -> None:
        row = self._read()
        if row is None:
            return
        held = row.values["children"]
        ids: tuple[int, ...] = held if isinstance(held, tuple) else ()  # type: ignore[assignment]
        both: Value = tuple(sorted({*ids, child}))
        self._context.operations.do(
            AmendRecord("review", row.id, row.version, {"children": both}), self
        )

    def _child(self, child: int) -> QWidget:
        row = self._context.operations.read(records.record, "child", child)
        if row is None:
            return quiet("A child that is not in this file.")
        line = QWidget()
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(selectable(child_words(row)), 1)
        page = link_button("Open", f"Open {row.title}")
        page.clicked.connect(lambda: self._context.navigation.open_record("child", child))
        layout.addWidget(page)
        identity = IdentitySection(self._context, child, "")
        self._identities.append(identity)
        block = column(line, identity, spacing=2)
        identity.reload()
        return block


class ThemesSection(FieldsSection):
    """The themes of the review, by name."""

    def __init__(self, context: Context, read: ReadRow) -> None:
        kind = record_kind("review")
        rest = [name for name in kind.names if name != "themes"]
        super().__init__(context, "Themes", kind, read, (kind.field("themes").section,), rest)

    def build(self) -> QWidget | None:
        """Return the names."""
        row = self._read()
        if row is None:
            return None
        return selectable(row.words("themes")) if row.values["themes"] else quiet("None yet.")


class CostsSection(OwnedSection):
    """The costs with their sum."""

    def build(self) -> QWidget | None:
        """Return the table and the sum under it."""
        rows = self.rows()
        if not rows:
            return quiet(f"None yet. {self._kind.about}")
        total = sum((Decimal(str(row.values["amount"])) for row in rows), Decimal())
        table = record_table(self._kind, rows, without=(self._kind.parent,))
        table.opened.connect(self.open_row)
        return column(table, strong(f"Altogether £{total:,.2f}"))


class ActionsSection(OwnedSection):
    """The actions of the review, with how each stands."""

    def build(self) -> QWidget | None:
        """Return the table."""
        rows = self.rows()
        if not rows:
            return quiet("None yet. What somebody does by a day because of this review.")
        today = self._context.operations.today()
        headings = ("Reference", "Action", "Lead", "Due", "How it stands")
        lines = [Line(row.id, _action_cells(row, today)) for row in rows]
        table = SmallTable("Actions", headings, lines, 1)
        table.opened.connect(self.open_row)
        return table


class LearningSection(Section):
    """The learning points that come from this review."""

    def __init__(self, context: Context, review: int) -> None:
        super().__init__("Learning points", ("learning_point",))
        self._context = context
        self._review = review
        self.add_act("Add", "Add learning point", self.add)

    def build(self) -> QWidget | None:
        """Return the table, or what belongs here."""
        kind = record_kind("learning_point")
        read = self._context.operations.read
        ids = read(records.ids_linking, kind, kind.field("reviews"), self._review)
        found = (read(records.record, kind.name, one) for one in ids)
        rows = [row for row in found if row is not None]
        if not rows:
            return quiet(f"None yet. {kind.about}")
        table = record_table(kind, rows)
        table.opened.connect(self._open)
        return table

    def add(self) -> None:
        """Open an empty form, with this review as where it comes from."""
        preset: dict[str, Value] = {"reviews": (self._review,)}
        self.open_form(RecordForm(self._context, "learning_point", preset=preset, several=True))

    def _open(self, record_id: int) -> None:
        row = self._context.operations.read(records.record, "learning_point", record_id)
        if row is not None:
            edit_in_place(self, self._context, row)


class RecommendationsSection(OwnedSection):
    """Each recommendation with its limbs and the actions that follow from it."""

    def __init__(self, context: Context, review: int) -> None:
        super().__init__(context, record_kind("recommendation"), lambda: review)
        self.kinds = self.kinds | {"limb", "action"}

    def build(self) -> QWidget | None:
        """Return a block for each recommendation."""
        rows = self.rows()
        if not rows:
            return quiet(f"None yet. {self._kind.about}")
        owner = self._owner()
        read = self._context.operations.read
        actions = read(records.records, "action", owner=owner)
        return column(*(self._block(row, actions) for row in rows), spacing=18)

    def _block(self, row: RecordRow, actions: tuple[RecordRow, ...]) -> QWidget:
        parts: list[QWidget] = [self._top(row)]
        if row.words("response"):
            when = row.words("responded_on")
            told = f"{row.words('response')} on {when}" if when else row.words("response")
            reason = row.words("response_reason")
            parts.append(quiet(f"{told}. {reason}" if reason else f"{told}."))
        limbs = self._context.operations.read(records.records, "limb", owner=row.id)
        parts += [self._limb(limb) for limb in limbs]
        mine = [action for action in actions if action.values["recommendation"] == row.id]
        if mine:
            parts.append(self._actions(row, mine))
        return column(*parts, spacing=4)

    def _top(self, row: RecordRow) -> QWidget:
        outer = QWidget()
        layout = QHBoxLayout(outer)
        layout.setContentsMargins(0, 0, 0, 0)
        number = strong(row.words("number"))
        number.setFixedWidth(28)
        top = Qt.AlignmentFlag.AlignTop
        layout.addWidget(number, 0, top)
        layout.addWidget(selectable(row.words("text")), 1, top)
        for text, act in (
            ("Edit", lambda: edit_in_place(self, self._context, row)),
            ("Add limb", lambda: self._add("limb", {"recommendation": row.id}, "recommendation")),
            ("Add action", lambda: self._add_action(row)),
        ):
            choice = link_button(text, f"{text}: recommendation {row.words('number')}")
            choice.clicked.connect(act)
            layout.addWidget(choice, 0, top)
        return outer

    def _limb(self, limb: RecordRow) -> QWidget:
        outer = QWidget()
        layout = QHBoxLayout(outer)
        layout.setContentsMargins(32, 0, 0, 0)
        raised = [part for part in (limb.words("raised_with"), limb.words("raised_on")) if part]
        told = f"{limb.words('label')} {limb.words('scope')}: {limb.words('text')}"
        if raised:
            told += f" Raised with {', '.join(raised)}."
        layout.addWidget(selectable(told), 1)
        change = link_button("Edit", f"Edit limb {limb.words('label')}")
        change.clicked.connect(lambda: edit_in_place(self, self._context, limb))
        layout.addWidget(change)
        return outer

    def _actions(self, row: RecordRow, mine: list[RecordRow]) -> QWidget:
        outer = QWidget()
        layout = QVBoxLayout(outer)
        layout.setContentsMargins(32, 0, 0, 0)
        today = self._context.operations.today()
        headings = ("Reference", "Action", "Lead", "Due", "How it stands")
        lines = [Line(action.id, _action_cells(action, today)) for action in mine]
        name = f"Actions of recommendation {row.words('number')}"
        table = SmallTable(name, headings, lines, 1)
        table.opened.connect(lambda action: self._context.navigation.open_record("action", action))
        layout.addWidget(table)
        return outer

    def _add_action(self, row: RecordRow) -> None:
        preset = {"review": row.values["review"], "recommendation": row.id}
        self._add("action", preset, "review")

    def _add(self, kind: str, preset: dict[str, Value], owner: str) -> None:
        form = RecordForm(self._context, kind, preset=preset, without=(owner,), several=True)
        self.open_form(form)


def action_standing(row: RecordRow, today: date) -> str:
    """Return how an action stands in words: its delivery, and its lateness where it says more."""
    values = row.values
    due, done, raised = values["due_on"], values["completed_on"], values["raised_on"]
    late = lateness(
        due if isinstance(due, date) else None,
        DeliveryStatus(str(values["delivery"])),
        ActionScope(str(values["scope"])),
        done if isinstance(done, date) else None,
        today,
        raised_with=row.words("raised_with"),
        raised_on=raised if isinstance(raised, date) else None,
    )
    return ", ".join(part for part in (row.words("delivery"), late) if part)


def _action_cells(row: RecordRow, today: date) -> tuple[str, ...]:
    return (
        row.words("reference"),
        shortened(row.words("text"), 160),
        row.words("lead_agency"),
        row.words("due_on"),
        action_standing(row, today),
    )


def _working(clock: Clock) -> str:
    """Return a clock's rule and its working, a day a line."""
    start = f"Counted from {format_date(clock.counts_from_on)} ({clock.counts_from_label})."
    rule = f"{clock.rule[:1].upper()}{clock.rule[1:]}. {basis(clock)}."
    note = [clock.note] if clock.note else []
    return "\n".join([rule, start, *(step.words() for step in clock.working), *note])
