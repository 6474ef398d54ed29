from __future__ import annotations

from collections import Counter

import pytest

from oscb_desktop.domain.codes import code_lists
from oscb_desktop.domain.fields.field import Field, FieldKind, Guard, RecordKind
from oscb_desktop.domain.fields.registry import (
    RECORD_KINDS,
    kinds_owned_by,
    links_to,
    record_kind,
)
from oscb_desktop.domain.rule_sets import load_rule_sets

KINDS = list(RECORD_KINDS.values())
FIELDS = [
    pytest.param(kind, field, id=f"{kind.name}.{field.name}")
    for kind in KINDS
    for field in kind.fields
]
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)


@each_kind
def test_a_kind_is_whole(kind: RecordKind) -> None:
    assert kind.label
    assert kind.plural
    assert kind.about.endswith(".")
    assert max(Counter(kind.names).values()) == 1
    assert kind.key
    assert {*kind.title, *kind.key} <= set(kind.names)
    assert kind.has_reference == ("reference" in kind.key)
    assert not any(kind.field(name).holds_many for name in kind.key)


@each_kind
def test_two_fields_of_a_kind_are_not_called_the_same(kind: RecordKind) -> None:
    labels = Counter(field.label.casefold() for field in kind.fields)
    assert {label: times for label, times in labels.items() if times > 1} == {}


def test_two_kinds_are_not_called_the_same() -> None:
    for names in ([kind.label for kind in KINDS], [kind.name for kind in KINDS]):
        assert len(set(names)) == len(names)


@each_kind
def test_an_owner_comes_before_what_it_owns(kind: RecordKind) -> None:
    if not kind.parent:
        return
    owner = kind.field(kind.parent)
    assert owner.kind is FieldKind.LINK
    assert owner.required
    order = list(RECORD_KINDS)
    assert order.index(owner.to) < order.index(kind.name)
    assert kind in kinds_owned_by(owner.to)


@each_kind
def test_what_a_record_links_to_stands_before_it_or_is_its_like(kind: RecordKind) -> None:
    order = list(RECORD_KINDS)
    late = [
        field.name
        for field in kind.fields
        if field.is_link and order.index(field.to) > order.index(kind.name)
    ]
    assert late == []


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_field_is_whole(kind: RecordKind, field: Field) -> None:
    assert field.name.isidentifier()
    assert field.name == field.name.lower()
    assert field.label == field.label.strip()
    assert field.label
    assert field.max_length > 0
    assert not field.help or field.help.endswith((".", "?"))
    assert bool(field.to) == field.is_link
    assert bool(field.codes) == (field.kind in (FieldKind.CODE, FieldKind.CODES))
    assert kind.field(field.name) is field


def test_each_day_that_may_lie_ahead_is_known() -> None:
    days = (FieldKind.DATE, FieldKind.UNCERTAIN_DATE)
    ahead = {f"{k.name}.{f.name}" for k in KINDS for f in k.fields if f.kind in days and not f.past}
    assert ahead == {
        "action.due_on",
        "action.original_due_on",
        "agency.active_from",
        "agency.active_until",
        "agency_request.due_on",
        "assurance_check.due_on",
        "due_revision.from_on",
        "due_revision.to_on",
        "extra_holiday.on_date",
        "mailing.due_back_on",
        "meeting.held_on",
        "meeting_action.due_on",
        "membership.from_on",
        "membership.to_on",
        "milestone.due_on",
        "organisation.practice_today",
        "parallel_process.next_on",
        "pause.from_on",
        "pause.until_on",
        "plan_step.due_on",
        "report_draft.due_on",
        "review.meeting_on",
        "review.publication_planned_on",
        "review.scope_from",
        "review.scope_to",
        "review.started_on",
    }


def test_only_a_count_of_days_before_something_lies_below_nought() -> None:
    low = {f"{k.name}.{f.name}" for k in KINDS for f in k.fields if f.least is None}
    assert low == {
        "ladder_step.days",
        "plan_step.working_days",
        "plan_template_step.working_days",
    }


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_what_a_field_names_is_there(kind: RecordKind, field: Field) -> None:
    if field.codes:
        listed = {entry.code for entry in code_lists()[field.codes].codes}
        assert listed
        assert not field.default or field.default in listed
    if field.is_link:
        assert (kind, field) in links_to(field.to)
    if field.when is not None:
        other = kind.field(field.when.field)
        choices = (
            {entry.code for entry in code_lists()[other.codes].codes}
            if other.codes
            else {
                "yes",
                "no",
            }
        )
        assert set(field.when.codes) <= choices
        assert other.kind in (FieldKind.CODE, FieldKind.YES_NO)


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_a_reference_is_set_once(kind: RecordKind, field: Field) -> None:
    if field.name == "reference":
        assert field.guard is Guard.SET_ONCE
        assert kind.prefix or kind.parent


@each_kind
def test_only_the_identity_can_name_a_child(kind: RecordKind) -> None:
    assert kind.identifying == (kind.name == "child_identity")


def test_all_that_an_identity_holds_is_identifying_but_whose_it_is() -> None:
    plain = [field.name for field in record_kind("child_identity").fields if not field.identifying]
    assert plain == ["child"]


@each_kind
def test_every_field_stands_under_a_heading_or_none_does(kind: RecordKind) -> None:
    headed = {bool(field.section) for field in kind.fields if field.name != "reference"}
    assert len(headed) == 1
    assert set(kind.sections) == {field.section for field in kind.fields}


def test_each_rule_set_can_be_chosen_and_each_choice_is_a_rule_set() -> None:
    listed = [entry.code for entry in code_lists()["rule_set"].codes]
    assert sorted(listed) == sorted(rules.key for rules in load_rule_sets())


def test_every_code_list_is_used_or_is_meant_for_later() -> None:
    used = {field.codes for kind in KINDS for field in kind.fields if field.codes}
    assert used <= set(code_lists())


def test_an_unknown_name_is_an_error_of_ours() -> None:
    with pytest.raises(KeyError, match="review has no field colour"):
        record_kind("review").field("colour")
    with pytest.raises(KeyError):
        record_kind("meeting_of_minds")
