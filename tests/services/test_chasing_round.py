"""A whole plan goes out and comes back: 400 actions, 14 agencies, 6 years, two office programs."""

from __future__ import annotations

import random
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy.orm import Session

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries.records import records
from oscb_desktop.services.chasing import SheetMade, agencies_to_ask, make_sheets
from oscb_desktop.services.chasing_answers import rehearse_answers
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.exchange.answer_books import OFFICE, fill_in, in_office
from tests.factories import make

FOREVER = 9_999
AGENCIES, ACTIONS = 14, 400
TEXTS = (
    "=Drafted and sent to the board.",
    "+ two schools joined\n- one left\n@ the next meeting the rest",
    "Übergabe an Łódź, 学校で共有, مشاركة مع المدارس 🙂",
    "It's “agreed”: <b>no</b> & yes; 50% of 1/2/22",
    "  spaces   inside and a tab\tkept",
)


def plan(store: Store) -> None:
    """Fill a file with a plan over six years, most of it still open."""
    chance = random.Random(7)
    agencies = [make(store, "agency", name=f"Agency {n:02} & Co") for n in range(AGENCIES)]
    reviews = [make(store, "review", started_on=date(2016 + n, 5, 10)) for n in range(6)]
    for number in range(ACTIONS):
        make(
            store,
            "action",
            review=reviews[number % 6],
            reference=f"A-{2016 + number % 6}-{number:03}",
            lead_agency=agencies[number % AGENCIES],
            text=f"{chance.choice(TEXTS)} ({number})",
            due_on=date(2016 + number % 6, 6, 1 + number % 28),
        )


def edits_of(reference: str, number: int) -> dict[str, Any]:
    """Return what an agency types about an action; of every fourth there is no news."""
    text = f"{TEXTS[number % len(TEXTS)]} [{reference}]"
    return (
        {},
        {"Progress since": text, "Status now": "In progress"},
        {"New date": date(2022, 9, 1 + number % 28), "Reason for the new date": text},
        {
            "Status now": "Complete",
            "Completed on": f"{1 + number % 20}/3/22",
            "What changed": text,
            "Evidence described": f"Audit of {number}\nSecond audit of {number}",
            "Evidence kind": "Audit",
        },
    )[number % 4]


def whole(session: Session) -> Mapping[tuple[str, int], Mapping[str, Any]]:
    kinds = ("action", "progress_note", "evidence", "due_revision", "agency", "review")
    return {(kind, row.id): row.values for kind in kinds for row in records(session, kind)}


def turned_round(made: tuple[SheetMade, ...], folder: Path) -> dict[str, dict[str, Any]]:
    """Fill in every sheet, and let an office program save every second one again."""
    every: dict[str, dict[str, Any]] = {}
    for sheet in made:
        page = load_workbook(sheet.path)["Actions"]
        references = [str(page.cell(row, 1).value) for row in range(2, page.max_row + 1)]
        edits = {ref: edits_of(ref, int(ref[-3:])) for ref in references}
        fill_in(sheet.path, edits)
        every |= {ref: cells for ref, cells in edits.items() if cells}
    again = [sheet.path for sheet in made[1::2]]
    for saved in in_office(again, folder / "office"):
        shutil.move(saved, folder / saved.name)
    return every


@pytest.mark.skipif(OFFICE is None, reason="no office program (soffice) is on this machine")
def test_a_whole_plan_comes_back_with_every_edit_and_nothing_else(
    store: Store, tmp_path: Path
) -> None:
    plan(store)
    made = make_sheets(store, tmp_path, agencies_to_ask(store, FOREVER, None), FOREVER)
    assert len(made) == AGENCIES
    assert sum(sheet.actions for sheet in made) == ACTIONS
    before = store.read(whole)
    typed = turned_round(made, tmp_path)
    found = rehearse_answers(store, [sheet.path for sheet in made])
    assert found.faults == ()
    assert found.remarks == ()
    assert len(found.returned) == AGENCIES
    assert found.without_conflicts() == found.changes
    assert {each.action for each in found.changes} == set(typed)
    assert store.read(whole) == before

    store.write(found.applying(found.changes))
    expected_texts = sorted(
        " ".join(str(cells["Progress since"]).split())
        for cells in typed.values()
        if "Progress since" in cells
    )
    notes = store.read(records, "progress_note")
    assert sorted(" ".join(str(row.values["note"]).split()) for row in notes) == expected_texts
    assert {str(row.values["note"]) for row in notes} == {
        str(cells["Progress since"]).strip()
        for cells in typed.values()
        if "Progress since" in cells
    }
    rows = {row.words("reference"): row for row in store.read(records, "action")}
    told = {row.id: dict(row.values) for row in rows.values()}
    for reference, row in rows.items():
        cells = typed.get(reference, {})
        was = before["action", row.id]
        expected: dict[str, Any] = {}
        if "New date" in cells:
            expected["due_on"] = cells["New date"]
        if cells.get("Status now") == "In progress":
            expected["delivery"] = "in_progress"
        if cells.get("Status now") == "Complete":
            day = int(str(cells["Completed on"]).partition("/")[0])
            expected |= {
                "delivery": "complete",
                "completed_on": date(2022, 3, day),
                "outcome": str(cells["What changed"]).strip(),
            }
        changed = {name for name in record_kind("action").names if told[row.id][name] != was[name]}
        assert changed <= set(expected) | {"assurance"}
        assert {name: told[row.id][name] for name in expected} == expected
    shown = [row.title for row in store.read(records, "evidence")]
    assert len(shown) == 2 * sum("Evidence described" in cells for cells in typed.values())

    assert rehearse_answers(store, [sheet.path for sheet in made]).changes == ()
    store.write(Undo())
    assert store.read(whole) == before
