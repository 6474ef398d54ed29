"""The annual report's texts are written, read again, copied; its content is ticked."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.rule_sets import load_rule_sets
from oscb_desktop.errors import UserError
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.annual_rows import NarrativeRow, moved_words
from oscb_desktop.queries.records import records
from oscb_desktop.queries.report_content import (
    ContentRow,
    Standing,
    _asked,
    content_check,
    content_edition,
)
from oscb_desktop.services.annual import (
    ReadAgain,
    StartFromLastYear,
    TickContent,
    WriteNarrative,
)
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make

YEAR = ReportingYear.beginning(2021)
CHAPTER = "rapid_figures"


@pytest.fixture(autouse=True)
def begun(store: Store) -> None:
    """Cases are kept since 2019: what is not there later was not."""
    make(store, "review", reference="RR-2019-01", started_on=date(2019, 5, 1))


def narrative(store: Store, year: ReportingYear = YEAR, chapter: str = CHAPTER) -> NarrativeRow:
    return store.read(annual_report, year, store.today()).chapter(chapter).narrative


def content(store: Store, item: str) -> ContentRow:
    report = store.read(annual_report, YEAR, store.today())
    return next(row for row in store.read(content_check, report) if row.item == item)


def test_a_text_is_written_and_its_figures_count_as_read(store: Store) -> None:
    make(store, "review")
    store.write(WriteNarrative("2021-22", CHAPTER, "There were {rapid_reviews:words}."))
    row = narrative(store)
    assert row.words == "There were one."
    assert [figure.words for figure in row.figures] == ["1"]
    assert row.figures[0].references == ("RR-2021-01",)
    assert row.moved == ()


def test_a_figure_that_moved_is_flagged_until_the_text_is_read_again(store: Store) -> None:
    store.write(WriteNarrative("2021-22", CHAPTER, "{rapid_reviews} and {reviews_worked_on}"))
    make(store, "review")
    moved = narrative(store).moved
    assert [(figure.name, figure.was, figure.words) for figure in moved] == [
        ("rapid_reviews", "0", "1")
    ]
    label = store.write(ReadAgain("2021-22", CHAPTER)).label
    assert label == "Read Rapid review facts and figures of 2021-22 again"
    assert narrative(store).moved == ()
    store.write(Undo())
    assert [figure.name for figure in narrative(store).moved] == ["rapid_reviews"]


def test_a_comparison_moves_with_the_year_before(store: Store) -> None:
    store.write(WriteNarrative("2021-22", CHAPTER, "{rapid_reviews:change}"))
    make(store, "baseline", year="2020-21", figure="rapid_reviews", value=9)
    assert [figure.name for figure in narrative(store).moved] == ["rapid_reviews"]


def test_a_category_of_a_breakdown_moves_by_itself(store: Store) -> None:
    text = "{rapid_review_children_by_sex[Female]}, {rapid_review_children_by_sex[Male]}"
    store.write(WriteNarrative("2021-22", CHAPTER, text))
    incident = make(store, "incident")
    child = make(store, "child", incident=incident, sex="male")
    make(store, "review", incident=incident, children=(child,))
    (moved,) = narrative(store).moved
    assert (moved.category, moved.label) == ("Male", "Children in rapid reviews by sex: Male")
    assert len(moved.references) == 1


def test_reading_again_what_did_not_move_is_refused(store: Store) -> None:
    store.write(WriteNarrative("2021-22", CHAPTER, "{rapid_reviews}"))
    with pytest.raises(UserError, match="No figure moved"):
        store.write(ReadAgain("2021-22"))


def test_a_text_that_somebody_changed_meanwhile_is_not_overwritten(store: Store) -> None:
    store.write(WriteNarrative("2021-22", CHAPTER, "One.", version=0))
    with pytest.raises(UserError, match="Somebody else"):
        store.write(WriteNarrative("2021-22", CHAPTER, "Two.", version=0))
    store.write(WriteNarrative("2021-22", CHAPTER, "Two.", version=narrative(store).version))
    with pytest.raises(UserError):
        store.write(WriteNarrative("2021-22", CHAPTER, "Three.", version=1))
    assert narrative(store).typed == "Two."


def test_a_text_can_be_emptied_and_writing_the_same_is_refused(store: Store) -> None:
    store.write(WriteNarrative("2021-22", CHAPTER, "Words."))
    with pytest.raises(UserError, match="stands so already"):
        store.write(WriteNarrative("2021-22", CHAPTER, "Words.\n"))
    store.write(WriteNarrative("2021-22", CHAPTER, ""))
    assert narrative(store).typed == ""


@pytest.mark.parametrize(
    ("year", "chapter", "said"),
    [("2021-23", CHAPTER, "two years in a row"), ("2021-22", "preface", "no chapter")],
)
def test_a_year_or_chapter_that_is_none_is_refused(
    store: Store, year: str, chapter: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        store.write(WriteNarrative(year, chapter, "Words."))


def test_last_years_texts_fill_only_what_is_empty_with_this_years_figures(store: Store) -> None:
    for year, chapter, text in (
        ("2020-21", CHAPTER, "{rapid_reviews} before"),
        ("2020-21", "conclusion", "Old end."),
        ("2021-22", "conclusion", "New end."),
    ):
        store.write(WriteNarrative(year, chapter, text))
    make(store, "review")
    label = store.write(StartFromLastYear("2021-22")).label
    assert label == "Start 1 chapter of 2021-22 from 2020-21"
    assert narrative(store).words == "1 before"
    assert [(figure.was, figure.words) for figure in narrative(store).moved] == [("0", "1")]
    assert narrative(store, chapter="conclusion").words == "New end."
    with pytest.raises(UserError, match="no text for a chapter"):
        store.write(StartFromLastYear("2021-22"))
    with pytest.raises(UserError, match="has a text already"):
        store.write(StartFromLastYear("2021-22", "conclusion"))


def test_content_is_there_missing_or_as_somebody_says(store: Store) -> None:
    assert content(store, "impact_children").standing is Standing.MISSING
    make(store, "impact", seen_on=date(2022, 2, 1))
    row = content(store, "impact_children")
    assert (row.standing, row.where) == (Standing.THERE, "9 Impact of reviews")
    store.write(TickContent("2021-22", "impact_children", False, "Too thin."))
    row = content(store, "impact_children")
    assert (row.standing, row.note, row.is_held) == (Standing.SAID_MISSING, "Too thin.", False)
    store.write(TickContent("2021-22", "impact_children", None))
    assert content(store, "impact_children").standing is Standing.THERE


@pytest.mark.parametrize(
    ("year", "edition", "asked"),
    [
        ("2018-19", "Working Together 2018", 7),
        ("2021-22", "Working Together 2018", 7),
        ("2022-23", "Working Together 2018", 7),
        ("2023-24", "Working Together 2023", 13),
    ],
)
def test_a_year_is_held_to_the_guidance_in_force_when_it_ended(
    store: Store, year: str, edition: str, asked: int
) -> None:
    report = store.read(annual_report, ReportingYear.parse(year, 4), date(2022, 3, 25))
    assert store.read(content_edition, year).name == edition
    rows = store.read(content_check, report)
    assert len(rows) == asked
    assert ("scrutiny" in {row.item for row in rows}) == (asked == 13)


def test_every_edition_of_the_guidance_says_what_it_asks() -> None:
    listed = {entry.code for entry in code_list("yearly_content").codes}
    assert {rules.key for rules in load_rule_sets()} == set(_asked())
    assert set().union(*_asked().values()) == listed


def test_what_the_program_cannot_see_is_ticked(store: Store) -> None:
    assert content(store, "progress").standing is Standing.MISSING
    store.write(TickContent("2021-22", "progress", True))
    assert content(store, "progress").standing is Standing.TICKED
    with pytest.raises(UserError, match="nothing that an annual report"):
        store.write(TickContent("2021-22", "weather", True))


@pytest.mark.parametrize("kept", ["not json", "[1]", None])
def test_a_text_without_a_reading_says_that_nobody_has_read_it(
    store: Store, kept: str | None
) -> None:
    make(store, "narrative", chapter=CHAPTER, text="{rapid_reviews}, {actions_open}", read_as=kept)
    row = narrative(store)
    assert row.moved == ()
    assert [figure.name for figure in row.unread] == ["rapid_reviews", "actions_open"]
    assert "Nobody has read this text with its figures yet: Rapid reviews is 0;" in moved_words(row)
    store.write(ReadAgain("2021-22", CHAPTER))
    assert narrative(store).unread == ()
    assert moved_words(narrative(store)) == ""


def test_a_copied_text_counts_as_read_with_last_years_figures(store: Store) -> None:
    """However the text came into the year before: all that differs is pointed out."""
    make(store, "narrative", year="2020-21", chapter=CHAPTER, text="{rapid_reviews}{actions_open}")
    make(store, "review", started_on=date(2021, 6, 1))
    assert not narrative(store, chapter="conclusion").may_copy
    assert narrative(store).may_copy
    store.write(StartFromLastYear("2021-22", CHAPTER))
    row = narrative(store)
    assert [(figure.name, figure.was, figure.words) for figure in row.moved] == [
        ("rapid_reviews", "0", "1")
    ]
    assert row.unread == ()
    assert not row.may_copy
    assert moved_words(row) == "Since this was last read: Rapid reviews was 0, is 1."


def test_the_figures_of_another_year_than_was_read_have_moved(store: Store) -> None:
    make(store, "review", started_on=date(2021, 5, 1))
    store.write(WriteNarrative("2021-22", CHAPTER, "{rapid_reviews}"))
    (held,) = store.read(records, "organisation")
    store.write(AmendRecord("organisation", held.id, held.version, {"year_start_month": 9}))
    september = ReportingYear.beginning(2021, 9)
    assert [figure.was for figure in narrative(store, september).moved] == ["1"]
