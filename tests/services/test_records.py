from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.models.trust import Change, ChangeItem
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import ConflictError, InvalidRecord, UserError
from oscb_desktop.queries.records import first_id
from oscb_desktop.services.records import (
    AddRecord,
    AmendRecord,
    RestoreRecord,
    ViewIdentity,
    WithdrawRecord,
    amend,
)
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make
from tests.replay import hangs_together
from tests.services.acts import Doing, change, faults, row_of, withdraw
from tests.services.test_store import steps

ADDED = [kind for kind in RECORD_KINDS if not RECORD_KINDS[kind].singleton]


@pytest.mark.parametrize("kind", ADDED)
def test_a_record_of_every_kind_goes_there_and_back(store: Store, kind: str) -> None:
    if kind == "age_band":
        made = make(store, kind, label="Older", from_years=18)
    else:
        made = make(store, kind)
    row = row_of(store, kind, made)
    assert (row.version, row.withdrawn_at) == (1, None)
    if RECORD_KINDS[kind].tells_of_an_act:
        with pytest.raises(UserError, match="tells of what was done, so it stays"):
            withdraw(store, kind, made)
        return
    withdraw(store, kind, made)
    assert row_of(store, kind, made).withdrawn_at is not None
    store.write(RestoreRecord(kind, made))
    back = row_of(store, kind, made)
    assert (back.values, back.withdrawn_at, back.version) == (row.values, None, 3)
    assert store.read(hangs_together)


def test_what_is_wrong_is_told_beside_each_field_and_nothing_is_saved(store: Store) -> None:
    before = store.read(steps)
    with pytest.raises(InvalidRecord) as refusal:
        store.write(AddRecord("incident", {"nature": "unheard_of", "notified_by": None}))
    assert {fault.field for fault in refusal.value.faults} == {"known_as", "nature", "notified_by"}
    assert store.read(steps) == before


def test_defaults_stand_where_nothing_was_given(store: Store) -> None:
    review = row_of(store, "review", make(store, "review"))
    assert review.values["role"] == "sole"
    action = row_of(store, "action", make(store, "action", scope="national"))
    assert action.values["scope"] == "national"
    assert action.values["delivery"] == "not_started"


def test_a_link_to_the_bin_or_to_nothing_is_refused(store: Store) -> None:
    agency = make(store, "agency")
    withdraw(store, "agency", agency)
    sentence = "Agency: that agency is in the bin or gone."
    assert faults(store, "person", agency=agency) == {"agency": sentence}
    assert faults(store, "person", agency=999) == {"agency": sentence}
    theme = make(store, "theme")
    assert "themes" in faults(store, "review", themes=(theme, 999))


def test_a_link_of_the_wrong_shape_is_refused(store: Store) -> None:
    assert "agency" in faults(store, "person", agency="Police")
    assert "agency" in faults(store, "person", agency=True)
    assert "themes" in faults(store, "review", themes=3)


def test_a_change_of_links_alone_raises_the_version_and_is_logged(store: Store) -> None:
    themes = tuple(make(store, "theme") for _ in range(3))
    review = make(store, "review", themes=themes[:2])
    change(store, "review", review, themes=(themes[2], themes[0], themes[2]))
    row = row_of(store, "review", review)
    assert (row.version, row.values["themes"]) == (2, (themes[0], themes[2]))
    with pytest.raises(ConflictError):
        store.write(AmendRecord("review", review, 1, {"themes": ()}))
    assert store.read(hangs_together)


def test_the_same_links_in_another_order_are_no_change(store: Store) -> None:
    themes = (make(store, "theme"), make(store, "theme"))
    review = make(store, "review", themes=themes)
    change(store, "review", review, themes=themes[::-1])
    assert row_of(store, "review", review).version == 1


@pytest.mark.parametrize("name", ["Police", "POLICE", "  police "])
def test_a_name_is_given_once_whatever_its_capitals(store: Store, name: str) -> None:
    make(store, "agency", name="Police")
    assert faults(store, "agency", name=name) == {
        "name": "Name: “Police” has it already. Change that one, or give another."
    }


