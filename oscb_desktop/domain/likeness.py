"""How alike two texts are: the words that both use, weighed by how rare each is among all texts."""

from __future__ import annotations

import math
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from oscb_desktop.paths import resource

LIKE_ENOUGH = 0.28
"""From so much likeness on, of 1 for the same words, two texts are shown to a person as alike."""

_FEWEST_SHARED = 3
_MOST_SHOWN = 8
_WORD = re.compile(r"[^\W\d_]+")
_ENDINGS = (
    ("ational", "ate"),
    ("isation", "ise"),
    ("ization", "ise"),
    ("ements", ""),
    ("ement", ""),
    ("ments", ""),
    ("ment", ""),
    ("ingly", ""),
    ("ations", ""),
    ("ation", ""),
    ("ings", ""),
    ("ness", ""),
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ers", ""),
    ("ors", ""),
    ("ed", ""),
    ("er", ""),
    ("or", ""),
    ("ly", ""),
    ("es", ""),
    ("s", ""),
)
_SHORTEST = 3  # letters that are left when an ending goes


@dataclass(frozen=True, slots=True)
class Alike:
    """Which of several texts is like another, how much (0 to 1), and the words they share."""

    at: int
    likeness: float
    shared: tuple[str, ...]


def most_alike(text: str, others: Sequence[str], most: int = 5) -> tuple[Alike, ...]:
    """Return the texts that are most like another, the most alike first.

    A word weighs the more, the fewer of all texts use it. Below ``LIKE_ENOUGH``, or with fewer than
    three words in common, a text is not like it.
    """
    stems = _Stems()
    own = stems.with_words(text)
    held = [stems.of(other) for other in others]
    found_in = Counter(chain(own, *held))
    weights = {root: math.log((len(held) + 2) / count) + 0.2 for root, count in found_in.items()}
    whole = _weight(own, weights)
    found = []
    for at, roots in enumerate(held):
        shared = own.keys() & roots
        if len(shared) < _FEWEST_SHARED:
            continue
        likeness = _weight(shared, weights) / math.sqrt(whole * _weight(roots, weights))
        if likeness >= LIKE_ENOUGH:
            found.append(Alike(at, likeness, _shown(shared, own, weights)))
    return tuple(sorted(found, key=lambda one: -one.likeness)[:most])


def stem(word: str) -> str:
    """Return a word without its commonest English endings, so that “asked” meets “ask”."""
    plain = word
    for ending, instead in _ENDINGS:
        left = len(plain) - len(ending)
        if left >= _SHORTEST and plain.endswith(ending) and not plain.endswith("ss"):
            plain = plain[:left] + instead
            break
    if len(plain) > _SHORTEST and plain[-1] == plain[-2] and plain[-1] not in "aeiouls":
        plain = plain[:-1]
    return plain.removesuffix("e") if len(plain) > _SHORTEST else plain


class _Stems(dict[str, str]):
    """The stem of each word met so far, empty for one that says nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._common = common_words()

    def __missing__(self, word: str) -> str:
        root = self[word] = "" if len(word) < 2 or word in self._common else stem(word)
        return root

    def of(self, text: str) -> frozenset[str]:
        """Return the stems of a text that say something."""
        return frozenset(map(self.__getitem__, _WORD.findall(text.casefold()))) - {""}

    def with_words(self, text: str) -> dict[str, str]:
        """Return them too, each with the word that it stands for first."""
        words = reversed(_WORD.findall(text.casefold()))
        return {root: word for word in words if (root := self[word])}


def _weight(stems: Iterable[str], weights: Mapping[str, float]) -> float:
    return sum(map(weights.__getitem__, stems))


def _shown(
    shared: Iterable[str], words: Mapping[str, str], weights: Mapping[str, float]
) -> tuple[str, ...]:
    """Return the words in common, the rarest first."""
    ordered = sorted(shared, key=lambda root: (-weights[root], words[root]))
    return tuple(words[root] for root in ordered[:_MOST_SHOWN])


@cache
def common_words() -> frozenset[str]:
    """Return the words that say nothing of what a recommendation is about."""
    table = tomllib.loads(resource("common_words.toml").read_text("utf-8"))
    return frozenset(word for words in table.values() for word in words.split())
