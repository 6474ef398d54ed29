"""The figures of what was learned, shared, published and spent, and of the area's children."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from statistics import mean

from oscb_desktop.queries.figures_clocks import LATE, ON_TIME, days_late, timeliness
from oscb_desktop.queries.figures_counting import (
    Counted,
    Definition,
    breakdown,
    by_code,
    listed,
    most_first,
)
from oscb_desktop.queries.figures_facts import ReviewFacts, YearFacts
from oscb_desktop.queries.figures_learning_facts import EngagementFacts, MemberFacts, PointFacts

PRACTITIONERS = ("practitioner_event", "manager_event", "practitioner")
_EVENTS = ("practitioner_event", "manager_event")
FAMILY = ("family", "child")
_TOOK_PART = "takes_part"


def _held(name: str) -> Callable[[YearFacts], Counted]:
    """Return the baseline figure held for the year itself: nothing in the file can count it."""

    def count(facts: YearFacts) -> Counted:
        for year, figure, value in facts.baselines:
            if figure == name and year == facts.year.label:
                return Counted(value)
        return Counted(None)

    return count


def members(facts: YearFacts) -> tuple[MemberFacts, ...]:
    """Return who belonged to the subgroup on the last day of the year, or today while it lasts."""
    day = min(facts.today, facts.year.last)
    return tuple(member for member in facts.learning.members if member.belongs_on(day))


def of_the_year(facts: YearFacts) -> dict[int, ReviewFacts]:
    """Return the year's rapid reviews and the reviews worked on, by id."""
    return {review.id: review for review in (*facts.rapid_reviews, *facts.worked_on)}


def published(facts: YearFacts) -> tuple[ReviewFacts, ...]:
    """Return the reviews published in the year."""
    return tuple(
        review
        for review in facts.reviews
        if review.published_on and review.published_on in facts.year
    )


def points(facts: YearFacts, audience: str = "") -> tuple[PointFacts, ...]:
    """Return the learning points from the year's reviews, all or those for one audience."""
    reviews = of_the_year(facts)
    return tuple(
        point
        for point in facts.learning.points
        if audience in ("", point.audience) and any(at in reviews for at in point.reviews)
    )


def ended_before(facts: YearFacts) -> tuple[ReviewFacts, ...]:
    """Return the reviews but rapid ones that were published, or else ended, in the year before."""
    year = facts.year.previous()
    ends = ((review, review.published_on or review.finished_on) for review in facts.reviews)
    return tuple(
        review for review, end in ends if review.kind != "rapid_review" and end and end in year
    )


def _by_theme(reviews: Iterable[ReviewFacts]) -> Counted:
    return most_first(
        breakdown((theme, review.reference) for review in reviews for theme in review.themes)
    )


def _new_themes(facts: YearFacts) -> Counted:
    before = {theme for review in ended_before(facts) for theme in review.themes}
    now = _by_theme(facts.worked_on)
    return _only(now, [theme for theme in now.by_category if theme not in before])


def _repeated_themes(facts: YearFacts) -> Counted:
    before = {theme for review in ended_before(facts) for theme in review.themes}
    now = _by_theme(facts.worked_on)
    return _only(now, [theme for theme in now.by_category if theme in before])


def _only(counted: Counted, names: Iterable[str]) -> Counted:
    by_category = {name: counted.by_category[name] for name in names}
    records = tuple(dict.fromkeys(ref for refs in by_category.values() for ref in refs))
    return Counted({name: len(refs) for name, refs in by_category.items()}, records, by_category)


def engaged(facts: YearFacts, kinds: tuple[str, ...]) -> tuple[EngagementFacts, ...]:
    """Return who was met of these kinds, or first contacted, in the year, for a live review."""
    reviews = {review.id for review in facts.reviews}
    return tuple(
        row
        for row in facts.learning.engagements
        if row.kind in kinds
        and row.review in reviews
        and row.counted_on
        and row.counted_on in facts.year
    )


def _engaged(kinds: tuple[str, ...], *, took_part: bool = False) -> Callable[[YearFacts], Counted]:
    def count(facts: YearFacts) -> Counted:
        names = {review.id: review.reference for review in facts.reviews}
        return listed(
            names[row.review]
            for row in engaged(facts, kinds)
            if not took_part or row.response == _TOOK_PART
        )

    return count


def _attended(facts: YearFacts) -> Counted:
    names = {review.id: review.reference for review in facts.reviews}
    rows = [row for row in engaged(facts, _EVENTS) if row.attended]
    return Counted(sum(row.attended or 0 for row in rows), tuple(names[row.review] for row in rows))


def _reached(facts: YearFacts) -> Counted:
    rows = [row for row in facts.learning.shared if row.shared_on in facts.year and row.reach]
    return Counted(sum(row.reach or 0 for row in rows), tuple(row.title for row in rows))


def _timely(words: str) -> Callable[[YearFacts], Counted]:
    return lambda facts: listed(
        review.reference for review in facts.rapid_reviews if timeliness(review, facts) == words
    )


def _longest_late(facts: YearFacts) -> Counted:
    late = {review.reference: days_late(review, facts) for review in facts.rapid_reviews}
    held = {reference: days for reference, days in late.items() if days}
    if not held:
        return Counted(None)
    most = max(held.values())
    return Counted(most, tuple(reference for reference, days in held.items() if days == most))


