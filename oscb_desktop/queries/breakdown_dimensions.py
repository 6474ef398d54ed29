"""What a year's reviews and children can be broken down by: one declaration a dimension."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import cache

from oscb_desktop.domain.age_bands import CATEGORIES, band_of
from oscb_desktop.domain.codes import code_list
from oscb_desktop.paths import resource
from oscb_desktop.queries.figures_clocks import TIMELINESS, timeliness
from oscb_desktop.queries.figures_counting import NOT_KNOWN, words_of
from oscb_desktop.queries.figures_facts import RAPID_REVIEW, ChildFacts, ReviewFacts, YearFacts

NOT_LOOKED_AFTER = "Not looked after"
NO_THEME = "No theme"
NO_LETTER = "No letter yet"
NO_COST = "No cost recorded"
BEGUN, RECOMMENDED = "A review was begun", "A review is recommended, not begun"
NO_REVIEW, UNDECIDED = "No review", "Not decided"
NOT_PUBLISHED_YET = "Not decided yet"
_LOOKED_AFTER = "looked_after"


@cache
def cost_bands() -> tuple[tuple[Decimal | None, str], ...]:
    """Return the bands of costs: each ends below its figure, the last one nowhere."""
    table = tomllib.loads(resource("cost_bands.toml").read_text("utf-8"))
    return tuple(
        (Decimal(row["below"]) if "below" in row else None, row["label"]) for row in table["band"]
    )


class Of(StrEnum):
    """Whose property a dimension is."""

    CHILD = "child"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Sorting:
    """What records are sorted by: the year's facts, and which rapid reviews led to a review."""

    facts: YearFacts
    led_on: frozenset[int]

    @classmethod
    def of(cls, facts: YearFacts) -> Sorting:
        """Return the facts with what many records are asked for worked out once."""
        begun = (review.arose_from for review in facts.reviews if review.kind != RAPID_REVIEW)
        return cls(facts, frozenset(origin for origin in begun if origin is not None))


ChildSort = Callable[[ChildFacts, Sorting], tuple[str, ...]]
ReviewSort = Callable[[ReviewFacts, Sorting], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of breaking down: its name and words, and how a record is sorted.

    A record is sorted into one category or, where ``several`` says so, into one or more.
    ``order`` gives the categories that there always are, but those of them in ``only_if_held``
    stand only where there is a record of them; what else a record brings follows. ``groups`` says
    of a finer category to which one of the dimension ``within`` it belongs.
    """

    name: str
    label: str
    of: Of
    order: Callable[[YearFacts], tuple[str, ...]]
    child: ChildSort | None = None
    review: ReviewSort | None = None
    several: bool = False
    within: str = ""
    groups: Mapping[str, str] | None = None
    only_if_held: tuple[str, ...] = ()


@cache
def _words(name: str) -> dict[str | None, str]:
    codes = [entry.code for entry in code_list(name).codes]
    return {code: words_of(name, code) for code in (*codes, None)}


@cache
def _order(name: str, *more: str) -> tuple[str, ...]:
    words = dict.fromkeys(_words(name).values())
    known = (word for word in words if word != NOT_KNOWN)
    return (*known, *more, NOT_KNOWN)


@cache
def _groups(name: str) -> dict[str, str]:
    found = {_words(name)[entry.code]: entry.group for entry in code_list(name).codes}
    return {**found, NOT_KNOWN: NOT_KNOWN}


def _word(name: str, code: str | None) -> str:
    return _words(name).get(code) or str(code)


def _all(name: str, codes: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_word(name, code) for code in codes)) or (NOT_KNOWN,)


def _of_child(
    name: str, label: str, codes: str, read: Callable[[ChildFacts], str | None]
) -> Dimension:
    return Dimension(
        name,
        label,
        Of.CHILD,
        lambda _facts: _order(codes),
        child=lambda child, _sorting: (_word(codes, read(child)),),
    )


def _of_child_several(
    name: str, label: str, codes: str, read: Callable[[ChildFacts], tuple[str, ...]]
) -> Dimension:
    return Dimension(
        name,
        label,
        Of.CHILD,
        lambda _facts: _order(codes),
        child=lambda child, _sorting: _all(codes, read(child)),
        several=True,
    )


def _of_review(
    name: str, label: str, codes: str, read: Callable[[ReviewFacts], str | None]
) -> Dimension:
    return Dimension(
        name,
        label,
        Of.REVIEW,
        lambda _facts: _order(codes),
        review=lambda review, _sorting: (_word(codes, read(review)),),
    )


def _by_group(name: str, label: str, finer: Dimension, codes: str) -> Dimension:
    """Return a dimension of the groups of another one's code list."""
    sort = finer.child
    assert sort is not None

    def groups(child: ChildFacts, sorting: Sorting) -> tuple[str, ...]:
        return tuple(dict.fromkeys(_groups(codes)[word] for word in sort(child, sorting)))

    def order(_facts: YearFacts) -> tuple[str, ...]:
        known = (group for group in _groups(codes).values() if group != NOT_KNOWN)
        return (*dict.fromkeys(known), NOT_KNOWN)

    return Dimension(name, label, Of.CHILD, order, child=groups, several=finer.several)


def _band(child: ChildFacts, sorting: Sorting) -> tuple[str, ...]:
    return (band_of(child.age, sorting.facts.bands),)


def _bands(facts: YearFacts) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*(band.label for band in facts.bands), *CATEGORIES)))


