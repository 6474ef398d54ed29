"""The colour of an action: by the key, and blue only when it is assured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest

from oscb_desktop.domain.rag import RagFacts, colour_of, load_key, read_key, shade_of
from oscb_desktop.domain.statuses import ActionScope, AssuranceLevel, DeliveryStatus

TODAY = date(2022, 3, 25)
ACTION = RagFacts(
    delivery=DeliveryStatus.IN_PROGRESS,
    scope=ActionScope.SINGLE_AGENCY,
    assurance=AssuranceLevel.NONE,
    evidence=0,
    signed_off=False,
    original_due_on=date(2022, 6, 30),
    due_on=date(2022, 6, 30),
    completed_on=None,
    today=TODAY,
)
COMPLETE = replace(
    ACTION, delivery=DeliveryStatus.COMPLETE, completed_on=TODAY, due_on=date(2022, 1, 1)
)
ASSURED = replace(COMPLETE, assurance=AssuranceLevel.IMPACT_SHOWN, evidence=1, signed_off=True)
NOT_STARTED = replace(ACTION, delivery=DeliveryStatus.NOT_STARTED)
OVERDUE = date(2022, 3, 24)


@pytest.mark.parametrize(
    ("facts", "colour"),
    [
        (ASSURED, ("blue", "Embedded")),
        (replace(ASSURED, evidence=0), ("green", "On track")),
        (replace(ASSURED, signed_off=False), ("green", "On track")),
        (replace(ASSURED, assurance=AssuranceLevel.EVIDENCE_ACCEPTED), ("green", "On track")),
        (COMPLETE, ("green", "On track")),
        (ACTION, ("green", "On track")),
        (replace(ACTION, due_on=None), ("green", "On track")),
        (replace(ACTION, due_on=TODAY), ("green", "On track")),
        (replace(ACTION, due_on=OVERDUE), ("red", "Overdue")),
        (replace(NOT_STARTED, due_on=OVERDUE), ("red", "Overdue")),
        (replace(ACTION, original_due_on=date(2022, 5, 1)), ("amber", "Slipping")),
        (replace(NOT_STARTED, due_on=date(2022, 4, 8)), ("amber", "Slipping")),
        (replace(NOT_STARTED, due_on=date(2022, 4, 9)), ("grey", "Not started")),
        (replace(NOT_STARTED, due_on=None, original_due_on=None), ("grey", "Not started")),
        (replace(ACTION, scope=ActionScope.NATIONAL, due_on=OVERDUE), ("purple", "National")),
        (replace(ACTION, delivery=DeliveryStatus.NO_LONGER_REQUIRED), ("white", "Dropped")),
    ],
)
def test_the_colour_follows_from_the_facts(facts: RagFacts, colour: tuple[str, str]) -> None:
    assert colour_of(facts, load_key()) == colour


def _key(**changes: Any) -> dict[str, Any]:
    colours = [
        {"colour": name, "word": name, "meaning": "", "fill": "#000000"} for name in ("blue", "red")
    ]
    rules = [{"colour": "blue", "when": []}, {"colour": "red", "when": []}]
    return {"colours": colours, "rules": rules, "due_soon_days": 14, **changes}


def test_no_key_can_give_blue_without_accepted_evidence_and_sign_off() -> None:
    key = read_key(_key())
    for assurance, evidence, signed_off in product(AssuranceLevel, (0, 1), (False, True)):
        facts = replace(COMPLETE, assurance=assurance, evidence=evidence, signed_off=signed_off)
        accepted = assurance.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)
        assured = accepted and evidence > 0 and signed_off
        assert (colour_of(facts, key)[0] == "blue") is assured


@pytest.mark.parametrize(
    "rules",
    [
        [],
        [{"colour": "pink", "when": []}],
        [{"colour": "red", "when": ["late"]}, {"colour": "red", "when": []}],
        [{"colour": "red", "when": ["overdue"]}],
        [{"colour": "blue", "when": []}],
    ],
)
def test_a_key_that_cannot_work_is_refused(rules: list[dict[str, Any]]) -> None:
    with pytest.raises(ValueError, match="key"):
        read_key(_key(rules=rules))


def test_every_colour_says_its_word_and_its_meaning() -> None:
    for entry in load_key().colours:
        assert entry.meaning.endswith(".")
        assert entry.label == f"{entry.colour.capitalize()}: {entry.word.lower()}"
    assert len({entry.word for entry in load_key().colours}) == len(load_key().colours)


def test_the_meaning_of_amber_names_the_days_of_the_key() -> None:
    key = load_key()
    assert f"within {key.due_soon_days} days" in key.entry("amber").meaning


def test_a_colour_outside_the_key_is_an_error() -> None:
    with pytest.raises(KeyError, match="pink"):
        load_key().entry("pink")


def test_a_colour_given_by_hand_is_told_with_its_reason_and_the_keys_own() -> None:
    late = replace(ACTION, due_on=date(2022, 1, 1), original_due_on=date(2022, 1, 1))
    shade = shade_of(late, load_key(), "amber", "The lead\nwas ill")
    assert shade.shown.colour == "amber"
    assert shade.words == "Amber (by hand: The lead was ill); by the key Red: overdue"


@pytest.mark.parametrize(
    ("given", "reason"), [(None, None), ("amber", None), ("amber", " "), ("mauve", "A reason")]
)
def test_no_reason_or_no_such_colour_leaves_the_keys_own(
    given: str | None, reason: str | None
) -> None:
    shade = shade_of(ACTION, load_key(), given, reason)
    assert shade.shown == shade.by_key
    assert shade.words == shade.shown.word


def test_a_hand_makes_nothing_blue_that_is_not_assured() -> None:
    assert shade_of(ACTION, load_key(), "blue", "It feels done").shown.colour != "blue"
    assured = replace(
        ACTION,
        delivery=DeliveryStatus.COMPLETE,
        assurance=AssuranceLevel.EVIDENCE_ACCEPTED,
        evidence=1,
        signed_off=True,
    )
    assert shade_of(assured, load_key(), "blue", "Seen at every visit").shown.colour == "blue"
