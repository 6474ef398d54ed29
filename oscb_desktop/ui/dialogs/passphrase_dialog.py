"""Another passphrase for the open file: the old one, and the new one twice."""

from __future__ import annotations

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.errors import UserError, WrongPassphraseError
from oscb_desktop.services.attempts import Attempts
from oscb_desktop.services.keys import change_passphrase
from oscb_desktop.ui import theme
from oscb_desktop.ui.backup_work import BackupWork
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.widgets.labels import fault, quiet
from oscb_desktop.ui.widgets.passphrase_field import SHORTEST, PassphraseField, strength

_BEFORE = (
    "The whole file is encrypted anew, and a backup under the new passphrase is made at once. "
    "Older backups go on opening with the old one, and a recovery sheet made until now opens only "
    "them."
)


class PassphraseDialog(QDialog):
    """Asks, and stays until the file is changed; what was typed is forgotten as it closes."""

    def __init__(self, parent: QWidget | None, context: Context) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change passphrase")
        self._context = context
        self.old = PassphraseField("Old passphrase or recovery key")
        self.first = PassphraseField("New passphrase")
        self.second = PassphraseField("New passphrase again")
        self.strength = theme.styled(QLabel(), "muted")
        self.fault = fault()
        self.change_button = QPushButton("&Change")
        self._build()
        self.first.edited.connect(self._tell_strength)
        self.first.show_box.toggled.connect(self.second.show_box.setChecked)
        self.finished.connect(self._forget)
        self._tell_strength()

    def reject(self) -> None:
        """Close, but not in the middle of the change."""
        if self.isEnabled():
            super().reject()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        for text, field in (
            ("&Old passphrase or recovery key", self.old),
            ("&New passphrase", self.first),
            ("New passphrase &again", self.second),
        ):
            label = QLabel(text)
            label.setBuddy(field.field)
            column.addWidget(label)
            column.addWidget(field)
            if field is self.first:
                column.addWidget(self.strength)
        self.second.show_box.hide()
        self.old.show_box.setText("Show")  # one key cannot tick two boxes
        column.addWidget(quiet(_BEFORE))
        column.addWidget(self.fault)
        self.fault.hide()
        buttons = QDialogButtonBox()
        buttons.addButton(self.change_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cance&l", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_change)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.change_button.setDefault(True)  # within the dialog, so that Enter stays its own
        self.setMinimumWidth(520)
        self.old.field.setFocus()

    def _tell_strength(self) -> None:
        self.strength.setText(strength(self.first.text()))

    def _on_change(self) -> None:
        if not self.old.text():
            self._complain(self.old, "Type the passphrase of this file.")
        elif len(self.first.text().strip()) < SHORTEST:
            self._complain(self.first, strength(self.first.text()))
        elif self.first.text() != self.second.text():
            self._complain(self.second, "The two are not the same. Type the passphrase again.")
        else:
            self._change(self.old.text(), self.first.text())

    def _complain(self, field: PassphraseField, sentence: str) -> None:
        field.say(sentence)
        field.field.setFocus()

    def _change(self, old: str, new: str) -> None:
        context, store = self._context, self._context.operations.store
        attempts = Attempts(context.paths.settings, store.now)
        self.fault.hide()
        self.setEnabled(False)
        context.tasks.run(
            "Changing the passphrase",
            lambda: attempts.at(store.path, lambda: change_passphrase(store, old, new)),
            self._on_changed,
            self._on_failed,
        )

    def _on_changed(self, told: str) -> None:
        self.setEnabled(True)
        self.accept()
        work = BackupWork(self._context.operations, self._context.tasks, self._context.paths)
        work.back_up()
        self._context.messages.tell(self.parentWidget(), told)

    def _on_failed(self, problem: BaseException) -> None:
        self.setEnabled(True)
        if isinstance(problem, WrongPassphraseError):
            self._complain(self.old, problem.sentence)
        elif isinstance(problem, UserError):
            self.fault.setText(problem.sentence)
            self.fault.show()
        else:
            self.reject()
            raise problem

    def _forget(self) -> None:
        for field in (self.old, self.first, self.second):
            field.clear()
