"""How large a dialog opens."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog

_FRAME = 56  # pixels that the title bar and a little air take


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog a size, or what of it the screen has room for."""
    screen = dialog.screen().availableSize()
    dialog.resize(min(width, screen.width() - _FRAME), min(height, screen.height() - _FRAME))
