"""A form as a page: its title, its fields, its buttons always in sight."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import kinds_owned_by, record_kind
from oscb_desktop.domain.values import Values
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.forms.review_warning import ReviewWarning
from oscb_desktop.ui.widgets.labels import quiet, title

_FIRST_SECTIONS = {"review": ("The review", "")}
"""What is asked of a new record of a large kind; the rest is filled in on its page."""


class FormPage(QWidget):
    """Adds a record; saved, its page opens, and left, the place before it."""

    def __init__(self, context: Context, kind: str, preset: Values) -> None:
        super().__init__()
        self._context = context
        declared = record_kind(kind)
        self.form = RecordForm(
            context,
            kind,
            preset=preset,
            sections=_FIRST_SECTIONS.get(kind),
            several=not kinds_owned_by(kind) and not declared.singleton,
            scrolling=True,
        )
        if kind == "review":
            self.warning = ReviewWarning(context, self.form)
        self.form.saved.connect(self._on_saved)
        self.form.cancelled.connect(context.navigation.back)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 16, 12)
        layout.setSpacing(8)
        layout.addWidget(title(f"New {declared.label[:1].lower()}{declared.label[1:]}"))
        layout.addWidget(quiet(declared.about))
        layout.addWidget(self.form, 1)

    def unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        return self.form.unsaved()

    def showEvent(self, event: QShowEvent) -> None:
        """Put the keyboard into the first field."""
        super().showEvent(event)
        self.form.focus_first()

    def _on_saved(self, changes: Changes) -> None:
        if changes.record_id is not None and not self.form.going_on:
            self._context.navigation.open_record(self.form.kind.name, changes.record_id)
