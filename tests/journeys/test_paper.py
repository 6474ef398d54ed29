"""The papers as they are previewed and saved, and as the commands write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from oscb_desktop.__main__ import main
from oscb_desktop.queries.records import records
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.print_papers import paper_named
from tests.conftest import PASSPHRASE
from tests.factories import make
from tests.journeys.hands import Hands
from tests.reports.reading import words
from tests.ui.conftest import Recorder

SURNAME = "Quillfeather"
SCHOOL = "Mossgate Primary"
PAPERS = {
    "learning-summary": (
        paper_named("learning_summary"),
        "RR-2021-01",
        ["A baby was hurt.", "Ask about fathers"],
    ),
    "press-statement": (
        paper_named("press_statement"),
        "RR-2021-01",
        ["is carrying out a rapid review"],
    ),
    "family-letter": (paper_named("family_letter"), "RR-2021-01", ["Dear", "if and when"]),
    "review-record": (
        paper_named("review_record"),
        "RR-2021-01",
        ["A baby was hurt.", "Early help came late", "Child Dane"],
    ),
    "action-log": (
        paper_named("action_log"),
        "--agency",
        ["Write the guidance.", "Valley Health Trust"],
    ),
}


@pytest.fixture
def case(store: Store) -> None:
    """A review with a child whose identity no paper may show, and actions of two agencies."""
    incident = make(store, "incident", known_as="Child Dane")
    child = make(store, "child", known_as="Child Dane", incident=incident)
    make(store, "child_identity", child=child, last_name=SURNAME, school=SCHOOL)
    review = make(
        store,
        "review",
        known_as="Child Dane",
        incident=incident,
        children=(child,),
        what_happened="A baby was hurt.",
    )
    make(store, "finding", review=review)
    make(store, "learning_point", reviews=(review,))
    ours = make(store, "agency", name="Valley Health Trust")
    other = make(store, "agency", name="Hill Borough Council")
    make(store, "action", review=review, lead_agency=ours)
    make(store, "action", review=review, lead_agency=other, text="Buy the chairs.")
    (organisation,) = store.read(records, "organisation")
    day = {"practice_today": date(2022, 3, 25)}
    store.write(AmendRecord("organisation", organisation.id, organisation.version, day))


def choose_paper(window: MainWindow, hands: Hands, number: int) -> PrintPage:
    """Go to the Print page, choose a paper with the arrows, and wait for it."""
    hands.press("Ctrl+P", "Home", *["Down"] * number)
    page = window.stack.page()
    assert isinstance(page, PrintPage)
    if number == paper_named("action_log"):
        hands.tab_to("Actions of")
        hands.type("Valley")
    hands.wait_for(lambda: page.save_button.isEnabled() and page.document.pageCount())
    return page


def without_its_making(text: str) -> str:
    """Leave out who printed a paper, when, and the code of the copy."""
    made = r"Printed by .{1,40}? · \d\d \w{3} \d{4}( \d\d:\d\d)?( · [A-Z2-9]{4}-[A-Z2-9]{4})?"
    return re.sub(made, "Printed", text)


@pytest.mark.usefixtures("case")
def test_no_paper_is_saved_under_the_name_of_the_next_one(window: MainWindow, hands: Hands) -> None:
    page = choose_paper(window, hands, 0)
    page.papers.setCurrentRow(1)
    assert not page.save_button.isEnabled()
    assert not page.print_button.isEnabled()
    hands.wait_for(page.save_button.isEnabled)


@pytest.mark.usefixtures("case")
@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_is_previewed_saved_and_says_what_the_command_says(
    window: MainWindow,
    store: Store,
    hands: Hands,
    messages: Recorder,
    choose_file: Callable[[Path], None],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    paper: str,
) -> None:
    number, about, expected = PAPERS[paper]
    page = choose_paper(window, hands, number)
    assert page.document.pageCount() >= 1
    to = tmp_path / "saved.pdf"
    choose_file(to)
    messages.answers.append(True)
    hands.push("Save as PDF…")
    assert "leaves the encrypted file" in messages.take()
    saved = words(to.read_bytes())
    for text in expected:
        assert text in saved
    for hidden in (SURNAME, SCHOOL):
        assert hidden not in saved
        assert hidden.encode() not in to.read_bytes()
    assert ("Buy the chairs." in saved) is (paper == "review-record")

    window.close()
    store.close()
    monkeypatch.setenv("OSCB_PASSPHRASE", PASSPHRASE)
    by_command = tmp_path / "command.pdf"
    which = [about, "Valley Health Trust"] if paper == "action-log" else [about]
    place = ["--to", str(by_command), "--data", str(tmp_path / "data")]
    order = [str(store.path), *which] if paper != "action-log" else [*which, str(store.path)]
    assert main(["print", paper, *order, *place]) == 0
    assert without_its_making(words(by_command.read_bytes())) == without_its_making(saved)
