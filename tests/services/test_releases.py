"""The release register: what left is kept, checked before, explained, and goes with its review."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import AttachmentContent
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT
from oscb_desktop.errors import UserError
from oscb_desktop.queries.attachments import files_of
from oscb_desktop.queries.record_web import web_of
from oscb_desktop.queries.records import record
from oscb_desktop.queries.releases import plain_trace, releases
from oscb_desktop.services.attachments import content_of
from oscb_desktop.services.disposal import DisposeRecords, dispose
from oscb_desktop.services.find import find_review
from oscb_desktop.services.notification import ViewIdentities
from oscb_desktop.services.paper_check import check, checked
from oscb_desktop.services.printing import (
    give,
    make_action_log,
    make_agenda,
    make_annual_report,
    make_learning_summary,
    make_notification_sheet,
    make_review_record,
)
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.releases import Copy, MadePaper, release, release_to_file
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.cases import due, old_case, rule
from tests.factories import make
from tests.replay import hangs_together

SURNAME = "Quillfeather"


def _paper(**values: object) -> MadePaper:
    told = {"data": b"%PDF-1.7 a paper", "name": "Chair's sheet", "pages": 2, "trace": "ABCD-EFGH"}
    return MadePaper(**{**told, "findings": 0, **values})  # type: ignore[arg-type]


def _contents(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(AttachmentContent)) or 0


@pytest.fixture
def review(store: Store) -> str:
    child = make(store, "child")
    make(store, "child_identity", child=child, last_name=SURNAME, date_of_birth=date(2015, 3, 4))
    made = make(store, "review", children=(child,), what_happened="A child was hurt.")
    row = store.read(record, "review", made)
    assert row is not None
    return row.words("reference")


def _names_the_child(store: Store, review: str) -> None:
    row = store.read(record, "review", find_review(store, review))
    assert row is not None
    told = {"what_happened": f"The {SURNAME} family moved."}
    store.write(AmendRecord("review", row.id, row.version, told))


def test_what_is_about_no_review_says_which_year_meeting_or_incident(
    store: Store, tmp_path: Path
) -> None:
    meeting = make(store, "meeting", kind="subgroup", held_on=date(2022, 3, 31))
    incident = make(store, "incident", known_as="Child R")
    papers = (
        make_annual_report(store, "2021-22"),
        make_agenda(store, _reference(store, "meeting", meeting)),
        make_notification_sheet(store, incident),
        make_action_log(store),
    )
    for number, paper in enumerate(papers):
        give(store, paper, tmp_path / f"{number}.pdf", "The chair asked.")
    told = {row.paper: row.about for row in store.read(releases)}
    assert told == {
        "Annual report": "2021-22",
        "Agenda of a meeting": "subgroup, 31 Mar 2022",
        "Notification sheet": f"{_reference(store, 'incident', incident)} Child R",
        "Action log": "",
    }


def _reference(store: Store, kind: str, record_id: int) -> str:
    row = store.read(record, kind, record_id)
    assert row is not None
    return row.words("reference")


def test_what_leaves_is_kept_inside_the_file_and_is_what_left(
    store: Store, review: str, tmp_path: Path
) -> None:
    to = tmp_path / "out.pdf"
    give(store, make_review_record(store, review, Copy("The panel", "2 of 9", "Draft 1")), to)
    (row,) = store.read(releases)
    (file,) = store.read(files_of, "release", [row.id])
    assert content_of(store, file.id) == to.read_bytes()
    assert file.digest == row.digest == hashlib.sha256(to.read_bytes()).hexdigest()
    assert file.name == f"Full record of a review {row.trace}.pdf"
    assert (row.face, row.findings, row.reason) == ("secretariat", 0, "")
    assert len(plain_trace(row.trace)) == 8
    store.read(hangs_together)


def test_the_same_paper_is_kept_once_however_often_it_leaves(store: Store) -> None:
    for _ in range(3):
        release(store.write, _paper())
    assert len(store.read(releases)) == 3
    assert store.read(_contents) == 1
    assert len({file.id for file in store.read(files_of, "release", [1, 2, 3])}) == 1


def test_a_paper_too_large_to_be_attached_is_noted_and_not_kept(store: Store) -> None:
    row = store.read(record, "organisation", 1)
    assert row is not None
    store.write(AmendRecord("organisation", 1, row.version, {"attachment_megabytes": 1}))
    release(store.write, _paper(data=b"%PDF" + bytes(1024 * 1024)))
    assert [row.paper for row in store.read(releases)] == ["Chair's sheet"]
    assert store.read(_contents) == 0


def test_a_paper_that_left_is_not_undone(store: Store) -> None:
    release(store.write, _paper())
    with pytest.raises(UserError):
        store.write(Undo())
    assert len(store.read(releases)) == 1


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_paper_with_findings_leaves_with_a_reason_alone(
    store: Store, tmp_path: Path, reason: str
) -> None:
    to = tmp_path / "out.pdf"
    with pytest.raises(UserError, match=r"found 2 things by which a child may be known"):
        release_to_file(store.write, _paper(findings=2, reason=reason), to)
    assert not to.exists()
    assert store.read(releases) == ()
    release_to_file(store.write, _paper(findings=2, reason="The family agreed."), to)
    (row,) = store.read(releases)
    assert (row.findings, row.reason, row.by) == (2, "The family agreed.", "A. Tester")


@pytest.mark.parametrize("face", ["", SECRETARIAT, PUBLIC])
def test_a_paper_that_nobody_checked_leaves_with_a_reason_alone(store: Store, face: str) -> None:
    with pytest.raises(UserError, match="was not checked"):
        release(store.write, _paper(face=face, findings=None))
    release(store.write, _paper(face=face))
    release(store.write, _paper(face=face, findings=None, reason="Checked by two people."))
    assert [row.findings for row in store.read(releases)] == [None, 0]


def test_a_real_name_is_found_in_papers_for_publication_and_among_us(
    store: Store, review: str, tmp_path: Path
) -> None:
    _names_the_child(store, review)
    for make_paper in (make_learning_summary, make_review_record):
        paper = make_paper(store, review)
        assert {SURNAME in found.words for found in check(store, paper).findings} == {True}
        with pytest.raises(UserError, match="by which a child may be known"):
            give(store, paper, tmp_path / "out.pdf")
        give(store, paper, tmp_path / "out.pdf", "The family asked for it.")
    assert [row.reason for row in store.read(releases)] == ["The family asked for it."] * 2


def test_a_paper_with_identities_that_were_asked_for_is_neither_checked_nor_kept(
    store: Store, tmp_path: Path
) -> None:
    incident = make(store, "incident")
    child = make(store, "child", incident=incident)
    make(store, "child_identity", child=child, last_name=SURNAME)
    sheet = make_notification_sheet(store, incident, "To notify the national panel.")
    assert not sheet.wants_reason
    assert checked(store, sheet).findings is None
    give(store, sheet, tmp_path / "named.pdf")
    give(store, make_notification_sheet(store, incident), tmp_path / "plain.pdf")
    assert len(store.read(releases)) == 2
    assert store.read(_contents) == 0
    with pytest.raises(UserError):
        store.write(ViewIdentities(incident, ""))


def test_a_disposal_takes_the_kept_papers_of_a_review_and_of_several_with_it(
    store: Store, tmp_path: Path
) -> None:
    rule(store)
    gone = old_case(store, SURNAME)
    stays = old_case(store, "Harrowgate", finished_on=None)
    named = [store.read(record, "review", case.review) for case in (gone, stays)]
    for place, row in enumerate(named):
        assert row is not None
        paper = make_review_record(store, row.words("reference"))
        give(store, paper, tmp_path / f"{place}.pdf", "For the test of disposal.")
    give(store, make_action_log(store), tmp_path / "log.pdf")
    assert store.read(_contents) == 3
    done = dispose(store, None, DisposeRecords(due(store).due, "Chair", "The schedule."))
    assert done.warnings == ()
    left = {row.paper: store.read(files_of, "release", [row.id]) for row in store.read(releases)}
    assert set(left) == {"Full record of a review", "Action log"}
    assert left["Action log"] == (), "nobody can take one case out of it"
    assert len(left["Full record of a review"]) == 1
    assert store.read(_contents) == 1
    assert store.read(web_of).versions.keys() >= {("release", 2), ("release", 3)}
    store.read(hangs_together)


def test_made_papers_say_for_themselves_when_they_want_a_reason() -> None:
    paper = _paper()
    assert not paper.wants_reason
    assert replace(paper, findings=1).wants_reason
    assert replace(paper, findings=None).wants_reason
    assert not replace(paper, face=PUBLIC).wants_reason
    assert not replace(paper, findings=1, holds_identities=True).wants_reason
    assert not replace(paper, findings=None, holds_identities=True).wants_reason


@pytest.mark.parametrize("typed", ["abcd-efgh", "ABCD EFGH", " abcdefgh", "ABCD–EFGH"])
def test_a_code_is_compared_as_people_type_it(typed: str) -> None:
    assert plain_trace(typed) == plain_trace("ABCD-EFGH")
