"""A document as plain text, line for line as it is pasted into an e-mail."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from oscb_desktop.domain.documents import Document, ReviewRecord, Section, Table
from oscb_desktop.reports.document import as_text, has_words
from oscb_desktop.reports.plain_story import WIDTH
from tests.reports import samples

EXPECTED = Path(__file__).parent / "expected"
TOLD = {name: document for name, document in samples.RICH.items() if has_words(document)}


@pytest.mark.parametrize(
    "name",
    ["learning_summary", "press_statement", "family_letter", "review_record", "annual_report"],
)
def test_text_is_as_expected(name: str) -> None:
    expected = (EXPECTED / f"{name}.plain.txt").read_text(encoding="utf-8")
    assert as_text(samples.RICH[name]) == expected


@pytest.mark.parametrize("name", TOLD)
def test_no_line_is_longer_than_an_e_mail_shows(name: str) -> None:
    assert all(len(line) <= WIDTH for line in as_text(TOLD[name]).splitlines())


def test_what_is_internal_is_marked_top_and_bottom() -> None:
    told = as_text(samples.REVIEW_RECORD).strip().splitlines()
    assert told[0] == told[-1] == "OFFICIAL-SENSITIVE"
    assert "OFFICIAL" not in as_text(samples.LEARNING_SUMMARY)


@pytest.mark.parametrize("document", samples.EMPTY)
def test_nothing_to_say_is_no_fault(document: Document) -> None:
    if has_words(document):
        assert as_text(document).strip()


def test_an_address_is_never_broken() -> None:
    address = f"https://www.oxmere-scp.example/{'reviews/' * 20}"
    reading = dataclasses.replace(samples.LEARNING_SUMMARY.read_more[0], address=address)
    summary = dataclasses.replace(samples.LEARNING_SUMMARY, read_more=(reading,))
    assert address in as_text(summary).splitlines()


def test_a_row_says_which_column_is_which() -> None:
    table = Table(
        "Costs", ("For", "Amount", ""), (("Reviewer", "£9,000", "Paid"), ("Venue", "", ""))
    )
    told = as_text(ReviewRecord(samples.INTERNAL, (Section("Money", tables=(table,)),)))
    assert "Costs\n\n- Reviewer\n  Amount: £9,000\n  Paid\n- Venue\n" in told


def test_a_drawn_document_has_no_words() -> None:
    assert not has_words(samples.CHAIR_SHEET)
    with pytest.raises(TypeError, match="drawn for paper"):
        as_text(samples.CHAIR_SHEET)


def test_a_table_of_two_columns_is_told_a_line_each() -> None:
    table = Table("Costs", ("For", "Amount"), (("Reviewer", "£9,000"), ("Venue", "")))
    told = as_text(ReviewRecord(samples.INTERNAL, (Section("Money", tables=(table,)),)))
    assert "Costs\n\n- Reviewer: £9,000\n- Venue\n" in told
