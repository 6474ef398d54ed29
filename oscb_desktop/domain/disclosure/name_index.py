"""The names that are sought, by each of their words in plain letters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain, pairwise

from oscb_desktop.domain.disclosure.findings import NAMES, Kind, Needle
from oscb_desktop.domain.disclosure.words import nicknames, word_list, words_of

OWN = frozenset({Kind.FORENAME, Kind.OTHER_NAME, Kind.NICKNAME})
"""What a child itself is called, beside the surname."""

RANK = {kind: at for at, kind in enumerate((Kind.FULL_NAME, *NAMES, Kind.NICKNAME, Kind.INITIALS))}
"""Of several things that words are to one child, the first of these counts."""

_PARTICLES = word_list("particles")
ONE, TWO = 5, 9
"""The length of a name from which one letter, and two letters, may differ."""


@dataclass(slots=True)
class NameIndex:
    """Every word of every name sought, in plain letters, with whose it is."""

    exact: dict[str, dict[str, Kind]] = field(default_factory=dict)
    short: dict[str, dict[str, Kind]] = field(default_factory=dict)
    together: dict[str, dict[str, Kind]] = field(default_factory=dict)
    handles: dict[str, dict[str, Kind]] = field(default_factory=dict)
    initials: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    begins: dict[str, tuple[set[str], set[str]]] = field(default_factory=dict)
    capitals: set[str] = field(default_factory=set)
    _cut: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, needles: Iterable[Needle]) -> NameIndex:
        """Make the index of all needles that are names."""
        index = cls()
        parts: dict[str, dict[Kind, list[str]]] = defaultdict(lambda: defaultdict(list))
        for needle in needles:
            if needle.kind in NAMES:
                words = [word for word in words_of(needle.words) if not word.isdigit()]
                index._add(needle, words)
                parts[needle.whose][needle.kind] += words
        for whose, kinds in parts.items():
            index._add_initials(whose, kinds[Kind.FORENAME], kinds[Kind.SURNAME])
            index._add_run_together(whose, kinds[Kind.FORENAME], kinds[Kind.SURNAME])
        index.capitals = index.initials.keys() | {letters[0] for letters in index.initials}
        for word in index.exact:
            if len(word) >= ONE:
                for less in cuttings(word, 2 if len(word) >= TWO else 1):
                    index._cut[less].add(word)
        return index

    def _add(self, needle: Needle, words: list[str]) -> None:
        joined = ["".join(pair) for pair in pairwise(words)]
        for word in chain(words, joined, ["".join(words)]):
            if len(word) > 1 and (word not in _PARTICLES or len(words) == 1):
                _put(self.exact, word, needle.whose, needle.kind)
        if needle.kind in OWN:
            for form in chain.from_iterable(nicknames().get(word, ()) for word in words):
                _put(self.short, form, needle.whose, Kind.NICKNAME)

    def _add_initials(self, whose: str, forenames: list[str], surnames: list[str]) -> None:
        first = [name[0] for name in forenames]
        last = [name[0] for name in surnames]
        if not first or not last:
            return
        self.begins[whose] = (set(first), set(last))
        pairs = [[first[0], letter] for letter in last]
        for letters in (*pairs, first[:1] + last, first + last):
            self.initials["".join(letters)].add(whose)

    def _add_run_together(self, whose: str, forenames: list[str], surnames: list[str]) -> None:
        """Note the name as addresses and names of files hold it: janedoe, doejane, jdoe."""
        for last in surnames[-1:]:
            for first in forenames:
                _put(self.together, first + last, whose, Kind.FULL_NAME)
                _put(self.together, last + first, whose, Kind.FULL_NAME)
                _put(self.handles, first[0] + last, whose, Kind.SURNAME)

    def near(self, word: str, most: int = 2) -> dict[str, Kind]:
        """Return whose name a word nearly is: one letter differs from 5 letters on, two from 9.

        No more than ``most`` letters differ.
        """
        found: dict[str, Kind] = {}
        reach = min(most, 2 if len(word) >= TWO - 2 else 1)
        names = set().union(*(self._cut.get(less, ()) for less in cuttings(word, reach)))
        for name in names:
            if 0 < distance(word, name) <= min(most, 2 if len(name) >= TWO else 1):
                for whose, kind in self.exact[name].items():
                    if whose not in found or RANK[kind] < RANK[found[whose]]:
                        found[whose] = kind
        return found


def _put(table: dict[str, dict[str, Kind]], word: str, whose: str, kind: Kind) -> None:
    """Note whose a word is; of several things that it is to one child the first of RANK counts."""
    held = table.setdefault(word, {})
    if whose not in held or RANK[kind] < RANK[held[whose]]:
        held[whose] = kind


def cuttings(word: str, letters: int) -> set[str]:
    """Return a word, and what is left of it with up to so many letters left out."""
    found = {word}
    for _ in range(letters):
        found |= {less[:at] + less[at + 1 :] for less in found for at in range(len(less))}
    return found


def distance(one: str, other: str) -> int:
    """Return how many letters were added, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        before, above, row = row, before, [at]
        for to, against in enumerate(other, 1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != against))
            swapped = to > 1 and at > 1 and letter == other[to - 2] and one[at - 2] == against
            row.append(min(cost, above[to - 2] + 1) if swapped else cost)
    return row[-1]
