from __future__ import annotations

from datetime import date, timedelta

import pytest

from oscb_desktop.domain.checks import _CHECKS, _IN_ORDER, _WITHIN, cross_checks
from oscb_desktop.domain.fields.field import FieldKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value

DAY = date(2021, 6, 3)
PAIRS = [(kind, *pair) for kind, pairs in _IN_ORDER.items() for pair in pairs]


def told(kind: str, **values: Value) -> dict[str, str]:
    return {fault.field: fault.sentence for fault in cross_checks(kind, values)}


def value_on(kind: str, name: str, day: date) -> Value:
    uncertain = record_kind(kind).field(name).kind is FieldKind.UNCERTAIN_DATE
    return UncertainDate.exact(day) if uncertain else day


def test_every_check_is_of_a_kind_that_there_is() -> None:
    assert {*_CHECKS, *_IN_ORDER, *_WITHIN} <= set(RECORD_KINDS)


@pytest.mark.parametrize(("kind", "first", "second"), PAIRS)
def test_a_later_day_does_not_come_before_an_earlier_one(
    kind: str, first: str, second: str
) -> None:
    before, after = DAY - timedelta(days=1), DAY
    wrong = {first: value_on(kind, first, after), second: value_on(kind, second, before)}
    assert "cannot come before" in told(kind, **wrong)[second]
    for day in (after, after + timedelta(days=1)):
        right = {first: value_on(kind, first, after), second: value_on(kind, second, day)}
        assert second not in {
            name for name, words in told(kind, **right).items() if "come before" in words
        }
    for alone in (first, second):
        assert "come before" not in str(told(kind, **{alone: value_on(kind, alone, DAY)}))


def test_no_more_came_than_were_invited() -> None:
    assert told("engagement", invited=3, attended=30) == {
        "attended": "“Came” cannot be more than “Invited”."
    }
    for values in ({"invited": 3, "attended": 3}, {"attended": 30}, {"invited": 3}):
        assert told("engagement", **values) == {}


def test_a_pair_that_is_not_being_changed_is_taken_as_it_is() -> None:
    many: dict[str, Value] = {"invited": 3, "attended": 30}
    assert cross_checks("engagement", many, {"said"}) == ()
    assert cross_checks("engagement", many, {"invited"})
    days: dict[str, Value] = {"contacted_on": DAY, "met_on": DAY - timedelta(days=1)}
    assert cross_checks("engagement", days, {"said"}) == ()
    assert cross_checks("engagement", days, {"contacted_on"})


def test_a_field_with_two_faults_is_told_of_one() -> None:
    values: dict[str, Value] = {"completed_on": DAY, "signed_off_on": DAY - timedelta(days=1)}
    faults = cross_checks("action", values)
    assert [fault.field for fault in faults] == ["signed_off_on", "completed_on", "signed_off_by"]


def test_an_uncertain_day_is_only_wrong_when_it_surely_is() -> None:
    happened = UncertainDate.of(2021, 6)
    assert told("incident", happened_on=happened, aware_on=date(2021, 6, 1)) == {}
    assert "aware_on" in told("incident", happened_on=happened, aware_on=date(2021, 5, 31))
    about = UncertainDate.of(2021, about=True)
    assert told("incident", happened_on=about, aware_on=date(2020, 12, 1)) == {}


@pytest.mark.parametrize("response", ["accepted_in_part", "not_accepted"])
def test_what_is_not_accepted_in_full_needs_a_reason(response: str) -> None:
    assert "response_reason" in told("recommendation", response=response)
    assert told("recommendation", response=response, response_reason="Because.") == {}
    assert told("recommendation", response="accepted") == {}


def test_an_action_is_complete_with_its_day_and_signed_off_only_then() -> None:
    assert told("action", delivery="complete") == {
        "completed_on": "A complete action needs the day on which it was completed."
    }
    assert "completed_on" in told("action", delivery="in_progress", completed_on=DAY)
    assert told("action", delivery="complete", completed_on=DAY) == {}
    assert "signed_off_by" in told(
        "action", delivery="complete", completed_on=DAY, signed_off_on=DAY
    )
    assert "signed_off_on" in told(
        "action", delivery="in_progress", signed_off_on=DAY, signed_off_by="P. Sample"
    )


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"from_years": 0, "to_years": 0}, set()),
        ({"from_years": 16}, set()),
        ({"from_years": 5, "to_years": 4}, {"to_years"}),
        ({"from_years": -1}, {"from_years"}),
        ({"from_years": 26}, {"from_years"}),
    ],
)
def test_an_age_band_begins_before_it_ends(values: dict[str, Value], wrong: set[str]) -> None:
    assert set(told("age_band", **values)) == wrong


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("year_start_month", [1, 4, 12], [0, 13, -1]),
        ("due_soon_days", [0, 366], [-1, 367]),
        ("panel_reply_days", [0, 15], [-1, 1000]),
        (
            "accent_colour",
            ["#1D4F73", "#abcdef"],
            ["1D4F73", "#12345", "#1234567", "red", "#12345g"],
        ),
    ],
)
def test_the_organisation_keeps_within_bounds(
    name: str, right: list[Value], wrong: list[Value]
) -> None:
    assert [told("organisation", **{name: value}) for value in right] == [{}] * len(right)
    assert all(name in told("organisation", **{name: value}) for value in wrong)


