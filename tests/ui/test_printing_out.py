"""A paper on its way out: checked beside its pages, printed on both sides, kept and traced."""

from __future__ import annotations

import hashlib
import io
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QPageLayout
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import update
from sqlalchemy.orm import Session

from oscb_desktop import settings
from oscb_desktop.database.models.trust import AttachmentContent
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.queries.releases import releases
from oscb_desktop.services.printing import make_learning_summary, make_review_record
from oscb_desktop.services.releases import Copy, MadePaper, release
from oscb_desktop.services.store import Store
from oscb_desktop.ui import paper_printing, saving_out
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.checked_paper import CheckedPaper
from oscb_desktop.ui.pages.kept_paper_page import KeptPaperPage
from oscb_desktop.ui.pages.print_page import PrintPage
from oscb_desktop.ui.pages.printed_page import PrintedPage
from oscb_desktop.ui.pages.release_page import ReleasePage
from tests.factories import make
from tests.ui.conftest import Recorder

SURNAME = "Quillfeather"
UPRIGHT, ACROSS = (595, 842), (842, 595)


def pdf(*sizes: tuple[int, int], words: str = "A page") -> bytes:
    """Return a PDF with a page of each size; its words can be read in its bytes."""
    into = io.BytesIO()
    canvas = Canvas(into, pageCompression=0)
    for size in sizes:
        canvas.setPageSize(size)
        canvas.drawString(72, 72, words)
        canvas.showPage()
    canvas.save()
    return into.getvalue()


def opened(data: bytes) -> QPdfDocument:
    document = QPdfDocument()
    buffer = QBuffer(document)
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    return document


def pdf_printer(to: Path) -> QPrinter:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(to))
    return printer


@pytest.fixture
def named(store: Store) -> str:
    """A review whose story has the real name of its child in it; returns its reference."""
    child = make(store, "child")
    make(store, "child_identity", child=child, last_name=SURNAME)
    told = f"The {SURNAME} family had moved."
    make(store, "review", reference="RR-2021-01", children=(child,), what_happened=told)
    return "RR-2021-01"


@pytest.fixture
def shown(qtbot: QtBot, context: Context) -> CheckedPaper:
    widget = CheckedPaper(context)
    qtbot.addWidget(widget)
    widget.resize(600, 600)
    widget.show()
    return widget


def _settled(qtbot: QtBot, shown: CheckedPaper, made: MadePaper) -> CheckedPaper:
    with qtbot.waitSignal(shown.settled):
        shown.show_paper(made)
    return shown


# Beside the paper


def test_what_was_found_stands_below_the_paper_and_leads_to_its_place(
    qtbot: QtBot, shown: CheckedPaper, store: Store, named: str
) -> None:
    _settled(qtbot, shown, make_learning_summary(store, named))
    assert shown.findings.said.text() == "Made for publication. 1 finding: surname (1)."
    assert shown.findings.said.property("look") == "fault"
    (line,) = (shown.findings.list.item(at).text() for at in range(shown.findings.list.count()))
    assert line.startswith("Page 1, line ")
    assert SURNAME in line
    shown.findings.list.setCurrentRow(0)
    assert shown.view.find_bar.count() >= 1
    assert shown.view.sheet.currentSearchResultIndex() == 0


def test_a_paper_without_findings_says_what_was_looked_for(
    qtbot: QtBot, shown: CheckedPaper, store: Store, named: str
) -> None:
    make(store, "review", reference="RR-2021-02", what_happened="A child was hurt.")
    _settled(qtbot, shown, make_learning_summary(store, "RR-2021-02"))
    assert shown.findings.said.text() == (
        "Made for publication. Checked: no name, date of birth, address or school of a child in "
        "this file appears."
    )
    assert shown.findings.list.isHidden()
    assert shown.made is not None
    assert not shown.made.wants_reason


