"""Addresses, schools, postcodes and numbers in a text, each word looked at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from oscb_desktop.domain.disclosure.findings import Kind, Needle, Sureness
from oscb_desktop.domain.disclosure.names import Run
from oscb_desktop.domain.disclosure.words import Words, ordinary_words, word_list, words_of

_PHRASES = (Kind.ADDRESS, Kind.PLACE, Kind.SCHOOL)
_CODES = (Kind.POSTCODE, Kind.NHS_NUMBER, Kind.REFERENCE)
_SAME_AS = {
    "saint": "st", "street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "close": "cl",
    "drive": "dr", "court": "ct", "crescent": "cres", "gardens": "gdns", "square": "sq",
    "terrace": "terr", "place": "pl", "mount": "mt",
}  # fmt: skip
_SCHOOLS = word_list("schools")
_SAY_SCHOOL = word_list("say_school")
_SHORTEST_PLURAL = 5


class _Same(dict[str, str]):
    """The one form of words that stand for each other: Road and Rd, Orfrey's and Orfreys."""

    def __missing__(self, word: str) -> str:
        plural = len(word) >= _SHORTEST_PLURAL and word[-1] == "s"
        form = self[word] = _SAME_AS.get(word, word[:-1] if plural else word)
        return form


_GLUE = frozenset("-–—/.:_")
_LONGEST_GAP = 3


@dataclass(slots=True)
class _Phrase:
    """Words in their order, what they are, and whose.

    It ``asks`` for a word of schools behind it; it is ``ordinary`` when every word is one of
    everyday English, so that capitals must show a name.
    """

    words: tuple[str, ...]
    kind: Kind
    sure: Sureness
    asks: bool
    ordinary: bool
    whose: set[str] = field(default_factory=set)


class PhraseIndex:
    """The addresses and schools by their first word, the numbers and codes by their beginnings."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._phrases: dict[tuple[tuple[str, ...], Kind, bool], _Phrase] = {}
        self._first: dict[str, list[_Phrase]] = defaultdict(list)
        self._codes: dict[str, dict[str, Kind]] = defaultdict(dict)
        self._same = _Same()
        for needle in needles:
            if needle.kind in _PHRASES:
                self._add_phrase(needle)
            elif needle.kind in _CODES:
                self._codes["".join(words_of(needle.words))][needle.whose] = needle.kind
        for phrase in self._phrases.values():
            self._first[phrase.words[0]].append(phrase)
        self._beginnings = {code[:end] for code in self._codes for end in range(1, len(code) + 1)}

    def _add_phrase(self, needle: Needle) -> None:
        words = words_of(needle.words)
        if needle.kind is Kind.SCHOOL:
            self._add_school(words, needle.whose)
            return
        self._put(_without_the(words), needle.kind, Sureness.EXACT, needle.whose)
        if needle.kind is Kind.ADDRESS:
            self._put(_unnumbered(words), needle.kind, Sureness.NEAR, needle.whose)

    def _add_school(self, words: tuple[str, ...], whose: str) -> None:
        """Note a school by the words of its name that are not said of every school."""
        core = tuple(word for word in words if word not in _SCHOOLS)
        if not core or not _contains(words, core):
            core = _without_the(words)
            self._put(core, Kind.SCHOOL, Sureness.EXACT, whose)
            return
        plain = len(core) == 1 and (len(core[0]) < 4 or core[0] in ordinary_words())
        sure = Sureness.EXACT if len(core) > 1 else Sureness.NEAR
        self._put(core, Kind.SCHOOL, sure, whose, asks=plain)
        for saint in range(1, len(core) - 1):  # St Agatha's, without the town before it
            if core[saint] in {"st", "saint"}:
                self._put(core[saint:], Kind.SCHOOL, Sureness.NEAR, whose)

    def _put(
        self, said: tuple[str, ...], kind: Kind, sure: Sureness, whose: str, *, asks: bool = False
    ) -> None:
        words = tuple(map(self._same.__getitem__, said))
        if words:
            made = _Phrase(words, kind, sure, asks, ordinary=all(map(_is_ordinary, said)))
            phrase = self._phrases.setdefault((words, kind, asks), made)
            phrase.whose.add(whose)
            phrase.sure = min(phrase.sure, sure, key=list(Sureness).index)

    def runs(self, words: Words) -> Iterator[Run]:
        """Return what is found in one place, in its order."""
        keys = list(map(self._same.__getitem__, words.keys))
        taken = -1
        for at in [at for at, key in enumerate(keys) if key in self._first]:
            if at > taken and (run := self._phrase_at(words, keys, at)):
                taken = run.last
                yield run
        for at in [at for at, key in enumerate(words.keys) if key in self._beginnings]:
            if code := self._code_at(words, at):
                yield code

    def _phrase_at(self, words: Words, keys: list[str], at: int) -> Run | None:
        best: Run | None = None
        for phrase in self._first[keys[at]]:
            last = at + len(phrase.words) - 1
            if tuple(keys[at : last + 1]) != phrase.words or not _named(words, at, last, phrase):
                continue
            run = _whole_phrase(words, at, last, phrase)
            if run and (best is None or run.last > best.last):
                best = run
        return best

    def _code_at(self, words: Words, at: int) -> Run | None:
        """Return the number or code that begins with a word, however it is spaced."""
        code, end = words.keys[at], at
        while code in self._beginnings:
            after = words.after(end)
            if code in self._codes and not after.isalnum():
                return Run(at, end, dict(self._codes[code]), Sureness.EXACT)
            end += 1
            if end >= len(words) or not _joins(words.gap(end)):
                return None
            code += words.keys[end]
        return None


def _is_ordinary(word: str) -> bool:
    return word.isdigit() or word in ordinary_words() or len(word) < 3


def _joins(gap: str) -> bool:
    return len(gap) <= _LONGEST_GAP and all(sign.isspace() or sign in _GLUE for sign in gap)


def _whole_phrase(words: Words, at: int, last: int, phrase: _Phrase) -> Run | None:
    """Return the finding, for a school with the words that say what kind of school it is."""
    end, sure, keys = last, phrase.sure, words.keys
    if phrase.kind is Kind.SCHOOL:
        while end + 1 < len(keys) and keys[end + 1] in _SCHOOLS and words.capital(end + 1):
            end += 1
        said = not _SAY_SCHOOL.isdisjoint(keys[last + 1 : end + 2])
        if phrase.asks and not said:
            return None
        sure = Sureness.EXACT if said else sure
    return Run(at, end, dict.fromkeys(phrase.whose, phrase.kind), sure)


def _named(words: Words, first: int, last: int, phrase: _Phrase) -> bool:
    """Say whether words of everyday English stand with the capitals of a name, on no heading."""
    if not phrase.ordinary:
        return len(phrase.words) > 1 or words.capital(first)
    spelt = [at for at in range(first, last + 1) if not words.keys[at].isdigit()]
    return all(map(words.capital, spelt)) and not (last == first and words.opens(first))


def _unnumbered(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words of an address line behind its numbers, where two are left."""
    numbers = [at for at, word in enumerate(words) if word.isdigit()]
    left = words[numbers[-1] + 1 :] if numbers else ()
    while left and len(left[0]) == 1:
        left = left[1:]
    return left if len(left) > 1 else ()


def _without_the(words: tuple[str, ...]) -> tuple[str, ...]:
    return words[1:] if words[:1] == ("the",) else words


def _contains(words: tuple[str, ...], core: tuple[str, ...]) -> bool:
    return any(words[at : at + len(core)] == core for at in range(len(words)))
