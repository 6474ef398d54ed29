"""The check of a whole document: everything sought, in every place, as findings in page order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from oscb_desktop.domain.date_words import counted, quoted
from oscb_desktop.domain.disclosure.dates import (
    BirthIndex,
    WrittenDay,
    exact_ages,
    tells_day,
    written_days,
)
from oscb_desktop.domain.disclosure.findings import (
    Finding,
    Innocent,
    Kind,
    Needle,
    Place,
    Printed,
    PrintedTable,
    Sureness,
    whose_words,
)
from oscb_desktop.domain.disclosure.name_index import NameIndex
from oscb_desktop.domain.disclosure.names import NameSearch, Run
from oscb_desktop.domain.disclosure.phrases import PhraseIndex
from oscb_desktop.domain.disclosure.said_counts import said_counts
from oscb_desktop.domain.disclosure.tables import SmallCount, own_days, small_counts
from oscb_desktop.domain.disclosure.words import Words
from oscb_desktop.domain.suppression import USUAL_THRESHOLD

_NEARLY = {
    Kind.SURNAME: "nearly the surname",
    Kind.FORENAME: "nearly a forename",
    Kind.OTHER_NAME: "nearly a name used",
    Kind.FULL_NAME: "nearly the name",
    Kind.RELATIVE: "nearly a name in the family",
    Kind.SCHOOL: "a part of the name of the school",
    Kind.ADDRESS: "the street of the address",
    Kind.DATE_OF_BIRTH: "a day that may be the date of birth",
    Kind.FAMILY_BIRTH: "a day that may be a date of birth in the family",
}
_EXACTLY = {
    Kind.SURNAME: "the surname",
    Kind.FORENAME: "a forename",
    Kind.OTHER_NAME: "a name used",
    Kind.FULL_NAME: "the name",
    Kind.RELATIVE: "a name in the family",
    Kind.NICKNAME: "a short form or another spelling of a forename",
    Kind.INITIALS: "the initials",
    Kind.DATE_OF_BIRTH: "the date of birth",
    Kind.FAMILY_BIRTH: "a date of birth in the family",
    Kind.NHS_NUMBER: "the NHS number",
    Kind.ADDRESS: "the address",
    Kind.POSTCODE: "the postcode",
    Kind.PLACE: "where the family lives, in the address",
    Kind.SCHOOL: "the school",
    Kind.REFERENCE: "a reference number",
}
_EDGE = 2
"""How many lines of a page and of the next are read together."""

_PUBLIC_ONLY = frozenset({Kind.REFERENCE, Kind.PLACE})
"""What papers within the partnership must show: looked for only on paper made for publication."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What to look for, and which names may stand: see ``Needle`` and ``Innocent``."""

    needles: tuple[Needle, ...]
    innocents: tuple[Innocent, ...] = ()


def search(
    printed: Printed, sought: Sought, *, for_publication: bool, small_number: int = USUAL_THRESHOLD
) -> tuple[Finding, ...]:
    """Return everything found in a document: the pages first, in page order, then what hides.

    For publication, references, places, exact dates and ages and counts of children below
    ``small_number`` are found too.
    """
    needles = [
        needle for needle in sought.needles if for_publication or needle.kind not in _PUBLIC_ONLY
    ]
    document = [Words(place) for place in (*printed.pages, *printed.hidden)]
    against = _Against(
        NameSearch(NameIndex.of(needles), sought.innocents, document),
        PhraseIndex(needles),
        BirthIndex(needles),
    )
    following = {one.name: other for one, other in pairwise(printed.pages)}
    own = set().union(*map(own_days, printed.tables))
    found: list[Finding] = []
    for at, words in enumerate(document):
        runs = _main(words, against)
        here = [_finding(words, run) for run in runs]
        if for_publication:
            here += _lesser(words, {run.first for run in runs}, own)
        if for_publication and at < len(printed.pages):
            here += _small(words.place, printed.tables, small_number)
            here += _said(words.place, printed.tables, small_number)
        found += sorted(here, key=lambda finding: finding.line)
        found += _over_the_page(words, following.get(words.place.name), against.names)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Against:
    """All that is sought, ready to be looked up."""

    names: NameSearch
    phrases: PhraseIndex
    births: BirthIndex


def _main(words: Words, against: _Against) -> list[Run]:
    """Return what is found in one place of who a child is, in its order."""
    placed = [run for run in against.phrases.runs(words) if not against.names.explains(words, run)]
    found = [run for run in against.names.runs(words) if not _within(run, placed)] + placed
    named: dict[str, list[int]] = defaultdict(list)
    for run in found:
        for whose in run.kinds:
            named[whose].append(run.first)
    born = (against.births.run(words, written, named) for written in written_days(words))
    return sorted([*found, *filter(None, born)], key=lambda run: run.first)


def _lesser(words: Words, told: set[int], own: set[str]) -> Iterator[Finding]:
    """Find exact days and ages; ``told`` are main findings, ``own`` days are the organisation's."""
    for day in written_days(words):
        if day.first not in told and tells_day(words, day) and not _is_own(words, day, own):
            yield _lower(words, Run(day.first, day.last, {}, Sureness.EXACT), Kind.EXACT_DATE)
    for run in exact_ages(words):
        yield _lower(words, run, Kind.EXACT_AGE)


