from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.rule_sets import rule_set_named
from oscb_desktop.domain.statutory_clock import (
    Clock,
    ClockFacts,
    ClockName,
    clocks_for,
    late_plan_of,
    words_left,
    words_of,
)
from oscb_desktop.domain.working_days import load_calendar, working_days_between

CALENDAR = load_calendar()
RULES = rule_set_named("wt2018")
NEW_YEAR = date(2026, 1, 1)


def clock(name: ClockName, today: date, facts: ClockFacts) -> Clock:
    (found,) = (c for c in clocks_for(facts, RULES, CALENDAR, today) if c.name is name)
    return found


def test_nothing_known_is_no_clock() -> None:
    assert clocks_for(ClockFacts(), RULES, CALENDAR, date(2022, 6, 1)) == ()
    stops_only = ClockFacts(panel_replied_on=date(2022, 6, 1), report_sent_on=date(2022, 6, 1))
    assert clocks_for(stops_only, RULES, CALENDAR, date(2022, 6, 1)) == ()


def test_each_clock_counts_from_its_own_day() -> None:
    facts = ClockFacts(
        aware_on=date(2022, 5, 20),
        notified_on=date(2022, 5, 27),
        rapid_review_sent_on=date(2022, 6, 21),
        lcspr_decided_on=date(2022, 8, 31),
        publication_planned_on=date(2023, 3, 1),
        published_on=date(2026, 4, 8),
    )
    clocks = clocks_for(facts, RULES, CALENDAR, date(2022, 6, 1))
    assert [(c.name, c.counts_from_on, c.due_on) for c in clocks] == [
        (ClockName.NOTIFICATION, date(2022, 5, 20), date(2022, 5, 27)),
        (ClockName.RAPID_REVIEW, date(2022, 5, 27), date(2022, 6, 21)),
        (ClockName.PANEL_REPLY, date(2022, 6, 21), date(2022, 7, 12)),
        (ClockName.PUBLICATION, date(2022, 8, 31), date(2023, 2, 28)),
        (ClockName.PRE_PUBLICATION, date(2026, 4, 8), date(2026, 3, 26)),
        (ClockName.AVAILABILITY, date(2026, 4, 8), date(2027, 4, 8)),
    ]
    deaths = (ClockName.LOOKED_AFTER_DEATH, ClockName.CARE_LEAVER_DEATH)
    assert [c.name for c in clocks] == [name for name in ClockName if name not in deaths]


def test_a_death_with_a_duty_of_its_own_has_its_own_clock() -> None:
    facts = ClockFacts(
        notified_on=date(2026, 1, 5),
        looked_after_death_known_on=date(2025, 12, 23),
        care_leaver_death_known_on=date(2026, 12, 22),
    )
    now = rule_set_named("wt2023")
    told = [(c.name, c.due_on, c.is_late) for c in clocks_for(facts, now, CALENDAR, NEW_YEAR)]
    assert told[:2] == [
        (ClockName.LOOKED_AFTER_DEATH, date(2026, 1, 2), True),
        (ClockName.CARE_LEAVER_DEATH, date(2026, 12, 31), False),
    ]
    before = [c.name for c in clocks_for(facts, RULES, CALENDAR, NEW_YEAR)]
    assert before == [ClockName.LOOKED_AFTER_DEATH, ClockName.RAPID_REVIEW]


def test_rules_are_said_in_sentences() -> None:
    day = date(2022, 5, 27)
    facts = ClockFacts(day, day, day, None, day, day, None, day)
    clocks = clocks_for(facts, RULES, CALENDAR, day)
    assert [c.rule for c in clocks] == [
        "5 working days from the local authority becoming aware",
        "15 working days from the notification being sent",
        "15 working days from the rapid review being sent to the Panel",
        "6 months from the decision to initiate the review",
        "7 working days before publication",
        "at least 12 months from publication",
    ]
    assert {c.rule_set for c in clocks} == {"Working Together 2018"}
    assert [c.source for c in clocks] == [RULES.sources[c.name] for c in clocks]
    assert all(c.label and c.counts_from_label for c in clocks)


def test_the_limit_comes_from_the_rule_set() -> None:
    facts = ClockFacts(rapid_review_sent_on=date(2022, 7, 4))
    sooner = replace(RULES, panel_reply_working_days=1)
    (reply,) = clocks_for(facts, sooner, CALENDAR, date(2022, 7, 4))
    assert reply.due_on == date(2022, 7, 5)
    assert reply.rule.startswith("1 working day from")


