from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.values import Value
from oscb_desktop.errors import InvalidRecord, UserError
from oscb_desktop.services.records import RestoreRecord
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import change, faults, row_of, withdraw


def test_an_action_answers_a_recommendation_of_its_own_review(store: Store) -> None:
    recommendation = make(store, "recommendation")
    other = make(store, "review")
    assert faults(store, "action", review=other, recommendation=recommendation) == {
        "recommendation": "Recommendation: choose from those of the same review as this record."
    }
    action = make(store, "action", recommendation=recommendation)
    with pytest.raises(InvalidRecord, match="Actions refer to it, so it stays with its review"):
        change(store, "recommendation", recommendation, review=other)
    with pytest.raises(InvalidRecord, match="Recommendation: choose from those of the same"):
        change(store, "action", action, review=other)
    change(store, "action", action, review=other, recommendation=None)


def test_a_limb_is_one_of_the_recommendation(store: Store) -> None:
    limb = make(store, "limb")
    recommendation = row_of(store, "limb", limb).values["recommendation"]
    review = row_of(store, "recommendation", int(str(recommendation))).values["review"]
    second = make(store, "recommendation", review=review, number=2)
    for other in (second, None):
        assert "limb" in faults(store, "action", review=review, recommendation=other, limb=limb)
    make(store, "action", limb=limb)


def test_a_recommendation_rests_on_findings_of_its_own_review(store: Store) -> None:
    findings = (make(store, "finding"), make(store, "finding"))
    review = row_of(store, "finding", findings[0]).values["review"]
    assert "findings" in faults(store, "recommendation", review=review, findings=findings)
    make(store, "recommendation", findings=findings[:1])
    with pytest.raises(InvalidRecord, match="Recommendations refer to it"):
        change(store, "finding", findings[0], review=make(store, "review"))


@pytest.mark.parametrize(("kind", "field"), [("review", "arose_from"), ("agency", "successor")])
def test_nothing_comes_from_itself(store: Store, kind: str, field: str) -> None:
    first = make(store, kind)
    second = make(store, kind, **{field: first})
    third = make(store, kind, **{field: second})
    for origin in (first, second, third):
        with pytest.raises(InvalidRecord, match="cannot lead back to the same record"):
            change(store, kind, first, **{field: origin})
    change(store, kind, third, **{field: first})


def test_a_review_of_an_incident_is_about_the_children_of_that_incident(store: Store) -> None:
    incident, other = make(store, "incident"), make(store, "incident")
    child, stranger = make(store, "child", incident=incident), make(store, "child", incident=other)
    wrong = faults(store, "review", incident=incident, children=(child, stranger))
    assert wrong == {"children": "Children: choose from those of the same incident as this record."}
    review = make(store, "review", incident=incident, children=(child,))
    with pytest.raises(InvalidRecord, match="Take the child out of that review first"):
        change(store, "child", child, incident=other)
    with pytest.raises(InvalidRecord, match="of the same incident"):
        change(store, "review", review, incident=other)
    make(store, "review", kind="thematic", children=(child, stranger))


def test_a_child_moves_to_another_review_and_both_stay_consistent(store: Store) -> None:
    incident, other = make(store, "incident"), make(store, "incident")
    child = make(store, "child", incident=incident)
    first = make(store, "review", incident=incident, children=(child,))
    second = make(store, "review", incident=other)
    change(store, "review", first, children=())
    change(store, "child", child, incident=other)
    change(store, "review", second, children=(child,))
    assert row_of(store, "review", first).values["children"] == ()
    assert row_of(store, "review", second).values["children"] == (child,)


def test_an_incident_with_a_review_is_not_withdrawn_from_under_it(store: Store) -> None:
    incident = make(store, "incident")
    review = make(store, "review", incident=incident)
    with pytest.raises(UserError, match="refers to it as “Incident”"):
        withdraw(store, "incident", incident)
    withdraw(store, "review", review)
    withdraw(store, "incident", incident)
    with pytest.raises(UserError, match="needs its incident, which is in the bin too"):
        store.write(RestoreRecord("review", review))


