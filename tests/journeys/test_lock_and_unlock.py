"""Called away in the middle of a sentence: the file locks, and the sentence goes on afterwards."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication, QLineEdit

from oscb_desktop.application import Desktop
from oscb_desktop.queries.records import records
from oscb_desktop.services.files import create_store
from oscb_desktop.ui.forms.form_page import FormPage
from tests.conftest import PASSPHRASE, now
from tests.journeys.hands import Hands, seen

TYPED = {"Known as": "Child Fern", "Nature": "serious", "Summary": "The school rang at nine and"}


def form_page(desktop: Desktop) -> FormPage:
    assert desktop.window is not None
    page = desktop.window.stack.page()
    assert isinstance(page, FormPage)
    return page


def unlock(desktop: Desktop, hands: Hands, passphrase: str) -> None:
    """Type a passphrase where the cursor stands already."""
    hands.wait_for(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    hands.type_over(passphrase)
    hands.press("Return")


def test_a_sentence_goes_on_after_the_file_was_locked(
    desktop: Desktop, hands: Hands, tmp_path: Path
) -> None:
    desktop.show_main(create_store(tmp_path / "Reviews.oscb", PASSPHRASE, "A. Tester", now))
    hands.wait_for(QApplication.activeWindow)
    hands.press("Ctrl+N")
    hands.fill(TYPED)

    hands.press("Ctrl+L")
    hands.wait_for(lambda: desktop.locking is None)
    page = desktop.unlock
    assert page is not None
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible()] == [page]
    told = seen(page)
    assert "Reviews.oscb locked at 10:00 on 25 Mar 2022, as you asked." in told
    assert "Child Fern" not in told

    unlock(desktop, hands, "another three words")
    hands.wait_for(lambda: page.passphrase.fault.text())
    assert "does not open Reviews.oscb" in page.passphrase.fault.text()
    unlock(desktop, hands, PASSPHRASE)
    hands.wait_for(lambda: desktop.window)
    hands.wait_for(lambda: hands.at() == "Summary")
    hands.type(" spoke to the head.")
    typed = form_page(desktop).form.fields.dirty()
    assert typed["summary"] == "The school rang at nine and spoke to the head."
    assert typed["known_as"] == "Child Fern"
    hands.press("Ctrl+S")
    assert desktop.store is not None
    (incident,) = desktop.store.read(records, "incident")
    assert incident.words("summary") == "The school rang at nine and spoke to the head."
