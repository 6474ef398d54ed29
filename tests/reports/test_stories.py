"""What each paper says, and how the story modules may be written."""

from __future__ import annotations

import ast
import dataclasses
from pathlib import Path
from typing import Any

import pytest

from oscb_desktop import reports
from oscb_desktop.domain.documents import (
    ActionGroup,
    ActionLog,
    KeyEntry,
    LearningSummary,
    Reading,
    ReviewRecord,
    Section,
    Table,
)
from oscb_desktop.reports.document import render
from tests.reports import samples
from tests.reports.reading import pages, reader, words

_OF_ONE_FORM = ("blocks", "tagging", "styles", "grid", "word_", "plain_story")
MODULES = sorted(Path(reports.__file__).parent.glob("*.py"))


def _imported(module: Path) -> set[str]:
    tree = ast.parse(module.read_text(encoding="utf-8"))
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_only_one_module_makes_paragraphs() -> None:
    makers = {m.stem for m in MODULES for name in _imported(m) if name.endswith(".Paragraph")}
    assert makers == {"text"}


def test_no_module_escapes_words_on_its_own() -> None:
    escaping = {
        m.stem for m in MODULES for name in _imported(m) if name.startswith(("html", "xml"))
    }
    assert escaping == {"tagging", "pdf_hidden"}, "the metadata packet, and what a check reads"


@pytest.mark.parametrize("story", ["learning_summary", "review_record", "action_log"])
def test_a_story_is_told_in_blocks(story: str) -> None:
    module = next(m for m in MODULES if m.stem == story)
    outside = {name for name in _imported(module) if name.startswith("reportlab")}
    assert outside <= {"reportlab.lib.styles.ParagraphStyle"}


def test_the_summary_fits_two_pages() -> None:
    assert len(pages(render(samples.LEARNING_SUMMARY))) <= 2


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("what_happened", "What happened"),
        ("what_we_learned", "What we learned"),
        ("what_was_good", "What was good"),
        ("what_will_change", "What will change"),
        ("what_you_can_do", "What you can do"),
        ("questions", "questions for your team"),
        ("read_more", "Where to read more"),
    ],
)
def test_an_empty_block_of_the_summary_is_left_out(field: str, heading: str) -> None:
    nothing: dict[str, Any] = {field: ()}
    without = dataclasses.replace(samples.LEARNING_SUMMARY, **nothing)
    assert heading in words(render(samples.LEARNING_SUMMARY))
    assert heading not in words(render(without))


def test_a_statement_without_findings_has_no_heading_for_them() -> None:
    bare = dataclasses.replace(samples.PRESS_STATEMENT, findings=(), changes=(" ",))
    told = words(render(bare))
    assert "What the review found" not in told
    assert "The main findings" not in told
    assert "What will change" not in told
    assert "The review was made to learn." in told


def test_the_steps_are_numbered_in_their_order_whatever_is_left_out() -> None:
    without = dataclasses.replace(samples.LEARNING_SUMMARY, what_was_good=(), questions=())
    told = words(render(without))
    for step in ("1 What happened", "2 What we learned", "3 What will change", "4 What you can do"):
        assert step in told
    assert "5 Where to read more" in told


def test_a_summary_in_other_letters_is_whole() -> None:
    said = ("Zażółć gęślą jaźń, Łódź.", "Was 😀 said?")
    summary = dataclasses.replace(samples.LEARNING_SUMMARY, what_you_can_do=said)
    told = words(render(summary))
    assert "Zażółć gęślą jaźń, Łódź." in told
    assert "said?" in told


def test_the_questions_are_counted_in_words() -> None:
    two = dataclasses.replace(samples.LEARNING_SUMMARY, questions=("Why?", " ", "Who?"))
    five = dataclasses.replace(samples.LEARNING_SUMMARY, questions=("Why?",) * 5)
    assert "Two questions for your team" in words(render(two))
    assert "Questions for your team" in words(render(five))


def test_an_address_is_a_link_and_is_printed() -> None:
    data = render(samples.LEARNING_SUMMARY)
    address = "https://www.oxmere-scp.example/reviews/rowan"
    assert address in words(data)
    assert _links(data) == [address, "mailto:partnership@oxmere-scp.example"]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/hosts", "ask us", "http:"])
def test_other_addresses_are_only_printed(address: str) -> None:
    paper = dataclasses.replace(samples.PUBLISHED, contact=())
    data = render(LearningSummary(paper, "R", read_more=(Reading("Here", address),)))
    assert address in words(data)
    assert _links(data) == []


def _links(data: bytes) -> list[str]:
    notes = [note.get_object() for page in reader(data).pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes]


def test_a_record_says_what_is_not_recorded() -> None:
    told = words(render(samples.REVIEW_RECORD))
    assert "Parallel processes None recorded." in told
    assert "Costs None recorded." in told
    assert "Left out because it is empty" not in told


def test_a_table_without_rows_names_itself_under_another_heading() -> None:
    record = ReviewRecord(
        samples.INTERNAL, (Section("Money", tables=(Table("Costs", ("For",), ()),)),)
    )
    assert "Costs: none recorded." in words(render(record))


def test_a_caption_that_repeats_its_heading_is_left_out() -> None:
    table = Table("Milestones", ("Step",), (("Meeting",),))
    record = ReviewRecord(samples.INTERNAL, (Section("Milestones", tables=(table,)),))
    assert words(render(record)).count("Milestones") == 1


def test_every_colour_is_told_in_its_word() -> None:
    told = words(render(samples.ACTION_LOG))
    for word in ("Red", "Amber", "Blue"):
        assert told.count(word) == 3, "in the bar, in the key and at its action"


def test_the_bar_says_its_counts_in_words() -> None:
    said = "Actions by colour, 3 in all: 1 Red, 1 Amber, 1 Blue"
    assert said.encode("utf-16-be").hex().upper().encode() in render(samples.ACTION_LOG)


def test_an_original_date_is_printed_where_it_moved() -> None:
    told = words(render(samples.ACTION_LOG))
    assert told.count("Originally 30 March 2022") == 2
    assert "Originally 30 April 2022" not in told


def test_a_log_with_nothing_in_scope_says_so() -> None:
    log = ActionLog(samples.INTERNAL, "Oxmere NHS Trust", groups=(ActionGroup("Rowan"),))
    told = words(render(log))
    assert "Rowan No actions." in told
    assert "No actions are recorded in this scope." in told


def test_the_key_may_bring_its_own_colours() -> None:
    key = (KeyEntry("Overdue", "Late", "#123456"),)
    group = ActionGroup("R", (samples.action_line(1, "overdue"),))
    log = ActionLog(samples.INTERNAL, key=key, groups=(group,))
    page = reader(render(log)).pages[0].get_contents()
    assert page is not None
    fill = b".070588 .203922 .337255 rg"
    assert page.get_data().count(fill) == 3, "the bar, the key and the action"


@pytest.mark.parametrize(
    "teller", ["learning_summary", "press_statement", "family_letter", "annual_report"]
)
def test_what_is_published_is_told_without_a_thought_of_paper(teller: str) -> None:
    module = next(m for m in MODULES if m.stem == teller)
    paper = ("reportlab", "docx", *(f"oscb_desktop.reports.{one}" for one in _OF_ONE_FORM))
    assert [name for name in _imported(module) if name.startswith(paper)] == []
