"""The live content of the annual report about incidents, rapid reviews, reviews and children."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from oscb_desktop.domain.codes import label_of
from oscb_desktop.domain.date_words import full_date
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import MARK
from oscb_desktop.queries.annual_counts import funnel_name
from oscb_desktop.queries.annual_rows import Block, Cell, Grid
from oscb_desktop.queries.annual_year import Year, known_as
from oscb_desktop.queries.breakdowns import Subject
from oscb_desktop.queries.figures_learning import members
from oscb_desktop.queries.year_known import Known
from oscb_desktop.queries.year_trends import (
    FunnelStep,
    YearValue,
    compared,
    funnel_of,
    years_up_to,
)

Builder = Callable[[Year], Iterator[Block]]
_TRENDS = (
    "rapid_reviews",
    "rapid_review_children",
    "reviews_worked_on",
    "review_children",
    "reviews_published",
)
_PUBLISHED = "reviews_published"
_NOT_KNOWN = "not known"
_SHORT = "LCSPR"
_IN_FULL = f"{_SHORT}: local child safeguarding practice review."


def _table(subject: Subject, dimension: str, title: str, chart: str = "bars") -> Builder:
    def build(year: Year) -> Iterator[Block]:
        name = f"{subject}_by_{dimension}"
        found = year.table(name, title, subject, dimension, chart=chart)
        if found is not None:
            yield found

    return build


def _by_age(dimension: str, title: str, chart: str = "") -> Builder:
    def build(year: Year) -> Iterator[Block]:
        name = f"{_CHILDREN}_by_{dimension}_by_age_band"
        found = year.table(name, title, _CHILDREN, dimension, "age_band", chart=chart)
        if found is not None:
            yield found

    return build


def _lines(name: str, title: str, *figures: str, compare: tuple[str, ...] = ()) -> Builder:
    def build(year: Year) -> Iterator[Block]:
        block = year.lines(name, title, *figures, compared=compare)
        if block.lines:
            yield block

    return build


def _members(year: Year) -> Iterator[Block]:
    """Who belongs to the subgroup; a public version names agencies and no person."""
    found = members(year.facts)
    if not found:
        return
    if year.is_public:
        agencies = dict.fromkeys(member.agency for member in found if member.agency)
        rows = tuple((Cell(agency),) for agency in agencies)
        yield Grid("members", "Agencies of the subgroup", ("Agency",), rows)
        return
    yield Grid(
        "members",
        "Members of the subgroup",
        ("Name", "Role", "Agency", "Post"),
        tuple(
            (
                Cell(member.person),
                Cell(label_of("membership_role", member.role)),
                Cell(member.agency),
                Cell(member.job_title),
            )
            for member in found
        ),
        (f"As at {full_date(min(year.facts.today, year.facts.year.last))}.",),
    )


def _funnel(year: Year) -> Iterator[Block]:
    steps = funnel_of(year.facts)
    if not any(step.value for step in steps):
        return
    rows = tuple((Cell(step.label), _step(year, step)) for step in steps)
    yield Grid(
        "funnel",
        "From discussion to publication",
        ("Step", "How many"),
        rows,
        ("Each step counts what happened in the year; one is no part of the one before.",),
        "funnel",
    )


def _step(year: Year, step: FunnelStep) -> Cell:
    """Return how many there were of a step; one that is a figure is told as the figure is."""
    if step.name in (_PUBLISHED, "rapid_reviews", "notifications_sent"):
        return year.figure(step.name, in_table=True)
    told = year.count(funnel_name(step.name), step.records)
    is_unknown = step.known is Known.UNKNOWN and told.words != MARK
    return Cell(_NOT_KNOWN, name=told.name) if is_unknown else told


def _trend(year: Year) -> Iterator[Block]:
    """Five years side by side, up to this one; what is not known is told as not known."""
    years = years_up_to(year.facts.year)
    found = compared(year.facts, _TRENDS, years)
    if not any(value.value for trend in found for value in trend.values):
        return
    rows = tuple(
        (
            Cell(trend.label),
            *(
                _in_year(year, trend.name, each, value)
                for each, value in zip(years, trend.values, strict=True)
            ),
        )
        for trend in found
    )
    # The day on which the records begin is one that happened: a public version names no such day.
    notes = dict.fromkeys(
        value.note
        for trend in found
        for value in trend.values[:-1]
        if value.note and value.value and not year.is_public
    )
    heads = ("What", *(each.label for each in years))
    yield Grid("trend", "Five years", heads, rows, tuple(notes), "lines")


def _in_year(year: Year, name: str, each: ReportingYear, value: YearValue) -> Cell:
    if each == year.facts.year:
        return year.figure(name, in_table=True)
    number = None if value.value is None else int(value.value)
    if year.suppressed is not None and name != _PUBLISHED:
        is_small = number is not None and 0 < number < year.suppressed.threshold
        if is_small or year.suppressed_in(each).is_kept_back(name):
            return Cell(MARK)
    if number is None:
        return Cell(_NOT_KNOWN)
    return Cell(f"{number:,}", year.references(value.records), number)


def _reviews(year: Year) -> Iterator[Block]:
    """Each review worked on; a public version lists those that are published."""
    listed = [
        review
        for review in year.facts.worked_on
        if not year.is_public or (review.published_on and review.published_on in year.facts.year)
    ]
    if not listed:
        return
    named = known_as(year, listed)
    rows = tuple(
        (
            *(() if year.is_public else (Cell(review.reference, (review.reference,)),)),
            Cell(named[review.id]),
            Cell(label_of("review_kind", review.kind)),
            Cell(
                full_date(review.published_on) if review.published_on else "Not published",
                exact=review.published_on,
            ),
        )
        for review in listed
    )
    title = "Reviews published" if year.is_public else "Reviews worked on, one by one"
    heads = ("Reference", "Known as", "Kind", "Published")
    yield Grid("reviews", title, heads[1:] if year.is_public else heads, rows)


def _panel_replies(year: Year) -> Iterator[Block]:
    for grid in _table(_RAPID, "panel_reply", "What the Panel said", "")(year):
        assert isinstance(grid, Grid)
        is_short = any(_SHORT in row[0].words for row in grid.rows)
        yield replace(grid, notes=(*grid.notes, _IN_FULL)) if is_short else grid


_RAPID = Subject.RAPID_REVIEWS
_CHILDREN = Subject.RAPID_REVIEW_CHILDREN
CASE_BLOCKS: dict[str, Builder] = {
    "members": _members,
    "funnel": _funnel,
    "context": _lines(
        "context",
        "The area's children",
        "child_population",
        "children_on_protection_plans",
        "children_cared_for",
    ),
    "rapid_facts": _lines(
        "rapid_facts",
        "Facts and figures",
        "rapid_reviews",
        "rapid_reviews_recommending_cspr",
        "rapid_review_referral_sources",
        "rapid_reviews_joint",
        "rapid_reviews_contributed",
        "rapid_reviews_child_death",
        "panel_agreed",
        "panel_not_agreed",
        compare=("rapid_reviews",),
    ),
    "referral_sources": _table(_RAPID, "referral_source", "Who referred"),
    "panel_replies": _panel_replies,
    "trend": _trend,
    "children_facts": _lines(
        "children_facts",
        "Facts and figures",
        "rapid_review_children",
        "rapid_review_families",
        "rapid_review_babies",
        "rapid_review_children_known_to_csc",
        compare=("rapid_review_children",),
    ),
    "children_by_age": _table(_CHILDREN, "age_band", "By age"),
    "children_by_sex": _table(_CHILDREN, "sex", "By sex", ""),
    "children_by_status": _table(_CHILDREN, "csc_status", "By status with social care", ""),
    "age_by_harm": _by_age("harm_type", "Kinds of harm by age", "grouped"),
    "age_by_factor": lambda year: iter(
        (
            *_by_age("child_factor", "What was known about the children, by age")(year),
            *_by_age("family_factor", "What was known about parents and carers, by age")(year),
            *_by_age("harmed_by_sex", "Who harmed the children, by age")(year),
        )
    ),
    "harm_types": _table(_CHILDREN, "harm_type", "Kinds of harm", ""),
    "harmed_by": _table(_CHILDREN, "harmed_by_sex", "Who harmed the children", ""),
    "review_facts": _lines(
        "review_facts",
        "Facts and figures",
        "reviews_worked_on",
        "reviews_published",
        compare=("reviews_worked_on",),
    ),
    "reviews_by_kind": _table(Subject.REVIEWS, "kind", "Kinds of review", ""),
    "reviews": _reviews,
    "review_children_facts": _lines(
        "review_children_facts",
        "Facts and figures",
        "review_children",
        "review_children_died",
        "review_children_known_to_csc",
    ),
    "review_children_by_age": _table(Subject.REVIEW_CHILDREN, "age_band", "By age"),
    "review_children_by_sex": lambda year: iter(
        (
            *_table(Subject.REVIEW_CHILDREN, "sex", "By sex", "")(year),
            *_table(Subject.REVIEW_CHILDREN, "ethnicity", "By ethnicity", "")(year),
        )
    ),
}
"""How each block is built; one with nothing to tell yields nothing."""
