"""The words of a finished workbook or Word file: every part of it, whatever no page of it shows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.etree import ElementTree

from oscb_desktop.errors import UserError

_NO_OFFICE = "This file cannot be read as a workbook or a Word file, so it was not checked."
_WHOLE = frozenset({"p", "si", "is"})
"""Elements whose text is one run of words, however it is cut up within."""

_BREAKS = frozenset({"tab", "br", "cr"})
_SAID = frozenset({"descr", "title", "Target", "tooltip", "prompt", "promptTitle", "error"})
"""Attributes that hold words: a picture's alternative text, a link, a cell's message."""

_NO_WORDS = ("styles.xml", "theme1.xml", "fontTable.xml", "settings.xml", "[Content_Types].xml")
"""Parts that hold the names of styles and typefaces alone, some of which people bear too."""


def parts(data: bytes) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return each part of a file that holds words, by its name, with its lines.

    Raises ``UserError`` for what is neither a workbook nor a Word file.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            told = [
                (name, tuple(_lines(ElementTree.fromstring(package.read(name)))))
                for name in names
                if not name.endswith(_NO_WORDS)
            ]
    except (zipfile.BadZipFile, ElementTree.ParseError) as problem:
        raise UserError(_NO_OFFICE) from problem
    return tuple((name, lines) for name, lines in told if lines)


def _lines(root: ElementTree.Element) -> Iterator[str]:
    """Yield the words of a part, a run of words a line, and after them what its attributes say."""
    runs = [one for one in root.iter() if _local(one.tag) in _WHOLE]
    within = {inner for one in runs for inner in one.iter()}
    numbers = {one for cell in root.iter() if cell.get("t") == "s" for one in cell}
    words = [_run(one) for one in runs]
    words += [one.text or "" for one in root.iter() if one not in within and one not in numbers]
    words += [
        value
        for one in root.iter()
        for key, value in one.attrib.items()
        if _local(key) in _SAID or (key == "name" and _local(one.tag) == "sheet")
    ]
    yield from (line.strip() for each in words for line in each.splitlines() if line.strip())


def _run(element: ElementTree.Element) -> str:
    """Return the words of a run; a break or a tab in it parts two of them."""
    return "".join(
        " " if _local(inner.tag) in _BREAKS else inner.text or "" for inner in element.iter()
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2]
