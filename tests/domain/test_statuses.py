"""Moves of an action, how late it is, and that the enumerations are the code lists."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.statuses import (
    ActionScope,
    AssuranceLevel,
    DeliveryStatus,
    days_late,
    is_open,
    lateness,
    may_follow,
)

DUE = date(2022, 3, 13)
TODAY = date(2022, 3, 25)
OPEN = DeliveryStatus.IN_PROGRESS
DONE = DeliveryStatus.COMPLETE
LOCAL = ActionScope.SINGLE_AGENCY


@pytest.mark.parametrize(
    ("statuses", "name"),
    [
        (DeliveryStatus, "delivery_status"),
        (AssuranceLevel, "assurance_level"),
        (ActionScope, "action_scope"),
    ],
)
def test_each_enumeration_holds_its_code_list_in_order(statuses: type[StrEnum], name: str) -> None:
    assert [status.value for status in statuses] == [entry.code for entry in code_list(name).codes]


def test_what_may_follow_what() -> None:
    allowed = {
        ("not_started", "in_progress"),
        ("not_started", "complete"),
        ("not_started", "no_longer_required"),
        ("in_progress", "complete"),
        ("in_progress", "no_longer_required"),
        ("complete", "in_progress"),
        ("no_longer_required", "in_progress"),
    }
    found = {
        (str(before), str(after))
        for before in DeliveryStatus
        for after in DeliveryStatus
        if may_follow(before, after)
    }
    assert found == allowed


def test_only_what_is_not_ended_is_open() -> None:
    assert [status for status in DeliveryStatus if is_open(status)] == [
        DeliveryStatus.NOT_STARTED,
        DeliveryStatus.IN_PROGRESS,
    ]


def test_assurance_has_an_order() -> None:
    assert AssuranceLevel.EMBEDDED.reaches(AssuranceLevel.IMPACT_SHOWN)
    assert AssuranceLevel.EVIDENCE_ACCEPTED.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)
    assert not AssuranceLevel.EVIDENCE_RECEIVED.reaches(AssuranceLevel.EVIDENCE_ACCEPTED)


@pytest.mark.parametrize(
    ("due_on", "delivery", "completed_on", "words", "days"),
    [
        (DUE, OPEN, None, "12 days late", 12),
        (date(2022, 3, 24), DeliveryStatus.NOT_STARTED, None, "1 day late", 1),
        (TODAY, OPEN, None, "due today", 0),
        (date(2022, 3, 30), OPEN, None, "due in 5 days", 0),
        (None, OPEN, None, "no due date", 0),
        (DUE, DONE, date(2022, 3, 16), "completed 3 days late", 3),
        (DUE, DONE, DUE, "completed on time", 0),
        (None, DONE, DUE, "completed", 0),
        (DUE, DeliveryStatus.NO_LONGER_REQUIRED, None, "", 0),
    ],
)
def test_lateness_in_words_and_days(
    due_on: date | None, delivery: DeliveryStatus, completed_on: date | None, words: str, days: int
) -> None:
    assert lateness(due_on, delivery, LOCAL, completed_on, TODAY) == words
    assert days_late(due_on, delivery, LOCAL, completed_on, TODAY) == days


def test_what_is_raised_nationally_is_never_late() -> None:
    national = ActionScope.NATIONAL
    assert days_late(DUE, OPEN, national, None, TODAY) == 0
    assert lateness(DUE, OPEN, national, None, TODAY) == "not yet raised"
    said = lateness(DUE, OPEN, national, None, TODAY, raised_with="the Panel", raised_on=DUE)
    assert said == "raised with the Panel on 13 Mar 2022"
