"""Figures that are breakdowns of a year's rapid reviews, reviews or their children."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from oscb_desktop.queries.breakdowns import Subject, break_down
from oscb_desktop.queries.figures_counting import Counted, Definition
from oscb_desktop.queries.figures_facts import YearFacts

_RAPID, _RAPID_CHILDREN = Subject.RAPID_REVIEWS, Subject.RAPID_REVIEW_CHILDREN
_CHILDREN = Subject.REVIEW_CHILDREN


def _count(facts: YearFacts, subject: Subject, dimension: str) -> Counted:
    found = break_down(facts, subject, dimension).held()
    by_category = {row: found.records_of(row) for row in found.rows}
    counts = {row: len(references) for row, references in by_category.items()}
    return Counted(counts, found.records, by_category, found.notes)


def _counting(subject: Subject, dimension: str) -> Callable[[YearFacts], Counted]:
    return partial(_count, subject=subject, dimension=dimension)


def _figure(subject: Subject, dimension: str, name: str, label: str, meaning: str) -> Definition:
    unit = "children" if subject in (_RAPID_CHILDREN, _CHILDREN) else "reviews"
    return Definition(name, label, meaning, _counting(subject, dimension), unit)


BROKEN_DOWN_FIGURES = (
    _figure(
        _RAPID,
        "role",
        "rapid_reviews_by_role",
        "Rapid reviews by our part",
        "The year's rapid reviews by the part that we have in them.",
    ),
    _figure(
        _RAPID,
        "panel_reply",
        "rapid_reviews_by_panel_reply",
        "Rapid reviews by the Panel's reply",
        "The year's rapid reviews by what the Panel's latest letter says.",
    ),
    _figure(
        _RAPID_CHILDREN,
        "csc_status",
        "rapid_review_children_by_csc_status",
        "Children in rapid reviews by status with children's social care",
        "Those children by their status at the time of the incident.",
    ),
    _figure(
        _RAPID_CHILDREN,
        "ethnicity",
        "rapid_review_children_by_ethnicity",
        "Children in rapid reviews by ethnicity",
        "Those children by ethnicity.",
    ),
    _figure(
        _RAPID_CHILDREN,
        "harm_type",
        "rapid_review_children_by_harm_type",
        "Children in rapid reviews by kind of harm",
        "Those children by the kinds of harm; a child counts once for each.",
    ),
    _figure(
        _RAPID_CHILDREN,
        "harmed_by_sex",
        "rapid_review_children_by_sex_of_who_harmed",
        "Children in rapid reviews by the sex of who harmed them",
        "Those children by whether they were harmed by males, females or others; a child harmed "
        "by several counts once for each.",
    ),
    _figure(
        _CHILDREN,
        "csc_status",
        "review_children_by_csc_status",
        "Children in reviews by status with children's social care",
        "The children of the reviews worked on by their status at the time of the incident.",
    ),
    _figure(
        _CHILDREN,
        "harm_type",
        "review_children_by_harm_type",
        "Children in reviews by kind of harm",
        "Those children by the kinds of harm; a child counts once for each.",
    ),
)
"""Each is counted as the breakdown of that name is, without what holds nothing."""
