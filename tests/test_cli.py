"""The commands, as somebody types them: what they say, what they leave, how they end."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import text

from oscb_desktop import cli
from oscb_desktop.__main__ import main
from oscb_desktop.cli import terminal
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.values import Value
from oscb_desktop.services.file_place import insist
from oscb_desktop.services.files import open_store
from oscb_desktop.services.find import find_agency
from oscb_desktop.services.store import Store
from tests.cases import old_case, rule
from tests.conftest import PASSPHRASE, now
from tests.exchange.answer_books import fill_in
from tests.factories import make
from tests.key_words import of_the_key

Run = Callable[..., int]
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command with the passphrase in the environment and a home of its own."""
    monkeypatch.setenv("OSCB_PASSPHRASE", PASSPHRASE)
    home = str(tmp_path / "home")
    return lambda *words: main([*map(str, words), "--data", home])


@pytest.fixture
def file(store: Store) -> Path:
    """A file with one rapid review, closed."""
    incident = make(
        store,
        "incident",
        reference="IN-2021-01",
        aware_on=date(2021, 5, 4),
        notified_on=date(2021, 5, 27),
    )
    make(
        store,
        "review",
        reference="RR-2021-01",
        incident=incident,
        started_on=date(2021, 5, 27),
        known_as="Child M",
        what_happened="Nobody had asked.",
    )
    make(
        store,
        "review",
        reference="LR-2021-01",
        kind="lcspr",
        incident=incident,
        started_on=date(2021, 6, 20),
        known_as="Child Moor",
    )
    agency = make(store, "agency", name="The police force", short_name="Police")
    make(store, "action", review=1, reference="A-2021-01", lead_agency=agency)
    make(store, "attendance", meeting=make(store, "meeting", reference="M-2022-01"))
    store.close()
    return store.path


@pytest.mark.parametrize(
    ("words", "last"),
    [
        (("2022-05-27", "15wd"), "2022-06-21"),
        (("27/5/22", "15wd"), "2022-06-21"),
        (("2022-05-27", "-7wd"), "2022-05-18"),
        (("2022-05-27", "-7d"), "2022-05-20"),
        (("2021-08-31", "6m"), "2022-02-28"),
    ],
)
def test_due_shows_its_working_and_ends_with_the_date(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], last: str
) -> None:
    assert run("due", *words) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == last
    assert "counted from this day" in said[0]


def test_due_names_the_holidays_it_skips(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    run("due", "2022-05-27", "15wd")
    assert "Spring bank holiday" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("31/2/22", "3wd"), "There is no day 31"),
        (("2022-05-27", "soon"), "“soon” is not a span"),
        (("2199-01-01", "3wd"), "The bank holiday table ends on"),
    ],
)
def test_due_refuses_in_a_sentence(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], sentence: str
) -> None:
    assert run("due", *words) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert sentence in told.err


