"""The incident and the children of a review."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.child_words import child_words
from oscb_desktop.ui.pages.identity_section import IdentitySection
from oscb_desktop.ui.pages.record_sections import FieldsSection, column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import link_button, quiet, selectable

ReadRow = Callable[[], RecordRow | None]


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
