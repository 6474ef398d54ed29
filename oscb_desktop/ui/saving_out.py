"""A paper or a letter leaves: checked and noted each time; what a file means is said once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QWidget

from oscb_desktop import settings
from oscb_desktop.errors import UserError
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.releases import (
    MadePaper,
    UnexplainedError,
    kept_again,
    release,
    release_to_file,
)
from oscb_desktop.ui import clipboard
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


def explained(
    context: Context, parent: QWidget, made: MadePaper, verb: str = "Save it all the same"
) -> MadePaper | None:
    """Return a paper that may leave: checked, with a reason where one is wanted; None to stay.

    Raises ``UserError`` where it cannot be checked.
    """
    store = context.operations.store
    made = checked(store, made)
    reason = ask_reason(parent, made, made.found, verb, store.by)
    return None if reason is None else replace(made, reason=reason)


def save_paper(context: Context, parent: QWidget, made: MadePaper, path: Path) -> bool:
    """Check a paper that is not on screen, ask for a reason where one is wanted, and save it.

    Raises ``UserError`` where it cannot be checked, noted or written.
    """
    leaving = explained(context, parent, made)
    if leaving is None:
        return False
    release_to_file(context.operations.write, leaving, path)
    return True


def save_kept(context: Context, parent: QWidget, release_id: int, path: Path) -> None:
    """Save a paper that left before once more: checked on the worker, explained and noted."""
    store = context.operations.store

    def save(made: MadePaper) -> None:
        try:
            if save_paper(context, parent, made, path):
                context.messages.tell(
                    parent, f"The copy is {path}. There it is not protected by this file."
                )
        except UserError as refused:
            context.messages.tell(parent, refused.sentence)

    def failed(problem: BaseException) -> None:
        if not isinstance(problem, UserError):
            raise problem
        context.messages.tell(parent, problem.sentence)

    context.tasks.run(
        "Checking the paper", lambda: checked(store, kept_again(store, release_id)), save, failed
    )


def ask_again(
    context: Context, parent: QWidget, problem: BaseException, again: Callable[[str], object]
) -> bool:
    """Ask for the reason that papers want, and try again with it; False for another problem."""
    if not isinstance(problem, UnexplainedError):
        return False
    made, by = problem.paper, context.operations.store.by
    reason = ask_reason(parent, made, made.found, "Write it all the same", by)
    if reason is not None:
        again(reason)
    return True


def let_words_out(
    context: Context, parent: QWidget, words: MadePaper, verb: str = "Copy it all the same"
) -> bool:
    """Check and note words that leave as an e-mail or a letter, and say whether they may.

    A sentence tells why where they may not and nobody stopped them.
    """
    try:
        leaving = explained(context, parent, words, verb)
        if leaving is not None:
            release(context.operations.write, leaving)
    except UserError as refused:
        context.messages.tell(parent, refused.sentence)
        return False
    return leaving is not None


def copy_words(context: Context, parent: QWidget, words: MadePaper) -> bool:
    """Copy a letter once it is checked and noted; return whether it was copied."""
    if not let_words_out(context, parent, words):
        return False
    clipboard.put(words.data.decode())
    return True
