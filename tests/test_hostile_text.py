"""Text that means something to a machine, in every field of every record, through every door.

Each text is typed into all fields of a record of every kind; then every page, list and form is
shown, every paper printed, and the whole file goes through a workbook into another file. It must
come out as it was typed, and nothing may take it for more than text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QTableView, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS, TYPED_KINDS, record_kind
from oscb_desktop.domain.validation import applies, clean
from oscb_desktop.domain.values import Value, is_empty
from oscb_desktop.exchange.cells import Written, in_cell
from oscb_desktop.exchange.template import write_template
from oscb_desktop.paths import AppPaths
from oscb_desktop.queries import records
from oscb_desktop.queries.disposals import disposals
from oscb_desktop.queries.search import search
from oscb_desktop.services import printing
from oscb_desktop.services.disposal import DisposeRecords
from oscb_desktop.services.files import check_store, create_store
from oscb_desktop.services.paper_forms import as_text, as_word
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import import_workbook
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.main_window import MainWindow
from oscb_desktop.ui.navigation import Navigation
from oscb_desktop.ui.operations import Operations
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.places import _PLACES
from oscb_desktop.ui.tasks import Tasks
from tests.cases import due, old_case
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.ui.conftest import Recorder

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

MARK = "qzx"
"""Stands in every text, so that it is found again whatever it is wrapped in."""

WRAPPED = re.compile(r"^<p style='white-space: pre-wrap'>(.*)</p>$", re.DOTALL)
"""How a tip says that it is mark-up with the text escaped within."""

HOSTILE = {
    "mark-up": f'<b>{MARK}</b><img src="file:///etc/hostname" onerror="x"><script>1</script>'
    '<para><font color="red">x</font><br/>&amp;&lt;</para> </b></para> <y & <!-- ]]> <a href=\'',
    "formula": f'=HYPERLINK("http://example.invalid/{MARK}","x") ../../..\\CON C:\\Windows\\nul'
    "'; DROP TABLE review; -- %_\" OR 1=1",
    "other formula": f"@SUM(1+1)*cmd|' /C calc'!A0 {MARK} AND NEAR(\" OR *) ^title:-x "
    "{0} %s %n {{ x }} ${HOME} \\n \\x00 ;x;,|\t;\n;",
    "control": f"\r\n\ra\x00b\x07 {MARK}\x1b[31m\x7f\ud800 c\ufffe\u2028next\u2029\x0b\x0c--\n",
    "writing": f"\u202e{MARK}\u202c שלום \u2066x\u2069 مرحبا 👩\u200d👧\u200d👦 子供 "
    "Ł e\u0301 \ufb01 \u0e01\u0e49",
    "unbroken": MARK + "w" * 180,
}


@dataclass(frozen=True)
class Filled:
    """A file with a record of every kind, each of whose texts is the hostile one.

    ``full`` is a second review, of the kind that has terms and a publication.
    """

    store: Store
    text: str
    ids: dict[str, int]
    full: int


def typed(kind: RecordKind, declared: Field, text: str, number: int) -> str | None:
    """Return what is typed into a field: keys and references stay apart, colours stay colours."""
    if declared.kind not in (FieldKind.TEXT, FieldKind.LONG_TEXT):
        return None
    if declared.name in ("reference", "accent_colour", "year", "digest", "shape", "place"):
        return None
    if declared.name == "lifted_by":  # of a hold that stands
        return None
    if kind.name == "wording":  # which has placeholders of its own
        text = text.replace("{HOME}", "HOME")
    told = f"{number} {text}" if declared.name in kind.key else text
    return told[: declared.max_length]


@pytest.fixture(scope="module", params=list(HOSTILE))
def filled(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Filled]:
    """One file for each text; nothing below changes it."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.oscb"
    store = create_store(path, PASSPHRASE, "A. Tester", now)
    text = HOSTILE[request.param]
    ids = filled_with(store, text)
    full = record_with(store, record_kind("review"), text, 1, ids, {"kind": "lcspr"})
    yield Filled(store, text, ids, full)
    store.close()


ANSWERS: dict[str, dict[str, Value]] = {
    "review": {
        "kind": "rapid_review",
        "role": "joint",
        "criterion_improvement": True,
        "criterion_recurrent": True,
        "criterion_agencies": True,
        "criterion_panel": False,
    },
    "incident": {"notified_by": "other_authority", "media_interest": True},
    "limb": {"scope": "national"},
    "action": {"given_colour": "amber"},
    "engagement": {"kind": "family"},
    "agency_request": {"requested_on": date(2022, 3, 1)},
}
"""What is answered so that as many fields as can be are asked for."""


