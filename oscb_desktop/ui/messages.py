"""The only place that stops the window with a message or a question."""

from __future__ import annotations

from PySide6.QtWidgets import QMessageBox, QWidget


class Messages:
    """Tells a person something, or asks for a decision; tests put a recorder in its place.

    While they are ``held``, as behind a locked page, what is to be told waits in ``untold``.
    """

    def __init__(self) -> None:
        self.held = False
        self.untold: list[str] = []

    def tell(self, parent: QWidget | None, sentence: str) -> None:
        """Show a sentence that must be read before going on."""
        if self.held:
            self.untold.append(sentence)
            return
        box = QMessageBox(QMessageBox.Icon.Information, "OSCB Desktop", sentence, parent=parent)
        box.addButton("Close", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def ask(self, parent: QWidget | None, question: str, yes: str, no: str = "Cancel") -> bool:
        """Ask before something large; the buttons say what they do, and Esc means no."""
        if self.held:
            return False
        box = QMessageBox(QMessageBox.Icon.Question, "OSCB Desktop", question, parent=parent)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        refuse = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(refuse)
        box.setEscapeButton(refuse)
        box.exec()
        return box.clickedButton() is agree
