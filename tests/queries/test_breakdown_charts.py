"""Breakdowns, trends and the funnel as charts and tables: the same numbers, the same kept back."""

from __future__ import annotations

from datetime import date

from oscb_desktop.domain.charts import Missing
from oscb_desktop.domain.linked_counts import linked
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import suppress
from oscb_desktop.queries.breakdown_charts import (
    breakdown_chart,
    breakdown_table,
    funnel_chart,
    funnel_counts,
    kept_back_of_trends,
    trend_chart,
    trend_counts,
)
from oscb_desktop.queries.breakdowns import Subject, break_down, suppressible
from oscb_desktop.queries.figures_facts import YearFacts, read_facts
from oscb_desktop.queries.year_trends import compared, funnel_of, years_up_to
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)
YEAR = ReportingYear.beginning(2021)


def a_year(store: Store) -> YearFacts:
    incident = make(store, "incident", notified_on=date(2021, 6, 1))
    sexes = ["female"] * 7 + ["male"] * 2
    outcomes = ["died", *["seriously_harmed"] * 8]
    children = tuple(
        make(store, "child", incident=incident, sex=sex, outcome=outcome)
        for sex, outcome in zip(sexes, outcomes, strict=True)
    )
    make(store, "review", incident=incident, children=children, started_on=date(2021, 6, 1))
    return store.read(read_facts, YEAR, TODAY)


def test_a_list_is_the_same_as_table_and_as_chart(store: Store) -> None:
    found = break_down(a_year(store), Subject.RAPID_REVIEW_CHILDREN, "sex").held()
    assert breakdown_chart(found).words().endswith("by sex. Female: 7; Male: 2.")
    table = breakdown_table(found)
    assert table.headings == ("Sex", "Children in rapid reviews")
    assert table.rows == (("Female", "7"), ("Male", "2"), ("Total", "9"))


def test_a_crossed_table_has_both_totals(store: Store) -> None:
    found = break_down(a_year(store), Subject.RAPID_REVIEW_CHILDREN, "sex", "outcome").held()
    table = breakdown_table(found)
    assert table.headings == ("Sex", "Died", "Seriously harmed", "Total")
    assert table.rows == (
        ("Female", "1", "6", "7"),
        ("Male", "0", "2", "2"),
        ("Total", "1", "8", "9"),
    )
    chart = breakdown_chart(found)
    assert [series.name for series in chart.series] == ["Died", "Seriously harmed"]
    assert chart.series[1].amounts == (6, 2)


def test_what_is_kept_back_is_so_in_table_and_chart(store: Store) -> None:
    of_children = Subject.RAPID_REVIEW_CHILDREN
    facts = a_year(store)
    crossed = break_down(facts, of_children, "sex", "outcome").held()
    listed = break_down(facts, of_children, "sex").held()
    kept = suppress(suppressible((crossed, listed)), 5).kept_back
    assert breakdown_table(listed, kept).rows == (("Female", "c"), ("Male", "c"), ("Total", "9"))
    assert breakdown_chart(listed, kept).series[0].amounts == (Missing.KEPT_BACK,) * 2
    printed = " ".join(word for row in breakdown_table(crossed, kept).rows for word in row)
    assert not {"1", "2"} & set(printed.split())


def test_a_trend_and_the_funnel_hide_what_a_breakdown_hides(store: Store) -> None:
    make(store, "review", started_on=date(2019, 6, 1))
    facts = a_year(store)
    trends = compared(facts, ("rapid_reviews", "rapid_review_children"), years_up_to(YEAR))
    steps = funnel_of(facts)
    counts = linked((trend_counts(trends, YEAR.label), funnel_counts(steps)))
    kept = suppress(counts, 5).kept_back
    assert {"rapid_reviews", ("rapid_reviews", "2019-20")} <= kept
    of_trends = kept_back_of_trends(trends, YEAR.label, kept)
    chart = trend_chart("Years", trends, of_trends)
    unknown, hidden = Missing.UNKNOWN, Missing.KEPT_BACK
    assert chart.series[0].amounts == (unknown, unknown, hidden, 0, hidden)
    assert chart.series[1].amounts == (unknown, unknown, 0, 0, 9)
    assert funnel_chart("Funnel", steps, kept).series[0].amounts[3] is hidden
    assert funnel_chart("Funnel", steps).series[0].amounts[3] == 1


def test_a_trend_of_nothing_is_an_empty_chart() -> None:
    assert trend_chart("Years", ()).words() == "Line chart: years. There is nothing to show."
