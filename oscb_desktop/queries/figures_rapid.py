"""The figures of incidents, notifications and rapid reviews."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from statistics import mean

from oscb_desktop.queries.figures_clocks import rapid_review_clock
from oscb_desktop.queries.figures_counting import (
    Counted,
    Definition,
    by_age_band,
    by_code,
    listed,
)
from oscb_desktop.queries.figures_facts import ChildFacts, ReviewFacts, YearFacts

_AGREED = "agrees_"
_DEATHS = ("child_death", "looked_after_death_no_abuse", "care_leaver_death")
NOT_KNOWN_TO_CSC = ("none", "early_help", "not_known")


def _rapid(test: Callable[[ReviewFacts], bool]) -> Callable[[YearFacts], Counted]:
    return lambda facts: listed(review.reference for review in facts.rapid_reviews if test(review))


def children_of(reviews: tuple[ReviewFacts, ...]) -> tuple[ChildFacts, ...]:
    """Return each child of these reviews once, however many reviews it is in."""
    return tuple(dict.fromkeys(child for review in reviews for child in review.children))


def _children(facts: YearFacts) -> tuple[ChildFacts, ...]:
    return children_of(facts.rapid_reviews)


def _concerns_death(review: ReviewFacts) -> bool:
    died = any(child.outcome == "died" for child in review.children)
    return died or bool(review.incident and review.incident.nature in _DEATHS)


def _sources(facts: YearFacts) -> Counted:
    return by_code(
        "referral_source",
        (
            (review.incident.referral_source if review.incident else None, review.reference)
            for review in facts.rapid_reviews
        ),
    )


def _source_count(facts: YearFacts) -> Counted:
    known = {
        name: refs for name, refs in _sources(facts).by_category.items() if name != "Not known"
    }
    records = tuple(reference for references in known.values() for reference in references)
    return Counted(len(known), records, known)


def known_to_csc(child: ChildFacts) -> bool:
    """Say whether children's social care knew a child, then or before; early help is not it."""
    ever = (child.csc_status or "not_known", *child.csc_previous)
    return any(status not in NOT_KNOWN_TO_CSC for status in ever)


def _before(name: str) -> Callable[[YearFacts], Counted]:
    def count(facts: YearFacts) -> Counted:
        year = facts.year.previous()
        for held, figure, value in facts.baselines:
            if figure == name and held == year.label:
                return Counted(value)
        definition = next(entry for entry in RAPID_FIGURES if entry.name == name)
        counted = definition.count(replace(facts, year=year))
        warning = f"No baseline figure is held for {year.label}; this file's records were counted."
        return replace(counted, warnings=(*counted.warnings, warning))

    return count


def _incidents_by_nature(facts: YearFacts) -> Counted:
    year = facts.year
    dated = [(entry, entry.counted_on) for entry in facts.incidents]
    counted = by_code(
        "incident_nature",
        ((entry.nature, entry.reference) for entry, day in dated if day and day in year),
    )
    warnings = tuple(
        f"{entry.reference} may belong to this year or to another: it happened "
        f"{entry.happened_on.words()}. It is counted by the earliest day that may be."
        for entry in facts.incidents
        if entry.happened_on and entry.may_belong_elsewhere(year)
    )
    return replace(counted, warnings=warnings)


def _days_late(facts: YearFacts) -> Counted:
    sent = [review for review in facts.rapid_reviews if review.sent_to_panel_on]
    clocks = [
        (review.reference, clock) for review in sent if (clock := rapid_review_clock(review, facts))
    ]
    late = {
        reference: -clock.days_left
        for reference, clock in clocks
        if clock.days_left is not None and clock.days_left < 0
    }
    measured = {reference for reference, clock in clocks if clock.days_left is not None}
    warnings = tuple(
        f"{review.reference} is left out: its working days cannot be counted."
        for review in sent
        if review.reference not in measured
    )
    if not measured:
        return Counted(None, warnings=warnings)
    average = round(mean(late.values()), 1) if late else 0
    return Counted(average, tuple(late), warnings=warnings)


