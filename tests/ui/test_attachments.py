"""Files in the window: dropped, chosen, opened from a copy, saved out, taken off, refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.queries.attachments import files_of
from oscb_desktop.queries.records import records
from oscb_desktop.services.attachments import AddEvidenceFiles, take_in
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.pages.action_page import ActionPage
from oscb_desktop.ui.pages.action_panel import ActionPanel
from oscb_desktop.ui.pages.attachment_page import AttachmentPage
from oscb_desktop.ui.pages.files_box import EvidenceBox, FilesBox, FilesSection
from oscb_desktop.ui.pages.record_page import RecordPage
from tests.factories import make
from tests.journeys.hands import seen
from tests.ui.conftest import Recorder, press

PDF = b"%PDF-1.7 the trust's safer sleep policy"
VIRTUAL = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'


def file_at(folder: Path, name: str = "Sleep policy.pdf", content: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def dragged(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def enter(onto: QWidget, mime: QMimeData) -> bool:
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(5, 5), copy, mime, button, Qt.KeyboardModifier.NoModifier)
    event.ignore()
    QApplication.sendEvent(onto, event)
    return event.isAccepted()


def drop(onto: QWidget, mime: QMimeData) -> None:
    copy, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    assert enter(onto, mime)
    event = QDropEvent(QPointF(5, 5), copy, mime, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(onto, event)


@pytest.fixture
def opener(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the program that the system has for files is given to open."""
    given: list[Path] = []

    def open_url(url: QUrl) -> bool:
        given.append(Path(url.toLocalFile()))
        return given[-1].suffix != ".msg"

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    return given


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    def chosen(*paths: Path) -> None:
        names = [str(path) for path in paths]
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (names, ""))
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (names[0], ""))

    return chosen


def settled(context: Context, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: not context.tasks.is_busy)


def with_file(store: Store, tmp_path: Path) -> int:
    """Return an action with one file as its evidence."""
    action = make(store, "action")
    files = take_in(store, (file_at(tmp_path),)).files
    store.write(AddEvidenceFiles(action, files, store.today()))
    return action


def opened(window: MainWindow, kind: str, record_id: int) -> RecordPage:
    window.context.navigation.open_record(kind, record_id)
    page = window.stack.page()
    assert isinstance(page, RecordPage)
    page.build_all()
    return page


def box_on(page: QWidget) -> FilesBox:
    (box,) = page.findChildren(FilesBox)
    return box


def names(box: FilesBox) -> list[str]:
    return [file.name for file in box.rows()]


