"""Days and exact ages in a text, in every usual way of writing them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from oscb_desktop.domain.date_words import MONTH_NAMES
from oscb_desktop.domain.disclosure.findings import Kind, Needle, Sureness
from oscb_desktop.domain.disclosure.names import Run
from oscb_desktop.domain.disclosure.words import Words, word_list, words_in_order

_MONTHS = {
    short: number
    for number, name in enumerate(MONTH_NAMES, 1)
    for short in (name.casefold(), name[:3].casefold())
} | {"sept": 9}
_TENS = {word: 20 + 10 * at for at, word in enumerate(words_in_order("tens"))}
_NUMBERS = {word: at for at, word in enumerate(words_in_order("units"), 1)} | _TENS
_ORDINALS = {word: at for at, word in enumerate(words_in_order("ordinals"), 1)} | {"thirtieth": 30}
_BEGIN_DAYS = _MONTHS.keys() | _ORDINALS.keys() | _TENS.keys()
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_NUMERIC = re.compile(r"\s*[/.\-–]\s*")
_BETWEEN = re.compile(r"[\s,.\-–/']*")
_BORN = word_list("birth")
_BIRTHS = frozenset({Kind.DATE_OF_BIRTH, Kind.FAMILY_BIRTH})
_NEAR_BIRTH = 10
_SAME_PASSAGE = 40
_PUBLISHING = word_list("publishing")
_YEAR_ENDS = frozenset({(31, 3), (1, 4)})  # the reporting year: says nothing of a child
_CHILD = word_list("a_child")
_SPANS = word_list("young_ages")
_YEARS = frozenset({"year", "years", "yr", "yrs", "y"})
_PARTS = word_list("parts_of_years")
_CHILDHOOD = 18


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day as written: from which word to which; ``years`` is empty where none is written.

    A day in ``figures`` may have been meant with the month before the day.
    """

    first: int
    last: int
    day: int
    month: int
    years: tuple[int, ...]
    figures: bool = False


def written_days(words: Words) -> Iterator[WrittenDay]:
    """Return every day that is written in a place, in its order."""
    taken = -1
    for at in [at for at, key in enumerate(words.keys) if key.isdigit() or key in _BEGIN_DAYS]:
        if at > taken and (found := _day_at(words, at)):
            taken = found.last
            yield found


def _day_at(words: Words, at: int) -> WrittenDay | None:
    key = words.keys[at]
    if key.isdigit():
        return _compact(words, at) or _numeric(words, at) or _day_first(words, at, int(key[:4]), at)
    if key in _MONTHS:
        return _month_first(words, at)
    if day := _ordinal(words, at):
        return _day_first(words, at, day[0], day[1])
    return None


def _key(words: Words, at: int) -> str:
    return words.keys[at] if at < len(words) else ""


def _years(written: str) -> tuple[int, ...]:
    if len(written) == 4 and written[:2] in {"19", "20"}:
        return (int(written),)
    return (2000 + int(written), 1900 + int(written)) if len(written) == 2 else ()


def _made(first: int, last: int, day: int, month: int, years: tuple[int, ...]) -> WrittenDay | None:
    held = 1 <= month <= 12 and 1 <= day <= 31
    return WrittenDay(first, last, day, month, years) if held else None


def _compact(words: Words, at: int) -> WrittenDay | None:
    """Read 20110603 and 03062011."""
    key = words.keys[at]
    if len(key) != 8:
        return None
    if years := _years(key[:4]):
        return _made(at, at, int(key[6:]), int(key[4:6]), years)
    years = _years(key[4:])
    return _made(at, at, int(key[:2]), int(key[2:4]), years) if years else None


def _numeric(words: Words, at: int) -> WrittenDay | None:
    """Read 03/06/2011, 3.6.11, 03-06-2011 and 2011-06-03."""
    parts = [_key(words, at + step) for step in range(3)]
    if not all(map(str.isdigit, parts)):
        return None
    if not all(_NUMERIC.fullmatch(words.gap(at + step)) for step in (1, 2)):
        return None
    one, month, other = parts
    if len(month) > 2:
        return None
    if len(one) == 4 and len(other) <= 2:
        return _made(at, at + 2, int(other), int(month), _years(one)) if _years(one) else None
    years = _years(other)
    found = _made(at, at + 2, int(one), int(month), years) if len(one) <= 2 and years else None
    return replace(found, figures=True) if found else None