@pytest.mark.parametrize(
    ("today", "left", "words", "late"),
    [
        (date(2022, 6, 17), 2, "2 working days left", False),
        (date(2022, 6, 18), 2, "2 working days left", False),  # Saturday
        (date(2022, 6, 20), 1, "1 working day left", False),
        (date(2022, 6, 21), 0, "due today", False),
        (date(2022, 6, 22), -1, "1 working day late", True),
        (date(2022, 6, 25), -4, "4 working days late", True),
    ],
)
def test_running_clock(today: date, left: int, words: str, late: bool) -> None:
    running = clock(ClockName.RAPID_REVIEW, today, ClockFacts(notified_on=date(2022, 5, 27)))
    assert (running.days_left, words_left(running)) == (left, words)
    assert (running.is_running, running.is_late, running.unit) == (True, late, "working days")


def test_late_over_a_weekend_is_never_no_days_late() -> None:
    due_friday = ClockFacts(aware_on=date(2022, 6, 10))
    for day in (date(2022, 6, 18), date(2022, 6, 19), date(2022, 6, 20)):
        assert words_left(clock(ClockName.NOTIFICATION, day, due_friday)) == "1 working day late"


@pytest.mark.parametrize(
    ("sent", "left", "words"),
    [
        (date(2022, 6, 20), 1, "met on 20 Jun 2022, 1 working day early"),
        (date(2022, 6, 21), 0, "met on 21 Jun 2022, the day it was due"),
        (date(2022, 6, 23), -2, "met on 23 Jun 2022, 2 working days late"),
    ],
)
def test_stopped_clock_says_how_it_was_met_whatever_day_it_is(
    sent: date, left: int, words: str
) -> None:
    facts = ClockFacts(notified_on=date(2022, 5, 27), rapid_review_sent_on=sent)
    for today in (sent, date(2024, 1, 1)):
        stopped = clock(ClockName.RAPID_REVIEW, today, facts)
        assert (stopped.days_left, words_left(stopped)) == (left, words)
        assert (stopped.is_running, stopped.is_late) == (False, left < 0)
        assert stopped.stopped_on == sent


def test_working_shows_the_jubilee() -> None:
    shown = clock(
        ClockName.RAPID_REVIEW, date(2022, 6, 1), ClockFacts(notified_on=date(2022, 5, 27))
    )
    notes = {step.on: step.note for step in shown.working if step.number is None}
    assert notes[date(2022, 6, 3)] == "Platinum Jubilee"
    assert (shown.working[-1].on, shown.working[-1].number) == (shown.due_on, 15)


def test_publication_is_counted_in_calendar_days() -> None:
    facts = ClockFacts(lcspr_decided_on=date(2022, 1, 31))
    running = clock(ClockName.PUBLICATION, date(2022, 7, 1), facts)
    assert (running.due_on, running.days_left, running.unit) == (date(2022, 7, 31), 30, "days")
    assert words_left(clock(ClockName.PUBLICATION, date(2022, 8, 1), facts)) == "1 day late"
    assert [step.number for step in running.working] == list(range(7))


def test_planned_publication_counts_until_the_real_one_is_known() -> None:
    planned = ClockFacts(publication_planned_on=date(2021, 12, 9))
    before = clock(ClockName.PRE_PUBLICATION, date(2021, 11, 26), planned)
    assert (before.due_on, words_left(before)) == (date(2021, 11, 30), "2 working days left")
    sent = replace(planned, report_sent_on=date(2021, 11, 30))
    assert not clock(ClockName.PRE_PUBLICATION, date(2021, 12, 1), sent).is_late
    brought_forward = replace(sent, published_on=date(2021, 12, 8))
    assert clock(ClockName.PRE_PUBLICATION, date(2021, 12, 9), brought_forward).is_late


@pytest.mark.parametrize(
    ("today", "taken_down", "running", "words"),
    [
        (date(2022, 12, 8), None, True, "stays up until 09 Dec 2022 at least"),
        (date(2022, 12, 9), None, True, "stays up until 09 Dec 2022 at least"),
        (
            date(2023, 5, 1),
            None,
            False,
            "may come down since 09 Dec 2022, by decision only",
        ),
        (
            date(2023, 5, 1),
            date(2022, 3, 1),
            False,
            "taken down on 01 Mar 2022, before its time was up",
        ),
        (
            date(2023, 5, 1),
            date(2023, 1, 4),
            False,
            "taken down on 04 Jan 2023, after its time was up",
        ),
    ],
)
def test_availability_informs_and_is_never_late(
    today: date, taken_down: date | None, running: bool, words: str
) -> None:
    facts = ClockFacts(published_on=date(2021, 12, 9), withdrawn_from_web_on=taken_down)
    shown = clock(ClockName.AVAILABILITY, today, facts)
    assert (shown.is_running, shown.is_late, words_left(shown)) == (running, False, words)