def _is_own(words: Words, day: WrittenDay, own: set[str]) -> bool:
    """Say whether a day fills one of the cells with the organisation's own days."""
    shown = words.shown(day.first, day.last)
    line = " ".join(words.place.lines[words.line(day.first)].text.split())
    return shown in own and (shown.startswith(line) or line.endswith(f": {shown}"))


def _over_the_page(words: Words, following: Place | None, names: NameSearch) -> Iterator[Finding]:
    """Find names that begin on the last lines of a page and end on the first of the next."""
    if following is None:
        return
    numbers = [at for at, line in enumerate(words.place.lines) if not line.furniture][-_EDGE:]
    before = [words.place.lines[at] for at in numbers]
    behind = [line for line in following.lines if not line.furniture][:_EDGE]
    edge = Words(Place(words.place.name, words.place.page, (*before, *behind)))
    for run in names.runs(edge):
        first, last = edge.line(run.first), edge.line(run.last)
        if first < len(before) <= last:
            yield replace(_finding(edge, run), line=numbers[first] + 1)


def _within(run: Run, others: Iterable[Run]) -> bool:
    """Say whether a name is but a part of an address or school found for the same children."""
    return any(
        other.first <= run.first
        and run.last <= other.last
        and other.kinds.keys() >= run.kinds.keys()
        for other in others
    )


def _finding(words: Words, run: Run) -> Finding:
    whose = tuple(sorted(run.kinds))
    kinds = set(run.kinds.values())
    whole = Kind.FULL_NAME if Kind.FULL_NAME in kinds else None
    if whole:  # whoever bears the whole name is meant, and not who bears a part of it
        whose = tuple(one for one in whose if run.kinds[one] is whole)
    kind = whole or min(kinds, key=list(Kind).index)
    shown = words.shown(run.first, run.last)
    words_for = _EXACTLY | (_NEARLY if run.sure is Sureness.NEAR else {})
    sentence = f"{quoted(shown)} is {words_for[kind]} of {whose_words(whose)}."
    return _at(words, run, kind, whose, sentence)


def _lower(words: Words, run: Run, kind: Kind) -> Finding:
    what = "day" if kind is Kind.EXACT_DATE else "age"
    wider = "the month or the season" if kind is Kind.EXACT_DATE else "whole years or an age band"
    shown = quoted(words.shown(run.first, run.last))
    return _at(words, run, kind, (), f"{shown} is an exact {what}: {wider} identifies less.")


def _at(words: Words, run: Run, kind: Kind, whose: tuple[str, ...], sentence: str) -> Finding:
    place, line = words.place, words.line(run.first)
    last = words.line(run.last)
    text = " ".join(one.text.strip() for one in place.lines[line : last + 1])
    shown = words.shown(run.first, run.last)
    return Finding(place.name, place.page, line + 1, kind, whose, shown, run.sure, sentence, text)


def _small(place: Place, tables: Iterable[PrintedTable], below: int) -> Iterator[Finding]:
    for table in tables:
        for small in small_counts(table, below) if table.page == place.page else ():
            yield _small_finding(place, table, small, below)


def _said(place: Place, tables: Sequence[PrintedTable], below: int) -> Iterator[Finding]:
    """Find small counts of people in sentences; the cells of a table are counted by themselves."""
    cells = {
        " ".join(cell.split())
        for table in tables
        if table.page == place.page
        for row in table.rows
        for cell in row
    }
    for at, words in said_counts(place, below):
        line = " ".join(place.lines[at].text.split())
        if line not in cells:
            sentence = f"{quoted(words)} counts fewer people than {below}, the least published."
            kind = Kind.SMALL_NUMBER
            yield Finding(
                place.name, place.page, at + 1, kind, (), words, Sureness.EXACT, sentence, line
            )


def _small_finding(place: Place, table: PrintedTable, small: SmallCount, below: int) -> Finding:
    row = table.rows[small.row]
    heading = next((cell.strip() for cell in row if cell.strip()), "")
    line = next((at for at, one in enumerate(place.lines, 1) if heading in one.text), 1)
    if small.hidden:
        sentence = (
            f"The number hidden beside {quoted(heading)} follows from the totals of its table."
        )
    else:
        sentence = (
            f"{small.words} beside {quoted(heading)} is below {below}, the least number published."
        )
    shown = " ".join(filter(None, (heading, small.words)))
    return Finding(
        place.name, place.page, line, Kind.SMALL_NUMBER, (), shown, Sureness.EXACT, sentence,
        " · ".join(row),
    )  # fmt: skip


def summary(findings: tuple[Finding, ...], whom: str = "a child in this file") -> str:
    """Say in one sentence what was found; ``whom`` says for which children was looked."""
    if not findings:
        return f"Checked: no name, date of birth, address or school of {whom} appears."
    kinds: dict[str, int] = defaultdict(int)
    for finding in findings:
        kinds[finding.kind.value] += 1
    said = ", ".join(f"{kind.lower()} ({number})" for kind, number in kinds.items())
    return f"{counted(len(findings), 'finding')}: {said}."
