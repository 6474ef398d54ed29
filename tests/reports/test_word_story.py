"""A Word file has real headings, lists and tables, says what it is, and holds the same words."""

from __future__ import annotations

import dataclasses
import re
import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from PIL import Image

from oscb_desktop.domain import charts
from oscb_desktop.domain.documents import Document, Point, ReviewRecord, Section, Table
from oscb_desktop.reports.document import as_text, as_word, has_words
from oscb_desktop.reports.word_story import WordStory
from tests.reports import samples
from tests.reports.test_validity import HOSTILE, TWENTY_PAGES

TOLD = {name: document for name, document in samples.RICH.items() if has_words(document)}


def opened(document: Document) -> Any:
    return docx.Document(BytesIO(as_word(document)))


def headings(file: Any) -> list[tuple[int, str]]:
    return [
        (int(paragraph.style.name[-1]), paragraph.text)
        for paragraph in file.paragraphs
        if paragraph.style.name.startswith("Heading")
    ]


def words(file: Any) -> set[str]:
    body = " ".join(
        "".join(run.text or "" for run in paragraph.iter(qn("w:t")))
        for paragraph in file.element.body.iter(qn("w:p"))
    )
    return set(re.findall(r"[^\W\d_]+", body.casefold()))


@pytest.mark.parametrize("name", TOLD)
def test_it_says_what_the_text_says(name: str) -> None:
    said = set(re.findall(r"[^\W\d_]+", as_text(TOLD[name]).casefold()))
    assert said - words(opened(TOLD[name])) <= {"official", "sensitive"}, (
        "which stand in the header"
    )


def test_it_carries_nothing_of_the_document_that_it_is_made_from() -> None:
    with zipfile.ZipFile(BytesIO(as_word(samples.AGENDA))) as file:
        assert [name for name in file.namelist() if "thumbnail" in name] == []
        assert b"thumbnail" not in file.read("_rels/.rels")


def test_headings_follow_one_another_without_a_gap() -> None:
    assert headings(opened(samples.REVIEW_RECORD)) == [
        (1, "Review record LR-2022-03"),
        (2, "The incident"),
        (2, "Children"),
        (2, "The work"),
        (3, "Meetings"),
        (4, "29 March 2022: rapid review meeting"),
        (3, "Parallel processes"),
        (3, "Costs"),
    ]


def test_each_numbered_list_begins_at_one() -> None:
    file = opened(samples.LEARNING_SUMMARY)
    numbers = [
        paragraph._p.pPr.numPr.numId.val
        for paragraph in file.paragraphs
        if paragraph.style.name == "List Number"
    ]
    assert len(set(numbers)) == 3, "what was learned, what changes, and the questions"
    assert numbers == sorted(numbers)
    numbering = file.part.numbering_part.element
    for number in set(numbers):
        (start,) = numbering.num_having_numId(number).iter(qn("w:startOverride"))
        assert start.get(qn("w:val")) == "1"


def test_a_table_says_which_cells_head_it() -> None:
    file = opened(samples.REVIEW_RECORD)
    facts, children, _ = file.tables
    assert list(children.rows[0]._tr.iter(qn("w:tblHeader")))
    assert not list(children.rows[1]._tr.iter(qn("w:tblHeader")))
    look = children._tbl.tblPr.find(qn("w:tblLook"))
    assert (look.get(qn("w:firstRow")), look.get(qn("w:firstColumn"))) == ("1", "1")
    assert [cell.text for cell in facts.rows[0].cells] == ["Reference", "INC-2022-014"]


def test_it_is_marked_where_it_is_internal() -> None:
    page = opened(samples.REVIEW_RECORD).sections[0]
    assert page.header.paragraphs[0].text == "OFFICIAL-SENSITIVE"
    assert "Printed by P. Harlow" in page.footer.paragraphs[0].text
    assert page.footer.paragraphs[-1].text == "OFFICIAL-SENSITIVE"
    (field,) = page.footer._element.iter(qn("w:fldSimple"))
    assert field.get(qn("w:instr")) == "PAGE"
    published = opened(samples.LEARNING_SUMMARY).sections[0]
    foot = " ".join(paragraph.text for paragraph in published.footer.paragraphs)
    assert "OFFICIAL" not in foot
    assert "Harlow" not in foot
    assert published.header.paragraphs[0].text == ""


