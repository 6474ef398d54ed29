"""The text of a place as a list of plain words, each of which knows where it stands."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from oscb_desktop.domain.disclosure.findings import Place
from oscb_desktop.domain.likeness import common_words
from oscb_desktop.paths import resource

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+")
_STOPS = frozenset('.?!:;•“"‘')
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "st", "prof", "rev"})
_SHORT_LINE = 0.6
_HEADING = 0.7


class _Plain(dict[int, str]):
    """The plain form of each letter met so far: no accents, ligatures, or invisible letters."""

    def __init__(self) -> None:
        # Letters that Unicode does not take apart, as people type them without the key for it.
        apart = dict(zip("łŁøØđĐıħĦŧŦ’ʼ‘`´′‐‑–—", "lLoOdDihHtT''''''----", strict=True))
        wide = {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE"}
        more = {"þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ſ": "s"}
        super().__init__({ord(letter): plain for letter, plain in (apart | wide | more).items()})

    def __missing__(self, number: int) -> str:
        letter = chr(number)
        kept = (
            part
            for part in unicodedata.normalize("NFKD", letter)
            if unicodedata.category(part) not in {"Mn", "Cf"}
        )
        plain = self[number] = "".join(self.get(ord(part), part) for part in kept)
        return plain


_PLAIN = _Plain()


def folded(text: str) -> str:
    """Return a text without accents, ligatures and invisible letters; capitals are kept."""
    return text if text.isascii() else text.translate(_PLAIN)


def word_key(word: str) -> str:
    """Return a folded word in small letters, without the ending and the marks of a possessive."""
    small = word.casefold()
    if "'" in small:
        small = small.removesuffix("'s").replace("'", "")
    return small


def words_of(text: str) -> tuple[str, ...]:
    """Return the plain words and numbers of a text, in order."""
    return tuple(map(word_key, _WORD.findall(folded(text))))


def is_capital(letter: str) -> bool:
    """Say whether a letter is not a small one; a script without capitals counts as capital."""
    return not letter.islower()


class Words:
    """The words of one place: ``keys`` in plain small letters, found by number from 0."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.text = "\n".join(line.text for line in place.lines)
        self._line_starts = list(_starts(line.text for line in place.lines))
        self._widest = max((len(line.text) for line in place.lines), default=0)
        self._headings: dict[int, bool] = {}
        plain, where = _aligned(self.text)
        spans = [match.span() for match in _WORD.finditer(plain)]
        self.keys = [word_key(plain[start:end]) for start, end in spans]
        if where is not None:
            spans = [(where[start], self._with_marks(where[end - 1] + 1)) for start, end in spans]
        self.spans = spans

    def _with_marks(self, end: int) -> int:
        """Return the end of a word behind the accents that stand on its last letter."""
        while end < len(self.text) and unicodedata.combining(self.text[end]):
            end += 1
        return end

    def __len__(self) -> int:
        return len(self.keys)

    def line(self, at: int) -> int:
        """Return the number of the line, from 0, on which a word begins."""
        return bisect_right(self._line_starts, self.spans[at][0]) - 1

    def shown(self, first: int, last: int) -> str:
        """Return the words from one to another as they stand on the page, on one line."""
        return " ".join(self.text[self.spans[first][0] : self.spans[last][1]].split())

    def gap(self, at: int) -> str:
        """Return what stands between a word and the one before it."""
        return self.text[self.spans[at - 1][1] : self.spans[at][0]] if at else "\n"

    def after(self, at: int) -> str:
        """Return the character behind a word, empty at the end."""
        return self.text[self.spans[at][1] : self.spans[at][1] + 1]

    def capital(self, at: int) -> bool:
        """Say whether a word begins with a capital."""
        return is_capital(self.text[self.spans[at][0]])

    def all_capitals(self, at: int) -> bool:
        """Say whether a word has no small letter."""
        start, end = self.spans[at]
        return self.text[start:end].isupper()

    def opens(self, at: int) -> bool:
        """Say whether a word may begin a sentence, so that its capital says nothing.

        A line that follows a short one begins a paragraph, a heading or a cell; one that follows a
        full line only goes on.
        """
        gap = self.gap(at)
        if at == 0:
            return True
        if not _STOPS.isdisjoint(gap):
            before = self.keys[at - 1]
            return not (gap[0] == "." and (len(before) == 1 or before in _TITLES))
        if "\n" in gap:
            line = self.line(at - 1)
            return len(self.place.lines[line].text) < _SHORT_LINE * self._widest
        return False

    def goes_on(self, at: int) -> bool:
        """Say whether a word may go on a sentence that a narrow column broke: no stop before it."""
        gap = self.gap(at)
        broken = at > 0 and "\n" in gap and _STOPS.isdisjoint(gap)
        return broken and not self.capital(at - 1) and not self.heading(at)

    def heading(self, at: int) -> bool:
        """Say whether a word stands in a line where nearly every long word has a capital."""
        line = self.line(at)
        if line not in self._headings:
            long = [word for word in self.place.lines[line].text.split() if len(word) > 3]
            capitals = sum(word[0].isupper() for word in long)
            self._headings[line] = len(long) > 2 and capitals >= _HEADING * len(long)
        return self._headings[line]

    def marked_out(self, at: int) -> bool:
        """Say whether a word's capital marks it as a name: within a sentence, not in a heading."""
        return self.capital(at) and not self.opens(at) and not self.heading(at)


def _starts(texts: Iterable[str]) -> Iterator[int]:
    start = 0
    for text in texts:
        yield start
        start += len(text) + 1


def _aligned(text: str) -> tuple[str, list[int] | None]:
    """Return the folded text, and where each of its letters stands unless it stands in place."""
    if text.isascii():
        return text, None
    if all(len(_PLAIN[ord(letter)]) == 1 for letter in set(text)):
        return text.translate(_PLAIN), None
    letters: list[str] = []
    where: list[int] = []
    for at, letter in enumerate(text):
        plain = _PLAIN[ord(letter)]
        letters.append(plain)
        where.extend([at] * len(plain))
    return "".join(letters), where


@cache
def words_in_order(name: str) -> tuple[str, ...]:
    """Return a list of words from the data of the check."""
    table: dict[str, str] = tomllib.loads(resource("disclosure_words.toml").read_text("utf-8"))
    return tuple(table[name].split())


def word_list(name: str) -> frozenset[str]:
    """Return such a list where its order says nothing."""
    return frozenset(words_in_order(name))


@cache
def ordinary_words() -> frozenset[str]:
    """Return the words of English that are also names: they need a sign that a name is meant."""
    return word_list("names_too") | common_words()


@cache
def never_names() -> frozenset[str]:
    """Return the words that are no name where a capital in a note about relatives shows one."""
    return word_list("never_names") | common_words()


@cache
def nicknames() -> dict[str, frozenset[str]]:
    """Return for each forename its short forms and spellings, and for each form all the others.

    Two forms of one name find each other (Liz and Beth) when each is in the name's row.
    """
    tables = tomllib.loads(resource("nicknames.toml").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for name, forms in (*tables["short_forms"].items(), *tables["spellings"].items()):
        row = {name, *forms.split()}
        for one in row:
            found.setdefault(one, set()).update(row - {one})
    return {name: frozenset(forms) for name, forms in found.items()}