RAPID_FIGURES = (
    Definition(
        "rapid_reviews",
        "Rapid reviews",
        "Rapid reviews whose incident was notified in the year; where no notification is recorded, "
        "those started in it. Joint reviews and contributions to another area's count once each.",
        _rapid(lambda review: True),
        "reviews",
    ),
    Definition(
        "rapid_reviews_previous_year",
        "Rapid reviews of the year before",
        "The baseline figure held for the year before; where none is held, the rapid reviews of "
        "that year counted in this file.",
        _before("rapid_reviews"),
        "reviews",
    ),
    Definition(
        "rapid_reviews_recommending_cspr",
        "Rapid reviews that recommended a review",
        "The year's rapid reviews that recommended a local child safeguarding practice review, "
        "whether or not the criteria were met.",
        _rapid(lambda review: review.lcspr_commissioned is True),
        "reviews",
    ),
    Definition(
        "rapid_review_referral_sources",
        "Sources of referral",
        "How many different sources referred the incidents of the year's rapid reviews; incidents "
        "with no source recorded add none. The records are the reviews with a source.",
        _source_count,
        "sources",
    ),
    Definition(
        "rapid_reviews_by_referral_source",
        "Rapid reviews by source of referral",
        "The year's rapid reviews by who referred the incident.",
        _sources,
        "reviews",
    ),
    Definition(
        "rapid_reviews_joint",
        "Joint rapid reviews",
        "The year's rapid reviews held with another partnership: we lead, another leads, or we "
        "contribute.",
        _rapid(lambda review: review.role != "sole"),
        "reviews",
    ),
    Definition(
        "rapid_reviews_ours",
        "Rapid reviews of our own",
        "The year's rapid reviews without our contributions to another area's; joint reviews count "
        "once each.",
        _rapid(lambda review: review.role != "contributor"),
        "reviews",
    ),
    Definition(
        "rapid_reviews_contributed",
        "Contributions to another area's rapid reviews",
        "The year's rapid reviews of another area to which we contributed; they are among the "
        "joint ones.",
        _rapid(lambda review: review.role == "contributor"),
        "reviews",
    ),
    Definition(
        "rapid_reviews_child_death",
        "Rapid reviews concerning a death",
        "The year's rapid reviews of which a child died or the incident is a death.",
        _rapid(_concerns_death),
        "reviews",
    ),
    Definition(
        "panel_agreed",
        "The Panel agreed",
        "The year's rapid reviews whose latest letter from the Panel agrees.",
        _rapid(lambda review: bool(review.letters) and review.letters[-1].startswith(_AGREED)),
        "reviews",
    ),
    Definition(
        "panel_not_agreed",
        "The Panel did not agree, or asked for more",
        "The year's rapid reviews whose latest letter from the Panel says anything but that it "
        "agrees; a review without a letter is in neither figure.",
        _rapid(lambda review: bool(review.letters) and not review.letters[-1].startswith(_AGREED)),
        "reviews",
    ),
    Definition(
        "rapid_review_children",
        "Children in rapid reviews",
        "The children of the year's rapid reviews, each once; unborn children count.",
        lambda facts: listed(child.reference for child in _children(facts)),
        "children",
    ),
    Definition(
        "rapid_review_families",
        "Families in rapid reviews",
        "The families of those children, each once.",
        lambda facts: listed(dict.fromkeys(child.family for child in _children(facts))),
        "families",
    ),
    Definition(
        "rapid_review_children_by_age_band",
        "Children in rapid reviews by age",
        "Those children by the age bands as set, at the time of the incident.",
        lambda facts: by_age_band(_children(facts), facts),
        "children",
    ),
    Definition(
        "rapid_review_babies",
        "Babies in rapid reviews",
        "Those children who were born and under one year old.",
        lambda facts: listed(
            child.reference for child in _children(facts) if child.age and child.age.is_baby
        ),
        "children",
    ),
    Definition(
        "rapid_review_children_by_sex",
        "Children in rapid reviews by sex",
        "Those children by sex.",
        lambda facts: by_code("sex", ((child.sex, child.reference) for child in _children(facts))),
        "children",
    ),
    Definition(
        "rapid_review_children_known_to_csc",
        "Children in rapid reviews known to children's social care",
        "Those children with a status, at the incident or before, of referral or assessment, child "
        "in need, child protection, looked after, care leaver or closed; early help alone is not "
        "counted.",
        lambda facts: listed(child.reference for child in _children(facts) if known_to_csc(child)),
        "children",
    ),
    Definition(
        "notification_discussions",
        "Notification discussions",
        "Discussions of whether to notify held in the year, whatever was decided; the records are "
        "their incidents, an incident once for each discussion.",
        lambda facts: listed(
            reference for reference, held_on in facts.discussions if held_on in facts.year
        ),
        "discussions",
    ),
    Definition(
        "notifications_sent",
        "Notifications sent",
        "Incidents that our local authority notified in the year.",
        lambda facts: listed(
            incident.reference
            for incident in facts.incidents
            if incident.notified_by == "us"
            and incident.notified_on
            and incident.notified_on in facts.year
        ),
        "incidents",
    ),
    Definition(
        "incidents_by_nature",
        "Incidents by nature",
        "Incidents of the year by nature, notified or not; an incident belongs to the year of the "
        "first known of these days: notified, aware, received, happened.",
        _incidents_by_nature,
        "incidents",
    ),
    Definition(
        "rapid_review_days_late_average",
        "Working days late, on average",
        "The mean of the working days by which the year's late rapid reviews reached the Panel "
        "after their time, to one decimal; 0 when none was late, empty when none was sent.",
        _days_late,
        "working days",
    ),
)
"""The figures of incidents, notifications and rapid reviews, in the order of the annual report."""
