"""The commands: the same jobs as the window's, on a terminal or in a script, with no display.

Each command imports what it needs when it runs: a due date is counted without opening anything.
"""

from __future__ import annotations

import argparse
import getpass
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oscb_desktop import __version__, logs
from oscb_desktop.errors import UserError
from oscb_desktop.paths import AppPaths

if TYPE_CHECKING:
    from oscb_desktop.database.key import FileKey
    from oscb_desktop.domain.statutory_clock import Clock
    from oscb_desktop.queries.retention import DueList
    from oscb_desktop.services.chasing_answers import AnswersRehearsed
    from oscb_desktop.services.log_export import LogWanted
    from oscb_desktop.services.releases import Copy
    from oscb_desktop.services.restore import Inside
    from oscb_desktop.services.store import Store
    from oscb_desktop.services.transfer import ImportOutcome

SOUND, FAULTS, REFUSED, INTERRUPTED = 0, 1, 2, 130
_PASSPHRASE, _NEW_PASSPHRASE = "OSCB_PASSPHRASE", "OSCB_NEW_PASSPHRASE"
_LONGEST_SHOWN = 60
_EPILOG = f"""\
The passphrase, or the recovery key of a sheet in its place, is asked for or taken from the
environment variable {_PASSPHRASE}; a passphrase to change to from {_NEW_PASSPHRASE}.
Exit codes: 0 done or sound, 1 faults found, 2 refused."""


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
        _complain(refused.sentence)
        return REFUSED
    except KeyboardInterrupt:
        _complain("Stopped.")
        return INTERRUPTED
    except BrokenPipeError:  # whoever read the output has read enough
        sys.stdout = None  # nothing is left to flush into it
        return SOUND
    except Exception:  # its own words may quote a record, so they are not shown
        folder = _paths(options).logs
        log = logs.start(folder)
        logs.LOGGER.exception("a command failed")
        logs.stop(log)
        _complain(f"This failed because of a fault in the program. The log in {folder} says where.")
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
        epilog=f"commands (oscb-desktop COMMAND --help tells more):\n{listed}\n\n{_EPILOG}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        parents=[_data_option()],
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
    _complain(
        "There is no display, so the window cannot be shown. These commands need none: "
        f"{', '.join(_COMMANDS)}; oscb-desktop --help tells more."
    )
    return REFUSED


def _new(options: argparse.Namespace) -> int:
    from oscb_desktop.services.files import check_new_passphrase, create_store
    from oscb_desktop.services.sample import create_sample_store

    _refuse_risk(options)
    passphrase = _new_passphrase("Passphrase for the new file: ", _PASSPHRASE, check_new_passphrase)
    make = create_sample_store if options.sample else create_store
    make(options.file, passphrase, _who(), datetime.now).close()
    _say(
        f"{options.file} is made. Keep the passphrase safe: without it only a recovery sheet opens "
        "the file, and the command recovery-sheet makes one."
    )
    return SOUND


def _template(options: argparse.Namespace) -> int:
    from oscb_desktop.services.transfer import write_blank_workbook, write_sample_workbook

    if options.sample:
        write_sample_workbook(options.out)
        _say(f"{options.out} shows how the sample year is filled in.")
    else:
        write_blank_workbook(options.out)
        _say(f"{options.out} is ready to be filled in.")
    return SOUND


def _import(options: argparse.Namespace) -> int:
    from oscb_desktop.services.transfer import import_workbook

    with _opened(options) as store:
        outcome = import_workbook(
            store, options.workbook, rehearse=options.rehearse, backups=_backups(options)
        )
    _tell_import(outcome, rehearse=options.rehearse)
    return FAULTS if outcome.faults else SOUND


def _tell_import(outcome: ImportOutcome, *, rehearse: bool) -> None:
    for fault in outcome.faults:
        _say(fault.words())
    for added in outcome.added:
        _say(f"{'Would add' if rehearse else 'Added'}: {added.title}")
    for amended in outcome.amended:
        changes = "; ".join(
            f"{change.label}: {_brief(change.before)} -> {_brief(change.after)}"
            for change in amended.changes
        )
        _say(f"{'Would change' if rehearse else 'Changed'}: {amended.title}: {changes}")
    if outcome.faults:
        _complain(f"Faults: {len(outcome.faults)}. Nothing was written.")
    elif outcome.nothing_to_do:
        _say("Nothing to do: the file holds all of it already.")


