"""What can be opened to its records: a figure of a year, and how it is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from oscb_desktop.domain.date_words import counted as counted_words
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import Figure, figure, figure_definitions
from oscb_desktop.queries.figures_counting import Number
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.services.store import Store


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

    def foot(self, listed: int) -> str:
        """Return the line below the list: what it holds, and that it adds up to the figure."""
        once = len({name for names in self.counted.values() for name in names})
        said = f"{counted_words(listed, 'record')} listed"
        if once < listed and len(self.counted) > 1:
            said += f", {once:,} of them different: one can stand in several categories"
        if self.number is not None and self.number == listed:
            said += "; the figure counts as many"
        elif self.number is not None:
            said += f"; the figure counts {self.number:,}"
        return f"{said}."


def told(store: Store, wanted: Mapping[str, str]) -> Told:
    """Return what was asked for, counted now; raises ``UserError`` for a figure that is none."""
    year = ReportingYear.parse(wanted["year"], store.read(organisation).year_start_month)
    found = store.read(figure, wanted["figure"], year, store.today())
    meaning = next(entry.meaning for entry in figure_definitions() if entry.name == found.name)
    category = wanted.get("category", "")
    if category:
        return _of_category(found, category, year, meaning)
    counted = found.by_category or {"": found.records}
    number = found.value if isinstance(found.value, int) else None
    if isinstance(found.value, Mapping):
        number = _total(found)
    return Told(
        found.label,
        year.label,
        value_words(found),
        meaning,
        counted,
        found.unit,
        number,
        found.warnings,
    )


def value_words(found: Figure) -> str:
    """Write the value of a figure: a number with its unit, or each category with its number."""
    if isinstance(found.value, Mapping):
        parts = (f"{name} {number_words(n, found.unit)}" for name, n in found.value.items() if n)
        return "; ".join(parts) or "none"
    return number_words(found.value, found.unit)


def number_words(number: Number | None, unit: str) -> str:
    """Write a number with its unit where that is a sign; nothing to measure is said so."""
    if number is None:
        return "nothing to measure"
    if unit == "£":
        return f"£{number:,.0f}" if number == int(number) else f"£{number:,.2f}"
    if unit == "%":
        return f"{number} %"
    return f"{number:,}"


def _of_category(found: Figure, category: str, year: ReportingYear, meaning: str) -> Told:
    records = found.records_of(category)
    assert isinstance(found.value, Mapping)
    value = found.value.get(category, 0)
    return Told(
        f"{found.label}: {category}",
        year.label,
        number_words(value, found.unit),
        meaning,
        {"": records},
        found.unit,
        value if isinstance(value, int) and found.unit != "%" else None,
        found.warnings,
    )


def _total(found: Figure) -> int | None:
    """Return the sum of a breakdown's counts; shares add up to no count."""
    assert isinstance(found.value, Mapping)
    counts = [number for number in found.value.values() if isinstance(number, int)]
    return sum(counts) if len(counts) == len(found.value) else None
