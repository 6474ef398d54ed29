"""A new encrypted file: where it lies, and its passphrase, asked twice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.passphrase_field import SHORTEST, PassphraseField, strength

SUFFIX = ".oscb"
_NO_WAY_BACK = (
    "Without the passphrase nobody can open the file, unless there is a recovery sheet: make one "
    "from the File menu, and keep it on paper where the council keeps its keys."
)


class NewFileDialog(QDialog):
    """Asks; ``wanted`` carries path and passphrase, and the dialog stays until ``accept``."""

    wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None, folder: Path) -> None:
        super().__init__(parent)
        self.setWindowTitle("New file")
        self.path = QLineEdit(str(folder / f"Reviews{SUFFIX}"))
        self.path_fault = theme.styled(QLabel(), "fault")
        self.first = PassphraseField("Passphrase")
        self.second = PassphraseField("Passphrase again")
        self.strength = theme.styled(QLabel(), "muted")
        self.create_button = QPushButton("&Create")
        self._build()
        self._connect()
        self._tell_strength()

    def fail(self, sentence: str) -> None:
        """Say why the file could not be made; everything typed stays."""
        self.setEnabled(True)
        self._say_path(sentence)
        self.path.setFocus()

    def _build(self) -> None:
        self.path.setAccessibleName("File")
        self.browse = QPushButton("C&hoose…")
        self.path_fault.setWordWrap(True)
        self.path_fault.hide()
        where = QHBoxLayout()
        where.addWidget(self.path, 1)
        where.addWidget(self.browse)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(_label("&File", self.path))
        column.addLayout(where)
        column.addWidget(self.path_fault)
        column.addWidget(_label("&Passphrase", self.first.field))
        column.addWidget(self.first)
        column.addWidget(self.strength)
        column.addWidget(_label("Passphrase &again", self.second.field))
        column.addWidget(self.second)
        self.second.show_box.hide()
        warning = theme.styled(QLabel(_NO_WAY_BACK), "muted")
        warning.setWordWrap(True)
        column.addWidget(warning)
        buttons = QDialogButtonBox()
        buttons.addButton(self.create_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton("Cance&l", QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._on_create)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)
        self.create_button.setDefault(True)  # within the dialog, so that Enter stays its own
        self.setMinimumWidth(520)
        self.first.field.setFocus()

    def _connect(self) -> None:
        self.browse.clicked.connect(self._browse)
        self.first.edited.connect(self._tell_strength)
        self.first.show_box.toggled.connect(self.second.show_box.setChecked)
        self.path.textEdited.connect(lambda: self._say_path(""))

    def _tell_strength(self) -> None:
        self.strength.setText(strength(self.first.text()))

    def _say_path(self, sentence: str) -> None:
        self.path_fault.setText(sentence)
        self.path_fault.setVisible(bool(sentence))

    def _browse(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "New file", self.path.text(), f"OSCB Desktop (*{SUFFIX})"
        )
        if name:
            self.path.setText(name)
            self._say_path("")

    def _on_create(self) -> None:
        if not self.path.text().strip():
            self._say_path("Say where the file is to lie.")
            self.path.setFocus()
        elif len(self.first.text().strip()) < SHORTEST:
            self.first.say(strength(self.first.text()))
            self.first.field.setFocus()
        elif self.first.text() != self.second.text():
            self.second.say("The two are not the same. Type the passphrase again.")
            self.second.field.setFocus()
        else:
            path = Path(self.path.text().strip()).expanduser()
            self.setEnabled(False)
            self.wanted.emit(path if path.suffix else path.with_suffix(SUFFIX), self.first.text())


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
