from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from openpyxl import load_workbook

from oscb_desktop.domain.working_days import load_calendar
from oscb_desktop.errors import UserError
from oscb_desktop.queries.chasing import Chase, chase, file_mark, mailings
from oscb_desktop.services.chasing import agencies_to_ask, answer_day, make_sheets
from oscb_desktop.services.files import create_store
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Redo, Undo
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.services.acts import change, withdraw


@dataclass(frozen=True)
class Filed:
    """Two agencies that owe something, and one that does not."""

    police: int
    health: int
    late: int
    soon: int


@pytest.fixture
def filed(store: Store) -> Filed:
    police = make(store, "agency", name="Valley Police", email="police@example.org")
    health = make(store, "agency", name="Valley Health Trust", short_name="Health: A/B")
    quiet = make(store, "agency", name="Housing")
    owner = make(store, "person", name="P. Elm", agency=police, email="elm@example.org")
    review = make(store, "review", known_as="Child M")

    def action(reference: str, agency: int | None, due: date, **rest: int | str) -> int:
        given = {"review": review, "reference": reference, "due_on": due, **rest}
        return make(store, "action", lead_agency=agency, **given)

    late = action("A-2021-01", police, date(2022, 3, 1), owner=owner, text="Write the guidance.")
    soon = action("A-2021-02", police, date(2022, 4, 1))
    action("A-2021-03", police, date(2023, 1, 31))
    action("A-2021-04", health, date(2022, 3, 25))
    action("A-2021-05", quiet, date(2022, 12, 31))
    action("A-2021-06", None, date(2022, 1, 1))
    action("A-2021-07", health, date(2022, 1, 1), scope="national")
    return Filed(police, health, late, soon)


def found(store: Store, days: int = 14) -> Chase:
    return store.read(chase, store.today(), days)


def test_who_owes_what_the_longest_late_first(store: Store, filed: Filed) -> None:
    rows = found(store).rows
    assert [row.agency for row in rows] == ["Valley Police", "Health: A/B"]
    police, health = rows
    assert [action.words() for action in police.owed] == ["24 days late", "due in 7 days"]
    assert (police.late, police.days_late, len(police.open)) == (1, 24, 3)
    assert police.emails == ("police@example.org", "elm@example.org")
    assert [(owner, len(actions)) for owner, actions in police.by_owner()] == [
        ("P. Elm", 1),
        ("", 1),
    ]
    assert [action.words() for action in health.owed] == ["due today"]
    assert [action.reference for action in found(store).nobodys] == ["A-2021-06"]


def test_the_days_ahead_decide_who_is_asked(store: Store, filed: Filed) -> None:
    assert [action.reference for row in found(store, 0).rows for action in row.owed] == [
        "A-2021-01",
        "A-2021-04",
    ]
    assert len(found(store, 300).rows) == 3


def test_an_action_in_the_bin_is_asked_of_nobody(store: Store, filed: Filed) -> None:
    withdraw(store, "action", filed.late)
    assert found(store).rows[0].agency == "Health: A/B"


def test_a_sheet_for_each_agency_and_a_record_of_each(
    store: Store, filed: Filed, tmp_path: Path
) -> None:
    made = make_sheets(store, tmp_path, (filed.police, filed.health))
    assert [sheet.path.name for sheet in made] == [
        "S-2022-01 Valley Police.xlsx",
        "S-2022-02 Health- A-B.xlsx",
    ]
    page = load_workbook(made[0].path)["Actions"]
    assert [page.cell(row, 1).value for row in range(2, 5)] == [
        "A-2021-01",
        "A-2021-02",
        "A-2021-03",
    ]
    assert [cell.value for cell in page[2]][:7] == [
        "A-2021-01",
        "Write the guidance.",
        "Child M",
        None,
        "P. Elm",
        "01 Mar 2022",
        "Not started",
    ]
    sent = store.read(mailings)
    assert [(row.reference, row.agency, row.actions) for row in reversed(sent)] == [
        ("S-2022-01", "Valley Police", ("A-2021-01", "A-2021-02", "A-2021-03")),
        ("S-2022-02", "Health: A/B", ("A-2021-04",)),
    ]
    assert sent[1].to == "police@example.org; elm@example.org"
    assert sent[1].due_back_on == date(2022, 4, 8)
    assert sent[1].sheet != sent[0].sheet
    assert found(store).rows[0].sent == sent[1]
    assert store.read(mailings, filed.late) == (sent[1],)


