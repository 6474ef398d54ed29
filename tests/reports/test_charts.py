"""Charts on paper: valid, told in words, and of any size."""

from __future__ import annotations

from functools import partial
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from oscb_desktop.domain.charts import (
    Chart,
    Missing,
    Series,
    bars,
    funnel,
    grouped_bars,
    line,
)
from oscb_desktop.domain.codes import code_list
from oscb_desktop.reports import fonts
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.charts import HIGHEST, figures
from oscb_desktop.reports.tagging import TaggedCanvas
from tests.reports.reading import faults, pages, reader
from tests.reports.test_validity import HOSTILE

GROUPS = [entry.label for entry in code_list("ethnicity").codes]
CHARTS = {
    "bars": bars("Children by age", [("Under 5", 4), ("13 and over", Missing.KEPT_BACK)]),
    "nothing": bars("Children by age", []),
    "noughts": bars("Children by age", [("Under 5", 0), ("13 and over", 0)]),
    "ethnicity": bars("Children by ethnicity", [(label, 3) for label in GROUPS]),
    "crossed": grouped_bars(
        "Ethnicity by sex", GROUPS, [Series((5,) * 21, name) for name in ("Girls", "Boys", "Other")]
    ),
    "line": line(
        "Rapid reviews",
        ("2019-20", "2020-21", "2021-22"),
        [Series((Missing.UNKNOWN, 0, 6), "RR"), Series((Missing.KEPT_BACK, 10**9, 1), "LCSPR")],
    ),
    "funnel": funnel("From discussion to publication", [("Notified", 6), ("Published", 1)]),
    "hostile": bars(HOSTILE, [(HOSTILE, 1), ("‮שלום😀", 2)]),
}


def printed(chart: Chart) -> bytes:
    fonts.register()
    story = Story("#1D4F73")
    story.title("Charts")
    story.add(*figures(chart, story.root, story.styles.accent))
    buffer = BytesIO()
    template = BaseDocTemplate(buffer, pagesize=A4, title="Charts")
    frame = Frame(56, 56, A4[0] - 112, A4[1] - 112, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate(frames=[frame]))
    canvas: Any = partial(
        TaggedCanvas, root=story.root, furniture=lambda *_args: None, title="Charts"
    )
    template.build(story.flowables, canvasmaker=canvas)
    return buffer.getvalue()


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_is_valid(name: str) -> None:
    assert faults(printed(CHARTS[name])) == []


def _told(data: bytes) -> list[str]:
    """Return the alternative text of every figure."""
    tree: Any = reader(data).trailer["/Root"]
    found: list[str] = []
    waiting = [tree["/StructTreeRoot"]["/K"]]
    while waiting:
        item = waiting.pop().get_object()
        if isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            if item.get("/S") == "/Figure":
                found.append(str(item["/Alt"]))
            if "/K" in item:
                waiting.append(item["/K"])
    return found


def test_the_figure_tells_what_is_drawn() -> None:
    told = _told(printed(CHARTS["bars"]))
    assert told == ["Bar chart: children by age. Under 5: 4; 13 and over: not shown."]


def test_the_names_and_numbers_stand_on_the_page() -> None:
    (page,) = pages(printed(CHARTS["bars"]))
    for words in ("Children by age", "Under 5", "4", "13 and over", "c"):
        assert words in page


def test_a_chart_higher_than_a_page_is_drawn_in_parts() -> None:
    labels = [(f"A category of some length, number {n}", n) for n in range(60)]
    data = printed(bars("Many", labels))
    told = _told(data)
    assert len(told) == len(reader(data).pages) > 1
    assert sum(words.count("number ") for words in told) == 60
    assert A4[1] - 112 > HIGHEST


def test_printed_alike_twice() -> None:
    shapes = [figures(CHARTS["crossed"], Story("#1D4F73").root, None)[0] for _time in range(2)]
    for shape in shapes:
        shape.wrap(400, 600)
    assert shapes[0].drawing == shapes[1].drawing
