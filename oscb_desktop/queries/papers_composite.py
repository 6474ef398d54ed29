"""The composite plan, worded for the paper."""

from __future__ import annotations

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import CompositePlan, PlanLesson, PlanTheme, Point
from oscb_desktop.queries.composite import LessonRow, composite
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, paper
from oscb_desktop.queries.papers_actions import action_line, colour_key


def composite_plan(session: Session, made: Made) -> CompositePlan:
    """Return the composite plan of all reviews as at the day of making."""
    rows = composite(session, made.today)
    return CompositePlan(
        paper=paper(session, made, "Composite plan", organisation(session).subgroup),
        as_at=f"All reviews, by theme · As at {format_date(made.today)}",
        totals=rows.words() if rows.recommendations else "",
        key=colour_key(),
        themes=tuple(
            PlanTheme(theme.name, tuple(_lesson(lesson) for lesson in theme.lessons))
            for theme in rows.themes
        ),
    )


def _lesson(lesson: LessonRow) -> PlanLesson:
    several = len(lesson.recommendations) > 1
    return PlanLesson(
        said=tuple(
            Point(
                row.reference,
                f"{row.reference}: {row.text} ({row.review}, {row.year})"
                if several
                else f"{row.text} ({row.review}, {row.year})",
            )
            for row in lesson.recommendations
        ),
        lines=tuple(action_line(row) for row in lesson.actions),
        also_under=_also(lesson.shared),
    )


def _also(shared: tuple[str, ...]) -> str:
    if not shared:
        return ""
    serves = "serves" if len(shared) == 1 else "serve"
    return f"{', '.join(shared)} {serves} another lesson too, counted once."