def _ordinal(words: Words, at: int) -> tuple[int, int] | None:
    """Read "third" and "twenty-first": the day and its last word."""
    key = words.keys[at]
    if key in _ORDINALS:
        return _ORDINALS[key], at
    units = _ORDINALS.get(_key(words, at + 1), 10)
    if key in {"twenty", "thirty"} and units < 10:
        return _TENS[key] + units, at + 1
    return None


def _day_first(words: Words, first: int, day: int, last: int) -> WrittenDay | None:
    """Read the day, then 3rd, of, the month and the year if there is one."""
    if _key(words, last + 1) in _ENDINGS:
        last += 1
    for joining in ("day", "of"):
        if _key(words, last + 1) == joining:
            last += 1
    month = _MONTHS.get(_key(words, last + 1))
    if month is None or not _BETWEEN.fullmatch(words.gap(last + 1)):
        return None
    years, end = _year_after(words, last + 1)
    return _made(first, end, day, month, years)


def _month_first(words: Words, at: int) -> WrittenDay | None:
    """Read "June 3 2011", "June 3rd, 2011" and "June the third"."""
    month, last = _MONTHS[words.keys[at]], at + 1
    if _key(words, last) == "the":
        last += 1
    key = _key(words, last)
    if key.isdigit() and len(key) <= 2:
        day = int(key)
    elif last < len(words) and (ordinal := _ordinal(words, last)):
        day, last = ordinal
    else:
        return None
    if _key(words, last + 1) in _ENDINGS:
        last += 1
    years, end = _year_after(words, last)
    return _made(at, end, day, month, years)


def _year_after(words: Words, last: int) -> tuple[tuple[int, ...], int]:
    """Return the year that follows a word, in figures or in words, and its last word."""
    key = _key(words, last + 1)
    if not key or not _BETWEEN.fullmatch(words.gap(last + 1)):
        return (), last
    if key.isdigit():
        years = _years(key)
        apostrophe = "'" in words.gap(last + 1) or "’" in words.gap(last + 1)
        if years and (len(key) == 4 or apostrophe or _NUMERIC.fullmatch(words.gap(last + 1))):
            return years, last + 1
        # "3 June 11" is a year; "3 June 11 children" or "3 June, 10 am" is not.
        after = _key(words, last + 2)
        plain = len(words) == last + 2 or not words.capital(last + 2) or after.isdigit()
        ends = words.after(last + 1) in {"", ".", ",", ";", ")", "\n"}
        return (years, last + 1) if years and ends and plain else ((), last)
    return _year_in_words(words, last)


def _year_in_words(words: Words, last: int) -> tuple[tuple[int, ...], int]:
    """Read "two thousand and eleven", "twenty eleven", "nineteen ninety-nine"."""
    said = words.keys[last + 1 : last + 6]
    if said[:2] == ["two", "thousand"]:
        at = 3 if said[2:3] == ["and"] else 2
        tail, used = _number(said[at:])
        return ((2000 + tail,), last + at + used) if used else ((2000,), last + 2)
    if said[:1] in (["twenty"], ["nineteen"]):
        tail, used = _number(said[1:])
        century = 2000 if said[0] == "twenty" else 1900
        return ((century + tail,), last + 1 + used) if used and tail > 9 else ((), last)
    return (), last


def _number(said: list[str]) -> tuple[int, int]:
    """Read a number below a hundred in words: its value and how many words it takes."""
    value = _NUMBERS.get(said[0], 0) if said else 0
    if value >= 20 and len(said) > 1 and 0 < _NUMBERS.get(said[1], 0) < 10:
        return value + _NUMBERS[said[1]], 2
    return value, int(value > 0)