def test_what_to_know_of_a_paper_stands_above_it_until_another_comes(
    qtbot: QtBot, shown: CheckedPaper, store: Store, named: str
) -> None:
    assert shown.remarks.isHidden()
    made = make_learning_summary(store, named)
    _settled(qtbot, shown, replace(made, remarks=("It is too long.", "Shorten it.")))
    assert shown.remarks.text() == "It is too long. Shorten it."
    assert not shown.remarks.isHidden()
    _settled(qtbot, shown, made)
    assert shown.remarks.isHidden()
    shown.clear("There is no review to print yet.")
    assert shown.remarks.isHidden()


def test_nothing_leaves_before_it_is_checked(
    shown: CheckedPaper, store: Store, named: str, tmp_path: Path
) -> None:
    shown.show_paper(make_learning_summary(store, named))
    assert not shown.save_to(tmp_path / "out.pdf", Copy())
    assert not shown.print_on(pdf_printer(tmp_path / "printed.pdf"), Copy())
    assert list(tmp_path.glob("*.pdf")) == []
    assert store.read(releases) == ()


def test_with_findings_a_paper_leaves_with_a_reason_alone(
    qtbot: QtBot,
    shown: CheckedPaper,
    store: Store,
    named: str,
    tmp_path: Path,
    messages: Recorder,
) -> None:
    _settled(qtbot, shown, make_review_record(store, named))
    assert not shown.save_to(tmp_path / "out.pdf", Copy())
    assert "by which a child may be known" in messages.take()
    assert not shown.print_on(pdf_printer(tmp_path / "printed.pdf"), Copy())
    assert "by which a child may be known" in messages.take()
    assert list(tmp_path.glob("*.pdf")) == []
    assert shown.save_to(tmp_path / "out.pdf", Copy(), "The family agreed.")
    assert shown.print_on(pdf_printer(tmp_path / "printed.pdf"), Copy(), "The court asked.")
    assert [row.reason for row in store.read(releases)] == [
        "The court asked.",
        "The family agreed.",
    ]


def test_the_very_file_that_leaves_is_checked(
    qtbot: QtBot,
    shown: CheckedPaper,
    store: Store,
    named: str,
    tmp_path: Path,
    messages: Recorder,
) -> None:
    """What is found in a Word file is counted there, whatever is known of the paper on screen."""
    _settled(qtbot, shown, make_learning_summary(store, named))
    assert shown.made is not None
    shown.made = replace(shown.made, findings=0, unsought="")
    for name in ("out.docx", "out.txt"):
        assert not shown.save_to(tmp_path / name, Copy())
        assert "by which a child may be known" in messages.take()
    assert not list(tmp_path.glob("out.*"))
    assert shown.save_to(tmp_path / "out.docx", Copy(), "The family agreed.")
    (row,) = store.read(releases)
    assert (row.findings, row.reason) == (1, "The family agreed.")


def test_a_check_that_was_left_is_taken_up_again(
    qtbot: QtBot, shown: CheckedPaper, store: Store, named: str
) -> None:
    shown.show_paper(make_learning_summary(store, named))
    shown.hide()
    with qtbot.waitSignal(shown.settled):
        shown.show()
    assert shown.is_checked


def test_a_paper_that_cannot_be_read_leaves_with_a_reason_alone(
    qtbot: QtBot, shown: CheckedPaper, tmp_path: Path, messages: Recorder
) -> None:
    _settled(qtbot, shown, MadePaper(b"%PDF-1.7 no more", "Press statement", 1, face=PUBLIC))
    assert "could not be checked" in shown.findings.said.text()
    assert not shown.save_to(tmp_path / "out.pdf", Copy())
    assert "was not checked" in messages.take()


def test_names_that_were_asked_for_are_not_found_fault_with(
    qtbot: QtBot, shown: CheckedPaper, store: Store, named: str
) -> None:
    sheet = replace(make_review_record(store, named), holds_identities=True)
    _settled(qtbot, shown, sheet)
    assert shown.findings.said.text() == "This paper holds real names, as was asked."
    assert shown.made is not None
    assert not shown.made.wants_reason


