"""Where a passphrase is typed: hidden, to be shown on wish, with a word about Caps Lock."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from oscb_desktop.ui import theme

SHORTEST = 8


class PassphraseField(QWidget):
    """A field with its show box and, beneath, one line for what is wrong."""

    entered = Signal()
    edited = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setEchoMode(QLineEdit.EchoMode.Password)
        self.field.setAccessibleName(label)
        self.field.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.show_box = QCheckBox("S&how")
        self.show_box.setAccessibleName(f"Show {label.lower()}")
        self.caps = theme.styled(QLabel("Caps Lock seems to be on."), "small")
        self.fault = theme.styled(QLabel(), "fault")
        self.fault.setWordWrap(True)
        self._build()
        self.field.installEventFilter(self)
        self.field.returnPressed.connect(self.entered)
        self.field.textEdited.connect(self._on_edited)
        self.show_box.toggled.connect(self._on_show)

    def text(self) -> str:
        """Return what was typed."""
        return self.field.text()

    def say(self, sentence: str) -> None:
        """Put a sentence beneath the field, or take it away."""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        self.field.setProperty("wrong", bool(sentence))
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)

    def clear(self) -> None:
        """Forget what was typed, also what could be taken back."""
        self.field.setText("")
        self.caps.hide()

    def _build(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(self.show_box)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(row)
        column.addWidget(self.caps)
        column.addWidget(self.fault)
        self.caps.hide()
        self.fault.hide()
        self.setFocusProxy(self.field)

    def _on_edited(self) -> None:
        self.say("")
        self.edited.emit()

    def _on_show(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.field.setEchoMode(mode)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice a capital typed without Shift, or a small letter with it: Qt tells no more."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            text = event.text()
            if len(text) == 1 and text.isalpha() and text.upper() != text.lower():
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps.setVisible(text.isupper() is not shift)
        return False


def strength(passphrase: str) -> str:
    """Say in a sentence how much a passphrase protects, from its length and variety alone."""
    words = {word for word in passphrase.casefold().split() if len(word) > 2}
    if len(passphrase.strip()) < SHORTEST:
        return f"Too short: {SHORTEST} characters at least, better three or four words."
    if len(set(passphrase)) < 6:
        return "Weak: the same few characters again and again are soon guessed."
    if len(words) >= 4 or len(passphrase) >= 20:
        return "Strong."
    if len(words) >= 3 or len(passphrase) >= 14:
        return "Good. One word more would make it strong."
    return "Fair. Three or four words that do not belong together are stronger and easier to keep."
