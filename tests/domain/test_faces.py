from __future__ import annotations

import pytest

from oscb_desktop.domain import faces
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.faces import LEFT_OUT, PANEL, PUBLIC, SECRETARIAT, VERSIONS, sees
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind


def test_the_faces_are_those_of_the_code_list() -> None:
    codes = [entry.code for entry in code_list("face").codes]
    assert codes == [SECRETARIAT, PANEL, PUBLIC] == list(VERSIONS) == list(LEFT_OUT)


def test_every_name_in_the_table_is_declared() -> None:
    assert set(RECORD_KINDS) >= faces._SECRETARIAT_ALONE
    for table in (faces._NOT_FOR_PANEL, faces._FOR_PUBLIC):
        for kind, names in table.items():
            assert names <= set(record_kind(kind).names)


@pytest.mark.parametrize("kind", RECORD_KINDS.values(), ids=lambda kind: kind.name)
def test_each_face_sees_no_more_than_the_one_before(kind: object) -> None:
    name = kind.name  # type: ignore[attr-defined]
    for field in ("", *record_kind(name).names):
        assert sees(SECRETARIAT, name, field)
        assert sees(PANEL, name, field) or not sees(PUBLIC, name, field)


def test_what_identifies_is_seen_by_neither_panel_nor_public() -> None:
    for kind in RECORD_KINDS.values():
        for field in kind.fields:
            if field.identifying:
                assert not sees(PANEL, kind.name, field.name)
