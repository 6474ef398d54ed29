"""The figures of reviews other than rapid reviews, their themes and their costs, and of actions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import combinations

from oscb_desktop.queries.figures_counting import (
    Counted,
    Definition,
    breakdown,
    by_age_band,
    by_code,
    listed,
    most_first,
    shares,
)
from oscb_desktop.queries.figures_facts import ActionFacts, ChildFacts, YearFacts
from oscb_desktop.queries.figures_rapid import children_of, known_to_csc

_NO_LONGER_REQUIRED = "no_longer_required"
_NATIONAL = "national"


def _children(facts: YearFacts) -> tuple[ChildFacts, ...]:
    return children_of(facts.worked_on)


def _cost(facts: YearFacts, pick: Callable[[list[Decimal]], Decimal]) -> Counted:
    """Return the lowest or highest cost of a review that has any, and which reviews cost it."""
    totals = {review.reference: sum(review.costs, Decimal()) for review in facts.worked_on}
    held = {review.reference for review in facts.worked_on if review.costs}
    if not held:
        return Counted(None)
    picked = pick([totals[reference] for reference in held])
    costing = (reference for reference in totals if reference in held)
    return Counted(picked, tuple(ref for ref in costing if totals[ref] == picked))


def _themes(facts: YearFacts) -> Counted:
    return most_first(
        breakdown(
            (theme, review.reference) for review in facts.worked_on for theme in review.themes
        )
    )


def _themes_together(facts: YearFacts) -> Counted:
    return most_first(
        breakdown(
            (f"{one} + {other}", review.reference)
            for review in facts.worked_on
            for one, other in combinations(review.themes, 2)
        )
    )


def _as_at(facts: YearFacts) -> date:
    return min(facts.today, facts.year.last)


def _was_open(action: ActionFacts, day: date) -> bool:
    done = action.completed_on is not None and action.completed_on <= day
    return action.agreed_on <= day and not done and action.delivery != _NO_LONGER_REQUIRED


def _was_overdue(action: ActionFacts, day: date) -> bool:
    late = action.due_on is not None and action.due_on < day
    return _was_open(action, day) and late and action.scope != _NATIONAL


REVIEW_FIGURES = (
    Definition(
        "reviews_worked_on",
        "Reviews worked on",
        "Reviews of every kind but rapid reviews that were under way on some day of the year; a "
        "review ends when its work ended or, where that is empty, when it was published.",
        lambda facts: listed(review.reference for review in facts.worked_on),
        "reviews",
    ),
    Definition(
        "reviews_by_kind",
        "Reviews worked on by kind",
        "The reviews worked on by kind.",
        lambda facts: by_code(
            "review_kind", ((review.kind, review.reference) for review in facts.worked_on)
        ),
        "reviews",
    ),
    Definition(
        "reviews_published",
        "Reviews published",
        "Reviews published in the year, whenever they began.",
        lambda facts: listed(
            review.reference
            for review in facts.reviews
            if review.published_on and review.published_on in facts.year
        ),
        "reviews",
    ),
    Definition(
        "review_children",
        "Children in reviews",
        "The children of the reviews worked on, each once.",
        lambda facts: listed(child.reference for child in _children(facts)),
        "children",
    ),
    Definition(
        "review_children_died",
        "Children in reviews who died",
        "Those children who died.",
        lambda facts: listed(
            child.reference for child in _children(facts) if child.outcome == "died"
        ),
        "children",
    ),
    Definition(
        "review_children_by_sex",
        "Children in reviews by sex",
        "Those children by sex.",
        lambda facts: by_code("sex", ((child.sex, child.reference) for child in _children(facts))),
        "children",
    ),
    Definition(
        "review_children_by_age_band",
        "Children in reviews by age",
        "Those children by the age bands as set, at the time of the incident.",
        lambda facts: by_age_band(_children(facts), facts),
        "children",
    ),
    Definition(
        "review_children_by_ethnicity",
        "Children in reviews by ethnicity",
        "Those children by ethnicity.",
        lambda facts: by_code(
            "ethnicity", ((child.ethnicity, child.reference) for child in _children(facts))
        ),
        "children",
    ),
    Definition(
        "review_children_known_to_csc",
        "Children in reviews known to children's social care",
        "Those children with a status as in the figure of that name for rapid reviews.",
        lambda facts: listed(child.reference for child in _children(facts) if known_to_csc(child)),
        "children",
    ),
    Definition(
        "review_cost_lowest",
        "Lowest cost of a review",
        "The lowest cost, all its lines added up, of a review worked on that has any cost; empty "
        "where none has.",
        lambda facts: _cost(facts, min),
        "£",
    ),
    Definition(
        "review_cost_highest",
        "Highest cost of a review",
        "The highest such cost.",
        lambda facts: _cost(facts, max),
        "£",
    ),
    Definition(
        "themes",
        "Themes",
        "In how many of the reviews worked on each theme occurs, the most frequent first.",
        _themes,
        "reviews",
    ),
    Definition(
        "themes_share",
        "Themes as a share of reviews",
        "In what percentage of the reviews worked on each theme occurs, to one decimal.",
        lambda facts: shares(_themes(facts), len(facts.worked_on)),
        "%",
    ),
    Definition(
        "themes_together",
        "Themes that occur together",
        "In how many of the reviews worked on two themes occur together, named as A + B.",
        _themes_together,
        "reviews",
    ),
    Definition(
        "actions_open",
        "Actions open",
        "Actions not complete on the last day of the year, or today while the year lasts: agreed "
        "by then (without that day, its review begun), and not since found no longer required.",
        lambda facts: listed(
            action.reference for action in facts.actions if _was_open(action, _as_at(facts))
        ),
        "actions",
    ),
    Definition(
        "actions_overdue",
        "Actions overdue",
        "Of those, the actions due before that day; what is raised nationally is never overdue.",
        lambda facts: listed(
            action.reference for action in facts.actions if _was_overdue(action, _as_at(facts))
        ),
        "actions",
    ),
    Definition(
        "actions_completed_in_year",
        "Actions completed",
        "Actions completed in the year.",
        lambda facts: listed(
            action.reference
            for action in facts.actions
            if action.completed_on and action.completed_on in facts.year
        ),
        "actions",
    ),
    Definition(
        "impact_statements",
        "Impact recorded",
        "Records of impact: what changed because of reviews, seen in the year.",
        lambda facts: listed(
            reference for reference, seen_on in facts.impacts if seen_on in facts.year
        ),
        "changes",
    ),
)
"""The figures of reviews and actions, in the order of the annual report."""
