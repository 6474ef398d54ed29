"""Letters and papers that are not on screen leave as papers do: checked, explained, noted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.records import records
from oscb_desktop.queries.releases import kept_paper, release_row, releases
from oscb_desktop.services.chasing import Letter
from oscb_desktop.services.printing import give, make_learning_summary
from oscb_desktop.services.releases import as_words
from oscb_desktop.services.requests import Reminder
from oscb_desktop.services.store import Store
from oscb_desktop.ui import saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.reason_dialog import ReasonDialog
from oscb_desktop.ui.pages.attachment_page import AttachmentPage
from oscb_desktop.ui.pages.chasing_page import ChasingPage
from oscb_desktop.ui.pages.composite_page import CompositePage
from oscb_desktop.ui.pages.kept_paper_page import KeptPaperPage
from oscb_desktop.ui.pages.owed_page import AgencyPanel
from tests.factories import make
from tests.ui.conftest import Recorder

SURNAME = "Quillfeather"
SAID = f"The {SURNAME} family moved."
WHY = "The family asked for it."

Answers = list[str]


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.fixture
def named(store: Store) -> int:
    child = make(store, "child", known_as="Child M")
    make(store, "child_identity", child=child, last_name=SURNAME)
    return make(store, "review", reference="LR-2021-01", kind="lcspr", children=(child,))


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """What is answered when a reason is asked for, one after another; empty is Cancel."""
    given: Answers = []

    def answer(asked: ReasonDialog) -> QDialog.DialogCode:
        reason = given.pop(0)
        asked.field.setText(reason)
        return QDialog.DialogCode.Accepted if reason else QDialog.DialogCode.Rejected

    monkeypatch.setattr(ReasonDialog, "exec", answer)
    return given


def _why(store: Store) -> list[str]:
    return [row.reason for row in store.read(releases)]


def test_a_letter_with_a_name_is_copied_with_a_reason_alone(
    context: Context, store: Store, parent: QWidget, named: int, answers: Answers
) -> None:
    QApplication.clipboard().clear()
    words = as_words("Letter of a delay", SAID, named)
    answers += ["", WHY]
    assert not saving_out.copy_words(context, parent, words)
    assert (QApplication.clipboard().text(), _why(store)) == ("", [])
    assert saving_out.copy_words(context, parent, words)
    assert (QApplication.clipboard().text(), _why(store)) == (SAID, [WHY])


def test_a_letter_that_names_nobody_asks_nothing(
    context: Context, store: Store, parent: QWidget, named: int, answers: Answers
) -> None:
    assert saving_out.copy_words(context, parent, as_words("Notice", "Dear colleague", named))
    assert QApplication.clipboard().text() == "Dear colleague"
    assert _why(store) == [""]


def test_a_letter_that_cannot_be_noted_stays(
    context: Context, store: Store, parent: QWidget, messages: Recorder
) -> None:
    QApplication.clipboard().clear()
    assert not saving_out.copy_words(context, parent, as_words("N" * 501, "Dear colleague"))
    assert "every print is noted in the history" in messages.take()
    assert QApplication.clipboard().text() == ""


def test_a_reminder_is_copied_or_opened_once_it_is_explained(
    qtbot: QtBot,
    context: Context,
    store: Store,
    named: int,
    answers: Answers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(QUrl(url).scheme()))
    panel = AgencyPanel(context, lambda: None)
    qtbot.addWidget(panel)
    panel.show()
    letter = Letter(("police@example.org",), "Reminder", SAID)
    panel.show_made([Reminder(1, "Valley Police", 1, letter)])
    lines = panel._made
    assert lines is not None
    (copy,) = lines.copy_buttons
    (in_email,) = (one for one in lines.findChildren(QPushButton) if one is not copy)
    answers += ["", "", WHY, WHY]
    in_email.click()
    copy.click()
    assert (_why(store), opened) == ([], [])
    copy.click()
    assert SAID in QApplication.clipboard().text()
    in_email.click()
    assert (_why(store), opened) == ([WHY, WHY], ["mailto"])


@pytest.mark.parametrize("page_of", [KeptPaperPage, AttachmentPage])
def test_a_kept_paper_is_saved_once_more_with_a_reason_alone(
    qtbot: QtBot,
    context: Context,
    store: Store,
    named: int,
    answers: Answers,
    messages: Recorder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    page_of: Callable[..., KeptPaperPage | AttachmentPage],
) -> None:
    make(store, "recommendation", review=named, text=SAID)
    give(store, make_learning_summary(store, "LR-2021-01"), tmp_path / "first.pdf", WHY)
    (noted,) = store.read(releases)
    file = store.read(kept_paper, noted.id)
    assert file is not None
    again = tmp_path / "again.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_words: (str(again), ""))
    is_kept = page_of is KeptPaperPage
    page = page_of(context, {"release": str(noted.id)} if is_kept else file.id)
    qtbot.addWidget(page)
    page.show()
    answers += ["", "The panel asked again."]
    save = page._save if isinstance(page, KeptPaperPage) else page.save_copy
    save()
    context.tasks.finish()
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert not again.exists()
    save()
    context.tasks.finish()
    qtbot.waitUntil(again.exists)
    assert again.read_bytes() == (tmp_path / "first.pdf").read_bytes()
    assert "not protected by this file" in messages.take()
    assert _why(store) == ["The panel asked again.", WHY]
    newest = store.read(release_row, store.read(releases)[0].id)
    assert newest is not None
    assert newest.trace == noted.trace


def test_sheets_with_a_name_are_made_with_a_reason_alone(
    qtbot: QtBot, context: Context, store: Store, named: int, answers: Answers, tmp_path: Path
) -> None:
    police = make(store, "agency", name="Valley Police")
    make(store, "action", review=named, lead_agency=police, text=SAID, due_on=date(2022, 3, 1))
    page = ChasingPage(context)
    qtbot.addWidget(page)
    page.show()
    out = tmp_path / "out"
    out.mkdir()
    assert page.ticked() == (police,)
    answers += ["", WHY]
    page.make(out)
    context.tasks.finish()
    qtbot.waitUntil(lambda: len(answers) == 1)
    assert (list(out.iterdir()), store.read(records, "mailing"), _why(store)) == ([], (), [])
    page.make(out)
    context.tasks.finish()
    qtbot.waitUntil(lambda: bool(page.made))
    assert {path.suffix for path in out.iterdir()} == {".xlsx", ".txt"}
    assert _why(store) == [WHY]


def test_a_plan_with_a_name_is_saved_with_a_reason_alone(
    qtbot: QtBot, context: Context, store: Store, named: int, answers: Answers, tmp_path: Path
) -> None:
    theme = make(store, "theme")
    make(store, "recommendation", review=named, text=SAID, themes=(theme,))
    page = CompositePage(context)
    qtbot.addWidget(page)
    page.refresh()
    answers += ["", WHY]
    page.save_to(tmp_path / "plan.pdf")
    assert not (tmp_path / "plan.pdf").exists()
    page.save_to(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").exists()
    assert _why(store) == [WHY]
