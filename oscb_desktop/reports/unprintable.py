"""The signs of a document that no typeface of ours can show: each stands as a box on its pages."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

from oscb_desktop.domain.date_words import counted, quoted
from oscb_desktop.domain.documents import CountedTable, Document
from oscb_desktop.reports import fonts, text

_SHOWN_SIGNS, _SHOWN_LINES, _LONG = 8, 3, 60
_JOINED = frozenset({"Mn", "Mc", "Me", "Sk"})  # what belongs to the sign before it


def remark(document: Document, *, has_words: bool) -> str:
    """Say how many signs cannot be printed and where they stand, or nothing.

    ``has_words`` says that the document can be had as a Word file and as text too.
    """
    found = {line: signs for said in _texts(document) for line, signs in _unshown(said)}
    count = sum(map(len, found.values()))
    if not count:
        return ""
    signs = dict.fromkeys(sign for line in found.values() for sign in line)
    shown = " ".join(list(signs)[:_SHOWN_SIGNS]) + (" …" if len(signs) > _SHOWN_SIGNS else "")
    where = ", ".join(quoted(_shortened(line)) for line in list(found)[:_SHOWN_LINES])
    more = f" and {counted(len(found) - _SHOWN_LINES, 'more line')}" * (len(found) > _SHOWN_LINES)
    kept = " The Word file and the text keep them." if has_words else ""
    return (
        f"{counted(count, 'sign')} cannot be printed with our typefaces and "
        f"{'stands as a box' if count == 1 else 'stand as boxes'}: {shown} in {where}{more}.{kept}"
    )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        if not value.isascii():
            yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value) and not isinstance(value, CountedTable):  # which is no paper's
        for declared in fields(value):
            yield from _texts(getattr(value, declared.name))


def _unshown(said: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the lines of a text that hold what cannot be shown, each with those signs."""
    shown = fonts.letters(fonts.REGULAR) | fonts.letters(fonts.FALLBACK)
    for line in said.splitlines():
        signs = [
            letter
            for letter in unicodedata.normalize("NFC", line)
            if text.clean(letter)
            and (text.clean(letter) == fonts.SUBSTITUTE != letter or ord(letter) not in shown)
            and unicodedata.category(letter) not in _JOINED
        ]
        if signs:
            yield line, signs


def _shortened(line: str) -> str:
    whole = text.words(line)
    return whole if len(whole) <= _LONG else f"{whole[:_LONG].rstrip()}…"
