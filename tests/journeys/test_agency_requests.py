"""Three agencies are asked; one answers, one has nothing, one is reminded; by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from oscb_desktop.queries.records import records
from oscb_desktop.queries.requests import owed, requests_of
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.ask_dialog import AskDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.owed_page import OwedPage
from tests.factories import make
from tests.journeys.hands import Hands, seen
from tests.journeys.test_rapid_review import on


@pytest.fixture
def review(store: Store) -> int:
    """A rapid review, and three agencies of which somebody sits on the subgroup."""
    for name, kind in (
        ("Valley Police", "police"),
        ("Valley Health", "acute_trust"),
        ("Housing", "housing"),
    ):
        agency = make(store, "agency", name=name, kind=kind)
        email = f"{name.split()[-1].lower()}@example.org"
        person = make(store, "person", name=f"Lead of {name}", agency=agency, email=email)
        make(store, "membership", person=person)
    make(store, "agency", name="Fire service", kind="voluntary_sector")
    incident = make(store, "incident", notified_on=date(2022, 3, 24))
    return make(
        store,
        "review",
        reference="RR-2022-01",
        known_as="Child M",
        incident=incident,
        started_on=date(2022, 3, 24),
    )


def test_three_are_asked_and_the_last_one_is_reminded(
    hands: Hands,
    window: MainWindow,
    store: Store,
    review: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path))
    today = store.today()
    hands.press("Ctrl+2")
    hands.tab_to("Reviews")
    hands.press("Home", "Return")
    hands.push("Ask agencies")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AskDialog)
    assert "3 agencies ticked." in seen(dialog)
    assert "Thu 07 Apr 2022" in seen(dialog)  # ten working days after the notification
    hands.push("Ask the ticked agencies")
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)
    assert len(list(tmp_path.glob("*letter.pdf"))) == len(list(tmp_path.glob("*form.xlsx"))) == 3
    page = window.stack.page()
    assert "0 of 3 agency summaries in" in seen(page)
    assert "Housing: a letter and a form. To: housing@example.org" in seen(page)

    on(window, date(2022, 4, 5))
    assert hands.at() == "Requests"
    hands.press("Down", "C")
    hands.fill({"Quality": "good"})
    hands.press("Ctrl+S")
    assert hands.at() == "Requests"
    hands.press("Down", "N")
    told = {row.agency: row.words for row in store.read(requests_of, review, store.today())}
    assert told == {
        "Housing": "due in 2 days",
        "Valley Health": "in",
        "Valley Police": "nil return",
    }
    assert "2 of 3 agency summaries in" in seen(page)

    on(window, date(2022, 4, 11))
    hands.press("Ctrl+1")
    assert "1 owed, 1 late: see who owes what" in seen(window.stack.page())
    assert "Housing | Agency summary | RR-2022-01 Child M | 07 Apr 2022 | 4 days late" in seen(
        window.stack.page()
    )
    hands.press("Ctrl+2", "Alt+O")
    hands.wait_for(lambda: isinstance(window.stack.page(), OwedPage))
    shown = window.stack.page()
    assert isinstance(shown, OwedPage)
    assert "Housing owes 1 answer, 1 late" in seen(shown)
    hands.push("Remind Housing")
    assert hands.at() == "Copy the e-mail to Housing"
    hands.press("Space")
    copied = QApplication.clipboard().text()
    assert "- RR-2022-01: agency summary, asked for 25 Mar 2022, due 07 Apr 2022, 4 days" in copied
    assert "Child M" not in copied
    (row,) = store.read(owed, store.today())
    assert (row.agency, row.reminders, row.reminded_on) == ("Housing", 1, date(2022, 4, 11))
    kinds = [one.values["kind"] for one in store.read(records, "mailing")]
    assert sorted(map(str, kinds)) == ["reminder", "request", "request", "request"]
    hands.press("Ctrl+Z")
    assert store.read(owed, store.today())[0].reminders == 0
    assert today == date(2022, 3, 25)
