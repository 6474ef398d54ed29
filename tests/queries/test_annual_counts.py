"""What is kept back of a year: the sums hold, nothing can be worked out, totals come first."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from random import Random

import pytest

from oscb_desktop.database.engine import for_writing, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import recoverable
from oscb_desktop.queries.annual_counts import KeptBack, keep_back
from oscb_desktop.queries.annual_figures import YearFigures, name_of
from oscb_desktop.queries.breakdowns import Subject
from oscb_desktop.queries.figures_facts import read_facts
from oscb_desktop.services.store import Store
from tests.conftest import now
from tests.factories import make
from tests.queries.chance_years import YearOfChance

YEAR = ReportingYear.beginning(2021)
TODAY = date(2022, 3, 25)
SEX = (Subject.RAPID_REVIEW_CHILDREN, "sex")


def kept(store: Store, threshold: int = 5) -> KeptBack:
    return keep_back(YearFigures(store.read(read_facts, YEAR, TODAY)), threshold)


def children(store: Store, girls: int, boys: int) -> None:
    incident = make(store, "incident")
    for sex, number in (("female", girls), ("male", boys)):
        ids = tuple(make(store, "child", incident=incident, sex=sex) for _ in range(number))
        make(store, "review", incident=incident, children=ids)


@pytest.mark.parametrize("seed", range(12))
def test_nothing_that_is_kept_back_can_be_worked_out(
    new_file: tuple[Path, FileKey], tmp_path: Path, seed: int
) -> None:
    source, key = new_file
    path = tmp_path / "chance.oscb"
    shutil.copy(source, path)
    engine = make_engine(path, key)
    with for_writing(engine).begin() as connection:
        YearOfChance(connection, Random(seed), 3 + seed).put_all()
    found = kept(Store(engine, key, path, "A. Tester", now)).suppressed
    close_file(engine)
    assert recoverable(found) == frozenset()
    small = {name for name, value in found.counts.values.items() if 0 < value < 5}
    assert small - found.counts.unprinted <= found.kept_back


def test_a_breakdown_that_says_nothing_is_left_out_and_its_total_told(store: Store) -> None:
    children(store, girls=4, boys=4)
    found = kept(store)
    assert SEX not in found.told
    assert not found.suppressed.is_kept_back("rapid_review_children")


def test_a_breakdown_that_says_something_is_told_with_the_rest_kept_back(store: Store) -> None:
    children(store, girls=9, boys=12)
    found = kept(store)
    assert SEX in found.told
    assert not found.suppressed.kept_back & {
        name_of("rapid_review_children_by_sex", sex) for sex in ("Female", "Male")
    }


def test_what_is_left_of_a_total_is_no_number_to_work_out(store: Store) -> None:
    """Six of eight children were known to social care: two were not, and the six would tell it."""
    incident = make(store, "incident")
    known = ["child_in_need"] * 6 + ["none"] * 2
    ids = tuple(make(store, "child", incident=incident, csc_status=status) for status in known)
    make(store, "review", incident=incident, children=ids)
    found = kept(store).suppressed
    assert found.is_kept_back("rapid_review_children_known_to_csc")
    assert not found.is_kept_back("rapid_review_children")


def test_a_figure_and_the_category_that_it_is_bear_one_name() -> None:
    assert name_of("themes_new", "Neglect") == name_of("themes", "Neglect")
    assert name_of("rapid_reviews") == "rapid_reviews"
    sex = name_of("rapid_review_children_by_sex", "Female")
    assert sex == ("rapid_review_children.sex", "Female")
