"""The commands that print papers, the recovery sheet and the change log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.cli.terminal import (
    SOUND,
    anywhere_option,
    data_option,
    file_argument,
    opened,
    refuse_risky_place,
    review_argument,
    say,
)
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from oscb_desktop.services.log_export import LogWanted
    from oscb_desktop.services.releases import Copy
    from oscb_desktop.services.store import Store


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
    with opened(options) as store:
        job(store, options.to)
    say(f"{options.to} is written.")
    return SOUND


def _recovery_sheet(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_recovery_sheet

    code = _print(options, print_recovery_sheet)
    say(
        f"Print it, lock the paper away, and delete {options.to.name}: whoever has it can open "
        f"{options.file.name}."
    )
    return code


def _log(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.date_words import counted
    from oscb_desktop.services.log_export import find_record, save_log, tell_log

    if options.identities is not None:  # that look is written down
        refuse_risky_place(options)
    with opened(options) as store:
        wanted = _log_wanted(options, store.today())
        if options.record:
            wanted = replace(wanted, record=find_record(store, options.record))
        if options.to is None:
            tell_log(store, wanted, sys.stdout.write)
            return SOUND
        told = save_log(store, wanted, options.to)
    say(f"{options.to} is written: {counted(told, 'step')}.")
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


def fill_print(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: print."""
    papers = parser.add_subparsers(required=True, metavar="PAPER")
    for name, carry_out in _PAPERS.items():
        paper = papers.add_parser(name, parents=[data_option()])
        file_argument(paper)
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
            review_argument(paper)
        paper.add_argument("--to", type=Path, required=True, metavar="OUT.pdf")
        paper.add_argument(
            "--for", dest="recipient", default="", metavar="NAME", help="noted in the history"
        )
        paper.add_argument(
            "--copy", default="", metavar="NUMBER", help="printed on it, and noted in the history"
        )
        anywhere_option(paper)
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


def fill_recovery_sheet(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: recovery-sheet."""
    file_argument(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="OUT.pdf")
    anywhere_option(parser)
    parser.set_defaults(carry_out=_recovery_sheet)


def fill_log(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: log."""
    file_argument(parser)
    parser.add_argument("--since", metavar="DATE", help="the first day, such as 2022-03-01")
    parser.add_argument("--until", metavar="DATE", help="the last day")
    parser.add_argument("--record", metavar="REF", help="only what happened to this record")
    parser.add_argument(
        "--identities", metavar="REASON", help="spell out real identities; the reason is kept"
    )
    parser.add_argument("--to", type=Path, metavar="OUT.txt", help="instead of the terminal")
    anywhere_option(parser, writes=False)
    parser.set_defaults(carry_out=_log)
