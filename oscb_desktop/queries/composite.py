"""The composite plan: the recommendations of all reviews by theme, each lesson once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.models import LINK_TABLES
from oscb_desktop.database.models.learning import Theme
from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.actions import ActionRow, actions
from oscb_desktop.queries.likeness import live_recommendations, same_as
from oscb_desktop.queries.organisation import organisation

NO_THEME = "Without a theme"


@dataclass(frozen=True, slots=True)
class RecommendationRow:
    """One recommendation as the plan names it; ``response`` in words, empty where none is known."""

    id: int
    reference: str
    text: str
    review: str
    year: str
    response: str
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LessonRow:
    """One lesson: the recommendations that teach it, and every action that serves one of them.

    ``shared`` are the references of those actions that serve another lesson too.
    """

    recommendations: tuple[RecommendationRow, ...]
    actions: tuple[ActionRow, ...]
    shared: tuple[str, ...]

    @property
    def references(self) -> str:
        """The references of its recommendations, joined."""
        return " and ".join(row.reference for row in self.recommendations)


@dataclass(frozen=True, slots=True)
class PlanThemeRow:
    """A theme with its lessons, in the order of their references."""

    name: str
    lessons: tuple[LessonRow, ...]


@dataclass(frozen=True, slots=True)
class CompositeRows:
    """The whole plan; each number counts a thing once, however often it stands in the plan."""

    themes: tuple[PlanThemeRow, ...]
    recommendations: int
    lessons: int
    actions: tuple[ActionRow, ...]

    def words(self) -> str:
        """Return what the plan holds, in a sentence."""
        still = sum(row.is_open for row in self.actions)
        late = sum(row.is_overdue for row in self.actions)
        return (
            f"{counted(self.recommendations, 'recommendation')} teach "
            f"{counted(self.lessons, 'lesson')}; they are served by "
            f"{counted(len(self.actions), 'action')}, {still} open, of which {late} overdue."
        )


def composite(session: Session, today: date) -> CompositeRows:
    """Return the composite plan as at a day; records in the bin are left out."""
    rows = {row.id: row for row in _recommendations(session)}
    serving = _serving(session, today)
    lessons = _lessons(session, rows, serving)
    by_theme: dict[str, list[LessonRow]] = defaultdict(list)
    for lesson in lessons:
        names = {name for row in lesson.recommendations for name in row.themes}
        for name in names or {NO_THEME}:
            by_theme[name].append(lesson)
    ordered = sorted(by_theme, key=lambda name: (name == NO_THEME, name.casefold()))
    told = {row.id: row for lesson in lessons for row in lesson.actions}
    return CompositeRows(
        tuple(PlanThemeRow(name, tuple(by_theme[name])) for name in ordered),
        len(rows),
        len(lessons),
        tuple(told.values()),
    )


def _lessons(
    session: Session,
    rows: dict[int, RecommendationRow],
    serving: dict[int, dict[int, ActionRow]],
) -> tuple[LessonRow, ...]:
    same = same_as(session)
    groups = {frozenset({at} | (same[at] & rows.keys())) for at in rows}
    in_lessons: dict[int, int] = defaultdict(int)
    for group in groups:
        for action in {action for at in group for action in serving[at]}:
            in_lessons[action] += 1
    found = []
    for group in groups:
        named = sorted((rows[at] for at in group), key=lambda row: sort_key(row.reference))
        served = {action: row for at in group for action, row in serving[at].items()}
        ordered = sorted(served.values(), key=lambda row: sort_key(row.reference))
        shared = tuple(row.reference for row in ordered if in_lessons[row.id] > 1)
        found.append(LessonRow(tuple(named), tuple(ordered), shared))
    return tuple(sorted(found, key=lambda one: sort_key(one.recommendations[0].reference)))


def _serving(session: Session, today: date) -> dict[int, dict[int, ActionRow]]:
    """Return the actions that serve each recommendation, their own or another's."""
    every = {row.id: row for row in actions(session, today)}
    found: dict[int, dict[int, ActionRow]] = defaultdict(dict)
    for row in every.values():
        if row.recommendation_id is not None:
            found[row.recommendation_id][row.id] = row
    own, other = LINK_TABLES["action", "also_serves"].columns
    for action, recommendation in session.execute(select(own, other)):
        if action in every:
            found[recommendation][action] = every[action]
    return found


def _recommendations(session: Session) -> list[RecommendationRow]:
    month = organisation(session).year_start_month
    themes = _themes(session)
    return [
        RecommendationRow(
            row.id,
            row.reference,
            row.text,
            row.review,
            ReportingYear.containing(row.made_on, month).label,
            label_of("recommendation_response", row.response) if row.response else "",
            tuple(themes[row.id]),
        )
        for row in live_recommendations(session)
    ]


def _themes(session: Session) -> dict[int, list[str]]:
    table = LINK_TABLES["recommendation", "themes"]
    own, other = table.columns
    query = (
        select(own, Theme.name)
        .join(Theme, Theme.id == other)
        .where(Theme.withdrawn_at.is_(None))
        .order_by(Theme.name)
    )
    found: dict[int, list[str]] = defaultdict(list)
    for recommendation, name in session.execute(query):
        found[recommendation].append(name)
    return found
