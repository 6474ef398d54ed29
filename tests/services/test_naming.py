from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import change, faults, row_of, withdraw


def reference(store: Store, kind: str, /, **values: Value) -> Value:
    return row_of(store, kind, make(store, kind, **values)).values["reference"]


@pytest.mark.parametrize("entry", code_list("review_kind").codes, ids=lambda entry: entry.code)
def test_a_review_is_numbered_within_its_kind_and_year(store: Store, entry: object) -> None:
    code, short = getattr(entry, "code", ""), getattr(entry, "short", "")
    assert short, "a kind of review without a short name gives no reference"
    day = date(2020, 2, 29)
    assert reference(store, "review", kind=code, started_on=day) == f"{short}-2020-01"
    assert reference(store, "review", kind=code, started_on=day) == f"{short}-2020-02"
    assert reference(store, "review", kind=code, started_on=date(2021, 1, 1)) == f"{short}-2021-01"


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        ("incident", {"received_on": date(2019, 3, 1), "aware_on": date(2020, 1, 1)}, "IN-2019-01"),
        ("incident", {"happened_on": UncertainDate.of(2018)}, "IN-2018-01"),
        ("incident", {"happened_on": UncertainDate.of(2018, about=True)}, "IN-2018-01"),
        ("incident", {"happened_on": UncertainDate.of(2018, 1, about=True)}, "IN-2018-01"),
        ("incident", {}, "IN-2022-01"),
        ("family", {}, "FA-001"),
        ("child", {}, "CH-2022-01"),
        ("action", {"agreed_on": date(2021, 5, 4)}, "A-2021-01"),
        ("action", {}, "A-2022-01"),
        ("learning_point", {}, "LP-2022-01"),
    ],
)
def test_a_reference_carries_the_year_of_its_record(
    store: Store, kind: str, given: dict[str, Value], expected: str
) -> None:
    assert reference(store, kind, **given) == expected


def test_findings_recommendations_and_limbs_are_named_after_their_owner(store: Store) -> None:
    review = make(store, "review", reference="LR-2021-01")
    assert reference(store, "finding", review=review, number=2) == "LR-2021-01/F2"
    recommendation = make(store, "recommendation", review=review, number=4)
    assert row_of(store, "recommendation", recommendation).values["reference"] == "LR-2021-01/R4"
    limb = reference(store, "limb", recommendation=recommendation, label="(ii)")
    assert limb == "LR-2021-01/R4(ii)"
    assert "reference" in faults(store, "finding", review=review, number=2)


def test_a_reference_given_by_hand_is_kept_and_counted_on_from(store: Store) -> None:
    assert reference(store, "review", reference=" Historic  case 7 ") == "Historic case 7"
    assert reference(store, "review", reference="rr-2021-41") == "rr-2021-41"
    assert reference(store, "review") == "RR-2021-42"


def test_the_reference_of_a_record_in_the_bin_is_not_given_again(store: Store) -> None:
    withdraw(store, "review", make(store, "review"))
    assert reference(store, "review") == "RR-2021-02"


def test_without_an_owner_or_a_kind_the_fault_is_theirs(store: Store) -> None:
    assert set(faults(store, "finding", review=None)) == {"review"}
    assert set(faults(store, "finding", review=999)) == {"review"}
    assert set(faults(store, "review", kind=None)) == {"kind"}
    assert set(faults(store, "review", kind="unheard_of")) == {"kind"}


@pytest.mark.parametrize(
    ("started", "rules"),
    [
        (date(2015, 4, 1), "wt2018"),
        (date(2023, 12, 14), "wt2018"),
        (date(2023, 12, 15), "wt2023"),
    ],
)
def test_a_review_keeps_the_guidance_that_it_started_under(
    store: Store, started: date, rules: str
) -> None:
    review = make(store, "review", started_on=started)
    assert row_of(store, "review", review).values["rule_set"] == rules
    change(store, "review", review, started_on=date(2024, 5, 1))
    assert row_of(store, "review", review).values["rule_set"] == rules


def test_an_action_starts_with_one_due_date_for_both(store: Store) -> None:
    first, second = date(2022, 6, 30), date(2022, 9, 30)
    for given in ({"due_on": first}, {"due_on": None, "original_due_on": first}):
        values = row_of(store, "action", make(store, "action", **given)).values
        assert (values["original_due_on"], values["due_on"]) == (first, first)
    values = row_of(
        store, "action", make(store, "action", original_due_on=first, due_on=second)
    ).values
    assert (values["original_due_on"], values["due_on"]) == (first, second)
