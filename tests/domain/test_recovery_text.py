from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from oscb_desktop.domain.recovery_text import (
    groups,
    is_recovery_text,
    key_of,
    looks_like_recovery_text,
)
from oscb_desktop.errors import UserError

KEYS = st.binary(min_size=32, max_size=32)
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
PLACES = st.integers(0, 55)


@given(KEYS)
def test_what_is_printed_is_read_back(key: bytes) -> None:
    printed = groups(key)
    assert [len(group) for group in printed] == [4] * 14
    assert set("".join(printed)) <= set(LETTERS)
    assert key_of(" ".join(printed)) == key


@given(KEYS, st.sampled_from(["", " ", "-", "\n", "\u00a0"]))
def test_capitals_spaces_and_letters_that_look_alike_do_not_matter(key: bytes, gap: str) -> None:
    typed = gap.join(groups(key))
    alike = typed.replace("0", "o").replace("1", "l")
    assert key_of(typed.lower()) == key_of(alike) == key_of(typed.replace("1", "I")) == key


@given(KEYS, PLACES, st.sampled_from(LETTERS))
def test_every_wrong_character_is_told(key: bytes, at: int, letter: str) -> None:
    typed = "".join(groups(key))
    assume(typed[at] != letter)
    mistyped = typed[:at] + letter + typed[at + 1 :]
    assert not is_recovery_text(mistyped)
    assert looks_like_recovery_text(mistyped)
    with pytest.raises(UserError, match="mistake"):
        key_of(mistyped)


@given(KEYS, st.integers(0, 54))
def test_two_characters_that_changed_places_are_told(key: bytes, at: int) -> None:
    typed = "".join(groups(key))
    assume(typed[at] != typed[at + 1])
    assert not is_recovery_text(typed[:at] + typed[at + 1] + typed[at] + typed[at + 2 :])


@given(KEYS, PLACES)
def test_a_missing_or_doubled_character_is_told_by_the_count(key: bytes, at: int) -> None:
    typed = "".join(groups(key))
    with pytest.raises(UserError, match="56 in all; 55 were typed"):
        key_of(typed[:at] + typed[at + 1 :])
    with pytest.raises(UserError, match="57 were typed"):
        key_of(typed[:at] + typed[at] + typed[at:])


def test_a_letter_that_no_key_has_is_named() -> None:
    with pytest.raises(UserError, match="no “U”"):
        key_of("u" * 56)


@given(st.text(max_size=80))
def test_other_text_is_no_recovery_key(text: str) -> None:
    assert not is_recovery_text(text)


def test_the_printed_form_is_kept_for_ever() -> None:
    key = bytes(range(32))
    assert " ".join(groups(key)) == (
        "000G 40R4 0M30 E209 185G R38E 1W81 24GK 2GAH C5RR 34D1 P70X 3RFT 5WF7"
    )
    assert not looks_like_recovery_text("three plain words")
