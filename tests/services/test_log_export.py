"""The change log as text: what it says, what it keeps to itself, and that it does no harm."""

from __future__ import annotations

import time
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act, Item, ItemAct, Step, forget, write_step
from oscb_desktop.database.engine import make_engine
from oscb_desktop.errors import UserError
from oscb_desktop.queries.file_counts import last_step
from oscb_desktop.queries.history import MASKED, history
from oscb_desktop.queries.undo import to_undo
from oscb_desktop.services.log_export import (
    LogWanted,
    find_record,
    save_log,
    tell_log,
    visible,
)
from oscb_desktop.services.records import AmendRecord, RestoreRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.conftest import NOW
from tests.factories import make


def told(store: Store, wanted: LogWanted = LogWanted()) -> str:  # noqa: B008 - it is frozen
    parts: list[str] = []
    tell_log(store, wanted, parts.append)
    return "".join(parts)


def at(store: Store, moment: datetime) -> Store:
    """Let the same file be worked on at another moment."""
    return Store(
        make_engine(store.path, store.key), store.key, store.path, "B. Tester", lambda: moment
    )


def test_every_step_is_told_with_number_moment_person_and_each_field(store: Store) -> None:
    agency = make(store, "agency", name="Oak Trust")
    person = make(store, "person", name="A. Person")
    store.write(AmendRecord("person", person, 1, {"agency": agency, "name": "A. Other"}))
    said = told(store)
    number = store.read(last_step).number
    assert f"{number}. 25 Mar 2022 10:00:00, A. Tester: Change person A. Other" in said
    assert "     Changed: Person A. Other\n" in said
    assert "       Agency: nothing -> “Oak Trust”\n" in said
    assert "       Name: “A. Person” -> “A. Other”\n" in said
    assert "       Name: “A. Person”\n" in said, "what was added is told without a before"


def test_codes_are_told_by_their_words_and_an_undo_as_one(store: Store) -> None:
    review = make(store, "review", kind="lcspr", reference="LR-1", known_as="Child M")
    store.write(AmendRecord("review", review, 1, {"known_as": "Child Q"}))
    store.write(Undo())
    said = told(store)
    assert "“Local child safeguarding practice review" in said
    assert "Changed, undone: Review LR-1" in said
    assert "Known as: “Child Q” -> “Child M”" in said


