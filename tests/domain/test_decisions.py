"""What does not fit together in a decision, and what is missing before it is sent."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.decisions import (
    CRITERIA,
    contradictions,
    missing_before_sending,
    needs_reason,
    unsigned,
)
from oscb_desktop.domain.values import Value

NONE_MET: dict[str, Value] = dict.fromkeys(CRITERIA, False)


@pytest.mark.parametrize(
    ("values", "word"),
    [
        ({"criteria_met": False, "lcspr_commissioned": True}, "criteria are not met"),
        ({**NONE_MET, "criteria_met": True}, "none of the four"),
        ({"criterion_panel": True, "criteria_met": False}, "A criterion is met"),
        ({"facts_sufficient": False, "decision": "lcspr"}, "facts are not sufficient"),
        ({"facts_sufficient": False, "decided_on": date(2022, 3, 1)}, "facts are not sufficient"),
        ({"notification_criteria_met": False, "criteria_met": True}, "no serious"),
        ({"lcspr_commissioned": True, "decision": "audit"}, "something else"),
        ({"lcspr_commissioned": False, "decision": "lcspr"}, "No LCSPR is recommended"),
    ],
)
def test_each_contradiction_is_said(values: dict[str, Value], word: str) -> None:
    (sentence,) = contradictions(values)
    assert word in sentence


@pytest.mark.parametrize(
    "values",
    [
        {},
        NONE_MET,
        {"criterion_panel": False, "criteria_met": True},
        {"criteria_met": True, "lcspr_commissioned": False, "decision": "audit"},
        {"criteria_met": True, "lcspr_commissioned": True, "decision": "lcspr"},
        {"facts_sufficient": False},
    ],
)
def test_what_is_honest_is_not_questioned(values: dict[str, Value]) -> None:
    assert contradictions(values) == ()


def test_criteria_met_without_a_review_ask_for_a_reason() -> None:
    assert needs_reason({"criteria_met": True, "lcspr_commissioned": False})
    assert not needs_reason({"criteria_met": True, "lcspr_commissioned": None})
    assert not needs_reason({"criteria_met": False, "lcspr_commissioned": False})


def test_what_the_panel_expects_is_named() -> None:
    said = missing_before_sending({"criteria_met": False}, ("health",))
    assert said[-1] == "Not signed off by: local authority and police."
    assert len(said) == 4
    whole: dict[str, Value] = {
        "criteria_met": False,
        "lcspr_commissioned": False,
        "decided_on": date(2022, 3, 1),
        "decision_reason": "Nothing new to learn.",
    }
    assert missing_before_sending(whole, ("health", "police", "local_authority")) == ()
    assert unsigned(()) == ("Not signed off by: local authority, health and police.",)