# The warning


def test_what_saving_means_is_said_once_on_a_computer(
    shown: CheckedPaper, context: Context, messages: Recorder
) -> None:
    messages.answers += [False, True]
    assert not saving_out.may_save(context, shown)
    assert saving_out.may_save(context, shown)
    for _ in range(2):
        assert "whoever comes by it can read it" in messages.take()
    assert saving_out.may_save(context, shown), "nobody is asked again"
    assert settings.load(context.paths.settings).told_of_saving


# On paper


@pytest.mark.parametrize(
    ("size", "duplex", "orientation"),
    [
        (UPRIGHT, QPrinter.DuplexMode.DuplexLongSide, QPageLayout.Orientation.Portrait),
        (ACROSS, QPrinter.DuplexMode.DuplexShortSide, QPageLayout.Orientation.Landscape),
    ],
)
def test_both_sides_are_printed_and_turned_over_the_right_edge(
    qtbot: QtBot,
    tmp_path: Path,
    size: tuple[int, int],
    duplex: QPrinter.DuplexMode,
    orientation: QPageLayout.Orientation,
) -> None:
    printer, document = pdf_printer(tmp_path / "out.pdf"), opened(pdf(size))
    paper_printing.set_up(printer, document)
    assert paper_printing.sides_of(document) is duplex
    assert printer.pageLayout().orientation() is orientation


def test_each_page_lies_as_it_was_made(qtbot: QtBot, tmp_path: Path) -> None:
    to = tmp_path / "out.pdf"
    paper_printing.draw_pages(opened(pdf(UPRIGHT, ACROSS, UPRIGHT)), pdf_printer(to))
    printed = opened(to.read_bytes())
    sizes = [printed.pagePointSize(page) for page in range(printed.pageCount())]
    assert [size.width() > size.height() for size in sizes] == [False, True, False]


_PREVIEW = """
import os, sys
from PySide6.QtWidgets import QApplication
from PySide6.QtTest import QTest
from oscb_desktop.ui.widgets.paper_view import PaperView
app = QApplication([])
view = PaperView()
view.pages_button.setChecked(True)
view.show()
view.show_paper(bytes.fromhex(sys.stdin.readline()))
view.point_at(1, "Quillfeather")
QTest.qWait(300)
assert view.document.pageCount() == 2
view.grab()
print("shown", flush=True)
sys.stdin.readline()
view.close()
"""


@pytest.mark.parametrize("ending", ["closed", "killed"])
def test_a_preview_leaves_no_file_behind(tmp_path: Path, ending: str) -> None:
    folders = {name: tmp_path / name for name in ("TMPDIR", "HOME", "XDG_CACHE_HOME")}
    for folder in folders.values():
        folder.mkdir()
    named = {name: str(folder) for name, folder in folders.items()}
    env = {**os.environ, **named, "TEMP": named["TMPDIR"], "TMP": named["TMPDIR"]}
    env["PYTHONPATH"] = str(Path(__file__).parents[2])
    preview = subprocess.Popen(
        [sys.executable, "-c", _PREVIEW],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=env,
        cwd=folders["HOME"],
        text=True,
    )
    assert preview.stdin is not None
    assert preview.stdout is not None
    preview.stdin.write(pdf(UPRIGHT, ACROSS, words=SURNAME).hex() + "\n")
    preview.stdin.flush()
    assert preview.stdout.readline() == "shown\n"
    if ending == "killed":
        preview.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    preview.communicate("\n" if ending == "closed" else None)
    left = [path for folder in folders.values() for path in folder.rglob("*") if path.is_file()]
    for path in left:
        held = path.read_bytes()
        assert SURNAME.encode() not in held, path
        assert b"%PDF" not in held, path


# The register


