"""Names in a text: whole or in part, in any capitals and accents, short forms, near spellings.

Each word of the text is looked up once in a dictionary of plain words, however many names are
sought. What keeps innocent text from being flooded stands in ``_Reading``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, pairwise

from oscb_desktop.domain.date_words import MONTH_NAMES
from oscb_desktop.domain.disclosure.findings import Innocent, Kind, Sureness
from oscb_desktop.domain.disclosure.name_index import ONE, OWN, RANK, NameIndex
from oscb_desktop.domain.disclosure.words import (
    Words,
    folded,
    ordinary_words,
    word_list,
    words_of,
)

_MONTHS = frozenset(month.casefold() for month in MONTH_NAMES)
_MONTH_CUES = word_list("month_cues")
_CUES = word_list("name_cues")
_ABBREVIATIONS = word_list("abbreviations")
_DOTTED = word_list("dotted")
_TITLES = frozenset({"mr", "mrs", "ms", "miss", "master", "baby", "called", "named"})
_INITIALS_CUES = _CUES | {"initials", "pupil", "patient", "sibs"}
_NAMES_TOO = word_list("names_too")
_NEVER_ALONE = word_list("never_alone")
_HANDLED = frozenset("@_/\\")

_SHORT_NAME = 3
_SURE_AT_START = 7
_SURE_IF_SMALL = 8
_NEARBY = 8
_BESIDE = 2
_SAME_PASSAGE = 40
_SHORTEST_JOINED = 5


@dataclass(slots=True)
class Hit:
    """Words that may name children: from which word to which, and what of whom."""

    first: int
    last: int
    kinds: dict[str, Kind]
    sure: Sureness
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Neighbouring hits of the same children, as one finding."""

    first: int
    last: int
    kinds: dict[str, Kind]
    sure: Sureness


class NameSearch:
    """Looks for the names of an index in the places of one document."""

    def __init__(
        self, index: NameIndex, innocents: Iterable[Innocent], document: Iterable[Words]
    ) -> None:
        self.index = index
        self._innocents: dict[str, list[tuple[tuple[str, ...], frozenset[str]]]] = defaultdict(list)
        for innocent in innocents:
            words = words_of(innocent.words)
            if words:
                self._innocents[words[0]].append((words, innocent.bearers))
        self.nearly = self._near_words(document)
        self._known = index.exact.keys() | index.short.keys() | self.nearly.keys()
        self._known |= index.together.keys() | index.handles.keys()

    def _near_words(self, document: Iterable[Words]) -> dict[str, dict[str, Kind]]:
        """Return the words of the document that are nearly a name, and whose.

        Only a word with a capital counts, and only one that the document nowhere writes in small
        letters: "Marsh" is not "harsh". At the beginning of a sentence it must be longer. A long
        word in small letters that stands there once or twice counts by one letter.
        """
        small, marked, first = Counter[str](), set[str](), set[str]()
        for words in document:
            for at, key in enumerate(words.keys):
                if len(key) < ONE - 1 or key in self.index.exact:
                    continue
                if not words.capital(at):
                    small[key] += 1
                elif key not in marked:
                    inside = words.marked_out(at) or words.goes_on(at)
                    (marked if inside else first).add(key)
        innocent = set(
            chain.from_iterable(one for row in self._innocents.values() for one, _ in row)
        )
        long = {key for key in first if len(key) >= _SURE_AT_START}
        tried = dict.fromkeys((marked | long) - small.keys(), 2) | {
            key: 1 for key, times in small.items() if times < 3 and len(key) >= _SURE_IF_SMALL
        }
        for key in (innocent | ordinary_words()) & tried.keys():
            del tried[key]
        found = ((key, self.index.near(key, most)) for key, most in tried.items())
        return {key: kinds for key, kinds in found if kinds and not key[0].isdigit()}

    def runs(self, words: Words) -> Iterator[Run]:
        """Return what is found in one place, in its order."""
        return _Reading(self, words, self._known).runs()

    def explains(self, words: Words, run: Run) -> bool:
        """Say whether a place stands but in an innocent name, such as the organisation's."""
        if set(run.kinds.values()) != {Kind.PLACE}:
            return False
        return self.covered(words).keys() >= set(range(run.first, run.last + 1))

    def covered(self, words: Words) -> dict[int, tuple[int, frozenset[str]]]:
        """Return which words stand within an innocent name, by its first word, and who bears it."""
        found: dict[int, tuple[int, frozenset[str]]] = {}
        for at, key in enumerate(words.keys):
            for name, bearers in self._innocents.get(key, ()):
                if words.capital(at) and tuple(words.keys[at : at + len(name)]) == name:
                    found |= {at + step: (at, bearers) for step in range(len(name))}
        return found


