"""Actions: who does what by when, how it stands, and the story of the one that is chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.actions import (
    ActionRow,
    actions,
    actions_touched,
    in_due_order,
    is_long,
)
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.action_panel import ActionPanel
from oscb_desktop.ui.pages.columns import (
    colour_tone,
    delivery_words,
    drift_words,
    due_words,
    note_words,
)
from oscb_desktop.ui.pages.many_actions import ManyActions
from oscb_desktop.ui.pages.reading_page import ReadingPage
from oscb_desktop.ui.tables.record_list import ListShape, RecordList
from oscb_desktop.ui.tables.row_model import Column, Grouping
from oscb_desktop.ui.widgets.filter_bar import Facet, View

_OF_ACTIONS = frozenset({"action", "progress_note", "evidence", "due_revision"})
"""The kinds of record of which one changes the line of one action and no other."""
_FIRST_READ = ("open", "overdue", "due_soon")
"""The views for which it is enough to have read what is open; the first is shown first."""


def _some(word: str) -> tuple[str, ...]:
    return (word,) if word else ()


_MOVED = ("Never", "Once", "Twice", "Three times or more")
_DRIFT = ("Earlier", "None", "Up to 30 days", "31 to 90 days", "More than 90 days", "Not known")


def _status(row: ActionRow) -> tuple[str, ...]:
    """Return the word of its colour, and beside it that the colour was given by hand."""
    return (row.shade.shown.word, *(("Given by hand",) if row.shade.reason else ()))


def _drift(row: ActionRow) -> str:
    days = row.drift_days
    if days is None:
        return _DRIFT[5]
    if days <= 0:
        return _DRIFT[1] if days == 0 else _DRIFT[0]
    return _DRIFT[2] if days <= 30 else _DRIFT[3] if days <= 90 else _DRIFT[4]


def _shape(mine: str) -> ListShape:
    """Return the list with the view of what a person owns, who opened the file under that name."""
    who = mine.casefold()
    view = View(
        "mine",
        "Mine",
        lambda row: row.owner.casefold() == who,
        f"Actions whose owner is {mine}, under whose name this file was opened.",
        hidden_empty=True,
    )
    return replace(SHAPE, views=(*SHAPE.views, view))


SHAPE = ListShape(
    label="Actions",
    columns=(
        Column(
            "reference",
            "Reference",
            lambda row: row.reference,
            lambda row: sort_key(row.reference),
            12,
        ),
        Column("text", "Action", lambda row: row.text, width=40, wide=True),
        Column("review", "Review", lambda row: row.review, lambda row: sort_key(row.review), 15),
        Column("lead_agency", "Lead agency", lambda row: row.lead_agency, width=13),
        Column("owner", "Owner", lambda row: row.owner, width=12),
        Column("due", "Due", due_words, lambda row: row.due_on, 20),
        Column("delivery", "Delivery", delivery_words, width=21, tone=colour_tone),
        Column(
            "lateness",
            "Lateness",
            lambda row: row.lateness,
            lambda row: (row.days_late, row.lateness),
            13,
        ),
        Column("assurance", "Assurance", lambda row: row.assurance_words, width=12, hidden=True),
        Column(
            "moved",
            "Moved",
            lambda row: f"{row.moves}×" if row.moves else "",
            lambda row: row.moves or None,
            6,
            numeric=True,
        ),
        Column("drift", "Drift", drift_words, lambda row: row.drift_days or None, 9, numeric=True),
        Column("note", "Last note", note_words, lambda row: row.noted_on, 14),
        Column("themes", "Themes", lambda row: ", ".join(row.themes), width=16, hidden=True),
    ),
    facets=(
        Facet("review", "Review", lambda row: (row.review,), order=sort_key),
        Facet("agency", "Lead agency", lambda row: _some(row.lead_agency)),
        Facet("owner", "Owner", lambda row: _some(row.owner)),
        Facet("delivery", "Delivery", lambda row: (row.delivery_words,)),
        Facet("status", "Status", _status),
        Facet("assurance", "Assurance", lambda row: (row.assurance_words,)),
        Facet("theme", "Theme", lambda row: row.themes),
        Facet("moved", "Moved", lambda row: (_MOVED[min(row.moves, 3)],), _MOVED.index),
        Facet("drift", "Drift", lambda row: (_drift(row),), _DRIFT.index),
    ),
    groupings=(
        Grouping("review", "Review", lambda row: (row.review,), "No review", sort_key),
        Grouping("agency", "Lead agency", lambda row: _some(row.lead_agency), "No lead agency"),
        Grouping("theme", "Theme", lambda row: row.themes, "No theme"),
        Grouping("owner", "Owner", lambda row: _some(row.owner), "No owner"),
    ),
    place="actions",
    views=(
        View("open", "All open", lambda row: row.is_open and not row.is_national),
        View("overdue", "Overdue", lambda row: row.is_overdue),
        View("due_soon", "Due soon", lambda row: row.due_soon),
        View("assurance", "Awaiting assurance", lambda row: row.awaits_assurance),
        View("national", "National", lambda row: row.is_national),
        View("completed", "Completed", lambda row: row.is_complete),
        View("all", "All", lambda row: True),
    ),
    empty=(
        "No actions yet",
        "An action says what somebody does by a day because of a review. Add it on the review's "
        "recommendation, or here.",
        "Add an action",
    ),
)


class ActionsPage(ReadingPage):
    """The action log, with the chosen action's story."""

    reads = frozenset(
        {
            "action",
            "progress_note",
            "evidence",
            "due_revision",
            "review",
            "agency",
            "person",
            "limb",
            "recommendation",
            "theme",
        }
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Actions")
        self._chosen: ActionRow | None = None
        self._whole = False
        self._reading = self.reading("Reading all actions", self._not_read)
        chase = QPushButton("Cha&se…")
        chase.setAccessibleName("Chase: who owes an answer")
        chase.clicked.connect(lambda: context.navigation.open_page("chasing"))
        self.head.addWidget(chase)
        escalate = QPushButton("Escala&te…")
        escalate.setAccessibleName("Escalate: which late actions are due for the next step")
        escalate.clicked.connect(lambda: context.navigation.open_page("escalation"))
        self.head.addWidget(escalate)
        self.add_button("New a&ction…", "action")
        self.list = RecordList(context, _shape(context.operations.store.by))
        self.panel = ActionPanel(context)
        self.many = ManyActions(context)
        below = QWidget()
        column = QVBoxLayout(below)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        column.addWidget(self.many)
        self.below = below
        self.list.add_companion(below)
        self.column.addWidget(self.list, 1)
        self.begins_at = self.list.table
        self.below.hide()
        self.many.hide()
        self.list.table.selected.connect(self._on_selected)
        self.many.left.connect(self._back_to_list)
        self.many.opened.connect(lambda: self.list.give_room(below=True))
        self.list.chosen.connect(self._on_chosen)
        self.list.views.changed.connect(self._on_view)
        self.list.opened.connect(lambda row: context.navigation.open_record("action", row.id))
        self.list.first_step.connect(lambda: context.navigation.add_record("action"))

    def refresh(self) -> None:
        """Read the actions again."""
        operations = self.context.operations
        if not self._whole and operations.read(is_long):
            self._read_open_first()
            return
        self._whole = True
        self.list.set_rows(operations.read(actions, operations.today()))

    def show_wanted(self, wanted: Mapping[str, str]) -> None:
        """Set the saved filter and the filters; what they need is read before."""
        if wanted.get("view", _FIRST_READ[0]) not in _FIRST_READ:
            self._be_whole()
        self.list.show_wanted(wanted)

    def _read_open_first(self) -> None:
        """Show what is open at once, and the rest as soon as another thread has read it."""
        operations = self.context.operations
        today = operations.today()
        self.list.set_rows(operations.read(actions, today, only_open=True), _FIRST_READ)
        self._reading.start(partial(operations.read, actions, today), self._show_all)

    def _show_all(self, rows: tuple[ActionRow, ...]) -> None:
        if not self._whole:
            self._whole = True
            self.list.set_rows(rows)

    def _on_view(self) -> None:
        if self.list.views.built_in not in _FIRST_READ:
            self._be_whole()

    def _not_read(self, _problem: BaseException) -> None:
        self._be_whole()

    def _be_whole(self) -> None:
        """Read all of it now, where only the open ones were read."""
        if not self._whole and not self._stale:
            self._whole = True
            self.refresh()
        self._whole = True

    def _on_changed(self, changes: Changes) -> None:
        concerned = changes.kinds & self.reads
        current = self._whole and not self._stale and self.isVisible()
        if current and concerned and concerned <= _OF_ACTIONS:
            self._read_touched(changes)
        else:
            super()._on_changed(changes)

    def _read_touched(self, changes: Changes) -> None:
        """Read only what a step touched: of many thousands it is seldom more than one."""
        operations = self.context.operations
        today = operations.today()
        rows = self.list.table.rows.all_rows()
        if rows and rows[0].around.today != today:  # midnight moves all of them
            self.refresh()
            return
        ids, fresh = operations.read(actions_touched, today, changes.records)
        kept = [row for row in rows if row.id not in ids]
        self.list.set_rows(in_due_order([*kept, *fresh]))

    def _on_chosen(self, row: ActionRow | None) -> None:
        self._chosen = row
        if not self._many_chosen():
            self._show_one()

    def _on_selected(self, number: int) -> None:
        if self._many_chosen():
            self.many.show_rows(self.list.table.chosen_rows())
            self.panel.hide()
            self.many.show()
            self.below.show()
        elif number < 2 and self.many.isVisibleTo(self.below):
            self._show_one()

    def _many_chosen(self) -> bool:
        return self.many.is_busy or len(self.list.table.chosen_rows()) > 1

    def _show_one(self) -> None:
        self.many.hide()
        self.below.setVisible(self._chosen is not None)
        self.panel.setVisible(self._chosen is not None)
        if self._chosen is not None:
            self.panel.show_action(self._chosen.id)

    def _back_to_list(self) -> None:
        self._on_selected(len(self.list.table.chosen_rows()))
        self.list.give_room(below=False)
        self.list.table.setFocus()

    def unsaved(self) -> bool:
        """Whether something was typed for many actions and not done."""
        return self.many.unsaved()
