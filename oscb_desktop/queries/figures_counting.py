"""What a figure is, and the ways of counting that keep each figure and its records in step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from oscb_desktop.domain.age_bands import band_of, band_warnings, count_by_band
from oscb_desktop.domain.codes import code_list
from oscb_desktop.queries.figures_facts import ChildFacts, YearFacts

NOT_KNOWN = "Not known"
Number = int | float | Decimal
Value = int | float | Decimal | Mapping[str, int | float] | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A value with the references of what was counted for it, in all and for each category."""

    value: Value
    records: tuple[str, ...] = ()
    by_category: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Definition:
    """A figure that can be counted: its stable name, its words, and how it is counted."""

    name: str
    label: str
    meaning: str
    count: Callable[[YearFacts], Counted]
    unit: str = ""


def listed(references: Iterable[str]) -> Counted:
    """Count records by listing them: the value is how many are listed."""
    records = tuple(references)
    return Counted(len(records), records)


def breakdown(
    entries: Iterable[tuple[str, str]], order: Sequence[str] = (), warnings: tuple[str, ...] = ()
) -> Counted:
    """Count records by category, from pairs of category and reference.

    The categories come in the order given, then by their first appearance; "Not known" comes last.
    """
    found: dict[str, list[str]] = {}
    for category, reference in entries:
        found.setdefault(category, []).append(reference)
    place = {name: at for at, name in enumerate(order)}
    names = sorted(found, key=lambda name: (name == NOT_KNOWN, place.get(name, len(place))))
    by_category = {name: tuple(found[name]) for name in names}
    records = tuple(dict.fromkeys(ref for name in names for ref in by_category[name]))
    counts = {name: len(references) for name, references in by_category.items()}
    return Counted(counts, records, by_category, warnings)


def by_code(code_list_name: str, entries: Iterable[tuple[str | None, str]]) -> Counted:
    """Count records by a coded field, in the words and the order of its code list."""
    entries = list(entries)
    order = [words_of(code_list_name, entry.code) for entry in code_list(code_list_name).codes]
    return breakdown(
        [(words_of(code_list_name, code), reference) for code, reference in entries], order
    )


def words_of(code_list_name: str, code: str | None) -> str:
    """Return the words that stand for a code in a figure; no answer at all is "Not known"."""
    if code in (None, "not_known"):
        return NOT_KNOWN
    for entry in code_list(code_list_name).codes:
        if entry.code == code:
            # Some lists have abbreviations for references; of ethnicity, the short words are meant.
            return entry.short if entry.short and code_list_name == "ethnicity" else entry.label
    return str(code)


def by_age_band(children: Iterable[ChildFacts], facts: YearFacts) -> Counted:
    """Count children by the age bands as defined; a gap or an overlap is told, and adds up."""
    children = list(children)
    counts = count_by_band((child.age for child in children), facts.bands)
    entries = [(band_of(child.age, facts.bands), child.reference) for child in children]
    by_category = {
        name: tuple(reference for band, reference in entries if band == name) for name in counts
    }
    records = tuple(reference for _, reference in entries)
    return Counted(counts, records, by_category, tuple(band_warnings(facts.bands)))


def shares(counted: Counted, total: int) -> Counted:
    """Return counts as percentages of a total, to one decimal."""
    assert isinstance(counted.value, Mapping)
    percent = {name: round(100 * number / total, 1) for name, number in counted.value.items()}
    return Counted(percent, counted.records, counted.by_category, counted.warnings)


def most_first(counted: Counted) -> Counted:
    """Return a breakdown with its largest categories first, equal ones by name."""
    sizes = Counter({name: len(records) for name, records in counted.by_category.items()})
    names = sorted(sizes, key=lambda name: (-sizes[name], name.casefold()))
    by_category = {name: counted.by_category[name] for name in names}
    counts = {name: sizes[name] for name in names}
    return Counted(counts, counted.records, by_category, counted.warnings)
