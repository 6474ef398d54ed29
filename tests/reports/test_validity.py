"""Every document is valid PDF/UA-1, whatever its words; and the validator does bite."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import pytest
from reportlab.platypus import Paragraph, SimpleDocTemplate

from oscb_desktop.domain.documents import (
    ActionGroup,
    Document,
    Fact,
    Point,
    ReviewRecord,
    Section,
    Table,
)
from oscb_desktop.reports.document import render
from oscb_desktop.services.printing import make_notification_sheet
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.reports import samples
from tests.reports.reading import faults, pages, reader, words

HOSTILE = (
    "<b>& <para><font color='red'>unclosed </i> &amp; &nope; 😀👩🏽‍🚒 漢字 "
    "שלום (עולם) 12:30 مرحبا\u202eoverride\u202c Łódź \x00\x07\x1b\x7f\ud800\ufffe\ue000 "
    "a\u0301\u0327\u0489 \u200b\u00ad\ufeff\r\n\x0b\x85\u2028second\tline " + "W" * 300
)
NOT_PRINTED = ("accent", "fill", "face", "spans[0].words", "spans[0].name")
"""What a colour or a code is, and what is drawn as a bar and told to those who hear it."""

SMALL_FIELDS = [
    pytest.param(document, path, id=f"{type(document).__name__}{path}")
    for document in samples.SMALL
    for path, _text in samples.text_fields(document)
]
LONG = " ".join(f"w{number}" for number in range(3000))
TWENTY_PAGES = " ".join(f"w{number}" for number in range(17000))


@pytest.mark.parametrize("name", samples.RICH)
def test_rich_document_is_valid(name: str) -> None:
    assert faults(render(samples.RICH[name])) == []


@pytest.mark.parametrize("document", samples.EMPTY)
def test_empty_document_is_valid_and_has_a_page(document: Document) -> None:
    data = render(document)
    assert faults(data) == []
    assert len(reader(data).pages) == 1


@pytest.mark.parametrize(("document", "path"), SMALL_FIELDS)
def test_hostile_text_in_one_field(document: Document, path: str) -> None:
    hostile = samples.with_text(document, lambda here, text: HOSTILE if here == path else text)
    data = render(hostile)
    assert faults(data) == []
    if not path.endswith(NOT_PRINTED):
        assert "<b>&" in words(data)


@pytest.mark.parametrize("document", samples.SMALL, ids=lambda document: type(document).__name__)
def test_hostile_text_everywhere(document: Document) -> None:
    data = render(samples.with_text(document, lambda _path, _text: HOSTILE))
    assert faults(data) == []
    assert not any(ord(letter) < 32 for letter in words(data))


def _in_record(section: Section) -> ReviewRecord:
    return ReviewRecord(samples.INTERNAL, (section,))


LONG_ONES: dict[str, Document] = {
    "a paragraph": _in_record(Section("S", paragraphs=(TWENTY_PAGES,))),
    "a fact": _in_record(Section("S", (Fact("Label", LONG),))),
    "a label": _in_record(Section("S", (Fact(LONG, "Value"),))),
    "a cell": _in_record(Section("S", tables=(Table("T", ("A", "B"), (("x", TWENTY_PAGES),)),))),
    "a table heading": _in_record(Section("S", tables=(Table("T", ("A", LONG), (("x", "y"),)),))),
    "a caption": _in_record(Section("S", tables=(Table(LONG, ("A",), (("x",),)),))),
    "a section title": _in_record(Section(LONG, paragraphs=("x",))),
    "a point": dataclasses.replace(samples.LEARNING_SUMMARY, what_we_learned=(Point(LONG, LONG),)),
    "what happened": dataclasses.replace(samples.LEARNING_SUMMARY, what_happened=(TWENTY_PAGES,)),
    "a change beside what was good": dataclasses.replace(
        samples.LEARNING_SUMMARY, what_will_change=(Point("", LONG), Point(LONG, LONG))
    ),
    "a heading of a statement": dataclasses.replace(samples.PRESS_STATEMENT, heading=LONG),
    "a finding of a statement": dataclasses.replace(samples.PRESS_STATEMENT, findings=(LONG,)),
    "a part of a letter": dataclasses.replace(samples.FAMILY_LETTER, part=(TWENTY_PAGES,)),
    "a question": dataclasses.replace(samples.LEARNING_SUMMARY, questions=(LONG,)),
    "a note": dataclasses.replace(
        samples.ACTION_LOG,
        groups=(ActionGroup("R", (samples.action_line(1, "Red", latest_note=LONG),)),),
    ),
    "a colour": dataclasses.replace(
        samples.ACTION_LOG, groups=(ActionGroup("R", (samples.action_line(1, LONG),)),)
    ),
}


@pytest.mark.parametrize("where", LONG_ONES)
def test_a_narrative_of_many_pages_is_printed_whole(where: str) -> None:
    data = render(LONG_ONES[where])
    assert faults(data) == []
    longest = max((said for _path, said in samples.text_fields(LONG_ONES[where])), key=len)
    assert len(reader(data).pages) >= (20 if longest == TWENTY_PAGES else 4)
    assert set(longest.split()) - set(words(data).split()) == set()


def test_a_table_of_more_columns_than_fit() -> None:
    headings = tuple(f"H{n}" for n in range(80))
    cells = tuple(f"c{n}" for n in range(80))
    record = _in_record(Section("S", tables=(Table("T", headings, (cells,) * 3),)))
    assert faults(render(record)) == []


def test_an_action_log_of_500_rows() -> None:
    colours = ("Red", "Amber", "Green", "Blue")
    lines = tuple(samples.action_line(n, colours[n % 4]) for n in range(500))
    log = dataclasses.replace(samples.ACTION_LOG, groups=(ActionGroup("All", lines),))
    data = render(log)
    assert faults(data) == []
    printed = pages(data)
    assert all("Lead agency and owner" in page for page in printed)
    assert all(any(f"LR-2022-03/A{n} " in page for page in printed) for n in range(500))
    key_and_actions = 3 + 6
    assert data.count(b"/Scope /Column") == key_and_actions, "a repeated head is no second head"


def test_a_record_of_120_pages() -> None:
    data = render(samples.long_record())
    assert faults(data) == []
    printed = pages(data)
    assert len(printed) >= 120
    assert f"Page 120 of {len(printed)}" in printed[119]


@pytest.mark.parametrize(
    ("there", "spoiled", "rule"),
    [
        (b"/Alt <", b"/Alx <", "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001"),
        (b"/Scope /", b"/Scopx /", "PDFUA1-TABLE-HEADERS-SCOPE-001"),
        (b"/Lang (", b"/Lanx (", "LANGUAGE"),
        (b"/S /H2", b"/S /H4", "PDFUA1-HEADING-NESTING-001"),
        (b"<pdfuaid:part>1", b"<pdfuaid:part>7", "PDFUA1-ID"),
        (b"/Marked true", b"/Marked null", "TAGGED"),
    ],
)
def test_the_validator_bites(there: bytes, spoiled: bytes, rule: str) -> None:
    data = render(samples.ACTION_LOG)
    assert there in data
    assert any(rule in fault for fault in faults(data.replace(there, spoiled)))


@pytest.mark.parametrize("held", [0, 1, 5])
def test_the_notification_sheet_of_any_number_of_children_is_valid(store: Store, held: int) -> None:
    incident = make(store, "incident", summary=HOSTILE, notifier=HOSTILE[:200])
    for _ in range(held):
        make(store, "child_identity", child=make(store, "child", incident=incident))
    for reason in ("", "To notify the Panel") if held else ("",):
        assert faults(make_notification_sheet(store, incident, reason).data) == []


def test_the_validator_refuses_an_untagged_file() -> None:
    buffer = BytesIO()
    SimpleDocTemplate(buffer).build([Paragraph("Plain")])
    assert len(faults(buffer.getvalue())) > 5
