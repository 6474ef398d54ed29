"""Which clocks a review, an incident and the whole file have, and from which facts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from oscb_desktop.database.base import Record
from oscb_desktop.database.models.incidents import Incident
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.domain.statutory_clock import Clock, words_left, words_of
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.clocks import clocks_of_incident, clocks_of_review, running_clocks
from oscb_desktop.queries.records import record, singleton
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make

pytestmark = pytest.mark.usefixtures("later")

AWARE = date(2022, 5, 25)
NOTIFIED = date(2022, 5, 27)
TODAY = date(2022, 6, 1)
BEFORE = date(2022, 3, 25)


def by_name(clocks: tuple[Clock, ...]) -> dict[str, Clock]:
    return {str(clock.name): clock for clock in clocks}


def of_review(store: Store, review: int, today: date = TODAY) -> dict[str, Clock]:
    found = store.read(clocks_of_review, review, today)
    assert found is not None
    return by_name(found.clocks)


def of_incident(store: Store, incident: int) -> dict[str, Clock]:
    found = store.read(clocks_of_incident, incident, TODAY)
    assert found is not None
    return by_name(found.clocks)


def running(store: Store, today: date = TODAY) -> list[tuple[str, str, str]]:
    rows = store.read(running_clocks, today)
    return [(row.kind, row.reference, str(row.clock.name)) for row in rows]


@pytest.fixture
def incident(store: Store) -> int:
    return make(store, "incident", reference="IN-1", aware_on=AWARE, notified_on=NOTIFIED)


@pytest.fixture
def rapid(store: Store, incident: int) -> int:
    return make(store, "review", reference="RR-1", incident=incident, started_on=NOTIFIED)


def test_a_rapid_review_counts_from_its_incident(store: Store, rapid: int) -> None:
    clocks = of_review(store, rapid)
    assert list(clocks) == ["notification", "rapid_review"]
    assert clocks["notification"].stopped_on == NOTIFIED
    assert clocks["rapid_review"].counts_from_on == NOTIFIED
    assert clocks["rapid_review"].due_on == date(2022, 6, 21)  # two Jubilee days skipped
    assert words_left(clocks["rapid_review"]) == "12 working days left"


def test_the_first_letter_stops_the_wait_for_the_panel(store: Store, incident: int) -> None:
    sent = date(2022, 6, 20)
    review = make(store, "review", incident=incident, started_on=NOTIFIED, sent_to_panel_on=sent)
    assert of_review(store, review)["panel_reply"].stopped_on is None
    for day in (date(2022, 7, 20), date(2022, 7, 5)):
        make(store, "panel_response", review=review, received_on=day)
    withdrawn = make(store, "panel_response", review=review, received_on=date(2022, 6, 21))
    store.write(WithdrawRecord("panel_response", withdrawn, 1))
    clocks = of_review(store, review)
    assert clocks["rapid_review"].stopped_on == sent
    assert clocks["panel_reply"].stopped_on == date(2022, 7, 5)


def test_another_review_has_the_clocks_of_its_publication(store: Store, incident: int) -> None:
    review = make(
        store,
        "review",
        kind="lcspr",
        incident=incident,
        started_on=date(2021, 5, 4),
        initiated_on=date(2021, 5, 4),
        publication_planned_on=date(2021, 10, 29),
    )
    clocks = of_review(store, review)
    assert list(clocks) == ["publication", "pre_publication"]
    assert clocks["publication"].due_on == date(2021, 11, 4)
    assert clocks["pre_publication"].due_on == date(2021, 10, 20)


def test_a_pause_stands_beside_each_clock_that_runs_on(store: Store) -> None:
    day = date(2022, 3, 1)
    review = make(store, "review", kind="lcspr", initiated_on=day, started_on=day)
    make(store, "pause", review=review, from_on=date(2022, 3, 10), reason="inquest")
    (row,) = store.read(running_clocks, BEFORE)
    assert words_of(row.clock) == "160 days left; paused: inquest"
    assert row.clock.due_on == date(2022, 9, 1)
    (seen,) = of_review(store, review, BEFORE).values()
    assert seen == row.clock
    over = make(store, "review", kind="lcspr", initiated_on=day, started_on=day)
    make(store, "pause", review=over, from_on=date(2022, 3, 2), until_on=date(2022, 3, 9))
    assert of_review(store, over, BEFORE)["publication"].paused == ""
    rests = make(store, "review", kind="lcspr", initiated_on=day, started_on=day)
    make(store, "pause", review=rests, from_on=day, reason="criminal", publication_only=True)
    clock = of_review(store, rests, BEFORE)["publication"]
    assert clock.paused == "publication paused: criminal investigation or trial"


def test_a_plan_beyond_the_last_day_is_told_until_the_reasons_are(store: Store) -> None:
    day, planned = date(2022, 1, 6), date(2022, 9, 1)
    facts: dict[str, Value] = {"initiated_on": day, "publication_planned_on": planned}
    review = make(store, "review", kind="lcspr", started_on=day, **facts)
    clock = of_review(store, review, BEFORE)["publication"]
    assert clock.due_on == date(2022, 7, 6)
    assert words_of(clock) == (
        "103 days left; planned 57 days after the 6 months: "
        "tell the Panel and the Secretary of State why"
    )
    told = make(store, "review", kind="lcspr", started_on=day, delay_told_on=day, **facts)
    clock = of_review(store, told, BEFORE)["publication"]
    assert words_of(clock) == "103 days left; planned 57 days after the 6 months"


def test_a_published_review_stays_available_for_its_year(store: Store) -> None:
    review = make(
        store,
        "review",
        kind="lcspr",
        started_on=date(2021, 5, 4),
        report_sent_on=date(2021, 10, 1),
        published_on=date(2021, 10, 29),
        taken_down_on=date(2022, 12, 1),
    )
    assert of_review(store, review)["availability"].stopped_on == date(2022, 12, 1)


def test_a_review_keeps_the_guidance_that_it_started_under(store: Store, incident: int) -> None:
    old = make(store, "review", incident=incident, started_on=NOTIFIED)
    new = make(store, "review", incident=incident, started_on=NOTIFIED, rule_set="wt2023")
    assert of_review(store, old)["rapid_review"].rule_set == "Working Together 2018"
    assert of_review(store, new)["rapid_review"].rule_set == "Working Together 2023"


def test_our_own_days_off_and_our_own_panel_time_count(store: Store, incident: int) -> None:
    make(store, "extra_holiday", on_date=date(2022, 6, 6))
    settings = store.read(singleton, "organisation")
    assert settings is not None
    store.write(AmendRecord("organisation", settings.id, settings.version, {"panel_reply_days": 5}))
    review = make(
        store, "review", incident=incident, started_on=NOTIFIED, sent_to_panel_on=date(2022, 6, 6)
    )
    clocks = of_review(store, review)
    assert clocks["rapid_review"].due_on == date(2022, 6, 22)
    assert clocks["panel_reply"].due_on == date(2022, 6, 13)


def test_no_review_and_no_incident_have_no_clocks(store: Store) -> None:
    assert store.read(clocks_of_review, 99, TODAY) is None
    assert store.read(clocks_of_incident, 99, TODAY) is None


def test_an_incident_without_a_review_waits_for_one(store: Store, incident: int) -> None:
    assert list(of_incident(store, incident)) == ["notification", "rapid_review"]
    make(store, "review", incident=incident, started_on=NOTIFIED)
    assert list(of_incident(store, incident)) == ["notification"]


def test_an_lcspr_does_not_stand_for_the_rapid_review(store: Store, incident: int) -> None:
    make(store, "review", kind="lcspr", incident=incident, started_on=NOTIFIED)
    assert "rapid_review" in of_incident(store, incident)


def test_a_withdrawn_rapid_review_does_not_count(store: Store, incident: int, rapid: int) -> None:
    store.write(WithdrawRecord("review", rapid, 1))
    assert "rapid_review" in of_incident(store, incident)


def test_a_looked_after_child_s_death_has_its_own_clock_and_no_rapid_review(store: Store) -> None:
    nature = "looked_after_death_no_abuse"
    incident = make(store, "incident", nature=nature, aware_on=AWARE, notified_on=NOTIFIED)
    assert list(of_incident(store, incident)) == ["looked_after_death"]


def test_a_care_leaver_s_death_is_told_by_the_guidance_that_knows_the_duty(store: Store) -> None:
    nature = "care_leaver_death"
    before = make(store, "incident", nature=nature, aware_on=AWARE)
    assert of_incident(store, before) == {}
    since = make(store, "incident", nature=nature, aware_on=date(2025, 12, 23))
    (clock,) = of_incident(store, since).values()
    assert (clock.due_on, clock.rule_set) == (date(2026, 1, 2), "Working Together 2023")


def test_another_authority_notifies_by_its_own_clock(store: Store) -> None:
    incident = make(store, "incident", notified_by="other_authority", aware_on=AWARE)
    assert of_incident(store, incident) == {}


def _decide(store: Store, incident: int, on: date, decision: str) -> None:
    make(store, "notification_discussion", incident=incident, held_on=on, decision=decision)


def test_a_decision_not_to_notify_stops_the_clock_and_a_later_one_starts_it(store: Store) -> None:
    incident = make(store, "incident", aware_on=AWARE)
    assert of_incident(store, incident)["notification"].is_running
    _decide(store, incident, date(2022, 5, 26), "do_not_notify")
    assert of_incident(store, incident) == {}
    _decide(store, incident, date(2022, 5, 30), "notify")
    assert of_incident(store, incident)["notification"].is_running


def test_an_incident_of_which_nobody_was_aware_has_no_clock(store: Store) -> None:
    incident = make(store, "incident", happened_on=UncertainDate.of(2021))
    assert of_incident(store, incident) == {}


def test_what_runs_comes_by_due_date_and_once(store: Store, rapid: int) -> None:
    make(store, "incident", reference="IN-2", aware_on=date(2022, 5, 30))
    make(
        store,
        "review",
        reference="LR-1",
        kind="lcspr",
        started_on=date(2022, 1, 10),
        initiated_on=date(2022, 1, 10),
    )
    assert running(store) == [
        ("incident", "IN-2", "notification"),  # due 8 Jun: the Jubilee days do not count
        ("review", "RR-1", "rapid_review"),  # due 21 Jun
        ("review", "LR-1", "publication"),  # due 10 Jul
    ]


def test_a_late_notification_runs_with_its_incident_only(store: Store) -> None:
    incident = make(store, "incident", reference="IN-2", aware_on=date(2022, 3, 1))
    make(store, "review", reference="RR-2", incident=incident, started_on=date(2022, 3, 2))
    assert running(store) == [("incident", "IN-2", "notification")]


def test_what_ended_runs_no_more_but_stays_available(store: Store, incident: int) -> None:
    make(
        store,
        "review",
        reference="RR-9",
        incident=incident,
        started_on=NOTIFIED,
        finished_on=date(2022, 5, 31),
    )
    published = date(2021, 7, 1)
    make(
        store,
        "review",
        reference="LR-9",
        kind="lcspr",
        started_on=date(2020, 1, 1),
        initiated_on=date(2020, 1, 1),
        published_on=published,
    )
    assert running(store) == [("review", "LR-9", "availability")]
    assert running(store, date(2022, 7, 1)) == [("review", "LR-9", "availability")]
    assert running(store, date(2022, 7, 2)) == []


def test_a_review_that_is_not_published_waits_for_no_publication(store: Store) -> None:
    make(
        store,
        "review",
        kind="lcspr",
        started_on=date(2021, 5, 4),
        initiated_on=date(2021, 5, 4),
        publication="not_published",
    )
    assert running(store) == []


def test_an_answered_rapid_review_runs_no_more(store: Store, incident: int) -> None:
    review = make(
        store, "review", incident=incident, started_on=NOTIFIED, sent_to_panel_on=date(2022, 5, 30)
    )
    assert [name for _, _, name in running(store)] == ["panel_reply"]
    make(store, "panel_response", review=review, received_on=date(2022, 5, 31))
    assert running(store) == []


def test_an_answer_to_what_was_never_sent_stops_nothing(store: Store, rapid: int) -> None:
    make(store, "panel_response", review=rapid, received_on=date(2022, 5, 31))
    assert running(store) == [("review", "RR-1", "rapid_review")]


def test_withdrawn_reviews_and_incidents_do_not_run(
    store: Store, incident: int, rapid: int
) -> None:
    store.write(WithdrawRecord("review", rapid, 1))
    row = store.read(record, "incident", incident)
    assert row is not None
    store.write(WithdrawRecord("incident", incident, row.version))
    assert running(store) == []


def _many(store: Store, number: int) -> None:
    """Put many reviews into the file, past the services: only the reading is looked at."""
    day = timedelta(days=1)
    with Session(store._engine) as session:
        rows: list[Record] = []
        for at in range(number):
            aware = date(2018, 1, 1) + at * day
            rows.append(
                Incident(
                    id=at + 1,
                    version=1,
                    reference=f"IN-{at}",
                    known_as="Child",
                    nature="serious_harm",
                    notified_by="us",
                    aware_on=aware,
                    notified_on=aware,
                )
            )
            rows.append(
                Review(
                    version=1,
                    reference=f"RR-{at}",
                    known_as="Child",
                    kind="rapid_review",
                    role="sole",
                    started_on=aware,
                    incident_id=at + 1,
                    rule_set="wt2018",
                )
            )
        session.add_all(rows)
        session.commit()


def test_many_reviews_take_no_more_queries_than_few(store: Store) -> None:
    _many(store, 60)
    asked: list[str] = []
    listen = lambda *args: asked.append(args[2])  # noqa: E731
    event.listen(store._engine, "before_cursor_execute", listen)
    assert len(store.read(running_clocks, TODAY)) == 60
    selects = [statement for statement in asked if statement.startswith("SELECT")]
    assert len(selects) <= 6
