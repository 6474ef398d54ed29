"""What no typeface of ours can show is told with its line; what can be shown is not."""

from __future__ import annotations

import dataclasses

import pytest

from oscb_desktop.domain.documents import LearningSummary
from oscb_desktop.reports.unprintable import remark
from tests.reports import samples


def said(*lines: str) -> str:
    told = LearningSummary(samples.PUBLISHED, "Rowan", what_happened=lines)
    return remark(told, has_words=True)


@pytest.mark.parametrize(
    "line", ["Plain", "Łódź, naïve “quoted” – yes…", "שלום", "سلام عليكم", "Ελένη", "tab\there"]
)
def test_what_can_be_shown_is_not_told_of(line: str) -> None:
    assert said(line) == ""


def test_signs_are_counted_and_their_line_named() -> None:
    assert said("She drew 中 and 文 for us.", "Nothing here.") == (
        "2 signs cannot be printed with our typefaces and stand as boxes: 中 文 in "
        "“She drew 中 and 文 for us.”. The Word file and the text keep them."
    )


def test_one_sign_of_a_paper_that_is_drawn_alone() -> None:
    told = LearningSummary(samples.PUBLISHED, "Child 中")
    assert remark(told, has_words=False) == (
        "1 sign cannot be printed with our typefaces and stands as a box: 中 in “Child 中”."
    )


def test_a_family_of_signs_is_counted_by_those_that_stand_as_boxes() -> None:
    assert said("👩\u200d👩\u200d👧 came").startswith("3 signs cannot be printed")


def test_long_and_many_lines_are_cut_short() -> None:
    told = said(*(f"{number} {'word ' * 40}हिन्दी" for number in range(9)))
    assert "…”" in told
    assert "and 6 more lines." in told
    assert len(told) < 500


def test_a_letter_of_no_alphabet_is_told_of() -> None:
    assert said("half a letter: \ud83d").startswith("1 sign")


def test_every_text_of_a_document_is_read() -> None:
    odd = dataclasses.replace(samples.LEARNING_SUMMARY, review_kind="中")
    assert "中" in remark(odd, has_words=True)