@pytest.mark.parametrize(
    "words", [("due",), ("print",), ("print", "letter", "f"), ("figures", "f"), ("check", "a", "b")]
)
def test_words_that_do_not_fit_end_with_2(
    run: Run, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert run(*words) == 2
    assert "usage: oscb-desktop" in capsys.readouterr().err


def test_a_sound_file_is_said_to_be_sound(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", file) == 0
    assert "is sound" in capsys.readouterr().out


def _write_raw(store: Store, statement: str) -> None:
    """Change the file behind the program's back, as only a tampering hand could."""
    with store._engine.begin() as connection:
        triggers = text("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for name in connection.scalars(triggers).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text(statement))


def test_a_file_that_was_tampered_with_ends_with_1(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    make(store, "review")
    _write_raw(store, "UPDATE change SET label = 'Something else'")
    store.close()
    assert run("check", store.path) == 1
    assert "The change log was altered" in capsys.readouterr().out


def test_a_file_that_is_not_there_is_told(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", tmp_path / "none.oscb") == 2
    assert "There is no file" in capsys.readouterr().err


def test_a_wrong_passphrase_is_told(
    run: Run,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OSCB_PASSPHRASE", "another passphrase")
    assert run("check", file) == 2
    assert "That passphrase does not open" in capsys.readouterr().err


def test_without_a_terminal_the_passphrase_is_asked_for_in_a_sentence(
    run: Run,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("OSCB_PASSPHRASE")
    assert run("check", file) == 2
    assert "set OSCB_PASSPHRASE" in capsys.readouterr().err


def test_a_new_file_can_be_opened(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ours.oscb"
    assert run("new", path) == 0
    assert run("check", path) == 0
    assert run("new", path) == 2
    assert "exists already" in capsys.readouterr().err


def test_a_new_file_needs_a_passphrase_worth_the_name(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("OSCB_PASSPHRASE", "short")
    path = tmp_path / "ours.oscb"
    assert run("new", path) == 2
    assert "at least 8 characters" in capsys.readouterr().err
    assert not path.exists()


def _typing(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """Sit somebody at a terminal who types these passphrases."""
    answers = iter(typed)
    monkeypatch.delenv("OSCB_PASSPHRASE")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))


def test_a_new_passphrase_is_typed_twice(
    run: Run,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "ours.oscb"
    _typing(monkeypatch, PASSPHRASE, "three plain wurds", PASSPHRASE, PASSPHRASE)
    assert run("new", path) == 2
    assert "The two passphrases differ" in capsys.readouterr().err
    assert not path.exists()
    assert run("new", path) == 0


def test_figures_come_as_an_array_of_name_value_and_records(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("figures", file, "--year", "2021-22") == 0
    told = capsys.readouterr()
    rows = json.loads(told.out)
    assert {tuple(row) for row in rows} == {("name", "value", "records")}
    found = {row["name"]: row for row in rows}
    assert found["rapid_reviews"] == {
        "name": "rapid_reviews",
        "value": 1,
        "records": ["RR-2021-01"],
    }
    assert found["incidents_by_nature"]["value"] == {"Serious harm": 1}
    assert found["review_cost_lowest"]["value"] is None
    assert "No baseline figure is held for 2020-21" in told.err


def test_a_figure_of_a_year_that_the_file_does_not_hold_is_null(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("figures", file, "--year", "2018-19") == 0
    told = {row["name"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert told["rapid_reviews"] is None


def test_a_year_that_is_none_is_refused(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("figures", file, "--year", "2021-23") == 2
    assert "two years in a row" in capsys.readouterr().err


def test_the_clocks_of_a_review_are_shown_with_their_working(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("clock", file, "RR-2021-01") == 0
    said = capsys.readouterr().out
    assert said.startswith("RR-2021-01 Child M\n")
    assert "Rapid review to the Panel: due Fri 18 Jun 2021; " in said
    assert "15 working days from the notification being sent (Working Together 2018)" in said
    assert "Mon 31 May 2021    -  Spring bank holiday" in said


def test_a_review_without_any_day_has_no_clock(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    make(store, "review", reference="RR-2021-01")
    store.close()
    assert run("clock", store.path, "RR-2021-01") == 0
    assert "No clock has started" in capsys.readouterr().out


def test_an_unknown_review_is_refused(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("clock", file, "RR-2021-1") == 2
    assert "Near it: RR-2021-01 Child M" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ("learning-summary", "RR-2021-01"),
        ("review-record", "Child M"),
        ("action-log",),
        ("action-log", "--agency", "Police"),
        ("decision-letter", "RR-2021-01"),
        ("terms", "LR-2021-01"),
        ("press-statement", "LR-2021-01"),
        ("family-letter", "LR-2021-01"),
        ("since", "--date", "1/3/22"),
        ("action-log", "--review", "RR-2021-01"),
        ("composite-plan",),
        ("chair-sheet",),
        ("escalation",),
        ("agenda", "M-2022-01"),
        ("meeting-note", "M-2022-01"),
        ("annual-report", "--year", "2021-22"),
        ("annual-report", "--year", "2021/22", "--public"),
        ("return-sheet", "RR-2021-01", "--system", "nhs-tracker"),
    ],
)
def test_papers_are_printed_to_a_file(
    run: Run, file: Path, tmp_path: Path, words: tuple[str, ...]
) -> None:
    to = tmp_path / "out.pdf"
    assert run("print", words[0], file, *words[1:], "--to", to) == 0
    assert to.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("ending", ["docx", "xlsx", "txt"])
def test_the_annual_report_is_written_in_the_form_that_the_name_asks_for(
    run: Run, file: Path, tmp_path: Path, ending: str
) -> None:
    to = tmp_path / f"out.{ending}"
    assert run("print", "annual-report", file, "--year", "2021-22", "--to", to) == 0
    assert to.read_bytes().startswith(b"PK" if ending != "txt" else b"OFFICIAL")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("out.odt", "“out.odt” does not say as what it is to be written"),
        ("out", "“out” does not say as what it is to be written"),
        ("out.xlsx", "“Learning summary” has no tables to save as a workbook"),
    ],
)
def test_an_ending_that_a_paper_does_not_have_is_refused_before_anything_is_said_of_it(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, told: str
) -> None:
    to = tmp_path / name
    assert run("print", "learning-summary", file, "RR-2021-01", "--to", to) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert "Made for publication" not in said.out
    assert not to.exists()


def test_a_year_or_system_that_is_none_is_told(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "out.pdf"
    assert run("print", "annual-report", file, "--year", "2021", "--to", to) == 2
    assert "is not a reporting year" in capsys.readouterr().err
    assert run("print", "return-sheet", file, "RR-2021-01", "--system", "x", "--to", to) == 2
    assert "nhs_tracker or panel" in capsys.readouterr().err


def test_what_is_wrong_in_the_texts_of_an_annual_report_is_said_as_it_leaves(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    texts = tmp_path / "texts.toml"
    texts.write_text(
        '[[narrative]]\nyear = "2021-22"\nchapter = "conclusion"\n'
        'text = "One of them had died. {rapid_reviewss}"\n'
    )
    assert run("import", file, texts) == 0
    to = tmp_path / "out.pdf"
    asked = ("print", "annual-report", file, "--year", "2021-22", "--public", "--to", to)
    assert run(*asked) == 2
    assert not to.exists()
    capsys.readouterr()
    assert run(*asked, "--reason", "It was published before.") == 0
    told = capsys.readouterr().err
    assert "10 Conclusion: There is no figure “rapid_reviewss”." in told
    assert "10 Conclusion: typed as a number" in told
    assert "“One of them”" in told


def test_an_action_log_is_of_one_thing_alone(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("--review", "RR-2021-01", "--theme", "Fathers", "--to", tmp_path / "out.pdf")
    assert run("print", "action-log", file, *words) == 2
    assert "one agency, one review or one theme" in capsys.readouterr().err


def test_the_record_of_an_action_is_printed(run: Run, store: Store, tmp_path: Path) -> None:
    make(store, "action", reference="A-2021-04", text="Write it.")
    store.close()
    to = tmp_path / "out.pdf"
    assert run("print", "action-record", store.path, "A-2021-04", "--to", to) == 0
    assert "Write it." in "".join(page.extract_text() for page in PdfReader(to).pages)


def test_the_notification_sheet_of_a_command_names_no_child(
    run: Run, store: Store, tmp_path: Path
) -> None:
    child = make(store, "child", incident=make(store, "incident", reference="IN-2022-01"))
    make(store, "child_identity", child=child, last_name="Exampleton")
    store.close()
    to = tmp_path / "sheet.pdf"
    assert run("print", "notification-sheet", store.path, "IN-2022-01", "--to", to) == 0
    words = "".join(page.extract_text() for page in PdfReader(to).pages)
    assert "Child M" in words
    assert "Exampleton" not in words


def test_a_paper_that_names_a_child_is_printed_with_a_reason_alone(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    child = make(store, "child", reference="CH-2022-01")
    make(store, "child_identity", child=child, last_name="Exampleton")
    told = "The Exampleton family had moved."
    make(store, "review", reference="RR-2022-01", children=(child,), what_happened=told)
    store.close()
    to = tmp_path / "out.pdf"
    words = ("print", "learning-summary", store.path, "RR-2022-01", "--to", to)
    assert run(*words) == 2
    said = capsys.readouterr()
    assert re.search(r"^Page 1, line \d+: Surname\. .*“Exampleton”", said.err, re.MULTILINE)
    assert "out.pdf is not written: a child may be known by it." in said.err
    assert not to.exists()
    assert run(*words, "--reason", "The family asked for it.") == 0
    assert to.read_bytes().startswith(b"%PDF")
    assert run("log", store.path) == 0
    assert "“The family asked for it.”" in capsys.readouterr().out


def test_a_paper_for_publication_says_that_it_was_checked(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("print", "learning-summary", file, "RR-2021-01", "--to", tmp_path / "out.pdf") == 0
    assert capsys.readouterr().out.startswith("Made for publication. ")


def test_a_record_is_printed_for_the_face_that_is_to_have_it(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("print", "review-record", file, "RR-2021-01", "--to", tmp_path / "out.pdf", "--face")
    for face, version in (("panel", "Review panel version"), ("public", "Public version")):
        assert run(*words, face) == 0
        assert version in PdfReader(tmp_path / "out.pdf").pages[0].extract_text()
    assert run(*words, "press") == 2
    assert "invalid choice" in capsys.readouterr().err


def test_what_to_know_of_a_paper_is_told_with_it(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "out.pdf"
    assert run("print", "press-statement", file, "LR-2021-01", "--to", to) == 0
    assert "This review is recorded as under way" in capsys.readouterr().err
    assert run("print", "learning-summary", file, "LR-2021-01", "--to", to) == 2
    assert "nothing to put in a learning summary of “Child Moor” yet" in capsys.readouterr().err


def test_a_printed_paper_is_noted_with_its_copy_and_recipient(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("print", "review-record", file, "RR-2021-01", "--to", tmp_path / "out.pdf")
    assert run(*words, "--for", "The panel", "--copy", "2 of 9") == 0
    capsys.readouterr()
    assert run("log", file) == 0
    said = capsys.readouterr().out
    assert "Print full record of a review of RR-2021-01 Child M" in said
    assert "       For: “The panel”\n" in said
    assert "       Copy: “2 of 9”\n" in said


def test_a_pack_is_printed_with_a_copy_for_whom_it_is_meant(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = make(store, "pack", title="Panel", recipients="W. Amberly\nD. Finch")
    make(store, "pack_item", pack=pack, number=1, part="chair_sheet")
    store.close()
    to = tmp_path / "pack.pdf"
    assert run("print", "pack", store.path, "PK-2022-01", "--copy", "2", "--to", to) == 0
    words = "".join(page.extract_text() for page in PdfReader(to).pages)
    assert "Copy 2 of 2 for D. Finch" in words
    assert "Live reviews" in words
    assert run("print", "pack", store.path, "PK-2022-01", "--copy", "3", "--to", to) == 2
    assert "The last copy of this pack is copy 2" in capsys.readouterr().err
    assert run("print", "pack", store.path, "PK-2022-09", "--to", to) == 2


def test_a_blank_workbook_comes_back_as_nothing_to_do(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "blank.xlsx"
    assert run("template", out) == 0
    assert run("import", file, out) == 0
    assert "Nothing to do" in capsys.readouterr().out


def test_the_example_workbook_comes_back_as_the_sample_year(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "example.xlsx"
    empty = tmp_path / "empty.oscb"
    assert run("template", out, "--sample") == 0
    assert run("new", empty) == 0
    assert run("import", empty, out) == 0
    assert "SCR-2019-01 Child R" in capsys.readouterr().out
    assert run("figures", empty, "--year", "2021-22") == 0
    told = {row["name"]: row["value"] for row in json.loads(capsys.readouterr().out)}
    assert told["rapid_review_children_by_age_band"] == {
        "Under 5": 4,
        "5 to 12": 0,
        "13 and over": 4,
    }


AGENCY = '[[agency]]\nname = "{}"\nkind = "{}"\n'


def test_an_import_rehearses_then_adds_then_has_nothing_to_do(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "in.toml"
    data.write_text(AGENCY.format("The fire service", "other"), "utf-8")
    assert run("import", file, data, "--rehearse") == 0
    assert "Would add: Agency The fire service" in capsys.readouterr().out
    assert run("import", file, data) == 0
    assert "Added: Agency The fire service" in capsys.readouterr().out
    assert run("import", file, data) == 0
    assert "Nothing to do" in capsys.readouterr().out
    data.write_text(AGENCY.format("The fire service", "police"), "utf-8")
    assert run("import", file, data) == 0
    assert "Changed: Agency The fire service: Kind: Other" in capsys.readouterr().out


def test_an_import_with_faults_names_each_and_ends_with_1(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = tmp_path / "in.toml"
    data.write_text(AGENCY.format("Good", "police") + AGENCY.format("Bad", "nonsense"), "utf-8")
    assert run("import", file, data) == 1
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 1
    assert "nonsense" in told.out
    assert "Nothing was written" in told.err


def test_the_log_is_told_whole_or_of_one_record(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("log", file) == 0
    said = capsys.readouterr().out
    assert said.startswith("Change log of test.oscb\n")
    assert "Added: Action A-2021-01" in said
    to = tmp_path / "log.txt"
    assert run("log", file, "--record", "rr-2021-01", "--to", to) == 0
    assert capsys.readouterr().out == f"{to} is written: 1 step.\n"
    written = to.read_text("utf-8")
    assert "Added: Review RR-2021-01 Child M" in written
    assert "A-2021-01" not in written
    assert run("log", file, "--record", "RR-2021-99") == 2
    assert "There is no record “RR-2021-99”" in capsys.readouterr().err


def test_the_log_is_bounded_by_days_as_they_are_typed(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("log", file, "--since", "25/3/22", "--until", "25 mar 2022") == 0
    assert "Added: Review RR-2021-01" in capsys.readouterr().out
    assert run("log", file, "--since", "2022-03-26") == 0
    assert "0 steps told here." in capsys.readouterr().out
    assert run("log", file, "--since", "soon") == 2
    assert run("log", file, "--since", "2022-03-26", "--until", "2022-03-25") == 2
    assert "cannot end on 25 Mar 2022" in capsys.readouterr().err


def test_the_log_spells_out_identities_only_for_a_reason(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    make(store, "child_identity", last_name="Exampleton")
    store.close()
    assert run("log", store.path) == 0
    assert "Exampleton" not in capsys.readouterr().out
    assert run("log", store.path, "--identities", " ") == 2
    assert "why they are needed" in capsys.readouterr().err
    assert run("log", store.path, "--identities", "A request of the family") == 0
    assert "Exampleton" in capsys.readouterr().out
    assert run("log", store.path) == 0
    assert "Look at identities in the change log: A request of the family" in (
        capsys.readouterr().out
    )


def test_a_file_in_a_synchronised_folder_is_written_to_only_when_insisted_on(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".stfolder").mkdir()
    to = tmp_path / "out.pdf"
    assert run("print", "action-log", file, "--to", to) == 2
    refused = capsys.readouterr().err
    assert "This folder is kept in step by Syncthing." in refused
    assert refused.endswith("To go on all the same, add --anywhere.\n")
    assert run("new", tmp_path / "new.oscb") == 2
    assert not (tmp_path / "new.oscb").exists()
    assert run("passphrase", file) == 2
    assert run("log", file, "--identities", "A request") == 2
    assert run("check", file) == 0
    assert run("log", file) == 0
    assert run("print", "action-log", file, "--to", to, "--anywhere") == 0
    assert run("new", tmp_path / "new.oscb", "--anywhere") == 0
    insist(file, tmp_path / "home" / "settings.json")
    assert run("print", "action-log", file, "--to", to) == 0


def test_a_fault_of_the_program_goes_to_the_log_without_its_words(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    make(store, "review", reference="RR-2021-01")
    _write_raw(store, "UPDATE review SET started_on = 'Child M lives in a named street'")
    store.close()
    assert run("clock", store.path, "RR-2021-01") == 1
    told = capsys.readouterr()
    logged = (tmp_path / "home" / "logs" / "oscb-desktop.log").read_text("utf-8")
    assert "ValueError" in logged
    assert "named street" not in told.err + told.out + logged


def test_a_command_may_stand_after_its_option_and_a_file_is_no_command(tmp_path: Path) -> None:
    assert cli.is_command(["--data", "check", "due", "today", "1d"])
    assert cli.is_command(["check", "file"])
    assert not cli.is_command(["--data", "check"])
    assert not cli.is_command(["our year.oscb", "check"])
    assert not cli.is_command(["--sample"])
    assert not cli.is_command([])


def test_the_window_is_told_its_file_and_folder(tmp_path: Path) -> None:
    options = cli.window_options(["a.oscb", "--data", str(tmp_path)])
    assert (options.file, options.sample, options.data) == (Path("a.oscb"), False, tmp_path)
    assert cli.window_options(["--sample"]).sample
    assert cli.window_options([]).data is None


def test_the_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for name in ("new", "template", "import", "figures", "print", "clock", "due", "check"):
        assert f"  {name} " in said
    assert "OSCB_PASSPHRASE" in said


def test_no_option_takes_a_passphrase(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("new", "import", "figures", "check"):
        assert main([command, "--help"]) == 0
    assert "--pass" not in capsys.readouterr().out


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux runs without a display")
def test_without_a_display_the_commands_are_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert main(["--sample"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("There is no display")
    assert "figures" in said


def _python(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )


def test_a_due_date_is_counted_without_opening_anything_heavy() -> None:
    code = (
        "import sys; from oscb_desktop.__main__ import main; main(['due', '2022-05-27', '15wd']);"
        "print(sorted({name.split('.')[0] for name in sys.modules} &"
        " {'sqlalchemy', 'alembic', 'reportlab', 'openpyxl', 'PySide6', 'sqlcipher3'}))"
    )
    done = _python("-c", code)
    assert done.stdout.splitlines()[-2:] == ["2022-06-21", "[]"]


def test_the_package_runs_and_its_exit_code_reaches_the_shell() -> None:
    done = _python("-m", "oscb_desktop", "due", "2022-05-27", "soon")
    assert done.returncode == 2
    assert "is not a span" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_passphrase_is_changed_and_a_recovery_key_stands_in_for_it(
    run: Run,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = FileKey.of_file(file, PASSPHRASE)
    monkeypatch.setenv("OSCB_NEW_PASSPHRASE", "quite other words")
    monkeypatch.setenv("OSCB_PASSPHRASE", "-".join(old.recovery_groups()))
    assert run("passphrase", file) == 0
    assert "Older backups open with the old passphrase" in capsys.readouterr().out
    assert run("check", file) == 2
    assert "changed after the sheet was made" in capsys.readouterr().err
    monkeypatch.setenv("OSCB_PASSPHRASE", "quite other words")
    assert run("check", file) == 0
    home = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    assert home, "the wrong key was counted nowhere"
    kept = b"".join(path.read_bytes() for path in home)
    assert not any(secret.encode() in kept for secret in (PASSPHRASE, "quite other words"))
    assert of_the_key(old, kept) == []


def test_a_changed_passphrase_is_typed_twice(
    run: Run,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.delenv("OSCB_NEW_PASSPHRASE", raising=False)
    _typing(monkeypatch, PASSPHRASE, "quite other words", "quite other word")
    assert run("passphrase", file) == 2
    assert "The two passphrases differ. Nothing was done." in capsys.readouterr().err
    monkeypatch.setenv("OSCB_PASSPHRASE", PASSPHRASE)
    assert run("check", file) == 0


def test_a_recovery_sheet_is_written_and_its_key_is_shown_nowhere_else(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    to = tmp_path / "sheet.pdf"
    assert run("recovery-sheet", file, "--to", to) == 0
    said = capsys.readouterr()
    assert "delete sheet.pdf" in said.out
    assert to.read_bytes().startswith(b"%PDF")
    kept = [path for path in (tmp_path / "home").rglob("*") if path.is_file()]
    written = said.out + said.err + "".join(path.read_text("utf-8") for path in kept)
    assert of_the_key(FileKey.of_file(file, PASSPHRASE), written) == []


def test_the_sixth_wrong_passphrase_has_to_wait(
    run: Run,
    file: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Stopped(datetime):
        """A clock that stands, so that nothing is waited for between two tries."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Stopped:
            return cls(2022, 3, 25, 10, 0, tzinfo=tz)

    monkeypatch.setattr(terminal, "datetime", Stopped)
    monkeypatch.setenv("OSCB_PASSPHRASE", "another passphrase")
    for _ in range(5):
        assert run("check", file) == 2
    capsys.readouterr()
    monkeypatch.setenv("OSCB_PASSPHRASE", PASSPHRASE)
    assert run("check", file) == 2
    assert "5 wrong passphrases were typed for test.oscb. Wait 2 seconds" in capsys.readouterr().err


def test_a_backup_is_made_proven_and_restored(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("prove", file) == 1
    assert "There is no backup of test.oscb" in capsys.readouterr().out
    assert run("backup", file) == 0
    assert "2 reviews, 1 action, " in capsys.readouterr().out
    (backup,) = (tmp_path / "home" / "backups").iterdir()
    assert run("prove", file) == 0
    assert f"{backup.name} is proven" in capsys.readouterr().out
    assert run("restore", file, backup, "--to", tmp_path / "new.oscb") == 0
    assert "The file holds no work that the backup does not." in capsys.readouterr().out
    assert run("restore", file, backup, "--to", tmp_path / "new.oscb") == 2
    assert "exists already" in capsys.readouterr().err
    assert run("check", tmp_path / "new.oscb") == 0
    backup.write_bytes(backup.read_bytes()[:-8192])
    assert run("prove", file) == 1
    assert "is not proven" in capsys.readouterr().out


def test_a_backup_goes_to_a_folder_of_choice_and_is_proven_there(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", file, "--to", tmp_path / "drive") == 0
    assert run("prove", file, "--from", tmp_path / "drive") == 0
    assert run("prove", file) == 1
    assert "Make one now." in capsys.readouterr().out


def test_the_differences_are_told_before_a_backup_is_restored(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store.close()
    assert run("backup", store.path) == 0
    make(store, "theme", name="Later")
    store.close()
    (backup,) = (tmp_path / "home" / "backups").iterdir()
    assert run("restore", store.path, backup, "--to", tmp_path / "new.oscb") == 0
    said = capsys.readouterr().out.splitlines()
    assert "The file holds 1 step of work that the backup does not." in said
    assert "Themes: 0, now 1 (1 fewer)" in said
    assert "The file's last step: Add theme Later, by A. Tester, 25 Mar 2022 10:00." in said


def test_a_backup_of_a_file_that_is_damaged_or_gone_is_restored_all_the_same(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", file) == 0
    (backup,) = (tmp_path / "home" / "backups").iterdir()
    file.write_bytes(b"spoilt" * 4096)
    assert run("restore", file, backup, "--to", tmp_path / "new.oscb") == 0
    assert "It was not compared with test.oscb." in capsys.readouterr().err
    file.unlink()
    assert run("restore", file, backup, "--to", tmp_path / "newer.oscb") == 0
    assert "There is no file" in capsys.readouterr().err
    assert run("check", tmp_path / "newer.oscb") == 0


def test_a_backup_that_the_passphrase_does_not_open_is_told(
    run: Run,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run("backup", file) == 0
    (backup,) = (tmp_path / "home" / "backups").iterdir()
    monkeypatch.setenv("OSCB_PASSPHRASE", "another passphrase")
    assert run("restore", file, backup, "--to", tmp_path / "new.oscb") == 2
    assert "does not open with this passphrase" in capsys.readouterr().err
    assert not (tmp_path / "new.oscb").exists()


def test_what_is_due_is_listed_by_reference_and_nothing_is_removed(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    rule(store)
    held = old_case(store, "Quillfeather")
    make(store, "legal_hold", name="Inquiry A", everything=False, reviews=(held.review,))
    store.close()
    assert run("retention", store.path) == 1
    said = capsys.readouterr().out
    assert "RR-1989-01: kept until 30 Jun 2020; work ended on 30 Jun 1990; dispose." in said
    assert "Under a legal hold (Inquiry A)." in said
    assert "1 incident, 1 family, 1 child, 1 identity, 1 review" in said
    assert "Quillfeather" not in said
    assert run("retention", store.path) == 1


def test_nothing_due_ends_with_0(run: Run, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("retention", file) == 0
    assert "Nothing is due." in capsys.readouterr().out


def test_a_damaged_file_is_salvaged_to_a_new_one_with_its_rows_counted(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = bytearray(file.read_bytes())
    raw[-4000] ^= 1
    file.write_bytes(raw)
    assert run("check", file) == 2
    assert "is damaged" in capsys.readouterr().err
    new = tmp_path / "new.oscb"
    assert run("salvage", file, "--to", new) == 0
    said = capsys.readouterr().out
    assert "rows could be read" in said
    assert "Steps of the history" in said
    assert file.read_bytes() == raw
    assert run("check", new) == 0
    assert run("salvage", file, "--to", new) == 2
    assert "exists already" in capsys.readouterr().err


def test_sheets_go_out_and_their_answers_come_back(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("agency-sheets", file, "--to", tmp_path, "--days", "9999", "--agency", "police") == 0
    (sheet,) = tmp_path.glob("S-*.xlsx")
    assert capsys.readouterr().out == (
        f"{sheet}: for no known address\nEach has its e-mail beside it, as text.\n"
    )
    fill_in(sheet, {"A-2021-01": {"Status now": "In progress", "Progress since": "Drafted."}})
    assert run("read-back", file, sheet, "--rehearse") == 0
    rehearsed = capsys.readouterr().out
    assert "Would take: Police, A-2021-01, In progress: Not started -> In progress" in rehearsed
    assert run("read-back", file, sheet) == 0
    assert capsys.readouterr().out == rehearsed.replace("Would take", "Taken")
    assert run("read-back", file, sheet) == 0
    assert capsys.readouterr().out.endswith("Nothing new.\n")


def test_sheets_that_name_a_child_go_out_with_a_reason_alone(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(file, PASSPHRASE, tmp_path / "backups", "A. Tester", now)
    make(store, "child_identity", child=make(store, "child"), last_name="Quillfeather")
    police = find_agency(store, "Police")
    make(store, "action", lead_agency=police, text="Visit Mrs Quillfeather.")
    store.close()
    asked = ("agency-sheets", file, "--to", tmp_path, "--days", "9999", "--agency", "police")
    assert run(*asked) == 2
    told = capsys.readouterr().err
    assert "“Quillfeather” is the surname of" in told
    assert "say why with --reason" in told
    assert list(tmp_path.glob("S-*")) == []
    assert run(*asked, "--reason", "The agency knows the family.") == 0
    assert len(list(tmp_path.glob("S-*"))) == 2


def test_an_answer_that_cannot_be_taken_ends_with_1(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("agency-sheets", file, "--to", tmp_path, "--days", "9999") == 0
    (sheet,) = tmp_path.glob("S-*.xlsx")
    fill_in(sheet, {"A-2021-01": {"Status now": "Complete", "Completed on": "1/3/22"}})
    capsys.readouterr()
    assert run("read-back", file, sheet) == 1
    told = capsys.readouterr()
    assert "A-2021-01 cannot be completed yet. Missing: evidence" in told.out
    assert told.err == "1 thing could not be taken.\n"


def test_nobody_to_ask_is_refused(
    run: Run, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("agency-sheets", file, "--to", tmp_path, "--agency", "Fire service") == 2
    assert run("agency-sheets", file, "--to", tmp_path, "--days", "soon") == 2
    assert "There is no agency “Fire service”." in capsys.readouterr().err


def test_what_agencies_owe_is_listed(
    run: Run, store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review = make(store, "review", reference="RR-2022-01", known_as="Child M")
    police = make(store, "agency", name="The police force", short_name="Police")
    person = make(store, "person", name="P. Elm", agency=police)
    given: dict[str, Value] = {"review": review, "agency": police, "requested_on": date(2022, 3, 1)}
    path = store.path
    make(store, "agency_request", **given, contact=person, due_on=date(2099, 1, 1))
    store.close()
    assert run("owed", path) == 0
    assert capsys.readouterr().out.endswith("1 owed, 0 late.\n")
    letter = tmp_path / "letter.pdf"
    asked = ("print", "request", path, "--review", "RR-2022-01", "--to", letter)
    assert run(*asked, "--agency", "police") == 0
    assert letter.read_bytes().startswith(b"%PDF")
    assert run(*asked, "--agency", "police", "--purpose", "report") == 2
    assert "“police” was not asked for “report” in this review." in capsys.readouterr().err


def test_something_late_ends_with_1_and_nothing_owed_with_0(
    run: Run, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    path = store.path
    review = make(store, "review", reference="RR-2022-01", known_as="Child M")
    police = make(store, "agency", name="Police")
    given: dict[str, Value] = {"review": review, "agency": police, "requested_on": date(2022, 3, 1)}
    late: dict[str, Value] = {
        "due_on": date(2022, 3, 4),
        "reminders": 1,
        "reminded_on": date(2022, 3, 8),
    }
    make(store, "agency_request", **given, **late)
    store.close()
    assert run("owed", path) == 1
    told = capsys.readouterr().out
    assert told.startswith("Police: Agency summary, RR-2022-01, ")
    assert "days late, reminded once, last 08 Mar 2022\n1 owed, 1 late.\n" in told


def test_with_nothing_owed_that_is_said(
    run: Run, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("owed", file) == 0
    assert capsys.readouterr().out == "Nothing is owed.\n"