def test_what_is_not_published_has_no_day_of_publication() -> None:
    assert "published_on" in told("review", publication="not_published", published_on=DAY)
    assert told("review", publication="not_published") == {}


@pytest.mark.parametrize("kind", ["finding", "recommendation", "learning_point"])
def test_numbers_begin_at_one(kind: str) -> None:
    assert [set(told(kind, number=number)) for number in (0, -1, 1000, 1, 999, None)] == [
        {"number"},
        {"number"},
        {"number"},
        set(),
        set(),
        set(),
    ]


@pytest.mark.parametrize(
    ("year", "right"),
    [
        ("2020-21", True),
        ("2020", True),
        ("2020/21", False),
        ("last year", False),
        ("20-21", False),
    ],
)
def test_the_year_of_a_baseline_is_written_as_years_are(year: str, right: bool) -> None:
    assert (told("baseline", year=year) == {}) is right


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_an_empty_record_breaks_no_rule_between_fields(kind: str) -> None:
    assert told(kind) == {}


@pytest.mark.parametrize(("years", "right"), [(0, True), (150, True), (-1, False), (151, False)])
def test_records_are_kept_for_a_number_of_years_that_can_be(years: int, right: bool) -> None:
    assert (told("retention_rule", years=years) == {}) is right


def test_a_hold_is_lifted_by_somebody_on_a_day() -> None:
    assert set(told("legal_hold", lifted_on=DAY)) == {"lifted_by"}
    assert set(told("legal_hold", lifted_by="Head of legal")) == {"lifted_on"}
    assert told("legal_hold", lifted_on=DAY, lifted_by="Head of legal") == {}


def test_a_hold_on_some_names_what_it_holds_until_it_is_lifted() -> None:
    assert set(told("legal_hold", everything=False)) == {"reviews"}
    assert told("legal_hold", everything=True) == {}
    assert told("legal_hold", everything=False, incidents=(1,)) == {}
    assert told("legal_hold", everything=False, lifted_on=DAY, lifted_by="Legal") == {}


def test_a_colour_given_by_hand_needs_its_reason_and_blue_a_sign_off() -> None:
    assert set(told("action", given_colour="amber")) == {"colour_reason"}
    assert told("action", given_colour="amber", colour_reason="Nearly there") == {}
    blue: dict[str, Value] = {"given_colour": "blue", "colour_reason": "Seen at every visit"}
    done: dict[str, Value] = {"delivery": "complete", "completed_on": DAY}
    signed: dict[str, Value] = {"signed_off_on": DAY, "signed_off_by": "P. Sample"}
    accepted: dict[str, Value] = {"assurance": "evidence_accepted"}
    for values in ({**blue}, {**blue, **done, **signed}, {**blue, **done, **accepted}):
        assert "also by hand" in told("action", **values)["given_colour"]
    assert told("action", **blue, **done, **signed, **accepted) == {}


def test_a_follow_up_check_is_done_with_its_day_and_what_it_found() -> None:
    assert told("assurance_check") == {}
    assert set(told("assurance_check", checked_on=DAY)) == {"result"}
    assert set(told("assurance_check", result="holds")) == {"checked_on"}
    assert told("assurance_check", checked_on=DAY, result="holds") == {}


def test_publication_and_delay_do_not_go_together() -> None:
    published = date(2021, 12, 9)
    delayed = cross_checks("review", {"publication": "delayed", "published_on": published})
    assert [fault.field for fault in delayed] == ["publication"]
    down = cross_checks("review", {"taken_down_on": published})
    assert [fault.field for fault in down] == ["taken_down_on"]
    both: dict[str, Value] = {
        "publication": "full_report",
        "published_on": published,
        "taken_down_on": published,
    }
    assert cross_checks("review", both) == ()


def test_a_copy_of_a_pack_is_for_somebody_whose_name_can_be_noted() -> None:
    assert told("pack", recipients=f"Anne Bell\n\n{'x' * 200}\n") == {}
    assert told("pack", recipients=None) == {}
    told_of = told("pack", recipients=f"Anne Bell\n\n{'x' * 201}\n{'y' * 300}")
    assert told_of["recipients"].startswith("The name of copy 2 (“xxx")
    assert told_of["recipients"].endswith("has 201 letters. Make it 200 or fewer.")
