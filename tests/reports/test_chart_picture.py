"""A chart as a picture: drawn within its edges, the same in every run, whatever its words."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from reportlab.lib.colors import HexColor

from oscb_desktop.domain import charts
from oscb_desktop.domain.charts import Chart, Missing, Series
from oscb_desktop.reports.chart_picture import pictures
from tests.reports.test_validity import HOSTILE

ACCENT = HexColor("#1F5A73")
CHARTS = {
    "bars": charts.bars(
        "Reviews", (("2020-21", 4), ("2021-22", Missing.KEPT_BACK), ("2022-23", 0))
    ),
    "grouped": charts.grouped_bars(
        "By age", ("Under 1", "1 to 4"), (Series((1, 2), "A"), Series((3, 4), "B"))
    ),
    "line": charts.line(
        "Over years",
        ("2020", "2021", "2022"),
        (Series((1, Missing.UNKNOWN, 3), "A"), Series((2, 2, 1), "B")),
    ),
    "funnel": charts.funnel("From call to report", (("Notified", 9), ("Reviewed", 6))),
    "nothing": charts.bars("Nothing", ()),
    "hostile": charts.bars(HOSTILE, ((HOSTILE, 3), ("Zażółć 😀 مرحبا", 4))),
}


def opened(chart: Chart) -> Image.Image:
    data, _words = pictures(chart, ACCENT)[0]
    return Image.open(BytesIO(data)).convert("RGB")


@pytest.mark.parametrize("name", CHARTS)
def test_it_is_drawn_in_the_accent_on_white(name: str) -> None:
    picture = opened(CHARTS[name])
    colours = {colour for _count, colour in picture.getcolors(1 << 24) or ()}
    assert (255, 255, 255) in colours
    assert len(colours) > 1
    if name not in ("nothing",):
        assert (31, 90, 115) in colours
    edge = [picture.getpixel((x, 0)) for x in range(picture.width)]
    assert set(edge) == {(255, 255, 255)}


def test_it_is_the_same_every_time() -> None:
    assert pictures(CHARTS["line"], ACCENT) == pictures(CHARTS["line"], ACCENT)


def test_a_chart_higher_than_a_page_is_drawn_in_parts() -> None:
    many = charts.bars("Agencies", tuple((f"Agency {n}", n) for n in range(80)))
    parts = pictures(many, ACCENT)
    assert len(parts) > 1
    told = " ".join(words for _data, words in parts)
    assert all(f"Agency {n}: {n}" in told for n in range(80))
