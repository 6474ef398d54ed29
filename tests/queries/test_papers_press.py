"""The press statement says what the learning summary says, in our wording, and names nobody."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.documents import PressStatement
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.wordings import unknown_placeholder
from oscb_desktop.errors import UserError
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_press import about_press_statement, press_statement
from oscb_desktop.queries.records import records, singleton
from oscb_desktop.queries.wordings import Wordings, usual_wordings
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

MADE = Made("A. Tester", NOW, NOW.date())


@pytest.fixture
def review(store: Store) -> int:
    incident = make(store, "incident")
    child = make(store, "child", incident=incident, known_as="Child M")
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Robin")
    review = make(
        store,
        "review",
        reference="LR-2022-01",
        kind="lcspr",
        known_as="Child M",
        incident=incident,
        finished_on=date(2022, 3, 1),
        children=(child,),
        reviewer="Lena Lead",
    )
    make(store, "finding", review=review, number=1, title="Nobody asked", text="At length.")
    make(store, "recommendation", review=review, text="All agencies should ask.")
    return review


def told(store: Store, review: int) -> PressStatement:
    return store.read(press_statement, review, MADE)


def test_it_says_what_was_found_and_what_changes(store: Store, review: int) -> None:
    statement = told(store, review)
    assert statement.heading == "Learning from the review known as Child M"
    assert statement.findings == ("Nobody asked",)
    assert statement.changes == ("All agencies should ask.",)
    assert "a local child safeguarding practice review, known as Child M" in statement.opening[0]


def test_a_review_under_way_is_told_of_as_that(store: Store) -> None:
    case = make(
        store,
        "review",
        kind="lcspr",
        known_as="Child W",
        publication_planned_on=date(2022, 6, 9),
    )
    make(store, "finding", review=case, number=1, title="Nobody asked")
    make(store, "recommendation", review=case, text="All agencies should ask.")
    statement = told(store, case)
    assert statement.heading == "A review is under way: Child W"
    said = " ".join((*statement.opening, *statement.ending))
    assert "is carrying out a local child safeguarding practice review, known as Child W" in said
    assert "The report is planned to be published on 09 Jun 2022." in said
    assert "has carried out" not in said
    assert (statement.findings, statement.changes) == ((), ())
    (about,) = store.read(about_press_statement, case, statement, MADE.today)
    assert about.startswith("This review is recorded as under way")


def test_what_is_not_published_yet_is_said_beside_the_statement(store: Store, review: int) -> None:
    about = store.read(about_press_statement, review, told(store, review), MADE.today)
    assert about[0].startswith("This review is not published, and the statement tells")
    assert len(about) == 1


def test_a_statement_that_tells_nothing_says_so(store: Store) -> None:
    case = make(store, "review", kind="lcspr", published_on=date(2022, 3, 2))
    (about,) = store.read(about_press_statement, case, told(store, case), MADE.today)
    assert about.startswith("The statement tells of no finding and no recommendation")


def test_it_is_for_the_public_and_names_nobody(store: Store, review: int) -> None:
    statement = told(store, review)
    assert (statement.paper.face, statement.paper.trace) == (PUBLIC, "")
    said = str(asdict(replace(statement, paper=replace(statement.paper, printed_by=""))))
    for name in ("Exampleton", "Robin", "Lena", "Tester"):
        assert name not in said


def test_what_is_not_recorded_is_left_out(store: Store, review: int) -> None:
    said = " ".join(told(store, review).opening)
    assert "published" not in said
    assert not any("Contact for the press" in line for line in told(store, review).notes)


def test_a_publication_and_a_contact_are_said(store: Store, review: int) -> None:
    published = make(
        store,
        "review",
        reference="LR-2021-01",
        kind="lcspr",
        published_on=date(2022, 3, 2),
        published_at="https://www.oxmere-scp.example/m",
    )
    row = store.read(singleton, "organisation")
    assert row is not None
    office = {"press_contact": "Press office, 01632 960001"}
    store.write(AmendRecord("organisation", row.id, row.version, office))
    statement = told(store, published)
    assert "The report was published on 02 Mar 2022." in statement.opening
    assert "https://www.oxmere-scp.example/m" in statement.opening
    assert statement.notes[-1] == "Contact for the press: Press office, 01632 960001"


def test_our_own_wording_goes_first(store: Store, review: int) -> None:
    make(store, "wording", part="press_heading", text="{organisation} on {known_as}")
    assert told(store, review).heading.endswith(" on Child M")


def test_a_wording_that_cannot_be_filled_in_is_not_saved(store: Store) -> None:
    with pytest.raises(UserError, match=r"There is no “\{child\}” to fill in"):
        make(store, "wording", part="press_heading", text="About {child}")


def test_a_wording_that_came_otherwise_is_named() -> None:
    broken = Wordings({"press_heading": "About {child}"}, {})
    with pytest.raises(UserError, match=r"heading” cannot be used .* “\{child\}”"):
        broken.lines("press_heading")


def test_a_line_left_out_of_the_summary_is_left_out_here(store: Store, review: int) -> None:
    (finding,) = store.read(records, "finding", owner=review)
    make(
        store,
        "summary_line",
        review=review,
        block="learned",
        number=1,
        heading="Nobody asked",
        finding=finding.id,
        left_out=True,
    )
    assert "Nobody asked" not in told(store, review).findings


def test_every_part_has_a_usual_wording_that_can_be_filled_in() -> None:
    usual = usual_wordings()
    assert list(usual) == [entry.code for entry in code_list("wording_part").codes]
    assert [part for part, text in usual.items() if unknown_placeholder(text)] == []


def test_the_kind_of_review_stands_within_a_sentence(store: Store) -> None:
    legacy = make(
        store,
        "review",
        reference="SCR-2018-01",
        kind="scr",
        known_as="Child A",
        published_on=date(2022, 3, 2),
    )
    assert "a serious case review, known as Child A." in told(store, legacy).opening[0]
