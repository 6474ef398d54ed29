"""What can be opened to its records: a figure of a year, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oscb_desktop.domain.date_words import counted as counted_words
from oscb_desktop.domain.date_words import quoted
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.breakdown_dimensions import Of
from oscb_desktop.queries.breakdowns import Subject, break_down, dimension
from oscb_desktop.queries.figures import definition_of
from oscb_desktop.queries.figures_counting import Counted, Definition, Number, Value
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.year_known import Known, standing
from oscb_desktop.queries.year_trends import funnel_of
from oscb_desktop.services.store import Store
from oscb_desktop.ui.pages.annual.facts import facts_of

_ADDED_UP = frozenset({"people"})
"""Units of a figure that adds up what its records say."""
_NO_COUNTS = frozenset({"£", "%", "working days", "people"})
"""Units of figures that are no count of records."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number with its words, and the references of what it counts by category.

    ``number`` is how many the figure says it counted, None where it is no count.
    """

    title: str
    year: str
    value: str
    meaning: str
    counted: Mapping[str, tuple[str, ...]]
    unit: str
    number: int | None = None
    warnings: tuple[str, ...] = ()
    is_baseline: bool = False

    def foot(self, listed: int) -> str:
        """Return the line below the list: what it holds, and that it adds up to the figure."""
        if self.is_baseline:
            return (
                f"No record is listed: {self.value} is a baseline, typed in for a year of which "
                "this file does not hold the records."
            )
        once = len({name for names in self.counted.values() for name in names})
        said = f"{counted_words(listed, 'record')} listed"
        if once < listed and len(self.counted) > 1:
            said += f", {once:,} of them different: one can stand in several categories"
        if self.unit in _ADDED_UP and self.number is not None and listed:
            said += f", which add up to {self.number:,} {self.unit}"
        elif self.unit not in _NO_COUNTS and self.number == listed:
            said += "; the figure counts as many"
        elif self.unit not in _NO_COUNTS and self.number is not None:
            said += f"; the figure counts {self.number:,}"
        return f"{said}."


def told(store: Store, wanted: Mapping[str, str]) -> Told:
    """Return what was asked for, counted now; raises ``UserError`` for what there is not.

    Asked for is a ``figure``, one ``category`` of it, a ``step`` of the funnel, or a cell: ``of``
    what, ``by`` what, ``across`` what, in which ``row`` and ``column``; or ``records`` of a
    ``unit`` under a ``title``, which are listed as they are; and always the ``year``.
    """
    if "records" in wanted:
        return _listed(wanted)
    year = ReportingYear.parse(wanted["year"], store.read(organisation).year_start_month)
    if "of" in wanted:
        return _cell(store, wanted, year)
    if "step" in wanted:
        return _step(store, wanted["step"], year)
    entry = definition_of(wanted["figure"])
    stands = standing(entry, facts_of(store, year))
    found, is_known = stands.counted, stands.known is not Known.UNKNOWN
    category = wanted.get("category", "")
    if category:
        return _of_category(entry, found, category, year)
    return Told(
        entry.label,
        year.label,
        value_words(found.value, entry.unit) if is_known else "not known",
        entry.meaning,
        found.by_category or {"": found.records},
        entry.unit,
        found.value if isinstance(found.value, int) else _total(found.value),
        found.warnings,
        stands.known is Known.BASELINE,
    )


def _listed(wanted: Mapping[str, str]) -> Told:
    names = tuple(wanted["records"].split("\n"))
    number = len(names)
    unit = wanted.get("unit", "")
    return Told(wanted["title"], wanted["year"], f"{number:,}", "", {"": names}, unit, number)


def _cell(store: Store, wanted: Mapping[str, str], year: ReportingYear) -> Told:
    """Return a cell of a breakdown, or a total."""
    names = [wanted[name] for name in ("by", "across") if name in wanted]
    found = break_down(facts_of(store, year), Subject(wanted["of"]), *names)
    row, column = wanted.get("row"), wanted.get("column")
    categories = ", ".join(
        f"{dimension(name).label.lower()}: {at}"
        for name, at in zip(names, (row, column), strict=False)
        if at
    )
    records = found.records_of(row, column)
    return Told(
        f"{found.subject.label}; {categories}" if categories else found.subject.label,
        year.label,
        f"{len(records):,}",
        f"{definition_of(str(found.subject)).meaning} {' '.join(found.notes)}".strip(),
        {"": records},
        "children" if found.subject.unit is Of.CHILD else "reviews",
        found.count(row, column),
    )


def _step(store: Store, name: str, year: ReportingYear) -> Told:
    steps = funnel_of(facts_of(store, year))
    step = next((entry for entry in steps if entry.name == name), None)
    if step is None:
        raise UserError(f"There is no step {quoted(name)} from discussion to publication.")
    unit = "incidents" if name.startswith(("discussions", "notifications")) else "reviews"
    return Told(
        step.label,
        year.label,
        "not known" if step.value is None else f"{step.value:,}",
        step.meaning,
        {"": step.records},
        unit,
        step.count,
    )


def value_words(value: Value, unit: str) -> str:
    """Write the value of a figure: a number with its unit, or each category with its number."""
    if isinstance(value, Mapping):
        parts = (f"{name}: {number_words(n, unit)}" for name, n in value.items() if n)
        return "; ".join(parts) or "none"
    return number_words(value, unit)


def number_words(number: Number | None, unit: str) -> str:
    """Write a number with its unit where that is a sign; nothing to measure is said so."""
    if number is None:
        return "nothing to measure"
    if unit == "£":
        return f"£{number:,.0f}" if number == int(number) else f"£{number:,.2f}"
    if unit == "%":
        return f"{number}%"
    return f"{number:,}"


def _of_category(entry: Definition, found: Counted, category: str, year: ReportingYear) -> Told:
    value = found.value.get(category, 0) if isinstance(found.value, Mapping) else None
    return Told(
        f"{entry.label}: {category}",
        year.label,
        number_words(value, entry.unit),
        entry.meaning,
        {"": found.by_category.get(category, ())},
        entry.unit,
        value if isinstance(value, int) and entry.unit != "%" else None,
        found.warnings,
    )


def _total(value: Value) -> int | None:
    """Return the sum of a breakdown's counts; shares and money add up to no count."""
    if not isinstance(value, Mapping):
        return None
    counts = [number for number in value.values() if isinstance(number, int)]
    return sum(counts) if len(counts) == len(value) else None
