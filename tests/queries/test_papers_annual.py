"""The annual report as a paper: chapters that say something, worded, with charts and tables."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.charts import ChartKind, Missing
from oscb_desktop.domain.documents import AnnualReport
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_charts import grid_chart
from oscb_desktop.queries.annual_rows import Cell, Grid
from oscb_desktop.queries.papers import Made
from oscb_desktop.queries.papers_annual import annual_paper, remarked_paper
from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make

YEAR = ReportingYear.beginning(2021)
MADE = Made("A. Tester", NOW, NOW.date(), trace="ABCD-EFGH")


def paper(store: Store, *, public: bool = False, year: ReportingYear = YEAR) -> AnnualReport:
    return store.read(annual_paper, year, MADE, public=public)


def test_a_chapter_with_nothing_to_say_is_left_out_but_not_the_one_above_another(
    store: Store,
) -> None:
    store.write(WriteNarrative("2021-22", "messages", "One\n\ntwo."))
    headings = [chapter.heading for chapter in paper(store).chapters]
    assert "7 Publication of the year" in headings
    assert "7.1 Messages for government" in headings
    assert "1 Introduction" not in headings
    assert "8.1 Reflections of practitioners" not in headings
    (chapter,) = (each for each in paper(store).chapters if each.heading.startswith("7.1"))
    assert (chapter.text, chapter.level) == (("One", "two."), 2)


def test_a_year_that_lasts_says_so_and_one_that_is_over_does_not(store: Store) -> None:
    assert paper(store).note == "The year 2021-22 is not over yet."
    assert paper(store, year=YEAR.previous()).note == ""
    assert paper(store, year=ReportingYear.parse("2022-23", 4)).note == (
        "The year 2022-23 has not begun yet."
    )


def test_the_public_version_says_how_numbers_are_kept_back_and_bears_no_code(store: Store) -> None:
    made = paper(store, public=True)
    assert "that are below 5 are kept back" in made.note
    assert (made.paper.face, made.paper.trace) == ("public", "")
    assert paper(store).paper.face == "secretariat"


def test_what_moved_stands_in_its_chapter_for_those_who_write_it_alone(store: Store) -> None:
    store.write(WriteNarrative("2021-22", "conclusion", "{rapid_reviews} {actions_open}"))
    make(store, "review", reference="RR-2019-01", started_on=date(2019, 6, 1))
    make(store, "narrative", year="2021-22", chapter="messages", text="{rapid_reviews_late}")
    make(store, "review", reference="RR-2021-07", started_on=date(2021, 6, 1))
    told = {
        (chapter.heading.partition(" ")[2], part.title): [
            (at.heading, at.text) for at in part.points
        ]
        for chapter in paper(store).chapters
        for part in chapter.parts
        if "read" in part.title
    }
    moved = told["Conclusion", "Moved since this text was last read"]
    assert moved[0][0] == "Rapid reviews"
    assert moved[0][1].endswith("is 1.")
    assert told["Messages for government", "Nobody has read this text with these figures"] == [
        ("Rapid reviews that were late", "Is 0.")
    ]
    public = (part for chapter in paper(store, public=True).chapters for part in chapter.parts)
    assert not any("read" in part.title for part in public)


def test_what_is_wrong_in_the_texts_is_named_with_its_chapter(store: Store) -> None:
    store.write(WriteNarrative("2021-22", "conclusion", "One of them died. {rapid_reviewss}"))
    wrong = (
        "10 Conclusion: There is no figure “rapid_reviewss”. Did you mean rapid_reviews",
        "10 Conclusion: typed as a number, and so not kept back in public: “One of them”.",
    )
    for public, number in ((False, 1), (True, 2)):
        _paper, remarks = store.read(remarked_paper, YEAR, MADE, public=public)
        assert len(remarks) == number
        for said, expected in zip(remarks, wrong, strict=False):
            assert said.startswith(expected)
        assert remarks[0].endswith("It is printed as [no figure rapid_reviewss].")


def test_the_tables_of_a_workbook_hold_numbers_and_their_records(store: Store) -> None:
    make(store, "review", reference="RR-2021-07", started_on=date(2021, 6, 1))
    tables = {table.title: table for table in paper(store).tables}
    facts = tables["4.2 Facts and figures"]
    assert ("Rapid reviews", 1, "") in facts.rows
    assert ("Rapid reviews", "", ("RR-2021-07",)) in facts.counted
    public = [table.counted for table in paper(store, public=True).tables]
    assert not any(public)


def grid(chart: str, *rows: tuple[Cell, ...], heads: tuple[str, ...] = ("A", "B")) -> Grid:
    return Grid("name", "Title", heads, rows, chart=chart)


def test_a_table_is_drawn_without_its_totals() -> None:
    rows = ((Cell("One"), Cell("2", number=2)), (Cell("Two"), Cell("c")), (Cell("All"), Cell("c")))
    drawn = grid_chart(grid("bars", *rows))
    assert drawn is not None
    assert drawn.categories == ("One", "Two")
    assert drawn.series[0].amounts == (2, Missing.KEPT_BACK)
    assert grid_chart(grid("", *rows)) is None


def test_years_of_which_nothing_is_known_are_not_drawn() -> None:
    unknown = Cell("not known")
    row = (Cell("Reviews"), unknown, Cell("0", number=0), Cell("3", number=3))
    drawn = grid_chart(grid("lines", row, heads=("What", "2019", "2020", "2021")))
    assert drawn is not None
    assert (drawn.kind, drawn.categories) == (ChartKind.LINE, ("2020", "2021"))
    one = grid_chart(grid("lines", row[:3], heads=("What", "2019", "2020")))
    assert one is None


def test_a_crossed_table_has_a_bar_for_each_column_but_the_total() -> None:
    row = (Cell("Neglect"), Cell("1", number=1), Cell("2", number=2), Cell("3", number=3))
    drawn = grid_chart(grid("grouped", row, heads=("Harm", "Under 5", "13 and over", "All")))
    assert drawn is not None
    assert [series.name for series in drawn.series] == ["Under 5", "13 and over"]
