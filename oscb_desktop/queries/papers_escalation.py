"""The escalation report, worded for the paper."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy.orm import Session

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.documents import EscalationReport, Section, Table
from oscb_desktop.domain.references import sort_key
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.queries.escalation import (
    DueEscalation,
    Rung,
    TakenRow,
    due_escalations,
    ladder,
    step_to,
    steps_taken,
)
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, paper

NO_AGENCY = "No lead agency"


def escalation_report(session: Session, made: Made) -> EscalationReport:
    """Return what is due to be escalated and, of actions still open, the steps that were taken."""
    still_open = {row.id: row for row in actions(session, made.today, only_open=True)}
    due = due_escalations(session, made.today)
    taken = [row for row in steps_taken(session) if row.action_id in still_open]
    subgroup = organisation(session).subgroup
    return EscalationReport(
        paper=paper(session, made, "Escalation report", subgroup),
        as_at=f"Open actions, by lead agency · As at {format_date(made.today)}",
        totals=_totals(due, taken),
        ladder=_ladder(ladder(session)),
        agencies=_agencies(due, taken, still_open),
    )


def _totals(due: Iterable[DueEscalation], taken: Iterable[TakenRow]) -> str:
    due, taken = tuple(due), tuple(taken)
    waiting = sum(row.replied_on is None for row in taken)
    return (
        f"{counted(len(due), 'action')} due to be escalated; "
        f"{counted(len(taken), 'step')} taken, of which {waiting} "
        f"{'waits' if waiting == 1 else 'wait'} for an answer."
    )


def _ladder(rungs: Iterable[Rung]) -> Table:
    rows = tuple((label_of("escalation_step", rung.step), rung.when(), rung.to) for rung in rungs)
    return Table("The ladder", ("Step", "When", "To whom"), rows, (3, 2, 4))


def _agencies(
    due: Iterable[DueEscalation], taken: Iterable[TakenRow], still_open: dict[int, ActionRow]
) -> tuple[Section, ...]:
    due_of: dict[str, list[DueEscalation]] = defaultdict(list)
    taken_of: dict[str, list[TakenRow]] = defaultdict(list)
    for row in due:
        due_of[row.lead_agency].append(row)
    for step in taken:
        taken_of[still_open[step.action_id].lead_agency].append(step)
    names = sorted({*due_of, *taken_of}, key=lambda name: (not name, name.casefold()))
    return tuple(
        Section(
            name or NO_AGENCY,
            tables=(*_due(due_of[name]), *_taken(taken_of[name])),
        )
        for name in names
    )


def _due(due: Iterable[DueEscalation]) -> tuple[Table, ...]:
    rows = tuple(
        (
            row.reference,
            f"{row.text} ({row.review})",
            row.owner,
            f"{format_date(row.due_on)}, {row.lateness}"
            if row.lateness
            else format_date(row.due_on),
            row.step_to(),
            format_date(row.since),
        )
        for row in due
    )
    headings = ("Action", "What", "Owner", "Due", "Next step", "Since")
    return (Table("Due to be escalated", headings, rows, (3, 10, 4, 5, 5, 3)),) if rows else ()


def _taken(taken: Iterable[TakenRow]) -> tuple[Table, ...]:
    """Return the steps taken, action by action, each action's in their order."""
    rows = tuple(
        (
            step.reference,
            format_date(step.raised_on),
            step_to(step.step_words, step.to),
            step.message,
            f"{format_date(step.replied_on)}: {step.reply}" if step.replied_on else "None yet",
        )
        for step in sorted(
            taken, key=lambda step: (sort_key(step.reference), step.raised_on, step.id)
        )
    )
    headings = ("Action", "On", "Step, to whom", "What was said", "Answer")
    return (Table("Steps taken", headings, rows, (3, 3, 6, 11, 7)),) if rows else ()
