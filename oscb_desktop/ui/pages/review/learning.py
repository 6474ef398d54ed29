"""What a review found out and asks for: recommendations, actions, learning points, themes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.statuses import ActionScope, DeliveryStatus, lateness
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.likeness import suggestions
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.record_sections import (
    FieldsSection,
    OwnedSection,
    column,
    edit_in_place,
    record_table,
)
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import link_button, quiet, selectable, shortened, strong
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

ReadRow = Callable[[], RecordRow | None]


class RecommendationsSection(OwnedSection):
    """Each recommendation with its limbs and the actions that follow from it."""

    def __init__(self, context: Context, review: int) -> None:
        super().__init__(context, record_kind("recommendation"), lambda: review)
        self.kinds = self.kinds | {"limb", "action", "likeness"}
        self._added: int | None = None

    def build(self) -> QWidget | None:
        """Return a block for each recommendation."""
        rows = self.rows()
        if not rows:
            return quiet(f"None yet. {self._kind.about}")
        owner = self._owner()
        read = self._context.operations.read
        actions = read(records.records, "action", owner=owner)
        return column(*(self._block(row, actions) for row in rows), spacing=18)

    def open_form(self, form: RecordForm, *, instead: bool = False) -> None:
        """Open it; once a recommendation is added, look for others that say the same."""
        form.saved.connect(self._on_added)
        super().open_form(form, instead=instead)

    def _on_added(self, changes: Changes) -> None:
        is_new = changes.label.startswith("Add recommendation")
        self._added = changes.record_id if is_new else None

    def _alike(self, row: RecordRow) -> QWidget | None:
        """Say of a recommendation that was just added which others it may repeat."""
        if row.id != self._added:
            return None
        found = self._context.operations.read(suggestions, row.id)
        if not found:
            return None
        names = ", ".join(one.reference for one in found)
        way = link_button(f"It may say the same as {names}. Compare…")
        go = self._context.navigation
        way.clicked.connect(lambda: go.open_record("recommendation", row.id))
        return way

    def _block(self, row: RecordRow, actions: tuple[RecordRow, ...]) -> QWidget:
        parts: list[QWidget] = [self._top(row)]
        alike = self._alike(row)
        if alike is not None:
            parts.append(alike)
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
        rows = read(records.records_of, kind.name, ids)
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