def test_a_key_in_the_bin_is_still_taken(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-07")
    withdraw(store, "review", review)
    assert faults(store, "review", reference="RR-2021-07") == {
        "reference": "Reference: “RR-2021-07 Child M” has it already. It is in the bin: bring it "
        "back, or give another."
    }


def test_a_second_identity_is_refused_without_a_name(store: Store) -> None:
    child = make(store, "child")
    make(store, "child_identity", child=child, last_name="Exampleton")
    assert faults(store, "child_identity", child=child) == {
        "child": "Child: another identity has it already. Change that one, or give another."
    }


@pytest.mark.parametrize(
    ("kind", "values", "other", "told"),
    [
        (
            "cost_line",
            {"description": "Lead reviewer", "amount": Decimal("8000.00"), "invoice": "17"},
            {"invoice": "18"},
            {
                "invoice": "“Lead reviewer £8,000.00” is there already with the same “For what”, "
                "“Invoice number” and “On”. Open that one to change it, or give this one another "
                "“Invoice number” or “On”."
            },
        ),
        (
            "engagement",
            {"kind": "practitioner_event", "who": "school staff", "met_on": date(2022, 2, 1)},
            {"met_on": date(2022, 3, 1)},
            {
                "met_on": "“Practitioners, at an event school staff” is there already with the "
                "same “With”, “Who” and “Met on”. Open that one to change it, or give this one "
                "another “Met on”."
            },
        ),
        (
            "panel_response",
            {"received_on": date(2022, 2, 1), "kind": "clarification"},
            {"kind": "agrees_no_lcspr"},
            {
                "kind": "“01 Feb 2022 Asks for further information or clarification” is there "
                "already with the same “Received on” and “What the Panel says”. Open that one to "
                "change it, or give this one another “What the Panel says”."
            },
        ),
    ],
)
def test_an_ordinary_second_entry_is_taken_and_the_same_one_named(
    store: Store,
    kind: str,
    values: dict[str, Value],
    other: dict[str, Value],
    told: dict[str, str],
) -> None:
    review = make(store, "review")
    make(store, kind, review=review, **values)
    assert faults(store, kind, review=review, **values) == told
    second = make(store, kind, review=review, **{**values, **other})
    assert faults_of_change(store, kind, second, values) == set(told)
    without = {name: value for name, value in values.items() if name not in other}
    if kind != "panel_response":
        make(store, kind, review=review, **without)
        assert set(faults(store, kind, review=review, **without)) == set(told)


def faults_of_change(store: Store, kind: str, record_id: int, values: dict[str, Value]) -> set[str]:
    with pytest.raises(InvalidRecord) as refused:
        change(store, kind, record_id, **values)
    return {fault.field for fault in refused.value.faults}


def test_a_key_of_several_fields_is_free_again_when_its_record_is_withdrawn(store: Store) -> None:
    first = make(store, "baseline")
    assert "figure" in faults(store, "baseline")
    withdraw(store, "baseline", first)
    make(store, "baseline")
    with pytest.raises(UserError, match="Another baseline figure like this one was added"):
        store.write(RestoreRecord("baseline", first))


def test_a_record_keeps_its_own_key(store: Store) -> None:
    agency = make(store, "agency", name="Police")
    other = make(store, "agency", name="Fire service")
    change(store, "agency", agency, name="POLICE")
    with pytest.raises(InvalidRecord, match="“POLICE” has it"):
        change(store, "agency", other, name="police")


def test_a_child_has_one_identity(store: Store) -> None:
    child = make(store, "child")
    identity = make(store, "child_identity", child=child)
    assert "child" in faults(store, "child_identity", child=child)
    withdraw(store, "child_identity", identity)
    assert "in the bin" in faults(store, "child_identity", child=child)["child"]


def test_there_is_one_organisation_and_it_stays(store: Store) -> None:
    with pytest.raises(UserError, match="There is one “Our organisation” in a file"):
        store.write(AddRecord("organisation", {"name": "Another"}))
    own = store.read(first_id, "organisation")
    assert own is not None
    with pytest.raises(UserError, match="cannot be withdrawn, only changed"):
        withdraw(store, "organisation", own)


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("action", "due_on", date(2023, 1, 1)),
        ("action", "delivery", "in_progress"),
        ("action", "original_due_on", date(2023, 1, 1)),
        ("action", "reference", "A-2021-99"),
        ("review", "reference", "RR-2021-99"),
        ("review", "rule_set", "wt2023"),
        ("review", "rule_set", None),
    ],
)
def test_a_guarded_field_is_not_changed_by_plain_entry(
    store: Store, kind: str, field: str, value: Value
) -> None:
    made = make(store, kind)
    with pytest.raises(InvalidRecord, match="is not changed here once it is set"):
        change(store, kind, made, **{field: value})


