from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.disclosure.findings import Kind
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.queries.identities import identities
from oscb_desktop.queries.records import record
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.disclosure import NOBODY, Checked, check_paper, check_with
from oscb_desktop.services.paper_check import check, checked
from oscb_desktop.services.paper_forms import as_named
from oscb_desktop.services.printing import make_annual_report, make_learning_summary
from oscb_desktop.services.releases import MadePaper, release, release_to_file
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from tests.conftest import NOW, PASSPHRASE
from tests.factories import make
from tests.leaks import ON_PAGES, TAMSEL, Leak
from tests.printing_leaks import HIDING_PLACES, by_us, drawn, in_our_table

WHO: dict[str, Value] = {
    "last_name": TAMSEL.last_name,
    "forenames": TAMSEL.forenames,
    "other_names": TAMSEL.other_names,
    "date_of_birth": TAMSEL.date_of_birth,
    "nhs_number": TAMSEL.nhs_number,
    "address": TAMSEL.address,
    "school": TAMSEL.school,
    "parents": TAMSEL.parents,
    "siblings": TAMSEL.siblings,
}
HERS = [[leak for leak in leaks if leak.child is TAMSEL and not leak.missed] for leaks in ON_PAGES]
FIRST = [leaks[0] for leaks in HERS if leaks]


def with_tamsel(store: Store) -> str:
    """Record who she is and return her reference."""
    incident = make(store, "incident", notification_reference=", ".join(TAMSEL.references))
    child = make(store, "child", incident=incident)
    make(store, "child_identity", child=child, **WHO)
    row = store.read(record, "child", child)
    assert row is not None
    return str(row.values["reference"])


@pytest.mark.parametrize("printed", [drawn, by_us, in_our_table])
def test_leaks_in_a_finished_paper_are_found(store: Store, printed: Callable[[str], bytes]) -> None:
    own = with_tamsel(store)

    def missed(leak: Leak) -> bool:
        findings = check_paper(store, printed(leak.text), for_publication=True).findings
        return not any(own in finding.whose for finding in findings)

    assert [leak.text for leak in FIRST if missed(leak)] == []


def test_names_that_hide_in_a_file_are_found(store: Store) -> None:
    own = with_tamsel(store)
    for make_file in HIDING_PLACES.values():
        checked = check_paper(store, make_file("Tamsel Quennerby"), for_publication=False)
        assert [finding.whose for finding in checked.findings] == [(own,)]


def test_a_clean_paper_is_told_in_one_sentence(store: Store) -> None:
    with_tamsel(store)
    checked = check_paper(store, drawn("Nothing to see."), for_publication=True)
    assert checked.findings == ()
    assert checked.summary == (
        "Checked: no name, date of birth, address or school of a child in this file appears."
    )
    assert checked.searched == (
        "Searched 1 page, and whatever hides in the file, for 7 names of 1 child."
    )


def test_a_file_without_identities_promises_nothing(store: Store) -> None:
    checked = check_paper(store, drawn("Tamsel Quennerby"), for_publication=True)
    assert (checked.summary, checked.children, checked.names) == (NOBODY, 0, 0)


def test_a_summary_printed_from_the_record_is_checked_as_printed(store: Store) -> None:
    own = with_tamsel(store)
    review = make(store, "review", known_as="Rowena")
    make(store, "learning_point", reviews=(review,), heading="Ask Tamsel’s aunt")
    row = store.read(record, "review", review)
    assert row is not None
    paper = make_learning_summary(store, str(row.values["reference"]))
    (finding,) = check_paper(store, paper.data, for_publication=True).findings
    assert (finding.kind, finding.whose, finding.words) == (Kind.FORENAME, (own,), "Tamsel’s")


def test_a_name_that_is_written_from_right_to_left_is_found_as_it_is_meant(store: Store) -> None:
    make(store, "child_identity", last_name="الراشدي", forenames="أمينة")
    checked = check_paper(store, by_us("قالت أمينة الراشدي ذلك"), for_publication=False)
    assert {finding.kind for finding in checked.findings} == {Kind.FULL_NAME}


def test_main_and_lesser_findings_are_counted_apart(store: Store) -> None:
    with_tamsel(store)
    checked = check_paper(store, drawn("Tamsel was seen on 4 May 2021."), for_publication=True)
    assert (checked.main, checked.lesser) == (1, 1)
    assert checked.summary == "2 findings: forename (1), exact date (1)."


def steps(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Change)) or 0