def test_one_undo_takes_the_whole_sending_back(store: Store, filed: Filed, tmp_path: Path) -> None:
    make_sheets(store, tmp_path, (filed.police, filed.health))
    store.write(Undo())
    assert store.read(mailings) == ()
    store.write(Redo())
    assert len(store.read(mailings)) == 2


def test_the_letter_carries_the_marking_and_tells_nothing_of_a_case(
    store: Store, filed: Filed, tmp_path: Path
) -> None:
    change(store, "organisation", 1, marking="OFFICIAL-SENSITIVE")
    letter = make_sheets(store, tmp_path, (filed.police,))[0].letter
    assert letter.subject == (
        "OFFICIAL-SENSITIVE: Actions from reviews: please update by 08 Apr 2022 (S-2022-01)"
    )
    assert "- A-2021-01, due 01 Mar 2022, 24 days late, P. Elm" in letter.body
    assert "- A-2021-02, due 01 Apr 2022, due in 7 days" in letter.body
    assert "Write the guidance" not in letter.body
    assert "Child M" not in letter.body
    opened = urlsplit(letter.mailto())
    assert opened.path == "police@example.org,elm@example.org"
    assert parse_qs(opened.query)["subject"] == [letter.subject]
    assert parse_qs(opened.query)["body"] == [letter.body.replace("\n", "\r\n")]


def test_nothing_is_left_behind_when_a_sheet_cannot_be_written(
    store: Store, filed: Filed, tmp_path: Path
) -> None:
    taken = tmp_path / "S-2022-02 Health- A-B.xlsx"
    taken.write_text("mine")
    with pytest.raises(UserError, match="is there already"):
        make_sheets(store, tmp_path, (filed.police, filed.health))
    assert [path.name for path in tmp_path.glob("*.xlsx")] == [taken.name]
    assert taken.read_text() == "mine"
    assert store.read(mailings) == ()


def test_a_folder_that_is_not_there_is_named(store: Store, filed: Filed, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        make_sheets(store, tmp_path / "gone", (filed.police,))


def test_an_answer_is_not_asked_for_by_a_day_that_has_passed(
    store: Store, filed: Filed, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="cannot be due on 24 Mar 2022"):
        make_sheets(store, tmp_path, (filed.police,), due_back_on=date(2022, 3, 24))


def test_who_is_asked_by_name_or_all_at_once(store: Store, filed: Filed) -> None:
    assert agencies_to_ask(store, 14, None) == (filed.police, filed.health)
    assert agencies_to_ask(store, 14, "valley police") == (filed.police,)
    with pytest.raises(UserError, match="There is no agency"):
        agencies_to_ask(store, 14, "Fire service")


def test_nobody_owes_anything(store: Store, tmp_path: Path) -> None:
    agency = make(store, "agency", name="Housing")
    with pytest.raises(UserError, match="No agency has an action"):
        agencies_to_ask(store, 14, None)
    with pytest.raises(UserError, match="Nothing is late or due in 14 days"):
        make_sheets(store, tmp_path, (agency,))


def test_the_answer_is_due_in_ten_working_days() -> None:
    assert answer_day(date(2022, 3, 25), load_calendar()) == date(2022, 4, 8)
    assert answer_day(date(2199, 12, 1), load_calendar()) == date(2199, 12, 15)


def test_each_file_has_a_mark_of_its_own(store: Store, tmp_path: Path) -> None:
    other = create_store(tmp_path / "other.oscb", PASSPHRASE, "A. Tester", now)
    assert store.read(file_mark) != other.read(file_mark)
    other.close()
