"""Small counts of people in the sentences of a paper made for publication."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.disclosure.findings import Kind, Line, Place, Printed, PrintedTable
from oscb_desktop.domain.disclosure.search import Sought, search


def found(*lines: str, public: bool = True, below: int = 5) -> list[tuple[int, str]]:
    place = Place("Page 1", 1, tuple(map(Line, lines)))
    printed = Printed((place,), tables=(PrintedTable(1, (("Two children", "7"), ("a", "b"))),))
    findings = search(printed, Sought(()), for_publication=public, small_number=below)
    assert {one.kind for one in findings} <= {Kind.SMALL_NUMBER}
    return [(one.line, one.words) for one in findings]


def test_small_counts_of_people_in_sentences_are_found_with_their_lines() -> None:
    told = (
        "Of the three children of the family one died. There were only",
        "two Somali children in the county's care. Four girls, 1 boy.",
    )
    assert found(*told) == [
        (1, "three children"),
        (2, "two Somali children"),
        (2, "Four girls"),
        (2, "1 boy"),
    ]
    assert found(*told, public=False) == []
    assert found(*told, below=3) == [(2, "two Somali children"), (2, "1 boy")]


@pytest.mark.parametrize(
    "lines",
    [
        ("Twelve children came, and two rapid reviews began.",),
        ("4.3 Children in rapid reviews",),
        ("1", "Help for families comes too late"),
        ("One school asked Child V how he was.",),
        ("Fewer than five people. Children were seen.",),
        ("Two children",),  # a cell, counted with its table
    ],
)
def test_what_counts_nobody_or_many_is_left(lines: tuple[str, ...]) -> None:
    assert found(*lines) == []