class BirthIndex:
    """The dates of birth that are sought."""

    def __init__(self, needles: Iterable[Needle]) -> None:
        self._days: dict[tuple[int, int], dict[int, dict[str, Kind]]] = defaultdict(dict)
        for needle in needles:
            if needle.kind in _BIRTHS:
                born = date.fromisoformat(needle.words)
                kinds = self._days[born.day, born.month].setdefault(born.year, {})
                if kinds.get(needle.whose) is not Kind.DATE_OF_BIRTH:
                    kinds[needle.whose] = needle.kind

    def run(self, words: Words, written: WrittenDay, named: dict[str, list[int]]) -> Run | None:
        """Return the finding that a written day is a date of birth.

        With 500 children nearly every day of a year is somebody's birthday, and many a day on which
        something else happened is one on which some child was born. So a day is surely a date of
        birth only where a birth is spoken of, or near a name of the same child (``named``: at which
        words a child is found); and without its year it counts only there.
        """
        told = birth_told(words, written)
        whose, turned = self._born(written), dict[str, Kind]()
        if told and written.figures:
            turned = self._born(replace(written, day=written.month, month=written.day))
        near = {one for one in whose if _close(named.get(one, ()), written.first)}
        sure = Sureness.EXACT if written.years and (told or near) else Sureness.NEAR
        if not written.years and not told:
            whose = {one: kind for one, kind in whose.items() if one in near}
        sure = sure if whose else Sureness.NEAR
        kinds = turned | whose
        return Run(written.first, written.last, kinds, sure) if kinds else None

    def _born(self, written: WrittenDay) -> dict[str, Kind]:
        """Return whose day of birth a day is, or that of somebody in whose family."""
        held = self._days.get((written.day, written.month), {})
        years = written.years or held.keys()
        found = [pair for year in years for pair in held.get(year, {}).items()]
        return dict(sorted(found, key=lambda pair: pair[1] is Kind.DATE_OF_BIRTH))


def _close(places: Iterable[int], at: int) -> bool:
    return any(abs(place - at) <= _SAME_PASSAGE for place in places)


def birth_told(words: Words, written: WrittenDay) -> bool:
    """Say whether a birth is spoken of beside a day."""
    before = words.keys[max(0, written.first - _NEAR_BIRTH) : written.first]
    after = words.keys[written.last + 1 : written.last + 1 + _NEAR_BIRTH // 2]
    return not _BORN.isdisjoint((*before, *after))


def tells_day(words: Words, written: WrittenDay) -> bool:
    """Say whether a day identifies on paper for everyone: day, month and year of what happened.

    The days on which the reporting year begins and ends, and the day of publication, do not.
    """
    if not written.years or (written.day, written.month) in _YEAR_ENDS:
        return False
    line = words.line(written.first)
    before = words.keys[max(0, written.first - 4) : written.first]
    return not words.place.lines[line].furniture and _PUBLISHING.isdisjoint(before)


def exact_ages(words: Words) -> Iterator[Run]:
    """Return ages to the month, week or day: "13 years and 7 months", "aged 7 weeks", "9-day-old".

    Whole years are left: papers for everyone need them. So are spans of time that are no age.
    """
    taken = -1
    spans = _YEARS | _SPANS
    for at in [at - 1 for at, key in enumerate(words.keys) if at and key in spans]:
        last = _years_and_parts(words, at) or _young_age(words, at)
        if last and at > taken:
            taken = last
            yield Run(at, last, {}, Sureness.EXACT)


def _count(words: Words, at: int) -> int:
    key = _key(words, at)
    return int(key) if key.isdigit() and len(key) <= 3 else _NUMBERS.get(key, 0)


def _years_and_parts(words: Words, at: int) -> int:
    """Return the last word of years and months, 0 where a word begins no such age."""
    if not 0 < _count(words, at) < _CHILDHOOD or _key(words, at + 1) not in _YEARS:
        return 0
    part = at + 2 + (_key(words, at + 2) == "and")
    if _count(words, part) and _key(words, part + 1) in _PARTS:
        return part + 1
    return 0


def _young_age(words: Words, at: int) -> int:
    """Return the last word of an age in days, weeks or months, 0 where a word begins none."""
    if not _count(words, at) or _key(words, at + 1) not in _SPANS:
        return 0
    before = words.keys[max(0, at - 2) : at]
    aged = before[-1:] in (["aged"], ["age"]) or (
        before[-1:] == ["of"] and not _CHILD.isdisjoint(before[:1])
    )
    if _key(words, at + 2) == "old":
        return at + 2
    return at + 1 if aged else 0
