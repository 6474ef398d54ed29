"""The sample year gives every figure of the year that it follows, by name and value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import Figure, figures
from oscb_desktop.queries.records import id_by_key, record, records
from oscb_desktop.queries.reviews import reviews
from oscb_desktop.services.printing import (
    give,
    make_action_log,
    make_learning_summary,
    make_review_record,
)
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from tests.conftest import PASSPHRASE, now


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample year, opened on its own day."""
    path = tmp_path_factory.mktemp("sample") / "sample.oscb"
    store = create_sample_store(path, PASSPHRASE, "A. Tester", now)
    yield store
    store.close()


@pytest.fixture(scope="module")
def year(sample: Store) -> dict[str, Figure]:
    found = sample.read(figures, ReportingYear.beginning(2021), sample.today())
    return {figure.name: figure for figure in found}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        # 4.2 and 4.3: rapid reviews
        ("rapid_reviews", 6),
        ("rapid_reviews_previous_year", 9),
        ("rapid_reviews_recommending_cspr", 1),
        ("rapid_review_referral_sources", 3),
        ("rapid_reviews_joint", 2),
        ("rapid_reviews_ours", 5),
        ("rapid_reviews_child_death", 0),
        ("panel_agreed", 5),
        ("panel_not_agreed", 1),
        ("rapid_review_children", 8),
        ("rapid_review_families", 6),
        ("rapid_review_children_by_age_band", {"Under 5": 4, "5 to 12": 0, "13 and over": 4}),
        ("rapid_review_babies", 2),
        # 5.3 and 5.4: reviews
        ("reviews_worked_on", 5),
        (
            "reviews_by_kind",
            {
                "Local child safeguarding practice review": 3,
                "Serious case review": 1,
                "Partnership learning review": 1,
            },
        ),
        ("reviews_published", 1),
        ("review_children", 6),
        ("review_children_died", 1),
        ("review_children_by_sex", {"Female": 4, "Male": 2}),
        ("review_children_by_age_band", {"Under 5": 2, "5 to 12": 0, "13 and over": 4}),
        ("review_children_by_ethnicity", {"White British": 6}),
        # 8.4: costs
        ("review_cost_lowest", 8000),
    ],
)
def test_every_figure_of_the_year_is_reproduced(
    year: dict[str, Figure], name: str, value: object
) -> None:
    assert year[name].value == value
    assert year[name].warnings == ()


def test_the_dearest_review_cost_more_than_twenty_thousand_pounds(year: dict[str, Figure]) -> None:
    highest = year["review_cost_highest"].value
    assert not isinstance(highest, Mapping)
    assert highest is not None
    assert highest > 20_000


def test_most_children_were_known_to_social_care(year: dict[str, Figure]) -> None:
    known, children = year["rapid_review_children_known_to_csc"], year["rapid_review_children"]
    assert len(known.records) > len(children.records) / 2
    assert set(known.records) <= set(children.records)


def test_the_referrals_came_from_the_three_sources(year: dict[str, Figure]) -> None:
    assert set(year["rapid_reviews_by_referral_source"].by_category) == {
        "Health",
        "Children's social care",
        "Neighbouring partnership",
    }


def test_the_three_new_themes_repeat_and_two_of_them_occur_together(
    year: dict[str, Figure],
) -> None:
    themes = year["themes"].value
    assert isinstance(themes, Mapping)
    assert set(themes) == {
        "Child sexual abuse and child sexual exploitation",
        "Sharing of intimate images online",
        "Children's emotional wellbeing and mental health",
    }
    assert min(themes.values()) >= 2
    together = next(iter(year["themes_together"].by_category))
    assert together == (
        "Child sexual abuse and child sexual exploitation + Sharing of intimate images online"
    )


def test_a_rapid_review_is_in_progress_without_another_count(sample: Store) -> None:
    live = [row for row in sample.read(reviews, sample.today()) if row.is_live]
    (going,) = (row for row in live if row.kind == "rapid_review")
    assert (going.reference, going.stage) == ("RR-2021-05", "Panel awaits our answer")
    assert going.stage_since == date(2022, 3, 16)


def test_actions_stand_at_every_point_of_their_life(year: dict[str, Figure]) -> None:
    for name in ("actions_open", "actions_overdue", "actions_completed_in_year"):
        assert len(year[name].records) >= 3
    assert set(year["actions_overdue"].records) < set(year["actions_open"].records)


def test_child_r_has_its_findings_recommendations_and_two_limbs(sample: Store) -> None:
    review = sample.read(id_by_key, "review", "SCR-2019-01")
    assert review is not None
    row = sample.read(record, "review", review)
    assert row is not None
    assert row.values["published_on"] == date(2021, 12, 9)
    assert len(sample.read(records, "finding", owner=review)) == 3
    recommendations = sample.read(records, "recommendation", owner=review)
    assert [row.values["number"] for row in recommendations] == list(range(1, 11))
    limbs = sample.read(records, "limb", owner=recommendations[3].id)
    assert [(limb.values["label"], limb.values["scope"]) for limb in limbs] == [
        ("(i)", "national"),
        ("(ii)", "local"),
    ]


def test_the_learning_points_of_the_year_are_there_by_audience(sample: Store) -> None:
    audiences = [row.values["audience"] for row in sample.read(records, "learning_point")]
    assert [audiences.count(name) for name in ("practitioner", "system_leader", "national")] == [
        6,
        7,
        2,
    ]


def test_every_paper_of_the_sample_year_can_be_printed(sample: Store, tmp_path: Path) -> None:
    for review in sample.read(records, "review"):
        reference = str(review.values["reference"])
        for make in (make_learning_summary, make_review_record):
            assert make(sample, reference).data.startswith(b"%PDF")
    to = tmp_path / "log.pdf"
    assert give(sample, make_action_log(sample), to) == to.read_bytes()
