from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_RIGHT

from oscb_desktop.paths import resource
from oscb_desktop.reports import fonts, right_to_left, styles, text
from oscb_desktop.reports.styles import FURNITURE, READABLE, contrast
from oscb_desktop.reports.tagging import Tag

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06X}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b\x1bc", "abc"),
        ("tab\there", "tab here"),
        ("no\u200bwidth\ufeff", "nowidth"),
        ("turn\u202eed", "turned"),
        ("10\u202fkm", "10\xa0km"),
        ("half \ud83d", "half □"),
        ("  round  ", "round"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_clean(typed: str, kept: str) -> None:
    assert text.clean(typed) == kept


def test_each_line_that_says_something_is_a_paragraph() -> None:
    assert text.lines("one\r\n\r\n \x00\ntwo\u2028three\x0bfour") == ["one", "two", "three", "four"]


@given(st.text())
def test_every_letter_drawn_has_a_glyph(typed: str) -> None:
    for face, run in text._runs(text.words(typed), fonts.REGULAR):
        assert {ord(letter) for letter in run} <= fonts.letters(face)


@given(st.text(max_size=200), st.floats(40, 400))
def test_one_line_never_leaves_its_room(typed: str, room: float) -> None:
    block = text.one_line(typed, FURNITURE, room)
    assert text.length(block.plain, FURNITURE) <= room
    block.wrap(room + 1, 0)
    assert len(block.blPara.lines) <= 1


@pytest.mark.parametrize("face", [fonts.REGULAR, fonts.BOLD, fonts.ITALIC])
def test_the_main_family_has_europes_letters(face: str) -> None:
    wanted = "Łódź Çağrı Ștefan Ελένη Ольга Їжак ẞ “quoted” – £ € … •"
    assert {ord(letter) for letter in wanted} <= fonts.letters(face)


def test_the_substitute_is_a_real_glyph() -> None:
    assert ord(fonts.SUBSTITUTE) in fonts.letters(fonts.FALLBACK)


@pytest.mark.parametrize("family", ["NotoSans", "DejaVuSans"])
def test_each_family_comes_with_its_licence(family: str) -> None:
    assert "Copyright" in resource(f"fonts/{family}-LICENCE.txt").read_text(encoding="utf-8")


def test_hebrew_is_drawn_from_the_right() -> None:
    assert right_to_left.seen("שלום עולם") == "םלוע םולש"


def test_numbers_and_brackets_keep_their_sense() -> None:
    assert right_to_left.seen("גיל (12:30) שנים") == "םינש (12:30) ליג"


def test_marks_stay_on_their_letters() -> None:
    assert right_to_left.seen("שָׁ ב") == "ב שָׁ"


def test_arabic_letters_join_their_neighbours() -> None:
    assert right_to_left.joined("سلام") == "ﺳﻼﻡ"
    assert right_to_left.meant(right_to_left.joined("سلام عليكم")) == "سلام عليكم"


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("plain", []),
        ("to שלום עולם and", ["שלום עולם"]),
        ("one א two ב", ["א", "ב"]),
        ("שלום (עולם) x", ["שלום (עולם)"]),
        ("(שלום) x", ["שלום"]),
        ("שלום עולם. ", ["שלום עולם."]),
        ("she said שלום.", ["שלום"]),
    ],
)
def test_right_to_left_stretches(said: str, found: list[str]) -> None:
    assert [said[start:end] for start, end in right_to_left.segments(said)] == found


@given(COLOURS)
def test_any_accent_reads_on_white_and_on_its_tint(colour: str) -> None:
    sheet = styles.stylesheet(colour)
    for ground in (white, sheet.tint):
        for ink in (sheet.accent, styles.INK, styles.MUTED):
            assert contrast(ink, ground) >= READABLE


@given(COLOURS)
def test_the_word_on_any_chip_reads(colour: str) -> None:
    fill = HexColor(colour)
    assert contrast(styles.ink_on(fill), fill) >= READABLE


def test_an_accent_that_is_no_colour_is_the_default() -> None:
    assert styles.accent_colour("<b>&") == styles.accent_colour("#1F5A73")


def test_contrast_as_defined() -> None:
    assert contrast(white, HexColor("#000000")) == pytest.approx(21)
    assert contrast(white, HexColor("#767676")) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("said", "begins_right"),
    [
        ("Plain", False),
        ("Her word was سلام to us.", False),
        ("«سلام عليكم» he said", True),
        ("12 שלום", True),
        ("", False),
    ],
)
def test_a_paragraph_begins_where_its_first_letter_says(said: str, begins_right: bool) -> None:
    body = styles.stylesheet("#1F5A73").body
    for block in (text.block(said, body), *text.blocks(said, body, Tag("Document"))):
        assert (block.style.alignment == TA_RIGHT) is begins_right


def test_a_word_on_a_plate_and_a_line_around_the_page_stay_where_they_are() -> None:
    key = styles.stylesheet("#1F5A73").chip
    assert text.block("שלום", key, fill=white).style.alignment == key.alignment
    assert text.one_line("שלום", FURNITURE, 200).style.alignment == FURNITURE.alignment
