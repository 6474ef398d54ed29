"""How a few words are written as they stand in a sentence."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.date_words import listed


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), ""),
        (("police",), "police"),
        (("police", "health"), "police and health"),
        (("police", "health", "schools"), "police, health and schools"),
    ],
)
def test_words_stand_as_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    assert listed(iter(words)) == said
