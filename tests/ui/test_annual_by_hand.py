"""Small numbers that were typed into the yearly report are pointed out where it is written."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.page import AnnualPage


def test_a_small_number_that_was_typed_is_pointed_out_beside_its_text(
    window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    store.write(WriteNarrative("2021-22", "rapid_figures", "Two girls came; {rapid_reviews}."))
    window.go_to("annual", {"chapter": "rapid_figures", "year": "2021-22"})
    page = window.stack.page()
    assert isinstance(page, AnnualPage)
    qtbot.waitUntil(lambda: page.report is not None and not page.is_reading)
    shown = page.view()
    assert shown is not None
    assert shown.text.by_hand.text().startswith("Typed as a number: “Two girls”. The public")
    assert not shown.text.by_hand.isHidden()
    lines = [page.chapters.item(at).text() for at in range(page.chapters.count())]
    assert any(line.endswith("· 1 small number typed") for line in lines)
    store.write(WriteNarrative("2021-22", "rapid_figures", "We held {rapid_reviews}."))
    page.refresh()
    qtbot.waitUntil(lambda: not page.is_reading and shown.text.by_hand.isHidden())
