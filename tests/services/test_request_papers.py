"""What is written for each agency that is asked, and what is left when that cannot be."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records
from oscb_desktop.queries.requests import requests_of
from oscb_desktop.services.printing import give, make_request_letter
from oscb_desktop.services.request_papers import ask_agencies, write_papers
from oscb_desktop.services.requests import AskAgencies
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make
from tests.reports.reading import words

TODAY = NOW.date()


@pytest.fixture
def wanted(store: Store) -> AskAgencies:
    police = make(store, "agency", name="Valley Police", email="police@example.org")
    health = make(store, "agency", name="Valley Health: A/B")
    nurse = make(store, "person", name="P. Elm", job_title="Named nurse", agency=health)
    incident = make(store, "incident")
    child = make(store, "child", incident=incident)
    make(store, "child_identity", child=child, last_name="Exampleton", forenames="Robin")
    review = make(
        store,
        "review",
        reference="RR-2022-01",
        known_as="Child M",
        incident=incident,
        children=(child,),
    )
    agencies = ((police, None), (health, nurse))
    return AskAgencies(review, "summary", date(2022, 4, 8), "Tell us all.\nAt once.", agencies)


def test_each_agency_gets_a_letter_a_form_and_an_e_mail(
    store: Store, wanted: AskAgencies, tmp_path: Path
) -> None:
    police, health = ask_agencies(store, wanted, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} >= {
        "RR-2022-01 Valley Police Agency summary letter.pdf",
        "RR-2022-01 Valley Police Agency summary form.xlsx",
        "RR-2022-01 Valley Police Agency summary e-mail.txt",
        "RR-2022-01 Valley Health- A-B Agency summary letter.pdf",
    }
    told = words(health.letter_path.read_bytes())
    for expected in (
        "To P. Elm, Named nurse",
        "RR-2022-01 Child M",
        "Sent separately, in a secure message",
        "Fri 08 Apr 2022",
        "Tell us all.",
        "OFFICIAL-SENSITIVE",
    ):
        assert expected in told
    assert police.email_path.read_text("utf-8") == police.letter.words()
    assert "RR-2022-01 Valley Police Agency summary form.xlsx" in police.letter.body
    for path in (police.letter_path, health.letter_path):
        assert "Exampleton" not in words(path.read_bytes())


def test_each_letter_is_noted_as_printed(store: Store, wanted: AskAgencies, tmp_path: Path) -> None:
    ask_agencies(store, wanted, tmp_path)
    released = store.read(records, "release")
    assert [row.words("agency") for row in released] == ["Valley Police", "Valley Health: A/B"]
    assert {row.words("paper") for row in released} == {"Request to an agency"}


def test_the_form_carries_the_mark_of_what_was_sent(
    store: Store, wanted: AskAgencies, tmp_path: Path
) -> None:
    police, _health = ask_agencies(store, wanted, tmp_path)
    assert police.form_path is not None
    book = load_workbook(police.form_path)
    held = {row[0]: row[1] for row in book["Made from"].iter_rows(values_only=True)}
    (mailing,) = [
        row
        for row in store.read(records, "mailing")
        if row.values["requests"] == (police.request_id,)
    ]
    assert held["Sheet"] == mailing.values["sheet"]
    assert held["Review"] == "RR-2022-01"


def test_without_the_folder_nobody_is_asked(
    store: Store, wanted: AskAgencies, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        ask_agencies(store, wanted, tmp_path / "gone")
    assert store.read(requests_of, wanted.review_id, TODAY) == ()


def test_a_file_that_is_there_stays_and_the_letters_can_be_written_elsewhere(
    store: Store, wanted: AskAgencies, tmp_path: Path
) -> None:
    there = tmp_path / "RR-2022-01 Valley Police Agency summary form.xlsx"
    there.write_text("An answer")
    with pytest.raises(UserError, match="The requests are made, but not every paper"):
        ask_agencies(store, wanted, tmp_path)
    assert there.read_text() == "An answer"
    assert len(store.read(requests_of, wanted.review_id, TODAY)) == 2
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert len(write_papers(store, wanted.made, elsewhere)) == 2


def test_the_letter_is_found_by_review_and_agency(
    store: Store, wanted: AskAgencies, tmp_path: Path
) -> None:
    store.write(wanted)
    give(store, make_request_letter(store, "RR-2022-01", "valley police"), tmp_path / "out.pdf")
    assert "Valley Police" in words((tmp_path / "out.pdf").read_bytes())
    make(store, "agency", name="Housing")
    with pytest.raises(UserError, match="“Housing” was not asked in this review"):
        make_request_letter(store, "RR-2022-01", "Housing")


def test_of_two_purposes_one_is_to_be_named(store: Store, wanted: AskAgencies) -> None:
    store.write(wanted)
    due = date(2022, 4, 8)
    store.write(AskAgencies(wanted.review_id, "accuracy", due, "Read it.", wanted.agencies))
    with pytest.raises(UserError, match="Agency summary, Factual accuracy"):
        make_request_letter(store, "RR-2022-01", "Valley Police")
    for named in ("accuracy", "factual Accuracy"):
        made = make_request_letter(store, "RR-2022-01", "Valley Police", named)
        assert "Read it." in words(made.data)
        assert "workbook" not in words(made.data)
