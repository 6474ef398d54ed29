"""A policy comes by e-mail, is dropped on its action, is read again, and the file locks."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from oscb_desktop.application import Desktop
from oscb_desktop.queries.records import records
from oscb_desktop.services.files import check_store, create_store, open_store
from oscb_desktop.ui.pages.files_box import FilesBox
from oscb_desktop.ui.pages.record_page import RecordPage
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.journeys.hands import Hands, seen

POLICY = b"%PDF-1.7 Safer sleep: what every home visit asks about."


def drop(onto: QWidget, path: Path) -> None:
    """Let a file go over a page, as a hand does that dragged it out of a folder."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    how = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton)
    held = Qt.KeyboardModifier.NoModifier
    coming = QDragEnterEvent(QPoint(40, 40), *how, held)
    QApplication.sendEvent(onto, coming)
    assert coming.isAccepted()
    QApplication.sendEvent(onto, QDropEvent(QPointF(40, 40), *how, held))


def page_of(desktop: Desktop) -> RecordPage:
    assert desktop.window is not None
    page = desktop.window.stack.page()
    assert isinstance(page, RecordPage)
    return page


def test_a_policy_is_dropped_read_again_and_gone_when_the_file_locks(
    desktop: Desktop, hands: Hands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[Path] = []

    def open_url(url: QUrl) -> bool:
        given.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    path = tmp_path / "Reviews.oscb"
    store = create_store(path, PASSPHRASE, "A. Tester", now)
    make(store, "action", text="Ask about safer sleep at every visit.")
    desktop.show_main(store)
    hands.wait_for(QApplication.activeWindow)
    hands.press("Ctrl+3", "Home", "Return")

    saved = tmp_path / "Safer sleep policy.pdf"
    saved.write_bytes(POLICY)
    drop(page_of(desktop), saved)
    hands.wait_for(lambda: store.read(records, "evidence"))
    (evidence,) = store.read(records, "evidence")
    assert evidence.words("description") == "Safer sleep policy.pdf"
    assert evidence.words("kind") == "Policy or procedure"
    saved.unlink()  # and she never thinks of it again

    (box,) = page_of(desktop).findChildren(FilesBox)
    hands.wait_for(lambda: box.table)
    assert "Safer sleep policy.pdf" in seen(page_of(desktop))
    hands.tab_to("Files")
    hands.press("Return")
    hands.wait_for(lambda: given)
    (copy,) = given
    assert copy.read_bytes() == POLICY
    (copy.parent / ".~lock.Safer sleep policy.pdf#").write_text("left by a reader of PDFs")

    hands.press("Ctrl+L")
    assert not copy.parent.exists(), "it is gone at once"
    hands.wait_for(lambda: desktop.locking is None)
    assert list(copy.parents[2].glob("open-*")) == []

    again = open_store(path, PASSPHRASE, tmp_path / "backups", "A. Tester", now)
    assert check_store(again) == ()
    again.close()
