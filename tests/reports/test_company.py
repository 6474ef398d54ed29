"""What belongs together stands on one page, wherever on the page before it would begin."""

from __future__ import annotations

import dataclasses

import pytest

from oscb_desktop.domain.charts import bars
from oscb_desktop.domain.documents import AnnualReport, Point, ReportChapter, ReportPart, Table
from oscb_desktop.reports.document import render
from tests.reports import samples
from tests.reports.reading import faults, pages

DEPTHS = range(24, 46)


def report(depth: int, *parts: ReportPart) -> AnnualReport:
    """Return a report whose parts begin so many lines down."""
    lines = tuple(f"Line {number}" for number in range(depth))
    chapter = ReportChapter("1 Introduction", text=lines, parts=parts)
    return dataclasses.replace(samples.ANNUAL_REPORT, chapters=(chapter,))


def where(printed: list[str], words: str) -> int:
    """Return the page on which words stand first."""
    return next(number for number, page in enumerate(printed) if words in page)


def table(rows: int) -> Table:
    return Table("Small table", ("What", "Many"), tuple((f"row {n}.", f"{n}") for n in range(rows)))


@pytest.mark.parametrize("depth", DEPTHS)
def test_a_small_table_stands_whole_with_its_title_chart_and_note(depth: int) -> None:
    chart = bars("Drawn", [("Thing one", 3), ("Thing two", 5)])
    part = ReportPart("", table=table(8), chart=chart, notes=("A small note.",))
    printed = pages(render(report(depth, part)))
    words = ("Small table", "row 0.", "row 7.", "Drawn", "Thing two", "A small note.")
    assert len({where(printed, each) for each in words}) == 1


@pytest.mark.parametrize("depth", DEPTHS)
def test_no_last_row_stands_alone_on_a_page(depth: int) -> None:
    printed = pages(render(report(depth, ReportPart("", table=table(20)))))
    assert where(printed, "row 18.") == where(printed, "row 19.")
    assert where(printed, "Small table") == where(printed, "row 1.")


@pytest.mark.parametrize("depth", DEPTHS)
def test_what_introduces_in_bold_stands_above_what_it_introduces(depth: int) -> None:
    points = (
        Point("Those who knew the child", "They were heard."),
        Point("Others", "So were they."),
    )
    printed = pages(render(report(depth, ReportPart("What was said", points=points))))
    assert where(printed, "What was said") == where(printed, "They were heard.")
    assert where(printed, "Those who knew") == where(printed, "They were heard.")
    assert where(printed, "Others") == where(printed, "So were they.")


def test_a_table_that_was_kept_whole_is_tagged_as_one() -> None:
    assert (
        faults(render(report(30, ReportPart("", table=table(20)), ReportPart("", table=table(8)))))
        == []
    )


def test_a_chart_that_no_page_holds_with_its_table_follows_it() -> None:
    chart = bars("Drawn", [(f"Thing {number}", number) for number in range(40)])
    printed = pages(render(report(30, ReportPart("", table=table(8), chart=chart))))
    assert where(printed, "row 0.") == where(printed, "row 7.")
    assert "Thing 39" in printed[-1]
