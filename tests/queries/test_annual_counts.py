"""What is kept back of a year: the sums hold, nothing can be worked out, totals come first."""

from __future__ import annotations

import shutil
from dataclasses import replace
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
from oscb_desktop.queries.figures_facts import YearFacts, read_facts
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.queries.annual_truths import (
    INCIDENTS,
    NEEDED,
    Reader,
    Truths,
    counted_as,
    facts_of_chance,
    is_declared,
    so_this_year,
    truths_of,
)
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


@pytest.fixture(scope="module")
def years(
    new_file: tuple[Path, FileKey], tmp_path_factory: pytest.TempPathFactory
) -> list[YearFacts]:
    folder = tmp_path_factory.mktemp("years")
    return [facts_of_chance(new_file, folder, seed) for seed in range(90)]


@pytest.fixture(scope="module")
def truths(years: list[YearFacts]) -> Truths:
    return truths_of(years)


def test_the_truths_are_found_without_asking_the_program(truths: Truths) -> None:
    for part, whole in (
        ("notifications_sent", "discussions_needed"),
        ("notifications_sent", "all incidents"),
        ("discussions_held", "discussions_needed"),
        ("rapid_reviews_joint", "rapid_reviews"),
        ("panel_not_agreed", "rapid_reviews"),
        ("rapid_review_babies", "rapid_review_children"),
    ):
        assert ((part, ""), (whole, "")) in truths.within
    assert (INCIDENTS, "incidents_by_nature") in truths.sums
    assert (("review_children", ""), "review_children_by_sex") in truths.sums


@pytest.mark.parametrize("seed", range(4))
def test_whatever_always_holds_another_count_is_known_to_do_so(
    years: list[YearFacts], truths: Truths, seed: int
) -> None:
    found = keep_back(YearFigures(years[seed]), 5)
    counted = found.suppressed.counts.values
    for part, whole in truths.within:
        names = counted_as(part), counted_as(whole)
        if names[0] != names[1] and counted.keys() >= set(names) and counted[names[0]]:
            assert is_declared(found, *names), (part, whole)


def test_a_reader_who_knows_all_that_must_be_true_works_nothing_out(
    years: list[YearFacts], truths: Truths
) -> None:
    for facts in years[1:60:2]:
        year = replace(facts, year=YEAR)
        assert_nothing_worked_out(year, truths)


def test_such_a_reader_works_nothing_out_of_the_practice_year(
    truths: Truths, tmp_path: Path
) -> None:
    store = create_sample_store(tmp_path / "s.oscb", PASSPHRASE, "A. Tester", now)
    facts = store.read(read_facts, YEAR, store.today())
    store.close()
    assert_nothing_worked_out(facts, truths)
    natures = YearFigures(facts)
    natures.suppressed = keep_back(natures, 5).suppressed
    assert natures.now("incidents_by_nature", "Serious harm").kept_back


def assert_nothing_worked_out(facts: YearFacts, truths: Truths) -> None:
    reader = Reader.of(facts, keep_back(YearFigures(facts), 5))
    reader.think(truths, so_this_year(facts))
    assert list(reader.worked_out(fewest=4)) == []


def test_the_reader_works_out_what_is_hidden_badly() -> None:
    """Seven of nine incidents are told: fewer than five others are two."""
    reader, harm = Reader(), ("incidents_by_nature", "Serious harm")
    other = ("incidents_by_nature", "Other")
    reader.least[INCIDENTS], reader.most[INCIDENTS] = 0, 1000
    for at, said in ((harm, "7"), (other, "fewer than 5"), (NEEDED, "9")):
        reader.tell(at, said)
    known = Truths(within=(), sums=((INCIDENTS, "incidents_by_nature"),))
    reader.think(known, ((NEEDED, INCIDENTS), (INCIDENTS, NEEDED)))
    assert list(reader.worked_out(fewest=4)) == [other]
    assert reader.least[other] == reader.most[other] == 2


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
