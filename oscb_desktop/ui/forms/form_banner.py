"""What a form says above its fields: typing to bring back, a conflict, a refusal."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from oscb_desktop.ui.widgets.labels import button, words


class FormBanner(QFrame):
    """A sentence with buttons for what can be done about it; hidden while there is nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self._sentence = words("", "strong")
        self._more = words("")
        self._buttons = QHBoxLayout()
        told = QVBoxLayout()
        told.addWidget(self._sentence)
        told.addWidget(self._more)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 6, 12, 6)
        layout.addLayout(told, 1)
        layout.addLayout(self._buttons)
        self.clear()

    @property
    def text(self) -> str:
        """All that the banner says."""
        return "\n".join(part for part in (self._sentence.text(), self._more.text()) if part)

    def say(
        self,
        sentence: str,
        choices: Iterable[tuple[str, Callable[[], None]]] = (),
        lines: Iterable[str] = (),
    ) -> None:
        """Show a sentence, further lines, and a button for each choice."""
        self.clear()
        self._sentence.setText(sentence)
        self._more.setText("\n".join(lines))
        self._more.setVisible(bool(self._more.text()))
        for text, act in choices:
            choice = button(text)
            choice.clicked.connect(act)
            self._buttons.addWidget(choice)
        self.show()

    def clear(self) -> None:
        """Say nothing."""
        self._sentence.clear()
        self._more.clear()
        while (item := self._buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.hide()

    def choose(self, text: str) -> None:
        """Press the button of that text, as a test or a key does."""
        for place in range(self._buttons.count()):
            item = self._buttons.itemAt(place)
            old = item.widget() if item else None
            if old is not None and old.accessibleName() == text:
                old.click()  # type: ignore[attr-defined]
                return
        raise LookupError(text)