def test_a_guarded_field_is_set_while_it_is_empty(store: Store) -> None:
    action = make(store, "action", due_on=None)
    change(store, "action", action, due_on=date(2022, 9, 30))
    assert row_of(store, "action", action).values["due_on"] == date(2022, 9, 30)


def test_the_first_due_date_is_kept_however_late_it_was_given(store: Store) -> None:
    action = make(store, "action", due_on=None)
    change(store, "action", action, due_on=date(2022, 9, 30))
    store.write(Doing(lambda work: amend(work, "action", action, {"due_on": date(2023, 1, 31)})))
    values = row_of(store, "action", action).values
    assert (values["original_due_on"], values["due_on"]) == (date(2022, 9, 30), date(2023, 1, 31))


def test_what_is_set_once_is_kept_from_every_command(store: Store) -> None:
    action = make(store, "action")
    with pytest.raises(InvalidRecord, match="Originally due is not changed"):
        store.write(Doing(lambda work: amend(work, "action", action, {"original_due_on": None})))


@pytest.mark.parametrize("kind", ["progress_note", "due_revision"])
def test_what_is_only_ever_added_is_not_amended(store: Store, kind: str) -> None:
    made = make(store, kind)
    field = "note" if kind == "progress_note" else "reason"
    with pytest.raises(UserError, match=r"is only ever added\. Add another"):
        change(store, kind, made, **{field: "Rewritten."})
    change(store, kind, made)


def test_the_same_note_may_be_made_twice(store: Store) -> None:
    action = make(store, "action")
    assert make(store, "progress_note", action=action) != make(
        store, "progress_note", action=action
    )


def test_what_belongs_to_a_record_goes_and_comes_with_it(store: Store) -> None:
    action = make(store, "action")
    review = row_of(store, "action", action).values["review"]
    assert isinstance(review, int)
    note, evidence = (
        make(store, "progress_note", action=action),
        make(store, "evidence", action=action),
    )
    own = [
        ("review", review),
        ("action", action),
        ("progress_note", note),
        ("evidence", evidence),
    ]
    gone_before = make(store, "progress_note", action=action, note="Withdrawn by itself.")
    withdraw(store, "progress_note", gone_before)
    withdraw(store, "review", review)
    assert all(row_of(store, *each).withdrawn_at for each in own)
    store.write(RestoreRecord("review", review))
    assert not any(row_of(store, *each).withdrawn_at for each in own)
    assert row_of(store, "progress_note", gone_before).withdrawn_at is not None
    assert store.read(hangs_together)


def test_the_time_of_withdrawal_is_this_moment(store: Store) -> None:
    theme = make(store, "theme")
    withdraw(store, "theme", theme)
    kept = store.read(lambda session: session.scalar(text("SELECT withdrawn_at FROM theme")))
    there = datetime.fromisoformat(str(kept)).replace(tzinfo=UTC)
    assert there == store.now().astimezone(UTC)


def test_what_others_refer_to_is_not_withdrawn(store: Store) -> None:
    agency = make(store, "agency", name="Police")
    make(store, "person", name="P. Sample", agency=agency)
    with pytest.raises(UserError, match=r"Person P\. Sample refers to it as “Agency”"):
        withdraw(store, "agency", agency)
    theme = make(store, "theme")
    review = make(store, "review", themes=(theme,))
    with pytest.raises(UserError, match="refers to it as “Themes”"):
        withdraw(store, "theme", theme)
    change(store, "review", review, themes=())
    withdraw(store, "theme", theme)


def test_an_agency_that_owes_stays_and_is_given_its_last_day(store: Store) -> None:
    agency = make(store, "agency", name="Brook Housing")
    review = make(store, "review", reference="LR-2021-07", known_as="Child Q")
    make(store, "agency_request", agency=agency, review=review, purpose="information")
    with pytest.raises(UserError) as refused:
        withdraw(store, "agency", agency)
    assert refused.value.sentence == (
        "Agency request Brook Housing Other information of review LR-2021-07 Child Q refers to it "
        "as “Agency”. An agency that has ended stays on record: give its last day under “Existed "
        "until” instead."
    )
    change(store, "agency", agency, active_until=date(2022, 3, 20))


def test_what_it_belongs_to_must_be_there_first(store: Store) -> None:
    note = make(store, "progress_note")
    action = row_of(store, "progress_note", note).values["action"]
    assert isinstance(action, int)
    withdraw(store, "progress_note", note)
    withdraw(store, "action", action)
    with pytest.raises(UserError, match="needs its action, which is in the bin too"):
        store.write(RestoreRecord("progress_note", note))
    store.write(RestoreRecord("action", action))
    store.write(RestoreRecord("progress_note", note))


