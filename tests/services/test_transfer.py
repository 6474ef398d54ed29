from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.undo import to_undo
from oscb_desktop.services.files import check_store, open_store
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import (
    ImportOutcome,
    import_workbook,
    write_blank_workbook,
    write_sample_workbook,
)
from oscb_desktop.services.undo import Redo, Undo
from tests.conftest import PASSPHRASE, now
from tests.exchange.workbooks import text_row, themes, workbook
from tests.factories import make

Sheets = dict[str, Sequence[Sequence[Any]]]

REVIEW_HEAD = ["Reference", "Kind of review", "Known as", "Started on"]
REVIEW = ["RR-2021-03", "Rapid review", "Child M", "10/5/21"]
ACTION_HEAD = ["Reference", "Review", "Action", "Originally due", "Due"]


def bring_in(store: Store, sheets: Sheets, *, rehearse: bool = False) -> ImportOutcome:
    """Write the sheets as a workbook beside the store and import it."""
    path = workbook(store.path.with_name("year.xlsx"), sheets)
    return import_workbook(store, path, rehearse=rehearse, backups=store.path.parent / "backups")


def words(outcome: ImportOutcome) -> list[str]:
    return [fault.words() for fault in outcome.faults]


def steps(store: Store) -> int:
    return store.read(count_steps)


