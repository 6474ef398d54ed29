"""The figures of a year as a text and the tables of the annual report tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.figure_words import NONE_SHOWN, NOT_SHOWN, Quantity
from oscb_desktop.domain.linked_counts import Name
from oscb_desktop.domain.suppression import Suppressed
from oscb_desktop.queries.breakdowns import Subject
from oscb_desktop.queries.figures import definition_of, figure_definitions
from oscb_desktop.queries.figures_counting import Counted, words_of
from oscb_desktop.queries.figures_facts import YearFacts
from oscb_desktop.queries.year_known import BEFORE, Known, Standing, standing

DIMENSIONS: Mapping[str, tuple[Subject, str]] = {
    "rapid_reviews_by_referral_source": (Subject.RAPID_REVIEWS, "referral_source"),
    "rapid_reviews_by_role": (Subject.RAPID_REVIEWS, "role"),
    "rapid_reviews_by_panel_reply": (Subject.RAPID_REVIEWS, "panel_reply"),
    "rapid_review_children_by_age_band": (Subject.RAPID_REVIEW_CHILDREN, "age_band"),
    "rapid_review_children_by_sex": (Subject.RAPID_REVIEW_CHILDREN, "sex"),
    "rapid_review_children_by_csc_status": (Subject.RAPID_REVIEW_CHILDREN, "csc_status"),
    "rapid_review_children_by_ethnicity": (Subject.RAPID_REVIEW_CHILDREN, "ethnicity"),
    "rapid_review_children_by_harm_type": (Subject.RAPID_REVIEW_CHILDREN, "harm_type"),
    "rapid_review_children_by_sex_of_who_harmed": (Subject.RAPID_REVIEW_CHILDREN, "harmed_by_sex"),
    "reviews_by_kind": (Subject.REVIEWS, "kind"),
    "themes": (Subject.REVIEWS, "theme"),
    "review_children_by_age_band": (Subject.REVIEW_CHILDREN, "age_band"),
    "review_children_by_sex": (Subject.REVIEW_CHILDREN, "sex"),
    "review_children_by_csc_status": (Subject.REVIEW_CHILDREN, "csc_status"),
    "review_children_by_ethnicity": (Subject.REVIEW_CHILDREN, "ethnicity"),
    "review_children_by_harm_type": (Subject.REVIEW_CHILDREN, "harm_type"),
}
"""The figures that are breakdowns by a dimension: a category of one bears one name everywhere."""

_SUBJECTS = frozenset(map(str, Subject))

_CODES = {
    "incidents_by_nature": "incident_nature",
    "learning_points_by_audience": "audience",
    "rapid_reviews_by_referral_source": "referral_source",
    "rapid_reviews_by_role": "review_role",
    "rapid_reviews_by_panel_reply": "panel_response",
    "rapid_review_children_by_sex": "sex",
    "rapid_review_children_by_csc_status": "csc_status",
    "rapid_review_children_by_ethnicity": "ethnicity",
    "rapid_review_children_by_harm_type": "harm_type",
    "reviews_by_kind": "review_kind",
    "review_children_by_sex": "sex",
    "review_children_by_csc_status": "csc_status",
    "review_children_by_ethnicity": "ethnicity",
    "review_children_by_harm_type": "harm_type",
}
"""The list of codes that a breakdown goes by: a category that nobody is in is told as 0."""


WITH_A_COST = "review_cost_average"
"""The count of the reviews that have any cost bears the name of the figure that tells of it."""

_FOLLOWS_FROM = {
    "rapid_review_referral_sources": ("rapid_reviews",),
    "themes_share": ("themes", "reviews_worked_on"),
    "rapid_review_days_late_average": ("rapid_reviews_late",),
    "rapid_review_days_late_most": ("rapid_reviews_late",),
    "review_cost_lowest": (WITH_A_COST,),
    "review_cost_highest": (WITH_A_COST,),
    "review_cost_average": (WITH_A_COST,),
}
"""Figures that are no count and are kept back with the counts that they tell of."""

_GUARDED = ("children", "families", "reviews", "incidents", "discussions", "contacts")
_PUBLIC = ("reviews_published",)
"""Of figures with these units only those are told that were looked at, or are public anyway."""

_SAME_CATEGORIES = {"themes_new": "themes", "themes_repeated": "themes"}
"""Figures whose categories are counted as those of another one are."""


def name_of(figure: str, category: str = "") -> Name:
    """Return the name of a count among those that may be kept back."""
    figure = _SAME_CATEGORIES.get(figure, figure)
    if figure in _SUBJECTS:
        return figure
    if figure in DIMENSIONS and category:
        subject, dimension = DIMENSIONS[figure]
        return (f"{subject}.{dimension}", category)
    return (figure, category) if category else figure


class YearFigures:
    """Every figure of a year and of the year before, each counted when it is first asked for.

    With ``suppressed``, a count that is kept back is told in the words that stand for it.
    """

    def __init__(self, facts: YearFacts) -> None:
        self.facts = facts
        self.suppressed: Suppressed | None = None
        self.suppressed_before: Suppressed | None = None
        self._counted: dict[str, Counted] = {}
        self._standing: dict[str, Standing] = {}
        self._before: dict[str, Standing] = {}

    def counted(self, name: str) -> Counted:
        """Return a figure with its records; raises ``UserError`` for a name that is none."""
        if name not in self._counted:
            self._counted[name] = definition_of(name).count(self.facts)
        return self._counted[name]

    def standing(self, name: str) -> Standing:
        """Return what is known of a figure in the year."""
        if name not in self._standing:
            entry = definition_of(name)
            self._standing[name] = standing(entry, self.facts, self.counted(name))
        return self._standing[name]

    @cached_property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """The names of all figures with the categories that each can have."""
        return _Categories(self)

    def categories(self, name: str) -> tuple[str, ...]:
        """Return the categories of a figure, also those that nobody is in; none of a number."""
        value = self.counted(name).value
        if not isinstance(value, Mapping):
            return ()
        listed = code_list(_CODES[name]).codes if name in _CODES else ()
        words = (words_of(_CODES[name], entry.code) for entry in listed)
        return tuple(dict.fromkeys((*value, *words)))

    def records(self, name: str, category: str = "") -> tuple[str, ...]:
        """Return the references of what a figure, or one category of it, counted."""
        counted = self.standing(name).counted
        return counted.by_category.get(category, ()) if category else counted.records

    def in_order(self, name: str) -> tuple[str, ...]:
        """Return the held categories of a figure; in a public version no order tells of sizes."""
        held = tuple(self.counted(name).by_category)
        return held if self.suppressed is None else tuple(sorted(held, key=str.casefold))

    def now(self, name: str, category: str = "") -> Quantity:
        """Return a figure of the year, in words where it is kept back."""
        if name == BEFORE and self.suppressed is not None:
            return self.before("rapid_reviews")
        return self._of(name, category, self.standing(name), self.counted(name), self.suppressed)

    def before(self, name: str, category: str = "") -> Quantity:
        """Return the figure of the year before; of no value where that is not known."""
        found = self._standing_before(name)
        told = self._of(name, category, found, found.counted, self.suppressed_before)
        if self.suppressed and not self.suppressed_before and found.counted.records:
            return replace(told, kept_back=NOT_SHOWN, parts=())
        if self.suppressed and not self.suppressed_before and found.known is Known.BASELINE:
            return self._kept_baseline(told, self.suppressed.threshold)
        return told

    def follows(self, name: str) -> bool:
        """Say whether a figure is no count, and is kept back with a count that it tells of."""
        return name in _FOLLOWS_FROM and bool(self.now(name).kept_back)

    def bare(self, name: str, category: str = "") -> Quantity:
        """Return a figure of the year as it is, whatever is kept back."""
        return self._of(name, category, self.standing(name), self.counted(name), None)

    def _of(
        self,
        name: str,
        category: str,
        found: Standing,
        counted: Counted,
        suppressed: Suppressed | None,
    ) -> Quantity:
        """Return a figure as it stands in a year, of which so much was counted."""
        if found.known is Known.COUNTED:
            return self._quantity(name, category, counted, suppressed)
        kept = self._kept(name, category, counted, suppressed)
        if found.known is Known.UNKNOWN:
            return Quantity(None, definition_of(name).unit, kept)
        told = self._quantity(name, category, found.counted, None)
        if suppressed is None:
            return told
        # A baseline is what somebody held for the year: no words for what was counted fit it.
        return (
            replace(told, kept_back=NOT_SHOWN)
            if kept
            else self._kept_baseline(told, suppressed.threshold)
        )

    def _quantity(
        self, name: str, category: str, counted: Counted, suppressed: Suppressed | None
    ) -> Quantity:
        unit, value = definition_of(name).unit, counted.value
        if not isinstance(value, Mapping):
            return Quantity(value, unit, self._kept(name, "", counted, suppressed))
        if category:
            kept = self._kept(name, category, counted, suppressed)
            return Quantity(value.get(category, 0), unit, kept)
        told = {
            part: Quantity(said, unit, self._kept(name, part, counted, suppressed))
            for part, said in value.items()
        }
        if not told:
            return self._empty(name, unit, suppressed)
        if suppressed is None:
            return Quantity(None, unit, parts=tuple(told.items()))
        if all(part.kept_back == NOT_SHOWN for part in told.values()):
            return Quantity(None, unit, NONE_SHOWN)  # which there are would tell of their sum
        most_first = name.startswith("themes")
        names = sorted(told, key=str.casefold) if most_first else told
        return Quantity(None, unit, parts=tuple((part, told[part]) for part in names))

    @staticmethod
    def _empty(name: str, unit: str, suppressed: Suppressed | None) -> Quantity:
        """Return a breakdown that holds nothing, which tells as much as that its total is 0."""
        total = str(DIMENSIONS[name][0]) if name in DIMENSIONS else ""
        if suppressed is not None and suppressed.is_kept_back(total):
            return Quantity(None, unit, NONE_SHOWN)
        return Quantity(None, unit, is_empty=True)

    def _kept(
        self, name: str, category: str, counted: Counted, suppressed: Suppressed | None
    ) -> str:
        """Return the words that stand for a figure that is kept back, or nothing.

        Of what nobody looked at nothing is told, not even which categories hold nothing.
        """
        if suppressed is None or name in _PUBLIC:
            return ""
        at, seen = name_of(name, category), suppressed.counts.values
        if name in _FOLLOWS_FROM:
            wholes = (name_of(each, category) for each in _FOLLOWS_FROM[name])
            told = all(each in seen and not suppressed.is_kept_back(each) for each in wholes)
            return "" if told else NOT_SHOWN
        if suppressed.is_kept_back(at):
            return suppressed.words(at)
        held = counted.by_category.get(category) if category else counted.records
        names = (at,) if held else (name_of(name, each) for each in counted.by_category)
        guarded = definition_of(name).unit in _GUARDED and counted.records
        return NOT_SHOWN if guarded and not any(each in seen for each in names) else ""

    @staticmethod
    def _kept_baseline(quantity: Quantity, threshold: int) -> Quantity:
        """Keep a small baseline back: it stands by itself, tied to nothing that is printed."""
        value = quantity.value
        small = quantity.unit != "people" and value is not None and 0 < value < threshold
        return replace(quantity, kept_back=f"fewer than {threshold}") if small else quantity

    def _standing_before(self, name: str) -> Standing:
        if name not in self._before:
            before = replace(self.facts, year=self.facts.year.previous())
            self._before[name] = standing(definition_of(name), before)
        return self._before[name]


class _Categories(Mapping[str, tuple[str, ...]]):
    """The categories of each figure, worked out only for the figures that a text names."""

    def __init__(self, figures: YearFigures) -> None:
        self._figures = figures
        self._names = tuple(entry.name for entry in figure_definitions())

    def __getitem__(self, name: str) -> tuple[str, ...]:
        if name not in self._names:
            raise KeyError(name)
        return self._figures.categories(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
