"""Beginning a review with the question that a person has in mind: what happened."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Value, Values
from oscb_desktop.queries import records
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.form_page import FormPage
from oscb_desktop.ui.forms.link_options import options_for
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.finder import Finder
from oscb_desktop.ui.widgets.labels import button, link_button, quiet, strong, title
from oscb_desktop.ui.widgets.put_away import put_away


class ReviewStart(QWidget):
    """Choose the incident or describe a new one; then the review's own few first fields."""

    def __init__(self, context: Context, preset: Values) -> None:
        super().__init__()
        self._context = context
        self._preset = dict(preset)
        self.step: QWidget | None = None
        self.layout_ = QVBoxLayout(self)
        self.layout_.setContentsMargins(0, 0, 0, 0)
        self._show(self._question())
        self.setFocusProxy(self.finder)

    def unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        form = self.findChild(RecordForm)
        return form is not None and form.unsaved()

    def go_on_with(self, incident: int) -> None:
        """Ask for the review of an incident, with the children of that incident."""
        kind = record_kind("child")
        read = self._context.operations.read
        children = read(records.ids_linking, kind, kind.field("incident"), incident)
        row = read(records.record, "incident", incident)
        given: dict[str, Value] = {"incident": incident, "children": children}
        if row is not None:
            given["known_as"] = row.values["known_as"]
        self._show(FormPage(self._context, "review", {**given, **self._preset}))

    def describe(self) -> None:
        """Ask for a new incident first."""
        form = RecordForm(self._context, "incident", scrolling=True)
        form.saved.connect(self._on_incident)
        form.cancelled.connect(lambda: self._show(self._question()))
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.addWidget(title("What happened?"))
        rows.addWidget(quiet("The incident first; the review follows from it."))
        rows.addWidget(form, 1)
        self._show(page)
        form.focus_first()

    def without_incident(self) -> None:
        """Ask for a review that is about no single incident."""
        self._show(FormPage(self._context, "review", self._preset))

    def _on_incident(self, changes: Changes) -> None:
        if changes.record_id is not None:
            self.go_on_with(changes.record_id)

    def _question(self) -> QWidget:
        page = QWidget()
        rows = QVBoxLayout(page)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(12)
        rows.addWidget(title("What happened?"))
        rows.addWidget(quiet("A review begins with an incident."))
        describe = button("Describe a new incident", first=True)
        describe.clicked.connect(self.describe)
        rows.addLayout(_left(describe))
        rows.addWidget(strong("Or choose one that is in the file"))
        kind = record_kind("review")
        options = partial(
            options_for, self._context.operations, kind, kind.field("incident"), lambda _name: None
        )
        self.finder = Finder(options, "Incident")
        self.finder.fit_to_content(52)
        self.finder.line.setAccessibleName("Incident")
        self.finder.chosen.connect(lambda key: self.go_on_with(int(key)))
        rows.addWidget(self.finder)
        none = link_button("It is about no single incident, such as a thematic review")
        none.clicked.connect(self.without_incident)
        leave = button("Cancel")
        leave.clicked.connect(self._context.navigation.back)
        rows.addLayout(_left(none))
        rows.addLayout(_left(leave))
        rows.addStretch(1)
        return page

    def _show(self, step: QWidget) -> None:
        old, self.step = self.step, step
        self.layout_.addWidget(step)
        step.show()
        put_away(old, self.layout_)


def _left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