def test_nothing_is_published_planned_or_sent_before_it_is_decided(store: Store) -> None:
    decided, before = date(2022, 3, 1), date(2022, 2, 1)
    for name in ("published_on", "report_sent_on", "publication_planned_on"):
        values: dict[str, Value] = {"initiated_on": decided, name: before}
        assert name in faults(store, "review", kind="lcspr", **values)
    sent: dict[str, Value] = {"decided_on": decided, "sent_to_panel_on": before}
    assert "sent_to_panel_on" in faults(store, "review", **sent)


def test_a_real_name_is_no_relationship_and_no_pseudonym(store: Store) -> None:
    child = make(store, "child")
    make(store, "child_identity", child=child, forenames="Odette Lark", last_name="Exampleton")
    review = make(store, "review", kind="lcspr", children=(child,))
    for name in ("odette", "Exampleton", "Odette  Lark Exampleton"):
        told = faults(store, "engagement", review=review, kind="family", who=name)
        assert set(told) == {"who"}
        assert name not in told["who"]
    known: dict[str, Value] = {"review": review, "kind": "family", "who": "mother"}
    assert set(faults(store, "engagement", **known, pseudonym="Lark")) == {"pseudonym"}
    mother = make(store, "engagement", **known, pseudonym="Robin")
    with pytest.raises(InvalidRecord, match="real name"):
        change(store, "engagement", mother, who="Odette")
    make(store, "engagement", review=make(store, "review"), kind="family", who="Odette")


def test_an_agency_that_is_no_more_is_asked_nothing(store: Store) -> None:
    agency = make(store, "agency", active_until=date(2022, 3, 10))
    review = make(store, "review")
    asked: dict[str, Value] = {"review": review, "agency": agency}
    told = faults(store, "agency_request", **asked, requested_on=date(2022, 3, 11))
    assert told == {
        "agency": "This agency existed until 10 Mar 2022 only. Choose the one that took over."
    }
    assert make(store, "agency_request", **asked, requested_on=date(2022, 3, 10))


@pytest.mark.parametrize(
    ("begins", "ends", "refused"),
    [
        (date(2022, 1, 31), None, False),
        (date(2022, 1, 30), None, True),
        (date(2022, 1, 15), date(2022, 1, 20), True),
        (date(2021, 12, 1), date(2022, 1, 11), True),
        (date(2021, 12, 1), date(2022, 1, 10), False),
        (date(2021, 12, 1), None, True),
        (date(2022, 1, 10), date(2022, 1, 10), True),
    ],
)
def test_two_pauses_of_one_review_share_no_day(
    store: Store, begins: date, ends: date | None, refused: bool
) -> None:
    review = make(store, "review")
    first: dict[str, Value] = {"from_on": date(2022, 1, 10), "until_on": date(2022, 1, 31)}
    make(store, "pause", review=review, **first)
    second: dict[str, Value] = {"review": review, "reason": "inquest", "from_on": begins}
    if refused:
        sentence = faults(store, "pause", **second, until_on=ends)["from_on"]
        assert sentence.startswith("The review was paused from 10 Jan 2022 until 31 Jan 2022")
    else:
        make(store, "pause", **second, until_on=ends)
    make(store, "pause", **{**second, "review": make(store, "review")}, until_on=ends)


def test_a_pause_that_lasts_is_ended_before_the_next(store: Store) -> None:
    review = make(store, "review")
    first = make(store, "pause", review=review, from_on=date(2022, 1, 10))
    next_one: dict[str, Value] = {"review": review, "from_on": date(2022, 3, 1)}
    assert "and still is" in faults(store, "pause", **next_one)["from_on"]
    change(store, "pause", first, until_on=date(2022, 2, 1))
    second = make(store, "pause", **next_one)
    with pytest.raises(InvalidRecord, match="was paused from 01 Mar 2022"):
        change(store, "pause", first, until_on=date(2022, 3, 2))
    withdraw(store, "pause", second)
    change(store, "pause", first, until_on=date(2022, 3, 2))
