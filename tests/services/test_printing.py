"""Papers as PDF: found by reference or name, and put where they were asked for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from oscb_desktop.database.engine import make_engine
from oscb_desktop.errors import UserError
from oscb_desktop.queries.history import history
from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.releases import releases
from oscb_desktop.queries.undo import to_undo
from oscb_desktop.services.files import check_store
from oscb_desktop.services.find import find_agency, find_review
from oscb_desktop.services.paper_check import checked
from oscb_desktop.services.printing import (
    decision_letter_text,
    give,
    made_now,
    make_action_log,
    make_action_record,
    make_agenda,
    make_composite_plan,
    make_decision_letter,
    make_escalation_report,
    make_family_letter,
    make_learning_summary,
    make_meeting_note,
    make_press_statement,
    make_review_record,
    make_since_meeting,
    print_recovery_sheet,
)
from oscb_desktop.services.records import AmendRecord, WithdrawRecord
from oscb_desktop.services.releases import Copy, ReleasePaper, release_to_file
from oscb_desktop.services.store import Store
from tests.conftest import NOW
from tests.factories import make
from tests.key_words import of_the_key


@pytest.fixture
def review(store: Store) -> int:
    return make(
        store,
        "review",
        reference="LR-2021-01",
        kind="lcspr",
        known_as="Child <b>&</b> “G”",
        what_happened="Nobody had asked.",
    )


def text_of(data: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)


def test_a_learning_summary_is_a_pdf_and_a_file(store: Store, review: int, tmp_path: Path) -> None:
    to = tmp_path / "out.pdf"
    data = give(store, make_learning_summary(store, "lr-2021-01"), to)
    assert to.read_bytes() == data
    assert "<b>&</b>" in text_of(data)


def test_a_summary_that_would_be_empty_is_not_made(store: Store) -> None:
    make(store, "review", reference="LR-2022-01", known_as="Child W")
    with pytest.raises(UserError, match=r"nothing to put in a learning summary of “Child W” yet"):
        make_learning_summary(store, "LR-2022-01")


def test_what_to_know_of_a_paper_is_told_beside_it(store: Store, review: int) -> None:
    assert make_learning_summary(store, "LR-2021-01").remarks == ()
    (under_way,) = make_press_statement(store, "LR-2021-01").remarks
    assert "under way" in under_way
    (unreached,) = make_family_letter(store, "LR-2021-01").remarks
    assert "Address and contact" in unreached
    row = store.read(record, "review", review)
    assert row is not None
    said = "\n".join(["At great length, again and again. 中"] * 200)
    store.write(AmendRecord("review", review, row.version, {"what_happened": said}))
    long, odd = make_learning_summary(store, "LR-2021-01").remarks
    assert long.startswith("It is too long for two pages, by about ")
    assert odd.startswith("1 sign cannot be printed with our typefaces")


def test_a_review_record_names_who_printed_it_and_which_copy(store: Store, review: int) -> None:
    said = text_of(make_review_record(store, "LR-2021-01", Copy(version="Copy 2 of 9")).data)
    assert "Printed by A. Tester" in said
    assert "Copy 2 of 9" in said


def test_an_action_log_is_of_all_agencies_or_of_one(store: Store, review: int) -> None:
    agency = make(store, "agency", name="The police force", short_name="Police")
    make(store, "action", review=review, reference="A-1", lead_agency=agency)
    make(store, "action", review=review, reference="A-2")
    both = text_of(make_action_log(store).data)
    theirs = text_of(make_action_log(store, "police").data)
    assert ("A-1" in both, "A-2" in both) == (True, True)
    assert ("A-1" in theirs, "A-2" in theirs) == (True, False)


def test_an_action_log_is_of_one_review_or_one_theme(store: Store, review: int) -> None:
    theme = make(store, "theme", name="Fathers")
    asked = make(store, "recommendation", review=review, themes=(theme,))
    make(store, "action", review=review, reference="A-1", recommendation=asked)
    make(store, "action", reference="A-2")
    of_review = text_of(make_action_log(store, review="lr-2021-01").data)
    of_theme = text_of(make_action_log(store, theme="fathers").data)
    for said in (of_review, of_theme):
        assert ("A-1" in said, "A-2" in said) == (True, False)
    assert "Theme: Fathers" in of_theme
    with pytest.raises(UserError, match=r"one agency, one review or one theme. Give only one"):
        make_action_log(store, "Police", theme="Fathers")
    with pytest.raises(UserError, match=r"There is no theme “Mothers”. Near it: Fathers"):
        make_action_log(store, theme="Mothers")


def test_the_log_of_a_review_is_noted_with_it(store: Store, review: int, tmp_path: Path) -> None:
    give(store, make_action_log(store, review="LR-2021-01"), tmp_path / "log.pdf")
    assert [row.about for row in store.read(releases)] == ["LR-2021-01 Child <b>&</b> “G”"]


def test_an_action_is_printed_and_noted_with_its_review(
    store: Store, review: int, tmp_path: Path
) -> None:
    make(store, "action", review=review, reference="A-2021-01", text="Write <i> & all.")
    said = text_of(give(store, make_action_record(store, " a-2021-01"), tmp_path / "action.pdf"))
    assert "Write <i> & all." in said
    assert "OFFICIAL-SENSITIVE" in said
    (noted,) = store.read(releases)
    assert (noted.paper, noted.about) == (
        "Full record of an action",
        "LR-2021-01 Child <b>&</b> “G”",
    )
    with pytest.raises(UserError, match=r"There is no action “A-2021-1”. Near it: A-2021-01"):
        make_action_record(store, "A-2021-1")


def test_an_escalation_report_is_printed_and_noted(store: Store, tmp_path: Path) -> None:
    make(store, "action", reference="A-2021-01", due_on=date(2022, 3, 1), original_due_on=None)
    said = text_of(give(store, make_escalation_report(store), tmp_path / "report.pdf"))
    assert "1 action due to be escalated" in said
    assert "OFFICIAL-SENSITIVE" in said
    assert [row.paper for row in store.read(releases)] == ["Escalation report"]


def test_a_paper_is_as_at_today_or_the_day_of_a_practice_file(store: Store) -> None:
    assert made_now(store).today == NOW.date()
    store.practice_today = NOW.date().replace(year=2021)
    assert made_now(store, Copy(version="Draft")).today.year == 2021
    assert made_now(store).at == NOW


def test_a_review_is_found_by_reference_or_by_its_only_name(store: Store, review: int) -> None:
    assert find_review(store, " LR-2021-01 ") == review
    assert find_review(store, "child <b>&</b> “g”") == review


def test_a_reference_goes_before_a_name(store: Store, review: int) -> None:
    make(store, "review", known_as="LR-2021-01")
    assert find_review(store, "LR-2021-01") == review


def test_a_name_that_two_reviews_have_is_asked_about(store: Store) -> None:
    make(store, "review", reference="RR-1", known_as="Child M")
    make(store, "review", reference="LR-1", kind="lcspr", known_as="Child M")
    with pytest.raises(UserError, match=r"may be LR-1 Child M or RR-1 Child M. Say which"):
        find_review(store, "Child M")


def test_an_unknown_review_names_what_is_near(store: Store, review: int) -> None:
    with pytest.raises(UserError, match=r"no review “LR-2021-1”. Near it: LR-2021-01 Child"):
        find_review(store, "LR-2021-1")


def test_where_nothing_is_near_it_is_said_what_there_is_for_example(
    store: Store, review: int
) -> None:
    with pytest.raises(UserError, match=r"There is for example LR-2021-01 Child"):
        find_review(store, "Zzz")


def test_a_long_text_that_is_near_is_cut_and_ends_no_sentence_twice(
    store: Store, review: int
) -> None:
    long = "Agree one framework of minimum standards for taxi licensing with all councils."
    make(store, "action", review=review, reference="A-2021-01", text=long)
    make(store, "action", review=review, reference="A-2021-02", text="Write it.")
    with pytest.raises(UserError) as refused:
        make_action_record(store, "A-2021-1")
    assert str(refused.value) == (
        "There is no action “A-2021-1”. Near it: A-2021-01 Agree one framework of minimum "
        "standards for taxi…, A-2021-02 Write it."
    )


def test_in_a_file_without_reviews_there_is_none(store: Store) -> None:
    with pytest.raises(UserError, match="There is none at all yet"):
        find_review(store, "LR-2021-01")


def test_an_unknown_agency_names_what_is_near(store: Store) -> None:
    make(store, "agency", name="Oxford Health")
    with pytest.raises(UserError, match=r"no agency “Oxford Helth”. Near it: Oxford Health"):
        find_agency(store, "Oxford Helth")


def test_a_folder_that_is_not_there_is_told(store: Store, review: int, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        give(store, make_learning_summary(store, "LR-2021-01"), tmp_path / "none" / "out.pdf")


def test_a_recovery_sheet_opens_the_file_fits_a_page_and_is_noted(
    store: Store, tmp_path: Path
) -> None:
    to = tmp_path / "sheet.pdf"
    data = print_recovery_sheet(store, to)
    assert to.read_bytes() == data
    assert len(PdfReader(BytesIO(data)).pages) == 1
    assert all(group in text_of(data) for group in store.key.recovery_groups())
    assert "Opens this file when its passphrase is forgotten" in text_of(data)
    assert store.read(history, "organisation", 1)[0].step == "Make a recovery sheet"
    assert of_the_key(store.key, text_of(data)), "the sheet's own words are found"
    assert of_the_key(store.key, str(store.read(history, "organisation", 1))) == []


def test_a_recovery_sheet_that_cannot_be_written_is_noted_all_the_same(
    store: Store, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="does not exist"):
        print_recovery_sheet(store, tmp_path / "none" / "sheet.pdf")
    assert store.read(history, "organisation", 1)[0].step == "Make a recovery sheet"


def test_a_paper_that_leaves_is_noted_with_all_that_tells_it(
    store: Store, review: int, tmp_path: Path
) -> None:
    copy = Copy(" The panel ", "2 of 9", "Draft 3")
    data = give(store, make_review_record(store, "LR-2021-01", copy), tmp_path / "out.pdf")
    (row,) = store.read(releases)
    assert (row.reference, row.at, row.printed_on) == ("P-2022-01", NOW, NOW.date())
    assert (row.paper, row.about) == ("Full record of a review", "LR-2021-01 Child <b>&</b> “G”")
    assert (row.recipient, row.copy_number, row.by) == ("The panel", "2 of 9", "A. Tester")
    assert row.pages == len(PdfReader(BytesIO(data)).pages)
    assert row.digest == hashlib.sha256(data).hexdigest()
    kept = store.read(record, "release", row.id)
    assert kept is not None
    assert (kept.values["marking"], kept.values["version_words"]) == (
        "OFFICIAL-SENSITIVE",
        "Draft 3",
    )
    assert "Draft 3, Copy 2 of 9" in text_of(data)
    assert check_store(store) == ()


def test_a_paper_for_publication_is_noted_without_the_marking_it_does_not_bear(
    store: Store, review: int
) -> None:
    assert make_learning_summary(store, "LR-2021-01").marking == ""
    assert make_review_record(store, "LR-2021-01").marking == "OFFICIAL-SENSITIVE"


def test_an_action_log_is_noted_with_its_agency(store: Store, tmp_path: Path) -> None:
    make(store, "agency", name="The police force", short_name="Police")
    give(store, make_action_log(store, "Police"), tmp_path / "one.pdf")
    give(store, make_action_log(store, None), tmp_path / "all.pdf")
    assert [row.about for row in store.read(releases)] == ["", "The police force"]


def test_a_print_is_a_look_that_undo_passes_over(store: Store, review: int, tmp_path: Path) -> None:
    work = store.read(to_undo)
    give(store, make_learning_summary(store, "LR-2021-01"), tmp_path / "out.pdf")
    assert store.read(to_undo) == work
    (added, *_) = store.read(history, "release", 1)
    assert added.act == "Added"
    assert added.step == "Print learning summary of LR-2021-01 Child <b>&</b> “G”"


def test_an_agenda_and_a_note_are_found_by_the_meeting(store: Store, tmp_path: Path) -> None:
    meeting = make(store, "meeting", reference="M-2022-07")
    make(store, "attendance", meeting=meeting)
    to = tmp_path / "out.pdf"
    assert "Agenda: subgroup" in text_of(give(store, make_agenda(store, "m-2022-07"), to))
    assert "Who was there" in text_of(give(store, make_meeting_note(store, "M-2022-07"), to))
    assert {row.paper for row in store.read(releases)} == {
        "Agenda of a meeting",
        "Note of a meeting",
    }
    with pytest.raises(UserError, match="There is no meeting"):
        make_agenda(store, "M-2022-08")


def test_a_meeting_with_nobody_has_an_agenda_and_no_note(store: Store) -> None:
    meeting = make(store, "meeting", reference="M-2022-07")
    assert make_agenda(store, "M-2022-07").data.startswith(b"%PDF")
    with pytest.raises(UserError, match="Nobody is ticked as present"):
        make_meeting_note(store, "M-2022-07")
    make(store, "attendance", meeting=meeting, status="apologies")
    with pytest.raises(UserError, match="Nobody is ticked as present"):
        make_meeting_note(store, "M-2022-07")


def test_a_decision_letter_is_about_a_rapid_review(store: Store, review: int) -> None:
    with pytest.raises(UserError, match="about a rapid review"):
        make_decision_letter(store, "LR-2021-01")
    make(store, "review", reference="RR-2021-01", known_as="Child <b>K</b>")
    said = text_of(make_decision_letter(store, "RR-2021-01").data)
    assert "Child <b>K</b>" in said
    text = decision_letter_text(store, "RR-2021-01")
    assert "Known as: Child <b>K</b>" in text
    assert "Printed by" not in text


def test_a_paper_in_memory_is_not_noted(store: Store, review: int) -> None:
    make_learning_summary(store, "LR-2021-01")
    make_action_log(store)
    assert store.read(releases) == ()


def test_a_paper_that_cannot_be_written_is_not_noted(
    store: Store, review: int, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match="does not exist"):
        give(store, make_learning_summary(store, "LR-2021-01"), tmp_path / "none" / "out.pdf")
    (tmp_path / "folder.pdf").mkdir()
    assert store.read(releases) == ()


def test_a_paper_that_cannot_be_noted_does_not_leave(
    store: Store, review: int, tmp_path: Path
) -> None:
    to = tmp_path / "out.pdf"
    to.write_bytes(b"an older paper")
    paper = make_learning_summary(store, "LR-2021-01")
    with pytest.raises(UserError, match=r"at most 40 fit.* every print is noted in the history"):
        release_to_file(store.write, replace(paper, copy=Copy(number="9" * 41), findings=0), to)
    assert to.read_bytes() == b"an older paper"
    assert not list(tmp_path.glob(".*.part"))
    assert store.read(releases) == ()


def test_some_pages_are_noted_as_so_many(store: Store, review: int) -> None:
    paper = make_review_record(store, "LR-2021-01")
    store.write(ReleasePaper(checked(store, paper), 1))
    assert [row.pages for row in store.read(releases)] == [1]


def test_what_was_printed_stays_and_holds_no_review_back(
    store: Store, review: int, tmp_path: Path
) -> None:
    give(store, make_learning_summary(store, "LR-2021-01"), tmp_path / "out.pdf")
    with pytest.raises(UserError, match="tells of what was done, so it stays"):
        store.write(WithdrawRecord("release", 1, 1))
    with pytest.raises(UserError, match="only ever added"):
        store.write(AmendRecord("release", 1, 1, {"pages": 99}))
    store.write(WithdrawRecord("review", review, 1))
    assert store.read(records, "review") == ()
    (row,) = store.read(releases)
    assert row.about.startswith("LR-2021-01")


def test_papers_are_listed_newest_first_by_their_moment(store: Store, review: int) -> None:
    paper = checked(store, make_learning_summary(store, "LR-2021-01"))
    store.write(ReleasePaper(paper))
    later = datetime(2022, 3, 26, 8, 15)  # noqa: DTZ001 - the wall clock of a laptop
    other = Store(
        make_engine(store.path, store.key), store.key, store.path, "B. Tester", lambda: later
    )
    other.write(ReleasePaper(paper))
    other.close()
    told = [(row.at, row.by) for row in store.read(releases)]
    assert told == [(later, "B. Tester"), (NOW, "A. Tester")]


def test_what_happened_since_a_meeting_or_a_day_is_printed_and_noted(
    store: Store, tmp_path: Path
) -> None:
    make(store, "action", reference="A-2021-01", text="Write <b>& all.")
    with pytest.raises(UserError, match="no meeting of the subgroup yet"):
        make_since_meeting(store)
    with pytest.raises(UserError, match="26 Mar 2022 is still to come"):
        make_since_meeting(store, date(2022, 3, 26))
    assert "Write <b>& all." in text_of(make_since_meeting(store, date(2022, 3, 1)).data)
    make(store, "meeting", reference="M-2022-01", held_on=date(2022, 3, 2))
    said = text_of(give(store, make_since_meeting(store), tmp_path / "since.pdf"))
    assert "From 02 Mar 2022 (meeting M-2022-01) to 25 Mar 2022" in said
    assert [row.paper for row in store.read(releases)] == ["Since the last meeting"]


def test_a_composite_plan_is_printed_with_its_key_and_noted(store: Store, tmp_path: Path) -> None:
    asked = make(store, "recommendation", reference="R1", text="Ask fathers.")
    make(store, "action", reference="A-2021-01", recommendation=asked)
    said = text_of(give(store, make_composite_plan(store), tmp_path / "plan.pdf"))
    assert "What the colours mean" in said
    assert "Without a theme" in said
    assert "Ask fathers." in said
    assert "A-2021-01" in said
    assert [row.paper for row in store.read(releases)] == ["Composite plan"]