def test_a_check_leaves_no_trace_of_who_was_sought(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with_tamsel(store)
    before = store.read(steps)
    with caplog.at_level(logging.DEBUG):
        checked = check_paper(store, drawn("Tamsel Quennerby"), for_publication=True)
    assert checked.main == 1
    assert store.read(steps) == before
    assert "Quennerby" not in caplog.text


def test_what_is_no_pdf_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="cannot be read as a PDF"):
        check_paper(store, b"no pdf", for_publication=True)


def test_what_could_not_be_read_is_said(store: Store) -> None:
    make(store, "child_identity", last_name="Quennerby", date_of_birth=date(2011, 6, 3))
    checked = check_paper(
        store, drawn("Nothing.") + b"\nstartxref\n0\n%%EOF\n", for_publication=True
    )
    assert isinstance(checked, Checked)
    assert [sentence.split(" and ")[0] for sentence in checked.unread] == [
        "This file was changed after it was first saved"
    ]


def test_children_who_were_not_looked_for_are_named_by_the_paper_about_their_review(
    store: Store,
) -> None:
    own = with_tamsel(store)
    family = make(store, "family")
    nameless = [make(store, "child", family=family) for _ in range(2)]
    rows = [store.read(record, "child", one) for one in nameless]
    named = [str(row.values["reference"]) for row in rows if row]
    reviews = [
        make(store, "review", known_as="A child", what_happened="A child was hurt.", children=of)
        for of in ((nameless[0],), tuple(nameless), (1,))
    ]
    held = store.read(identities)

    def said(*about: int) -> str:
        data = drawn("Nothing of anybody.")
        return check_with(held, data, for_publication=True, reviews=about).summary

    clean = (
        "Checked: no name, date of birth, address or school of the one child whose identity is "
        "recorded appears."
    )
    gone = "No identity is recorded of"
    assert own not in named
    assert said(reviews[0]) == (f"{gone} {named[0]}, so its name was not looked for. {clean}")
    assert said(reviews[0], reviews[1]).startswith(
        f"{gone} {named[0]} and {named[1]}, so their names were not looked for. "
    )
    assert said(reviews[2]) == clean
    assert said() == f"{gone} 2 children, so their names were not looked for. {clean}"


def test_who_and_what_was_not_searched_is_noted_with_the_paper(
    store: Store, tmp_path: Path
) -> None:
    with_tamsel(store)
    child = make(store, "child")
    make(
        store,
        "review",
        reference="SCR-2022-01",
        what_happened="A child was hurt.",
        children=(child,),
    )
    paper = checked(store, make_learning_summary(store, "SCR-2022-01"))
    assert not paper.wants_reason
    release_to_file(store.write, paper, tmp_path / "summary.pdf")
    (row,) = store.read(releases)
    assert row.unsought == "No identity is recorded of CH-2022-02, so its name was not looked for."


def test_a_page_that_is_only_a_picture_is_published_with_a_reason_alone(store: Store) -> None:
    with_tamsel(store)
    data = drawn_picture()
    public = MadePaper(data, "Poster", 1, face=PUBLIC)
    found = checked(store, public)
    assert found.unsought == "Page 1 is only a picture and was not searched. Look at it."
    assert found.wants_reason
    with pytest.raises(UserError, match="could not be searched"):
        release(store.write, found)
    assert not checked(store, replace(public, face="panel")).wants_reason
    many = check_with(store.read(identities), drawn_picture(7, text_on=5), for_publication=False)
    assert many.summary.startswith(
        "6 pages are only pictures and were not searched: 1 to 4 and 6 to 7. Look at them. Checked:"
    )


def drawn_picture(pages: int = 1, text_on: int = 0) -> bytes:
    """Return pages of lines alone, one of them with words."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for page in range(1, pages + 1):
        canvas.line(20, 20, 300, 400)
        if page == text_on:
            canvas.drawString(50, 50, "What was known")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_every_form_of_the_yearly_report_tells_the_same_small_numbers_and_days(
    tmp_path: Path,
) -> None:
    sample = create_sample_store(tmp_path / "s.oscb", PASSPHRASE, "A. Tester", lambda: NOW)
    try:
        public = make_annual_report(sample, "2021-22", public=True)
        inner = replace(make_annual_report(sample, "2021-22"), face=PUBLIC)
        small: dict[str, int] = {}
        for name in ("a.pdf", "a.docx", "a.txt", "a.xlsx"):
            made = as_named(public, Path(name))
            assert check(sample, made).findings == (), name
            found = check(sample, as_named(inner, Path(name))).findings
            small[made.form] = sum(one.kind is Kind.SMALL_NUMBER for one in found)
        assert abs(small["pdf"] - small["docx"]) <= 2  # lines break elsewhere
        assert small["pdf"] > 50
        assert small["txt"] > 50
        assert small["xlsx"] > 50
    finally:
        sample.close()
