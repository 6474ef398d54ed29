"""What an empty place says: what belongs there, and the first step, or the two to choose from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from oscb_desktop.ui import theme
from oscb_desktop.ui.widgets.labels import quiet


class EmptyState(QWidget):
    """A heading, a sentence and, where there is a first step, its button; ``other`` is another."""

    pressed = Signal()
    other_pressed = Signal()

    def __init__(self, title: str, sentence: str, button: str = "", other: str = "") -> None:
        super().__init__()
        self.title = theme.heading(title)
        self.sentence = quiet(sentence)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(2 * theme.GRID)
        column.addStretch()
        column.addWidget(self.title, 0, Qt.AlignmentFlag.AlignHCenter)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.sentence, 4)  # an alignment would keep it at the height of a line
        across.addStretch(1)
        column.addLayout(across)
        self.button = QPushButton(button)
        self.button.clicked.connect(self.pressed)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.button.setVisible(bool(button))  # in its place: alone it would be a window
        self.other = QPushButton(other)
        self.other.clicked.connect(self.other_pressed)
        column.addWidget(self.other, 0, Qt.AlignmentFlag.AlignHCenter)
        self.other.setVisible(bool(other))  # as above
        column.addStretch()

    def say(self, title: str, sentence: str, button: str = "") -> None:
        """Say something else."""
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
