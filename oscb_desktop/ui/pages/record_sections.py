"""The sections that any record can have: its fields, what it owns, and what leads to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import kinds_owned_by, record_kind
from oscb_desktop.domain.validation import applies
from oscb_desktop.domain.values import Values
from oscb_desktop.queries import records
from oscb_desktop.queries.attachments import field_of
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.files_box import FilesBox
from oscb_desktop.ui.pages.record_columns import NUMBERS, columns_of, wide_column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.pages.withdrawing import withdraw
from oscb_desktop.ui.widgets.facts import Facts, known
from oscb_desktop.ui.widgets.labels import button, quiet, strong
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

ReadRow = Callable[[], RecordRow | None]

_NEWEST = 50
"""So many of those that lead to a record are shown at first: an agency leads a thousand actions."""


class FieldsSection(Section):
    """Some fields of one record; Edit turns the section into its form."""

    def __init__(
        self,
        context: Context,
        name: str,
        kind: RecordKind,
        read: ReadRow,
        sections: Iterable[str],
        without: Iterable[str] = (),
    ) -> None:
        super().__init__(name, (kind.name, *(field.to for field in kind.fields if field.to)))
        self._context = context
        self._kind = kind
        self._read = read
        self._sections = tuple(sections)
        self._without = frozenset(without)
        if not kind.append_only:
            self.add_act("Edit", f"Edit: {name}", self.edit)

    def build(self) -> QWidget | None:
        """Return what is known, or nothing where no field of the section applies."""
        row = self._read()
        if row is None:
            return None
        fields = [field for field in self._fields() if applies(field, row.values)]
        if not fields:
            return None
        told = known(row, fields)
        return Facts(told) if told else quiet("Nothing recorded yet.")

    def edit(self) -> None:
        """Open the form of these fields in place."""
        row = self._read()
        if row is None:
            return
        form = RecordForm(
            self._context,
            self._kind.name,
            row,
            sections=self._sections,
            without=self._without,
        )
        self.open_form(form, instead=True)

    def edit_field(self, _name: str) -> None:
        """Open the form in which a field is put right."""
        self.edit()

    def asks_for(self, kind: str, names: Collection[str]) -> bool:
        """Whether any of these fields of a kind of record is typed here."""
        return kind == self._kind.name and any(field.name in names for field in self._fields())

    def _fields(self) -> list[Field]:
        return [
            field
            for field in self._kind.fields
            if field.section in self._sections
            and field.name not in self._without
            and field.to != "attachment"
        ]


class OwnedSection(Section):
    """The records of one kind that belong to this one, in a small table."""

    def __init__(
        self,
        context: Context,
        kind: RecordKind,
        owner: Callable[[], int | None],
        name: str = "",
        preset: Callable[[], Values] = dict,
    ) -> None:
        links = (field.to for field in kind.fields if field.to)
        super().__init__(name or kind.plural, (kind.name, *links))
        self._context = context
        self._kind = kind
        self._owner = owner
        self._preset = preset
        self.add_act("Add", f"Add {kind.label.lower()}", self.add)

    @property
    def record_kind(self) -> RecordKind:
        """The kind of record that is listed."""
        return self._kind

    def rows(self) -> tuple[RecordRow, ...]:
        """Return the records, read afresh."""
        owner = self._owner()
        if owner is None:
            return ()
        return self._context.operations.read(records.records, self._kind.name, owner=owner)

    def build(self) -> QWidget | None:
        """Return the table, or what belongs here while there is nothing."""
        if self._owner() is None:
            return None
        rows = self.rows()
        if not rows:
            return quiet(f"None yet. {self._kind.about}")
        table = record_table(self._kind, rows, without=(self._kind.parent,))
        table.opened.connect(self.open_row)
        return table

    def make_good(self) -> None:
        """Begin what is to be done where something of this kind is missing."""
        self.add()

    def add(self) -> None:
        """Open an empty form in place; it offers to go on with the next one."""
        owner = self._owner()
        assert owner is not None
        preset = {self._kind.parent: owner, **self._preset()}
        form = RecordForm(
            self._context,
            self._kind.name,
            preset=preset,
            without=(self._kind.parent,),
            several=True,
        )
        self.open_form(form)

    def open_row(self, record_id: int) -> None:
        """Open a record: its page where it has a life of its own, its form in place otherwise."""
        row = self._context.operations.read(records.record, self._kind.name, record_id)
        if row is None or has_own_page(self._kind):
            self._context.navigation.open_record(self._kind.name, record_id)
        else:
            edit_in_place(self, self._context, row)


class LinkedSection(Section):
    """The records that refer to this one without belonging to it."""

    def __init__(self, context: Context, kind: RecordKind, field: Field, target: int) -> None:
        super().__init__(_leading(kind, field), (kind.name,))
        self._context = context
        self._kind = kind
        self._field = field
        self._target = target
        self._shows_all = False

    def build(self) -> QWidget | None:
        """Return the table of the newest, or nothing where nothing refers to it."""
        read = self._context.operations.read
        ids = read(records.ids_linking, self._kind, self._field, self._target)
        if not ids:
            return None
        shown = ids if self._shows_all else ids[-_NEWEST:]
        rows = read(records.records_of, self._kind.name, shown)
        table = record_table(self._kind, rows, without=(self._field.name,))
        table.opened.connect(
            lambda record_id: self._context.navigation.open_record(self._kind.name, record_id)
        )
        if len(shown) == len(ids):
            return table
        every = button(f"Show all {len(ids):,}", f"Show all {len(ids):,}: {self._kind.plural}")
        every.clicked.connect(self.show_all)
        return column(quiet(f"The newest {len(shown)} of {len(ids):,}."), table, every)

    def show_all(self) -> None:
        """Build the table again with everything in it."""
        self._shows_all = True
        self.reload()
        self.take_focus()  # the button that had it is gone


def _leading(kind: RecordKind, field: Field) -> str:
    """Return what leads to a record, and as what it does where that says more."""
    target, label = record_kind(field.to), field.label.lower()
    told = {*target.label.lower().split(), *target.plural.lower().split(), "from", "the", "on"}
    if told.issuperset(label.split()):
        return kind.plural
    return f"{kind.plural} as {label}"


def record_table(
    kind: RecordKind, rows: Iterable[RecordRow], without: Iterable[str] = ()
) -> SmallTable:
    """Return records as a small table of their telling columns."""
    rows = list(rows)
    told = [field for field in columns_of(kind) if field.name not in set(without)]
    fields = [field for field in told if any(row.words(field.name) for row in rows)]
    lines = [Line(row.id, tuple(row.words(field.name) for field in fields)) for row in rows]
    headings = [field.label for field in fields]
    numeric = [place for place, field in enumerate(fields) if field.kind in NUMBERS]
    return SmallTable(kind.plural, headings, lines, wide_column(fields), numeric)


def edit_in_place(section: Section, context: Context, row: RecordRow) -> None:
    """Open the form of a small record within a section, with a way to withdraw it."""
    kind = record_kind(row.kind)
    form = RecordForm(context, row.kind, row, without=(kind.parent,))
    away = button("Withdraw…", f"Withdraw this {kind.label.lower()}")

    def go() -> None:
        if withdraw(context, row, form):
            section.close_form()

    away.clicked.connect(go)
    form.add_button(away)
    if field_of(row.kind) is not None:
        _add_files(context, form, row)
    section.open_form(form)


def _add_files(context: Context, form: RecordForm, row: RecordRow) -> None:
    """Put the files of a record under its form, which goes on from each that is attached."""

    def go_on(changes: Changes) -> None:
        newer = form.newer_row(row) if (row.kind, row.id) in changes.records else None
        if newer is not None and form.row is not None and _differ_in_files(form.row, newer):
            form.row = newer
            form.drafts.rebase(newer)

    files = FilesBox(context, row.kind, row.id)
    files.changed.connect(go_on)
    form.add_below(column(strong("Files"), files, spacing=4))


def _differ_in_files(one: RecordRow, other: RecordRow) -> bool:
    names = [field.name for field in record_kind(one.kind).fields if field.to != "attachment"]
    return all(one.values[name] == other.values[name] for name in names)


def has_own_page(kind: RecordKind) -> bool:
    """Whether a record of this kind is read on a page, not in the form of its owner's section."""
    return kind.append_only or bool(kinds_owned_by(kind.name)) or kind.name == "review"


def column(*widgets: QWidget, spacing: int = 8) -> QWidget:
    """Return widgets one under another."""
    outer = QWidget()
    layout = QVBoxLayout(outer)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(spacing)
    for widget in widgets:
        layout.addWidget(widget)
    return outer
