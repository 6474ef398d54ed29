"""The report of a year, whatever the year holds: it is always there and says what is wrong."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.annual_rows import AnnualReport, Cell, Grid, Lines, Points
from oscb_desktop.queries.records import singleton
from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.paper_forms import as_text, as_word, as_workbook
from oscb_desktop.services.printing import make_annual_report
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from tests.factories import make

YEAR = ReportingYear.beginning(2021)
TODAY = date(2022, 3, 25)


def report(store: Store, face: str = SECRETARIAT) -> AnnualReport:
    return store.read(annual_report, YEAR, TODAY, face)


def grid(found: AnnualReport, chapter: str, name: str) -> Grid:
    block = next(each for each in found.chapter(chapter).blocks if each.name == name)
    assert isinstance(block, Grid)
    return block


def lines(found: AnnualReport, chapter: str, name: str) -> dict[str, Cell]:
    block = next(each for each in found.chapter(chapter).blocks if each.name == name)
    assert isinstance(block, Lines)
    return {line.value.figure: line.value for line in block.lines}


def points(found: AnnualReport, chapter: str) -> list[str]:
    blocks = [each for each in found.chapter(chapter).blocks if isinstance(each, Points)]
    return [point.heading or point.text for block in blocks for point in block.points]


def rapid(store: Store, children: int = 1, **values: object) -> tuple[int, ...]:
    """Add a rapid review with children, and return their ids."""
    incident = make(store, "incident")
    ids = tuple(
        make(store, "child", incident=incident, age_at_incident=Age.parse("3"), **values)  # type: ignore[arg-type]
        for _ in range(children)
    )
    make(store, "review", incident=incident, children=ids)
    return ids


def printed(store: Store, *, public: bool = False) -> str:
    """Print the report in every form, and return its words."""
    paper = make_annual_report(store, "2021-22", public=public)
    assert paper.data.startswith(b"%PDF")
    assert as_word(paper).data.startswith(b"PK")
    assert as_workbook(paper).data.startswith(b"PK")
    return as_text(paper).data.decode()


@pytest.mark.parametrize("face", [SECRETARIAT, PUBLIC])
def test_a_year_with_nothing_has_every_chapter_and_no_table(store: Store, face: str) -> None:
    found = report(store, face)
    assert len(found.chapters) == 30
    tables = [block.name for entry in found.chapters for block in entry.blocks]
    assert "children_by_age" not in tables
    assert lines(found, "rapid_figures", "rapid_facts")["rapid_reviews"].words == "not known"


def test_a_year_with_nothing_prints(store: Store) -> None:
    assert "Rapid reviews: not known" in printed(store)
    assert "Rapid reviews: not known" in printed(store, public=True)


@pytest.mark.parametrize("face", [SECRETARIAT, PUBLIC])
def test_one_report_says_one_thing_of_a_year_that_the_file_does_not_hold(
    store: Store, face: str
) -> None:
    make(store, "review", kind="scr", started_on=date(2019, 6, 1))
    make(store, "review", started_on=date(2022, 2, 1))
    make(store, "baseline", year="2020-21", figure="rapid_reviews", value=9)
    make(store, "narrative", year="2020-21", chapter="rapid_figures", text="{rapid_reviews}.")
    found = store.read(annual_report, YEAR.previous(), TODAY, face)
    facts = lines(found, "rapid_figures", "rapid_facts")
    assert (facts["rapid_reviews"].words, facts["panel_agreed"].words) == ("9", "not known")
    assert found.chapter("rapid_figures").narrative.words == "9."
    assert lines(found, "rapid_children", "children_facts")["rapid_review_children"].number is None
    trend = {row[0].words: row[-1].words for row in grid(found, "rapid_figures", "trend").rows}
    assert (trend["Rapid reviews"], trend["Children in rapid reviews"]) == ("9", "not known")
    steps = {row[0].words: row[1].words for row in grid(found, "rapid_purpose", "funnel").rows}
    assert steps["Rapid reviews"] == "9"
    assert steps["Discussions held"] == "not known"


@pytest.mark.parametrize("face", [SECRETARIAT, PUBLIC])
def test_a_sort_that_the_file_holds_nothing_of_is_nought_once_the_file_is_kept(
    store: Store, face: str
) -> None:
    make(store, "review")
    found = report(store, face)
    assert lines(found, "review_figures", "review_facts")["reviews_worked_on"].words == "0"
    trend = {row[0].words: row for row in grid(found, "rapid_figures", "trend").rows}
    told = [cell.words for cell in trend["Reviews worked on"][1:]]
    assert told == ["not known"] * 4 + ["0"]


def test_bands_that_overlap_are_told_of_and_the_report_prints(store: Store) -> None:
    make(store, "age_band", label="0 to 11", from_years=0, to_years=11)
    make(store, "age_band", label="11 to 17", from_years=11, to_years=17)
    rapid(store)
    table = grid(report(store), "rapid_children", "rapid_review_children_by_age_band")
    assert any("both “0 to 11” and “11 to 17”" in note for note in table.notes)
    assert "0 to 11: 1" in printed(store)
    assert printed(store, public=True)


def test_a_figure_that_there_is_no_more_says_so_and_prints(store: Store) -> None:
    make(store, "narrative", chapter="rapid_figures", text="We held {rapid_reviewz}, {see}.")
    narrative = report(store).chapter("rapid_figures").narrative
    (fault,) = narrative.faults
    assert fault.sentence.startswith("There is no figure “rapid_reviewz”. Did you mean")
    assert "We held [no figure rapid_reviewz], {see}." in printed(store)


def test_mark_up_in_a_text_prints_as_it_was_typed(store: Store) -> None:
    rapid(store)
    text = "<b>{rapid_reviews}</b> <script>alert(1)</script> &amp; </para>\n=1+1 {0} %s"
    store.write(WriteNarrative("2021-22", "rapid_figures", text))
    said = printed(store)
    assert "<b>1</b> <script>alert(1)</script> &amp; </para>" in said
    assert "=1+1 {0} %s" in said


def test_a_review_without_children_or_incident_is_counted_and_prints(store: Store) -> None:
    make(store, "review")
    make(store, "review", kind="lcspr", published_on=date(2022, 1, 5))
    found = report(store)
    assert lines(found, "rapid_figures", "rapid_facts")["rapid_reviews"].number == 1
    assert lines(found, "rapid_children", "children_facts")["rapid_review_children"].words == "0"
    assert "Child M" in printed(store, public=True)


def test_a_cell_opens_exactly_what_it_counts(store: Store) -> None:
    ids = rapid(store, 2, sex="female")
    table = grid(report(store), "rapid_children", "rapid_review_children_by_sex")
    (row,) = (row for row in table.rows if row[0].words == "Female")
    assert row[1].number == len(row[1].references) == len(ids)
    assert row[1].unit == "children"


def test_a_public_report_tells_no_reference_no_person_and_what_is_published_alone(
    store: Store,
) -> None:
    member = make(store, "person", name="Rowan Example")
    make(store, "membership", person=member)
    rapid(store)
    make(store, "review", kind="lcspr", known_as="Child Secret")
    make(store, "review", kind="lcspr", known_as="Child Open", published_on=date(2022, 1, 5))
    found = report(store, PUBLIC)
    for entry in found.chapters:
        for block in entry.blocks:
            cells = [cell for row in block.rows for cell in row] if isinstance(block, Grid) else []
            held = [line.value for line in block.lines] if isinstance(block, Lines) else cells
            said = block.points if isinstance(block, Points) else ()
            assert not any(cell.references for cell in held), block.name
            assert not any(point.references for point in said), block.name
    text = printed(store, public=True)
    assert "Child Open" in text
    assert "Child Secret" not in text
    assert "Rowan Example" not in text


def test_the_threshold_is_the_organisations_own(store: Store) -> None:
    for _ in range(6):
        rapid(store)
    assert lines(report(store, PUBLIC), "rapid_figures", "rapid_facts")["rapid_reviews"].number == 6
    row = store.read(singleton, "organisation")
    assert row is not None
    store.write(AmendRecord("organisation", row.id, row.version, {"small_number": 7}))
    found = report(store, PUBLIC)
    cell = lines(found, "rapid_figures", "rapid_facts")["rapid_reviews"]
    assert (cell.words, cell.number) == ("fewer than 7", None)
    assert "below 7" in found.note


def test_a_figure_that_nobody_looked_at_is_not_told_in_public(store: Store) -> None:
    """A breakdown that is left out of the public version is not told by a text either."""
    rapid(store, sex="female")
    text = "{rapid_review_children_by_sex[Female]:girl|girls}"
    store.write(WriteNarrative("2021-22", "rapid_children", text))
    assert report(store).chapter("rapid_children").narrative.words == "1 girl"
    said = report(store, PUBLIC).chapter("rapid_children").narrative.words
    assert said == "A number of girls (not shown)"


def test_numbers_typed_by_hand_are_pointed_out(store: Store) -> None:
    store.write(WriteNarrative("2021-22", "conclusion", "Three girls came; {rapid_reviews}."))
    assert report(store).chapter("conclusion").narrative.by_hand == ("Three girls",)


def test_a_cost_names_its_review_as_the_list_of_reviews_does(store: Store) -> None:
    ended = date(2021, 9, 1)
    review = make(store, "review", kind="lcspr", known_as="Child G", published_on=ended)
    make(store, "cost_line", review=review, amount=Decimal("8000"))
    found = report(store)
    (listed,) = grid(found, "review_figures", "reviews").rows
    (cost,) = grid(found, "costs", "costs").rows
    assert [cell.words for cell in listed[:2]] == [cell.words for cell in cost[:2]]
    assert listed[1].words == "Child G"
    assert (listed[-1].words, listed[-1].exact) == ("1 September 2021", ended)
    assert (cost[-1].words, cost[-1].exact, cost[-1].unit) == ("£8,000", Decimal("8000"), "£")
    (public,) = grid(report(store, PUBLIC), "review_figures", "reviews").rows
    assert public[0].words == "Child G"


def test_the_panels_short_words_are_explained(store: Store) -> None:
    review = make(store, "review")
    make(store, "panel_response", review=review)
    table = grid(report(store), "rapid_figures", "rapid_reviews_by_panel_reply")
    assert table.notes[-1] == "LCSPR: local child safeguarding practice review."


def test_what_was_learned_is_told_by_audience_with_what_it_comes_from(store: Store) -> None:
    review = make(store, "review")
    make(store, "learning_point", reviews=(review,), heading="Ask", audience="practitioner")
    make(store, "learning_point", reviews=(review,), heading="Lead", audience="system_leader")
    found = report(store)
    assert points(found, "learning_practitioner") == ["Ask"]
    assert points(found, "learning_system") == ["Lead"]


def test_a_theme_that_comes_back_is_told_beside_a_new_one(store: Store) -> None:
    old, new = make(store, "theme", name="Old"), make(store, "theme", name="New")
    ended = date(2021, 2, 1)
    make(store, "review", kind="lcspr", themes=(old,), started_on=ended, published_on=ended)
    make(store, "review", kind="lcspr", themes=(old, new))
    table = grid(report(store), "themes", "themes")
    assert {row[0].words: row[2].words for row in table.rows} == {
        "New": "New",
        "Old": "Comes back from the year before",
    }
    assert grid(report(store), "themes", "themes_together").rows[0][0].words == "New + Old"
