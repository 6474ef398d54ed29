"""Settings for papers that leave: the logo is chosen or refused, the wording begins as usual."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.codes import code_list
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


SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 300 100"><defs><g id="a"><circle cx="50" cy="50" r="40" fill="#1f5a73"/></g>'
    '</defs><use xlink:href="#a"/>{}</svg>'
)


def test_a_drawing_becomes_a_picture(page: SettingsPage, store: Store, tmp_path: Path) -> None:
    path = tmp_path / "ours.svg"
    path.write_text(SVG.format(""))
    section_of(page, LogoSection).take(path)
    with Image.open(BytesIO(store.read(logo))) as picture:
        assert picture.size == (1100, 366)
        assert picture.getpixel((183, 183)) == (31, 90, 115, 255)
        assert picture.getpixel((1000, 183)) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("broken.svg", "<svg><path d='M 0 0 L'", "broken drawing"),
        ("empty.svg", "", "broken drawing"),
        ("words.svg", "no drawing", "broken drawing"),
        ("file.svg", SVG.format('<image xlink:href="file:///etc/hostname"/>'), "other files"),
        ("path.svg", SVG.format("<image href = '/etc/hostname'/>"), "other files"),
        ("web.svg", SVG.format('<image xlink:href="http://example.org/x"/>'), "other files"),
        ("style.svg", SVG.format("<style>@import 'x'</style>"), "other files"),
        ("fill.svg", SVG.format('<rect fill="url(http://example.org)"/>'), "other files"),
        ("script.svg", SVG.format("<script>1</script>"), "holds a program"),
        ("bomb.svg", '<!DOCTYPE svg [<!ENTITY a "x">]><svg>&a;</svg>', "other files"),
        ("large.svg", SVG.format(" " * 2_000_000), "too large"),
        (
            "wide.svg",
            SVG.format("<script>1</script>").encode("utf-16").decode("latin-1"),
            "no plain",
        ),
        ("ours.txt", "words", "no picture in PNG or JPEG"),
    ],
)
def test_what_is_no_logo_is_said_and_not_taken(
    page: SettingsPage,
    store: Store,
    messages: Recorder,
    tmp_path: Path,
    name: str,
    content: str,
    said: str,
) -> None:
    path = tmp_path / name
    path.write_bytes(content.encode("latin-1") or b" ")
    section_of(page, LogoSection).take(path)
    assert said in messages.told.pop()
    assert store.read(logo) == b""


def test_a_drawing_that_is_gone_is_said(
    page: SettingsPage, messages: Recorder, tmp_path: Path
) -> None:
    section_of(page, LogoSection).take(tmp_path / "gone.svg")
    assert "“gone.svg” cannot be read" in messages.told.pop()


def test_the_wording_begins_from_the_usual_one(
    page: SettingsPage, context: Context, store: Store
) -> None:
    section = section_of(page, WordingSection)
    section.start.click()
    assert len(store.read(records, "wording")) == len(code_list("wording_part").codes)
    assert section.start.isHidden()
    context.operations.do(Undo(), page)
    assert not section.start.isHidden()
