"""A form in a window of its own, for a record that is needed in the middle of another."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.records import title_of
from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.sizes import open_at
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import title


class FormDialog(QDialog):
    """Adds one record; ``added`` is its id once it is saved."""

    def __init__(self, context: Context, kind: str, parent: QWidget) -> None:
        super().__init__(parent)
        what = record_kind(kind).label.lower()
        self.setWindowTitle(f"Add {_article(what)} {what}")
        self.added: int | None = None
        self.form = RecordForm(context, kind, scrolling=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 12)
        layout.addWidget(title(self.windowTitle()))
        layout.addWidget(self.form, 1)
        open_at(self, 680, min(640, self.form.fields.sizeHint().height() + 150))
        self.form.saved.connect(self._on_saved)
        self.form.cancelled.connect(self._on_cancelled)
        self.form.focus_first()

    def reject(self) -> None:
        """Leave as the form is left: asking when something was typed."""
        self.form.cancel()

    def _on_cancelled(self) -> None:
        self.done(QDialog.DialogCode.Rejected)

    def _on_saved(self, changes: Changes) -> None:
        self.added = changes.record_id
        self.accept()


def add_in_dialog(context: Context, kind: str, parent: QWidget) -> tuple[int, str] | None:
    """Ask for a new record of a kind; return its id and title, or nothing when it was left."""
    dialog = FormDialog(context, kind, parent)
    dialog.exec()
    added = dialog.added
    dialog.deleteLater()
    if added is None:
        return None
    return added, context.operations.read(title_of, kind, added)


def _article(what: str) -> str:
    return "an" if what[:1] in "aeiou" else "a"
