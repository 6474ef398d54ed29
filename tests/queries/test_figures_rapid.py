"""The figures of incidents and rapid reviews, against counts made by hand."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.queries.figures import Figure, figure
from oscb_desktop.queries.records import singleton
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)
IN_YEAR = date(2021, 6, 1)
YEAR = ReportingYear.beginning(2021)
NEXT = ReportingYear.beginning(2022)


def counted(store: Store, name: str, year: ReportingYear = YEAR) -> Figure:
    return store.read(figure, name, year, TODAY)


def value(store: Store, name: str, year: ReportingYear = YEAR) -> object:
    return counted(store, name, year).value


def rapid(store: Store, reference: str | None = None, **values: object) -> int:
    given = {"started_on": IN_YEAR, "reference": reference}
    return make(store, "review", **{**given, **values})  # type: ignore[arg-type]


def notified(store: Store, on: date | None, **values: object) -> int:
    return make(store, "incident", notified_on=on, **values)  # type: ignore[arg-type]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    ("notified_on", "started_on", "this_year", "next_year"),
    [
        (date(2022, 3, 31), date(2022, 4, 4), 1, 0),
        (date(2022, 4, 1), date(2022, 3, 31), 0, 1),
        (date(2021, 4, 1), date(2021, 4, 1), 1, 0),
        (None, date(2022, 3, 31), 1, 0),
        (None, date(2022, 4, 1), 0, 1),
    ],
)
def test_the_notification_puts_a_rapid_review_in_its_year(
    store: Store, notified_on: date | None, started_on: date, this_year: int, next_year: int
) -> None:
    rapid(store, incident=notified(store, notified_on), started_on=started_on)
    assert value(store, "rapid_reviews") == this_year
    assert value(store, "rapid_reviews", NEXT) == next_year


def test_a_rapid_review_without_an_incident_counts_by_its_start(store: Store) -> None:
    rapid(store, "RR-2021-01")
    make(store, "review", kind="lcspr", started_on=IN_YEAR)
    assert counted(store, "rapid_reviews").records == ("RR-2021-01",)


def test_joint_reviews_count_once_and_contributions_too(store: Store) -> None:
    for reference, role in [("RR-1", "sole"), ("RR-2", "lead"), ("RR-3", "contributor")]:
        rapid(store, reference, role=role, partnerships=None)
    rapid(store, "RR-10", role="joint")
    assert value(store, "rapid_reviews") == 4
    assert counted(store, "rapid_reviews_joint").records == ("RR-2", "RR-3", "RR-10")


def test_a_contribution_to_another_area_s_review_is_not_our_own(store: Store) -> None:
    for reference, role in [("RR-1", "sole"), ("RR-2", "lead"), ("RR-3", "contributor")]:
        rapid(store, reference, role=role, partnerships=None)
    rapid(store, "RR-4", role="joint")
    assert counted(store, "rapid_reviews_ours").records == ("RR-1", "RR-2", "RR-4")
    assert value(store, "rapid_reviews") == 4


def test_only_a_yes_recommends_a_review(store: Store) -> None:
    rapid(store, "RR-1", lcspr_commissioned=True, criteria_met=False)
    rapid(store, "RR-2", lcspr_commissioned=False, criteria_met=True)
    rapid(store, "RR-3", criteria_met=True)
    assert counted(store, "rapid_reviews_recommending_cspr").records == ("RR-1",)


def test_sources_are_counted_and_broken_down(store: Store) -> None:
    for at, source in enumerate(["health", "health", "police", None], start=1):
        rapid(store, f"RR-{at}", incident=notified(store, IN_YEAR, referral_source=source))
    sources = counted(store, "rapid_review_referral_sources")
    assert sources.value == 2
    assert set(sources.records) == {"RR-1", "RR-2", "RR-3"}
    breakdown = counted(store, "rapid_reviews_by_referral_source")
    assert breakdown.value == {"Health": 2, "Police": 1, "Not known": 1}
    assert breakdown.records_of("Health") == ("RR-1", "RR-2")


def test_a_death_is_the_childs_or_the_incidents(store: Store) -> None:
    harm = notified(store, IN_YEAR)
    died = make(store, "child", incident=harm, outcome="died")
    lived = make(store, "child", incident=harm, outcome="seriously_harmed")
    rapid(store, "RR-1", incident=harm, children=(lived, died))
    rapid(store, "RR-2", incident=notified(store, IN_YEAR, nature="child_death"))
    rapid(store, "RR-3", incident=harm, children=(lived,))
    assert counted(store, "rapid_reviews_child_death").records == ("RR-1", "RR-2")


def test_the_latest_letter_says_whether_the_panel_agreed(store: Store) -> None:
    letters = {
        "RR-1": ["agrees_no_lcspr"],
        "RR-2": ["clarification", "agrees_lcspr"],
        "RR-3": ["agrees_no_lcspr", "disagrees_should_be"],
        "RR-4": ["quality_concern"],
        "RR-5": [],
    }
    for reference, kinds in letters.items():
        review = rapid(store, reference)
        for month, kind in reversed(list(enumerate(kinds, start=7))):
            make(
                store, "panel_response", review=review, received_on=date(2021, month, 1), kind=kind
            )
    assert counted(store, "panel_agreed").records == ("RR-1", "RR-2")
    assert counted(store, "panel_not_agreed").records == ("RR-3", "RR-4")


def test_a_withdrawn_letter_is_not_the_latest(store: Store) -> None:
    review = rapid(store, "RR-1")
    make(store, "panel_response", review=review, received_on=date(2021, 7, 1))
    wrong = make(
        store,
        "panel_response",
        review=review,
        received_on=date(2021, 8, 1),
        kind="disagrees_should_be",
    )
    store.write(WithdrawRecord("panel_response", wrong, 1))
    assert value(store, "panel_agreed") == 1


def a_family(store: Store) -> None:
    """Twins, an unborn brother, and a child of unknown age and sex of another family."""
    incident = notified(store, IN_YEAR)
    family = make(store, "family", reference="FA-1")
    ages = [("CH-1", "7m", "female"), ("CH-2", "7m", "male"), ("CH-3", "unborn", "not_known")]
    children = [
        make(
            store,
            "child",
            reference=reference,
            incident=incident,
            family=family,
            age_at_incident=Age.parse(age),
            sex=sex,
        )
        for reference, age, sex in ages
    ]
    other = make(store, "child", reference="CH-4", incident=incident)
    rapid(store, "RR-1", incident=incident, children=(*children, other))
    rapid(store, "RR-2", incident=incident, children=(children[0],))


def test_reviews_children_and_families_are_three_counts(store: Store) -> None:
    a_family(store)
    assert value(store, "rapid_reviews") == 2
    assert counted(store, "rapid_review_children").records == ("CH-1", "CH-2", "CH-3", "CH-4")
    families = counted(store, "rapid_review_families")
    assert families.value == 2
    assert families.records[0] == "FA-1"


def test_babies_are_born(store: Store) -> None:
    a_family(store)
    assert counted(store, "rapid_review_babies").records == ("CH-1", "CH-2")


def test_ages_that_fit_no_band_are_told_apart(store: Store) -> None:
    a_family(store)
    by_age = counted(store, "rapid_review_children_by_age_band")
    assert by_age.value == {
        "Under 1": 2,
        "1 to 5": 0,
        "6 to 10": 0,
        "11 to 15": 0,
        "16 and over": 0,
        "Unborn": 1,
        "Not known": 1,
    }
    assert by_age.records_of("Unborn") == ("CH-3",)
    assert by_age.warnings == ()


def test_overlapping_bands_are_warned_of_and_count_nobody_twice(store: Store) -> None:
    make(store, "age_band", label="Under 1", from_years=0, to_years=0)
    make(store, "age_band", label="0 to 2", from_years=0, to_years=2)
    a_family(store)
    by_age = counted(store, "rapid_review_children_by_age_band")
    assert isinstance(by_age.value, dict)
    assert sum(by_age.value.values()) == 4
    assert by_age.value["In more than one band"] == 2
    assert any("both “Under 1” and “0 to 2”" in warning for warning in by_age.warnings)


def test_a_gap_between_bands_is_warned_of(store: Store) -> None:
    make(store, "age_band", label="Under 6", from_years=0, to_years=5)
    make(store, "age_band", label="11 and over", from_years=11)
    incident = notified(store, IN_YEAR)
    child = make(store, "child", incident=incident, age_at_incident=Age.parse("8"))
    rapid(store, incident=incident, children=(child,))
    by_age = counted(store, "rapid_review_children_by_age_band")
    assert isinstance(by_age.value, dict)
    assert by_age.value["In no band"] == 1
    assert by_age.warnings == ("No band takes ages 6 to 10.",)


def test_no_answer_about_sex_is_not_known(store: Store) -> None:
    a_family(store)
    by_sex = counted(store, "rapid_review_children_by_sex")
    assert by_sex.value == {"Female": 1, "Male": 1, "Not known": 2}
    assert by_sex.records_of("Not known") == ("CH-3", "CH-4")


@pytest.mark.parametrize(
    ("status", "before", "known"),
    [
        ("child_in_need", (), 1),
        ("child_protection", (), 1),
        ("looked_after", (), 1),
        ("referral", (), 1),
        ("care_leaver", (), 1),
        ("closed", (), 1),
        ("none", ("child_protection",), 1),
        (None, ("looked_after",), 1),
        ("early_help", (), 0),
        ("none", ("early_help",), 0),
        ("not_known", (), 0),
        (None, (), 0),
    ],
)
def test_who_was_known_to_childrens_social_care(
    store: Store, status: str | None, before: tuple[str, ...], known: int
) -> None:
    incident = notified(store, IN_YEAR)
    child = make(store, "child", incident=incident, csc_status=status, csc_previous=before)
    rapid(store, incident=incident, children=(child,))
    assert value(store, "rapid_review_children_known_to_csc") == known


def test_discussions_count_also_when_nothing_was_notified(store: Store) -> None:
    incident = notified(store, None, reference="IN-1")
    for day in (date(2021, 4, 1), date(2021, 4, 9), date(2021, 3, 31)):
        make(store, "notification_discussion", incident=incident, held_on=day)
    assert counted(store, "notification_discussions").records == ("IN-1", "IN-1")


def test_only_our_own_notifications_of_the_year_were_sent(store: Store) -> None:
    notified(store, IN_YEAR, reference="IN-1")
    notified(store, IN_YEAR, reference="IN-2", notified_by="other_authority")
    notified(store, date(2021, 3, 31), reference="IN-3")
    notified(store, None, reference="IN-4", aware_on=IN_YEAR)
    assert counted(store, "notifications_sent").records == ("IN-1",)


@pytest.mark.usefixtures("later")
def test_an_incident_belongs_to_the_year_of_its_first_known_day(store: Store) -> None:
    before, after = date(2021, 3, 1), date(2022, 4, 20)
    notified(store, IN_YEAR, reference="IN-1", aware_on=before)
    notified(store, None, reference="IN-2", aware_on=IN_YEAR, received_on=before)
    notified(store, None, reference="IN-3", received_on=IN_YEAR, nature="child_death")
    notified(store, None, reference="IN-4", happened_on=UncertainDate.of(2021, 6))
    notified(store, None, reference="IN-5", happened_on=UncertainDate.exact(after))
    notified(store, None, reference="IN-6")
    by_nature = counted(store, "incidents_by_nature")
    assert by_nature.value == {"Child death": 1, "Serious harm": 3}
    assert by_nature.records_of("Serious harm") == ("IN-1", "IN-2", "IN-4")
    assert by_nature.warnings == ()


def test_an_uncertain_year_is_told_in_both_years_and_counted_in_one(store: Store) -> None:
    notified(store, None, reference="IN-1", happened_on=UncertainDate.of(2021))
    before = counted(store, "incidents_by_nature", YEAR.previous())
    this = counted(store, "incidents_by_nature")
    assert (before.records, this.records) == (("IN-1",), ())
    assert len(before.warnings) == len(this.warnings) == 1
    assert "it happened 2021" in this.warnings[0]


def sent(store: Store, on: date | None, reference: str | None = None) -> None:
    # 15 working days from Tue 1 Jun 2021 end on Tue 22 Jun 2021.
    rapid(store, reference, incident=notified(store, IN_YEAR), sent_to_panel_on=on)


def test_the_average_is_over_the_late_ones_in_working_days(store: Store) -> None:
    for reference, day in [("RR-1", 23), ("RR-2", 28), ("RR-3", 22), ("RR-4", 2)]:
        sent(store, date(2021, 6, day), reference=reference)
    sent(store, None, reference="RR-5")
    late = counted(store, "rapid_review_days_late_average")
    assert late.value == 2.5  # 1 and 4 working days
    assert late.records == ("RR-1", "RR-2")


def test_none_late_is_nought_and_none_sent_is_nothing(store: Store) -> None:
    sent(store, None)
    assert value(store, "rapid_review_days_late_average") is None
    sent(store, date(2021, 6, 22))
    assert value(store, "rapid_review_days_late_average") == 0


def test_lateness_that_cannot_be_counted_is_told(store: Store) -> None:
    rapid(store, "RR-1", incident=notified(store, None), sent_to_panel_on=date(2021, 9, 1))
    late = counted(store, "rapid_review_days_late_average")
    assert late.value is None
    assert late.warnings == ("RR-1 is left out: its working days cannot be counted.",)


def test_a_baseline_stands_for_a_year_that_is_not_held(store: Store) -> None:
    rapid(store, started_on=date(2020, 6, 1))
    make(store, "baseline", year="2020-21", figure="rapid_reviews", value=9)
    make(store, "baseline", year="2019-20", figure="rapid_reviews", value=4)
    make(store, "baseline", year="2020-21", figure="reviews_worked_on", value=5)
    before = counted(store, "rapid_reviews_previous_year")
    assert (before.value, before.records, before.warnings) == (9, (), ())


def test_without_a_baseline_the_year_before_is_counted(store: Store) -> None:
    rapid(store, "RR-2020-01", started_on=date(2020, 6, 1))
    before = counted(store, "rapid_reviews_previous_year")
    assert (before.value, before.records) == (1, ("RR-2020-01",))
    assert "No baseline figure is held for 2020-21" in before.warnings[0]


def test_the_year_begins_where_the_partnership_sets_it(store: Store) -> None:
    settings = store.read(singleton, "organisation")
    assert settings is not None
    store.write(AmendRecord("organisation", settings.id, settings.version, {"year_start_month": 1}))
    rapid(store, started_on=date(2021, 2, 1))
    make(store, "baseline", year="2020", figure="rapid_reviews", value=7)
    year = ReportingYear.beginning(2021, 1)
    assert value(store, "rapid_reviews", year) == 1
    assert value(store, "rapid_reviews_previous_year", year) == 7
