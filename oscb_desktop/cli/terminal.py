"""What every command needs: its file opened, a passphrase asked for, words said."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths

if TYPE_CHECKING:
    from oscb_desktop.services.store import Store


SOUND, FAULTS, REFUSED, INTERRUPTED = 0, 1, 2, 130
PASSPHRASE, NEW_PASSPHRASE = "OSCB_PASSPHRASE", "OSCB_NEW_PASSPHRASE"
_LONGEST_SHOWN = 60
EPILOG = f"""\
The passphrase, or the recovery key of a sheet in its place, is asked for or taken from the
environment variable {PASSPHRASE}; a passphrase to change to from {NEW_PASSPHRASE}.
Exit codes: 0 done or sound, 1 faults found, 2 refused."""
Fill = Callable[[argparse.ArgumentParser], None]


def data_option() -> argparse.ArgumentParser:
    """Return the option that may stand before or after a command."""
    parser = argparse.ArgumentParser(add_help=False)
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=argparse.SUPPRESS,
        help="keep settings, logs and backups there",
    )
    return parser


def file_argument(parser: argparse.ArgumentParser) -> None:
    """Give a command the file that it is about."""
    parser.add_argument("file", type=Path, metavar="FILE")


def anywhere_option(parser: argparse.ArgumentParser, *, writes: bool = True) -> None:
    """Give a command that writes to its file the option to insist on where that lies.

    One that ``writes`` is refused as soon as it opens its file; a paper is noted in the history.
    """
    parser.add_argument(
        "--anywhere", action="store_true", help="though the file should not be in use where it lies"
    )
    parser.set_defaults(writes=writes)


def reason_option(parser: argparse.ArgumentParser) -> None:
    """Add why papers leave in spite of what their check found."""
    parser.add_argument(
        "--reason",
        default="",
        metavar="TEXT",
        help="why it leaves in spite of what its check found; kept with it",
    )


def review_argument(parser: argparse.ArgumentParser) -> None:
    """Give a command the review that it is about."""
    parser.add_argument("review", metavar="REVIEW", help="its reference, such as LR-2021-01")


@contextmanager
def opened(options: argparse.Namespace, passphrase: str = "") -> Iterator[Store]:
    """Open the file of a command, its passphrase asked for, and close it again."""
    from oscb_desktop.services.attempts import Attempts
    from oscb_desktop.services.files import open_store

    if getattr(options, "writes", False):
        refuse_risky_place(options)
    paths, typed = paths_of(options), passphrase or passphrase_for("Passphrase: ")
    store = Attempts(paths.settings, datetime.now).at(
        options.file,
        lambda: open_store(options.file, typed, paths.backups, who(), datetime.now),
    )
    try:
        yield store
    finally:
        store.close()


def refuse_risky_place(options: argparse.Namespace) -> None:
    """Refuse to write to a file where it should not be in use, unless that is insisted on."""
    from oscb_desktop.services.file_place import RiskyPlaceError, refuse_risk

    if options.anywhere:
        return
    try:
        refuse_risk(options.file, paths_of(options).settings)
    except RiskyPlaceError as refused:
        raise UserError(f"{refused.sentence} To go on all the same, add --anywhere.") from None


def paths_of(options: argparse.Namespace) -> AppPaths:
    """Return where settings, logs and backups lie."""
    data = getattr(options, "data", None)
    return AppPaths.under(data) if data else AppPaths.for_this_person()


def backups_of(options: argparse.Namespace) -> Path:
    """Return the folder of the backups."""
    from oscb_desktop.services.backup_place import place_of

    return place_of(paths_of(options)).folder


def passphrase_for(prompt: str, variable: str = PASSPHRASE) -> str:
    """Return what is typed, or what the environment gives."""
    given = os.environ.get(variable)
    if given:
        return given
    if not sys.stdin.isatty():
        raise UserError(
            f"A passphrase is needed: run this in a terminal, or set {variable} for it."
        )
    try:
        return getpass.getpass(prompt)
    except EOFError:
        raise UserError("No passphrase was given.") from None


def new_passphrase(prompt: str, variable: str, check: Callable[[str], None]) -> str:
    """Ask twice, as nobody sees what is typed; what the environment gives was typed in sight."""
    chosen = passphrase_for(prompt, variable)
    check(chosen)
    if passphrase_for("The same again: ", variable) != chosen:
        raise UserError("The two passphrases differ. Nothing was done.")
    return chosen


def who() -> str:
    """Return the name that the system knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def brief(words: str) -> str:
    """Return the words in one short line."""
    line = " ".join(words.split()) or "nothing"
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


def say(words: str) -> None:
    """Print words."""
    print(words)


def complain(sentence: str) -> None:
    """Print a sentence as an error."""
    print(sentence, file=sys.stderr)
