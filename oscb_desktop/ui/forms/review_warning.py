"""What a form says while somebody begins a rapid review where the guidance asks for none."""

from __future__ import annotations

from PySide6.QtCore import QObject

from oscb_desktop.domain.notifications import OWN_DUTY_WORDS, leads_to_rapid_review
from oscb_desktop.domain.stages import RAPID_REVIEW
from oscb_desktop.queries import records
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import strong


class ReviewWarning(QObject):
    """Warns, and refuses nothing: the partners may look into a death all the same."""

    def __init__(self, context: Context, form: RecordForm) -> None:
        super().__init__(form)
        self._context = context
        self._fields = form.fields
        self.words = strong(OWN_DUTY_WORDS)
        self.words.setWordWrap(True)
        form.add_above(self.words)
        form.fields.edited.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.words.setVisible(self._is_due())

    def _is_due(self) -> bool:
        incident = self._fields.value_of("incident")
        if self._fields.value_of("kind") != RAPID_REVIEW or not isinstance(incident, int):
            return False
        row = self._context.operations.read(records.record, "incident", incident)
        return row is not None and not leads_to_rapid_review(str(row.values["nature"]))
