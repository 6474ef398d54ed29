"""The return sheets ask for nothing that no record can hold."""

from __future__ import annotations

import pytest

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.return_sheets import COUNT, LIST, ReturnSheet, return_sheet, return_sheets
from oscb_desktop.errors import UserError


@pytest.mark.parametrize("sheet", return_sheets(), ids=lambda sheet: sheet.name)
def test_every_field_is_declared(sheet: ReturnSheet) -> None:
    for part in sheet.parts:
        for entry in part.fields:
            assert entry.field in (*record_kind(entry.of).names, COUNT, LIST), entry


def test_a_system_is_found_by_name_or_label() -> None:
    for typed in ("nhs_tracker", "NHS-tracker", " case review  tracker of the NHS "):
        assert return_sheet(typed).name == "nhs_tracker"


def test_an_unknown_system_names_those_there_are() -> None:
    with pytest.raises(UserError, match="nhs_tracker or panel"):
        return_sheet("ofsted")
