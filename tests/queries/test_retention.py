"""What the schedule says is due: from which day, until when, and what waits for what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from sqlalchemy import event

from oscb_desktop.database.engine import make_engine
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.retention import RetentionAction, Rule, turns_25
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.legal_holds import holds_on
from oscb_desktop.queries.record_web import going_with, web_of
from oscb_desktop.queries.retention import due_for_disposal, kinds_in_words
from oscb_desktop.services.store import Store
from tests.cases import ENDED, case_of, due, old_case, rule
from tests.factories import make
from tests.generator import fill
from tests.services.acts import change, withdraw


def _missing(store: Store) -> dict[str, str]:
    return {case.title.split()[0]: case.missing for case in due(store).undated}


def test_without_a_schedule_nothing_is_due(store: Store) -> None:
    old_case(store)
    assert due(store).due == ()
    assert due(store).without_rule == ("review", "incident", "identity", "professional")


def test_a_case_says_why_until_when_and_what_goes_with_it(store: Store) -> None:
    rule(store, source="Line 4")
    case = old_case(store)
    make(store, "action", review=case.review, delivery="no_longer_required")
    found = case_of(store, "review", case.review)
    assert (found.day, found.why) == (ENDED, "work ended on 30 Jun 1990")
    assert found.kept_until == date(2020, 6, 30)
    assert (found.rule.years, found.rule.authority) == (30, "Line 4")
    assert found.rule.action is RetentionAction.DISPOSE
    assert kinds_in_words(found.goes) == (
        "1 incident, 1 family, 1 child, 1 identity, 1 review, 1 action"
    )
    assert found.records == 6
    assert found.holds == ()
    assert found.stays == ()


@pytest.mark.parametrize(("day", "is_due"), [(date(2020, 6, 30), False), (date(2020, 7, 1), True)])
def test_it_is_due_the_day_after_the_last_day_of_keeping(
    store: Store, day: date, is_due: bool
) -> None:
    rule(store)
    old_case(store)
    listed = store.read(due_for_disposal, day)
    assert bool(listed.due) is is_due
    assert (listed.waiting, listed.next_on) == ((0, None) if is_due else (1, date(2020, 6, 30)))


def test_a_leap_day_ends_with_february() -> None:
    kept = Rule("review", "closed", 1, RetentionAction.DISPOSE).kept_until(date(2020, 2, 29))
    assert kept == date(2021, 2, 28)


def test_a_review_without_an_end_has_no_day_to_count_from(store: Store) -> None:
    rule(store)
    case = old_case(store, finished_on=None)
    assert due(store).due == ()
    assert list(_missing(store).values()) == ["the work on it has no end yet"]
    change(store, "review", case.review, finished_on=ENDED)
    make(store, "action", review=case.review)
    assert "is still open" in next(iter(_missing(store).values()))


def test_the_last_action_ends_the_work(store: Store) -> None:
    rule(store)
    case = old_case(store)
    done = date(1991, 2, 3)
    make(store, "action", review=case.review, delivery="complete", completed_on=done)
    found = case_of(store, "review", case.review)
    assert (found.day, found.why) == (done, "its last action was completed on 03 Feb 1991")


@pytest.mark.parametrize(
    ("trigger", "values", "why"),
    [
        ("closed", {"finished_on": None, "published_on": date(1991, 1, 1)}, "published on 01 Jan"),
        ("published", {"published_on": date(1991, 1, 1)}, "published on 01 Jan 1991"),
        ("received", {}, "received on 03 May 1989"),
    ],
)
def test_the_schedule_chooses_the_day(
    store: Store, trigger: str, values: Mapping[str, Value], why: str
) -> None:
    rule(store, trigger=trigger)
    case = old_case(store, "Harrowgate", **{"kind": "lcspr", **values})
    assert case_of(store, "review", case.review).why.startswith(why)


def test_what_was_never_published_has_no_day(store: Store) -> None:
    rule(store, trigger="published")
    old_case(store)
    assert list(_missing(store).values()) == ["it was never published"]


def test_the_last_change_is_read_from_the_log_and_a_look_is_none(store: Store) -> None:
    rule(store, trigger="last_change", years=0)
    case = old_case(store)
    found = store.read(due_for_disposal, date(2022, 3, 26)).due[0]
    assert found.ref == ("review", case.review)
    assert found.why == "last changed on 25 Mar 2022"


def test_the_youngest_childs_birthday_counts(store: Store) -> None:
    rule(store, trigger="youngest_25", years=5)
    case = old_case(store)
    found = case_of(store, "review", case.review)
    assert (found.day, found.kept_until) == (date(2010, 2, 3), date(2015, 2, 3))
    sister = make(store, "child", incident=case.incident, family=case.family)
    assert "neither a date of birth nor an age is known" in "".join(_missing(store).values())
    change(store, "child", sister, age_at_incident=Age.parse("2y 3m"))
    found = case_of(store, "review", case.review)
    assert (found.day, found.kept_until) == (date(2012, 2, 1), date(2017, 2, 1))
    assert "by the age alone, is 25 in 2012 at the latest" in found.why


@pytest.mark.parametrize(
    ("age", "happened", "latest"),
    [
        ("unborn", UncertainDate.of(2000, 3), date(2026, 1, 31)),
        ("3 weeks", UncertainDate.of(2000, 3, 4), date(2025, 3, 4)),
        ("13y", UncertainDate.of(2000), date(2012, 12, 31)),
        ("13y", UncertainDate.of(2000, about=True), date(2013, 6, 30)),
    ],
)
def test_an_age_gives_the_last_day_that_the_birthday_can_be(
    age: str, happened: UncertainDate, latest: date
) -> None:
    assert turns_25("CH-1", None, Age.parse(age), happened).day == latest


def test_neither_age_nor_date_of_the_incident_is_no_day() -> None:
    assert turns_25("CH-1", None, Age.parse("13y"), None).day is None
    assert turns_25("CH-1", None, None, UncertainDate.of(2000)).day is None


def test_a_case_waits_for_the_longest_of_what_it_holds(store: Store) -> None:
    rule(store, years=10)
    rule(store, "identity", trigger="youngest_25", years=60)
    old_case(store)
    listed = due(store)
    assert (listed.due, listed.waiting, listed.next_on) == ((), 1 + 1, date(2070, 2, 3))


def test_an_identity_kept_for_good_keeps_its_case(store: Store) -> None:
    rule(store)
    rule(store, "identity", action="keep")
    old_case(store)
    assert (due(store).due, due(store).kept) == ((), 2)


def test_an_identity_is_not_listed_beside_the_case_that_takes_it(store: Store) -> None:
    rule(store)
    rule(store, "identity", years=10)
    case = old_case(store)
    (found,) = due(store).due
    assert found.ref == ("review", case.review)


def test_an_identity_is_due_before_its_review(store: Store) -> None:
    rule(store, years=60)
    rule(store, "identity", years=10)
    case = old_case(store)
    (found,) = due(store).due
    assert found.ref == ("child_identity", case.identity)
    assert found.reference.startswith("Identity of CH-")
    assert kinds_in_words(found.goes) == "1 identity"


def test_the_day_of_a_birthday_is_told_nowhere(store: Store) -> None:
    rule(store, "identity", trigger="youngest_25", years=0)
    case = old_case(store)
    found = case_of(store, "child_identity", case.identity)
    assert (found.why, found.until) == ("CH-2022-01 is 25 in 2010", "2010")


def test_an_identity_waits_for_a_review_that_still_needs_it(store: Store) -> None:
    rule(store, "identity", trigger="youngest_25", years=0)
    case = old_case(store, finished_on=None)
    assert "RR-1989-01: the work on it has no end yet" in "".join(_missing(store).values())
    withdraw(store, "review", case.review)
    assert case_of(store, "child_identity", case.identity).day == date(2010, 2, 3)


def test_siblings_shared_by_two_reviews_stay_with_the_one_that_is_not_due(store: Store) -> None:
    rule(store)
    case = old_case(store)
    brother = make(store, "child", incident=case.incident, family=case.family)
    other = make(store, "review", children=(brother,), started_on=date(1990, 2, 1))
    found = case_of(store, "review", case.review)
    assert kinds_in_words(found.goes) == "1 review"
    assert "stays with its children: it is named by RR-1990-01" in found.stays[0]
    change(store, "review", other, finished_on=ENDED)
    both = [each.ref for each in due(store).due]
    gone = store.read(lambda session: going_with(web_of(session), both))
    assert {"incident", "child", "child_identity", "family"} <= {kind for kind, _ in gone}


def test_reviews_that_share_an_identity_wait_for_it_once_both_are_over(store: Store) -> None:
    rule(store)
    rule(store, "identity", trigger="youngest_25", years=60)
    case = old_case(store)
    other = make(store, "review", children=(case.child,), started_on=date(1990, 2, 1))
    assert kinds_in_words(case_of(store, "review", case.review).goes) == "1 review"
    change(store, "review", other, finished_on=ENDED)
    listed = due(store)
    assert (listed.due, listed.next_on) == ((), date(2070, 2, 3))


def test_a_family_with_another_child_stays(store: Store) -> None:
    rule(store)
    case = old_case(store)
    make(store, "child", family=case.family)
    assert "family" not in dict(case_of(store, "review", case.review).goes)


def test_shared_records_stay(store: Store) -> None:
    rule(store)
    case = old_case(store)
    theme, agency = make(store, "theme"), make(store, "agency")
    person = make(store, "person", agency=agency)
    change(store, "review", case.review, themes=(theme,), members=(person,))
    kinds = dict(case_of(store, "review", case.review).goes)
    assert not {"theme", "agency", "person"} & set(kinds)


def test_incidents_without_a_review_have_a_class_of_their_own(store: Store) -> None:
    rule(store, "incident", trigger="received", years=6)
    old_case(store)
    alone = make(store, "incident", received_on=date(2001, 4, 2))
    make(store, "incident")
    listed = due(store)
    assert [found.ref for found in listed.due] == [("incident", alone)]
    assert [found.missing for found in listed.undated] == ["no day says when it was received"]


def test_an_incident_that_was_decided_counts_from_the_decision(store: Store) -> None:
    rule(store, "incident", years=6)
    alone = make(store, "incident")
    assert list(_missing(store).values()) == ["no decision about it is recorded"]
    make(
        store,
        "notification_discussion",
        incident=alone,
        held_on=date(2001, 4, 2),
        decision="do_not_notify",
    )
    assert case_of(store, "incident", alone).why == "decided on 02 Apr 2001"


def test_what_is_in_the_bin_counts_from_its_own_day_or_else_from_its_withdrawal(
    store: Store,
) -> None:
    rule(store, years=1)
    ended, open_one = old_case(store), old_case(store, finished_on=None)
    for case in (ended, open_one):
        withdraw(store, "review", case.review)
    assert due(store).undated == ()
    assert case_of(store, "review", ended.review).day == ENDED
    assert "(in the bin)" in case_of(store, "review", ended.review).title
    later = store.read(due_for_disposal, date(2023, 3, 26)).due
    assert [found.why for found in later if found.ref[1] == open_one.review] == [
        "withdrawn on 25 Mar 2022"
    ]


def test_a_live_incident_does_not_go_with_a_review_in_the_bin(store: Store) -> None:
    rule(store)
    case = old_case(store)
    withdraw(store, "review", case.review)
    found = case_of(store, "review", case.review)
    assert kinds_in_words(found.goes) == "1 review"
    assert found.stays == ("IN-1989-01 stays with its children: it is not in the bin itself.",)
    withdraw(store, "incident", case.incident)
    assert "child_identity" in dict(case_of(store, "review", case.review).goes)


def test_a_professional_who_belongs_to_anything_is_no_case(store: Store) -> None:
    rule(store, "professional", years=6)
    gone, chair, member = make(store, "person"), make(store, "person"), make(store, "person")
    past = {"from_on": date(2000, 1, 1), "to_on": date(2004, 1, 1)}
    for person in (gone, chair):
        make(store, "membership", person=person, **past)
    make(store, "membership", person=member, from_on=date(2000, 1, 1))
    make(store, "meeting", chair=chair)
    listed = due(store)
    assert [found.ref for found in listed.due] == [("person", gone)]
    assert listed.due[0].reference == f"Professional {gone}"
    assert [found.missing for found in listed.undated] == ["a membership goes on"]


def test_holds_on_a_review_an_incident_or_everything(store: Store) -> None:
    rule(store)
    first, second = old_case(store), old_case(store)
    make(store, "legal_hold", name="A", everything=False, reviews=(first.review,))
    assert case_of(store, "review", first.review).holds == ("A",)
    assert case_of(store, "review", second.review).holds == ()
    make(store, "legal_hold", name="B", everything=False, incidents=(second.incident,))
    assert case_of(store, "review", second.review).holds == ("B",)
    everything = make(store, "legal_hold", name="C")
    assert case_of(store, "review", first.review).holds == ("A", "C")
    assert store.read(holds_on, "review", second.review, store.today()) == ("B", "C")
    for kind, number in (
        ("incident", first.incident),
        ("child", first.child),
        ("child_identity", first.identity),
    ):
        assert store.read(holds_on, kind, number, store.today()) == ("A", "C")
    assert store.read(holds_on, "person", 1, store.today()) == ("C",)
    change(store, "legal_hold", everything, lifted_on=store.today(), lifted_by="Head of legal")
    assert case_of(store, "review", second.review).holds == ("B",)


def test_a_hold_on_the_review_keeps_the_identity_too(store: Store) -> None:
    rule(store, "identity", years=10)
    case = old_case(store)
    make(store, "legal_hold", name="A", everything=False, reviews=(case.review,))
    assert case_of(store, "child_identity", case.identity).holds == ("A",)


def test_the_mark_of_a_case_changes_with_anything_in_it(store: Store) -> None:
    rule(store)
    case = old_case(store)
    before = case_of(store, "review", case.review).mark
    assert case_of(store, "review", case.review).mark == before
    change(store, "child", case.child, sex="female")
    assert case_of(store, "review", case.review).mark != before


def test_two_thousand_reviews_are_listed_in_few_readings(store: Store) -> None:
    rule(store, years=0)
    rule(store, "identity", trigger="youngest_25", years=0)
    rule(store, "professional", years=0)
    engine = make_engine(store.path, store.key)
    fill(engine, reviews=2000, actions=8000)
    engine.dispose()
    statements: list[str] = []
    event.listen(store._engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    listed = store.read(due_for_disposal, store.today())
    assert len(listed.due) + len(listed.undated) + listed.waiting >= 2000
    assert len(statements) < 130, "one reading of each table, however many cases"