def test_a_clock_that_leaves_the_table_stays_and_says_so() -> None:
    facts = ClockFacts(notified_on=date(2035, 12, 20))
    lost = clock(ClockName.RAPID_REVIEW, date(2035, 12, 21), facts)
    assert (lost.due_on, lost.days_left, lost.working) == (None, None, ())
    assert (lost.is_running, lost.is_late) == (True, False)
    assert lost.note.startswith("The bank holiday table ends on 31 Dec 2035;")
    assert words_left(lost) == "days cannot be counted"


def test_a_day_beyond_the_table_leaves_the_due_day_known() -> None:
    facts = ClockFacts(notified_on=date(2035, 12, 3))
    late = clock(ClockName.RAPID_REVIEW, date(2036, 1, 2), facts)
    assert (late.due_on, late.days_left, late.is_late) == (date(2035, 12, 24), None, True)
    assert words_left(late) == "late; days cannot be counted"
    sent = replace(facts, rapid_review_sent_on=date(2036, 1, 2))
    stopped = clock(ClockName.RAPID_REVIEW, date(2036, 2, 1), sent)
    assert words_left(stopped) == "done on 02 Jan 2036; late; days cannot be counted"


def test_old_cases_before_the_table_are_not_dropped() -> None:
    clocks = clocks_for(
        ClockFacts(aware_on=date(1999, 5, 4), lcspr_decided_on=date(1999, 6, 1)),
        RULES,
        CALENDAR,
        date(2022, 6, 1),
    )
    assert [bool(c.note) for c in clocks] == [True, False]
    assert clocks[1].due_on == date(1999, 12, 1)


DAYS = st.dates(date(2010, 1, 1), date(2034, 1, 1))


@given(DAYS, st.integers(-100, 400), st.one_of(st.none(), st.integers(-30, 100)))
def test_days_left_and_late_always_agree(sent: date, later: int, done_after: int | None) -> None:
    today = sent + timedelta(days=later)
    done = None if done_after is None else sent + timedelta(days=done_after)
    facts = ClockFacts(notified_on=sent, rapid_review_sent_on=done, lcspr_decided_on=sent)
    for shown in clocks_for(facts, RULES, CALENDAR, today):
        assert shown.days_left is not None
        assert shown.due_on is not None
        assert shown.is_late == (shown.days_left < 0)
        assert shown.is_running == (shown.stopped_on is None)
        assert ("late" in words_left(shown)) == shown.is_late
        if shown.name is ClockName.RAPID_REVIEW:
            assert working_days_between(sent, shown.due_on, CALENDAR) == 15


def test_a_plan_beyond_the_last_day_and_a_pause_are_told_while_the_clock_runs() -> None:
    day, planned = date(2022, 1, 6), date(2022, 9, 1)
    facts = ClockFacts(lcspr_decided_on=day, publication_planned_on=planned)
    rests = replace(facts, paused="paused: inquest", delay_told=True)
    running = clock(ClockName.PUBLICATION, date(2022, 7, 1), rests)
    assert words_of(running) == "5 days left; paused: inquest; planned 57 days after the 6 months"
    untold = clock(ClockName.PUBLICATION, date(2022, 7, 1), facts)
    assert words_of(untold).endswith(": tell the Panel and the Secretary of State why")
    assert late_plan_of((running, untold)) == "planned 57 days after the 6 months"
    done = replace(rests, published_on=date(2022, 9, 1))
    stopped = clock(ClockName.PUBLICATION, date(2022, 9, 2), done)
    assert words_of(stopped) == words_left(stopped)
    assert late_plan_of((stopped,)) == ""
    passed = clock(ClockName.PUBLICATION, date(2022, 7, 7), facts)
    assert words_of(passed) == "1 day late"
    in_time = replace(facts, publication_planned_on=date(2022, 7, 6))
    assert late_plan_of((clock(ClockName.PUBLICATION, date(2022, 7, 1), in_time),)) == ""
    before = clock(ClockName.PRE_PUBLICATION, date(2022, 7, 1), rests)
    assert (before.late_plan, before.paused) == ("", "paused: inquest")
