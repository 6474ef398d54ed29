"""What a note about a family says that may name a child."""

from __future__ import annotations

from collections.abc import Iterator

from oscb_desktop.domain.disclosure.findings import Kind, Line, Place, Printed
from oscb_desktop.domain.disclosure.needles import Identity, needles_of
from oscb_desktop.domain.disclosure.search import Sought, search

NOTES = (
    "Grandmother: Ottoline Brackenbury, of Pendlewick Farm. At Sunny Otters Nursery before 2012. "
    "Previous surname Fazackerley. Born 3.2.2009; attends St Wilfrid's School, lives at 14b "
    "Larkspur Mews, ZX49 5ZZ.\nQuillon lives near. Known to CAMHS since May 2019; moved on "
    "3 June 2019. Works with a Social Worker. NHS 999 000 1007."
)


def sought(notes: str = "", siblings: str = "", parents: str = "") -> set[tuple[Kind, str]]:
    child = Identity("CH-1", notes=notes, siblings=siblings, parents=parents)
    return {(needle.kind, needle.words) for needle in needles_of([child])}


def test_people_schools_addresses_and_births_of_a_note_are_sought_and_its_prose_is_not() -> None:
    assert sought(notes=NOTES) == {
        (Kind.RELATIVE, "Ottoline"),
        (Kind.RELATIVE, "Brackenbury"),
        (Kind.RELATIVE, "Fazackerley"),
        (Kind.RELATIVE, "Quillon"),
        (Kind.SCHOOL, "Sunny Otters Nursery"),
        (Kind.SCHOOL, "St Wilfrid's School"),
        (Kind.ADDRESS, "Pendlewick Farm"),
        (Kind.ADDRESS, "14b Larkspur Mews"),
        (Kind.POSTCODE, "ZX495ZZ"),
        (Kind.NHS_NUMBER, "9990001007"),
        (Kind.FAMILY_BIRTH, "2009-02-03"),
    }


def test_what_is_noted_of_parents_and_siblings_beside_their_names_is_sought() -> None:
    told = sought(siblings="Corvane (3/6/2011), at Hill Top School", parents="Lissan, 2 Elm Road")
    assert told >= {
        (Kind.FAMILY_BIRTH, "2011-06-03"),
        (Kind.SCHOOL, "Hill Top School"),
        (Kind.ADDRESS, "2 Elm Road"),
        (Kind.RELATIVE, "Corvane"),
        (Kind.RELATIVE, "Lissan"),
    }


def found(text: str) -> Iterator[str]:
    lines = tuple(Line(line) for line in text.splitlines())
    seek = Sought(needles_of([Identity("CH-1", notes=NOTES)]))
    printed = Printed((Place("Page 1", 1, lines),))
    return (one.sentence for one in search(printed, seek, for_publication=False))


def test_what_stands_on_a_paper_is_found_and_said_to_be_of_the_family() -> None:
    assert list(
        found(
            "The aunt Ottoline said no. She was born on 3 February 2009 and went to Sunny Otters "
            "until 2012. The family of Fazackerley lived in Larkspur Mews."
        )
    ) == [
        "“Ottoline” is a name in the family of CH-1.",
        "“3 February 2009” is a date of birth in the family of CH-1.",
        "“Sunny Otters” is the school of CH-1.",
        "“Fazackerley” is a name in the family of CH-1.",
        "“Larkspur Mews” is the street of the address of CH-1.",
    ]
    assert list(found("The social worker attends a previous school. He works at CAMHS.")) == []
