"""Small counts of people that a sentence tells: "one of the three children died"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from oscb_desktop.domain.disclosure.findings import Place
from oscb_desktop.domain.disclosure.words import word_list, words_of
from oscb_desktop.domain.figure_words import small_by_hand

_NUMBER = re.compile(r"[\d.]+[.)]?")
_SENTENCE = re.compile(r"(?<=[.!?;:])\s+")


def said_counts(place: Place, below: int) -> Iterator[tuple[int, str]]:
    """Yield each small count of people with the line, from 0, on which it begins.

    What is counted in words is read as for the annual report; reviews and letters are no people,
    and the number of a heading or of a point in a list counts nobody.
    """
    lines = [
        (at, line.text)
        for at, line in enumerate(place.lines)
        if not line.furniture and not _NUMBER.fullmatch(line.text.strip())
    ]
    people = word_list("people_counted")
    starts, text = list[tuple[int, int]](), ""
    for at, line in lines:
        starts.append((len(text), at))
        text += " ".join(line.split()) + " "
    begins = 0
    for sentence in _SENTENCE.split(text):
        seen = begins
        for words in small_by_hand(sentence, below):
            found = text.find(words, seen)
            if found < 0:
                continue
            seen = found + len(words)
            numbers = text[found - 1 : found] not in ("", " ", "(", "“", "‘", "-", "–", "—")
            if not numbers and not words.endswith("Child") and people & {*words_of(words)}:
                yield max(at for start, at in starts if start <= found), words
        begins += len(sentence)
