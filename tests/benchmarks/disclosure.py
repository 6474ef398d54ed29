"""The check for disclosure: how fast, how much of what leaks it finds, how often it cries wolf."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from oscb_desktop.domain.disclosure.findings import Finding, Innocent, Printed
from oscb_desktop.domain.disclosure.needles import Identity, needles_of
from oscb_desktop.domain.disclosure.search import Sought, search
from oscb_desktop.domain.documents import Paper, ReviewRecord, Section
from oscb_desktop.queries.identities import identities
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.queries.records import records
from oscb_desktop.reports.document import rendered
from oscb_desktop.reports.pdf_text import read
from oscb_desktop.services.printing import make_learning_summary, make_review_record
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from tests.benchmarks.files import PASSPHRASE, now
from tests.benchmarks.timing import Measured, median
from tests.leaks import CHILDREN, ON_PAGES, Leak
from tests.more_leaks import MORE_CHILDREN, SECOND, THIRD
from tests.printing_leaks import HIDING_PLACES, ORGANISATION, by_us, drawn, in_our_table

MANY = 500
PAGES = 60
_OUR_NAME = (Innocent(ORGANISATION),)

_MADE_OF = Path(__file__).parent / "identities.toml"
_WORDS: dict[str, list[str]] = {
    name: words.split() for name, words in tomllib.loads(_MADE_OF.read_text("utf-8")).items()
}


def many_identities(count: int = MANY, seed: int = 7) -> tuple[Identity, ...]:
    """Return as many identities as a partnership gathers in thirty years, always the same."""
    choose = random.Random(seed)

    def one_of(list_of: str) -> str:
        return choose.choice(_WORDS[list_of])

    def one(number: int) -> Identity:
        last = one_of("surnames")
        born = date(2003, 1, 1) + timedelta(days=choose.randrange(6900))
        street = f"{choose.randrange(1, 140)} {one_of('streets')} {one_of('ends')}"
        home = f"{street}, {one_of('towns')} ZZ{number % 90 + 1} 4QT"
        mother = f"{one_of('forenames')} {one_of('surnames')} (mother)"
        given = " ".join(choose.sample(_WORDS["forenames"], choose.choice((1, 2))))
        school = f"{one_of('schools')} Primary School"
        nhs = str(9990000000 + choose.randrange(10**6))
        reference = (f"SIN-{number:06d}",)
        return Identity(
            f"CH-{number:04d}", last, given, "", born, nhs, home, school, mother, "", reference
        )

    return tuple(map(one, range(count)))


def long_document(pages: int = PAGES) -> bytes:
    """Return our own record of so many pages."""
    choose = random.Random(11)

    def paragraph() -> str:
        return " ".join(choose.choice(_WORDS["telling"]) for _ in range(60)).capitalize() + "."

    made, number = b"", 0
    sections: tuple[Section, ...] = ()
    while number < pages:
        grown = tuple(
            Section(f"Part {at + 1}", paragraphs=tuple(paragraph() for _ in range(30)))
            for at in range(len(sections), len(sections) + 4)
        )
        sections += grown
        made, number = rendered(ReviewRecord(Paper("A long record", ORGANISATION), sections))
    return made


def measure(_folder: Path) -> list[Measured]:
    """Return the line about a long document against many identities."""
    data = long_document()
    sought = Sought(needles_of(many_identities()), _OUR_NAME)
    pages = len(PdfReader(BytesIO(data)).pages)

    def check() -> None:
        with uncollected():
            search(read(data), sought, for_publication=True)

    ours = median(check, runs=5)
    bare = median(lambda: [page.extract_text() for page in PdfReader(BytesIO(data)).pages], runs=5)
    what = f"check of {pages} pages against {MANY} identities"
    return [Measured(what, ours, bare, "pypdf takes the text out")]


@dataclass(frozen=True, slots=True)
class Recall:
    """Of one sort of leak: how many were put into files, found, and known to be missed."""

    sort: str
    seeded: int
    found: int
    known: int
    surprises: tuple[str, ...]


_WAYS: tuple[Callable[[str], bytes], ...] = (drawn, by_us, in_our_table)


def recall() -> tuple[Recall, ...]:
    """Return what is found of each sort of leak, each put into three files."""
    sought = Sought(needles_of(CHILDREN), _OUR_NAME)
    later = Sought(needles_of(MORE_CHILDREN), _OUR_NAME)
    rows = [_recall_of(leaks, sought) for leaks in ON_PAGES]
    rows += [_recall_of(leaks, later) for leaks in (SECOND, THIRD)]
    return (*rows, *(_recall_hidden(place, make, sought) for place, make in HIDING_PLACES.items()))


def finds(leak: Leak, data: bytes, sought: Sought) -> bool:
    """Say whether the check tells whose the leak is."""
    found = search(read(data), sought, for_publication=True)
    return any(leak.child.whose in finding.whose for finding in found)


def _recall_of(leaks: Iterable[Leak], sought: Sought) -> Recall:
    every = tuple(leaks)
    tried = [(leak, way, finds(leak, way(leak.text), sought)) for leak in every for way in _WAYS]
    surprises = [
        f"{'found' if found else 'missed'} ({way.__name__}): {leak.text!r}"
        for leak, way, found in tried
        if found is bool(leak.missed)
    ]
    known = sum(bool(leak.missed) for leak, _, _ in tried)
    count = sum(found for _, _, found in tried)
    return Recall(every[0].sort, len(tried), count, known, tuple(surprises))


def _recall_hidden(place: str, make: Callable[[str], bytes], sought: Sought) -> Recall:
    leaks = [replace(leaks[0], sort=place) for leaks in ON_PAGES]
    missed = [leak.text for leak in leaks if not finds(leak, make(_one_line(leak)), sought)]
    return Recall(place, len(leaks), len(leaks) - len(missed), 0, tuple(missed))


def _one_line(leak: Leak) -> str:
    return leak.text.replace("-\n", "").replace("\n", " ")


@dataclass(frozen=True, slots=True)
class Alarms:
    """What is found in innocent text: on how many pages, how much, and the commonest words."""

    pages: int
    main: int
    lesser: int
    words: tuple[str, ...]


def false_alarms(folder: Path) -> Alarms:
    """Return what is found in each paper of the sample year for children who are not in it."""
    with closing(
        create_sample_store(folder / "wolf.oscb", PASSPHRASE, "A. Secretary", now)
    ) as store:
        innocents = store.read(identities).sought.innocents
        sought = Sought(needles_of(many_identities()), innocents)
        printed = [read(data) for data in _papers(store)]
    found: list[Finding] = []
    for paper in printed:
        found += search(paper, sought, for_publication=True)
    main = [finding for finding in found if not finding.kind.lesser]
    words = sorted(
        {f"{finding.words} ({finding.kind.lower()}, {finding.sure})" for finding in main}
    )
    return Alarms(_pages(printed), len(main), len(found) - len(main), tuple(words))


def _papers(store: Store) -> Iterable[bytes]:
    for review in store.read(records, "review"):
        reference = str(review.values["reference"])
        yield make_learning_summary(store, reference).data
        yield make_review_record(store, reference).data


def _pages(printed: Iterable[Printed]) -> int:
    return sum(len(paper.pages) for paper in printed)


def report(folder: Path) -> None:
    """Print the recall by sort, why each miss is one, and the false alarms."""
    print("\n| leaks put into files | seeded | found | missed |")
    print("| --- | ---: | ---: | ---: |")
    rows = recall()
    for row in rows:
        print(f"| {row.sort} | {row.seeded} | {row.found} | {row.seeded - row.found} |")
    seeded, found = sum(row.seeded for row in rows), sum(row.found for row in rows)
    print(f"| all | {seeded} | {found} | {seeded - found} |")
    print("\nWhy each miss is one:")
    for leak in (leak for leaks in (*ON_PAGES, SECOND, THIRD) for leak in leaks if leak.missed):
        print(f"- {leak.sort}, “{' / '.join(leak.text.splitlines())}”: {leak.missed}")
    for row in rows:
        for surprise in row.surprises:
            print(f"- NOT EXPLAINED, {row.sort}: {surprise}")
    alarms = false_alarms(folder)
    per_page = alarms.main / alarms.pages
    print(
        f"\nFalse alarms: {alarms.main} on {alarms.pages} innocent pages ({per_page:.2f} a page) "
        f"against {MANY} children with the commonest names: {'; '.join(alarms.words)}. "
        f"Exact dates, exact ages and small numbers: {alarms.lesser}."
    )