class _Reading:
    """One place being read: which words are names, and what else must stand beside them."""

    def __init__(self, search: NameSearch, words: Words, known: set[str]) -> None:
        self.search = search
        self.index = search.index
        self.words = words
        keys = words.keys
        self.hits: dict[int, Hit] = {}
        for at in [at for at, key in enumerate(keys) if key in known]:
            hit = self._hit(at)
            if hit and hit.kinds:
                self.hits[at] = hit
        self._add_joined()
        self._add_spaced_out()
        self._strong: dict[str, list[int]] = defaultdict(list)
        for hit in self.hits.values():
            if not hit.weak:
                for whose in hit.kinds:
                    self._strong[whose].append(hit.first)
        self._settle()
        self._add_initials()

    def _hit(self, at: int) -> Hit | None:
        """Return the name that a word is.

        A word which is also an ordinary one ("May", "Grace", "Hope", "Will") would be found on
        every page, and a list of three hundred findings is read by nobody. So it counts by itself
        only with a capital where English would not put one: inside a sentence, not in a heading,
        not as a month. Otherwise it waits (``weak``) for another part of the same name beside it.
        """
        key, words = self.words.keys[at], self.words
        joined = self.index.together.get(key) or self._handle(at)
        if joined:
            return Hit(at, at, dict(joined), Sureness.EXACT)
        exact = self.index.exact.get(key)
        if exact is None:
            long = len(key) >= ONE or key in self.search.nearly
            if not words.capital(at) and (not long or key in ordinary_words()):
                return None
            short = self.index.short.get(key)
            kinds, sure = short or self.search.nearly.get(key, {}), Sureness.NEAR
        else:
            kinds, sure = {**self.index.short.get(key, {}), **exact}, Sureness.EXACT
        if len(key) > 2 and key not in ordinary_words():
            return Hit(at, at, dict(kinds), sure)
        if not words.capital(at):
            return None
        return Hit(at, at, dict(kinds), sure, weak=not self._meant(at))

    def _handle(self, at: int) -> dict[str, Kind] | None:
        """Return whose an initial and surname in one are, within an address or a file's name."""
        before, after = self.words.gap(at)[-1:], self.words.after(at)
        if before in _HANDLED or (after in _HANDLED and after):
            return self.index.handles.get(self.words.keys[at])
        return None

    def _meant(self, at: int) -> bool:
        """Say whether an ordinary word with a capital is meant as a name."""
        words, keys = self.words, self.words.keys
        before = keys[at - 1] if at else ""
        if keys[at] in _MONTHS and self._is_month(at):
            return False
        if at and before in _TITLES and words.capital(at):
            return True
        if words.all_capitals(at) and len(keys[at]) <= _SHORT_NAME:
            return keys[at] not in _ABBREVIATIONS and not words.heading(at)
        if self._possessive(at):
            return True
        if not words.marked_out(at) or words.all_capitals(at) or keys[at] in _NEVER_ALONE:
            return False
        return not (self._of_title(at - 1) or self._of_title(at + 1))

    def _possessive(self, at: int) -> bool:
        """Say whether a forename has the ending of a possessive: "Hope's mother"."""
        kinds = {**self.index.short.get(self.words.keys[at], {})}
        kinds |= self.index.exact.get(self.words.keys[at], {})
        start, end = self.words.spans[at]
        ending = folded(self.words.text[start:end])[-2:] == "'s"
        title = at + 1 < len(self.words) and self.words.capital(at + 1)
        return ending and not title and not OWN.isdisjoint(kinds.values())

    def _is_month(self, at: int) -> bool:
        """Say whether the words beside a name such as "May" or "April" make it the month."""
        before = self.words.keys[max(0, at - 2) : at]
        after = self.words.keys[at + 1 : at + 2]
        if not _MONTHS.isdisjoint((*before, *after)):  # from March to May
            return True
        beside = (*before[-1:], *after)
        return any(map(str.isdigit, beside)) or not _MONTH_CUES.isdisjoint(before[-1:])

    def _of_title(self, at: int) -> bool:
        """Say whether a neighbour makes a title of an ordinary word ("Young Carers").

        It does with a capital of its own within a sentence, when it is no name that is sought; at
        the beginning of one only a word such as "County" does, for "When" has its capital anyway.
        """
        words = self.words
        if not 0 <= at < len(words) or at in self.hits or words.keys[at] in _CUES:
            return False
        beside = at + 1 if at + 1 < len(words) else at
        if words.gap(beside).strip() not in {"", "-"} or not words.capital(at):
            return False
        if words.opens(at):
            return words.keys[at] in _NAMES_TOO
        return words.keys[at] not in self.search.nearly

    def _add_joined(self) -> None:
        """Find a name that is broken in two: over a line's end, by a hyphen, by a stray space."""
        keys, exact, ordinary = self.words.keys, self.index.exact, ordinary_words()
        for at, (one, other) in enumerate(pairwise(keys)):
            kinds = exact.get(one + other)
            if kinds is None or len(one + other) < _SHORTEST_JOINED:
                continue
            if at in self.hits and at + 1 in self.hits:
                continue
            gap = self.words.gap(at + 1).strip(" ")
            broken = (
                gap in {"-", "\n", "-\n", "-\n ", "\u00ad\n", "\u00ad", "'", "’"} or "\n" in gap
            )
            plain = one in ordinary and other in ordinary
            if broken or (not gap and not plain and self.words.capital(at)):
                sure = Sureness.EXACT if "-" in gap or "\u00ad" in gap else Sureness.NEAR
                self.hits.pop(at + 1, None)
                self.hits[at] = Hit(at, at + 1, dict(kinds), sure)

    def _add_spaced_out(self) -> None:
        """Find a name that is set letter by letter: Q U E N N E R B Y."""
        keys = self.words.keys
        single = [at for at, key in enumerate(keys) if len(key) == 1 and not key.isdigit()]
        for _, group in groupby(enumerate(single), key=lambda pair: pair[1] - pair[0]):
            letters = [at for _, at in group]
            word = "".join(keys[at] for at in letters)
            if len(word) >= _SHORTEST_JOINED and word in self.index.exact:
                kinds = dict(self.index.exact[word])
                self.hits[letters[0]] = Hit(letters[0], letters[-1], kinds, Sureness.EXACT)

    def _settle(self) -> None:
        """Keep of the ordinary words those beside which another part of the same name stands."""
        hits = self.hits
        for at, hit in sorted(hits.items()):
            if hit.weak:
                kinds = {
                    whose: kind
                    for whose, kind in hit.kinds.items()
                    if self._company(at, whose, kind)
                }
                hits[at] = Hit(hit.first, hit.last, kinds, hit.sure, weak=True)
        self.hits = {at: hit for at, hit in sorted(hits.items()) if hit.kinds}

    def _company(self, at: int, whose: str, kind: Kind) -> bool:
        keys = self.words.keys
        for other in self._strong.get(whose, ()):
            if abs(at - other) <= _NEARBY and keys[other] != keys[at]:
                return True
        for other in range(at - _BESIDE, at + _BESIDE + 1):
            beside = self.hits.get(other)
            if other != at and beside and whose in beside.kinds and beside.kinds[whose] is not kind:
                return keys[other] != keys[at]
        return self._initial_beside(at, whose, kind)

    def _initial_beside(self, at: int, whose: str, kind: Kind) -> bool:
        """Say whether the fitting initial stands beside: "G. Green", "Green G", "Grace B"."""
        forenames, surnames = self.index.begins.get(whose, (set(), set()))
        fitting = forenames if kind is Kind.SURNAME else surnames
        beside = [at - 1, at + 1] if kind is Kind.SURNAME else [at + 1]
        return any(
            0 <= other < len(self.words)
            and self.words.keys[other] in fitting
            and self.words.all_capitals(other)
            for other in beside
        )

    def _add_initials(self) -> None:
        """Find initials: with full stops anywhere; without, only where a child is spoken of."""
        taken = -1
        for at in [at for at, key in enumerate(self.words.keys) if key in self.index.capitals]:
            if at > taken and at not in self.hits and self.words.all_capitals(at):
                taken, whose = self._initials_at(at)
                if whose:
                    kinds = dict.fromkeys(whose, Kind.INITIALS)
                    self.hits[at] = Hit(at, taken, kinds, Sureness.INITIALS)

    def _initials_at(self, at: int) -> tuple[int, set[str]]:
        """Return the last word of the initials that may begin with a word, and whose they are."""
        keys, end = self.words.keys, at
        if len(keys[at]) > 1:
            held = self._initials_of(keys[at], _ABBREVIATIONS)
            return at, {one for one in held if self._spoken_of(at, one)}
        while end + 1 < len(keys) and self.words.after(end) == "." and self._dotted(end + 1):
            end += 1
        letters = "".join(keys[at : end + 1])
        return end, self._initials_of(letters, _DOTTED) if end > at else set()

    def _dotted(self, at: int) -> bool:
        near = self.words.gap(at) in {".", ". "}
        return near and len(self.words.keys[at]) == 1 and self.words.all_capitals(at)

    def _initials_of(self, letters: str, others: frozenset[str]) -> set[str]:
        return set() if letters in others else self.index.initials.get(letters, set())

    def _spoken_of(self, at: int, whose: str) -> bool:
        if self.words.heading(at):
            return False
        if at and self.words.keys[at - 1] in _INITIALS_CUES:
            return True
        return any(abs(at - other) <= _SAME_PASSAGE for other in self._strong.get(whose, ()))

    def runs(self) -> Iterator[Run]:
        """Return the hits, those that stand together for the same children made one."""
        covered = self.search.covered(self.words)
        group: list[Hit] = []
        for _at, hit in sorted(self.hits.items()):
            if group and not self._goes_on(group, hit):
                yield from _run(group, covered)
                group = []
            group.append(hit)
        yield from _run(group, covered)

    def _goes_on(self, group: list[Hit], hit: Hit) -> bool:
        last = group[-1].last
        between = self.words.keys[last + 1 : hit.first]
        together = set.intersection(*(set(one.kinds) for one in (*group, hit)))
        joined = not between or (len(between) == 1 and len(between[0]) == 1)
        return joined and bool(together) and ";" not in self.words.gap(hit.first)


