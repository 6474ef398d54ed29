"""The recovery sheet: one page, a key to type, a code to scan, and no key where none belongs."""

from __future__ import annotations

import dataclasses
from typing import Any

from oscb_desktop.domain.recovery_text import key_of
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.document import render
from oscb_desktop.reports.recovery_sheet import tell
from tests.reports import samples
from tests.reports.reading import faults, pages, reader

KEY = bytes(range(32))
SHEET = samples.RECOVERY_SHEET


def figures(element: Any) -> list[str]:
    """Return what each figure of a structure is said to show."""
    found = [str(element["/Alt"])] if element.get("/S") == "/Figure" else []
    held = element.get("/K", [])
    for below in held if isinstance(held, list) else [held]:
        below = below.get_object()
        if hasattr(below, "get"):
            found += figures(below)
    return found


def test_the_key_on_paper_is_read_back() -> None:
    (page,) = pages(render(SHEET))
    printed = page.split("Recovery key ")[1].split(" What to do")[0]
    assert key_of(printed) == KEY


def test_the_code_is_a_figure_whose_words_do_not_say_the_key() -> None:
    file = reader(render(SHEET))
    (said,) = figures(file.trailer["/Root"]["/StructTreeRoot"])  # type: ignore[index]
    assert "QR code of the recovery key" in said
    assert not any(group in said for group in SHEET.groups)
    assert file.metadata is not None
    assert not any(group in str(file.metadata) for group in SHEET.groups)


def test_a_scanner_finds_the_corners_of_the_code() -> None:
    story = Story("")
    tell(story, SHEET)
    (code,) = (block for block in story.flowables if hasattr(block, "modules"))
    side = len(code.modules)
    finder = [True] + [False] * 5 + [True]
    for top, left in ((0, 0), (0, side - 7), (side - 7, 0)):
        assert all(code.modules[top][left : left + 7])
        assert code.modules[top + 1][left : left + 7] == finder
    assert side == 29  # version 3: 56 letters and digits at level M


def test_a_key_of_other_letters_is_printed_without_a_code() -> None:
    odd = dataclasses.replace(SHEET, groups=("<b>", "😀"))
    data = render(odd)
    assert faults(data) == []
    assert figures(reader(data).trailer["/Root"]["/StructTreeRoot"]) == []  # type: ignore[index]
