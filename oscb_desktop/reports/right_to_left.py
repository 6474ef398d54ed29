"""Hebrew and Arabic on a page laid out from the left: joined, then put in the order seen.

It covers what turns up in an English record: a name, a phrase, a quoted sentence. It is not the
whole Unicode bidirectional algorithm; the logical text goes into the file beside the drawn one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

_LETTER = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_SEGMENT = re.compile(rf"[{_LETTER}](?:[^A-Za-z\u00c0-\u058f\u1e00-\u1fff]*[{_LETTER}])?")
_LEFT_TO_RIGHT = re.compile(r"[0-9\u0660-\u0669]+(?:[.,:/][0-9\u0660-\u0669]+)*")
_MIRROR = str.maketrans("()[]{}<>«»", ")(][}{><»«")
_LAM = "\u0644"

_STOPS = ".,:;!?…"
_CLOSING = {")": "(", "]": "[", "}": "{", "»": "«"}

_Forms = dict[str, dict[str, str]]


def leads(text: str) -> bool:
    """Whether a text begins at the right: its first letter of any direction is right-to-left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((way for way in directions if way in {"L", "R", "AL"}), "L") != "L"


def segments(text: str) -> Iterator[tuple[int, int]]:
    """Return where each right-to-left stretch begins and ends: at its first and last such letter.

    A bracket that opens inside the stretch and closes just after it belongs to it, and so does the
    stop at the end of a text that begins at the right.
    """
    for found in _SEGMENT.finditer(text):
        start, end = found.span()
        if not text[end:].rstrip().strip(_STOPS) and leads(text):
            end = max(end, len(text.rstrip()))
        opening = _CLOSING.get(text[end : end + 1], "")
        yield start, end + int(bool(opening) and opening in found.group())


@cache
def _forms() -> _Forms:
    """Return each Arabic letter's (or lam-alef pair's) joined shapes, from Unicode's table."""
    forms: _Forms = {}
    for code in (*range(0xFB50, 0xFDF0), *range(0xFE70, 0xFEFD)):
        kind, *base = unicodedata.decomposition(chr(code)).split() or [""]
        text = "".join(chr(int(part, 16)) for part in base)
        joined = len(text) == 1 or (len(text) == 2 and text[0] == _LAM and _is_alef(text[1]))
        if kind in {"<initial>", "<medial>", "<final>", "<isolated>"} and joined:
            forms.setdefault(text, {}).setdefault(kind, chr(code))
    return forms


def _is_alef(letter: str) -> bool:
    return letter in "\u0622\u0623\u0625\u0627"


def _units(text: str) -> list[str]:
    """Split into letters, a lam and its alef being one."""
    return re.findall(rf"{_LAM}[\u0622\u0623\u0625\u0627]|.", text, re.DOTALL)


def joined(text: str) -> str:
    """Return the text with each Arabic letter in the shape that its neighbours ask for."""
    if not any("\u0620" <= letter <= "\u06d3" for letter in text):
        return text
    forms, units = _forms(), _units(text)
    solid = [index for index, unit in enumerate(units) if not unicodedata.combining(unit[0])]
    for place, index in enumerate(solid):
        shapes = forms.get(units[index])
        if not shapes:
            continue
        before = units[solid[place - 1]] if place else ""
        after = units[solid[place + 1]] if place + 1 < len(solid) else ""
        from_before = _joins_onwards(before) and "<final>" in shapes
        to_after = "<initial>" in shapes and "<final>" in forms.get(_base(after), {})
        units[index] = shapes.get(_shape(from_before, to_after), units[index])
    return "".join(units)


def _base(unit: str) -> str:
    """Return the letters that a shape stands for: shaped, a unit must still tell if it joins."""
    return unicodedata.normalize("NFKC", unit)


def _joins_onwards(unit: str) -> bool:
    return unit == "\u0640" or "<initial>" in _forms().get(_base(unit), {})


def _shape(from_before: bool, to_after: bool) -> str:
    if from_before:
        return "<medial>" if to_after else "<final>"
    return "<initial>" if to_after else "<isolated>"


def seen(text: str) -> str:
    """Return one line's right-to-left text in the order in which it is drawn from the left."""
    clusters = re.findall(r".[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]*", text, re.DOTALL)
    drawn = "".join(reversed(clusters)).translate(_MIRROR)
    return _LEFT_TO_RIGHT.sub(lambda number: number.group()[::-1], drawn)


def meant(text: str) -> str:
    """Return the letters as typed, the joined shapes undone."""
    return unicodedata.normalize("NFKC", text)