def test_it_names_itself_its_language_and_nobody() -> None:
    file = opened(samples.LEARNING_SUMMARY)
    core = file.core_properties
    assert (core.title, core.language) == ("Learning summary: Rowan", "en-GB")
    assert core.author == samples.ORGANISATION
    assert (core.comments, core.last_modified_by, core.created) == ("", "", None)
    languages = {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_a_logo_has_words_for_it() -> None:
    buffer = BytesIO()
    Image.new("RGBA", (300, 100), "navy").save(buffer, "PNG")
    paper = dataclasses.replace(samples.PUBLISHED, logo=buffer.getvalue())
    file = opened(dataclasses.replace(samples.LEARNING_SUMMARY, paper=paper))
    told = {one.get("descr") for one in file.element.iter(qn("wp:docPr"), qn("pic:cNvPr"))}
    assert told == {f"Logo of {samples.ORGANISATION}"}
    assert len(file.inline_shapes) == 1


def test_a_chart_is_a_picture_in_words_and_the_table_of_its_numbers() -> None:
    story = WordStory(samples.PUBLISHED)
    story.title("Report")
    story.figure(
        charts.bars("Reviews by year", (("2020-21", 4), ("2021-22", charts.Missing.KEPT_BACK)))
    )
    file = docx.Document(BytesIO(story.saved()))
    (told,) = {one.get("descr") for one in file.element.iter(qn("wp:docPr"), qn("pic:cNvPr"))}
    assert told == "Bar chart: reviews by year. 2020-21: 4; 2021-22: not shown."
    (table,) = file.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["", "Number"],
        ["2020-21", "4"],
        ["2021-22", "not shown"],
    ]


@pytest.mark.parametrize(
    "document",
    [document for document in (*samples.SMALL, *samples.EMPTY) if has_words(document)],
)
def test_hostile_and_empty_words_make_a_file_that_opens(document: Document) -> None:
    file = opened(samples.with_text(document, lambda _path, said: said and HOSTILE))
    assert headings(file)[0][0] == 1


def test_words_from_the_right_are_said_to_be() -> None:
    section = Section("S", paragraphs=("مرحبا بكم", "Łódź 😀", "שלום"))
    file = opened(ReviewRecord(samples.INTERNAL, (section,)))
    turned = [
        paragraph.text for paragraph in file.paragraphs if list(paragraph._p.iter(qn("w:bidi")))
    ]
    assert turned == ["مرحبا بكم", "שלום"]
    assert "Łódź 😀" in [paragraph.text for paragraph in file.paragraphs]


def test_a_narrative_of_many_pages_and_a_high_cell_are_held_whole() -> None:
    table = Table("T", ("A", "B"), (("x", TWENTY_PAGES),))
    section = Section("S", paragraphs=(TWENTY_PAGES,), tables=(table,))
    file = opened(ReviewRecord(samples.INTERNAL, (section,)))
    assert TWENTY_PAGES in [paragraph.text for paragraph in file.paragraphs]
    assert file.tables[0].rows[1].cells[1].text == TWENTY_PAGES


def test_a_point_keeps_its_words_together() -> None:
    points = (Point("Heading", "One.\nTwo."),)
    file = opened(dataclasses.replace(samples.LEARNING_SUMMARY, what_we_learned=points))
    said = [paragraph.text for paragraph in file.paragraphs]
    place = said.index("Heading")
    assert said[place : place + 3] == ["Heading", "One.", "Two."]
    styles = [file.paragraphs[place + step].style.name for step in range(3)]
    assert styles == ["List Number", "List Continue", "List Continue"]


def kept(paragraphs: Any) -> list[bool]:
    """Return of each paragraph whether it stays on the page of the next."""
    return [bool(paragraph.paragraph_format.keep_with_next) for paragraph in paragraphs]


def test_a_small_table_and_its_chart_stay_on_one_page() -> None:
    story = WordStory(samples.PUBLISHED)
    story.title("Title")
    story.paragraphs(("What follows",), "strong")
    story.table(Table("Small", ("What", "Many"), (("One", "1"), ("Two", "2"))))
    story.figure(charts.bars("Drawn", [("One", 1), ("Two", 2)]), told=True)
    story.table(Table("Long", ("What",), tuple((f"{number}",) for number in range(13))))
    file = docx.Document(BytesIO(story.saved()))
    assert [paragraph.text for paragraph in file.paragraphs if kept([paragraph]) == [True]] == [
        "What follows",
        "Small",
        "",
        "Long",
    ]
    small, long = (
        [kept(cell.paragraphs) for row in grid.rows for cell in row.cells] for grid in file.tables
    )
    assert all(all(cell) for cell in small)
    assert not any(any(cell) for cell in long)
