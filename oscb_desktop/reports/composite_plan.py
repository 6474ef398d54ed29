"""The composite plan: theme by theme, each lesson, the recommendations that say it, its actions.

It stands on A4 across as the action log does, with the same key and the same lines.
"""

from __future__ import annotations

from oscb_desktop.domain.documents import CompositePlan, PlanLesson
from oscb_desktop.reports import text
from oscb_desktop.reports.action_log import fills_of, tell_key, tell_lines
from oscb_desktop.reports.blocks import Story


def tell(story: Story, document: CompositePlan) -> None:
    """Tell totals and the colour key, then the lessons of each theme."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.paragraphs((document.as_at,), "lead")
    story.paragraphs((document.totals,), "strong")
    lessons = [lesson for theme in document.themes for lesson in theme.lessons]
    once = {line.reference: line for lesson in lessons for line in lesson.lines}
    tell_key(story, document.key, once.values())
    fills = fills_of(document.key)
    for theme in document.themes:
        story.heading(theme.name)
        for lesson in theme.lessons:
            _tell_lesson(story, lesson, fills)
    if not lessons:
        story.paragraphs(("No recommendations are recorded.",))


def _tell_lesson(story: Story, lesson: PlanLesson, fills: dict[str, str]) -> None:
    named = [point for point in lesson.said if text.words(point.heading + point.text)]
    story.heading(" and ".join(point.heading for point in named if text.words(point.heading)), 3)
    story.paragraphs(point.text for point in named)
    if lesson.lines:
        tell_lines(story, lesson.lines, fills)
    else:
        story.paragraphs(("No action yet.",), "quiet")
    story.paragraphs((lesson.also_under,), "quiet")
