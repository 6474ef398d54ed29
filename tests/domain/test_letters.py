"""A letter as plain text says what the paper says, in its order."""

from __future__ import annotations

from oscb_desktop.domain.documents import DecisionLetter, Fact, Paper, Section, Table
from oscb_desktop.domain.letters import plain_text

PAPER = Paper("Rapid review: RR-1", "Oxmere", "Decision", "OFFICIAL-SENSITIVE")


def test_a_letter_in_plain_lines() -> None:
    letter = DecisionLetter(
        PAPER,
        ("To the Panel",),
        (Fact("Reference", "RR-1"), Fact("Empty", "")),
        ("It was decided.",),
        (
            Section("Criteria", (Fact("(a)", "Yes"),), ("Because.",)),
            Section("Nothing"),
            Section("Above", subsections=(Section("Below", paragraphs=("Deep.",)),)),
            Section("Table", tables=(Table("", ("Who", "When"), (("Health", "", "1 May"),)),)),
        ),
    )
    assert plain_text(letter) == (
        "OFFICIAL-SENSITIVE\nOxmere\nRapid review: RR-1\nDecision\n\n"
        "To the Panel\n\n"
        "Reference: RR-1\n\n"
        "It was decided.\n\n"
        "CRITERIA\n(a): Yes\n\nBecause.\n\n"
        "NOTHING\nNone recorded.\n\n"
        "ABOVE\n\n"
        "BELOW\nDeep.\n\n"
        "TABLE\nHealth · 1 May\n\n"
        "OFFICIAL-SENSITIVE\n"
    )