def test_nothing_comes_back_to_somebody_who_left(store: Store) -> None:
    owner = make(store, "person")
    action = make(store, "action", owner=owner)
    review = row_of(store, "action", action).values["review"]
    assert isinstance(review, int)
    withdraw(store, "review", review)
    withdraw(store, "person", owner)
    with pytest.raises(UserError, match="needs its person, which is in the bin too"):
        store.write(RestoreRecord("review", review))
    assert row_of(store, "review", review).withdrawn_at is not None


def test_the_bin_is_left_alone(store: Store) -> None:
    theme = make(store, "theme")
    with pytest.raises(UserError, match="is not in the bin"):
        store.write(RestoreRecord("theme", theme))
    withdraw(store, "theme", theme)
    for command in (
        AmendRecord("theme", theme, 2, {"name": "Changed"}),
        WithdrawRecord("theme", theme, 2),
    ):
        with pytest.raises(UserError, match=r"is in the bin\. Bring it back first"):
            store.write(command)
    for missing in (AmendRecord("theme", 99, 1, {}), RestoreRecord("theme", 99)):
        with pytest.raises(UserError, match="There is no such theme"):
            store.write(missing)


def logged(store: Store) -> list[tuple[str, str, str]]:
    return store.read(
        lambda session: [
            (item.act, item.field, item.after or "")
            for item in session.query(ChangeItem).filter(ChangeItem.change_id > 1)
        ]
    )


def test_each_field_is_logged_with_what_it_became(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    change(store, "theme", theme, description="Years.", name="Neglect")
    withdraw(store, "theme", theme)
    assert logged(store) == [
        ("add", "name", '"Neglect"'),
        ("amend", "description", '"Years."'),
        ("withdraw", "", ""),
    ]


def test_a_step_is_named_by_its_record_but_never_by_an_identity(store: Store) -> None:
    child = make(store, "child", known_as="Child M")
    identity = make(store, "child_identity", child=child, last_name="Exampleton")
    change(store, "child_identity", identity, forenames="Quillon")
    withdraw(store, "child_identity", identity)
    labels = store.read(lambda session: [step.label for step in session.query(Change)])
    assert labels[-4:] == [
        "Add child CH-2022-01 Child M",
        "Add identity",
        "Change identity",
        "Withdraw identity",
    ]
    assert "Exampleton" not in " ".join(labels)


def test_a_look_at_an_identity_is_logged_with_its_reason(store: Store) -> None:
    identity = make(store, "child_identity")
    store.write(ViewIdentity(identity, "  To write to the school.  "))
    last = store.read(lambda session: session.query(Change).order_by(Change.id.desc()).first())
    assert last is not None
    assert (last.act, last.label) == (Act.VIEW, "Look at an identity: To write to the school.")
    for reason in ("", "  "):
        with pytest.raises(UserError, match="Say why"):
            store.write(ViewIdentity(identity, reason))
    withdraw(store, "child_identity", identity)
    with pytest.raises(UserError, match="in the bin"):
        store.write(ViewIdentity(identity, "Once more."))


def test_a_day_to_come_of_old_stays_until_it_is_changed_and_can_be_undone(store: Store) -> None:
    store.practice_today = date(2022, 6, 1)
    incident = make(store, "incident", aware_on=date(2022, 5, 25))
    store.practice_today = None
    change(store, "incident", incident, known_as="Child N")
    change(store, "incident", incident, aware_on=date(2022, 3, 24))
    store.write(Undo())
    assert row_of(store, "incident", incident).values["aware_on"] == date(2022, 5, 25)
    told = "“Local authority became aware on” cannot lie on a day to come; today is 25 Mar 2022."
    with pytest.raises(InvalidRecord, match=told):
        change(store, "incident", incident, aware_on=date(2022, 3, 26))
    assert faults(store, "incident", aware_on=date(2022, 3, 26)) == {"aware_on": told}


def test_a_number_that_cannot_be_is_refused_when_it_is_changed(store: Store) -> None:
    cost = make(store, "cost_line")
    with pytest.raises(InvalidRecord, match="cannot be below 0"):
        change(store, "cost_line", cost, amount=Decimal(-5))
    assert set(faults(store, "report_draft", number=0)) == {"number"}
    assert set(faults(store, "commission", days=-3)) == {"days"}
