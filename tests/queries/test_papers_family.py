"""The letter to a family: what it says before and after publication, and what it never says."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

from oscb_desktop.domain.documents import FamilyLetter
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_family import about_family_letter, family_letter
from oscb_desktop.queries.records import singleton
from oscb_desktop.reports.document import as_text
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date(), trace="ABCD-EFGH")


def told(store: Store, **values: object) -> FamilyLetter:
    review = make(store, "review", **{"kind": "lcspr", "known_as": "Child M", **values})  # type: ignore[arg-type]
    return store.read(family_letter, review, MADE)


def test_it_names_nobody_and_leaves_room_for_the_names(store: Store) -> None:
    incident = make(store, "incident")
    child = make(store, "child", incident=incident)
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Robin")
    letter = told(store, incident=incident, children=(child,), reviewer="Lena Lead")
    said = str(asdict(replace(letter, paper=replace(letter.paper, printed_by=""))))
    for name in ("Exampleton", "Robin", "Lena", "Tester"):
        assert name not in said
    text = as_text(letter)
    assert "Dear ____" in text
    assert "This letter is about ____" in text
    assert "We write Child M instead" in " ".join(text.split())


def test_it_bears_no_marking_code_or_word_of_versions(store: Store) -> None:
    paper = told(store).paper
    assert paper.for_publication
    assert paper.is_letter
    assert paper.trace == ""


def test_the_day_that_is_planned_is_told(store: Store) -> None:
    letter = told(store, publication_planned_on=date(2022, 5, 12))
    assert "planned to be published on 12 May 2022" in letter.published[1]


def test_without_a_day_the_rest_is_told(store: Store) -> None:
    assert len(told(store).published) == 1


def test_under_way_the_family_is_asked_to_take_part(store: Store) -> None:
    letter = told(store)
    assert letter.about[0].startswith("We are looking at")
    assert letter.part
    assert letter.after == ()


def test_before_publication_nobody_is_asked_to_take_part_any_more(store: Store) -> None:
    letter = told(store, finished_on=date(2022, 3, 1))
    assert letter.about[0].startswith("We have looked at")
    assert (letter.part, letter.after) == ((), ())
    assert letter.published


def test_once_published_the_letter_says_where_it_can_be_read(store: Store) -> None:
    letter = told(store, published_on=date(2022, 3, 2), published_at="https://oxmere.example/m")
    assert letter.about[0].startswith("We have looked at")
    assert letter.part == ()
    assert "published on 02 Mar 2022" in letter.after[0]
    assert letter.after[1].endswith("https://oxmere.example/m")


def test_how_we_are_reached_is_said_only_where_it_is_recorded(store: Store) -> None:
    assert not any("reach us" in line for line in told(store).ending)
    (about,) = store.read(about_family_letter)
    assert "Address and contact" in about
    reach_us_at(store, "The office\n01632 960002")
    letter = told(store, reference="LR-2022-02")
    assert "You can reach us here: The office, 01632 960002" in letter.ending
    assert letter.paper.contact == (), "once is enough"
    assert store.read(about_family_letter) == ()


def test_a_wording_of_ours_that_points_below_keeps_the_foot(store: Store) -> None:
    make(store, "wording", part="letter_ending", text="You will find below how to reach us.")
    reach_us_at(store, "The office")
    assert told(store).paper.contact == ("The office",)


def reach_us_at(store: Store, contact: str) -> None:
    row = store.read(singleton, "organisation")
    assert row is not None
    store.write(AmendRecord("organisation", row.id, row.version, {"contact": contact}))


def test_a_published_review_promises_nothing_about_publication(store: Store) -> None:
    assert told(store, published_on=date(2022, 3, 2)).published == ()


def test_a_rapid_review_is_not_published(store: Store) -> None:
    assert told(store, kind="rapid_review").published == ()


def test_our_own_wording_goes_first(store: Store) -> None:
    make(store, "wording", part="letter_ending", text="With kind regards\n{subgroup}")
    assert told(store).ending[0] == "With kind regards"
