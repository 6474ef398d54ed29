"""The commands that tell how things stand: figures, clocks, what is due and what is owed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from oscb_desktop.cli.terminal import (
    FAULTS,
    SOUND,
    complain,
    file_argument,
    opened,
    review_argument,
    say,
)

if TYPE_CHECKING:
    from oscb_desktop.domain.statutory_clock import Clock
    from oscb_desktop.queries.retention import DueList


def _figures(options: argparse.Namespace) -> int:
    from oscb_desktop.domain.reporting_years import ReportingYear
    from oscb_desktop.queries.figures import figures
    from oscb_desktop.queries.organisation import organisation

    with opened(options) as store:
        month = store.read(organisation).year_start_month
        year = ReportingYear.parse(options.year, month)
        counted = store.read(figures, year, store.today())
    rows = [
        {"name": entry.name, "value": _number(entry.told), "records": list(entry.records)}
        for entry in counted
    ]
    say(json.dumps(rows, indent=1))
    for warning in dict.fromkeys(warning for entry in counted for warning in entry.warnings):
        complain(warning)
    return SOUND


def _number(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _number(part) for name, part in value.items()}
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def _clock(options: argparse.Namespace) -> int:
    from oscb_desktop.queries.clocks import clocks_of_review
    from oscb_desktop.services.find import find_review

    with opened(options) as store:
        review = find_review(store, options.review)
        found = store.read(clocks_of_review, review, store.today())
    assert found is not None
    say(f"{found.reference} {found.known_as}")
    if not found.clocks:
        say("No clock has started: none of the days that they count from is recorded.")
    for clock in found.clocks:
        say("\n".join(_clock_lines(clock)))
    return SOUND


def _clock_lines(clock: Clock) -> Iterator[str]:
    from oscb_desktop.domain.date_words import weekday_date
    from oscb_desktop.domain.statutory_clock import words_of

    due = f"due {weekday_date(clock.due_on)}; " if clock.due_on else ""
    yield f"\n{clock.label}: {due}{words_of(clock)}"
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
    say("\n".join((*working, end.isoformat())))
    return SOUND


def _retention(options: argparse.Namespace) -> int:
    from oscb_desktop.queries.retention import due_for_disposal

    with opened(options) as store:
        listed = store.read(due_for_disposal, store.today())
    say("\n".join(_retention_lines(listed)))
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


def _owed(options: argparse.Namespace) -> int:
    from oscb_desktop.queries.requests import owed

    with opened(options) as store:
        rows = store.read(owed, store.today())
    for row in rows:
        contact = f", {row.contact}" if row.contact else ""
        reminded = f", reminded {row.reminded}" if row.reminded else ""
        say(f"{row.agency}{contact}: {row.purpose_words}, {row.review}, {row.words}{reminded}")
    late = sum(row.is_late for row in rows)
    say(f"{len(rows):,} owed, {late:,} late." if rows else "Nothing is owed.")
    return FAULTS if late else SOUND


def fill_figures(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: figures."""
    file_argument(parser)
    parser.add_argument("--year", required=True, help="such as 2021-22")
    parser.set_defaults(carry_out=_figures)


def fill_clock(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: clock."""
    file_argument(parser)
    review_argument(parser)
    parser.set_defaults(carry_out=_clock)


def fill_due(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: due."""
    parser.add_argument("day", metavar="DATE", help="such as 2022-05-27 or 27/5/22")
    parser.add_argument("span", metavar="SPAN", help="15wd, 10d or 6m; a minus counts back")
    parser.set_defaults(carry_out=_due)


def fill_retention(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: retention."""
    file_argument(parser)
    parser.epilog = (
        "Only lists: records are removed in the window, on somebody's approval. "
        "Exit codes: 0 nothing due, 1 something due, 2 refused."
    )
    parser.set_defaults(carry_out=_retention)


def fill_owed(parser: argparse.ArgumentParser) -> None:
    """Give the command its options: owed."""
    file_argument(parser)
    parser.epilog = "Exit codes: 0 nothing late, 1 something late, 2 refused."
    parser.set_defaults(carry_out=_owed)
