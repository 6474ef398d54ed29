"""What the figures are counted from, read once for as long as nothing is changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from weakref import WeakKeyDictionary

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures_facts import YearFacts, read_facts
from oscb_desktop.queries.last_change import last_change
from oscb_desktop.services.store import Store

_kept: WeakKeyDictionary[Store, tuple[tuple[int, date], YearFacts]] = WeakKeyDictionary()


def facts_of(store: Store, year: ReportingYear) -> YearFacts:
    """Return the facts of a year as they stand now; called on the worker, one at a time."""
    stamp = (store.read(last_change), store.today())
    kept = _kept.get(store)
    if kept is None or kept[0] != stamp:
        kept = _kept[store] = (stamp, store.read(read_facts, year, store.today()))
    return replace(kept[1], year=year)
