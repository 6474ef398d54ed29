"""Settings for papers that leave: the logo is chosen or refused, the wording begins as usual."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.papers import logo
from oscb_desktop.queries.records import records
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.paper_sections import LogoSection, WordingSection
from oscb_desktop.ui.pages.settings_page import SettingsPage
from tests.ui.conftest import Recorder

S = TypeVar("S")


@pytest.fixture
def page(context: Context, qtbot: QtBot) -> SettingsPage:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    page.show()
    return page


def section_of(page: SettingsPage, kind: type[S]) -> S:
    return next(one for one in page.sections if isinstance(one, kind))


def test_a_logo_is_chosen_and_removed(
    page: SettingsPage, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "ours.png"
    Image.new("RGB", (300, 100), "navy").save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    section = section_of(page, LogoSection)
    assert section.remove_button.isHidden()
    section.choose_button.click()
    assert store.read(logo) == path.read_bytes()
    assert not section.remove_button.isHidden()
    section.remove_button.click()
    assert store.read(logo) == b""
    assert section.remove_button.isHidden()


def test_what_is_no_logo_is_said_and_not_taken(
    page: SettingsPage, store: Store, messages: Recorder, tmp_path: Path
) -> None:
    path = tmp_path / "ours.svg"
    path.write_bytes(b"<svg/>")
    section_of(page, LogoSection).take(path)
    assert "drawing in SVG" in messages.told.pop()
    assert store.read(logo) == b""


def test_the_wording_begins_from_the_usual_one(
    page: SettingsPage, context: Context, store: Store
) -> None:
    section = section_of(page, WordingSection)
    section.start.click()
    assert len(store.read(records, "wording")) == 11
    assert section.start.isHidden()
    context.operations.do(Undo(), page)
    assert not section.start.isHidden()