def _run(group: list[Hit], covered: Mapping[int, tuple[int, frozenset[str]]]) -> Iterator[Run]:
    """Return the one finding of hits that stand together, unless an innocent name explains it."""
    if not group:
        return
    together = set.intersection(*(set(hit.kinds) for hit in group))
    kinds = {whose: _whole([hit.kinds[whose] for hit in group]) for whose in together}
    names = {covered.get(hit.first) for hit in group}
    if len(names) == 1 and None not in names:
        bearers = next(name[1] for name in names if name is not None)
        kinds = {
            whose: kind
            for whose, kind in kinds.items()
            if whose in bearers
            or kind is Kind.FULL_NAME
            or (kind is Kind.RELATIVE and len(group) > 1)
        }
    if kinds:
        best = min((hit.sure for hit in group), key=list(Sureness).index)
        yield Run(group[0].first, group[-1].last, kinds, best)


def _whole(kinds: list[Kind]) -> Kind:
    """Return what several words are to one child together."""
    held = set(kinds)
    if Kind.RELATIVE in held:
        return Kind.RELATIVE
    if Kind.FULL_NAME in held or (Kind.SURNAME in held and not held.isdisjoint(OWN)):
        return Kind.FULL_NAME
    return min(held, key=RANK.__getitem__)