def test_withdrawing_and_bringing_back_are_told(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    store.write(WithdrawRecord("theme", theme, 1))
    store.write(RestoreRecord("theme", theme))
    said = told(store)
    assert "     Withdrawn: Theme Fathers\n" in said
    assert "     Brought back: Theme Fathers\n" in said


def test_the_end_holds_the_head_of_the_chain_and_how_long_it_is(store: Store) -> None:
    make(store, "theme", name="Fathers")
    head = store.read(last_step)
    lines = told(store).splitlines()
    said = f"The last step of the file's log is number {head.number}. Its hash is"
    assert lines[lines.index(head.hash) - 1] == said
    assert f"{head.number} steps told here." in lines
    assert lines[-1] == "OFFICIAL-SENSITIVE"
    assert lines[2] == "Written on 25 Mar 2022 at 10:00 by A. Tester."


def test_the_last_step_told_has_its_own_hash_where_others_follow(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    first = store.read(last_step)
    make(store, "theme", name="Mothers")
    lines = told(store, LogWanted(record=("theme", theme))).splitlines()
    assert f"The last of them is number {first.number}. Its hash is" in lines
    assert first.hash in lines
    assert store.read(last_step).hash in lines
    assert "1 step told here." in lines


def test_days_bound_the_log_on_this_clock_both_included(store: Store) -> None:
    for day in (26, 27, 28):
        moment = datetime(2022, 3, day, 23, 59, 59)  # noqa: DTZ001 - the wall clock of a laptop
        other = at(store, moment)
        make(other, "theme", name=f"Day {day}")
        other.close()
    said = told(store, LogWanted(since=date(2022, 3, 26), until=date(2022, 3, 27)))
    assert [day for day in (26, 27, 28) if f"Name: “Day {day}”" in said] == [26, 27]
    assert "From 26 Mar 2022.\nTo the end of 27 Mar 2022.\n" in said
    assert "2 steps told here." in said
    nothing = told(store, LogWanted(since=date(2030, 1, 1)))
    assert "0 steps told here." in nothing
    with pytest.raises(UserError, match=r"cannot end on 01 Mar 2022, before it begins"):
        told(store, LogWanted(since=date(2022, 3, 2), until=date(2022, 3, 1)))


def test_the_offset_is_said_once_and_again_where_the_clock_changes(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Europe/London")
    time.tzset()
    try:
        other = at(store, datetime(2022, 6, 1, 9, 30))  # noqa: DTZ001 - the wall clock of a laptop
        for name in ("One", "Two"):
            make(other, "theme", name=name)
        other.close()
        said = told(store)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert said.count("Times from here on are UTC+0000.") == 1
    assert said.count("Times from here on are UTC+0100.") == 1
    assert said.count("01 Jun 2022 09:30:00") == 2


def test_identities_are_told_only_for_a_reason_that_is_kept(store: Store) -> None:
    held = make(store, "child_identity", last_name="Exampleton")
    plain = told(store)
    assert "Exampleton" not in plain
    assert f"“{MASKED}”" in plain
    assert "Identities are not spelt out.\n" in plain
    undone_next = store.read(to_undo)
    said = told(store, LogWanted(reason="A request under the data protection act"))
    assert "Last name: “Exampleton”" in said
    assert "Identities are spelt out: A request under the data protection act\n" in said
    assert said.count("Look at identities in the change log: A request") == 1
    look = store.read(history, "child_identity", held)[0]
    assert (look.act, look.step.startswith("Look at identities")) == ("Looked at", True)
    assert store.read(to_undo) == undone_next
    with pytest.raises(UserError, match="Say why the identities are needed"):
        told(store, LogWanted(reason="  "))


def test_no_identity_in_the_span_leaves_no_trace_of_a_look(store: Store) -> None:
    make(store, "child_identity", last_name="Exampleton")
    before = store.read(last_step)
    told(store, LogWanted(since=date(2030, 1, 1), reason="A request"))
    assert store.read(last_step) == before


def test_what_was_typed_cannot_steer_a_terminal_or_pass_for_a_line_of_ours(store: Store) -> None:
    nasty = "\x1b[2J\u202eevil\x9b31m\x07\n99. 25 Mar 2022 10:00:00, Nobody: Delete everything"
    theme = make(store, "theme", name="Fathers")
    with Session(store._engine) as session:  # as a file from elsewhere may hold it
        item = Item("theme", theme, ItemAct.AMEND, "description", None, nasty)
        write_step(session, Step(NOW, nasty, nasty), [item])
        session.commit()
    said = told(store)
    assert not any(char in said for char in "\x1b\u202e\x9b\x07\r")
    assert "␛[2J‹U+202E›evil‹U+009B›31m␇ ⏎\n        | 99. 25 Mar" in said
    assert not any(line.startswith("99.") for line in said.splitlines())


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain Łódź “x” 👩‍👧", "plain Łódź “x” 👩‍👧"),
        ("a\tb", "a␉b"),
        ("a\r\nb\rc", "a ⏎\n        | b ⏎\n        | c"),
        ("a\u2028b", "a ⏎\n        | b"),
        ("\x7f\ud800\ufeff", "‹U+007F›‹U+D800›‹U+FEFF›"),
        ("a\u00a0b", "a\u00a0b"),
    ],
)
def test_control_characters_are_made_visible(typed: str, shown: str) -> None:
    assert visible(typed) == shown


def test_a_record_is_found_by_reference_or_name_also_in_the_bin(store: Store) -> None:
    review = make(store, "review", reference="LR-2021-01", kind="lcspr")
    theme = make(store, "theme", name="Fathers")
    assert find_record(store, "lr-2021-01") == ("review", review)
    store.write(WithdrawRecord("theme", theme, 1))
    assert find_record(store, "Fathers") == ("theme", theme)
    with pytest.raises(UserError, match="There is no record “Nobody”"):
        find_record(store, "Nobody")


def test_a_name_of_two_records_is_asked_about_and_the_kind_decides(store: Store) -> None:
    agency = make(store, "agency", name="Oak")
    theme = make(store, "theme", name="Oak")
    with pytest.raises(UserError, match="Say which: agency:Oak or theme:Oak"):
        find_record(store, "Oak")
    assert find_record(store, "theme:Oak") == ("theme", theme)
    assert find_record(store, "agency: Oak") == ("agency", agency)


def test_a_file_is_written_whole_in_utf_8_with_line_feeds(store: Store, tmp_path: Path) -> None:
    make(store, "theme", name="Łódź")
    to = tmp_path / "log.txt"
    to.write_text("the log of last month")
    number = save_log(store, LogWanted(), to)
    data = to.read_bytes()
    assert data.decode("utf-8") == told(store)
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert number == store.read(last_step).number
    assert sorted(path.name for path in tmp_path.glob("*.t*")) == ["log.txt"]


def test_a_log_that_fails_half_way_leaves_what_was_there(store: Store, tmp_path: Path) -> None:
    to = tmp_path / "log.txt"
    to.write_text("the log of last month")
    wrong = LogWanted(since=date(2022, 3, 2), until=date(2022, 3, 1))
    with pytest.raises(UserError, match="Exchange the two days"):
        save_log(store, wrong, to)
    assert to.read_text() == "the log of last month"
    with pytest.raises(UserError, match="does not exist"):
        save_log(store, LogWanted(), tmp_path / "none" / "log.txt")
    assert not list(tmp_path.glob(".*.part"))


def test_a_long_log_is_handed_over_in_portions(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    with Session(store._engine) as session:
        for number in range(50):
            items = [
                Item("theme", theme, ItemAct.AMEND, "description", f"before {row}", "after " * 20)
                for row in range(100)
            ]
            write_step(session, Step(NOW, "A. Tester", f"Change {number}"), items)
        session.commit()
    portions: list[str] = []
    tell_log(store, LogWanted(), portions.append)
    assert "".join(portions).count("What belongs to it: “before") == 5_000
    assert "".join(portions).count("     Changed: Theme Fathers\n") == 50
    assert max(portion.count("“before") for portion in portions) <= 1_000


def test_what_was_disposed_of_is_told_as_that(store: Store) -> None:
    theme = make(store, "theme", name="Fathers")
    with Session(store._engine) as session:
        write_step(
            session,
            Step(NOW, "A. Tester", "Dispose of a theme", Act.DISPOSE),
            [Item("theme", theme, ItemAct.REMOVE)],
        )
        forget(session, [("theme", theme)], ())
        session.commit()
    said = told(store, LogWanted(record=("theme", theme)))
    assert "Disposed of: Theme" in said
    assert "       Name: disposed of\n" in said
