"""Wordings are filled in line by line; what they ask for in vain is named."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.wordings import PLACEHOLDERS, unknown_placeholder, worded

SAID = dict.fromkeys(PLACEHOLDERS, "") | {"known_as": "Rowan", "organisation": "{known_as} & <b>"}


@pytest.mark.parametrize(
    ("wording", "lines"),
    [
        ("The review of {known_as}.", ("The review of Rowan.",)),
        ("{Known_As} and {KNOWN_AS}", ("Rowan and Rowan",)),
        ("First.\n\n  Second.  \n", ("First.", "Second.")),
        ("Published on {published_on}.\nBy us.", ("By us.",)),
        ("{known_as} at {report_address}", ()),
        ("{organisation}", ("{known_as} & <b>",)),
        ("{ known_as } {0} {} {{9} %s $HOME", ("{ known_as } {0} {} {{9} %s $HOME",)),
        ("", ()),
    ],
)
def test_a_line_is_filled_in_or_left_out(wording: str, lines: tuple[str, ...]) -> None:
    assert worded(wording, SAID) == lines


@pytest.mark.parametrize("name", ["child_name", "x", "HOME", "known_as_"])
def test_what_there_is_not_is_named(name: str) -> None:
    told = unknown_placeholder(f"To {{known_as}}: {{{name}}}")
    assert told.startswith(f"There is no “{{{name}}}” to fill in. There are: {{known_as}}")


def test_all_that_there_is_may_be_asked_for() -> None:
    assert unknown_placeholder(" ".join(f"{{{name}}}" for name in PLACEHOLDERS)) == ""