def _average_cost(facts: YearFacts) -> Counted:
    costs = {
        review.reference: sum(review.costs, start=type(review.costs[0])())
        for review in facts.worked_on
        if review.costs
    }
    return Counted(round(mean(costs.values())) if costs else None, tuple(costs))


def _published_limbs(facts: YearFacts) -> Counted:
    ids = {review.id for review in published(facts)}
    return listed(
        reference
        for reference, scope, review in facts.learning.limbs
        if review in ids and scope != "local"
    )


def _of_published(kind: str) -> Callable[[YearFacts], Counted]:
    def count(facts: YearFacts) -> Counted:
        held = getattr(facts.learning, kind)
        return listed(ref for review in published(facts) for ref in held.get(review.id, ()))

    return count


def _points_by_audience(facts: YearFacts) -> Counted:
    counted = by_code("audience", ((point.audience, point.reference) for point in points(facts)))
    return replace(counted, warnings=())


CONTEXT_FIGURES = (
    Definition(
        "child_population",
        "Children living in the area",
        "The baseline figure held for the year: how many children live in the area.",
        _held("child_population"),
        "people",
    ),
    Definition(
        "children_on_protection_plans",
        "Children on child protection plans in the area",
        "The baseline figure held for the year.",
        _held("children_on_protection_plans"),
        "people",
    ),
    Definition(
        "children_cared_for",
        "Children whom the authority cares for",
        "The baseline figure held for the year.",
        _held("children_cared_for"),
        "people",
    ),
    Definition(
        "subgroup_members",
        "Members of the subgroup",
        "Who belonged to the subgroup on the last day of the year, or today while the year lasts.",
        lambda facts: listed(dict.fromkeys(member.person for member in members(facts))),
        "members",
    ),
    Definition(
        "subgroup_agencies",
        "Agencies in the subgroup",
        "The agencies of those members, each once.",
        lambda facts: listed(
            dict.fromkeys(member.agency for member in members(facts) if member.agency)
        ),
        "agencies",
    ),
)
"""The figures that the annual report sets the others beside."""

LEARNING_FIGURES = (
    Definition(
        "rapid_reviews_on_time",
        "Rapid reviews in time",
        "The year's rapid reviews that reached the Panel within their time.",
        _timely(ON_TIME),
        "reviews",
    ),
    Definition(
        "rapid_reviews_late",
        "Rapid reviews that were late",
        "The year's rapid reviews that reached the Panel after their time.",
        _timely(LATE),
        "reviews",
    ),
    Definition(
        "rapid_review_days_late_most",
        "Working days late, at most",
        "The most working days by which one of them was late; empty when none was.",
        _longest_late,
        "working days",
    ),
    Definition(
        "review_cost_average",
        "Average cost of a review",
        "The mean cost, to the pound, of the reviews worked on that have any cost.",
        _average_cost,
        "£",
    ),
    Definition(
        "themes_year_before",
        "Themes of the year before",
        "In how many of the reviews that were published, or else ended, in the year before each "
        "theme occurs; rapid reviews are not among them.",
        lambda facts: _by_theme(ended_before(facts)),
        "reviews",
    ),
    Definition(
        "themes_new",
        "New themes",
        "The themes of the reviews worked on that were not among those of the year before.",
        _new_themes,
        "reviews",
    ),
    Definition(
        "themes_repeated",
        "Themes that come back",
        "The themes of the reviews worked on that were among those of the year before.",
        _repeated_themes,
        "reviews",
    ),
    Definition(
        "learning_points_by_audience",
        "Learning points by whom they are for",
        "The learning points from the year's rapid reviews and the reviews worked on, by audience.",
        _points_by_audience,
        "points",
    ),
    Definition(
        "published_findings",
        "Findings of what was published",
        "The findings of the reviews published in the year.",
        _of_published("findings"),
        "findings",
    ),
    Definition(
        "published_recommendations",
        "Recommendations of what was published",
        "The recommendations of the reviews published in the year.",
        _of_published("recommendations"),
        "recommendations",
    ),
    Definition(
        "published_national_limbs",
        "What published reviews ask of government",
        "The parts of those recommendations that are addressed regionally or nationally.",
        _published_limbs,
        "parts",
    ),
    Definition(
        "practitioner_events",
        "Events with practitioners",
        "Events with practitioners or managers held for a review in the year; the records are "
        "their reviews, a review once for each event.",
        _engaged(_EVENTS),
        "events",
    ),
    Definition(
        "practitioners_attended",
        "Practitioners who came to them",
        "How many came to those events, added up; the records are their reviews.",
        _attended,
        "people",
    ),
    Definition(
        "family_members_asked",
        "Family members asked to take part",
        "Children, young people and family members met, or first written to, in the year; the "
        "records are their reviews, a review once for each of them.",
        _engaged(FAMILY),
        "contacts",
    ),
    Definition(
        "family_members_took_part",
        "Family members who took part",
        "Those of them who took part.",
        _engaged(FAMILY, took_part=True),
        "contacts",
    ),
    Definition(
        "learning_shared",
        "Occasions on which learning was shared",
        "Records of the sharing of learning in the year.",
        lambda facts: listed(
            row.title for row in facts.learning.shared if row.shared_on in facts.year
        ),
        "occasions",
    ),
    Definition(
        "learning_reached",
        "People reached by shared learning",
        "How many people those occasions reached, added up where it is known.",
        _reached,
        "people",
    ),
)
"""The figures of learning, in the order of the annual report."""
