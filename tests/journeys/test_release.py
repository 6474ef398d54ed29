"""A paper that names a child: found before it leaves, let go by name, and traced afterwards."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog

from oscb_desktop.queries.releases import releases
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.reason_dialog import ReasonDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.kept_paper_page import KeptPaperPage
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.print_papers import paper_named
from oscb_desktop.ui.pages.printed_page import PrintedPage
from oscb_desktop.ui.pages.release_page import ReleasePage
from tests.factories import make
from tests.journeys.hands import Hands, seen
from tests.reports.reading import words
from tests.ui.conftest import Recorder

SURNAME = "Quillfeather"
REASON = "the parents asked that it is named"


@pytest.fixture
def named(store: Store) -> None:
    """A review whose story has the real name of its child in it."""
    child = make(store, "child", known_as="Child Dane")
    make(store, "child_identity", child=child, last_name=SURNAME)
    story = f"A baby was hurt. The {SURNAME} family had moved twice."
    make(store, "review", known_as="Child Dane", children=(child,), what_happened=story)


def ready(window: MainWindow, hands: Hands) -> PrintPage:
    """Go to the Print page with the record of the review for the panel, and wait for its check."""
    hands.press("Ctrl+P", "Home", *["Down"] * paper_named("review_record"))
    shown = window.stack.page()
    assert isinstance(shown, PrintPage)
    hands.tab_to("For")
    hands.type("the panel")
    hands.wait_for(shown.save_button.isEnabled)
    return shown


def asked(hands: Hands) -> QDialog:
    """Return the dialog that asks why, once the keyboard is in it."""
    hands.wait_for(lambda: isinstance(QApplication.activeWindow(), ReasonDialog))
    dialog = QApplication.activeWindow()
    assert isinstance(dialog, ReasonDialog)
    return dialog


@pytest.mark.usefixtures("named")
def test_a_leak_is_found_led_to_explained_saved_and_traced_by_its_code(
    window: MainWindow,
    store: Store,
    hands: Hands,
    messages: Recorder,
    choose_file: Callable[[Path], None],
    tmp_path: Path,
) -> None:
    page = ready(window, hands)
    told = seen(page.shown.findings)
    assert told.startswith("Secretariat version. 1 finding: surname (1).")
    hands.tab_to("What was found in the paper")
    hands.press("Return")
    marked = page.shown.view.find_bar
    assert marked.count() >= 1
    assert page.shown.view.sheet.currentSearchResultIndex() == 0

    to = tmp_path / "record.pdf"
    choose_file(to)
    messages.answers.append(True)
    hands.back_tab_to("Save as PDF…")

    def explain() -> None:
        dialog = asked(hands)
        assert "1 finding: surname (1)" in seen(dialog)
        hands.tab_to("Why it left in spite of them")
        hands.press("Return")
        assert "Say why, in a few words." in seen(dialog)
        hands.type(REASON)
        hands.press("Return")

    hands.then(explain, "Space")
    assert "leaves the encrypted file" in messages.take()
    data = to.read_bytes()
    (row,) = store.read(releases)
    assert (row.findings, row.reason, row.recipient) == (1, REASON, "the panel")

    assert row.trace in words(data)
    hands.back_tab_to("Printed so far")
    hands.press("Space")
    register = window.stack.page()
    assert isinstance(register, PrintedPage)
    hands.tab_to("Code on a page")
    hands.type("zz")
    assert "No copy with this code left from this file." in seen(register)
    hands.type_over(row.trace.replace("-", " ").lower())
    hands.press("Return")
    entry = window.stack.page()
    assert isinstance(entry, ReleasePage)
    hands.wait_for(lambda: all(section.is_built for section in entry.sections))
    told = seen(entry)
    for expected in (
        "Full record of a review",
        "Secretariat version",
        row.trace,
        "the panel",
        REASON,
        hashlib.sha256(data).hexdigest(),
        "its SHA-256 is the one that was noted",
    ):
        assert expected in told, expected

    hands.push("Show the paper")
    kept = window.stack.page()
    assert isinstance(kept, KeptPaperPage)
    hands.wait_for(kept.view.document.pageCount)
    assert SURNAME in kept.view.document.getAllText(0).text()
    assert "its SHA-256 is the one that was noted" in seen(kept)


@pytest.mark.usefixtures("named")
def test_a_paper_with_findings_stays_where_nobody_says_why(
    window: MainWindow,
    store: Store,
    hands: Hands,
    choose_file: Callable[[Path], None],
    messages: Recorder,
    tmp_path: Path,
) -> None:
    ready(window, hands)
    choose_file(tmp_path / "out.pdf")
    messages.answers.append(True)
    hands.tab_to("Save as PDF…")

    def leave() -> None:
        asked(hands)
        hands.press("Esc")

    hands.then(leave, "Space")
    messages.take()
    assert store.read(releases) == ()
    assert not (tmp_path / "out.pdf").exists()


def test_without_findings_nobody_is_asked(
    window: MainWindow,
    store: Store,
    hands: Hands,
    choose_file: Callable[[Path], None],
    messages: Recorder,
    tmp_path: Path,
) -> None:
    make(store, "review", known_as="Child Dane", what_happened="A baby was hurt.")
    hands.press("Ctrl+P", "Home")
    page = window.stack.page()
    assert isinstance(page, PrintPage)
    hands.wait_for(page.save_button.isEnabled)
    for number in range(2):
        choose_file(tmp_path / f"{number}.pdf")
        messages.answers += [True] if number == 0 else []
        hands.push("Save as PDF…")
    assert "said once on this computer" in messages.take()
    assert [row.findings for row in store.read(releases)] == [0, 0]
