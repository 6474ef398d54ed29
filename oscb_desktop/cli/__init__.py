"""The commands: the same jobs as the window's, on a terminal or in a script, with no display.

Each command imports what it needs when it runs: a due date is counted without opening anything.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from oscb_desktop import __version__, logs
from oscb_desktop.cli.files import (
    fill_backup,
    fill_check,
    fill_new,
    fill_passphrase,
    fill_prove,
    fill_restore,
    fill_salvage,
)
from oscb_desktop.cli.papers import fill_log, fill_print, fill_recovery_sheet
from oscb_desktop.cli.spreadsheets import fill_import, fill_read_back, fill_sheets, fill_template
from oscb_desktop.cli.standing import fill_clock, fill_due, fill_figures, fill_owed, fill_retention
from oscb_desktop.cli.terminal import (
    EPILOG,
    FAULTS,
    INTERRUPTED,
    REFUSED,
    SOUND,
    Fill,
    complain,
    data_option,
    paths_of,
)
from oscb_desktop.errors import UserError

__all__ = [
    "FAULTS",
    "INTERRUPTED",
    "REFUSED",
    "SOUND",
    "is_command",
    "lacks_display",
    "refuse_window",
    "run",
    "window_options",
]


def run(words: Sequence[str]) -> int:
    """Carry out one command and return its exit code; a refusal is a sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # no terminal's alphabet stops a command
    try:
        options = _command_parser().parse_args(_with_minus(words))
    except SystemExit as end:  # argparse has said what is wrong, or has shown the help
        return int(end.code or 0)
    return _carried_out(options)


def _carried_out(options: argparse.Namespace) -> int:
    try:
        code: int = options.carry_out(options)
        return code
    except UserError as refused:
        complain(refused.sentence)
        return REFUSED
    except KeyboardInterrupt:
        complain("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has read enough
        sys.stdout = None  # nothing is left to flush into it
        return SOUND
    except Exception:  # its own words may quote a record, so they are not shown
        folder = paths_of(options).logs
        log = logs.start(folder)
        logs.LOGGER.exception("a command failed")
        logs.stop(log)
        complain(f"This failed because of a fault in the program. The log in {folder} says where.")
        return FAULTS


def is_command(words: Sequence[str]) -> bool:
    """Say whether the first word that is no option names a command; otherwise it is a file."""
    rest = iter(words)
    for word in rest:
        if word == "--data":
            next(rest, None)
        elif not word.startswith("-"):
            return word in _COMMANDS
    return False


def window_options(words: Sequence[str]) -> argparse.Namespace:
    """Return ``file``, ``sample`` and ``data`` of a call for the window.

    Raises ``SystemExit`` after showing the help or the version, or what is wrong with the words.
    """
    listed = "\n".join(f"  {name:<15}{entry[0]}" for name, entry in _COMMANDS.items())
    parser = argparse.ArgumentParser(
        "oscb-desktop",
        description="Records, statutory clocks and papers of a practice review subgroup.",
        epilog=f"commands (oscb-desktop COMMAND --help tells more):\n{listed}\n\n{EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[data_option()],
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help="the file to open")
    parser.add_argument("--sample", action="store_true", help="open a copy of the sample year")
    parser.add_argument("--version", action="version", version=f"OSCB Desktop {__version__}")
    parser.set_defaults(data=None)
    return parser.parse_args(words)


def lacks_display() -> bool:
    """Say whether this computer has no screen that a window could be shown on."""
    if sys.platform != "linux":
        return False
    return not any(os.environ.get(name) for name in _SCREENS)


_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def refuse_window() -> int:
    """Say that there is no display, and what can be done without one."""
    complain(
        "There is no display, so the window cannot be shown. These commands need none: "
        f"{', '.join(_COMMANDS)}; oscb-desktop --help tells more."
    )
    return REFUSED


_COMMANDS: dict[str, tuple[str, Fill]] = {
    "new": ("make an encrypted file", fill_new),
    "template": ("write the workbook to fill in", fill_template),
    "import": ("bring a filled workbook into a file, all of it or none", fill_import),
    "figures": ("every figure of a year as JSON", fill_figures),
    "print": ("a paper as PDF, such as a learning summary or the action log", fill_print),
    "clock": ("each statutory clock of a review, with its working", fill_clock),
    "due": ("a date so many working days, days or months on, or back", fill_due),
    "log": ("the change log as text, whole or of some days or one record", fill_log),
    "retention": ("what the retention schedule says is due for disposal", fill_retention),
    "owed": ("what agencies were asked for and still owe, and how late it is", fill_owed),
    "agency-sheets": ("a workbook an agency, to ask how its actions stand", fill_sheets),
    "read-back": ("take what came back in such workbooks, all but conflicts", fill_read_back),
    "check": ("whether a file is sound", fill_check),
    "backup": ("a checked copy of a file, named by its moment", fill_backup),
    "prove": ("whether the newest backup opens, is whole and holds what it should", fill_prove),
    "salvage": ("all that can be read of a damaged file, as a new one", fill_salvage),
    "restore": ("a backup as a new file, told apart from the file first", fill_restore),
    "passphrase": ("change the passphrase of a file", fill_passphrase),
    "recovery-sheet": ("a sheet that opens the file without its passphrase", fill_recovery_sheet),
}


def _command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("oscb-desktop", epilog=EPILOG, parents=[data_option()])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (about, fill) in _COMMANDS.items():
        fill(
            commands.add_parser(
                name, help=about, description=about, epilog=EPILOG, parents=[data_option()]
            )
        )
    return parser


def _with_minus(words: Sequence[str]) -> list[str]:
    """Write the minus of a span so that it is not taken for the mark of an option."""
    return [re.sub(r"^-(?=\d)", "−", word) for word in words]
