"""The papers that have words are saved for Word and copied as text, noted like any other."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.releases import releases
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.print_page import PrintPage
from tests.factories import make
from tests.ui.conftest import Recorder

SAID = "A baby was hurt."


@pytest.fixture
def page(context: Context, store: Store, qtbot: QtBot) -> PrintPage:
    make(store, "review", reference="RR-2021-01", known_as="Child K", what_happened=SAID)
    page = PrintPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_wanted({"paper": "learning_summary", "review": "RR-2021-01"})
    qtbot.waitUntil(page.save_button.isEnabled)
    return page


def test_a_paper_is_copied_as_text_once_it_is_noted(page: PrintPage, store: Store) -> None:
    page.text_button.click()
    assert SAID in QApplication.clipboard().text()
    assert page.text_button.text() == "Copied"
    (noted,) = store.read(releases)
    assert noted.paper == "Learning summary (text)"


def test_a_paper_is_saved_for_word(
    page: PrintPage,
    store: Store,
    messages: Recorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    to = tmp_path / "summary"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(to), ""))
    messages.answers.append(True)
    page.word_button.click()
    assert "leaves the encrypted file" in messages.take()
    qtbot.waitUntil(to.with_suffix(".docx").exists)  # the very file is checked first
    saved = docx.Document(BytesIO(to.with_suffix(".docx").read_bytes()))
    assert SAID in [paragraph.text for paragraph in saved.paragraphs]
    assert store.read(releases)[0].paper == "Learning summary (Word)"


def test_a_drawn_paper_has_no_words_to_give(page: PrintPage, qtbot: QtBot) -> None:
    page.show_wanted({"paper": "chair_sheet"})
    qtbot.waitUntil(page.save_button.isEnabled)
    assert not page.word_button.isEnabled()
    assert not page.text_button.isEnabled()
