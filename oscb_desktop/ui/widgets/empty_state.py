"""What an empty place says: what belongs there, and the first step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from oscb_desktop.ui import theme


class EmptyState(QWidget):
    """A heading, a sentence and, where there is a first step, its button."""

    pressed = Signal()

    def __init__(self, title: str, sentence: str, button: str = "") -> None:
        super().__init__()
        self.title = theme.heading(title)
        self.sentence = theme.styled(theme.heading(sentence), "muted")
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sentence.setMaximumWidth(480)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addStretch()
        column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button = QPushButton(button)
        self.button.setVisible(bool(button))
        self.button.clicked.connect(self.pressed)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch()

    def say(self, title: str, sentence: str, button: str = "") -> None:
        """Say something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
