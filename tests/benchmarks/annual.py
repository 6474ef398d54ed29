"""The annual report over twenty years of records: its rows, its paper, each figure's records."""

from __future__ import annotations

from contextlib import closing
from functools import partial
from pathlib import Path

import sqlcipher3.dbapi2 as sqlcipher

from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_figures import YearFigures
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.figures import figure_definitions
from oscb_desktop.queries.figures_facts import YearFacts, read_facts
from oscb_desktop.services.printing import make_annual_report
from oscb_desktop.services.store import Store
from tests.benchmarks.files import opened
from tests.benchmarks.timing import Measured, median

_YEAR = ReportingYear.beginning(2021)
_ROWS = tuple(
    f"SELECT * FROM {table}"
    for table in ("incident", "child", "review", "review_children", "review_themes", "action")
)
_THAN = "its rows alone"


def measure(folder: Path) -> list[Measured]:
    """Return the lines about the annual report."""
    with closing(opened(folder, 2000, 20_000, 50_000)) as store:
        bare = _bare(store)
        whole = median(lambda: store.read(annual_report, _YEAR, store.today()))
        public = median(lambda: store.read(annual_report, _YEAR, store.today(), PUBLIC))
        paper = median(lambda: make_annual_report(store, _YEAR.label), runs=3)
        return [
            Measured("the annual report of 20 years' records", whole, bare, _THAN),
            Measured("its public version", public, bare, _THAN),
            Measured("the annual report as PDF", paper, bare, _THAN),
            Measured("the slowest figure's records, once read", _slowest(store), bare, _THAN),
        ]


def _bare(store: Store) -> float:
    with closing(sqlcipher.connect(str(store.path))) as connection:
        connection.execute(store.key.pragma())
        return median(lambda: [connection.execute(query).fetchall() for query in _ROWS])


def _slowest(store: Store) -> float:
    facts = store.read(read_facts, _YEAR, store.today())
    names = [entry.name for entry in figure_definitions()]
    return max(median(partial(_records, facts, name), runs=3) for name in names)


def _records(facts: YearFacts, name: str) -> tuple[str, ...]:
    return YearFigures(facts).records(name)
