"""The action log: every action, or those of one agency, by review and as at a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.recommendations import Action, Recommendation, action_contributing
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.documents import ActionGroup, ActionLine, ActionLog, KeyEntry
from oscb_desktop.domain.rag import load_key
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.statuses import DeliveryStatus
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, paper


@dataclass(frozen=True, slots=True)
class _Ties:
    """What an action's line needs beside its row."""

    recommendation: str
    agencies: frozenset[int]


def action_log(session: Session, agency_id: int | None, made: Made) -> ActionLog:
    """Return the action log as at the day given, of all agencies or of one.

    An agency's log holds what it leads and what it contributes to. Raises ``LookupError`` when
    there is no such agency.
    """
    ties = _ties(session)
    rows = [
        row
        for row in actions(session, made.today)
        if agency_id is None or agency_id in ties[row.id].agencies
    ]
    scope = "All agencies"
    if agency_id is not None:
        scope = f"What {_agency(session, agency_id)} leads or contributes to"
    subgroup = organisation(session).subgroup
    return ActionLog(
        paper=paper(session, made, "Action log", subgroup),
        scope=scope,
        as_at=f"As at {format_date(made.today)}",
        key=colour_key(),
        groups=_groups(rows, ties),
        totals=totals(rows),
    )


def colour_key() -> tuple[KeyEntry, ...]:
    """Return the colour key as it is printed on every plan."""
    return tuple(KeyEntry(entry.label, entry.meaning, entry.fill) for entry in load_key().colours)


def totals(rows: Iterable[ActionRow]) -> str:
    """Say how many actions there are and how they stand."""
    rows = list(rows)
    if not rows:
        return ""
    by_delivery = Counter(row.delivery for row in rows)
    overdue = sum(row.is_overdue for row in rows)
    still_open = sum(row.is_open for row in rows)
    return (
        f"{counted(len(rows), 'action')}: {still_open} open, of which {overdue} overdue; "
        f"{by_delivery[DeliveryStatus.COMPLETE]} complete; "
        f"{by_delivery[DeliveryStatus.NO_LONGER_REQUIRED]} no longer required."
    )


def _agency(session: Session, agency_id: int) -> str:
    found = session.get(Agency, agency_id)
    if found is None or found.withdrawn_at is not None:
        raise LookupError(f"there is no live agency {agency_id}")
    return found.name


def _ties(session: Session) -> dict[int, _Ties]:
    agencies: dict[int, set[int]] = defaultdict(set)
    for action, agency in session.execute(select(*action_contributing.columns)):
        agencies[action].add(agency)
    query = select(Action.id, Action.lead_agency_id, Recommendation.reference).outerjoin(
        Recommendation, Recommendation.id == Action.recommendation_id
    )
    found: dict[int, _Ties] = {}
    for action, lead, recommendation in session.execute(query):
        agencies[action].add(lead or 0)
        found[action] = _Ties(recommendation or "", frozenset(agencies[action]))
    return found


def _groups(rows: Iterable[ActionRow], ties: dict[int, _Ties]) -> tuple[ActionGroup, ...]:
    by_review: dict[str, list[ActionRow]] = defaultdict(list)
    for row in rows:
        by_review[row.review].append(row)
    return tuple(
        ActionGroup(
            review,
            tuple(
                action_line(row, ties[row.id].recommendation)
                for row in sorted(by_review[review], key=lambda row: sort_key(row.reference))
            ),
        )
        for review in sorted(by_review, key=sort_key)
    )


def action_line(row: ActionRow, recommendation: str = "") -> ActionLine:
    """Return one action as a plan prints it, with the recommendation that it follows from."""
    said = f"{format_date(row.noted_on)}: {row.note}" if row.noted_on else ""
    return ActionLine(
        reference=row.reference,
        action=row.text,
        recommendation=recommendation,
        lead_agency=row.lead_agency,
        owner=row.owner,
        original_due=format_date(row.original_due_on) if row.original_due_on else "",
        due=format_date(row.due_on) if row.due_on else "",
        status=row.delivery_words,
        colour=row.shade.shown.label,
        by_hand=row.shade.words if row.shade.reason else "",
        lateness=row.lateness,
        assurance=row.assurance_words,
        latest_note=said,
        completed=format_date(row.completed_on) if row.completed_on else "",
    )
