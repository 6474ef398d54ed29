"""The counts of a yearly report that may be kept back, with every sum that ties them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.linked_counts import Counts, Name, Sum, linked, together
from oscb_desktop.domain.suppression import Suppressed, suppress
from oscb_desktop.queries.annual_figures import DIMENSIONS, WITH_A_COST, YearFigures, name_of
from oscb_desktop.queries.breakdowns import Breakdown, Subject, break_down, suppressible
from oscb_desktop.queries.figures import figure_definitions
from oscb_desktop.queries.figures_clocks import LATE, ON_TIME
from oscb_desktop.queries.figures_counting import words_of
from oscb_desktop.queries.figures_learning import published
from oscb_desktop.queries.figures_rapid import NOT_KNOWN_TO_CSC
from oscb_desktop.queries.year_trends import funnel_of

Of = tuple[Subject, str]
_RAPID, _CHILDREN = str(Subject.RAPID_REVIEWS), str(Subject.RAPID_REVIEW_CHILDREN)
_REVIEWS, _REVIEW_CHILDREN = str(Subject.REVIEWS), str(Subject.REVIEW_CHILDREN)
_TIMELINESS = ((Subject.RAPID_REVIEWS, "timeliness"), (Subject.REVIEWS, "timeliness"))
_AGE = (Subject.RAPID_REVIEW_CHILDREN, "age_band")
_BY_AGE = ("harm_type", "harmed_by_sex")
"""Breakdowns of which it is told, in words, which of their categories each age has."""
_IN_WORDS = {
    (Subject.RAPID_REVIEW_CHILDREN, "age_band"),
    (Subject.REVIEW_CHILDREN, "age_band"),
    (Subject.RAPID_REVIEWS, "referral_source"),
}
"""Breakdowns whose categories are told even where each of their numbers is kept back."""

_PARTS_OF = {
    "rapid_reviews_recommending_cspr": _RAPID,
    "rapid_reviews_child_death": _RAPID,
    "rapid_reviews_joint": _RAPID,
    "rapid_reviews_contributed": "rapid_reviews_joint",
    "rapid_review_children_known_to_csc": _CHILDREN,
    "review_children_died": _REVIEW_CHILDREN,
    "review_children_known_to_csc": _REVIEW_CHILDREN,
    "family_members_took_part": "family_members_asked",
}
"""Figures that are parts of another: what is left of it is a number that can be worked out."""

_SPLITS = (
    (_RAPID, ("rapid_reviews_ours", "rapid_reviews_contributed")),
    (_RAPID, ("panel_agreed", "panel_not_agreed")),
    (_RAPID, ("rapid_reviews_on_time", "rapid_reviews_late")),
)
"""Figures that have no record in common, and together are no more than another."""

_JOINT_ROLES = ("lead", "joint", "contributor")
_KNOWN = {
    "rapid_review_children_known_to_csc": _CHILDREN,
    "review_children_known_to_csc": _REVIEW_CHILDREN,
}
_AGREES = ("agrees_no_lcspr", "agrees_lcspr")
_OTHER_REPLIES = (
    "disagrees_should_be",
    "disagrees_not_needed",
    "clarification",
    "quality_concern",
    "national_review",
)
_ALONE = ("notification_discussions", "notifications_sent")


@dataclass(frozen=True, slots=True)
class KeptBack:
    """What is kept back of a year, and which breakdowns are told: in numbers or in words."""

    suppressed: Suppressed
    told: frozenset[Of]


def keep_back(figures: YearFigures, threshold: int) -> KeptBack:
    """Return what is kept back of a year, whichever of its figures a text tells.

    A breakdown that would be told in "c" alone, or that would take its total with it, is left out:
    a total says more than a table that says nothing.
    """
    told = frozenset(_told(figures, threshold))
    counts = _counts(figures, told, threshold)
    return KeptBack(suppress(counts, threshold, tuple(_said(counts))), told)


def funnel_name(step: str) -> Name:
    """Return the name of a step's count; a step that is a figure bears the figure's."""
    return step if step in (_RAPID, *_ALONE) else ("funnel", step)


def _told(figures: YearFigures, threshold: int) -> Iterator[Of]:
    for of in dict.fromkeys((*DIMENSIONS.values(), *_TIMELINESS)):
        found = break_down(figures.facts, *of).held()
        alone = suppress(linked((suppressible([found]), _published(figures))), threshold)
        if alone.is_kept_back(str(found.subject)):
            continue
        says = any(not alone.is_kept_back(found.name_of(row)) for row in found.rows)
        if says or of in _IN_WORDS:
            yield of


def _counts(figures: YearFigures, told: frozenset[Of], threshold: int) -> Counts:
    tables = [break_down(figures.facts, *of).held() for of in sorted(told)]
    broken_down = suppressible(tables)
    return linked(
        (
            broken_down,
            *_by_age(figures, told, threshold),
            _published(figures),
            *_single(figures),
            *_parts(figures),
            *_made_of_categories(figures, broken_down),
            *_babies(figures, broken_down),
            *_known(figures, broken_down),
            *_themes(figures, broken_down),
            *_incidents(figures),
        )
    )


def _said(counts: Counts) -> Iterator[Name]:
    """Yield the counts that a sentence may tell: figures first, then their categories."""
    names = [entry.name for entry in figure_definitions()]
    yield from (name for name in names if name in counts.values)
    for name in counts.values:
        if isinstance(name, tuple) and len(name) == 2 and isinstance(name[0], str):
            yield name


def _number(figures: YearFigures, name: str) -> int:
    value = figures.counted(name).value
    assert isinstance(value, int)
    return value


def _single(figures: YearFigures) -> Iterator[Counts]:
    for name in (*map(str, Subject), *_ALONE):
        yield Counts({name: _number(figures, name)})
    yield Counts({WITH_A_COST: len(figures.counted(WITH_A_COST).records)})
    # Families are no part of the children, but never more than they.
    families, children = (_number(figures, name) for name in ("rapid_review_families", _CHILDREN))
    rest = ("further children", "rapid_review_families")
    yield Counts(
        {_CHILDREN: children, "rapid_review_families": families, rest: children - families},
        (Sum(_CHILDREN, ("rapid_review_families", rest)),),
        frozenset({rest}),
    )


def _subset(whole: Name, size: int, part: Name, held: int, *, hidden: bool = False) -> Counts:
    rest = ("others than", whole, part)
    unprinted = frozenset({rest}) if hidden else frozenset()
    values = {whole: size, part: held, rest: size - held}
    return Counts(values, (Sum(whole, (part, rest)),), unprinted)


def _parts(figures: YearFigures) -> Iterator[Counts]:
    for part, whole in _PARTS_OF.items():
        yield _subset(whole, _number(figures, whole), part, _number(figures, part))
    for whole, parts in _SPLITS:
        values: dict[Name, int] = {name: _number(figures, name) for name in (whole, *parts)}
        rest = ("none of", parts)
        values[rest] = values[whole] - sum(values[part] for part in parts)
        yield Counts(values, (Sum(whole, (*parts, rest)),))


def _made_of_categories(figures: YearFigures, counts: Counts) -> Iterator[Counts]:
    """Tie the figures that are some categories of a breakdown to those categories."""
    roles, replies = f"{_RAPID}.role", f"{_RAPID}.panel_reply"
    for name, prefix, words in (
        ("rapid_reviews_joint", roles, _words("review_role", _JOINT_ROLES)),
        ("rapid_reviews_contributed", roles, _words("review_role", ("contributor",))),
        ("panel_agreed", replies, _words("panel_response", _AGREES)),
        ("panel_not_agreed", replies, _words("panel_response", _OTHER_REPLIES)),
        ("rapid_reviews_on_time", f"{_RAPID}.timeliness", (ON_TIME,)),
        ("rapid_reviews_late", f"{_RAPID}.timeliness", (LATE,)),
    ):
        parts = tuple((prefix, word) for word in words if (prefix, word) in counts.values)
        held: dict[Name, int] = {part: counts.values[part] for part in parts}
        value = _number(figures, name)
        if parts and sum(held.values()) == value:
            yield Counts({**held, name: value}, (Sum(name, parts),))


def _words(code_list: str, codes: Sequence[str]) -> tuple[str, ...]:
    return tuple(words_of(code_list, code) for code in codes)


def _by_age(figures: YearFigures, told: frozenset[Of], threshold: int) -> Iterator[Counts]:
    """Tie each category that is told to the ages that have it, which are told in words."""
    children, ages = _AGE
    for by in (each for each in _BY_AGE if {_AGE, (children, each)} <= told):
        found = break_down(figures.facts, children, by, ages).held()
        for row in found.rows:
            held = {
                found.name_of(row, age): count
                for age in found.columns
                if (count := found.count(row, age))
            }
            large = frozenset(name for name, count in held.items() if count >= threshold)
            tied = together(found.name_of(row), found.count(row), held, adds_up=True)
            yield replace(tied, unprinted=large, floors=dict.fromkeys(large, 1))
            for age in found.columns:
                name = found.name_of(row, age)
                if name in held:
                    size = found.count(None, age)
                    yield _subset(found.name_of(None, age), size, name, held[name], hidden=True)


def _published(figures: YearFigures) -> Counts:
    """Return how many reviews there are at least, by what was published in the year."""
    held = [
        review
        for review in published(figures.facts)
        if review.reference in figures.counted(_REVIEWS).records
    ]
    kinds = Counter(words_of("review_kind", review.kind) for review in held)
    floors: dict[Name, int] = {_REVIEWS: len(held)}
    floors |= {(f"{_REVIEWS}.kind", kind): number for kind, number in kinds.items()}
    return Counts({}, floors=floors)


def _known(figures: YearFigures, counts: Counts) -> Iterator[Counts]:
    """Tie the children known to social care to the statuses of which each is known to it."""
    codes = (entry.code for entry in code_list("csc_status").codes)
    statuses = _words("csc_status", [code for code in codes if code not in NOT_KNOWN_TO_CSC])
    for name, whole in _KNOWN.items():
        held: dict[Name, int] = {
            at: count
            for status in statuses
            if (count := counts.values.get(at := (f"{whole}.csc_status", status)))
        }
        if held:
            rest = ("known before", name)
            size = _number(figures, name)
            values = {**held, name: size, rest: size - sum(held.values())}
            yield Counts(values, (Sum(name, (*held, rest)),), frozenset({rest}))


def _babies(figures: YearFigures, counts: Counts) -> Iterator[Counts]:
    """Tie babies to the band that they are all in, if one is told, else to all children."""
    babies = figures.counted("rapid_review_babies").records
    ages = figures.counted("rapid_review_children_by_age_band").by_category
    whole, size = next(
        (
            (name, len(ages[band.label]))
            for band in figures.facts.bands
            if band.takes_year(0)
            and set(babies) <= set(ages.get(band.label, ()))
            and (name := name_of("rapid_review_children_by_age_band", band.label)) in counts.values
        ),
        (_CHILDREN, _number(figures, _CHILDREN)),
    )
    yield _subset(whole, size, "rapid_review_babies", len(babies))


def _themes(figures: YearFigures, counts: Counts) -> Iterator[Counts]:
    """Tie two themes that occur together to each of them."""
    sizes = figures.counted("themes").by_category
    for pair, records in figures.counted("themes_together").by_category.items():
        name = name_of("themes_together", pair)
        for theme in sizes:
            whole = name_of("themes", theme)
            if whole in counts.values and _in_pair(theme, pair):
                yield _subset(whole, len(sizes[theme]), name, len(records), hidden=True)


def _in_pair(theme: str, pair: str) -> bool:
    return pair.startswith(f"{theme} + ") or pair.endswith(f" + {theme}")


def _incidents(figures: YearFigures) -> Iterator[Counts]:
    natures: Mapping[str, tuple[str, ...]] = figures.counted("incidents_by_nature").by_category
    yield Counts({name_of("incidents_by_nature", at): len(refs) for at, refs in natures.items()})
    steps = {step.name: step.count for step in funnel_of(figures.facts)}
    needed, held = funnel_name("discussions_needed"), funnel_name("discussions_held")
    yield _subset(needed, steps["discussions_needed"], held, steps["discussions_held"])
    commissioned = funnel_name("reviews_commissioned")
    yield Counts({commissioned: steps["reviews_commissioned"]})


def broken_down(figures: YearFigures, subject: Subject, *dimensions: str) -> Breakdown:
    """Return a breakdown of the year without what holds nothing; age bands are all told."""
    found = break_down(figures.facts, subject, *dimensions)
    return found if dimensions == ("age_band",) else found.held()
