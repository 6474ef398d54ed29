"""A picture of everything: ``python -m tests.tour OUT_DIR``.

Writes a PNG of each page, form and dialog over the sample year, in a window of 1366x768, light and
dark, and at 150 % on the same screen; and a PNG of each printed page. For a person to look at.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

LOOKS = ("light", "dark", "large")
SCREEN = (1366, 768)
_LOCKED = "Reviews 2021-.oscb locked at 14:32 on 25 Mar 2022, as you asked."
_SCALE = {"large": 1.5}
PLACES = (
    "today",
    "reviews",
    "actions",
    "incidents",
    "learning",
    "meetings",
    "print",
    "directory",
    "settings",
    "bin",
    "backups",
    "printed",
    "chasing",
    "since",
    "escalation",
    "composite",
    "owed",
    "chair",
    "retention",
    "packs",
    "annual",
    "breakdowns",
)
ASKED = (
    ("summary", {"review": "SCR-2019-01"}),
    ("seen", {"review": "SCR-2019-01", "face": "panel"}),
    ("seen", {"review": "SCR-2019-01", "face": "public"}),
    ("counted", {"figure": "rapid_review_children_by_age_band", "year": "2021-22"}),
    ("annual", {"chapter": "age_factors"}),
    ("annual", {"tab": "1"}),
    ("annual", {"tab": "2"}),
)
RECORDS = (
    ("review", "SCR-2019-01"),
    ("review", "RR-2021-04"),
    ("review", "LR-2021-01"),
    ("incident", "IN-2021-06"),
    ("child", "CH-2021-08"),
    ("action", "A-2021-11"),
    ("meeting", "M-2022-01"),
    ("meeting", "M-2022-02"),
    ("agency", "Thames Valley Police"),
    ("pack", "PK-2022-01"),
)
FORMS = (
    "incident",
    "review",
    "child",
    "action",
    "recommendation",
    "person",
    "learning_point",
    "meeting",
    "impact",
)


def main(out: Path) -> int:
    """Draw every look in a process of its own: a scale is chosen before Qt starts."""
    out.mkdir(parents=True, exist_ok=True)
    for look in LOOKS:
        scale = {"QT_SCALE_FACTOR": str(_SCALE[look])} if look in _SCALE else {}
        env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", **scale}
        command = [sys.executable, "-m", "tests.tour", str(out), look]
        if subprocess.run(command, env=env, check=False).returncode:
            return 1
    print(f"{len(list(out.rglob('*.png')))} pictures are in {out}")
    return 0


def draw(out: Path, look: str) -> None:
    """Draw one look of the window; the printed pages with the first."""
    from PySide6.QtWidgets import QApplication

    from oscb_desktop.paths import AppPaths
    from oscb_desktop.queries.organisation import organisation
    from oscb_desktop.services.sample import create_sample_store
    from oscb_desktop.ui import theme
    from oscb_desktop.ui.context import Context
    from oscb_desktop.ui.messages import Messages
    from oscb_desktop.ui.navigation import Navigation
    from oscb_desktop.ui.operations import Operations
    from oscb_desktop.ui.tasks import Tasks

    app = QApplication([])
    with tempfile.TemporaryDirectory() as scratch:
        paths = AppPaths.under(Path(scratch))
        path = Path(scratch) / "Sample year.oscb"
        store = create_sample_store(path, "only for pictures", "A. Secretary", _moment)
        theme.apply(app, store.read(organisation).accent_colour, dark=look == "dark")
        messages = Messages()
        context = Context(Operations(store, messages), Navigation(), Tasks(), messages, paths)
        shots = {**_window(app, context), **_alone(context)}
        folder = out / look
        folder.mkdir(parents=True, exist_ok=True)
        for name, take in shots.items():
            take(folder / f"{name}.png")
        if look == LOOKS[0]:
            _papers(context, out / "paper")
        for shown in app.topLevelWidgets():
            shown.close()
        store.close()


def _moment() -> datetime:
    return datetime(2022, 3, 25, 15, 58)  # noqa: DTZ001 - the wall clock of a laptop


def _size() -> tuple[int, int]:
    scale = float(os.environ.get("QT_SCALE_FACTOR", "1"))
    return int(SCREEN[0] / scale), int(SCREEN[1] / scale)


def _window(app: object, context: object) -> dict[str, Callable[[Path], None]]:
    from oscb_desktop.ui.context import Context
    from oscb_desktop.ui.main_window import MainWindow

    assert isinstance(context, Context)
    window = MainWindow(context)
    window.resize(*_size())
    window.show()

    def shot(arrive: Callable[[], object]) -> Callable[[Path], None]:
        def take(target: Path) -> None:
            arrive()
            _settle(context)
            window.resize(*_size())
            _settle(context)
            window.grab().save(str(target))

        return take

    shots = {f"page {name}": shot(partial(window.go_to, name)) for name in PLACES}
    for kind, key in RECORDS:
        title = f"record {kind} {key}".replace("/", "-")
        record_id = _id(context, kind, key)
        shots[title] = shot(partial(window.open_record, kind, record_id))
        shots[f"{title} end"] = shot(lambda: _to_the_end(window))
    for name, asked in ASKED:
        wanted = dict(asked)
        if "review" in wanted:
            wanted["review"] = str(_id(context, "review", wanted["review"]))
        which = (asked.get(key, "") for key in ("face", "chapter", "tab"))
        title = " ".join(filter(None, ("page", name, *which)))
        shots[title] = shot(partial(window.go_to, name, wanted))
    for kind in FORMS:
        shots[f"form {kind}"] = shot(partial(window.add_record, kind, {}))
        shots[f"form {kind} end"] = shot(lambda: _to_the_end(window))
    return shots


def _alone(context: object) -> dict[str, Callable[[Path], None]]:
    """Return the windows that stand for themselves: the first page and the dialogs."""
    return {name: _shot_of(context, make) for name, make in _standing_alone(context)}


def _standing_alone(context: object) -> Iterator[tuple[str, Callable[[], object]]]:
    from PySide6.QtWidgets import QWidget

    from oscb_desktop.paths import resource
    from oscb_desktop.queries.clocks import running_clocks
    from oscb_desktop.settings import RecentFile
    from oscb_desktop.ui.context import Context
    from oscb_desktop.ui.crash_dialog import CrashDialog
    from oscb_desktop.ui.dialogs.about_dialogs import AboutDialog, KeysDialog
    from oscb_desktop.ui.dialogs.clock_dialog import ClockDialog
    from oscb_desktop.ui.dialogs.form_dialog import FormDialog
    from oscb_desktop.ui.dialogs.history_dialog import HistoryDialog
    from oscb_desktop.ui.dialogs.import_dialog import ImportDialog
    from oscb_desktop.ui.dialogs.new_file_dialog import NewFileDialog
    from oscb_desktop.ui.dialogs.notification_sheet_dialog import NotificationSheetDialog
    from oscb_desktop.ui.pages.unlock_page import UnlockPage

    assert isinstance(context, Context)
    clocks = context.operations.read(running_clocks, context.operations.today())
    recent = (RecentFile("C:/Reviews/Reviews 2021-.oscb", "2022-03-24T16:40:00"),)

    def imported() -> object:
        dialog = ImportDialog(None, context, resource("sample/2021-22.toml"))
        dialog.rehearse()
        return dialog

    parent = QWidget()
    review = _id(context, "review", "LR-2021-01")
    yield "dialog unlock", lambda: UnlockPage(recent, None)
    yield (
        "dialog locked",
        lambda: UnlockPage(recent, Path("C:/Reviews/Reviews 2021-.oscb"), _LOCKED),
    )
    yield "dialog new file", lambda: NewFileDialog(None, Path("C:/Reviews"))
    incident = _id(context, "incident", "IN-2021-06")
    yield "dialog notification sheet", lambda: NotificationSheetDialog(context, incident, None)
    yield "dialog clock", lambda: ClockDialog(None, "Clock", clocks[0].clock)
    yield "dialog import", imported
    yield "dialog history", lambda: HistoryDialog(context, "review", review)
    yield "dialog keys", lambda: KeysDialog(None)
    yield "dialog about", lambda: AboutDialog(None, context)
    yield "dialog crash", lambda: CrashDialog(RuntimeError("a fault of ours"))
    yield "dialog add agency", lambda: FormDialog(context, "agency", parent)


def _shot_of(context: object, make: Callable[[], object]) -> Callable[[Path], None]:
    def take(target: Path) -> None:
        widget = make()
        from PySide6.QtWidgets import QWidget

        assert isinstance(widget, QWidget)
        widget.show()
        _settle(context)
        widget.grab().save(str(target))
        widget.close()

    return take


def _settle(context: object) -> None:
    """Let the work under way end and the window draw itself."""
    from PySide6.QtCore import QEventLoop
    from PySide6.QtWidgets import QApplication

    from oscb_desktop.ui.context import Context

    assert isinstance(context, Context)
    for _ in range(3):
        context.tasks.finish()
        for _ in range(5):
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def _to_the_end(window: object) -> None:
    from PySide6.QtWidgets import QScrollArea, QWidget

    assert isinstance(window, QWidget)
    for area in window.findChildren(QScrollArea):
        if area.isVisible():
            bar = area.verticalScrollBar()
            bar.setValue(bar.maximum())


def _id(context: object, kind: str, key: str) -> int:
    from oscb_desktop.queries.records import id_by_key
    from oscb_desktop.ui.context import Context

    assert isinstance(context, Context)
    found = context.operations.read(id_by_key, kind, key)
    assert found is not None, f"the sample year has no {kind} {key}"
    return found


def _papers(context: object, folder: Path) -> None:
    """Print each document over the sample and draw its pages, in colour and as a laser prints."""
    from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtPdf import QPdfDocument

    from oscb_desktop.domain.faces import PANEL, PUBLIC
    from oscb_desktop.services import printing
    from oscb_desktop.services.pack_making import make_pack
    from oscb_desktop.ui.context import Context

    assert isinstance(context, Context)
    store = context.operations.store
    papers = {
        "learning summary": printing.make_learning_summary(store, "SCR-2019-01").data,
        "learning summary RR": printing.make_learning_summary(store, "RR-2021-02").data,
        "review record": printing.make_review_record(store, "SCR-2019-01").data,
        "review record LR": printing.make_review_record(store, "LR-2021-01").data,
        "action log": printing.make_action_log(store, None).data,
        "agenda": printing.make_agenda(store, "M-2022-02").data,
        "meeting note": printing.make_meeting_note(store, "M-2021-03").data,
        "decision letter": printing.make_decision_letter(store, "RR-2021-04").data,
        "terms": printing.make_terms(store, "LR-2021-01").data,
        "composite plan": printing.make_composite_plan(store).data,
        "escalation": printing.make_escalation_report(store).data,
        "action record": printing.make_action_record(store, "A-2021-27").data,
        "chair sheet": printing.make_chair_sheet(store).data,
        "since": printing.make_since_meeting(store).data,
        "record for the panel": printing.make_review_record(store, "LR-2021-01", face=PANEL).data,
        "record for the public": printing.make_review_record(
            store, "SCR-2019-01", face=PUBLIC
        ).data,
        "press statement": printing.make_press_statement(store, "SCR-2019-01").data,
        "letter to the family": printing.make_family_letter(store, "LR-2021-01").data,
        "annual report": printing.make_annual_report(store, "2021-22").data,
        "annual report public": printing.make_annual_report(store, "2021-22", public=True).data,
        "return sheet": printing.make_return_sheet(store, "RR-2021-02", "panel").data,
        "pack": make_pack(store, _id(context, "pack", "PK-2022-01")).data,
    }
    (folder / "grey").mkdir(parents=True, exist_ok=True)
    for name, data in papers.items():
        (folder / f"{name}.pdf").write_bytes(data)
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QBuffer.OpenModeFlag.ReadOnly)
        document = QPdfDocument()
        document.load(buffer)
        for page in range(document.pageCount()):
            points = document.pagePointSize(page)
            size = QSize(round(points.width() * 1.4), round(points.height() * 1.4))
            sheet = QImage(size, QImage.Format.Format_RGB32)
            sheet.fill(Qt.GlobalColor.white)
            painter = QPainter(sheet)
            painter.drawImage(0, 0, document.render(page, size))
            painter.end()
            sheet.save(str(folder / f"{name} {page + 1:02}.png"))
            grey = sheet.convertToFormat(QImage.Format.Format_Grayscale8)
            grey.save(str(folder / "grey" / f"{name} {page + 1:02}.png"))
        document.close()


if __name__ == "__main__":
    if len(sys.argv) == 3:
        draw(Path(sys.argv[1]), sys.argv[2])
    elif len(sys.argv) == 2:
        sys.exit(main(Path(sys.argv[1])))
    else:
        sys.exit("Say where the pictures go: python -m tests.tour OUT_DIR")
