"""Fields that come after "More"."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from oscb_desktop.ui.widgets.labels import link_button, shortened

_LONGEST = 70


class Fold(QWidget):
    """A button that says what is behind it, and the fields that it opens."""

    def __init__(
        self, labels: Sequence[str], *, opening: str = "More: ", closing: str = "Less: "
    ) -> None:
        super().__init__()
        self._words = (opening, closing)
        self._what = shortened(", ".join(labels), _LONGEST)
        self.button = link_button("")
        self.button.clicked.connect(lambda: self.open(not self.is_open))
        self.inner = QWidget(self)
        self.rows = QVBoxLayout(self.inner)
        self.rows.setContentsMargins(0, 0, 0, 0)
        self.rows.setSpacing(14)
        line = QHBoxLayout()
        line.addWidget(self.button)
        line.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(line)
        layout.addWidget(self.inner)
        self.is_open: bool = True
        self.open(False)

    def open(self, wanted: bool = True) -> None:
        """Open it, or close it again."""
        if wanted == self.is_open:
            return
        self.is_open = wanted
        self.inner.setVisible(wanted)
        text = f"{self._words[wanted]}{self._what}"
        self.button.setText(f"{'▾' if wanted else '▸'} {text}".replace("&", "&&"))
        self.button.setAccessibleName(text)
