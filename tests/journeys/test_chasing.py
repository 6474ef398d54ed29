"""A Monday: the sheets go out before coffee, an answer comes back and is taken, by keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog

from oscb_desktop.queries.chasing import mailings
from oscb_desktop.queries.records import records
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.answers_dialog import AnswersDialog
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.chasing_page import ChasingPage
from tests.exchange.answer_books import fill_in
from tests.factories import make
from tests.journeys.hands import Hands, seen
from tests.services.acts import row_of


def test_sheets_go_out_and_an_answer_is_taken(
    hands: Hands,
    window: MainWindow,
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agency = make(store, "agency", name="Valley Police", email="police@example.org")
    action = make(
        store, "action", reference="A-2021-01", lead_agency=agency, due_on=date(2022, 3, 1)
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_words: str(tmp_path))
    answer = tmp_path / "S-2022-01 Valley Police.xlsx"
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_words: ([str(answer)], ""))

    hands.press("Ctrl+3", "Alt+S")
    hands.wait_for(lambda: isinstance(window.stack.page(), ChasingPage))
    page = window.stack.page()
    assert isinstance(page, ChasingPage)
    assert "Valley Police |  | 1 |  | 24 days" in seen(page)
    hands.push("Make a sheet for each ticked agency")
    hands.wait_for(lambda: page.made)
    assert "S-2022-01 Valley Police.xlsx: 1 action. To: police@example.org" in seen(page)
    assert answer.exists()

    fill_in(
        answer,
        {
            "A-2021-01": {
                "Status now": "Complete",
                "Completed on": "20/3/22",
                "Evidence described": "Audit of forty files",
                "Evidence kind": "Audit",
            }
        },
    )
    hands.push("Read answers that came back")
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, AnswersDialog)
    hands.wait_for(lambda: dialog.summary.text() == "2 changes proposed by 1 sheet")
    hands.push("Tick all")
    hands.tab_to("Proposed changes")
    hands.press("Home", "Space")
    assert dialog.take_button.text() == "&Take 1 change"
    hands.push("Take 1 change")
    hands.wait_for(lambda: dialog.refusal.isVisible())
    assert "A-2021-01 cannot be completed yet. Missing: evidence" in seen(dialog)
    hands.tab_to("Proposed changes")
    hands.press("Home", "Space")
    hands.push("Take 2 changes")
    hands.wait_for(lambda: store.read(mailings)[0].returned_on is not None)
    hands.wait_for(lambda: QApplication.activeModalWidget() is None)

    assert row_of(store, "action", action).values["delivery"] == "complete"
    assert [row.title for row in store.read(records, "evidence")] == ["Audit of forty files"]
    assert store.read(mailings)[0].returned_on == date(2022, 3, 25)
    assert "No agency has an action that is late or due by then." in seen(page)
    hands.press("Ctrl+Z")
    assert row_of(store, "action", action).values["delivery"] == "not_started"
    assert store.read(mailings)[0].returned_on is None