def _released(store: Store, **values: object) -> int:
    told = {"data": pdf(UPRIGHT), "name": "Action log", "pages": 1, "trace": "ABCD-EFGH"}
    release(store.write, MadePaper(**{**told, "findings": 0, **values}))  # type: ignore[arg-type]
    return store.read(releases)[0].id


def test_a_code_leads_to_its_copies_and_no_other(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    wanted = _released(store, trace="QUIL-2346", copy=Copy("The panel", "3 of 9"))
    _released(store, trace="HARR-7893")
    page = PrintedPage(context)
    qtbot.addWidget(page)
    page.show()
    went: list[tuple[str, int]] = []
    context.navigation.record_wanted.connect(lambda kind, at: went.append((kind, at)))
    assert len(page.list.shown_rows()) == 2
    page.code.setText("quil")
    assert [row.trace for row in page.list.shown_rows()] == ["QUIL-2346"]
    page.code.setText("quil 2346")
    page.code.returnPressed.emit()
    assert went == [("release", wanted)]
    page.code.setText("quil 9999")
    assert page.told.text() == "No copy with this code left from this file."
    page.code.returnPressed.emit()
    assert len(went) == 1


def test_the_register_is_narrowed_by_paper_version_and_who(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    _released(store)
    _released(store, name="Annual report", face=PUBLIC, findings=0, copy=Copy("The website"))
    page = PrintedPage(context)
    qtbot.addWidget(page)
    page.show()
    for facet, answer in (
        ("face", "Public"),
        ("paper", "Annual report"),
        ("recipient", "The website"),
    ):
        page.list.show_wanted({facet: answer})
        assert [row.paper for row in page.list.shown_rows()] == ["Annual report"], facet
    page.list.show_wanted({"by": "A. Tester"})
    assert len(page.list.shown_rows()) == 2


def _alter(session: Session) -> None:
    session.execute(update(AttachmentContent).values(content=b"%PDF another"))
    session.commit()


def test_the_kept_paper_is_shown_and_held_against_its_checksum(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    data = pdf(UPRIGHT, words=SURNAME)
    number = _released(store, data=data)
    page = KeptPaperPage(context, {"release": str(number)})
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.view.document.pageCount() == 1)
    assert page.checked.text().startswith("The copy kept is the paper that left")
    assert "code ABCD-EFGH" in page.about.text()
    entry = ReleasePage(context, number)
    qtbot.addWidget(entry)
    section = next(one for one in entry.sections if one.name == "The paper itself")
    section.reload()
    words = [label.text() for label in section.findChildren(type(page.checked))]
    assert f"SHA-256 {hashlib.sha256(data).hexdigest()}" in words


def test_a_kept_paper_that_was_altered_is_not_shown(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    number = _released(store)
    store.read(_alter)
    page = KeptPaperPage(context, {"release": str(number)})
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: page.fault.text() != "")
    assert "was altered" in page.fault.text()
    assert page.view.document.pageCount() == 0


def test_a_paper_that_is_not_kept_says_why(qtbot: QtBot, context: Context, store: Store) -> None:
    number = _released(store, kept=False)
    page = KeptPaperPage(context, {"release": str(number)})
    qtbot.addWidget(page)
    page.show()
    told = page.view._instead.text()
    assert told.startswith("The file keeps no copy of this paper")
    assert "no pack but the first copy of one about a single review" in told
    assert not page.save_button.isEnabled()


def test_a_copy_for_somebody_else_bears_another_code(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    make(store, "action", text="Write the guidance.")
    page = PrintPage(context)
    qtbot.addWidget(page)
    page.show()
    page.show_wanted({"paper": "action_log"})
    for who in ("The panel", "The chair"):
        page.choices.recipient.setText(who)
        page.choices.recipient.textEdited.emit(who)
        qtbot.waitUntil(lambda: page.save_button.isEnabled())
        page.save_to(tmp_path / f"{who}.pdf")
    rows = store.read(releases)
    assert [row.recipient for row in rows] == ["The chair", "The panel"]
    assert len({row.trace for row in rows}) == 2
