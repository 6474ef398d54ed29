"""The commands that write workbooks and take them in."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.cli.terminal import (
    FAULTS,
    SOUND,
    anywhere_option,
    backups_of,
    brief,
    complain,
    file_argument,
    opened,
    reason_option,
    say,
)
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from oscb_desktop.services.chasing_answers import AnswersRehearsed
    from oscb_desktop.services.transfer import ImportOutcome


def _template(options: argparse.Namespace) -> int:
    from oscb_desktop.services.transfer import write_blank_workbook, write_sample_workbook

    if options.sample:
        write_sample_workbook(options.out)
        say(f"{options.out} shows how the sample year is filled in.")
    else:
        write_blank_workbook(options.out)
        say(f"{options.out} is ready to be filled in.")
    return SOUND


def _import(options: argparse.Namespace) -> int:
    from oscb_desktop.services.transfer import import_workbook

    with opened(options) as store:
        outcome = import_workbook(
            store, options.workbook, rehearse=options.rehearse, backups=backups_of(options)
        )
    _tell_import(outcome, rehearse=options.rehearse)
    return FAULTS if outcome.faults else SOUND


def _tell_import(outcome: ImportOutcome, *, rehearse: bool) -> None:
    for fault in outcome.faults:
        say(fault.words())
    for added in outcome.added:
        say(f"{'Would add' if rehearse else 'Added'}: {added.title}")
    for amended in outcome.amended:
        changes = "; ".join(
            f"{change.label}: {brief(change.before)} -> {brief(change.after)}"
            for change in amended.changes
        )
        say(f"{'Would change' if rehearse else 'Changed'}: {amended.title}: {changes}")
    if outcome.faults:
        complain(f"Faults: {len(outcome.faults)}. Nothing was written.")
    elif outcome.nothing_to_do:
        say("Nothing to do: the file holds all of it already.")


def _sheets(options: argparse.Namespace) -> int:
    from oscb_desktop.services.chasing import agencies_to_ask, make_sheets
    from oscb_desktop.services.releases import UnexplainedError

    with opened(options) as store:
        agencies = agencies_to_ask(store, options.days, options.agency)
        try:
            made = make_sheets(store, options.to, agencies, options.days, reason=options.reason)
        except UnexplainedError as unexplained:
            raise UserError(
                f"No sheet is written: a child may be known by it. {unexplained.paper.found} If it "
                "is to leave in spite of that, say why with --reason."
            ) from unexplained
    for sheet in made:
        say(f"{sheet.path}: for {', '.join(sheet.letter.to) or 'no known address'}")
    say("Each has its e-mail beside it, as text.")
    return SOUND


def _read_back(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_words import counted
    from oscb_desktop.services.chasing_answers import rehearse_answers

    with opened(options) as store:
        found = rehearse_answers(store, options.workbooks)
        if found.returned and not options.rehearse:
            store.write(found.applying(found.without_conflicts()))
    say("\n".join(_answer_lines(found, applied=not options.rehearse)))
    if found.faults:
        complain(f"{counted(len(found.faults), 'thing')} could not be taken.")
    return FAULTS if found.faults else SOUND


def _answer_lines(found: AnswersRehearsed, *, applied: bool) -> Iterator[str]:
    yield from (fault.words() for fault in found.faults)
    yield from found.remarks
    for change in found.changes:
        did = "Left, a conflict" if change.conflict else "Taken" if applied else "Would take"
        did = "Conflict" if change.conflict and not applied else did
        before, after = brief(change.now), brief(change.says)
        yield f"{did}: {change.agency}, {change.action}, {change.what}: {before} -> {after}"
    if not found.changes:
        yield "Nothing new."


def fill_template(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: template."""
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--sample", action="store_true", help="filled with the sample year")
    parser.set_defaults(carry_out=_template)


def fill_import(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: import."""
    file_argument(parser)
    parser.add_argument("workbook", type=Path, metavar="IN.xlsx")
    parser.add_argument("--rehearse", action="store_true", help="only say what it would do")
    anywhere_option(parser)
    parser.set_defaults(carry_out=_import)


def fill_sheets(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: sheets."""
    file_argument(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument(
        "--days", type=_days, default=14, metavar="N", help="late or due in so many days; 14"
    )
    parser.add_argument("--agency", metavar="NAME", help="only for this agency")
    reason_option(parser)
    anywhere_option(parser)
    parser.set_defaults(carry_out=_sheets)


def _days(typed: str) -> int:
    if typed.isdecimal() and len(typed) <= 4:
        return int(typed)
    raise argparse.ArgumentTypeError("type a number of days, such as 14")


def fill_read_back(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: read-back."""
    file_argument(parser)
    parser.add_argument("workbooks", type=Path, nargs="+", metavar="SHEET.xlsx")
    parser.add_argument(
        "--rehearse", action="store_true", help="only say what would be taken; take nothing"
    )
    anywhere_option(parser)
    parser.set_defaults(carry_out=_read_back)
