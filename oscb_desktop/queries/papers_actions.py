"""The action log: all actions, or those of an agency, a review or a theme, as at a day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.database.models.recommendations import Action, Recommendation, action_contributing
from oscb_desktop.domain.date_words import counted, format_date
from oscb_desktop.domain.documents import ActionGroup, ActionLine, ActionLog, KeyEntry
from oscb_desktop.domain.rag import load_key
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.statuses import DeliveryStatus
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, live_review, paper


@dataclass(frozen=True, slots=True)
class LogOf:
    """Whose actions a log holds: at most one of these, none for all actions."""

    agency: int | None = None
    review: int | None = None
    theme: int | None = None


ALL = LogOf()


@dataclass(frozen=True, slots=True)
class _Ties:
    """What an action's line needs beside its row."""

    recommendation: str
    agencies: frozenset[int]


def action_log(session: Session, of: LogOf, made: Made) -> ActionLog:
    """Return the action log as at the day given, of all actions or as ``of`` says.

    An agency's log holds what it leads and what it contributes to, a theme's what follows from a
    recommendation that bears it. Raises ``LookupError`` when there is no such record.
    """
    scope, ties = _scope(session, of), _ties(session)
    theme = _name(session, Theme, of.theme) if of.theme is not None else ""
    rows = [
        row
        for row in actions(session, made.today)
        if (of.agency is None or of.agency in ties[row.id].agencies)
        and (of.review is None or of.review == row.review_id)
        and (of.theme is None or theme in row.themes)
    ]
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


def _scope(session: Session, of: LogOf) -> str:
    if of.agency is not None:
        return f"What {_name(session, Agency, of.agency)} leads or contributes to"
    if of.review is not None:
        return f"Review {live_review(session, of.review).title}"
    if of.theme is not None:
        return f"Theme: {_name(session, Theme, of.theme)}"
    return "All agencies"


def _name(session: Session, model: type[Agency] | type[Theme], record_id: int) -> str:
    live = select(model.name).where(model.id == record_id, model.withdrawn_at.is_(None))
    found = session.scalar(live)
    if found is None:
        raise LookupError(f"there is no live {model.__tablename__} {record_id}")
    return found


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
