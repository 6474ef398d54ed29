"""Whether a meeting is quorate, and how that is said."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.quorum import AttendanceStatus, Attendee, present_words, quorum

PRESENT, APOLOGIES = AttendanceStatus.PRESENT, AttendanceStatus.APOLOGIES
PARTNERS = tuple(entry.code for entry in code_list("statutory_partner").codes)
ALL_THREE = [Attendee(PRESENT, partner) for partner in PARTNERS]


def test_the_statuses_are_those_of_the_code_list() -> None:
    listed = [entry.code for entry in code_list("attendance_status").codes]
    assert listed == [status.value for status in AttendanceStatus]


def test_all_three_partners_and_enough_people() -> None:
    found = quorum([*ALL_THREE, *[Attendee(PRESENT)] * 3], 6)
    assert found.is_quorate
    assert found.words() == "Quorate: 6 present, all three partners."
    assert present_words(found) == "6 present, quorate"


def test_a_substitute_counts_for_the_agency_and_apologies_do_not() -> None:
    police = Attendee(AttendanceStatus.SUBSTITUTE, "police")
    assert quorum([*ALL_THREE[:2], police], None).is_quorate
    away = quorum([*ALL_THREE[:2], Attendee(APOLOGIES, "police")], None)
    assert not away.is_quorate
    assert away.words() == "Not quorate: nobody from the police."


def test_too_few_people_are_said_beside_the_missing_partners() -> None:
    found = quorum([Attendee(PRESENT, "police"), Attendee(PRESENT)], 5)
    assert found.words() == (
        "Not quorate: nobody from the local authority or health; 2 present where 5 are needed."
    )
    assert quorum(ALL_THREE, 4).words() == "Not quorate: 3 present where 4 are needed."
    assert present_words(quorum(ALL_THREE, 4)) == "3 present, not quorate"


@pytest.mark.parametrize(
    ("people", "words", "short"),
    [
        ([], "Nobody is invited yet.", ""),
        (
            [Attendee(AttendanceStatus.INVITED, "police")] * 2,
            "Nobody is ticked as present yet, of 2 invited.",
            "2 invited",
        ),
    ],
)
def test_before_anybody_came(people: list[Attendee], words: str, short: str) -> None:
    found = quorum(people, 3)
    assert not found.is_quorate
    assert found.words() == words
    assert present_words(found) == short