def _figures(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.reporting_years import ReportingYear
    from oscb_desktop.queries.figures import figures
    from oscb_desktop.queries.organisation import organisation

    with _opened(options) as store:
        month = store.read(organisation).year_start_month
        year = ReportingYear.parse(options.year, month)
        counted = store.read(figures, year, store.today())
    rows = [
        {"name": entry.name, "value": _number(entry.value), "records": list(entry.records)}
        for entry in counted
    ]
    _say(json.dumps(rows, indent=1))
    for warning in dict.fromkeys(warning for entry in counted for warning in entry.warnings):
        _complain(warning)
    return SOUND


def _number(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _number(part) for name, part in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _print_summary(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_learning_summary

    copy = _copy(options)
    return _print(
        options, lambda store, to: print_learning_summary(store, options.review, to, copy=copy)
    )


def _print_record(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_review_record

    copy = _copy(options)
    return _print(
        options, lambda store, to: print_review_record(store, options.review, to, copy=copy)
    )


def _print_log(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_action_log

    copy = _copy(options)
    return _print(
        options,
        lambda store, to: print_action_log(
            store, options.agency, to, copy=copy, review=options.review, theme=options.theme
        ),
    )


def _print_action(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_action_record

    copy = _copy(options)
    return _print(
        options, lambda store, to: print_action_record(store, options.action, to, copy=copy)
    )


def _print_escalation(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_escalation_report

    copy = _copy(options)
    return _print(options, lambda store, to: print_escalation_report(store, to, copy=copy))


def _print_since(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_typing import parse_date
    from oscb_desktop.services.printing import print_since_meeting

    copy = _copy(options)

    def made(store: Store, to: Path) -> bytes:
        day = parse_date(options.date, store.today()) if options.date else None
        return print_since_meeting(store, day, to, copy=copy)

    return _print(options, made)


def _print_composite(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_composite_plan

    copy = _copy(options)
    return _print(options, lambda store, to: print_composite_plan(store, to, copy=copy))


def _print_chair(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_chair_sheet

    copy = _copy(options)
    return _print(options, lambda store, to: print_chair_sheet(store, to, copy=copy))


def _print_agenda(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_agenda

    copy = _copy(options)
    return _print(options, lambda store, to: print_agenda(store, options.meeting, to, copy=copy))


def _print_note(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_meeting_note

    copy = _copy(options)
    return _print(
        options, lambda store, to: print_meeting_note(store, options.meeting, to, copy=copy)
    )


def _print_letter(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_decision_letter

    copy = _copy(options)
    return _print(
        options, lambda store, to: print_decision_letter(store, options.review, to, copy=copy)
    )


def _print_request(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_request_letter

    of, copy = (options.review, options.agency, options.purpose), _copy(options)
    return _print(options, lambda store, to: print_request_letter(store, *of, to, copy=copy))


def _print_terms(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_terms

    copy = _copy(options)
    return _print(options, lambda store, to: print_terms(store, options.review, to, copy=copy))


def _print_notification(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_notification_sheet

    copy = _copy(options)
    return _print(
        options, lambda store, to: print_notification_sheet(store, options.incident, to, copy)
    )


def _copy(options: argparse.Namespace) -> Copy:
    from oscb_desktop.services.releases import Copy

    return Copy(options.recipient, options.copy)


def _print(options: argparse.Namespace, job: Callable[[Store, Path], bytes]) -> int:
    with _opened(options) as store:
        job(store, options.to)
    _say(f"{options.to} is written.")
    return SOUND


def _recovery_sheet(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_recovery_sheet

    code = _print(options, print_recovery_sheet)
    _say(
        f"Print it, lock the paper away, and delete {options.to.name}: whoever has it can open "
        f"{options.file.name}."
    )
    return code


def _change_passphrase(options: argparse.Namespace) -> int:
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.backups import back_up
    from oscb_desktop.services.files import check_new_passphrase
    from oscb_desktop.services.keys import change_passphrase

    old = _passphrase("Passphrase or recovery key: ")
    with _opened(options, old) as store:
        new = _new_passphrase("New passphrase: ", _NEW_PASSPHRASE, check_new_passphrase)
        _say(change_passphrase(store, old, new))
        row = back_up(store, place_of(_paths(options)), store.now())
        _say(f"{row.path} is made under the new passphrase.")
    return SOUND


def _log(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_words import counted
    from oscb_desktop.services.log_export import find_record, save_log, tell_log

    if options.identities is not None:  # that look is written down
        _refuse_risk(options)
    with _opened(options) as store:
        wanted = _log_wanted(options, store.today())
        if options.record:
            wanted = replace(wanted, record=find_record(store, options.record))
        if options.to is None:
            tell_log(store, wanted, sys.stdout.write)
            return SOUND
        told = save_log(store, wanted, options.to)
    _say(f"{options.to} is written: {counted(told, 'step')}.")
    return SOUND


def _log_wanted(options: argparse.Namespace, today: date) -> LogWanted:
    from oscb_desktop.domain.date_typing import parse_date
    from oscb_desktop.services.log_export import LogWanted

    since, until = (
        parse_date(day, today) if day else None for day in (options.since, options.until)
    )
    if options.identities is not None and not options.identities.strip():
        raise UserError("Say after --identities why they are needed; the reason is kept.")
    return LogWanted(since, until, reason=options.identities or "")


def _clock(options: argparse.Namespace) -> int:
    from oscb_desktop.queries.clocks import clocks_of_review
    from oscb_desktop.services.printing import find_review

    with _opened(options) as store:
        review = find_review(store, options.review)
        found = store.read(clocks_of_review, review, store.today())
    assert found is not None
    _say(f"{found.reference} {found.known_as}")
    if not found.clocks:
        _say("No clock has started: none of the days that they count from is recorded.")
    for clock in found.clocks:
        _say("\n".join(_clock_lines(clock)))
    return SOUND


def _clock_lines(clock: Clock) -> Iterator[str]:
    from oscb_desktop.domain.date_words import weekday_date
    from oscb_desktop.domain.statutory_clock import words_left

    due = f"due {weekday_date(clock.due_on)}; " if clock.due_on else ""
    yield f"\n{clock.label}: {due}{words_left(clock)}"
    yield f"  {clock.rule} ({clock.rule_set})"
    yield f"  Counted from {weekday_date(clock.counts_from_on)}, {clock.counts_from_label}"
    if clock.note:
        yield f"  {clock.note}"
    yield from (f"  {step.words()}" for step in clock.working)


def _due(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_typing import due, parse_date, parse_span
    from oscb_desktop.domain.working_days import load_calendar

    today = datetime.now().date()  # noqa: DTZ005 - the wall clock of a laptop
    start = parse_date(options.day, today)
    end, working = due(start, parse_span(options.span), load_calendar())
    _say("\n".join((*working, end.isoformat())))
    return SOUND


def _retention(options: argparse.Namespace) -> int:
    from oscb_desktop.queries.retention import due_for_disposal

    with _opened(options) as store:
        listed = store.read(due_for_disposal, store.today())
    _say("\n".join(_retention_lines(listed)))
    return FAULTS if listed.due else SOUND


def _retention_lines(listed: DueList) -> Iterator[str]:
    """Yield what is due by reference alone: a terminal keeps what it showed."""
    from oscb_desktop.queries.retention import kinds_in_words

    for case in listed.due:
        held = f" Under a legal hold ({', '.join(case.holds)})." if case.holds else ""
        yield f"{case.reference}: kept until {case.until}; {case.why}; {case.rule.action}.{held}"
        yield f"  {kinds_in_words(case.goes)}"
    if not listed.due:
        yield "Nothing is due."
    waiting = f"{listed.waiting:,} waiting, {listed.kept:,} kept for good, "
    yield f"{waiting}{len(listed.undated):,} without a day to count from."


def _sheets(options: argparse.Namespace) -> int:
    from oscb_desktop.services.chasing import agencies_to_ask, make_sheets

    with _opened(options) as store:
        agencies = agencies_to_ask(store, options.days, options.agency)
        made = make_sheets(store, options.to, agencies, options.days)
    for sheet in made:
        _say(f"{sheet.path}: for {', '.join(sheet.letter.to) or 'no known address'}")
    _say("Each has its e-mail beside it, as text.")
    return SOUND


def _owed(options: argparse.Namespace) -> int:
    from oscb_desktop.queries.requests import owed

    with _opened(options) as store:
        rows = store.read(owed, store.today())
    for row in rows:
        contact = f", {row.contact}" if row.contact else ""
        reminded = f", reminded {row.reminded}" if row.reminded else ""
        _say(f"{row.agency}{contact}: {row.purpose_words}, {row.review}, {row.words}{reminded}")
    late = sum(row.is_late for row in rows)
    _say(f"{len(rows):,} owed, {late:,} late." if rows else "Nothing is owed.")
    return FAULTS if late else SOUND


def _read_back(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_words import counted
    from oscb_desktop.services.chasing_answers import rehearse_answers

    with _opened(options) as store:
        found = rehearse_answers(store, options.workbooks)
        if found.returned and not options.rehearse:
            store.write(found.applying(found.without_conflicts()))
    _say("\n".join(_answer_lines(found, applied=not options.rehearse)))
    if found.faults:
        _complain(f"{counted(len(found.faults), 'thing')} could not be taken.")
    return FAULTS if found.faults else SOUND


def _answer_lines(found: AnswersRehearsed, *, applied: bool) -> Iterator[str]:
    yield from (fault.words() for fault in found.faults)
    yield from found.remarks
    for change in found.changes:
        did = "Left, a conflict" if change.conflict else "Taken" if applied else "Would take"
        did = "Conflict" if change.conflict and not applied else did
        before, after = _brief(change.now), _brief(change.says)
        yield f"{did}: {change.agency}, {change.action}, {change.what}: {before} -> {after}"
    if not found.changes:
        yield "Nothing new."


def _check(options: argparse.Namespace) -> int:
    from oscb_desktop.services.files import check_store

    with _opened(options) as store:
        faults = check_store(store)
    _say("\n".join(faults) or f"{options.file} is sound.")
    return FAULTS if faults else SOUND


def _backup(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_words import counted
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.backups import back_up

    with _opened(options) as store:
        row = back_up(store, place_of(_paths(options), options.to), store.now())
    held = ((row.reviews, "review"), (row.actions, "action"), (row.last.number, "change"))
    _say(f"{row.path} is made: {', '.join(counted(*each) for each in held)}.")
    return SOUND


def _prove(options: argparse.Namespace) -> int:
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.proof import prove

    with _opened(options) as store:
        proof = prove(store, place_of(_paths(options), options.place), store.now())
    _say(proof.words())
    return SOUND if proof.is_proven else FAULTS


def _restore(options: argparse.Namespace) -> int:
    from oscb_desktop.services.attempts import Attempts
    from oscb_desktop.services.restore import key_of, restore

    passphrase = _passphrase("Passphrase: ")
    key = Attempts(_paths(options).settings, datetime.now).at(
        options.backup, lambda: key_of(options.backup, passphrase)
    )
    inside = _looked_into(options, passphrase)
    for line in inside.words():
        _say(line)
    restore(options.backup, key, options.to)
    _say(f"{options.to} is written. {options.file} is as it was.")
    return FAULTS if inside.faults else SOUND


def _salvage(options: argparse.Namespace) -> int:
    from oscb_desktop.services.salvage import salvage

    key, backup = _damaged(options)
    now = datetime.now()  # noqa: DTZ005 - the wall clock of a laptop
    found = salvage(options.file, key, options.to, _paths(options).scratch, _who(), now, backup)
    wide = max(len(table.label) for table in found.tables)
    _say(f"{'':<{wide}}  {'known':>9}  {'read':>9}  {'in new':>9}")
    for table in found.tables:
        _say(f"{table.label:<{wide}}  {table.known:>9,}  {table.read:>9,}  {table.kept:>9,}")
    _say("\n".join(found.words()))
    _say(f"{options.to} is written. {options.file} is as it was.")
    return FAULTS if found.lost or found.faults else SOUND


def _damaged(options: argparse.Namespace) -> tuple[FileKey, Path | None]:
    """Return the key of a file that may be damaged, and a backup of it if there is one."""
    from oscb_desktop.services.attempts import Attempts
    from oscb_desktop.services.backup_place import place_of
    from oscb_desktop.services.backups import backups_of
    from oscb_desktop.services.damage import key_of_damaged

    paths, typed = _paths(options), _passphrase("Passphrase: ")
    place = place_of(paths)
    key = Attempts(paths.settings, datetime.now).at(
        options.file, lambda: key_of_damaged(options.file, typed, place.folder)
    )
    rows = [row for row in backups_of(place, options.file, key) if not row.unreadable]
    return key, rows[0].path if rows else None


def _looked_into(options: argparse.Namespace, passphrase: str) -> Inside:
    """Return what the backup holds, beside what the file holds if that can be opened."""
    from oscb_desktop.services.restore import key_of, look_inside, looked_at

    scratch = _paths(options).scratch
    now = datetime.now()  # noqa: DTZ005 - the wall clock of a laptop
    key = key_of(options.backup, passphrase)
    try:
        own = key_of(options.file, passphrase)
        with looked_at(options.file, own, scratch, now) as live:
            return look_inside(options.backup, key, scratch, live, now)
    except UserError as refused:
        inside = look_inside(options.backup, key, scratch, None, now)
        _complain(f"It was not compared with {options.file.name}. {refused.sentence}")
        return inside


Fill = Callable[[argparse.ArgumentParser], None]


def _fill_new(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--sample", action="store_true", help="start with the sample year")
    _anywhere(parser)
    parser.set_defaults(carry_out=_new)


def _fill_template(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("out", type=Path, metavar="OUT.xlsx")
    parser.add_argument("--sample", action="store_true", help="filled with the sample year")
    parser.set_defaults(carry_out=_template)


def _fill_import(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("workbook", type=Path, metavar="IN.xlsx")
    parser.add_argument("--rehearse", action="store_true", help="only say what it would do")
    _anywhere(parser)
    parser.set_defaults(carry_out=_import)


def _fill_figures(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--year", required=True, help="such as 2021-22")
    parser.set_defaults(carry_out=_figures)


def _fill_print(parser: argparse.ArgumentParser) -> None:
    papers = parser.add_subparsers(required=True, metavar="PAPER")
    for name, carry_out in _PAPERS.items():
        paper = papers.add_parser(name, parents=[_data_option()])
        _file(paper)
        if name == "action-log":
            paper.add_argument("--agency", metavar="NAME", help="only what this agency does")
            paper.add_argument("--review", metavar="REVIEW", help="only the actions of this review")
            paper.add_argument("--theme", metavar="NAME", help="only what serves this theme")
        elif name == "action-record":
            paper.add_argument("action", metavar="ACTION", help="its reference: A-2021-04")
        elif name == "request":
            paper.add_argument("--review", required=True, metavar="REVIEW", help="its reference")
            paper.add_argument("--agency", required=True, metavar="NAME", help="that was asked")
            paper.add_argument(
                "--purpose", default="", metavar="WHAT", help="where it was asked for several"
            )
        elif name == "since":
            paper.add_argument("--date", metavar="DAY", help="instead of the last meeting's")
        elif name == "notification-sheet":
            paper.add_argument("incident", metavar="INCIDENT", help="its reference: IN-2021-05")
        elif name in ("agenda", "meeting-note"):
            paper.add_argument("meeting", metavar="MEETING", help="its reference: M-2022-01")
        elif name not in ("composite-plan", "chair-sheet", "escalation"):
            _review(paper)
        paper.add_argument("--to", type=Path, required=True, metavar="OUT.pdf")
        paper.add_argument(
            "--for", dest="recipient", default="", metavar="NAME", help="noted in the history"
        )
        paper.add_argument(
            "--copy", default="", metavar="NUMBER", help="printed on it, and noted in the history"
        )
        _anywhere(paper)
        paper.set_defaults(carry_out=carry_out)


_PAPERS = {
    "learning-summary": _print_summary,
    "review-record": _print_record,
    "action-log": _print_log,
    "action-record": _print_action,
    "escalation": _print_escalation,
    "since": _print_since,
    "composite-plan": _print_composite,
    "chair-sheet": _print_chair,
    "agenda": _print_agenda,
    "meeting-note": _print_note,
    "decision-letter": _print_letter,
    "terms": _print_terms,
    "request": _print_request,
    "notification-sheet": _print_notification,
}


def _fill_recovery_sheet(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="OUT.pdf")
    _anywhere(parser)
    parser.set_defaults(carry_out=_recovery_sheet)


def _fill_passphrase(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    _anywhere(parser)
    parser.set_defaults(carry_out=_change_passphrase)


def _fill_log(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--since", metavar="DATE", help="the first day, such as 2022-03-01")
    parser.add_argument("--until", metavar="DATE", help="the last day")
    parser.add_argument("--record", metavar="REF", help="only what happened to this record")
    parser.add_argument(
        "--identities", metavar="REASON", help="spell out real identities; the reason is kept"
    )
    parser.add_argument("--to", type=Path, metavar="OUT.txt", help="instead of the terminal")
    _anywhere(parser)
    parser.set_defaults(carry_out=_log)


def _fill_clock(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    _review(parser)
    parser.set_defaults(carry_out=_clock)


def _fill_due(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("day", metavar="DATE", help="such as 2022-05-27 or 27/5/22")
    parser.add_argument("span", metavar="SPAN", help="15wd, 10d or 6m; a minus counts back")
    parser.set_defaults(carry_out=_due)


def _fill_retention(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.epilog = (
        "Only lists: records are removed in the window, on somebody's approval. "
        "Exit codes: 0 nothing due, 1 something due, 2 refused."
    )
    parser.set_defaults(carry_out=_retention)


def _fill_sheets(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="FOLDER")
    parser.add_argument(
        "--days", type=_days, default=14, metavar="N", help="late or due in so many days; 14"
    )
    parser.add_argument("--agency", metavar="NAME", help="only for this agency")
    _anywhere(parser)
    parser.set_defaults(carry_out=_sheets)


def _fill_owed(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.epilog = "Exit codes: 0 nothing late, 1 something late, 2 refused."
    parser.set_defaults(carry_out=_owed)


def _days(typed: str) -> int:
    if typed.isdecimal() and len(typed) <= 4:
        return int(typed)
    raise argparse.ArgumentTypeError("type a number of days, such as 14")


def _fill_read_back(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("workbooks", type=Path, nargs="+", metavar="SHEET.xlsx")
    parser.add_argument(
        "--rehearse", action="store_true", help="only say what would be taken; take nothing"
    )
    _anywhere(parser)
    parser.set_defaults(carry_out=_read_back)


def _fill_check(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.set_defaults(carry_out=_check)


def _fill_backup(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--to", type=Path, metavar="DIR", help="instead of the backup folder")
    parser.set_defaults(carry_out=_backup)


def _fill_prove(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument(
        "--from", dest="place", type=Path, metavar="DIR", help="instead of the backup folder"
    )
    parser.set_defaults(carry_out=_prove)


def _fill_restore(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("backup", type=Path, metavar="BACKUP")
    parser.add_argument("--to", type=Path, required=True, metavar="NEW", help="the new file")
    parser.set_defaults(carry_out=_restore)


_WRITING = (_import, _sheets, _read_back, _change_passphrase, _recovery_sheet, *_PAPERS.values())
"""What writes to the file that it opens: a paper is noted in the history."""


def _fill_salvage(parser: argparse.ArgumentParser) -> None:
    _file(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="NEW", help="the new file")
    parser.set_defaults(carry_out=_salvage)


_COMMANDS: dict[str, tuple[str, Fill]] = {
    "new": ("make an encrypted file", _fill_new),
    "template": ("write the workbook to fill in", _fill_template),
    "import": ("bring a filled workbook into a file, all of it or none", _fill_import),
    "figures": ("every figure of a year as JSON", _fill_figures),
    "print": ("a paper as PDF, such as a learning summary or the action log", _fill_print),
    "clock": ("each statutory clock of a review, with its working", _fill_clock),
    "due": ("a date so many working days, days or months on, or back", _fill_due),
    "log": ("the change log as text, whole or of some days or one record", _fill_log),
    "retention": ("what the retention schedule says is due for disposal", _fill_retention),
    "owed": ("what agencies were asked for and still owe, and how late it is", _fill_owed),
    "agency-sheets": ("a workbook an agency, to ask how its actions stand", _fill_sheets),
    "read-back": ("take what came back in such workbooks, all but conflicts", _fill_read_back),
    "check": ("whether a file is sound", _fill_check),
    "backup": ("a checked copy of a file, named by its moment", _fill_backup),
    "prove": ("whether the newest backup opens, is whole and holds what it should", _fill_prove),
    "salvage": ("all that can be read of a damaged file, as a new one", _fill_salvage),
    "restore": ("a backup as a new file, told apart from the file first", _fill_restore),
    "passphrase": ("change the passphrase of a file", _fill_passphrase),
    "recovery-sheet": ("a sheet that opens the file without its passphrase", _fill_recovery_sheet),
}


def _command_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("oscb-desktop", epilog=_EPILOG, parents=[_data_option()])
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, (about, fill) in _COMMANDS.items():
        fill(
            commands.add_parser(
                name, help=about, description=about, epilog=_EPILOG, parents=[_data_option()]
            )
        )
    return parser


def _data_option() -> argparse.ArgumentParser:
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


def _file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE")


def _anywhere(parser: argparse.ArgumentParser) -> None:
    """Give a command that writes to its file the option to insist on where that lies."""
    parser.add_argument(
        "--anywhere", action="store_true", help="though the file should not be in use where it lies"
    )


def _review(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("review", metavar="REVIEW", help="its reference, such as LR-2021-01")


def _with_minus(words: Sequence[str]) -> list[str]:
    """Write the minus of a span so that it is not taken for the mark of an option."""
    return [re.sub(r"^-(?=\d)", "−", word) for word in words]


@contextmanager
def _opened(options: argparse.Namespace, passphrase: str = "") -> Iterator[Store]:
    from oscb_desktop.services.attempts import Attempts
    from oscb_desktop.services.files import open_store

    if options.carry_out in _WRITING:
        _refuse_risk(options)
    paths, typed = _paths(options), passphrase or _passphrase("Passphrase: ")
    store = Attempts(paths.settings, datetime.now).at(
        options.file,
        lambda: open_store(options.file, typed, paths.backups, _who(), datetime.now),
    )
    try:
        yield store
    finally:
        store.close()


def _refuse_risk(options: argparse.Namespace) -> None:
    """Refuse to write to a file where it should not be in use, unless that is insisted on."""
    from oscb_desktop.services.file_place import RiskyPlaceError, refuse_risk

    if options.anywhere:
        return
    try:
        refuse_risk(options.file, _paths(options).settings)
    except RiskyPlaceError as refused:
        raise UserError(f"{refused.sentence} To go on all the same, add --anywhere.") from None


def _paths(options: argparse.Namespace) -> AppPaths:
    data = getattr(options, "data", None)
    return AppPaths.under(data) if data else AppPaths.for_this_person()


def _backups(options: argparse.Namespace) -> Path:
    from oscb_desktop.services.backup_place import place_of

    return place_of(_paths(options)).folder


def _passphrase(prompt: str, variable: str = _PASSPHRASE) -> str:
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


def _new_passphrase(prompt: str, variable: str, check: Callable[[str], None]) -> str:
    """Ask twice, as nobody sees what is typed; what the environment gives was typed in sight."""
    chosen = _passphrase(prompt, variable)
    check(chosen)
    if _passphrase("The same again: ", variable) != chosen:
        raise UserError("The two passphrases differ. Nothing was done.")
    return chosen


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "somebody"


def _brief(words: str) -> str:
    line = " ".join(words.split()) or "nothing"
    return line if len(line) <= _LONGEST_SHOWN else f"{line[: _LONGEST_SHOWN - 1]}…"


def _say(words: str) -> None:
    print(words)


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)
