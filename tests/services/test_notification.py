"""Sending a notification begins the rapid review; what cannot be is refused in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import ReviewRecord
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.clocks import clocks_of_review
from oscb_desktop.queries.incidents import incident_standing
from oscb_desktop.queries.papers_notification import as_text, notification_sheet
from oscb_desktop.queries.records import RecordRow, records
from oscb_desktop.services.notification import FoundOutsideArea, SendNotification, ViewIdentities
from oscb_desktop.services.printing import made_now, make_notification_sheet
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make
from tests.services.acts import change, row_of

AWARE, DECIDED, SENT = date(2022, 2, 14), date(2022, 2, 16), date(2022, 2, 17)
SENDING: dict[str, Value] = {"notified_on": SENT, "notification_reasons": ("harm_abuse",)}


def incident(store: Store, decision: str = "notify", **values: Value) -> int:
    made = make(store, "incident", **{"aware_on": AWARE, **values})
    if decision:
        make(
            store,
            "notification_discussion",
            incident=made,
            held_on=DECIDED,
            decision=decision,
            decided_on=DECIDED,
        )
    return made


def send(store: Store, incident_id: int, **values: Value) -> None:
    version = row_of(store, "incident", incident_id).version
    store.write(SendNotification(incident_id, version, {**SENDING, **values}))


def reviews(store: Store) -> tuple[RecordRow, ...]:
    return store.read(records, "review")


def test_one_step_sets_the_day_and_begins_the_review_with_children_and_plan(store: Store) -> None:
    made = incident(store)
    family = make(store, "family")
    siblings = tuple(make(store, "child", incident=made, family=family) for _ in range(2))
    send(store, made, notification_reference="CSI-1", also_told=("coroner",))
    (review,) = reviews(store)
    assert review.values["kind"] == "rapid_review"
    assert review.values["children"] == siblings
    assert review.values["started_on"] == SENT
    assert len(store.read(records, "plan_step", owner=review.id)) == 9
    clocked = store.read(clocks_of_review, review.id, store.today())
    assert clocked is not None
    due = {clock.name: clock.due_on for clock in clocked.clocks}
    assert due == {"notification": date(2022, 2, 21), "rapid_review": date(2022, 3, 10)}
    store.write(Undo())
    assert reviews(store) == ()
    assert row_of(store, "incident", made).values["notified_on"] is None


@pytest.mark.parametrize("nature", ["looked_after_death_no_abuse", "care_leaver_death"])
def test_a_death_with_a_duty_of_its_own_begins_no_rapid_review(store: Store, nature: str) -> None:
    made = incident(store, nature=nature)
    send(store, made, notification_reasons=("looked_after_death",))
    assert row_of(store, "incident", made).values["notified_on"] == SENT
    assert reviews(store) == ()


def test_a_rapid_review_that_was_begun_before_stays_the_only_one(store: Store) -> None:
    made = incident(store)
    early = make(store, "review", incident=made, started_on=DECIDED)
    send(store, made)
    assert [review.id for review in reviews(store)] == [early]


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"notified_on": date(2022, 2, 11)}, "notified_on", "after this day"),
        ({"notified_on": date(2022, 3, 26)}, "notified_on", "day to come"),
        ({"notified_on": None}, "notified_on", "on which day"),
        ({"aware_on": None}, "aware_on", "became aware"),
        ({"aware_on": date(2022, 2, 18)}, "notified_on", "cannot come before"),
        ({"notification_reasons": ()}, "notification_reasons", "at least one reason"),
    ],
)
def test_a_day_that_cannot_be_is_refused_beside_its_field(
    store: Store, values: dict[str, Value], field: str, sentence: str
) -> None:
    made = incident(store)
    with pytest.raises(InvalidRecord, match=sentence) as refused:
        send(store, made, **values)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert reviews(store) == ()


@pytest.mark.parametrize(
    ("decision", "sentence"),
    [
        ("", "No decision to notify is recorded"),
        ("undecided", "No decision to notify is recorded"),
        ("do_not_notify", "On 16 Feb 2022 the local authority decided not to notify"),
    ],
)
def test_nothing_is_sent_without_a_decision(store: Store, decision: str, sentence: str) -> None:
    made = incident(store, decision)
    with pytest.raises(UserError, match=sentence):
        send(store, made)


def test_it_is_sent_once_by_us_and_as_it_was_read(store: Store) -> None:
    made = incident(store)
    with pytest.raises(ConflictError):
        store.write(SendNotification(made, 7, SENDING))
    send(store, made)
    with pytest.raises(UserError, match="was sent on 17 Feb 2022"):
        send(store, made)
    theirs = incident(store, notified_by="other_authority")
    with pytest.raises(UserError, match="Another authority notifies"):
        send(store, theirs)


def test_a_joint_review_begins_with_our_part_in_it(store: Store) -> None:
    made = incident(store)
    part: dict[str, Value] = {"role": "lead", "partnerships": "Alderfield", "kind": "lcspr"}
    store.write(SendNotification(made, 1, SENDING, part))
    (review,) = reviews(store)
    assert (review.words("role"), review.values["partnerships"]) == ("Joint, we lead", "Alderfield")
    assert review.values["kind"] == "rapid_review"


def test_a_case_outside_the_area_is_another_authority_s(store: Store) -> None:
    made = incident(store)
    with pytest.raises(InvalidRecord, match="Say in which"):
        store.write(FoundOutsideArea(made, 1, " "))
    store.write(FoundOutsideArea(made, 1, "Alderfield"))
    found = store.read(incident_standing, made, store.today())
    assert found is not None
    assert (found.outcome, found.clocks, found.missing) == ("For another area", (), ())
    assert not found.may_notify


@pytest.mark.parametrize(
    "ours", ["Aldershire", "aldershire County Council", "Brookton City Council"]
)
def test_our_own_area_is_not_another_authority_s(store: Store, ours: str) -> None:
    organisation = store.read(records, "organisation")[0]
    change(store, "organisation", organisation.id, name="Aldershire Safeguarding Partnership")
    partner: dict[str, Value] = {"name": "Brookton council", "statutory_partner": "local_authority"}
    make(store, "agency", kind="childrens_social_care", **partner)
    made = incident(store)
    with pytest.raises(InvalidRecord, match="This is our own area") as refused:
        store.write(FoundOutsideArea(made, 1, ours))
    assert [fault.field for fault in refused.value.faults] == ["incident_authority"]
    assert row_of(store, "incident", made).values["notified_by"] == "us"
    store.write(FoundOutsideArea(made, 1, "North Aldershire"))
    assert row_of(store, "incident", made).values["notified_by"] == "other_authority"


def test_it_is_not_outside_once_we_notified_or_review_it(store: Store) -> None:
    sent = incident(store)
    send(store, sent)
    with pytest.raises(UserError, match="has notified it already"):
        store.write(FoundOutsideArea(sent, row_of(store, "incident", sent).version, "Elsewhere"))
    begun = incident(store)
    make(store, "review", incident=begun)
    with pytest.raises(UserError, match="is a rapid review of it"):
        store.write(FoundOutsideArea(begun, 1, "Elsewhere"))


def test_what_is_missing_leads_from_the_first_call_to_the_sending(store: Store) -> None:
    made = make(store, "incident")

    def lacks() -> list[tuple[str, str]]:
        found = store.read(incident_standing, made, store.today())
        assert found is not None
        return [(one.kind, one.field) for one in found.missing]

    assert lacks() == [("incident", "aware_on"), ("notification_discussion", "")]
    change(store, "incident", made, aware_on=AWARE)
    make(store, "notification_discussion", incident=made, held_on=DECIDED, decision="do_not_notify")
    assert lacks() == [("notification_discussion", "reason")]
    later = date(2022, 2, 17)
    more: dict[str, Value] = {
        "held_on": later,
        "decision": "notify",
        "reason": "Abuse is suspected.",
    }
    make(store, "notification_discussion", incident=made, **more)
    assert lacks() == [("incident", "notified_on")]
    send(store, made, partners_told_on=SENT)
    assert lacks() == [("incident", "notification_reference")]


def test_an_old_case_that_is_reviewed_lacks_no_notification(store: Store) -> None:
    made = make(store, "incident")
    make(store, "review", kind="scr", incident=made)
    found = store.read(incident_standing, made, store.today())
    assert found is not None
    assert found.missing == ()


def test_identities_are_looked_at_for_a_reason_that_is_kept(store: Store) -> None:
    made = incident(store)
    with pytest.raises(UserError, match="No identity"):
        store.write(ViewIdentities(made, "To notify"))
    child = make(store, "child", incident=made)
    make(store, "child_identity", child=child)
    with pytest.raises(UserError, match="Say why"):
        store.write(ViewIdentities(made, " "))
    store.write(ViewIdentities(made, "To notify"))
    step = store.read(lambda session: session.query(Change).order_by(Change.id.desc()).first())
    assert step is not None
    assert (step.act, step.label) == (Act.VIEW, "Look at identities: To notify")


def sheet(store: Store, incident_id: int, *, identities: bool) -> ReviewRecord:
    return store.read(notification_sheet, incident_id, made_now(store), identities=identities)


def test_the_sheet_holds_four_children_and_the_rest_as_text(store: Store) -> None:
    made = incident(store, known_as="Family M")
    family = make(store, "family")
    for place in range(6):
        child = make(store, "child", incident=made, family=family, known_as=f"Child M{place + 1}")
        make(store, "child_identity", child=child, last_name=f"Exampleton{place + 1}")
    plain = sheet(store, made, identities=False)
    assert [section.title for section in plain.sections] == [
        "About the notification",
        "The incident",
        *(f"Child {place}: Child M{place}" for place in range(1, 5)),
        "Further children",
        "Who else has been told",
    ]
    assert "Exampleton" not in as_text(plain)
    assert "Child M6" in as_text(plain)
    named = as_text(sheet(store, made, identities=True))
    assert [f"Exampleton{place}" in named for place in range(1, 7)] == [True] * 6
    assert named.index("Exampleton4") < named.index("Further children") < named.index("leton5")


def test_the_sheet_says_who_notifies_and_when_each_partner_was_told(store: Store) -> None:
    made = incident(
        store,
        notifier="A. Wren",
        notifier_role="Head of service",
        notifier_authority="Example Valley Council",
        notifier_phone="01632 960 001",
        police_told_on=DECIDED,
        health_told_on=SENT,
    )
    told = as_text(sheet(store, made, identities=False)).splitlines()
    about = [
        "Notifier: A. Wren",
        "Notifier's role: Head of service",
        "Notifier's authority: Example Valley Council",
        "Notifier's telephone: 01632 960 001",
    ]
    assert told[told.index(about[0]) :][:4] == about
    also = told[told.index("Who else has been told") :]
    assert f"Police told on: {format_date(DECIDED)}" in also
    assert f"Health partner told on: {format_date(SENT)}" in also


def test_the_sheet_is_a_marked_paper(store: Store) -> None:
    made = incident(store)
    make(store, "child", incident=made)
    paper = make_notification_sheet(store, made)
    assert paper.data.startswith(b"%PDF")
    assert (paper.name, paper.marking) == ("Notification sheet", "OFFICIAL-SENSITIVE")
    with pytest.raises(UserError, match="No identity"):
        make_notification_sheet(store, made, "To notify")
