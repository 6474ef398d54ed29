"""The counts of an annual report that may be kept back, with every sum that ties them together.

How they hang together, by what each of them means:

- Rapid reviews: those recommending, of a death and joint ones are among them, contributions among
  the joint; ours and contributions make all; what the Panel said, and in time and late, exclude
  each other. Roles, replies, sources and timeliness add up to all and make up those figures.
- Children: babies are in their age band, those known to social care hold those whose status says
  so; families are no more than children; each breakdown adds up, or overlaps.
- Incidents: their natures add up to all of the year; what was notified is among those, and among
  those that needed a discussion, which hold those that were discussed; an incident may be discussed
  more than once. All of the year and all that needed one are mostly the same incidents.
- Reviews: kinds add up; what was published, cost something or was begun in the year is mostly
  among those worked on; two themes together are among the reviews of each.
- What is asked of families: those who took part are among those who were asked.

Actions, learning points, events and what else counts no child and no review is not kept back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
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
_INCIDENTS = ("incidents", "all")


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
            *_begun(figures),
            *_with_a_cost(figures, threshold),
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


def _beside(one: Name, first: Set[str], other: Name, second: Set[str]) -> Iterator[Counts]:
    """Tie two counts of which one holds all that the other counts, as a reader must suppose.

    Where both count the very same, he is taken to know that they do.
    """
    for whole, all_of, part, some in ((one, first, other, second), (other, second, one, first)):
        if some <= all_of:
            yield _subset(whole, len(all_of), part, len(some), hidden=some != all_of)
            return


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
        elif not value and _is_told(prefix, counts):
            yield Counts({name: value}, noughts=frozenset({name}))


def _is_told(prefix: str, counts: Counts) -> bool:
    return any(isinstance(name, tuple) and name[0] == prefix for name in counts.values)


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
    if not babies and whole == _CHILDREN and _is_told(f"{_CHILDREN}.age_band", counts):
        yield Counts({}, noughts=frozenset({"rapid_review_babies"}))  # its band is told as 0


def _themes(figures: YearFigures, counts: Counts) -> Iterator[Counts]:
    """Tie two themes that occur together to each of them, and all three to the reviews."""
    sizes = figures.counted("themes").by_category
    reviews = _number(figures, _REVIEWS)
    for pair, records in figures.counted("themes_together").by_category.items():
        name = name_of("themes_together", pair)
        both = [theme for theme in sizes if _in_pair(theme, pair)]
        names = [name_of("themes", theme) for theme in both]
        if not counts.values.keys() >= set(names):
            continue
        for whole, theme in zip(names, both, strict=True):
            yield _subset(whole, len(sizes[theme]), name, len(records), hidden=True)
        first, other = names
        alone, neither = ("others than", other, name), ("neither of", name)
        left = len(sizes[both[1]]) - len(records)
        values = {_REVIEWS: reviews, first: len(sizes[both[0]]), alone: left}
        values[neither] = reviews - values[first] - left
        hidden = frozenset({alone, neither})
        yield Counts(values, (Sum(_REVIEWS, (first, alone, neither)),), hidden)


def _in_pair(theme: str, pair: str) -> bool:
    return pair.startswith(f"{theme} + ") or pair.endswith(f" + {theme}")


def _incidents(figures: YearFigures) -> Iterator[Counts]:
    """Tie the natures of the year's incidents to the steps from a discussion to a notification."""
    natures: Mapping[str, tuple[str, ...]] = figures.counted("incidents_by_nature").by_category
    of_year = {reference for references in natures.values() for reference in references}
    parts: dict[Name, int] = {
        name_of("incidents_by_nature", at): len(refs) for at, refs in natures.items()
    }
    yield together(_INCIDENTS, len(of_year), parts, adds_up=True)
    steps = {step.name: frozenset(step.records) for step in funnel_of(figures.facts)}
    needed, discussed = steps["discussions_needed"], steps["discussions_held"]
    all_needed, held = funnel_name("discussions_needed"), funnel_name("discussions_held")
    yield _subset(all_needed, len(needed), held, len(discussed))
    yield from _beside(_INCIDENTS, of_year, all_needed, needed)
    notified = frozenset(figures.counted("notifications_sent").records)
    for name, incidents in ((_INCIDENTS, of_year), (all_needed, needed)):
        yield from _beside(name, incidents, "notifications_sent", notified)
    talks = _number(figures, "notification_discussions")
    further = talks - len(discussed)
    yield _subset("notification_discussions", talks, held, len(discussed), hidden=further > 0)


def _begun(figures: YearFigures) -> Iterator[Counts]:
    """Tie the reviews that were begun in the year to those worked on, where they are among them."""
    steps = {step.name: frozenset(step.records) for step in funnel_of(figures.facts)}
    name, begun = funnel_name("reviews_commissioned"), steps["reviews_commissioned"]
    yield Counts({name: len(begun)})
    worked_on = frozenset(figures.counted(_REVIEWS).records)
    if begun <= worked_on:
        yield _subset(_REVIEWS, len(worked_on), name, len(begun), hidden=True)


def _with_a_cost(figures: YearFigures, threshold: int) -> Iterator[Counts]:
    """Tie the reviews with a cost to those worked on: what they cost is told of so many only."""
    number = len(figures.counted(WITH_A_COST).records)
    yield Counts({WITH_A_COST: number})
    if number >= threshold:
        yield Counts({}, floors={_REVIEWS: threshold})


def broken_down(figures: YearFigures, subject: Subject, *dimensions: str) -> Breakdown:
    """Return a breakdown of the year without what holds nothing; age bands are all told."""
    found = break_down(figures.facts, subject, *dimensions)
    return found if dimensions == ("age_band",) else found.held()
