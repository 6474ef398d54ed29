"""What a chart says and how it is laid out: within its edges, one to the other, in grey."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscb_desktop.domain.chart_layout import in_parts, lay_out
from oscb_desktop.domain.chart_page import MOST_SERIES
from oscb_desktop.domain.chart_shapes import Anchor, Box, Drawing, Stroke, Words, width_of, wrapped
from oscb_desktop.domain.charts import (
    Amount,
    Chart,
    Missing,
    Series,
    bars,
    funnel,
    grouped_bars,
    line,
    shown,
)
from oscb_desktop.domain.codes import code_list

WIDTH = 440.0
AMOUNT = st.one_of(
    st.integers(0, 9), st.integers(0, 10**12), st.sampled_from(list(Missing)), st.just(0)
)


def said(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Words)]


def boxes(drawing: Drawing) -> list[Box]:
    return [shape for shape in drawing.shapes if isinstance(shape, Box)]


def test_a_bar_chart_tells_its_numbers() -> None:
    chart = bars("Children by age band", [("Under 5", 4), ("13 and over", 4)])
    told = "Bar chart: children by age band. Under 5: 4; 13 and over: 4."
    assert chart.words() == told


def test_what_is_kept_back_or_unknown_is_told_so() -> None:
    chart = line("DfE returns", ("2020-21", "2021-22"), [Series((Missing.UNKNOWN, 0))])
    assert chart.words() == "Line chart: DfE returns. 2020-21: not known; 2021-22: 0."
    kept = bars("Ages", [("Under 5", Missing.KEPT_BACK)])
    assert kept.words() == "Bar chart: ages. Under 5: not shown."


def test_several_series_are_told_by_name() -> None:
    series = [Series((3, 1), "Girls"), Series((0, 2), "Boys")]
    chart = grouped_bars("Age by sex", ("Young", "Old"), series)
    assert chart.words().endswith("Young: Girls 3, Boys 0; Old: Girls 1, Boys 2.")


@pytest.mark.parametrize("chart", [bars("Ages", []), line("Years", (), [])])
def test_nothing_is_said_to_be_nothing(chart: Chart) -> None:
    assert chart.words().endswith("There is nothing to show.")
    assert "There is nothing to show." in said(lay_out(chart, WIDTH))


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0, "0"), (12_500, "12,500"), (3.5, "3.5"), (Decimal("21400.00"), "21,400"), (2.0, "2")],
)
def test_numbers_are_shown_as_printed(amount: Amount, words: str) -> None:
    assert shown(amount) == words


def test_bars_are_as_long_as_their_numbers() -> None:
    drawing = lay_out(bars("Ages", [("a", 10), ("b", 5), ("c", 0)]), WIDTH)
    long, half = boxes(drawing)
    assert half.width == pytest.approx(long.width / 2)
    assert said(drawing)[-1] == "0"


def test_the_smallest_number_beside_the_largest_is_still_seen() -> None:
    drawing = lay_out(bars("Ages", [("a", 123_456_789), ("b", 1)]), WIDTH)
    assert min(box.width for box in boxes(drawing)) >= 1


def test_a_number_kept_back_is_a_stub_that_tells_nothing_of_it() -> None:
    charts = [bars("Ages", [("a", 10), ("b", Missing.KEPT_BACK), ("c", n)]) for n in (2, 9)]
    stubs = [[box for box in boxes(lay_out(chart, WIDTH)) if box.dashed] for chart in charts]
    assert stubs[0] == stubs[1]
    assert len(stubs[0]) == 1
    drawing = lay_out(charts[0], WIDTH)
    assert "c" in said(drawing)
    assert sum(isinstance(shape, Stroke) for shape in drawing.shapes) > 3


def test_every_series_differs_in_grey() -> None:
    series = [Series((5,), f"Series {n}") for n in range(MOST_SERIES)]
    drawing = lay_out(grouped_bars("Ages", ("a",), series), WIDTH)
    looks = set()
    for box in boxes(drawing)[MOST_SERIES:]:
        inside = [
            stroke.points
            for stroke in drawing.shapes
            if isinstance(stroke, Stroke) and _within(stroke, box)
        ]
        slopes = {_slope(a, b) for a, b in inside if a != b}
        looks.add((box.tone, frozenset(slopes)))
    assert len(looks) == MOST_SERIES >= 14


def test_more_series_than_can_be_told_apart_are_not_drawn() -> None:
    series = [Series((5,), f"Series {n}") for n in range(MOST_SERIES + 1)]
    drawing = lay_out(grouped_bars("Ages", ("a",), series), WIDTH)
    assert not boxes(drawing)
    assert f"no more than {MOST_SERIES} can be told apart" in " ".join(said(drawing))


def _slope(one: tuple[float, float], other: tuple[float, float]) -> str:
    across, down = one[0] - other[0], one[1] - other[1]
    if not across or not down:
        return "-" if across else "|"
    return "/" if across * down > 0 else "x"


@pytest.mark.parametrize(("count", "labels"), [(5, 5), (10, 10), (20, 10), (40, 8)])
def test_years_are_labelled_as_often_as_there_is_room_and_never_cut(
    count: int, labels: int
) -> None:
    years = [f"{2022 - count + n}-{(23 - count + n) % 100:02}" for n in range(count)]
    amounts = (Missing.UNKNOWN, *range(1, count))
    drawing = lay_out(line("Reviews", years, [Series(amounts)]), WIDTH)
    told = [words for words in said(drawing) if words in years]
    assert len(told) == labels
    assert years[-1] in told
    lack = "not known" if count <= 10 else f"Not known: {years[0]}."
    assert lack in " ".join(said(drawing))


def test_years_that_lack_a_number_are_told_in_one_line_where_they_are_many() -> None:
    years = [f"{2001 + n}-{2 + n:02}" for n in range(20)]
    amounts = (*[Missing.UNKNOWN] * 9, 3, Missing.UNKNOWN, *range(9))
    drawing = lay_out(line("Reviews", years, [Series(amounts)]), WIDTH)
    assert "Not known: 2001-02 to 2009-10, 2011-12." in said(drawing)


def _within(stroke: Stroke, box: Box) -> bool:
    return all(
        box.x - 0.01 <= x <= box.x + box.width + 0.01
        and box.y - 0.01 <= y <= box.y + box.height + 0.01
        for x, y in stroke.points
    )


def test_all_ethnic_groups_fit_a_page_and_each_other() -> None:
    labels = [entry.label for entry in code_list("ethnicity").codes]
    drawing = lay_out(bars("Children by ethnicity", [(label, 3) for label in labels]), WIDTH)
    assert drawing.height < 560
    _keeps_apart(drawing)
    whole = " ".join(said(drawing))
    assert "English, Welsh, Scottish, Northern Irish or British" in whole
    assert not any("…" in words for words in said(drawing))


def test_a_line_breaks_where_a_year_is_unknown() -> None:
    amounts: tuple[Amount, ...] = (1, 2, Missing.UNKNOWN, 4, 5)
    drawing = lay_out(line("Reviews", [f"20{n}" for n in range(17, 22)], [Series(amounts)]), WIDTH)
    lines = [each for each in drawing.shapes if isinstance(each, Stroke) and each.width > 1]
    assert [len(each.points) for each in lines] == [2, 2]
    assert "not known" in said(drawing)


def test_a_zero_year_stands_on_the_axis() -> None:
    drawing = lay_out(line("Reviews", ("2020-21", "2021-22"), [Series((0, 8))]), WIDTH)
    (drawn,) = [each for each in drawing.shapes if isinstance(each, Stroke) and each.width > 1]
    axis = next(each for each in drawing.shapes if isinstance(each, Stroke))
    assert drawn.points[0][1] == axis.points[0][1]


def test_every_number_can_be_pressed_where_it_stands() -> None:
    series = [Series((3, 1), "Girls"), Series((0, 2), "Boys")]
    drawing = lay_out(grouped_bars("Age by sex", ("Young", "Old"), series), WIDTH)
    assert [(spot.category, spot.series) for spot in drawing.spots] == [
        (0, 0),
        (0, 1),
        (1, 0),
        (1, 1),
    ]
    first = drawing.spots[0]
    assert first.holds(first.x + 1, first.y + 1)
    assert not first.holds(first.x + 1, first.y - 1)


def test_a_funnel_stands_about_one_middle() -> None:
    drawing = lay_out(funnel("From discussion to publication", [("a", 9), ("b", 3)]), WIDTH)
    wide, narrow = boxes(drawing)
    assert wide.x + wide.width / 2 == pytest.approx(narrow.x + narrow.width / 2)


def test_too_many_categories_for_a_page_are_parted_to_one_scale() -> None:
    labels = [(f"A category of some length, number {n}", n) for n in range(90)]
    parts = in_parts(bars("Many", labels), WIDTH, 560)
    assert len(parts) > 1
    assert [label for part in parts for label in part.categories] == [a for a, _n in labels]
    assert {part.largest for part in parts} == {89}
    assert all(lay_out(part, WIDTH).height <= 560 for part in parts)
    assert parts[0].title == f"Many, part 1 of {len(parts)}"


def test_a_chart_that_fits_is_not_parted() -> None:
    chart = bars("Few", [("a", 1)])
    assert in_parts(chart, WIDTH, 560) == (chart,)


@pytest.mark.parametrize("amounts", [(1,), (1, -1)])
def test_numbers_that_cannot_be_drawn_are_refused(amounts: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"categories|below 0"):
        Chart(bars("a", []).kind, "Ages", ("a", "b"), (Series(amounts),))


def test_words_wrap_and_are_cut_only_where_they_must_be() -> None:
    assert wrapped("White and Black Caribbean", 9, 80) == ("White and Black", "Caribbean")
    cut = wrapped("W" * 200, 9, 60)
    assert len(cut) == 3
    assert cut[-1].endswith("…")
    assert all(width_of(each, 9) <= 60 for each in cut)
    assert wrapped("", 9, 60) == ("",)


@given(
    st.lists(st.tuples(st.text(max_size=40), AMOUNT, AMOUNT), min_size=1, max_size=25),
    st.sampled_from(("bars", "grouped", "line", "funnel")),
    st.floats(100, 600),
)
@settings(max_examples=150)
def test_whatever_is_drawn_stays_within_the_edges(
    rows: list[tuple[str, Amount, Amount]], kind: str, width: float
) -> None:
    labels = [label for label, _one, _other in rows]
    both = [
        Series(tuple(one for _l, one, _o in rows), "One"),
        Series(tuple(other for _l, _o, other in rows), "Other"),
    ]
    chart = {
        "bars": bars("A title", [(label, one) for label, one, _other in rows]),
        "grouped": grouped_bars("A title", labels, both),
        "line": line("A title", labels, both),
        "funnel": funnel("A title", [(label, one) for label, one, _other in rows]),
    }[kind]
    drawing = lay_out(chart, width)
    for box in boxes(drawing):
        assert box.y >= 0
        assert box.y + box.height <= drawing.height
        assert kind == "line" or (box.x >= 0 and box.x + box.width <= drawing.width + 0.01)
    if kind != "line":
        _keeps_apart(drawing)


def _keeps_apart(drawing: Drawing) -> None:
    """Names and numbers do not run into bars or into each other."""
    placed = [_box_of(each) for each in drawing.shapes if isinstance(each, Words)]
    for one, other in combinations(placed, 2):
        assert not _overlap(one, other), (one, other)


def _box_of(words: Words) -> Box:
    wide = min(words.room, width_of(words.text, words.size, bold=words.bold))
    before = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[words.anchor]
    return Box(words.x - before, words.y - words.size * 0.7, wide, words.size * 0.7)


def _overlap(one: Box, other: Box) -> bool:
    across = one.x < other.x + other.width - 0.5 and other.x < one.x + one.width - 0.5
    down = one.y < other.y + other.height - 0.5 and other.y < one.y + one.height - 0.5
    return across and down
