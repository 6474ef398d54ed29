"""Whose Ctrl+Z it is: a text field's while it holds typing, the file's otherwise."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QTextEdit


class UndoKeys(QObject):
    """An event filter of the application.

    Qt's text fields claim the undo key even when they have nothing to undo; this lets the key
    through to the menu then.
    """

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the claim of a field with nothing to take back unheard."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.matches(QKeySequence.StandardKey.Undo):
            return _refuse(event, can=_can_undo(watched))
        if event.matches(QKeySequence.StandardKey.Redo):
            return _refuse(event, can=_can_redo(watched))
        return False


def _refuse(event: QKeyEvent, *, can: bool | None) -> bool:
    if can is not False:
        return False
    event.ignore()
    return True


def _can_undo(field: QObject) -> bool | None:
    """Whether a field has something to take back; None for what is no text field."""
    if isinstance(field, QLineEdit):
        return field.isUndoAvailable() and not field.isReadOnly()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isUndoAvailable() and not field.isReadOnly()
    return None


def _can_redo(field: QObject) -> bool | None:
    if isinstance(field, QLineEdit):
        return field.isRedoAvailable() and not field.isReadOnly()
    if isinstance(field, QPlainTextEdit | QTextEdit):
        return field.document().isRedoAvailable() and not field.isReadOnly()
    return None
