"""The sample year holds only what is declared, hangs together, and counts as it was meant to."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import combinations
from typing import Any

import pytest

from oscb_desktop.domain.age_bands import AgeBand, band_warnings, count_by_band
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.fields.field import Field, RecordKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.rule_sets import rule_set_named
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.validation import applies, validate
from oscb_desktop.domain.values import Value, is_empty, parse
from oscb_desktop.domain.working_days import add_working_days, load_calendar, working_days_between
from oscb_desktop.paths import resource

Row = dict[str, Any]

TODAY = date(2022, 3, 25)
FIRST, LAST = date(2021, 4, 1), date(2022, 3, 31)
KNOWN = {"child_in_need", "child_protection", "looked_after"}
ABUSE = "Child sexual abuse and child sexual exploitation"
IMAGES = "Sharing of intimate images online"
WELLBEING = "Children's emotional wellbeing and mental health"


@cache
def sample() -> dict[str, list[Row]]:
    return tomllib.loads(resource("sample/2021-22.toml").read_text("utf-8"))


def by_reference(kind: str) -> dict[str, Row]:
    return {row["reference"]: row for row in sample()[kind]}


def name_of(kind: RecordKind, row: Row) -> str:
    return " / ".join(str(row[part]) for part in kind.key)


def as_held(kind: RecordKind, row: Row) -> dict[str, Value]:
    return {field.name: value_of(field, row.get(field.name)) for field in kind.fields}


def value_of(field: Field, given: Any) -> Value:
    if given is None:
        return () if field.holds_many else None
    if field.is_link:
        names = given if isinstance(given, list) else [given]
        places = tuple(place_of(field.to, name) for name in names)
        return places if field.holds_many else places[0]
    if isinstance(given, list):
        return parse(field, "; ".join(given), TODAY)
    return parse(field, given, TODAY) if isinstance(given, str) else given


def place_of(kind: str, name: str) -> int:
    key = RECORD_KINDS[kind].key
    assert len(key) == 1
    return [row[key[0]] for row in sample()[kind]].index(name) + 1


def every_row() -> list[tuple[RecordKind, Row]]:
    return [(RECORD_KINDS[kind], row) for kind, rows in sample().items() for row in rows]


def rapid_reviews() -> list[Row]:
    return [
        row
        for row in sample()["review"]
        if row["kind"] == "rapid_review" and FIRST <= row["started_on"] <= LAST
    ]


def worked_on() -> list[Row]:
    return [
        row
        for row in sample()["review"]
        if row["kind"] != "rapid_review"
        and row["started_on"] <= LAST
        and row.get("finished_on", LAST) >= FIRST
    ]


def children_of(reviews: list[Row]) -> list[Row]:
    references = {child for review in reviews for child in review["children"]}
    return [row for row in sample()["child"] if row["reference"] in references]


def bands_of(children: list[Row]) -> dict[str, int]:
    bands = [
        AgeBand(row["label"], row["from_years"], row.get("to_years"), row["unborn"])
        for row in sample()["age_band"]
    ]
    assert band_warnings(bands) == []
    return count_by_band([Age.parse(child["age_at_incident"]) for child in children], bands)


def known_to_csc(children: list[Row]) -> int:
    return sum(bool(KNOWN & {child["csc_status"], *child["csc_previous"]}) for child in children)


def cost_of(review: Row) -> Decimal:
    lines = [row for row in sample()["cost_line"] if row["review"] == review["reference"]]
    return sum((Decimal(line["amount"].replace(",", "")) for line in lines), Decimal(0))


# What is declared


def test_tables_are_declared_kinds_in_the_order_of_the_workbook() -> None:
    assert list(sample()) == [kind for kind in RECORD_KINDS if kind in sample()]


def test_every_key_is_a_declared_field_and_every_key_field_is_given() -> None:
    for kind, row in every_row():
        assert set(row) <= set(kind.names), f"{kind.name} {row}"
        assert not [part for part in kind.key if is_empty(row.get(part))], f"{kind.name} {row}"
        assert row.get("reference", "given") != ""


@pytest.mark.parametrize("kind", sorted(sample()))
def test_no_two_rows_of_a_kind_have_one_key(kind: str) -> None:
    keys = Counter(name_of(RECORD_KINDS[kind], row).casefold() for row in sample()[kind])
    assert [key for key, times in keys.items() if times > 1] == []


def test_every_link_leads_to_a_row_of_the_file() -> None:
    for kind, row in every_row():
        for field in kind.fields:
            if field.is_link and field.name in row:
                assert isinstance(row[field.name], list) == field.holds_many
                value_of(field, row[field.name])


def test_every_row_can_be_saved_as_it_stands() -> None:
    faults = [
        f"{kind.name} {name_of(kind, row)}: {fault.sentence}"
        for kind, row in every_row()
        for fault in validate(kind, as_held(kind, row), date(2022, 3, 31))
    ]
    assert faults == []


def test_no_answer_is_given_to_a_question_that_does_not_apply() -> None:
    for kind, row in every_row():
        held = as_held(kind, row)
        given = [field for field in kind.fields if not is_empty(held[field.name])]
        assert [f"{row}: {field.name}" for field in given if not applies(field, held)] == []


def test_references_begin_with_the_prefix_of_their_kind_or_with_their_owner() -> None:
    for kind in ("incident", "family", "child", "action", "learning_point"):
        stem = f"{RECORD_KINDS[kind].prefix}-"
        assert [name for name in by_reference(kind) if not name.startswith(stem)] == []
    for kind, owner in (("finding", "review"), ("recommendation", "review")):
        for name, row in by_reference(kind).items():
            assert name.startswith(f"{row[owner]}/")
    for name, row in by_reference("limb").items():
        assert name == row["recommendation"] + row["label"]


# What hangs together


def test_limbs_findings_and_recommendations_belong_to_the_review_of_what_names_them() -> None:
    recommendations, limbs = by_reference("recommendation"), by_reference("limb")
    for row in recommendations.values():
        for finding in row.get("findings", []):
            assert by_reference("finding")[finding]["review"] == row["review"]
    for action in sample()["action"]:
        if "recommendation" in action:
            assert recommendations[action["recommendation"]]["review"] == action["review"]
        if "limb" in action:
            assert limbs[action["limb"]]["recommendation"] == action["recommendation"]


def test_children_of_a_review_belong_to_its_incident() -> None:
    for review in sample()["review"]:
        children = children_of([review])
        assert children
        assert {child["incident"] for child in children} == {review["incident"]}


def test_nothing_has_happened_after_the_day_on_which_the_year_is_seen() -> None:
    ahead = {
        "due_on",
        "original_due_on",
        "publication_planned_on",
        "to_on",
        "from_on",
        "held_on",
        "next_on",
    }
    later = [
        f"{kind.name} {name}: {given}"
        for kind, row in every_row()
        for name, given in row.items()
        if isinstance(given, date) and given > TODAY and name not in ahead
    ]
    assert later == []


def test_discussions_come_between_becoming_aware_and_notifying() -> None:
    incidents = by_reference("incident")
    for row in sample()["notification_discussion"]:
        incident = incidents[row["incident"]]
        assert incident["aware_on"] <= row["held_on"] <= row.get("decided_on", TODAY)
        assert (row["decision"] == "notify") == ("notified_on" in incident)
        assert row.get("decided_on", TODAY) <= incident.get("notified_on", TODAY)


def test_notifications_were_in_time_and_two_rapid_reviews_were_late_with_a_reason() -> None:
    calendar, rules = load_calendar(), rule_set_named("wt2018")
    incidents, late = by_reference("incident"), {}
    for review in rapid_reviews():
        incident = incidents[review["incident"]]
        days = working_days_between(incident["aware_on"], incident["notified_on"], calendar)
        assert 0 <= days <= rules.notification_working_days
        due = add_working_days(incident["notified_on"], rules.rapid_review_working_days, calendar)
        if review["sent_to_panel_on"] > due:
            late[review["reference"]] = working_days_between(
                due, review["sent_to_panel_on"], calendar
            )
        assert (review["sent_to_panel_on"] > due) == ("late_reason" in review)
        assert review["meeting_on"] <= review["decided_on"] <= review["sent_to_panel_on"]
    assert late == {"RR-2021-03": 5, "RR-2021-05": 2}


def test_published_reports_went_to_the_panel_seven_working_days_before() -> None:
    published = [row for row in sample()["review"] if "published_on" in row]
    assert len(published) == 3
    for row in published:
        assert row["report_sent_on"] <= add_working_days(row["published_on"], -7, load_calendar())


def test_a_moved_due_date_has_every_move_from_the_original_to_the_present_one() -> None:
    for action in sample()["action"]:
        moves = [row for row in sample()["due_revision"] if row["action"] == action["reference"]]
        days = [action.get("original_due_on"), *(move["to_on"] for move in moves)]
        assert [move["from_on"] for move in moves] == days[:-1]
        assert action.get("due_on") == days[-1]


def test_assurance_rests_on_evidence_and_sign_off_on_accepted_evidence() -> None:
    for action in sample()["action"]:
        evidence = [row for row in sample()["evidence"] if row["action"] == action["reference"]]
        assert bool(evidence) >= (action["assurance"] != "none")
        assert bool(evidence) >= (action["delivery"] == "complete")
        if "signed_off_on" in action:
            assert action["assurance"] in ("evidence_accepted", "impact_shown", "embedded")
            assert all(row["accepted_on"] <= action["signed_off_on"] for row in evidence)
            assert action["outcome"]


def test_an_identity_agrees_with_the_age_on_the_record() -> None:
    children, incidents = by_reference("child"), by_reference("incident")
    for row in sample()["child_identity"]:
        child = children[row["child"]]
        happened = parse(
            RECORD_KINDS["incident"].field("happened_on"),
            incidents[child["incident"]]["happened_on"],
            TODAY,
        )
        assert isinstance(happened, UncertainDate)
        age, written = (
            Age.between(row["date_of_birth"], happened.earliest),
            Age.parse(child["age_at_incident"]),
        )
        assert age.whole_years == written.whole_years
        assert written.months in (None, age.months)


def test_no_identity_appears_in_anything_else() -> None:
    names = {
        word.casefold()
        for row in sample()["child_identity"]
        for part in ("last_name", "forenames", "other_names")
        for word in row.get(part, "").split()
    }
    assert len(names) == 9
    for kind, row in every_row():
        if kind.name != "child_identity":
            assert not [name for name in names if name in str(row).casefold()]


# What it counts


def test_rapid_reviews_of_the_year() -> None:
    reviews = rapid_reviews()
    assert len(reviews) == 6
    assert [(row["year"], row["figure"], row["value"]) for row in sample()["baseline"]] == [
        ("2020-21", "rapid_reviews", 9),
        ("2021-22", "child_population", 140_000),
        ("2021-22", "children_on_protection_plans", 500),
        ("2021-22", "children_cared_for", 800),
    ]
    assert [row["reference"] for row in reviews if row["lcspr_commissioned"]] == ["RR-2021-04"]
    incidents = [by_reference("incident")[row["incident"]] for row in reviews]
    assert {row["referral_source"] for row in incidents} == {
        "health",
        "childrens_social_care",
        "neighbouring_partnership",
    }
    assert Counter(row["role"] for row in reviews) == {"sole": 4, "joint": 1, "contributor": 1}
    assert [row for row in incidents if row["nature"] != "serious_harm"] == []
    assert all(FIRST <= row["notified_on"] <= LAST for row in incidents)


def test_the_panel_agreed_with_all_rapid_reviews_but_one() -> None:
    letters = sorted(sample()["panel_response"], key=lambda row: row["received_on"])
    latest = {row["review"]: row["kind"] for row in letters}
    assert set(latest) == {row["reference"] for row in rapid_reviews()}
    kinds = Counter(latest.values())
    assert kinds == {"agrees_no_lcspr": 4, "agrees_lcspr": 1, "clarification": 1}


def test_one_rapid_review_is_in_progress_and_the_panel_awaits_an_answer() -> None:
    (going,) = (row for row in rapid_reviews() if "finished_on" not in row)
    letters = [row for row in sample()["panel_response"] if row["review"] == going["reference"]]
    assert [row["kind"] for row in letters] == ["clarification", "clarification"]
    assert ["replied_on" in row for row in letters] == [True, False]


def test_children_of_the_rapid_reviews() -> None:
    children = children_of(rapid_reviews())
    assert len(children) == 8
    assert len({child["family"] for child in children}) == 6
    assert bands_of(children) == {"Under 5": 4, "5 to 12": 0, "13 and over": 4}
    assert sum(Age.parse(child["age_at_incident"]).is_baby for child in children) == 2
    assert known_to_csc(children) == 6
    assert not [child for child in children if child["outcome"] == "died"]


def test_harm_in_each_age_group_is_what_the_year_showed() -> None:
    def counted(field: str, young: bool) -> Counter[str]:
        rows = children_of(rapid_reviews())
        ages = [(Age.parse(row["age_at_incident"]).whole_years or 0, row) for row in rows]
        return Counter(code for age, row in ages if (age < 5) == young for code in row[field])

    assert {"physical", "neglect", "emotional"} <= set(counted("harm_types", True))
    young, older = counted("harmed_by", True), counted("harmed_by", False)
    assert young["father"] + young["male_carer"] > young["mother"]
    assert older["mother"]
    assert older["male_relative"]
    assert counted("harm_types", False)["sexual_intrafamilial"] == 2
    assert counted("child_factors", False)["mental_health"] == 3


def test_reviews_worked_on_in_the_year() -> None:
    reviews = worked_on()
    kinds = Counter(row["kind"] for row in reviews)
    assert kinds == {"lcspr": 3, "scr": 1, "partnership_learning": 1}
    published = [row for row in reviews if FIRST <= row.get("published_on", date.min) <= LAST]
    assert [(row["reference"], row["published_on"]) for row in published] == [
        ("SCR-2019-01", date(2021, 12, 9))
    ]
    arisen = [row["arose_from"] for row in reviews if "arose_from" in row]
    assert arisen == ["RR-2021-04"]


def test_children_of_the_reviews() -> None:
    children = children_of(worked_on())
    assert len(children) == 6
    assert Counter(child["sex"] for child in children) == {"female": 4, "male": 2}
    assert bands_of(children) == {"Under 5": 2, "5 to 12": 0, "13 and over": 4}
    assert {child["ethnicity"] for child in children} == {"white_british"}
    died = [child["known_as"] for child in children if child["outcome"] == "died"]
    assert died == ["Child R"]
    assert known_to_csc(children) == 5


def test_costs_run_from_eight_thousand_to_over_twenty_thousand_pounds() -> None:
    costs = sorted((cost_of(review), review["reference"]) for review in worked_on())
    assert costs[0] == (Decimal(8000), "PLR-2021-01")
    assert costs[-1] == (Decimal(21400), "SCR-2019-01")


def test_themes_are_the_three_of_the_year_with_the_first_two_most_often_together() -> None:
    for reviews in (worked_on(), worked_on() + rapid_reviews()):
        counts = Counter(theme for row in reviews for theme in row.get("themes", []))
        assert set(counts) == {ABUSE, IMAGES, WELLBEING}
        pairs = Counter(
            pair for row in reviews for pair in combinations(sorted(row.get("themes", [])), 2)
        )
        assert pairs.most_common(1)[0][0] == (ABUSE, IMAGES)
        assert pairs[ABUSE, IMAGES] > max(
            times for pair, times in pairs.items() if pair != (ABUSE, IMAGES)
        )


def test_themes_of_the_year_before_are_on_two_reviews_finished_before_this_one() -> None:
    finished = [row for row in sample()["review"] if row.get("finished_on", LAST) < FIRST]
    assert len(finished) == 2
    assert len({theme for row in finished for theme in row["themes"]}) == 4
    assert len(sample()["theme"]) == 7


def test_learning_points_by_audience() -> None:
    audiences = Counter(row["audience"] for row in sample()["learning_point"])
    assert audiences == {"practitioner": 6, "system_leader": 7, "national": 2}


def test_child_r_has_three_findings_and_ten_recommendations_with_their_limbs() -> None:
    review = by_reference("review")["SCR-2019-01"]
    assert by_reference("child")[review["children"][0]]["age_at_incident"] == "13y 7m"
    findings = [row for row in sample()["finding"] if row["review"] == "SCR-2019-01"]
    asked = [row for row in sample()["recommendation"] if row["review"] == "SCR-2019-01"]
    assert [row["number"] for row in findings] == [1, 2, 3]
    assert [row["number"] for row in asked] == list(range(1, 11))
    limbs = [(row["reference"][12:], row["scope"]) for row in sample()["limb"]]
    assert limbs == [
        ("R4(i)", "national"),
        ("R4(ii)", "local"),
        *((f"R7({letter})", "local") for letter in "abcd"),
    ]
    done_for = {row["recommendation"] for row in sample()["action"] if "recommendation" in row}
    assert {row["reference"] for row in asked} <= done_for


def test_actions_are_in_every_state() -> None:
    actions = sample()["action"]
    live = [row for row in actions if row["delivery"] in ("not_started", "in_progress")]
    overdue = [row["reference"] for row in live if row.get("due_on", TODAY) < TODAY]
    assert overdue == ["A-2021-08", "A-2021-11", "A-2021-18", "A-2021-27"]
    dated = [row for row in live if "due_on" in row]
    soon = [row["reference"] for row in dated if 0 <= (row["due_on"] - TODAY).days <= 30]
    assert soon == ["A-2021-07", "A-2021-13", "A-2021-17", "A-2021-22", "A-2022-03"]
    states = Counter(row["delivery"] for row in actions)
    assert set(states) == {"not_started", "in_progress", "complete", "no_longer_required"}
    awaiting = [
        row for row in actions if row["delivery"] == "complete" and "signed_off_on" not in row
    ]
    assert len(awaiting) == 3
    raised = [row for row in actions if row["scope"] == "national"]
    assert [(row["raised_on"], "due_on" in row) for row in raised] == [(date(2021, 11, 30), False)]