def filled_with(store: Store, text: str) -> dict[str, int]:
    ids: dict[str, int] = {}
    for number, kind in enumerate(RECORD_KINDS.values(), start=1):
        if kind.singleton or kind.name == "age_band":
            continue
        if kind.name == "legal_hold":  # which would hold the old case too
            dispose_of_one(store, text)
        answers = ANSWERS.get(kind.name, {})
        ids[kind.name] = record_with(store, kind, text, number, ids, answers)
    return ids


def dispose_of_one(store: Store, text: str) -> None:
    """Remove an old case by the rule that is there, on an authority in these words."""
    old_case(store, text[:80])
    store.write(DisposeRecords(due(store).due, text[:200], text))


def record_with(
    store: Store,
    kind: RecordKind,
    text: str,
    number: int,
    ids: dict[str, int],
    answers: dict[str, Value],
) -> int:
    """Add a record whose texts are the hostile one, as far as these answers ask for them."""
    values: dict[str, Value] = {
        declared.name: told
        for declared in kind.fields
        if applies(declared, answers) and (told := typed(kind, declared, text, number)) is not None
    }
    links: dict[str, Value] = {
        declared.name: ids[declared.to]
        for declared in kind.fields
        if declared.kind is FieldKind.LINK and declared.required and declared.to in ids
    }
    return make(store, kind.name, **{**links, **answers, **values})


def test_every_field_holds_what_was_typed(filled: Filled) -> None:
    for kind_name, record_id in filled.ids.items():
        kind = record_kind(kind_name)
        row = filled.store.read(records.record, kind_name, record_id)
        assert row is not None
        for declared in kind.fields:
            value = row.values[declared.name]
            if isinstance(value, str) and MARK in value:
                assert clean(declared, value) == value
                assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value)
    assert check_store(filled.store) == ()


@pytest.fixture
def shown(qtbot: QtBot, filled: Filled, tmp_path: Path) -> Iterator[MainWindow]:
    tasks, messages = Tasks(), Recorder()
    context = Context(
        Operations(filled.store, messages),
        Navigation(),
        tasks,
        messages,
        AppPaths.under(tmp_path / "data"),
    )
    window = MainWindow(context)
    qtbot.addWidget(window)
    window.show()
    yield window
    tasks.finish()
    assert messages.told == []
    window.close()


def taken_for_more(root: QWidget) -> list[str]:
    """Return the labels and tips that would read the text as mark-up."""
    labels = [
        label.text()
        for label in root.findChildren(QLabel)
        if MARK in label.text()
        and label.textFormat() is not Qt.TextFormat.PlainText
        and Qt.mightBeRichText(label.text())
    ]
    tips = [
        widget.toolTip()
        for widget in root.findChildren(QWidget)
        if MARK in widget.toolTip() and Qt.mightBeRichText(widget.toolTip())
    ]
    return labels + tips + [tip for view in root.findChildren(QTableView) for tip in cells(view)]


