"""The commands that print papers, the recovery sheet and the change log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from oscb_desktop.cli.terminal import (
    SOUND,
    anywhere_option,
    complain,
    data_option,
    file_argument,
    opened,
    reason_option,
    refuse_risky_place,
    review_argument,
    say,
)
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT, VERSIONS
from oscb_desktop.errors import UserError

if TYPE_CHECKING:
    from oscb_desktop.services.log_export import LogWanted
    from oscb_desktop.services.releases import Copy, MadePaper
    from oscb_desktop.services.store import Store

    Make = Callable[[Store, argparse.Namespace, Copy], MadePaper]


def _print(make: Make, options: argparse.Namespace) -> int:
    from oscb_desktop.services.paper_forms import as_named
    from oscb_desktop.services.printing import give
    from oscb_desktop.services.releases import Copy

    with opened(options) as store:
        paper = make(store, options, Copy(options.recipient, options.copy))
        formed = as_named(paper, options.to)  # a form that it does not have is refused first
        for remark in paper.remarks:
            complain(remark)
        paper = _checked(store, formed)
        if paper.wants_reason and not options.reason.strip():
            raise UserError(
                f"{options.to.name} is not written: a child may be known by it. Look at what was "
                "found; if the paper is to leave in spite of it, say why with --reason."
            )
        give(store, paper, options.to, options.reason)
    say(f"{options.to} is written.")
    return SOUND


def _checked(store: Store, paper: MadePaper) -> MadePaper:
    """Tell what the check of a paper finds, a line each, and return the paper with it."""
    from oscb_desktop.services.paper_check import check, with_found

    found = check(store, paper)
    for finding in found.findings:
        complain(f"{finding.place}, line {finding.line}: {finding.kind}. {finding.sentence}")
    for sentence in found.unread:
        complain(sentence)
    if paper.face == PUBLIC and not found.findings:
        say(f"Made for publication. {found.summary}")
    elif found.unsought:
        complain(found.unsought)
    return with_found(paper, found)


def _summary(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_learning_summary

    return make_learning_summary(store, options.review, copy)


def _record(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_review_record

    return make_review_record(store, options.review, copy, face=options.face)


def _actions(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_action_log

    return make_action_log(store, options.agency, copy, review=options.review, theme=options.theme)


def _action(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_action_record

    return make_action_record(store, options.action, copy)


def _escalation(store: Store, _options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_escalation_report

    return make_escalation_report(store, copy)


def _since(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.domain.date_typing import parse_date
    from oscb_desktop.services.printing import make_since_meeting

    day = parse_date(options.date, store.today()) if options.date else None
    return make_since_meeting(store, day, copy)


def _composite(store: Store, _options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_composite_plan

    return make_composite_plan(store, copy)


def _chair(store: Store, _options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_chair_sheet

    return make_chair_sheet(store, copy)


def _agenda(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_agenda

    return make_agenda(store, options.meeting, copy)


def _note(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_meeting_note

    return make_meeting_note(store, options.meeting, copy)


def _decision(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_decision_letter

    return make_decision_letter(store, options.review, copy)


def _press(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_press_statement

    return make_press_statement(store, options.review, copy)


def _family(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_family_letter

    return make_family_letter(store, options.review, copy)


def _request(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_request_letter

    return make_request_letter(store, options.review, options.agency, options.purpose, copy)


def _terms(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_terms

    return make_terms(store, options.review, copy)


def _notification(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.find import find_incident
    from oscb_desktop.services.printing import make_notification_sheet

    return make_notification_sheet(store, find_incident(store, options.incident), copy=copy)


def _pack(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.find import find_pack
    from oscb_desktop.services.pack_making import make_pack

    return make_pack(store, find_pack(store, options.pack), copy)


def _annual(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_annual_report

    return make_annual_report(store, options.year, copy, public=options.public)


def _of_year(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("--year", required=True, metavar="YEAR", help="such as 2021-22")
    paper.add_argument(
        "--public", action="store_true", help="with small numbers kept back, for anybody"
    )


def _return(store: Store, options: argparse.Namespace, copy: Copy) -> MadePaper:
    from oscb_desktop.services.printing import make_return_sheet

    return make_return_sheet(store, options.review, options.system, copy)


def _of_return(paper: argparse.ArgumentParser) -> None:
    review_argument(paper)
    paper.add_argument("--system", required=True, metavar="NAME", help="nhs_tracker or panel")


def _of_review(paper: argparse.ArgumentParser) -> None:
    review_argument(paper)


def _of_record(paper: argparse.ArgumentParser) -> None:
    review_argument(paper)
    paper.add_argument(
        "--face",
        choices=tuple(VERSIONS),
        default=SECRETARIAT,
        help="for whom this version is; the secretariat sees all",
    )


def _of_meeting(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("meeting", metavar="MEETING", help="its reference: M-2022-01")


def _of_action(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("action", metavar="ACTION", help="its reference: A-2021-04")


def _of_incident(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("incident", metavar="INCIDENT", help="its reference: IN-2021-05")


def _of_pack(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("pack", metavar="PACK", help="its reference: PK-2022-01")


def _of_scope(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("--agency", metavar="NAME", help="only what this agency does")
    paper.add_argument("--review", metavar="REVIEW", help="only the actions of this review")
    paper.add_argument("--theme", metavar="NAME", help="only what serves this theme")


def _of_request(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("--review", required=True, metavar="REVIEW", help="its reference")
    paper.add_argument("--agency", required=True, metavar="NAME", help="that was asked")
    paper.add_argument(
        "--purpose", default="", metavar="WHAT", help="where it was asked for several"
    )


def _of_day(paper: argparse.ArgumentParser) -> None:
    paper.add_argument("--date", metavar="DAY", help="instead of the last meeting's")


def _of_all(_paper: argparse.ArgumentParser) -> None:
    """Take nothing: the paper is about the whole file."""


_PAPERS = {
    "learning-summary": (_summary, _of_review),
    "review-record": (_record, _of_record),
    "action-log": (_actions, _of_scope),
    "action-record": (_action, _of_action),
    "escalation": (_escalation, _of_all),
    "since": (_since, _of_day),
    "composite-plan": (_composite, _of_all),
    "chair-sheet": (_chair, _of_all),
    "agenda": (_agenda, _of_meeting),
    "meeting-note": (_note, _of_meeting),
    "decision-letter": (_decision, _of_review),
    "terms": (_terms, _of_review),
    "press-statement": (_press, _of_review),
    "family-letter": (_family, _of_review),
    "request": (_request, _of_request),
    "notification-sheet": (_notification, _of_incident),
    "annual-report": (_annual, _of_year),
    "return-sheet": (_return, _of_return),
    "pack": (_pack, _of_pack),
}
"""Each paper by its name: how it is made, and how what it is about is asked for."""


def fill_print(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: print."""
    papers = parser.add_subparsers(required=True, metavar="PAPER")
    for name, (make, ask) in _PAPERS.items():
        paper = papers.add_parser(name, parents=[data_option()])
        file_argument(paper)
        ask(paper)
        paper.add_argument(
            "--to",
            type=Path,
            required=True,
            metavar="OUT.pdf",
            help="as PDF; what is told in words also as .docx or .txt",
        )
        paper.add_argument(
            "--for", dest="recipient", default="", metavar="NAME", help="noted in the history"
        )
        paper.add_argument(
            "--copy", default="", metavar="NUMBER", help="printed on it, and noted in the history"
        )
        reason_option(paper)
        anywhere_option(paper)
        paper.set_defaults(carry_out=partial(_print, make))


def _recovery_sheet(options: argparse.Namespace) -> int:
    from oscb_desktop.services.printing import print_recovery_sheet

    with opened(options) as store:
        print_recovery_sheet(store, options.to)
    say(f"{options.to} is written.")
    say(
        f"Print it, lock the paper away, and delete {options.to.name}: whoever has it can open "
        f"{options.file.name}."
    )
    return SOUND


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
