"""A paper becomes a file of its own: what that means is said once on each computer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from oscb_desktop import settings
from oscb_desktop.services.paper_check import check
from oscb_desktop.services.releases import MadePaper, release_to_file
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.reason_dialog import ask_reason

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


def save_paper(context: Context, parent: QWidget, made: MadePaper, path: Path) -> bool:
    """Check a paper that is not on screen, ask for a reason where one is wanted, and save it.

    Raises ``UserError`` where it cannot be checked, noted or written.
    """
    store = context.operations.store
    found = check(store, made)
    made = replace(made, findings=len(found.findings))
    reason = ask_reason(parent, made, found.summary, "Save it all the same", store.by)
    if reason is None:
        return False
    release_to_file(context.operations.write, replace(made, reason=reason), path)
    return True