def cells(view: QTableView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    for row in range(min(model.rowCount(), 5)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            tip = model.data(index, Qt.ItemDataRole.ToolTipRole)
            if (
                isinstance(tip, str)
                and MARK in tip
                and "<" in WRAPPED.sub(r"\1", tip).replace("<br>", "")
            ):
                yield tip


def test_every_screen_shows_it_as_text(filled: Filled, shown: MainWindow) -> None:
    for place in _PLACES:
        shown.go_to(place)
        page = shown.stack.page()
        assert page is not None
        assert taken_for_more(page) == [], place
    for kind, record_id in filled.ids.items():
        shown.open_record(kind, record_id)
        record_page = shown.stack.page()
        if isinstance(record_page, RecordPage):
            record_page.build_all()
        assert record_page is not None
        assert taken_for_more(record_page) == [], kind
    assert taken_for_more(shown) == []


def reference(filled: Filled, kind: str, record_id: int | None = None) -> str:
    row = filled.store.read(records.record, kind, record_id or filled.ids[kind])
    assert row is not None
    return str(row.values["reference" if "reference" in row.values else "name"])


PAPERS: dict[str, Callable[[Filled], MadePaper]] = {
    "make_learning_summary": lambda of: printing.make_learning_summary(
        of.store, reference(of, "review")
    ),
    "make_review_record": lambda of: printing.make_review_record(of.store, reference(of, "review")),
    "make_action_log": lambda of: printing.make_action_log(of.store),
    "make_action_record": lambda of: printing.make_action_record(of.store, reference(of, "action")),
    "make_escalation_report": lambda of: printing.make_escalation_report(of.store),
    "make_since_meeting": lambda of: printing.make_since_meeting(of.store, date(2021, 1, 1)),
    "make_composite_plan": lambda of: printing.make_composite_plan(of.store),
    "make_chair_sheet": lambda of: printing.make_chair_sheet(of.store),
    "make_agenda": lambda of: printing.make_agenda(of.store, reference(of, "meeting")),
    "make_meeting_note": lambda of: printing.make_meeting_note(of.store, reference(of, "meeting")),
    "make_decision_letter": lambda of: printing.make_decision_letter(
        of.store, reference(of, "review")
    ),
    "make_press_statement": lambda of: printing.make_press_statement(
        of.store, reference(of, "review")
    ),
    "make_family_letter": lambda of: printing.make_family_letter(
        of.store, reference(of, "review", of.full)
    ),
    "make_request_letter": lambda of: printing.make_request_letter(
        of.store, reference(of, "review"), reference(of, "agency")
    ),
    "make_request_letter_of": lambda of: printing.make_request_letter_of(
        of.store, of.ids["agency_request"]
    ),
    "make_terms": lambda of: printing.make_terms(of.store, reference(of, "review", of.full)),
    "make_annual_report": lambda of: printing.make_annual_report(of.store, "2021-22"),
    "make_return_sheet": lambda of: printing.make_return_sheet(
        of.store, reference(of, "review"), "panel"
    ),
    "make_disposal_certificate": lambda of: printing.make_disposal_certificate(
        of.store, of.store.read(disposals)[0].id, [(of.text, of.text)]
    ),
    "make_notification_sheet": lambda of: printing.make_notification_sheet(
        of.store, of.ids["incident"], "To notify the Panel"
    ),
}


def test_no_paper_is_forgotten() -> None:
    assert set(PAPERS) == {name for name in vars(printing) if name.startswith("make_")}


def test_every_paper_prints_it_as_text(filled: Filled) -> None:
    for name, make_paper in PAPERS.items():
        read = PdfReader(io.BytesIO(make_paper(filled).data))
        words = "".join(page.extract_text() for page in read.pages)
        assert MARK in words or filled.text.startswith("\u202e"), name
        assert not any("/AA" in page or "/JS" in page for page in read.pages)
        links = [
            note.get_object().get("/A", {}).get("/URI", "")
            for page in read.pages
            for note in page.get("/Annots", ())
        ]
        assert not [link for link in links if link.startswith(("file:", "javascript:"))]


def test_every_paper_with_words_tells_it_in_word_and_as_text(filled: Filled) -> None:
    for name, make_paper in PAPERS.items():
        paper = make_paper(filled)
        if paper.told is None:
            continue
        told = as_text(paper).data.decode()
        assert MARK in told, name
        assert not any(ord(letter) < 32 and letter != "\n" for letter in told)
        file = docx.Document(io.BytesIO(as_word(paper).data))
        said = " ".join(node.text or "" for node in file.element.body.iter(qn("w:t")))
        assert MARK in said, name
        assert not [
            link.target_ref
            for link in file.part.rels.values()
            if link.is_external and not link.target_ref.startswith(("http", "mailto:"))
        ]


def test_a_workbook_carries_it_to_another_file(filled: Filled, tmp_path: Path) -> None:
    rows = {
        kind.name: [row_of(filled, kind, row) for row in live(filled, kind)] for kind in TYPED_KINDS
    }
    path = tmp_path / "all.xlsx"
    write_template(path, rows)
    other = create_store(tmp_path / "other.oscb", PASSPHRASE, "A. Tester", now)
    try:
        outcome = import_workbook(other, path, rehearse=False, backups=tmp_path / "backups")
        assert outcome.faults == ()
        for kind in TYPED_KINDS:
            assert texts(other, kind) == texts(filled.store, kind), kind.name
    finally:
        other.close()


def live(filled: Filled, kind: RecordKind) -> tuple[records.RecordRow, ...]:
    return filled.store.read(records.records, kind.name)


def row_of(filled: Filled, kind: RecordKind, row: records.RecordRow) -> dict[str, Written]:
    return {
        declared.name: key_words(filled, row, declared)
        if declared.is_link
        else in_cell(declared, row.values[declared.name])
        for declared in kind.fields
        if not is_empty(row.values[declared.name]) and declared.to != "attachment"
    }


def key_words(filled: Filled, row: records.RecordRow, declared: Field) -> str:
    """Return the keys of what a field leads to, as a workbook names them."""
    value = row.values[declared.name]
    ids = value if isinstance(value, tuple) else (value,)
    return "\n".join(row.titles[declared.name][int(str(one))] for one in ids)


def texts(store: Store, kind: RecordKind) -> list[list[str]]:
    return sorted(
        [str(row.values[declared.name]) for declared in kind.fields if declared.kind in TEXTS]
        for row in store.read(records.records, kind.name)
    )


TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)


def test_the_search_takes_it_as_words(filled: Filled) -> None:
    for typed_words in (filled.text, MARK, filled.text[:40]):
        found = filled.store.read(search, typed_words)
        assert all(hit.title for hit in found)
    assert filled.store.read(search, MARK)
