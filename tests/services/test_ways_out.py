"""Every way out of the program: none lets a real name leave unseen, and a new one is thought of."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

import oscb_desktop
from oscb_desktop.domain.packs import Offer, Part
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import record, records
from oscb_desktop.queries.releases import releases
from oscb_desktop.services import printing
from oscb_desktop.services.chasing import make_sheets
from oscb_desktop.services.pack_making import make_pack
from oscb_desktop.services.packs import AddPackItem, StartPack
from oscb_desktop.services.paper_check import check, checked
from oscb_desktop.services.paper_forms import as_named
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.releases import (
    MadePaper,
    UnexplainedError,
    as_words,
    kept_again,
    release,
    release_to_file,
)
from oscb_desktop.services.request_papers import write_papers
from oscb_desktop.services.requests import AskAgencies
from oscb_desktop.services.store import Store
from tests.factories import keep_content, make
from tests.reports.sent import sent_pdf

SURNAME = "Quillfeather"
SAID = f"The {SURNAME} family moved."
WHY = "The family asked for it."

CHECKED = "checked before it leaves, a reason where it names a child, noted in the register"
HOLDS = "refuses without a reason what names a child or was not checked; notes the rest"
ASKS = "only asks where to: what is written there goes by one that is checked"
WITH_IT = "searched and noted with the paper that it goes with"
INTERNAL = "a working list of the secretariat's own, as it stands on the screen"
LOGGED = "a file as it came in, or what happened, word for word: a step says so, a warning too"
KEYS = "the whole encrypted file, a key to it, or what holds no word of a record"
WAYS_OUT = {
    "database.lock": KEYS,
    "exchange.agency_sheet": WITH_IT,
    "exchange.annual_workbook": WITH_IT,
    "exchange.request_form": WITH_IT,
    "exchange.template": KEYS,
    "reports.document": HOLDS,  # for whoever has the words of a paper already
    "services.attachments": LOGGED,
    "services.chasing": CHECKED,
    "services.log_export": LOGGED,
    "services.pack_making": CHECKED,
    "services.printing": CHECKED,
    "services.releases": HOLDS,
    "services.request_papers": CHECKED,
    "settings": KEYS,
    "ui.clipboard": HOLDS,  # the one way there: whoever calls it stands here
    "ui.crash_dialog": KEYS,
    "ui.dialogs.ask_dialog": ASKS,
    "ui.dialogs.damaged_dialog": KEYS,
    "ui.dialogs.disposed_dialog": CHECKED,
    "ui.dialogs.new_file_dialog": KEYS,
    "ui.dialogs.notification_sheet_dialog": CHECKED,  # one answer by itself is not a paper
    "ui.dialogs.recovery_dialog": KEYS,
    "ui.dialogs.restore_dialog": KEYS,
    "ui.file_actions": KEYS,
    "ui.pages.annual.breakdown_page": INTERNAL,
    "ui.pages.backups_page": KEYS,
    "ui.pages.chasing_page": ASKS,
    "ui.pages.checked_paper": CHECKED,
    "ui.pages.composite_page": ASKS,
    "ui.pages.escalation_page": ASKS,
    "ui.pages.files_box": LOGGED,  # a paper that left before goes by saving_out
    "ui.pages.history_page": LOGGED,
    "ui.pages.pack_preview": CHECKED,
    "ui.pages.review.requests": ASKS,
    "ui.pages.since_page": ASKS,
    "ui.paper_printing": ASKS,
    "ui.saving_out": CHECKED,
    "ui.tables.grid_table": INTERNAL,
    "ui.tables.record_list": INTERNAL,
    "ui.tables.row_table": INTERNAL,
    "ui.widgets.letter_lines": WITH_IT,
    "ui.widgets.small_table": INTERNAL,
}
"""Each module that writes, prints, copies or opens elsewhere, and what holds what leaves there."""

_OUT = {
    "whole_file",
    "release_to_file",
    "write_text",
    "write_bytes",
    "openUrl",
    "draw_pages",
    "setMimeData",
    "QPrinter",
    "getSaveFileName",
    "getExistingDirectory",
}


def _calls(tree: ast.Module) -> set[str]:
    """Return what a module calls, each by its last two names."""
    called = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called.add(".".join(ast.unparse(node.func).split(".")[-2:]))
    return called


def _lets_out(call: str) -> bool:
    is_one = call in {"clipboard.put", "book.save", "release"}
    return is_one or call.rpartition(".")[2] in _OUT


def test_every_way_out_is_one_that_was_thought_of() -> None:
    package = Path(oscb_desktop.__file__).parent
    found = set()
    for path in package.rglob("*.py"):
        if any(map(_lets_out, _calls(ast.parse(path.read_text("utf-8"))))):
            found.add(".".join(path.relative_to(package).with_suffix("").parts))
    assert found == set(WAYS_OUT)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder that nothing is in yet."""
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def case(store: Store) -> int:
    """A review about a child whose real name is held."""
    incident = make(store, "incident", reference="IN-2021-01")
    child = make(store, "child", incident=incident, known_as="Child M")
    make(store, "child_identity", child=child, last_name=SURNAME, forenames="Marigold")
    return make(store, "review", reference="LR-2021-01", kind="lcspr", children=(child,),
                incident=incident, known_as="Child M",
                what_happened="A child was hurt.")  # fmt: skip