def count_steps(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def values(store: Store, kind: str, key: str) -> dict[str, Value]:
    found = store.read(reading.record_by_key, kind, key)
    assert found is not None, f"no {kind} {key}"
    return dict(found.values)


def everything(store: Store) -> dict[str, list[dict[str, str]]]:
    """Return every live record in words: links by title, so that ids do not matter."""
    return {
        kind: [
            {name: row.words(name) for name in declared.names}
            for row in store.read(reading.records, kind)
        ]
        for kind, declared in RECORD_KINDS.items()
    }


def test_rows_become_records_in_one_step(store: Store) -> None:
    before = steps(store)
    outcome = bring_in(
        store,
        {
            "Actions": [ACTION_HEAD, ["A-2021-01", "rr-2021-03", "Write it.", "", "3/6/22"]],
            "Reviews": [REVIEW_HEAD, REVIEW],
        },
    )
    assert outcome.faults == ()
    assert [(row.sheet, row.row, row.title) for row in outcome.added] == [
        ("Reviews", 2, "Review RR-2021-03 Child M"),
        ("Actions", 2, "Action A-2021-01 Write it."),
    ]
    assert outcome.kept
    assert values(store, "review", "RR-2021-03")["started_on"] == date(2021, 5, 10)
    action = values(store, "action", "A-2021-01")
    assert action["due_on"] == action["original_due_on"] == date(2022, 6, 3)
    assert steps(store) == before + 1
    step = store.read(to_undo)
    assert step is not None
    assert step.subject == "Import year.xlsx"
    assert check_store(store) == ()


def test_a_rehearsal_writes_nothing_and_says_the_same(store: Store) -> None:
    sheets: Sheets = {"Reviews": [REVIEW_HEAD, REVIEW]}
    before = steps(store), everything(store)
    rehearsed = bring_in(store, sheets, rehearse=True)
    assert (steps(store), everything(store)) == before
    assert not (store.path.parent / "backups").exists()
    done = bring_in(store, sheets)
    assert (rehearsed.kept, done.kept) == (False, True)
    assert rehearsed.added == done.added


def test_the_same_workbook_twice_changes_nothing(store: Store) -> None:
    sheets: Sheets = {"Reviews": [REVIEW_HEAD, REVIEW], "Themes": [["Name"], ["Neglect"]]}
    bring_in(store, sheets)
    before = steps(store), everything(store), list((store.path.parent / "backups").iterdir())
    again = bring_in(store, sheets)
    assert again.nothing_to_do
    assert (again.unchanged, again.kept) == (2, False)
    after = steps(store), everything(store), list((store.path.parent / "backups").iterdir())
    assert after == before


def test_a_copy_is_made_before_anything_is_kept(store: Store, tmp_path: Path) -> None:
    bring_in(store, {"Themes": [["Name"], ["Neglect"]]})
    (copy,) = (store.path.parent / "backups").iterdir()
    assert copy.name == "test before import 2022-03-25 100000.oscb"
    kept = open_store(copy, PASSPHRASE, tmp_path, "A. Tester", now)
    try:
        assert kept.read(reading.records, "theme") == ()
    finally:
        kept.close()


def test_without_a_copy_nothing_is_kept(store: Store) -> None:
    (store.path.parent / "backups").write_text("a file where the folder should be")
    with pytest.raises(UserError, match="A backup could not be written"):
        bring_in(store, {"Themes": [["Name"], ["Neglect"]]})
    assert store.read(reading.records, "theme") == ()


def test_every_fault_is_named_by_sheet_row_and_column(store: Store) -> None:
    head = [*REVIEW_HEAD, "Work ended on", "Themes"]
    outcome = bring_in(
        store,
        {
            "Reviews": [
                head,
                ["RR-2021-01", "Quick review", "Child A", "31/6/21", "", ""],
                ["RR-2021-02", "Rapid review", "x" * 201, 44350, "", "Neglct"],
                ["RR-2021-03", "Rapid review", "Child C", "6/13/21", "=TODAY()", ""],
                ["RR-2021-04", "Rapid review", "Child D", "3/6/21", "2/6/21", ""],
                ["", "Rapid review", "Child E", "3/6/21", "", ""],
                ["RR-2021-05", "Rapid review", "Child F", "3/6/21", "", ""],
            ],
        },
    )
    found = words(outcome)
    assert [sentence.partition(":")[0] for sentence in found] == [
        "Sheet “Reviews”, row 2, column B",
        "Sheet “Reviews”, row 2, column D",
        "Sheet “Reviews”, row 3, column D",
        "Sheet “Reviews”, row 3, column F",
        "Sheet “Reviews”, row 4, column D",
        "Sheet “Reviews”, row 4, column E",
        "Sheet “Reviews”, row 5, column E",
        "Sheet “Reviews”, row 6, column A",
    ]
    said = " ".join(found)
    for part in (
        "“Quick review” is not in the list for Kind of review. Choose one of: Rapid review",
        "There is no day 31 in “31/6/21”: June 2021 has 30 days.",
        "“Started on” holds a number, not a date.",
        "“Neglct” is not among the themes of the file or the workbook.",
        "For 13 Jun 2021 type 13/6/21.",
        "This is a formula.",
        "“Work ended on” cannot come before “Started on”.",
        "Give it a reference, such as RR-2021-03",
    ):
        assert part in said
    assert (outcome.added, outcome.kept) == ((), False)
    assert store.read(reading.records, "review") == ()
    assert not (store.path.parent / "backups").exists()


def test_a_text_too_long_is_named_with_its_length(store: Store) -> None:
    row = ["RR-2021-02", "Rapid review", "x" * 201, "3/6/21"]
    outcome = bring_in(store, {"Reviews": [REVIEW_HEAD, row]})
    assert words(outcome) == [
        "Sheet “Reviews”, row 2, column C: Known as is 201 characters long; "
        "at most 200 fit. Shorten it."
    ]


def test_faults_of_the_headings_come_before_those_of_the_rows(store: Store) -> None:
    outcome = bring_in(store, {"Themes": [["Nme"], ["Neglect"]]})
    assert [(fault.row, fault.column) for fault in outcome.faults] == [(1, "A"), (1, "")]


def test_what_names_a_faulty_row_is_not_blamed_for_it(store: Store) -> None:
    outcome = bring_in(
        store,
        {
            "Reviews": [REVIEW_HEAD, ["RR-2021-03", "?", "Child M", "10/5/21"]],
            "Actions": [
                ACTION_HEAD,
                ["A-2021-01", "RR-2021-03", "Write it.", "", "3/6/22"],
                ["A-2021-02", "RR-2021-04", "Read it.", "", "3/6/22"],
            ],
            "Progress notes": [["Action", "On", "Note"], ["A-2021-01", "3/6/21", "Begun."]],
        },
    )
    assert [(fault.sheet, fault.row) for fault in outcome.faults] == [
        ("Reviews", 2),
        ("Actions", 3),
    ]


def test_only_what_differs_is_changed_and_told(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    make(store, "review", reference="RR-2021-03", good_practice="Kept.", themes=(theme,))
    head = [*REVIEW_HEAD, "Themes", "Good practice", "LCSPR recommended"]
    outcome = bring_in(
        store,
        {
            "Themes": [["Name"], ["Fathers"]],
            "Reviews": [head, [*REVIEW[:2], "Child N", "11/5/21", "fathers; NEGLECT", "", "Yes"]],
        },
    )
    (amended,) = outcome.amended
    assert amended.title == "Review RR-2021-03 Child N"
    assert [(c.label, c.before, c.after) for c in amended.changes] == [
        ("Known as", "Child M", "Child N"),
        ("Started on", "10 May 2021", "11 May 2021"),
        ("Themes", "Neglect", "Neglect; Fathers"),
        ("LCSPR recommended", "", "Yes"),
    ]
    assert values(store, "review", "RR-2021-03")["good_practice"] == "Kept."


def test_a_key_is_found_whatever_its_capitals_and_stays_as_it_was(store: Store) -> None:
    make(store, "theme", name="Neglect")
    outcome = bring_in(store, {"Themes": [["Name"], ["  NEGLECT "]]})
    assert (outcome.nothing_to_do, outcome.unchanged) == (True, 1)
    assert values(store, "theme", "neglect")["name"] == "Neglect"


def test_two_rows_of_one_key_are_a_fault(store: Store) -> None:
    outcome = bring_in(store, {"Themes": [["Name"], ["Neglect"], ["neglect"]]})
    assert words(outcome) == [
        "Sheet “Themes”, row 3, column A: Row 2 has the same “Name”. Keep one of the two."
    ]


def test_a_record_in_the_bin_is_not_brought_back_by_the_way(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    make(store, "review", reference="RR-2021-03")
    store.write(WithdrawRecord("theme", theme, 1))
    head = ["Reference", "For", "In a few words", "From the reviews", "Themes"]
    points = [head, ["LP-2022-01", "practitioner", "Ask", "RR-2021-03", "Neglect"]]
    assert words(bring_in(store, {"Learning points": points})) == [
        "Sheet “Learning points”, row 2, column E: “Neglect” is in the bin. Bring it back first."
    ]
    outcome = bring_in(store, {"Themes": [["Name"], ["neglect"]], "Learning points": points})
    assert words(outcome) == [
        "Sheet “Themes”, row 2, column A: This theme is in the bin. "
        "Bring it back first, or leave the row out."
    ]


def test_an_import_is_undone_and_redone_in_one(store: Store) -> None:
    sheets: Sheets = {"Reviews": [REVIEW_HEAD, REVIEW], "Themes": [["Name"], ["Neglect"]]}
    before = everything(store)
    bring_in(store, sheets)
    after = everything(store)
    store.write(Undo())
    assert everything(store) == before
    store.write(Redo())
    assert everything(store) == after


def test_an_import_that_was_undone_can_be_brought_in_again(store: Store) -> None:
    sheets: Sheets = {"Reviews": [REVIEW_HEAD, REVIEW], "Themes": [["Name"], ["Neglect"]]}
    bring_in(store, sheets)
    after = everything(store)
    store.write(Undo())
    assert len(bring_in(store, sheets).added) == 2
    assert everything(store) == after
    assert check_store(store) == ()


def test_links_take_references_names_and_titles(store: Store) -> None:
    make(store, "agency", name="Fire; Rescue")
    make(store, "agency", name="Police")
    make(store, "agency", name="Health")
    make(store, "review", reference="RR-2021-03", known_as="Child M")
    head = ["Reference", "Review", "Action", "Lead agency", "Contributing agencies"]
    rows = [
        ["A-2021-01", "RR-2021-03 child m", "One", "fire; rescue", "Police; Health"],
        ["A-2021-02", "RR-2021-03", "Two", "Police", "Fire; Rescue\nhealth; police"],
    ]
    assert bring_in(store, {"Actions": [head, *rows]}).faults == ()
    first, second = (
        store.read(reading.record_by_key, "action", f"A-2021-0{number}") for number in (1, 2)
    )
    assert first is not None
    assert second is not None
    assert first.words("lead_agency") == "Fire; Rescue"
    assert first.words("contributing") == "Police; Health"
    assert second.words("contributing") == "Fire; Rescue; Police; Health"


def test_a_title_of_two_records_is_no_name(store: Store) -> None:
    make(store, "incident", reference="IN-2021-01", known_as="02 Child M")
    make(store, "incident", reference="IN-2021-01 02", known_as="Child M")
    rows = [["Incident", "Held on"], ["IN-2021-01 02 Child M", "4/5/21"]]
    (fault,) = bring_in(store, {"Notification discussions": rows}).faults
    assert fault.sentence == "“IN-2021-01 02 Child M” may be any of 2. Type its reference."


def test_links_within_a_sheet_may_point_up_or_down(store: Store) -> None:
    head = [*REVIEW_HEAD, "Arose from"]
    later = ["LR-2021-01", "lcspr", "Child M", "1/9/21", "RR-2021-03"]
    outcome = bring_in(store, {"Reviews": [head, later, [*REVIEW, "RR-2021-09"]]})
    assert words(outcome) == [
        "Sheet “Reviews”, row 3, column E: “RR-2021-09” is not among the reviews of the file or "
        "the workbook. Type the reference of one that is, such as “LR-2021-01 Child M”."
    ]
    sheets: Sheets = {"Reviews": [head, later, REVIEW]}
    assert bring_in(store, sheets).faults == ()
    found = store.read(reading.record_by_key, "review", "LR-2021-01")
    assert found is not None
    assert found.words("arose_from") == "RR-2021-03 Child M"
    assert bring_in(store, sheets).nothing_to_do


def due(store: Store) -> list[tuple[Value, Value, Value]]:
    rows = store.read(reading.records, "due_revision")
    return [(r.values["from_on"], r.values["to_on"], r.values["reason"]) for r in rows]


def test_a_due_date_moved_by_a_workbook_is_recorded(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-03")
    make(store, "action", reference="A-2021-01", review=review, due_on=date(2022, 6, 3))
    row = ["A-2021-01", "RR-2021-03", "Write the guidance.", "", "1/9/22"]
    outcome = bring_in(store, {"Actions": [ACTION_HEAD, row]})
    assert [change.label for change in outcome.amended[0].changes] == ["Due"]
    assert [added.title for added in outcome.added] == [
        "Change of due date 25 Mar 2022 01 Sep 2022"
    ]
    assert due(store) == [(date(2022, 6, 3), date(2022, 9, 1), "Changed by workbook year.xlsx")]
    action = values(store, "action", "A-2021-01")
    assert (action["original_due_on"], action["due_on"]) == (date(2022, 6, 3), date(2022, 9, 1))


def test_a_move_that_the_workbook_explains_is_not_recorded_twice(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-03")
    make(store, "action", reference="A-2021-01", review=review, due_on=date(2022, 6, 3))
    row = ["A-2021-01", "RR-2021-03", "Write the guidance.", "", "1/9/22"]
    moves = [["Action", "Changed on", "To", "Reason"], ["A-2021-01", "1/3/22", "1/9/22", "Late."]]
    sheets: Sheets = {"Actions": [ACTION_HEAD, row], "Changes of due date": moves}
    assert bring_in(store, sheets).faults == ()
    assert [reason for _, _, reason in due(store)] == ["Late."]
    assert bring_in(store, sheets).nothing_to_do


def test_an_original_due_date_stays(store: Store) -> None:
    review = make(store, "review", reference="RR-2021-03")
    make(store, "action", reference="A-2021-01", review=review, due_on=date(2022, 6, 3))
    row = ["A-2021-01", "RR-2021-03", "Write the guidance.", "1/7/22", "3/6/22"]
    assert words(bring_in(store, {"Actions": [ACTION_HEAD, row]})) == [
        "Sheet “Actions”, row 2, column D: Originally due is not changed here once it is set."
    ]


def test_notes_are_only_added(store: Store) -> None:
    action = make(store, "action", reference="A-2021-01")
    make(store, "progress_note", action=action, noted_on=date(2022, 1, 10), note="Drafted.")
    head = ["Action", "On", "Note", "From"]
    same, other = ["A-2021-01", "10/1/22", "Drafted.", ""], ["A-2021-01", "10/1/22", "Sent.", ""]
    outcome = bring_in(store, {"Progress notes": [head, same, other]})
    assert (len(outcome.added), outcome.unchanged) == (1, 1)
    same[3] = "The police"
    (fault,) = bring_in(store, {"Progress notes": [head, same]}).faults
    assert fault.sentence.startswith("A progress note is only ever added.")


def test_the_organisation_is_changed_never_added(store: Store) -> None:
    head = [
        "Name of the partnership",
        "Name of the subgroup",
        "Reporting year starts in month",
        "Due soon means within (days)",
        "Panel's reply expected within (working days)",
        "Practice file: today is",
    ]
    ours = ["Our partnership", "Our subgroup", 4, 30, 15, "1 feb 2022"]
    outcome = bring_in(store, {"Our organisation": [head, ours]})
    assert len(outcome.amended) == 1
    assert store.today() == date(2022, 2, 1)
    outcome = bring_in(store, {"Our organisation": [head, ours, ["Another", *ours[1:]]]})
    assert words(outcome) == [
        "Sheet “Our organisation”, row 3: “Our organisation” takes one row. Remove the others."
    ]


def test_an_identity_comes_in_and_is_not_told(store: Store) -> None:
    child = make(store, "child", reference="CH-2021-01")
    identity = make(store, "child_identity", child=child, last_name="Exampleton")
    outcome = bring_in(
        store, {"Identities": [["Child", "Last name"], ["CH-2021-01", "Sampleworth"]]}
    )
    (amended,) = outcome.amended
    assert amended.title == "Identity"
    assert {(c.label, c.before, c.after) for c in amended.changes} == {
        ("Last name", "not shown", "not shown")
    }
    found = store.read(reading.record, "child_identity", identity)
    assert found is not None
    assert found.values["last_name"] == "Sampleworth"


@pytest.mark.parametrize(
    "text",
    [
        "<b>&</b> &amp; <script>",
        "Emoji 👩‍👧 and 🏳️‍🌈",
        "מה קרה and ماذا حدث",
        "=HYPERLINK(1)",
        "'quoted'; DROP TABLE theme;--",
    ],
)
def test_any_text_is_kept_as_it_was_typed(store: Store, text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    rows = text_row(1, "Name", "What belongs to it") + text_row(2, "Any", escaped)
    path = themes(store.path.with_name("hostile.xlsx"), rows)
    outcome = import_workbook(store, path, rehearse=False, backups=store.path.parent / "b")
    assert outcome.faults == ()
    assert values(store, "theme", "any")["description"] == text


def test_twenty_pages_in_one_cell_are_kept_whole(store: Store) -> None:
    pages = "A line of what happened, and what was done about it.\n" * 1_200
    rows = text_row(1, "Name", "What belongs to it") + text_row(2, "Long", pages)
    path = themes(store.path.with_name("long.xlsx"), rows)
    import_workbook(store, path, rehearse=False, backups=store.path.parent / "b")
    assert values(store, "theme", "long")["description"] == pages.strip()


def test_a_file_of_another_kind_is_a_sentence(store: Store) -> None:
    path = store.path.with_name("letter.xlsx")
    path.write_text("Dear all")
    with pytest.raises(UserError, match=r"letter\.xlsx is not an Excel workbook"):
        import_workbook(store, path, rehearse=False, backups=store.path.parent)


def test_the_blank_workbook_brings_in_nothing(store: Store) -> None:
    path = store.path.with_name("blank.xlsx")
    write_blank_workbook(path)
    outcome = import_workbook(store, path, rehearse=False, backups=store.path.parent / "b")
    assert outcome.nothing_to_do
    assert outcome.unchanged == 0


def test_a_record_changed_meanwhile_is_changed_back(store: Store) -> None:
    sheets: Sheets = {"Themes": [["Name", "What belongs to it"], ["Neglect", "All of it"]]}
    bring_in(store, sheets)
    found = store.read(reading.record_by_key, "theme", "Neglect")
    assert found is not None
    store.write(AmendRecord("theme", found.id, found.version, {"description": "Some of it"}))
    (amended,) = bring_in(store, sheets).amended
    assert [(c.before, c.after) for c in amended.changes] == [("Some of it", "All of it")]


def test_the_sample_workbook_comes_in_and_again_changes_nothing(store: Store) -> None:
    path = store.path.with_name("sample.xlsx")
    write_sample_workbook(path)
    first = import_workbook(store, path, rehearse=False, backups=store.path.parent / "b")
    assert first.faults == ()
    again = import_workbook(store, path, rehearse=False, backups=store.path.parent / "b")
    assert again.nothing_to_do
    assert again.unchanged == len(first.added) + len(first.amended) + first.unchanged
    assert check_store(store) == ()
