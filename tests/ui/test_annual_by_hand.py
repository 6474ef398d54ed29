"""Small numbers that were typed into the annual report are pointed out where it is written."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.store import Store
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.annual.page import PAPER, AnnualPage


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


def test_it_is_said_beside_a_public_paper_before_it_leaves(
    window: MainWindow, store: Store, qtbot: QtBot
) -> None:
    store.write(WriteNarrative("2021-22", "rapid_figures", "Two girls came; {rapid_reviewss}."))
    window.go_to("annual", {"year": "2021-22", "tab": str(PAPER)})
    page = window.stack.page()
    assert isinstance(page, AnnualPage)
    qtbot.waitUntil(page.paper.save_button.isEnabled)
    remarks = page.paper.shown.remarks
    assert "4.2 Rapid review facts and figures: There is no figure" in remarks.text()
    assert "Two girls" not in remarks.text()
    page.paper.public.setChecked(True)
    assert page.paper.shown.made is None  # nothing that was for others stands under this tick
    assert not page.paper.save_button.isEnabled()
    qtbot.waitUntil(page.paper.save_button.isEnabled)
    assert remarks.isVisible()
    assert "typed as a number, and so not kept back in public: “Two girls”." in remarks.text()