Plant = Callable[[Store, int], object]


def _in(kind: str, **values: object) -> Plant:
    return lambda store, case: make(store, kind, review=case, **values)  # type: ignore[arg-type]


def _narrative(store: Store, case: int) -> None:
    row = store.read(record, "review", case)
    assert row is not None
    store.write(AmendRecord("review", case, row.version, {"what_happened": SAID}))


def _organisation(store: Store, _case: int) -> None:
    (row,) = store.read(records, "organisation")
    store.write(AmendRecord("organisation", row.id, row.version, {"contact": SAID}))


def _meeting(store: Store, case: int) -> int:
    meeting = make(store, "meeting", reference="M-2022-01", reviews=(case,))
    make(store, "agenda_item", meeting=meeting, heading=SAID, said=SAID)
    make(store, "attendance", meeting=meeting, person=make(store, "person"))
    return meeting


def _pack(store: Store, case: int, **values: object) -> int:
    pack = store.write(StartPack(review=case)).record_id
    assert pack is not None
    row = store.read(record, "pack", pack)
    assert row is not None
    if values:
        store.write(AmendRecord("pack", pack, row.version, values))  # type: ignore[arg-type]
    return pack


def _attached(store: Store, case: int, name: str, words: str) -> None:
    content = sent_pdf(words=words)
    digest = keep_content(store, content)
    file = make(store, "attachment", name=name, digest=digest, size=len(content))
    store.write(AddPackItem(_pack(store, case), Offer(Part.ATTACHMENT, attachment=file)))


def _record(store: Store) -> MadePaper:
    return printing.make_review_record(store, "LR-2021-01")


def _summary(store: Store) -> MadePaper:
    return printing.make_learning_summary(store, "LR-2021-01")


def _one_pack(store: Store) -> MadePaper:
    return make_pack(store, 1)


PLANTED: dict[str, tuple[Plant, Callable[[Store], MadePaper]]] = {
    "narrative": (_narrative, _record),
    "finding": (_in("finding", title=SAID, text=SAID), _record),
    "recommendation": (_in("recommendation", text=SAID), _summary),
    "learning point": (
        lambda store, case: make(store, "learning_point", reviews=(case,), text=SAID),
        _summary,
    ),
    "line of a summary": (_in("summary_line", text=SAID), _summary),
    "contact": (_organisation, _summary),
    "action": (_in("action", text=SAID), printing.make_action_log),
    "late action": (
        _in("action", text=SAID, due_on=date(2021, 6, 1)),
        printing.make_escalation_report,
    ),
    "agenda": (_meeting, lambda store: printing.make_agenda(store, "M-2022-01")),
    "note of a meeting": (_meeting, lambda store: printing.make_meeting_note(store, "M-2022-01")),
    "annual report": (
        lambda store, _case: make(store, "narrative", text=SAID),
        lambda store: printing.make_annual_report(store, "2021-22"),
    ),
    "annual report, public": (
        lambda store, _case: make(store, "narrative", text=SAID),
        lambda store: printing.make_annual_report(store, "2021-22", public=True),
    ),
    "title of a pack": (lambda store, case: _pack(store, case, title=SAID), _one_pack),
    "note of a pack": (lambda store, case: _pack(store, case, note=SAID), _one_pack),
    "second reader of a pack": (
        lambda store, case: _pack(store, case, recipients=f"P. Elm\nMrs {SURNAME}"),
        _one_pack,
    ),
    "attached file": (lambda store, case: _attached(store, case, "a.pdf", SAID), _one_pack),
    "name of an attached file": (
        lambda store, case: _attached(store, case, f"{SURNAME}.pdf", "A return."),
        _one_pack,
    ),
}
"""Where a name may stand, and a paper that shows it."""


