"""The chapters of the annual report are numbered regularly, and every code has its place."""

from __future__ import annotations

from oscb_desktop.domain.annual_chapters import CODE_LIST, chapter, chapters
from oscb_desktop.domain.codes import code_list


def test_every_code_has_its_place_in_order() -> None:
    assert [entry.code for entry in chapters()] == [
        each.code for each in code_list(CODE_LIST).codes
    ]


def test_no_number_is_used_twice_and_none_is_skipped() -> None:
    numbers = [entry.number for entry in chapters() if not entry.number.startswith("App")]
    assert len(set(numbers)) == len(numbers)
    last = [0, 0]
    for number in numbers:
        parts = [int(part) for part in number.split(".")]
        expected = [last[0] + 1] if len(parts) == 1 else [last[0], last[1] + 1]
        assert parts == expected
        last = [parts[0], parts[1] if len(parts) == 2 else 0]


def test_appendices_have_letters_and_chapters_their_names() -> None:
    assert chapter("definitions").heading == "Appendix A Guidance and definitions"
    assert chapter("published_findings").number == "Appendix B"
    assert chapter("rapid_figures").heading == "4.2 Rapid review facts and figures"
    assert chapter("themes").number == "5.4"


def test_no_block_stands_twice() -> None:
    blocks = [block for entry in chapters() for block in entry.blocks]
    assert len(set(blocks)) == len(blocks)
