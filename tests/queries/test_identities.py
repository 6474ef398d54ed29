from __future__ import annotations

from datetime import date

import pytest

from oscb_desktop.domain.disclosure.findings import Kind, Needle
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.identities import Identities, identities
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.records import RecordRow, record, records
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make

WHO: dict[str, Value] = {
    "last_name": "Quennerby",
    "forenames": "Tamsel Irrin",
    "other_names": "Tams",
    "date_of_birth": date(2011, 6, 3),
    "nhs_number": "999 000 1007",
    "address": "3 Thimble Yard, Little Marrowby, ZZ9 4QT",
    "school": "Saint Orfrey's Academy",
    "parents": "Ostrell Quennerby (father)",
    "siblings": "Corvane, 7",
}


def sought(store: Store) -> set[Needle]:
    return set(store.read(identities).sought.needles)


def names_that_may_stand(store: Store) -> dict[str, frozenset[str]]:
    return {one.words: one.bearers for one in store.read(identities).sought.innocents}


def the(store: Store, kind: str, record_id: int) -> RecordRow:
    row = store.read(record, kind, record_id)
    assert row is not None
    return row


def reference(store: Store, kind: str, record_id: int) -> str:
    return str(the(store, kind, record_id).values["reference"])


def test_a_file_with_no_identity_seeks_nothing(store: Store) -> None:
    make(store, "child")
    found = store.read(identities)
    assert (found.sought.needles, found.children, found.names) == ((), 0, 0)


def test_everything_recorded_of_a_child_is_sought_by_its_reference(store: Store) -> None:
    child = make(store, "child")
    make(store, "child_identity", child=child, **WHO)
    own = reference(store, "child", child)
    expected = {
        (Kind.SURNAME, "Quennerby"),
        (Kind.FORENAME, "Tamsel Irrin"),
        (Kind.OTHER_NAME, "Tams"),
        (Kind.DATE_OF_BIRTH, "2011-06-03"),
        (Kind.NHS_NUMBER, "9990001007"),
        (Kind.ADDRESS, "3 Thimble Yard"),
        (Kind.PLACE, "little marrowby"),
        (Kind.POSTCODE, "ZZ94QT"),
        (Kind.SCHOOL, "Saint Orfrey's Academy"),
        (Kind.RELATIVE, "Ostrell"),
        (Kind.RELATIVE, "Quennerby"),
        (Kind.RELATIVE, "Corvane"),
    }
    assert sought(store) == {Needle(kind, words, own) for kind, words in expected}
    found = store.read(identities)
    assert (found.children, found.names) == (1, 5)


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        (kind.name, field)
        for kind in RECORD_KINDS.values()
        for field in kind.fields
        if field.identifying
    ],
)
def test_whatever_is_declared_to_identify_is_sought(store: Store, kind: str, field: Field) -> None:
    assert kind == "child_identity"
    typed = "Tamsel of 14 Larkspur Mews, 9990001007"
    day = field.kind is FieldKind.DATE
    value: Value = date(2011, 6, 3) if day else typed[: field.max_length]
    if field.max_length == 20:
        value = "999 000 1007"
    child = make(store, "child")
    make(store, kind, child=child, **(dict.fromkeys(WHO) | {field.name: value}))
    assert sought(store), field.label


def test_children_of_whom_no_name_is_recorded_are_told_by_review(store: Store) -> None:
    family = make(store, "family")
    one, other, third, gone = (make(store, "child", family=family) for _ in range(4))
    review = make(store, "review", children=(one, other, gone))
    make(store, "child_identity", child=one, **WHO)
    make(store, "child_identity", child=other, **(dict.fromkeys(WHO) | {"school": "Hill Top"}))
    store.write(WithdrawRecord("review", make(store, "review", children=(third,)), 1))
    found = store.read(identities)
    names = {child: reference(store, "child", child) for child in (other, third, gone)}
    assert found.nameless == tuple(names.values())
    assert found.of_reviews[review] == (names[other], names[gone])
    assert found.children == 1


def test_references_are_sought_for_each_child_of_the_incident(store: Store) -> None:
    incident = make(
        store, "incident", notification_reference="SIN-4417", nhs_incident_number="2021/11873"
    )
    one, other = (make(store, "child", incident=incident) for _ in range(2))
    make(store, "child_identity", child=one)
    whose = {needle.whose for needle in sought(store) if needle.words == "SIN-4417"}
    assert whose == {reference(store, "child", child) for child in (one, other)}
    assert "2021/11873" in {needle.words for needle in sought(store)}


def test_a_reference_with_no_child_is_the_incidents(store: Store) -> None:
    incident = make(store, "incident", notification_reference="SIN-4417")
    own = reference(store, "incident", incident)
    assert sought(store) == {Needle(Kind.REFERENCE, "SIN-4417", own)}


def test_what_lies_in_the_bin_is_sought_too(store: Store) -> None:
    child = make(store, "child")
    held = make(store, "child_identity", child=child, **WHO)
    before = sought(store)
    store.write(WithdrawRecord("child_identity", held, the(store, "child_identity", held).version))
    assert sought(store) == before != set()


def test_titles_of_families_and_pseudonyms_are_not_sought_but_may_stand(store: Store) -> None:
    family = make(store, "family", known_as="Family Pellinor")
    child = make(store, "child", family=family, known_as="Rowena")
    make(store, "review", known_as="Rowena’s story", children=(child,))
    make(store, "child_identity", child=child)
    assert not any("ellinor" in needle.words for needle in sought(store))
    own = frozenset({reference(store, "child", child)})
    may_stand = names_that_may_stand(store)
    assert [may_stand[name] for name in ("Family Pellinor", "Rowena", "Rowena’s story")] == [
        own
    ] * 3


def test_staff_agencies_and_the_organisation_may_stand(store: Store) -> None:
    agency = make(store, "agency", name="Pellmoor Police", short_name="PP")
    make(store, "person", name="Anstey Bellweather", agency=agency)
    name = store.read(organisation).name
    may_stand = names_that_may_stand(store)
    assert {"Pellmoor Police", "PP", "Anstey Bellweather", name} <= may_stand.keys()
    assert may_stand["Anstey Bellweather"] == frozenset()


def test_the_threshold_is_the_settings(store: Store) -> None:
    assert store.read(identities).small_number == 5
    (row,) = store.read(records, "organisation")
    values = {**row.values, "small_number": 10}
    store.write(AmendRecord("organisation", row.id, row.version, values))
    assert isinstance(found := store.read(identities), Identities)
    assert found.small_number == 10