@pytest.mark.parametrize("where", PLANTED)
def test_no_paper_leaves_with_a_name_but_with_a_reason_and_a_note(
    store: Store, case: int, out: Path, where: str
) -> None:
    plant, make_paper = PLANTED[where]
    plant(store, case)
    paper = make_paper(store)
    assert {SURNAME} & {one.words for one in check(store, paper).findings}
    endings = ("pdf", "docx", "txt") if paper.told is not None else ("pdf",)
    with pytest.raises(UserError, match="was not checked"):
        release(store.write, paper)
    for ending in endings:
        to = out / f"out.{ending}"
        with pytest.raises(UserError, match="by which a child may be known"):
            printing.give(store, as_named(paper, to), to)
        assert list(out.glob("*")) == []
        assert store.read(releases) == ()
    for ending in endings:
        to = out / f"out.{ending}"
        printing.give(store, as_named(paper, to), to, WHY)
    noted = store.read(releases)
    assert [(row.reason, bool(row.findings)) for row in noted] == [(WHY, True)] * len(endings)


def test_a_kept_paper_is_checked_again_for_who_is_known_by_then(
    store: Store, case: int, out: Path
) -> None:
    make(store, "recommendation", review=case, text="Ask Mrs Harrowgate sooner.")
    printing.give(store, _summary(store), out / "first.pdf")
    make(store, "child_identity", child=make(store, "child"), last_name="Harrowgate")
    again = checked(store, kept_again(store, 1))
    assert again.trace == store.read(releases)[0].trace
    with pytest.raises(UnexplainedError):
        release_to_file(store.write, again, out / "again.pdf")
    assert again.data == (out / "first.pdf").read_bytes()


def test_a_letter_that_is_copied_is_checked_and_noted(store: Store, case: int) -> None:
    words = checked(store, as_words("Letter of a delay", f"Dear all,\n{SAID}\n", case))
    assert f"“{SURNAME}” is the surname of" in words.found
    with pytest.raises(UnexplainedError):
        release(store.write, words)
    assert store.read(releases) == ()
    release(store.write, checked(store, as_words("Letter of a delay", "Dear all,", case)))
    assert [row.paper for row in store.read(releases)] == ["Letter of a delay"]


def test_no_sheet_goes_to_an_agency_with_a_name(store: Store, case: int, out: Path) -> None:
    police = make(store, "agency", name="Valley Police")
    make(store, "action", review=case, lead_agency=police, text=SAID, due_on=date(2022, 3, 1))
    with pytest.raises(UnexplainedError) as refused:
        make_sheets(store, out, (police,))
    assert SURNAME in refused.value.paper.found
    assert list(out.glob("*")) == []
    assert (store.read(records, "mailing"), store.read(releases)) == ((), ())
    make_sheets(store, out, (police,), reason=WHY)
    assert [(row.reason, row.about) for row in store.read(releases)] == [(WHY, "Valley Police")]


def test_no_request_goes_to_an_agency_with_a_name(store: Store, case: int, out: Path) -> None:
    police = make(store, "agency", name="Valley Police")
    wanted = AskAgencies(case, "summary", date(2022, 4, 8), SAID, ((police, None),))
    store.write(wanted)
    with pytest.raises(UnexplainedError):
        write_papers(store, wanted.made, out)
    assert list(out.glob("*")) == []
    write_papers(store, wanted.made, out, WHY)
    assert [row.reason for row in store.read(releases)] == [WHY]


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_what_a_logo_says_of_itself_stays_behind(
    store: Store, case: int, out: Path, form: str
) -> None:
    picture, told = BytesIO(), PngInfo()
    told.add_text("Title", SAID)
    exif = Image.Exif()
    exif[0x010E] = SAID
    Image.new("RGB", (300, 90), "navy").save(
        picture, form, pnginfo=told, exif=exif, comment=SAID.encode()
    )
    assert SURNAME.encode() in picture.getvalue()
    digest = keep_content(store, picture.getvalue())
    size = len(picture.getvalue())
    logo = make(store, "attachment", name=f"{SURNAME}.png", digest=digest, size=size)
    (row,) = store.read(records, "organisation")
    store.write(AmendRecord("organisation", row.id, row.version, {"logo": (logo,)}))
    paper = _summary(store)
    for ending in ("pdf", "docx", "txt"):
        made = as_named(paper, out / f"out.{ending}")
        assert check(store, made).findings == ()
        assert SURNAME.encode() not in made.data
