"""Themes with the reviews that show them, and learning points by whom they are for."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.learning import LearningPoint, Theme
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.references import sort_key


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """One theme, with how many live reviews and learning points show it and which reviews."""

    id: int
    name: str
    description: str
    reviews: int
    review_references: tuple[str, ...]
    learning_points: int


@dataclass(frozen=True, slots=True)
class LearningPointRow:
    """One learning point, with its audience in words."""

    id: int
    reference: str
    audience: str
    number: int | None
    heading: str
    text: str
    reviews: tuple[str, ...]
    themes: tuple[str, ...]


def themes(session: Session) -> tuple[ThemeRow, ...]:
    """Return every live theme, the one that most reviews show first."""
    shown = _linked(session, ("review", "themes"), backwards=True)
    taught = _linked(session, ("learning_point", "themes"), backwards=True)
    references = _references(session)
    points = set(_live_ids(session, LearningPoint))
    rows = []
    for theme in session.scalars(select(Theme).where(Theme.withdrawn_at.is_(None))):
        live = sorted((references[at] for at in shown[theme.id] if at in references), key=sort_key)
        rows.append(
            ThemeRow(
                theme.id,
                theme.name,
                theme.description or "",
                len(live),
                tuple(live),
                len(points.intersection(taught[theme.id])),
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.reviews, row.name.casefold())))


def learning_points(session: Session) -> tuple[LearningPointRow, ...]:
    """Return every live learning point, by audience and then in its own order."""
    references = _references(session)
    live_themes = select(Theme.id, Theme.name).where(Theme.withdrawn_at.is_(None))
    names = {row.id: row.name for row in session.execute(live_themes)}
    reviews = _linked(session, ("learning_point", "reviews"))
    found = _linked(session, ("learning_point", "themes"))
    audiences = Counter({entry.code: at for at, entry in enumerate(code_list("audience").codes)})
    live = session.scalars(select(LearningPoint).where(LearningPoint.withdrawn_at.is_(None))).all()
    ordered = sorted(
        live, key=lambda row: (audiences[row.audience], row.number or 999, sort_key(row.reference))
    )
    return tuple(
        LearningPointRow(
            row.id,
            row.reference,
            code_list("audience").label_of(row.audience),
            row.number,
            row.heading,
            row.text or "",
            tuple(
                sorted((references[at] for at in reviews[row.id] if at in references), key=sort_key)
            ),
            tuple(sorted(names[at] for at in found[row.id] if at in names)),
        )
        for row in ordered
    )


def _references(session: Session) -> dict[int, str]:
    query = select(Review.id, Review.reference).where(Review.withdrawn_at.is_(None))
    return {row.id: row.reference for row in session.execute(query)}


def _live_ids(session: Session, model: type[LearningPoint]) -> list[int]:
    return list(session.scalars(select(model.id).where(model.withdrawn_at.is_(None))))


def _linked(
    session: Session, link: tuple[str, str], *, backwards: bool = False
) -> dict[int, list[int]]:
    """Return what each record of one end of a link leads to."""
    found: dict[int, list[int]] = defaultdict(list)
    for own, other in session.execute(select(*LINK_TABLES[link].columns)):
        if backwards:
            own, other = other, own
        found[own].append(other)
    return found