def test_a_file_dropped_anywhere_on_an_action_is_its_evidence(
    window: MainWindow, context: Context, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    action = make(store, "action")
    page = opened(window, "action", action)
    assert isinstance(page, ActionPage)
    box = box_on(page)
    assert "No file yet." in seen(page)
    assert enter(page, dragged(file_at(tmp_path)))
    assert box.zone.words.text() == "Let go to record as evidence: the file."
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert box.zone.words.text() == EvidenceBox.told
    drop(page, dragged(file_at(tmp_path), file_at(tmp_path, "Audit.csv", b"a,b\n")))
    assert box.zone.words.text() == "Attaching 2 files…"
    settled(context, qtbot)
    assert names(box) == ["Sleep policy.pdf", "Audit.csv"]
    assert box.zone.words.text() == EvidenceBox.told
    assert len(store.read(records, "evidence", owner=action)) == 2
    told = seen(page)
    assert "39 bytes" in told
    assert "25 Mar 2022" in told
    context.operations.write(Undo())
    assert names(box) == []


def test_a_file_over_the_note_is_left_to_the_page(window: MainWindow, store: Store) -> None:
    page = opened(window, "action", make(store, "action"))
    panel = page.findChild(ActionPanel)
    assert isinstance(panel, ActionPanel)
    files, words = dragged(Path("/tmp/Sleep policy.pdf")), QMimeData()
    words.setText("some words")
    assert not panel.note.canInsertFromMimeData(files)
    assert panel.note.canInsertFromMimeData(words)


@pytest.mark.parametrize(
    "kind", ["evidence", "agency_request", "report_draft", "meeting", "incident"]
)
def test_files_are_chosen_on_any_page_that_takes_them(
    window: MainWindow,
    context: Context,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    choose: Callable[..., None],
    kind: str,
) -> None:
    record_id = make(store, kind)
    page = opened(window, kind, record_id)
    section = next(one for one in page.sections if isinstance(one, FilesSection))
    assert section.name == ("Papers" if kind == "meeting" else "Files")
    box = box_on(page)
    choose(file_at(tmp_path))
    box.zone.button.click()
    settled(context, qtbot)
    assert names(box) == ["Sleep policy.pdf"]
    assert box.table is not None
    assert box.table.accessibleName() == "Files"
    assert box.zone.button.accessibleName() == "Choose files to attach here"


def test_what_is_refused_is_said_beside_and_nothing_is_attached(
    window: MainWindow, context: Context, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    box = box_on(opened(window, "evidence", make(store, "evidence")))
    drop(box, dragged(file_at(tmp_path, "setup.exe")))
    settled(context, qtbot)
    assert box.fault_text.startswith("“setup.exe” is a program or a script")
    assert names(box) == []
    drop(box, dragged(file_at(tmp_path, "setup.exe"), file_at(tmp_path)))
    settled(context, qtbot)
    assert box.fault_text.startswith("1 file taken, 1 not:\n“setup.exe” is a program")
    assert names(box) == ["Sleep policy.pdf"]
    drop(box, dragged(file_at(tmp_path, "Audit.csv", b"a,b")))
    settled(context, qtbot)
    assert box.fault_text == ""
    assert sorted(names(box)) == ["Audit.csv", "Sleep policy.pdf"]


def test_what_is_no_file_yet_is_told_what_to_do(window: MainWindow, store: Store) -> None:
    box = box_on(opened(window, "evidence", make(store, "evidence")))
    mail = QMimeData()
    mail.setData(VIRTUAL, b"\x01\x00")
    drop(box, mail)
    assert "out of Outlook. Save it to a folder first" in box.fault_text
    address = QMimeData()
    address.setUrls([QUrl("https://example.org/policy.pdf")])
    drop(box, address)
    assert "is an address, not a file on this computer" in box.fault_text
    words = QMimeData()
    words.setText("only words")
    assert not enter(box, words)


def test_enter_opens_a_copy_that_goes_when_the_file_locks(
    window: MainWindow,
    context: Context,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    opener: list[Path],
) -> None:
    box = box_on(opened(window, "action", with_file(store, tmp_path)))
    box.take_focus()
    assert box.table is QApplication.focusWidget() or not window.isActiveWindow()
    press(box.table, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opener) == 1)
    (copy,) = opener
    assert copy.read_bytes() == PDF
    assert copy.name == "Sleep policy.pdf"
    assert context.operations.copies is not None
    context.operations.copies.remove()
    assert not copy.exists()


def test_a_file_that_no_program_opens_is_told(
    window: MainWindow,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    opener: list[Path],
) -> None:
    evidence = make(store, "evidence")
    box = box_on(opened(window, "evidence", evidence))
    box.attach((file_at(tmp_path, "Reply.msg", b"\xd0\xcf\x11\xe0 a mail"),))
    qtbot.waitUntil(lambda: box.table is not None)
    box.open(0)
    qtbot.waitUntil(lambda: bool(box.fault_text))
    assert box.fault_text.startswith("No program on this computer opens “Reply.msg”")
    assert len(opener) == 1


def test_a_copy_is_saved_and_a_file_is_taken_off_by_keys(
    window: MainWindow,
    context: Context,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    choose: Callable[..., None],
) -> None:
    action = with_file(store, tmp_path)
    box = box_on(opened(window, "action", action))
    choose(tmp_path / "out.pdf")
    box.take_focus()
    press(box.table, Qt.Key.Key_S)
    settled(context, qtbot)
    assert (tmp_path / "out.pdf").read_bytes() == PDF
    assert box.said_text.startswith(f"The copy is {tmp_path / 'out.pdf'}")
    press(box.table, Qt.Key.Key_Delete)
    assert box.said_text == "“Sleep policy.pdf” was removed. Ctrl+Z brings it back."
    assert box.table is None
    assert len(store.read(records, "evidence", owner=action)) == 1
    context.operations.write(Undo())
    assert names(box) == ["Sleep policy.pdf"]


def test_a_file_is_attached_under_the_form_of_its_evidence_and_the_form_goes_on(
    window: MainWindow, context: Context, store: Store, tmp_path: Path, qtbot: QtBot
) -> None:
    evidence = make(store, "evidence")
    row = store.read(records, "evidence")[0]
    owner = row.values["action"]
    assert isinstance(owner, int)
    page = opened(window, "action", owner)
    section = next(one for one in page.sections if one.name == "Evidence")
    section.open_row(evidence)  # type: ignore[attr-defined]
    form = section.form
    assert isinstance(form, RecordForm)
    assert "attachments" not in form.fields.boxes
    form.fields.boxes["kept_at"].control.put_typed("Shared drive")
    (box,) = form.findChildren(FilesBox)
    drop(box, dragged(file_at(tmp_path)))
    settled(context, qtbot)
    assert names(box) == ["Sleep policy.pdf"]
    assert form.save()
    (row,) = store.read(records, "evidence")
    assert row.words("kept_at") == "Shared drive"
    assert row.words("attachments") == "Sleep policy.pdf"
    assert "kept in this file" in seen(page)


def test_what_the_search_finds_leads_to_the_file(
    window: MainWindow,
    store: Store,
    tmp_path: Path,
    qtbot: QtBot,
    opener: list[Path],
) -> None:
    with_file(store, tmp_path)
    (file,) = store.read(records, "attachment")
    page = opened(window, "attachment", file.id)
    assert isinstance(page, AttachmentPage)
    assert "PDF, attached by A. Tester" in seen(page)
    page.open_copy()
    qtbot.waitUntil(lambda: len(opener) == 1)
    page.withdraw()
    recorder = window.context.messages
    assert isinstance(recorder, Recorder)
    assert "refers to it as “Files”" in recorder.take()


def test_work_that_ends_when_its_page_is_gone_is_told_all_the_same(
    context: Context, store: Store, tmp_path: Path, qtbot: QtBot, messages: Recorder
) -> None:
    evidence = make(store, "evidence")
    heard: list[object] = []
    context.operations.changed.connect(heard.append)
    for name in ("Sleep policy.pdf", "setup.exe"):
        box = FilesBox(context, "evidence", evidence)
        box.attach((file_at(tmp_path, name),))
        box.deleteLater()
        QApplication.sendPostedEvents(box, 52)  # the event of a deferred deletion
        settled(context, qtbot)
    assert len(heard) == 1
    assert messages.take().startswith("“setup.exe” is a program")
    assert len(store.read(files_of, "evidence", (evidence,))) == 1
