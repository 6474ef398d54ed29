"""A reader of the public report tries to work out each number that it keeps back, and cannot.

He has the printed PDF's text and knows what every figure means: which figures are parts of others,
which add up, that a "c" is at least 1, "fewer than 5" from 1 to 4. By trying all possibilities he
finds for each number what it may be; the rule leaves him at least four values. Where a nought is
kept back to hide the others of its list, he knows that this happens and may doubt the "at least 1".
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfReader

from oscb_desktop.database.engine import for_writing, make_engine
from oscb_desktop.database.file import close_file
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import Figure, figures
from oscb_desktop.services.printing import make_annual_report
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from tests.conftest import PASSPHRASE, now
from tests.queries.chance_years import YearOfChance

YEAR = ReportingYear.beginning(2021)
FEWEST = 4
CHAPTERS = {
    "4.2 Rapid review facts and figures": {
        "rapid_reviews": "Rapid reviews",
        "rapid_reviews_recommending_cspr": "Rapid reviews that recommended a review",
        "rapid_reviews_joint": "Joint rapid reviews",
        "rapid_reviews_contributed": "Contributions to another area's rapid reviews",
        "rapid_reviews_child_death": "Rapid reviews concerning a death",
        "panel_agreed": "The Panel agreed",
        "panel_not_agreed": "The Panel did not agree, or asked for more",
    },
    "4.3 Children in rapid reviews": {
        "rapid_review_children": "Children in rapid reviews",
        "rapid_review_families": "Families in rapid reviews",
        "rapid_review_babies": "Babies in rapid reviews",
        "rapid_review_children_known_to_csc": "Children in rapid reviews known to children's "
        "social care",
    },
    "5.2 Review facts and figures": {"reviews_worked_on": "Reviews worked on"},
    "5.3 Children in reviews": {
        "review_children": "Children in reviews",
        "review_children_died": "Children in reviews who died",
        "review_children_known_to_csc": "Children in reviews known to children's social care",
    },
    "8.3 Feedback from families": {
        "family_members_asked": "Family members asked to take part",
        "family_members_took_part": "Family members who took part",
    },
    "8.4 Costs and timeframes": {
        "rapid_reviews_on_time": "Rapid reviews in time",
        "rapid_reviews_late": "Rapid reviews that were late",
    },
}
"""Where each figure is printed, and what it is called there."""

AT_MOST = (
    ("rapid_reviews", ("rapid_reviews_recommending_cspr",)),
    ("rapid_reviews", ("rapid_reviews_child_death",)),
    ("rapid_reviews", ("rapid_reviews_joint",)),
    ("rapid_reviews_joint", ("rapid_reviews_contributed",)),
    ("rapid_reviews", ("panel_agreed", "panel_not_agreed")),
    ("rapid_reviews", ("rapid_reviews_on_time", "rapid_reviews_late")),
    ("rapid_review_children", ("rapid_review_families",)),
    ("rapid_review_children", ("rapid_review_babies",)),
    ("rapid_review_children", ("rapid_review_children_known_to_csc",)),
    ("review_children", ("review_children_died",)),
    ("review_children", ("review_children_known_to_csc",)),
    ("family_members_asked", ("family_members_took_part",)),
)
"""Each figure is at least the sum of those beside it."""

LISTS = {
    "rapid_review_children_by_age_band": ("rapid_review_children", "4.3 Ch", "By age", "By sex"),
    "rapid_review_children_by_sex": ("rapid_review_children", "4.3 Ch", "By sex", "By status"),
    "rapid_review_children_by_csc_status": (
        "rapid_review_children",
        "4.3 Ch",
        "By status with social care",
        "4.4 Ages",
    ),
    "rapid_reviews_by_referral_source": ("rapid_reviews", "4.2 Ra", "Who referred", "What the P"),
    "rapid_reviews_by_panel_reply": ("rapid_reviews", "4.2 Ra", "What the Panel said", "4.3 Ch"),
    "reviews_by_kind": ("reviews_worked_on", "5.2 Re", "Kinds of review", "5.3 Ch"),
    "review_children_by_age_band": ("review_children", "5.3 Ch", "By age", "By sex"),
    "review_children_by_sex": ("review_children", "5.3 Ch", "By sex", "By ethnicity"),
    "review_children_by_ethnicity": ("review_children", "5.3 Ch", "By ethnicity", "5.4 Th"),
}
"""Breakdowns that add up to a figure: in which chapter, from which words to which."""

NUMBER = r"(fewer than 5|not shown|c(?![\w'])|\d[\d,]*)"
LARGEST = 30


@dataclass
class Reader:
    """What somebody who has the paper knows of each number, and what he can make of it."""

    text: str
    categories: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ranges: dict[str, range] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)
    sums: list[tuple[str, tuple[str, ...], bool]] = field(default_factory=list)

    def read(self) -> Reader:
        """Take in the facts, the lists, and how they hang together."""
        for heading, facts in CHAPTERS.items():
            start = max(0, self.text.rfind(heading) + len(heading))
            for name, label in facts.items():
                found = re.compile(rf"{re.escape(label)} {NUMBER}").search(self.text, start)
                if found:
                    self._note(name, found[1])
        for whole, parts in AT_MOST:
            if {whole, *parts} <= self.ranges.keys():
                self.sums.append((whole, parts, False))
        for name, (whole, chapter, begins, ends) in LISTS.items():
            self._list(name, whole, self._between(chapter, begins, ends))
        return self

    def _note(self, name: str, said: str) -> None:
        if said[0].isdigit():
            value = int(said.replace(",", ""))
            self.ranges[name] = range(value, value + 1)
            return
        self.hidden.add(name)
        self.ranges[name] = range(1, 5 if said.startswith("fewer") else LARGEST)

    def _between(self, chapter: str, begins: str, ends: str) -> str:
        start = self.text.find(f" {begins} ", self.text.rfind(chapter))
        ends_at = (self.text.find(f" {each}", start + 1) for each in (ends, "Reviews published K"))
        end = min((at for at in ends_at if at > 0), default=-1)
        return self.text[start:end] if 0 <= start < end else ""

    def _list(self, name: str, whole: str, said: str) -> None:
        if self.ranges.get(whole) == range(1):  # there is no such list, only a later one
            return
        told, in_words = [], "How many is not told" in said
        for category in self.categories.get(name, ()):
            at = f"{name} {category}"
            found = None if in_words else re.search(rf" {re.escape(category)} {NUMBER}", said)
            if found or (in_words and f" {category} " in said):
                self._note(at, found[1] if found else "c")
                told.append(at)
        if told and whole in self.ranges:
            self.sums.append((whole, tuple(told), True))

    def allow_noughts(self, noughts: set[str]) -> None:
        """Let him doubt that a number is at least 1 where a nought beside it is kept back too."""
        for whole, parts, _exact in self.sums:
            if noughts & {whole, *parts}:
                for name in self.hidden & {whole, *parts}:
                    self.ranges[name] = range(self.ranges[name].stop)

    def possible(self, name: str) -> set[int]:
        """Try every way of filling in what is hidden beside a number, and keep what it may be."""
        beside = self._beside(name)
        names = sorted(self.hidden & beside, key=lambda each: (each != name, each))
        sums = [entry for entry in self.sums if beside & {entry[0], *entry[1]}]
        found: set[int] = set()
        for value in self.ranges[name]:
            if self._fits({name: value}, names[1:], sums):
                found.add(value)
        return found

    def _fits(
        self, held: dict[str, int], rest: list[str], sums: list[tuple[str, tuple[str, ...], bool]]
    ) -> bool:
        if not all(self._may(entry, held) for entry in sums):
            return False
        if not rest:
            return True
        name, *others = rest
        return any(self._fits({**held, name: value}, others, sums) for value in self.ranges[name])

    def _may(self, entry: tuple[str, tuple[str, ...], bool], held: Mapping[str, int]) -> bool:
        """Say whether a sum can still come out, for what is filled in so far."""
        whole, parts, exact = entry
        least = sum(held.get(part, self.ranges[part][0]) for part in parts)
        most = sum(held.get(part, self.ranges[part][-1]) for part in parts)
        top = held.get(whole, self.ranges[whole][-1])
        bottom = held.get(whole, self.ranges[whole][0])
        return least <= top and (not exact or most >= bottom)

    def _beside(self, name: str) -> set[str]:
        """Return the numbers that a hidden one is tied to by others that are hidden."""
        found, waiting = {name}, [name]
        while waiting:
            at = waiting.pop()
            for whole, parts, _exact in self.sums:
                tied = {whole, *parts}
                if at in tied:
                    new = (tied & self.hidden) - found
                    found |= new
                    waiting += new
        return found


def attack(store: Store) -> tuple[Reader, dict[str, Figure]]:
    """Return a reader of the public report beside the truth."""
    truth = {entry.name: entry for entry in store.read(figures, YEAR, store.today())}
    categories = {name: tuple(truth[name].by_category) for name in LISTS}
    data = make_annual_report(store, "2021-22", public=True).data
    pages = (page.extract_text().split() for page in PdfReader(BytesIO(data)).pages)
    text = " ".join(word for page in pages for word in page)
    return Reader(text, categories).read(), truth


@contextmanager
def year_of_chance(new_file: tuple[Path, FileKey], folder: Path, seed: int) -> Iterator[Store]:
    """Open a file with a year of chance."""
    source, key = new_file
    path = folder / "chance.oscb"
    shutil.copy(source, path)
    engine = make_engine(path, key)
    with for_writing(engine).begin() as connection:
        YearOfChance(connection, Random(seed), 6 + seed % 4).put_all()
    yield Store(engine, key, path, "A. Tester", now)
    close_file(engine)


def value_of(truth: Mapping[str, Figure], name: str) -> int:
    """Return the number that a reader is after."""
    figure, _, category = name.partition(" ")
    value = truth[figure].value
    number = value[category] if isinstance(value, Mapping) else value
    assert isinstance(number, int)
    return number


def holds(store: Store) -> int:
    """Hold that nothing can be worked out; return how many numbers were tried."""
    reader, truth = attack(store)
    reader.allow_noughts({name for name in reader.hidden if not value_of(truth, name)})
    for name in sorted(reader.ranges):
        true = value_of(truth, name)
        assert true in reader.ranges[name], name  # he reads what is printed, and it is right
    for name in sorted(reader.hidden):
        possible = reader.possible(name)
        assert value_of(truth, name) in possible, name
        assert len(possible) >= FEWEST, (name, possible)
    for name, entry in truth.items():
        told = any(name in facts for facts in CHAPTERS.values())
        if told and isinstance(entry.value, int) and 0 < entry.value < 5:
            assert name in reader.hidden, name
    return len(reader.hidden)


def test_nothing_kept_back_of_the_practice_year_can_be_worked_out(tmp_path: Path) -> None:
    store = create_sample_store(tmp_path / "s.oscb", PASSPHRASE, "A. Tester", now)
    assert holds(store) >= 10
    store.close()


@pytest.mark.parametrize("seed", range(6))
def test_nothing_kept_back_of_a_year_of_chance_can_be_worked_out(
    new_file: tuple[Path, FileKey], tmp_path: Path, seed: int
) -> None:
    with year_of_chance(new_file, tmp_path, seed) as store:
        holds(store)


def test_a_reader_recovers_what_is_hidden_badly() -> None:
    """The attack itself works: of two parts of a printed total, one alone kept back is found."""
    text = "4.2 Rapid review facts and figures Rapid reviews 6 The Panel agreed 5 "
    bad = Reader(text + "The Panel did not agree, or asked for more fewer than 5 ").read()
    assert bad.possible("panel_not_agreed") == {1}
