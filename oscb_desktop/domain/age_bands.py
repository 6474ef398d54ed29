"""Counting ages in bands that the reader chooses, so that the counts always add up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from oscb_desktop.domain.ages import OLDEST_YEARS
from oscb_desktop.domain.date_words import listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from oscb_desktop.domain.ages import Age

UNBORN = "Unborn"
NOT_KNOWN = "Not known"
IN_NO_BAND = "In no band"
IN_MORE_THAN_ONE_BAND = "In more than one band"
CATEGORIES = (UNBORN, NOT_KNOWN, IN_NO_BAND, IN_MORE_THAN_ONE_BAND)


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Completed years from one number to another, both included; ``to_years`` ``None``: and over.

    ``unborn`` says that the band also takes children not yet born; with ``to_years`` below
    ``from_years`` it takes nobody else.
    """

    label: str
    from_years: int
    to_years: int | None
    unborn: bool = False

    def takes_year(self, years: int) -> bool:
        """Say whether a born child of so many completed years belongs here."""
        return self.from_years <= years and (self.to_years is None or years <= self.to_years)

    def takes(self, age: Age) -> bool:
        """Say whether a child of this age belongs here."""
        return self.unborn if age.whole_years is None else self.takes_year(age.whole_years)


def band_of(age: Age | None, bands: Sequence[AgeBand]) -> str:
    """Return the label of the one band an age belongs to, or one of ``CATEGORIES``."""
    if age is None:
        return NOT_KNOWN
    if age.unborn and not any(band.unborn for band in bands):
        return UNBORN
    labels = [band.label for band in bands if band.takes(age)]
    if not labels:
        return IN_NO_BAND
    return labels[0] if len(labels) == 1 else IN_MORE_THAN_ONE_BAND


def count_by_band(ages: Iterable[Age | None], bands: Sequence[AgeBand]) -> dict[str, int]:
    """Count ages by band, in the order of the bands, empty ones included.

    The categories beside the bands are listed only when somebody is in them, so the numbers always
    add up to the number of ages and nobody is counted twice.
    """
    found = Counter(band_of(age, bands) for age in ages)
    counts = {band.label: found[band.label] for band in bands}
    counts.update({name: found[name] for name in CATEGORIES if found[name] and name not in counts})
    return counts


def band_warnings(bands: Sequence[AgeBand], up_to: int = 17) -> list[str]:
    """Name each gap from 0 to ``up_to`` years, each overlap, and each label that misleads."""
    return [*_label_warnings(bands), *_backward_warnings(bands), *_year_warnings(bands, up_to)]


def _label_warnings(bands: Sequence[AgeBand]) -> list[str]:
    labels = Counter(band.label for band in bands)
    twice = [f"{n} bands are called “{label}”." for label, n in labels.items() if n > 1]
    # A band of the unborn may well be called "Unborn"; any other use of these names misleads.
    taken = [
        f"A band is called “{band.label}”, which is also the name for children who fit no band."
        for band in bands
        if band.label in CATEGORIES and not (band.label == UNBORN and band.unborn)
    ]
    unborn = [band.label for band in bands if band.unborn]
    shared = [f"Unborn children are in {_listed(unborn)}."] if len(unborn) > 1 else []
    return [*twice, *taken, *shared]


def _backward_warnings(bands: Sequence[AgeBand]) -> list[str]:
    return [
        f"The band “{band.label}” ends at {band.to_years}, before it begins at {band.from_years}."
        for band in bands
        if band.to_years is not None and band.to_years < band.from_years and not band.unborn
    ]


def _year_warnings(bands: Sequence[AgeBand], up_to: int) -> list[str]:
    """Walk the years and name each run of years that no band, or more than one, takes."""
    last = max(up_to, OLDEST_YEARS)
    warnings = []
    for labels, run in groupby(range(last + 1), lambda year: _labels_at(year, bands)):
        years = list(run)
        if not labels:
            years = [year for year in years if year <= up_to]
        if not years or len(labels) == 1:
            continue
        one = len(years) == 1
        span = f"age {years[0]}" if one else f"ages {years[0]} to {years[-1]}"
        if labels:
            verb = "is" if one else "are"
            warnings.append(f"{span.capitalize()} {verb} in {_listed(labels)}.")
        else:
            warnings.append(f"No band takes {span}.")
    return warnings


def _labels_at(year: int, bands: Sequence[AgeBand]) -> tuple[str, ...]:
    return tuple(band.label for band in bands if band.takes_year(year))


def _listed(labels: Sequence[str]) -> str:
    names = [f"“{label}”" for label in labels]
    if len(names) == 2:
        return f"both {names[0]} and {names[1]}"
    return listed(names)
