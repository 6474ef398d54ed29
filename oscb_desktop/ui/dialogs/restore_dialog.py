"""What a backup holds beside the open file, and the two ways to have it back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.errors import UserError
from oscb_desktop.services.restore import Inside, restore
from oscb_desktop.ui import theme
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.widgets.labels import fault, heading, quiet, selectable


class RestoreDialog(QDialog):
    """Nothing is changed until one of the two buttons is pressed."""

    def __init__(self, parent: QWidget | None, context: Context, inside: Inside) -> None:
        super().__init__(parent)
        self._context = context
        self._inside = inside
        self.setWindowTitle(f"Inside {inside.backup.name}")
        self.facts = selectable("\n".join(inside.words()))
        self.told = fault()
        self.replace_button = QPushButton("&Replace the open file")
        self.save_button = QPushButton("&Save as a new file…")
        self._build()

    def replace(self) -> None:
        """Ask the application to put the backup in place of the open file."""
        self.accept()
        self._context.navigation.restore_wanted.emit(self._inside.backup)

    def save_as(self, path: Path) -> None:
        """Write the backup to a new file beside the open one."""
        key = self._context.operations.store.key
        self.save_button.setEnabled(False)
        self._context.tasks.run(
            "Writing the new file",
            lambda: restore(self._inside.backup, key, path),
            self._tell_saved,
            self._fail,
        )

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(heading("Looked into, and nothing changed yet"))
        column.addWidget(self.facts)
        name = self._context.operations.store.path.name
        column.addWidget(
            quiet(
                f"If it replaces {name}, the file as it is now is backed up and kept beside it as "
                "“replaced”, with the day and time. The window opens again on the restored file."
            )
        )
        column.addWidget(self.told)
        self.told.hide()
        buttons = QDialogButtonBox()
        buttons.addButton(self.replace_button, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.save_button, QDialogButtonBox.ButtonRole.ActionRole)
        self.close_button = buttons.addButton("&Close", QDialogButtonBox.ButtonRole.RejectRole)
        for made in (self.replace_button, self.save_button):
            made.setAutoDefault(False)
        self.close_button.setDefault(True)
        self.replace_button.clicked.connect(self.replace)
        self.save_button.clicked.connect(self._ask_path)
        buttons.rejected.connect(self.reject)
        column.addStretch(1)
        column.addWidget(buttons)
        self.resize(640, 360)

    def _ask_path(self) -> None:
        store = self._context.operations.store
        suggested = str(store.path.with_name(f"{store.path.stem} restored.oscb"))
        name, _ = QFileDialog.getSaveFileName(
            self, "Save the backup as a new file", suggested, "Files (*.oscb)"
        )
        if name:
            self.save_as(Path(name))

    def _tell_saved(self, path: Path) -> None:
        self._say(f"{path} is written. Open it with the same passphrase.")

    def _fail(self, problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        self.save_button.setEnabled(True)
        self._say(problem.sentence)

    def _say(self, words: str) -> None:
        self.told.setText(words)
        self.told.show()