def _legal_status(child: ChildFacts, _sorting: Sorting) -> tuple[str, ...]:
    apart = child.csc_status not in (_LOOKED_AFTER, None, "not_known")
    if child.legal_status is None and apart:
        return (NOT_LOOKED_AFTER,)
    return (_word("legal_status", child.legal_status),)


def _themes(review: ReviewFacts, _sorting: Sorting) -> tuple[str, ...]:
    return review.themes or (NO_THEME,)


def _reply(review: ReviewFacts, _sorting: Sorting) -> tuple[str, ...]:
    return (_word("panel_response", review.letters[-1]) if review.letters else NO_LETTER,)


def _publication(review: ReviewFacts, _sorting: Sorting) -> tuple[str, ...]:
    known = review.publication
    return (_word("publication_outcome", known) if known else NOT_PUBLISHED_YET,)


def _conversion(review: ReviewFacts, sorting: Sorting) -> tuple[str, ...]:
    if review.id in sorting.led_on:
        return (BEGUN,)
    said = {True: RECOMMENDED, False: NO_REVIEW, None: UNDECIDED}
    return (said[review.lcspr_commissioned],)


def _cost(review: ReviewFacts, _sorting: Sorting) -> tuple[str, ...]:
    if not review.costs:
        return (NO_COST,)
    total = sum(review.costs, Decimal())
    return (next(label for below, label in cost_bands() if below is None or total < below),)


def _nature(review: ReviewFacts) -> str | None:
    return review.incident.nature if review.incident else None


def _source(review: ReviewFacts) -> str | None:
    return review.incident.referral_source if review.incident else None


@cache
def dimensions() -> tuple[Dimension, ...]:
    """Return every dimension, those of the child first."""
    return (*_of_children(), *_of_reviews())


def _of_children() -> tuple[Dimension, ...]:
    ethnicity = _of_child("ethnicity", "Ethnicity", "ethnicity", lambda child: child.ethnicity)
    harmed_by = _of_child_several(
        "harmed_by", "Who harmed", "harmed_by", lambda child: child.harmed_by
    )
    return (
        Dimension("age_band", "Age", Of.CHILD, _bands, child=_band, only_if_held=CATEGORIES),
        _of_child("sex", "Sex", "sex", lambda child: child.sex),
        replace(ethnicity, within="ethnic_group", groups=_groups("ethnicity")),
        _by_group("ethnic_group", "Ethnic group", ethnicity, "ethnicity"),
        _of_child("disability", "Disability", "yes_no_not_known", lambda child: child.disability),
        _of_child("csc_status", "Social care status", "csc_status", lambda child: child.csc_status),
        Dimension(
            "legal_status",
            "Legal status",
            Of.CHILD,
            lambda _facts: _order("legal_status", NOT_LOOKED_AFTER),
            child=_legal_status,
        ),
        _of_child("outcome", "What became of the child", "child_outcome", lambda c: c.outcome),
        _of_child_several("harm_type", "Kind of harm", "harm_type", lambda c: c.harm_types),
        harmed_by,
        _by_group("harmed_by_sex", "Sex of who harmed", harmed_by, "harmed_by"),
        _of_child_several(
            "child_factor", "Factors about the child", "child_factor", lambda c: c.child_factors
        ),
        _of_child_several(
            "family_factor",
            "Factors about parents and carers",
            "family_factor",
            lambda c: c.family_factors,
        ),
    )


def _of_reviews() -> tuple[Dimension, ...]:
    return (
        _of_review("nature", "Nature of the incident", "incident_nature", _nature),
        _of_review("referral_source", "Source of referral", "referral_source", _source),
        _of_review("kind", "Kind of review", "review_kind", lambda review: review.kind),
        _of_review("role", "Our part", "review_role", lambda review: review.role),
        Dimension("theme", "Theme", Of.REVIEW, lambda _facts: (), review=_themes, several=True),
        Dimension(
            "panel_reply",
            "The Panel's reply",
            Of.REVIEW,
            lambda _facts: (*_order("panel_response")[:-1], NO_LETTER),
            review=_reply,
        ),
        Dimension(
            "timeliness",
            "Timeliness",
            Of.REVIEW,
            lambda _facts: TIMELINESS,
            review=lambda review, sorting: (timeliness(review, sorting.facts),),
        ),
        Dimension(
            "conversion",
            "Whether a review followed",
            Of.REVIEW,
            lambda _facts: (BEGUN, RECOMMENDED, NO_REVIEW, UNDECIDED),
            review=_conversion,
        ),
        Dimension(
            "publication",
            "Publication",
            Of.REVIEW,
            lambda _facts: (*_order("publication_outcome")[:-1], NOT_PUBLISHED_YET),
            review=_publication,
        ),
        Dimension(
            "cost",
            "Cost",
            Of.REVIEW,
            lambda _facts: (*(label for _below, label in cost_bands()), NO_COST),
            review=_cost,
        ),
    )
