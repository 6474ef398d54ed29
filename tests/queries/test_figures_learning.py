"""The figures of learning and of the area, against counts made by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.figures import Figure, figure
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)
YEAR = ReportingYear.beginning(2021)


def counted(store: Store, name: str, year: ReportingYear = YEAR) -> Figure:
    return store.read(figure, name, year, TODAY)


def test_what_the_file_cannot_count_is_the_baseline_of_the_year_itself(store: Store) -> None:
    assert counted(store, "child_population").value is None
    make(store, "baseline", year="2020-21", figure="child_population", value=139_000)
    assert counted(store, "child_population").value is None
    make(store, "baseline", year="2021-22", figure="child_population", value=140_000)
    assert counted(store, "child_population").value == 140_000


def test_members_are_those_of_the_last_day_and_an_agency_counts_once(store: Store) -> None:
    agency = make(store, "agency")
    for from_on, to_on in (
        (date(2020, 1, 1), None),
        (date(2021, 12, 1), None),
        (date(2020, 1, 1), date(2022, 3, 1)),
        (date(2022, 4, 1), None),
    ):
        person = make(store, "person", agency=agency)
        make(store, "membership", person=person, from_on=from_on, to_on=to_on)
    other = make(store, "person", agency=agency)
    make(store, "membership", person=other, body="executive")
    assert counted(store, "subgroup_members").value == 2
    assert counted(store, "subgroup_agencies").value == 1


def test_themes_come_back_from_reviews_that_ended_the_year_before(store: Store) -> None:
    old, new = make(store, "theme", name="Old"), make(store, "theme", name="New")
    ended = date(2021, 2, 1)
    make(store, "review", kind="lcspr", themes=(old,), started_on=ended, published_on=ended)
    make(store, "review", kind="lcspr", themes=(old, new))
    assert counted(store, "themes_year_before").value == {"Old": 1}
    assert counted(store, "themes_new").value == {"New": 1}
    assert counted(store, "themes_repeated").value == {"Old": 1}


def test_learning_points_count_where_one_of_their_reviews_is_of_the_year(store: Store) -> None:
    ours = make(store, "review")
    older = make(store, "review", started_on=date(2019, 5, 1))
    make(store, "learning_point", reviews=(ours, older))
    make(store, "learning_point", reviews=(older,))
    assert counted(store, "learning_points_by_audience").value == {"Practitioner skill set": 1}


def test_what_published_reviews_found_and_asked_for(store: Store) -> None:
    review = make(store, "review", kind="lcspr", published_on=date(2022, 1, 5))
    make(store, "finding", review=review)
    asked = make(store, "recommendation", review=review)
    make(store, "limb", recommendation=asked, scope="national")
    make(store, "limb", recommendation=asked, scope="local", label="(ii)")
    make(store, "finding")  # of a review that is not published
    assert counted(store, "published_findings").value == 1
    assert counted(store, "published_recommendations").value == 1
    assert counted(store, "published_national_limbs").value == 1


def test_engagement_counts_by_the_meeting_or_else_the_first_contact(store: Store) -> None:
    review = make(store, "review", kind="lcspr")
    for met_on, attended in ((date(2021, 9, 1), 15), (date(2020, 9, 1), 9)):
        make(
            store,
            "engagement",
            review=review,
            kind="practitioner_event",
            who=f"Event of {met_on}",
            met_on=met_on,
            attended=attended,
        )
    for who, response in (("Mother", "takes_part"), ("Father", "declined")):
        asked = date(2021, 6, 1)
        make(store, "engagement", review=review, who=who, response=response, contacted_on=asked)
    assert counted(store, "practitioner_events").value == 1
    assert counted(store, "practitioners_attended").value == 15
    assert counted(store, "family_members_asked").value == 2
    assert counted(store, "family_members_took_part").value == 1


def test_rapid_reviews_in_time_and_late(store: Store) -> None:
    for sent in (date(2021, 5, 20), date(2021, 6, 10), None):
        incident = make(store, "incident", notified_on=date(2021, 5, 4))
        make(store, "review", incident=incident, sent_to_panel_on=sent)
    assert counted(store, "rapid_reviews_on_time").value == 1
    assert counted(store, "rapid_reviews_late").value == 1
    most = counted(store, "rapid_review_days_late_most").value
    assert most == counted(store, "rapid_review_days_late_average").value


def test_learning_that_was_shared_and_whom_it_reached(store: Store) -> None:
    make(store, "dissemination", product="Webinar", reach=140)
    make(store, "dissemination", product="Briefing")
    make(store, "dissemination", product="Newsletter", shared_on=date(2020, 5, 1), reach=10)
    assert counted(store, "learning_shared").value == 2
    assert counted(store, "learning_reached").value == 140


def test_the_average_cost_is_of_reviews_that_have_one(store: Store) -> None:
    for amount in ("8000", "12001", ""):
        review = make(store, "review", kind="lcspr")
        if amount:
            make(store, "cost_line", review=review, amount=Decimal(amount))
    assert counted(store, "review_cost_average").value == 10_000
