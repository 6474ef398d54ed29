"""The figures of other reviews, their themes, costs and actions, against counts made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import Figure, figure
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 6, 1)
YEAR = ReportingYear.beginning(2021)


def counted(store: Store, name: str, year: ReportingYear = YEAR, today: date = TODAY) -> Figure:
    return store.read(figure, name, year, today)


def review(
    store: Store, reference: str, started_on: date = date(2021, 6, 1), **rest: object
) -> int:
    values = {"reference": reference, "kind": "lcspr", "started_on": started_on, **rest}
    return make(store, "review", **values)  # type: ignore[arg-type]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("started_on", "finished_on", "published_on", "worked_on"),
    [
        (date(2019, 5, 1), None, None, True),
        (date(2022, 3, 31), None, None, True),
        (date(2022, 4, 1), None, None, False),
        (date(2020, 1, 1), date(2021, 3, 31), None, False),
        (date(2020, 1, 1), date(2021, 4, 1), None, True),
        (date(2020, 1, 1), None, date(2021, 3, 31), False),
        (date(2020, 1, 1), None, date(2022, 12, 1), True),
        (date(2020, 1, 1), date(2021, 5, 1), date(2021, 3, 1), True),
    ],
)
def test_a_review_is_worked_on_from_its_start_to_its_end(
    store: Store,
    started_on: date,
    finished_on: date | None,
    published_on: date | None,
    worked_on: bool,
) -> None:
    review(store, "LR-1", started_on, finished_on=finished_on, published_on=published_on)
    assert counted(store, "reviews_worked_on").value == int(worked_on)


def test_rapid_reviews_are_no_reviews_worked_on(store: Store) -> None:
    review(store, "RR-1", kind="rapid_review")
    assert counted(store, "reviews_worked_on").value == 0


def test_reviews_are_told_apart_by_kind(store: Store) -> None:
    review(store, "SCR-1", kind="scr")
    review(store, "PLR-1", kind="partnership_learning")
    review(store, "LR-1")
    review(store, "LR-2")
    kinds = counted(store, "reviews_by_kind")
    assert kinds.value == {
        "Local child safeguarding practice review": 2,
        "Serious case review": 1,
        "Partnership learning review": 1,
    }
    assert kinds.records_of("Local child safeguarding practice review") == ("LR-1", "LR-2")


@pytest.mark.usefixtures("later")
def test_published_started_and_worked_on_are_three_figures(store: Store) -> None:
    review(store, "LR-1", date(2019, 5, 1), published_on=date(2021, 12, 9))
    review(store, "LR-2", date(2021, 5, 1), published_on=date(2022, 4, 1))
    review(store, "LR-3", date(2019, 5, 1), published_on=date(2021, 3, 31))
    assert counted(store, "reviews_published").records == ("LR-1",)
    assert counted(store, "reviews_worked_on").records == ("LR-1", "LR-2")


def children(store: Store) -> None:
    incident = make(store, "incident")
    made = [
        make(
            store,
            "child",
            reference=f"CH-{at}",
            incident=incident,
            sex=sex,
            ethnicity=ethnicity,
            outcome=outcome,
            age_at_incident=Age.parse(age),
        )
        for at, (sex, ethnicity, outcome, age) in enumerate(
            [
                ("female", "white_british", "died", "13y 7m"),
                ("male", "black_african", "harmed", "2"),
                (None, "not_known", None, "16"),
            ],
            start=1,
        )
    ]
    review(store, "LR-1", children=tuple(made))
    review(store, "LR-2", children=(made[0],))


def test_children_of_reviews_count_once_each(store: Store) -> None:
    children(store)
    assert counted(store, "review_children").records == ("CH-1", "CH-2", "CH-3")
    assert counted(store, "review_children_died").records == ("CH-1",)
    assert counted(store, "review_children_by_sex").value == {
        "Female": 1,
        "Male": 1,
        "Not known": 1,
    }
    by_age = counted(store, "review_children_by_age_band")
    assert by_age.records_of("11 to 15") == ("CH-1",)
    assert by_age.records_of("16 and over") == ("CH-3",)


def test_ethnicity_is_told_in_the_words_of_its_list(store: Store) -> None:
    children(store)
    assert counted(store, "review_children_by_ethnicity").value == {
        "White British": 1,
        "African": 1,
        "Not known": 1,
    }


def test_costs_are_summed_by_review(store: Store) -> None:
    cheap, dear = review(store, "LR-1"), review(store, "LR-2")
    review(store, "LR-3")
    old = review(store, "LR-4", date(2019, 1, 1), published_on=date(2020, 1, 1))
    lines = [(cheap, "5000"), (cheap, "3000.50"), (dear, "20500"), (old, "90000")]
    for owner, amount in lines:
        make(store, "cost_line", review=owner, amount=Decimal(amount))
    lowest, highest = counted(store, "review_cost_lowest"), counted(store, "review_cost_highest")
    assert (lowest.value, lowest.records) == (Decimal("8000.50"), ("LR-1",))
    assert (highest.value, highest.records) == (Decimal(20500), ("LR-2",))


def test_no_costs_are_no_figure_rather_than_nought(store: Store) -> None:
    review(store, "LR-1")
    assert counted(store, "review_cost_lowest").value is None


def test_a_cost_of_nothing_is_a_cost(store: Store) -> None:
    make(store, "cost_line", review=review(store, "LR-1"), amount=Decimal(0))
    assert counted(store, "review_cost_lowest").value == 0


def test_themes_count_share_and_meet(store: Store) -> None:
    neglect, fathers, homes = (
        make(store, "theme", name=name) for name in ("Neglect", "Fathers", "Homes")
    )
    review(store, "LR-1", themes=(neglect, fathers))
    review(store, "LR-2", themes=(neglect, fathers, homes))
    review(store, "LR-3", themes=(neglect,))
    review(store, "RR-1", kind="rapid_review", themes=(homes,))
    themes = counted(store, "themes")
    assert list(themes.value.items()) == [  # type: ignore[union-attr]
        ("Neglect", 3),
        ("Fathers", 2),
        ("Homes", 1),
    ]
    assert themes.records_of("Fathers") == ("LR-1", "LR-2")
    assert counted(store, "themes_share").value == {
        "Neglect": 100.0,
        "Fathers": 66.7,
        "Homes": 33.3,
    }
    together = counted(store, "themes_together")
    assert together.value == {
        "Fathers + Neglect": 2,
        "Fathers + Homes": 1,
        "Homes + Neglect": 1,
    }
    assert together.records_of("Fathers + Neglect") == ("LR-1", "LR-2")


LAST = date(2022, 3, 31)


def action(store: Store, reference: str, **values: object) -> None:
    given = {"reference": reference, "due_on": date(2022, 1, 31), "agreed_on": date(2021, 9, 1)}
    make(store, "action", **{**given, **values})  # type: ignore[arg-type]


def a_years_actions(store: Store) -> None:
    action(store, "A-01")  # overdue
    action(store, "A-02", due_on=LAST)  # due on the day itself
    action(store, "A-03", due_on=None)
    action(store, "A-04", scope="national")
    action(store, "A-05", delivery="no_longer_required")
    action(store, "A-06", agreed_on=date(2022, 4, 1), due_on=date(2022, 5, 1))
    done = {"delivery": "complete"}
    action(store, "A-07", completed_on=LAST, **done)
    action(store, "A-08", completed_on=date(2022, 4, 1), **done)  # open when the year ended
    action(store, "A-09", completed_on=date(2021, 4, 1), agreed_on=date(2020, 4, 1), **done)
    action(store, "A-10", completed_on=date(2021, 3, 31), agreed_on=date(2020, 4, 1), **done)
    action(store, "A-11", agreed_on=None, due_on=date(2022, 9, 1))


@pytest.mark.usefixtures("later")
def test_actions_stand_as_on_the_last_day_of_the_year(store: Store) -> None:
    a_years_actions(store)
    assert counted(store, "actions_open").records == (
        "A-01",
        "A-02",
        "A-03",
        "A-04",
        "A-08",
        "A-11",
    )
    assert counted(store, "actions_overdue").records == ("A-01", "A-08")
    assert counted(store, "actions_completed_in_year").records == ("A-07", "A-09")


@pytest.mark.usefixtures("later")
def test_actions_stand_as_today_while_the_year_lasts(store: Store) -> None:
    a_years_actions(store)
    today = date(2022, 1, 31)
    assert counted(store, "actions_overdue", today=today).value == 0
    still = counted(store, "actions_open", today=today).records
    assert {"A-07", "A-08"} <= set(still)


@pytest.mark.usefixtures("later")
def test_an_action_of_a_later_review_was_not_open_before(store: Store) -> None:
    owner = review(store, "LR-1", date(2022, 4, 2))
    action(store, "A-01", review=owner, agreed_on=None, due_on=None)
    assert counted(store, "actions_open").value == 0
    assert counted(store, "actions_open", ReportingYear.beginning(2022)).value == 1


@pytest.mark.usefixtures("later")
def test_impact_counts_in_the_year_in_which_it_was_seen(store: Store) -> None:
    for reference, seen_on in (
        ("IM-1", date(2021, 3, 31)),
        ("IM-2", date(2021, 4, 1)),
        ("IM-3", date(2022, 3, 31)),
        ("IM-4", date(2022, 4, 1)),
    ):
        make(store, "impact", reference=reference, seen_on=seen_on)
    shown = counted(store, "impact_statements")
    assert (shown.value, shown.records) == (2, ("IM-2", "IM-3"))
