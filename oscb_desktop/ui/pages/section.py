"""One section of a page: a heading, what is known, and a form that takes its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.services.changes import Changes
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.labels import button, heading
from oscb_desktop.ui.widgets.put_away import put_away
from oscb_desktop.ui.widgets.scrolling import bring_into_sight
from oscb_desktop.ui.widgets.tab_order import first_taking_keys


class Section(QWidget):
    """Made when it is first needed; read again when its kinds of record change.

    ``build`` returns the content, or nothing where the section does not apply. While a form is
    open in it, nothing is read again: what is being typed has precedence.
    """

    shown_or_not = Signal()

    def __init__(self, name: str, kinds: Iterable[str]) -> None:
        super().__init__()
        self.name = name
        self.group = ""  # the heading under which a long page lists it
        self.kinds = frozenset(kinds)
        self.form: RecordForm | None = None
        self.is_built = False
        self.applies = True
        self._content: QWidget | None = None
        self._buttons = QHBoxLayout()
        self._head = heading(name)
        if not name:
            self._head.hide()
        top = QHBoxLayout()
        top.addWidget(self._head, 1)
        top.addLayout(self._buttons)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._layout.addLayout(top)

    def build(self) -> QWidget | None:
        """Return what the section shows, read afresh."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read again, unless something is being typed here."""
        if self.form is not None:
            return
        self.is_built = True
        before, self._content = self._content, self.build()
        if before is not self._content:
            put_away(before, self._layout)
        applies = self._content is not None
        if self._content is not None:
            self._layout.addWidget(self._content)
            self._content.show()
        self.setVisible(applies)
        if applies != self.applies:
            self.applies = applies
            self.shown_or_not.emit()

    def concerns(self, changes: Changes) -> bool:
        """Whether a step may have changed what is shown here."""
        return bool(self.kinds & changes.kinds)

    def rename(self, name: str) -> None:
        """Stand under another heading."""
        self.name = name
        self._head.setText(name)

    def add_act(self, text: str, name: str, act: Callable[[], None]) -> QPushButton:
        """Put a button beside the heading."""
        made = button(text, name)
        made.clicked.connect(act)
        self._buttons.addWidget(made)
        return made

    def show_acts(self, *, shown: bool) -> None:
        """Show the buttons beside the heading, or hide them while a form is open."""
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            act = item.widget() if item else None
            if act is not None:
                act.setVisible(shown)

    def open_form(self, form: RecordForm, *, instead: bool = False) -> None:
        """Show a form here, below what is known or instead of it, and put the keyboard in it."""
        if self.form is not None:
            self.form.focus_first()
            return
        self.form = form
        form.setObjectName("card")
        form.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        form.setContentsMargins(16, 16, 16, 16)
        form.saved.connect(lambda _changes: self._on_saved())
        form.cancelled.connect(self.close_form)
        self._layout.addWidget(form)
        form.show()
        if instead and self._content is not None:
            self._content.hide()
        self.show_acts(shown=False)
        form.focus_first()
        bring_into_sight(form)

    def close_form(self) -> None:
        """Take the form away and read again."""
        form, self.form = self.form, None
        put_away(form, self._layout)
        self.show_acts(shown=True)
        self.reload()
        self.take_focus()

    def unsaved(self) -> bool:
        """Whether something was typed here and not saved."""
        return self.form is not None and self.form.unsaved()

    def take_focus(self) -> None:
        """Put the keyboard on the first thing in the section that takes it."""
        first = first_taking_keys(self)
        if first is not None:
            first.setFocus()

    def _on_saved(self) -> None:
        if self.form is not None and not self.form.going_on:
            self.close_form()
