"""The one warning before a paper becomes a file of its own, read once on each computer."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from oscb_desktop import settings
from oscb_desktop.ui.context import Context

_WARNING = (
    "What is saved leaves the encrypted file: whoever comes by it can read it, and no disposal "
    "reaches it. Save it only where it is meant to be, and delete it when it is not needed any "
    "more. Printing from here leaves no file. This is said once on this computer."
)


def may_save(context: Context, parent: QWidget) -> bool:
    """Return whether to go on to saving a paper; asks where nobody was told here before."""
    if settings.load(context.paths.settings).told_of_saving:
        return True
    agreed = context.messages.ask(parent, _WARNING, "Save it all the same")
    if agreed:
        settings.change(context.paths.settings, settings.told_of_saving)
    return agreed
