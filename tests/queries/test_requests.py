"""Who owes what to which review, and whom to ask by when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, create_engine, event, insert
from sqlalchemy.orm import Session

from oscb_desktop.database.base import Base
from oscb_desktop.database.models.directory import Agency
from oscb_desktop.database.models.reviews import Review
from oscb_desktop.database.models.running import AgencyRequest
from oscb_desktop.domain.requests import purposes
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.plans import day_plan
from oscb_desktop.queries.records import records
from oscb_desktop.queries.requests import (
    AgencyChoice,
    agencies_to_ask,
    by_agency,
    default_asked,
    default_due,
    owed,
    requests_of,
)
from oscb_desktop.queries.standing import standing
from oscb_desktop.queries.today import today_rows
from oscb_desktop.services.plans import MakePlan
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make
from tests.generator import fill
from tests.services.acts import change, withdraw

TODAY = NOW.date()
SENT = date(2022, 3, 1)


@pytest.fixture
def review(store: Store) -> int:
    return make(store, "review", reference="RR-2022-01", known_as="Child M")


def ask(store: Store, review: int, agency: int, **values: Value) -> int:
    given: dict[str, Value] = {"requested_on": SENT, "due_on": date(2022, 3, 20), **values}
    return make(store, "agency_request", review=review, agency=agency, **given)


def test_what_is_owed_comes_by_its_day(store: Store, review: int) -> None:
    police = make(store, "agency", name="Valley Police", email="police@example.org")
    nurse = make(store, "person", name="P. Elm", email="elm@example.org")
    health = make(store, "agency", name="Valley Health", short_name="Health")
    ask(store, review, police)
    ask(store, review, health, contact=nurse, due_on=date(2022, 3, 14), reminders=2)
    ask(store, review, health, purpose="chronology", outcome="nil_return", received_on=TODAY)
    ask(store, review, police, purpose="report", withdrawn_on=TODAY)
    ask(store, review, police, purpose="accuracy", requested_on=None, due_on=None)
    first, second = store.read(owed, TODAY)
    assert (first.agency, first.words, first.emails) == (
        "Health",
        "11 days late",
        ("elm@example.org",),
    )
    assert (second.agency, second.days_late, second.review) == ("Valley Police", 5, "RR-2022-01")
    assert first.reminded == "2x"


@pytest.mark.parametrize("ended", [True, False])
def test_a_review_that_ended_or_is_in_the_bin_is_owed_nothing(
    store: Store, review: int, ended: bool
) -> None:
    ask(store, review, make(store, "agency"))
    if ended:
        change(store, "review", review, finished_on=date(2022, 3, 24))
    else:
        withdraw(store, "review", review)
    assert store.read(owed, TODAY) == ()


def test_an_answer_returned_to_be_completed_is_owed_again(store: Store, review: int) -> None:
    agency = make(store, "agency")
    request = ask(store, review, agency, outcome="received", received_on=TODAY)
    assert store.read(owed, TODAY) == ()
    change(store, "agency_request", request, quality="returned")
    found = store.read(standing, review, TODAY)
    assert found is not None
    assert "1 of 1 agency answer is still out." in [one.sentence for one in found.missing]
    assert [row.words for row in store.read(owed, TODAY)] == [
        "returned to be completed, 5 days late"
    ]


def test_what_an_agency_owes_stands_together(store: Store, review: int) -> None:
    one, two = make(store, "agency", name="One"), make(store, "agency", name="Two")
    ask(store, review, one, due_on=date(2022, 4, 20))
    ask(store, review, two)
    ask(
        store, review, one, purpose="report", due_on=date(2022, 2, 1), requested_on=date(2022, 1, 1)
    )
    groups = by_agency(store.read(owed, TODAY))
    assert [(group.agency, len(group.rows), group.late) for group in groups] == [
        ("One", 2, 1),
        ("Two", 1, 1),
    ]


def test_an_agency_that_is_no_more_is_told(store: Store, review: int) -> None:
    agency = make(store, "agency")
    ask(store, review, agency)
    change(store, "agency", agency, active_until=date(2022, 3, 10))
    assert store.read(owed, TODAY)[0].gone_on == date(2022, 3, 10)


def test_today_tells_what_is_owed(store: Store, review: int) -> None:
    assert store.read(today_rows, TODAY).nothing_near
    ask(store, review, make(store, "agency"), due_on=date(2022, 4, 20))
    assert store.read(today_rows, TODAY).nothing_near
    ask(store, review, make(store, "agency"), due_on=date(2022, 4, 1))
    rows = store.read(today_rows, TODAY)
    assert not rows.nothing_near
    assert len(rows.owed) == 2


def choices(store: Store, review: int, purpose: str = "summary") -> dict[str, AgencyChoice]:
    found = store.read(agencies_to_ask, review, purpose, TODAY)
    return {one.name: one for one in found}


def test_those_of_the_subgroup_are_known_with_whom_to_write_to(store: Store, review: int) -> None:
    police = make(store, "agency", name="Police", email="desk@example.org")
    housing = make(store, "agency", name="Housing", kind="housing", email="home@example.org")
    sits = make(store, "person", name="P. Elm", agency=police)
    sat = make(store, "person", name="P. Ash", agency=housing)
    make(store, "membership", person=sits)
    make(store, "membership", person=sat, to_on=date(2022, 3, 24))
    found = choices(store, review)
    assert list(found) == ["Police", "Housing"]
    told = found["Police"]
    assert (told.is_member, told.contact, told.email) == (True, "P. Elm", "desk@example.org")
    told = found["Housing"]
    assert (told.is_member, told.contact, told.email) == (False, "", "home@example.org")


def test_only_agencies_that_exist_can_be_asked(store: Store, review: int) -> None:
    make(store, "agency", name="Gone", active_until=date(2022, 3, 24))
    make(store, "agency", name="To come", active_from=date(2022, 4, 1))
    withdraw(store, "agency", make(store, "agency", name="In the bin"))
    here = make(store, "agency", name="Here", active_until=TODAY)
    ask(store, review, here)
    assert [(one.name, one.asked) for one in choices(store, review).values()] == [
        ("Here", "asked 01 Mar 2022")
    ]
    assert choices(store, review, "report")["Here"].asked == ""


def test_the_due_day_is_that_of_the_plan(store: Store) -> None:
    incident = make(store, "incident", notified_on=date(2022, 3, 21))
    review = make(store, "review", incident=incident, started_on=date(2022, 3, 21))
    tenth = date(2022, 4, 4)
    assert store.read(default_due, review, "summary", TODAY) == tenth
    store.write(MakePlan(review))
    steps = store.read(records, "plan_step", owner=review)
    (step,) = [row for row in steps if row.values["text"] == "Agency summaries are in"]
    change(store, "plan_step", step.id, due_on=date(2022, 4, 6))
    assert store.read(default_due, review, "summary", TODAY) == date(2022, 4, 6)


def test_a_day_that_has_passed_is_counted_from_today(store: Store, review: int) -> None:
    change(store, "review", review, kind="lcspr", initiated_on=date(2021, 1, 4))
    assert store.read(default_due, review, "information", TODAY) == date(2022, 4, 1)
    assert store.read(default_due, review, "report", TODAY) == date(2022, 4, 26)


def test_every_step_that_a_purpose_waits_for_is_in_the_usual_plans(store: Store) -> None:
    steps = {step.text for plan in ("rapid_review", "lcspr") for step in store.read(day_plan, plan)}
    wanted = {purpose.step for name, purpose in purposes().items() if name != "chronology"}
    assert wanted - {""} <= steps


def test_the_usual_text_has_the_period_and_the_key_lines(store: Store) -> None:
    review = make(
        store,
        "review",
        kind="lcspr",
        scope_from=None,
        terms="What was known?\nWho asked him?",
    )
    told = store.read(default_asked, review, "report")
    assert told.endswith("Key lines of enquiry:\nWhat was known?\nWho asked him?")
    assert told.startswith("Please write your agency's report")


def test_requests_of_a_review_come_as_they_were_sent(store: Store, review: int) -> None:
    later = ask(store, review, make(store, "agency", name="A"), requested_on=date(2022, 3, 5))
    first = ask(store, review, make(store, "agency", name="B"))
    never = ask(store, review, make(store, "agency", name="C"), requested_on=None, due_on=None)
    assert [row.id for row in store.read(requests_of, review, TODAY)] == [first, later, never]


def test_what_is_owed_of_five_thousand_is_read_at_once() -> None:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    fill(engine, reviews=2000, actions=1)
    _request_all(engine, 5000)
    with Session(engine) as session:
        asked: list[str] = []
        event.listen(engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
        rows = owed(session, TODAY)
    assert len(rows) == 1000
    assert len(asked) < 12, "one reading of each table, however many requests"


def _request_all(engine: Engine, count: int) -> None:
    with Session(engine) as session:
        reviews = [row.id for row in session.query(Review).filter(Review.finished_on.is_(None))]
        agencies = [row.id for row in session.query(Agency)]
        rows = [
            {
                "version": 1,
                "review_id": reviews[at % len(reviews)],
                "agency_id": agencies[at % len(agencies)],
                "purpose": "summary",
                "requested_on": SENT,
                "due_on": SENT + timedelta(days=at % 40),
                "outcome": None if at % 5 == 0 else "received",
                "received_on": None if at % 5 == 0 else TODAY,
            }
            for at in range(count)
        ]
        session.execute(insert(AgencyRequest), rows)
        session.commit()
