"""A child's real identity: locked, opened with a reason that is kept, locked again on leaving."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.records import ViewIdentity
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.facts import Facts, known
from oscb_desktop.ui.widgets.labels import button, fault, quiet, words

_KIND = "child_identity"


class IdentitySection(Section):
    """Who a child really is, shown only after a reason was given, until the page is left."""

    def __init__(self, context: Context, child: int, name: str = "Identity") -> None:
        super().__init__(name, (_KIND,))
        self._context = context
        self._child = child
        self.unlocked = False
        self._asking = False

    def lock(self) -> None:
        """Hide the identity again."""
        if self.form is not None:
            if self.form.unsaved():
                self.form.drafts.keep()
            self.unlocked = self._asking = False
            self.close_form()
        elif self.unlocked or self._asking:
            self.unlocked = self._asking = False
            self.reload()

    def build(self) -> QWidget | None:
        """Return the lock, the question for a reason, or the identity."""
        held = self._identity_id()
        if held is None:
            return self._nothing_held()
        if self.unlocked:
            row = self._context.operations.read(records.record, _KIND, held)
            return self._opened(row) if row else None
        return self._question(held) if self._asking else self._locked()

    def ask(self) -> None:
        """Ask for the reason."""
        self._asking = True
        self.reload()
        self.reason.setFocus()

    def show_identity(self, record_id: int) -> None:
        """Show it, if the reason will do; the look is logged first."""
        try:
            self._context.operations.write(ViewIdentity(record_id, self.reason.text()))
        except UserError as refused:
            self._fault.setText(refused.sentence)
            self._fault.show()
            self.reason.setFocus()
            return
        self.unlocked, self._asking = True, False
        self.reload()

    def add(self) -> None:
        """Open an empty form for the identity."""
        child = {"child": self._child}
        form = RecordForm(self._context, _KIND, preset=child, without=("child",))
        self.open_form(form)

    def _identity_id(self) -> int | None:
        kind = record_kind(_KIND)
        read = self._context.operations.read
        found = read(records.ids_linking, kind, kind.field("child"), self._child)
        return found[0] if found else None

    def _nothing_held(self) -> QWidget:
        outer, row = _line()
        row.addWidget(quiet("No identity is held."), 1)
        add = button("Add identity…")
        add.clicked.connect(self.add)
        row.addWidget(add)
        return outer

    def _locked(self) -> QWidget:
        outer, row = _line()
        row.addWidget(quiet("Identity: locked. Each look at it is kept in the history."), 1)
        show = button("Show identity…")
        show.clicked.connect(self.ask)
        row.addWidget(show)
        return outer

    def _question(self, record_id: int) -> QWidget:
        outer = QWidget()
        rows = QVBoxLayout(outer)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(words("Why is the identity needed? The reason is kept in the history."))
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Why the identity is needed")
        self.reason.returnPressed.connect(lambda: self.show_identity(record_id))
        rows.addWidget(self.reason)
        self._fault = fault()
        self._fault.hide()
        rows.addWidget(self._fault)
        inner, row = _line()
        show = button("Show identity", first=True)
        show.clicked.connect(lambda: self.show_identity(record_id))
        cancel = button("Cancel")
        cancel.clicked.connect(self.lock)
        row.addWidget(show)
        row.addWidget(cancel)
        row.addStretch(1)
        rows.addWidget(inner)
        return outer

    def _opened(self, held: RecordRow) -> QWidget:
        fields = [field for field in record_kind(_KIND).fields if field.identifying]
        outer = QWidget()
        rows = QVBoxLayout(outer)
        rows.setContentsMargins(0, 0, 0, 0)
        told = known(held, fields)
        rows.addWidget(Facts(told) if told else quiet("Nothing recorded yet."))
        inner, row = _line()
        for text, act in (("Edit", lambda: self._edit(held)), ("Lock again", self.lock)):
            choice = button(text, f"{text}: identity")
            choice.clicked.connect(act)
            row.addWidget(choice)
        row.addStretch(1)
        rows.addWidget(inner)
        return outer

    def _edit(self, held: RecordRow) -> None:
        row = self._context.operations.read(records.record, _KIND, held.id)
        form = RecordForm(self._context, _KIND, row, without=("child",))
        self.open_form(form, instead=True)


def _line() -> tuple[QWidget, QHBoxLayout]:
    outer = QWidget()
    row = QHBoxLayout(outer)
    row.setContentsMargins(0, 0, 0, 0)
    return outer, row
