"""Spoilt files through the real doors: refused in a sentence, named by the check, or the same.

Whatever a spoilt database or backup opens as holds every row of the sound one, or its faults are
named; a spoilt workbook is refused or told, unless the words in its cells are others now.
"""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from oscb_desktop.database.engine import connect
from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import records
from oscb_desktop.services.attachments import content_of
from oscb_desktop.services.files import check_store, open_store
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.restore import key_of, look_inside, restore
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import import_workbook, read_source
from tests.conftest import NOW, PASSPHRASE, now
from tests.drills import mutations, stage
from tests.drills.operations import contents
from tests.exchange.workbooks import workbook
from tests.factories import keep_content, make

LONGEST = 5.0
"""Seconds of the processor that any spoilt file may take."""

OLDER = "page of the same file as it once was"
REFUSED, NAMED, SAME, DIFFERENT = "refused", "named", "the same", "another sound one"
READ = "told when it is read"


@dataclass(frozen=True, slots=True)
class Sound:
    """What the spoilt files are made of, and what a sound one holds."""

    folder: Path
    path: Path
    raw: bytes
    others: tuple[bytes, bytes]
    rows: dict[str, Any]
    book: bytes
    imported: Any
    key: FileKey


@dataclass(slots=True)
class Tally:
    """What became of the spoilt files."""

    verdicts: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def enter(self, what: str, how: str, ended: stage.Ended, allowed: tuple[str, ...]) -> None:
        """Enter one case; any verdict that is not allowed is a fault."""
        self.slowest = max(self.slowest, ended.seconds)
        trouble = ended.trouble()
        if trouble:
            self.faults.append(f"{what}, {how}: {trouble}")
            return
        verdict, told = ended.said
        what = OLDER if OLDER in how else what
        self.verdicts.setdefault(what, Counter())[verdict] += 1
        if verdict not in allowed:
            self.faults.append(f"{what}, {how}: {verdict} without a word: {told}")


def drill(times: int, seed: int, folder: Path) -> stage.Result:
    """Try so many spoilt files, almost half of them databases."""
    stage.derive_keys_once()
    sound = _sound(folder)
    stage.fork_well()
    tally = Tally()
    for number in range(times):
        chance = random.Random(f"{seed} {number}")
        door = _DOORS[number % len(_DOORS)]
        door(sound, chance, tally, f"seed {seed}, case {number}")
    return stage.Result("malformed", _words(times, tally), tuple(tally.faults))


def _words(times: int, tally: Tally) -> str:
    told = "; ".join(
        f"{what}: " + ", ".join(f"{verdict} {many}" for verdict, many in sorted(counted.items()))
        for what, counted in tally.verdicts.items()
    )
    return f"{times} spoilt files ({told}), no crash, the slowest {tally.slowest:.1f} s"


# Databases


def _database(sound: Sound, chance: random.Random, tally: Tally, case: str) -> None:
    how, raw = _spoilt_pages(sound, chance)
    path = sound.folder / "case" / "spoilt.oscb"
    path.parent.mkdir()
    path.write_bytes(raw)
    ended = stage.in_child(lambda: _opened(path, raw, sound), 12 * LONGEST, LONGEST)
    tally.enter("databases", f"{case}, {how}", ended, _allowed(sound, raw, how))
    shutil.rmtree(path.parent)


def _spoilt_pages(sound: Sound, chance: random.Random) -> tuple[str, bytes]:
    place = chance.randrange(len(mutations.PAGES) + len(sound.others))
    if place >= len(mutations.PAGES):
        other = place - len(mutations.PAGES)
        how = ("page of another file", OLDER)[other]
        return how, mutations.page_of(sound.others[other], sound.raw, chance)
    change = mutations.PAGES[place]
    return change.__name__, change(sound.raw, chance)


def _allowed(sound: Sound, raw: bytes, how: str) -> tuple[str, ...]:
    """Say what may become of it: only what lies behind the last page may pass as the same.

    A whole page as this very file once held it is sound in itself: a disk that loses a write is
    found out where the page hangs together with others, and not in the midst of a text.
    """
    if how == OLDER:
        return REFUSED, NAMED, READ, SAME, DIFFERENT
    same = raw[: len(sound.raw)] == sound.raw
    return (REFUSED, NAMED, SAME) if same else (REFUSED, NAMED)


def _opened(path: Path, raw: bytes, sound: Sound) -> tuple[str, str]:
    try:
        store = open_store(path, PASSPHRASE, path.parent / "backups", stage.BY, now)
    except UserError as refused:
        assert path.read_bytes() == raw, "it was refused and changed"
        assert [found.name for found in path.parent.iterdir()] == [path.name]
        return REFUSED, refused.sentence
    with stage.opened(store):
        faults = _told(lambda: check_store(store))
        read = _told(lambda: _read_all(store))
        if faults or read:
            return (NAMED, faults[0]) if faults else (READ, read[0])
        key = store.key
    return _compared(contents(path, key), sound.rows)


def _compared(found: dict[str, Any], wanted: dict[str, Any]) -> tuple[str, str]:
    different = [name for name in wanted if found.get(name) != wanted[name]]
    return (DIFFERENT, ", ".join(different)) if different else (SAME, "")


def _told(work: Callable[[], tuple[str, ...]]) -> tuple[str, ...]:
    try:
        return work()
    except UserError as refused:
        return (refused.sentence,)


def _read_all(store: Store) -> tuple[str, ...]:
    for kind in RECORD_KINDS:
        for row in (*store.read(records, kind), *store.read(records, kind, withdrawn=True)):
            for name in row.values:
                row.words(name)
    return ()


# Backups


def _backup(sound: Sound, chance: random.Random, tally: Tally, case: str) -> None:
    how, raw = _spoilt_pages(sound, chance)
    path = sound.folder / "case" / "spoilt 2022-03-25 1000.oscb"
    path.parent.mkdir()
    path.write_bytes(raw)
    ended = stage.in_child(lambda: _restored(path, sound), 12 * LONGEST, LONGEST)
    tally.enter("backups", f"{case}, {how}", ended, _allowed(sound, raw, how))
    shutil.rmtree(path.parent)


def _restored(path: Path, sound: Sound) -> tuple[str, str]:
    before, to = path.read_bytes(), path.with_name("restored.oscb")
    key, verdict = None, (REFUSED, "")
    try:
        key = key_of(path, PASSPHRASE)
        inside = look_inside(path, key, path.parent / "scratch", None, NOW)
        verdict = (NAMED, inside.faults[0]) if inside.faults else (SAME, "")
    except UserError as refused:
        verdict = REFUSED, refused.sentence
    assert path.read_bytes() == before, "looking into it has changed it"
    if key is None:
        return verdict
    try:
        restore(path, key, to)
    except UserError as refused:
        assert not to.exists(), "half of it was restored"
        return verdict if verdict[0] != SAME else (REFUSED, refused.sentence)
    compared = _compared(contents(to, key), sound.rows)
    return verdict if verdict[0] == NAMED else compared


# Workbooks


def _workbook(sound: Sound, chance: random.Random, tally: Tally, case: str) -> None:
    spoilt = mutations.spoil_workbook(sound.book, chance)
    path = sound.folder / "case" / "year.xlsx"
    path.parent.mkdir()
    path.write_bytes(spoilt.content)
    ended = stage.in_child(lambda: _imported(path, sound), 12 * LONGEST, LONGEST)
    allowed = (REFUSED, NAMED, SAME, *([DIFFERENT] if spoilt.may_differ else []))
    tally.enter("workbooks", f"{case}, {spoilt.how}", ended, allowed)
    shutil.rmtree(path.parent)


def _imported(path: Path, sound: Sound) -> tuple[str, str]:
    try:
        rows = _rows(path, sound)
    except UserError as refused:
        return REFUSED, refused.sentence
    if isinstance(rows, str):
        return NAMED, rows
    return (SAME, "") if rows == sound.imported else (DIFFERENT, "its rows are others")


def _rows(path: Path, sound: Sound) -> Any:
    """Return every cell that an import takes and all that it would do, or the first fault."""
    source = read_source(path)
    backups = path.parent / "backups"
    own = path.parent / "own.oscb"
    shutil.copy(sound.path, own)
    with stage.opened(open_store(own, PASSPHRASE, backups, stage.BY, now)) as store:
        outcome = import_workbook(store, path, rehearse=True, backups=backups)
    if outcome.faults:
        return outcome.faults[0].words()
    cells = {
        sheet.kind.name: {str(row.number): _cells(row.cells) for row in sheet.rows}
        for sheet in source.sheets
    }
    return [cells, sorted(added.title for added in outcome.added)]


def _cells(cells: Any) -> dict[str, str]:
    return {name: f"{cell.content!r} {cell.problem}" for name, cell in cells.items()}


# Files kept inside a file


def _attached(sound: Sound, chance: random.Random, tally: Tally, case: str) -> None:
    """Spoil what an attached file holds, as only somebody with the key could."""
    change = chance.choice(_SPOILT_CONTENT)
    spoilt = _CONTENT
    while spoilt == _CONTENT:
        spoilt = change(_CONTENT, chance)
    path = sound.folder / "case" / "spoilt.oscb"
    path.parent.mkdir()
    path.write_bytes(sound.raw)
    with closing(connect(path, sound.key)) as altered:
        altered.execute("UPDATE attachment_content SET content = ?", (spoilt,))
    ended = stage.in_child(lambda: _given_out(path), 12 * LONGEST, LONGEST)
    tally.enter("attached files", f"{case}, {change.__name__}", ended, (NAMED,))
    shutil.rmtree(path.parent)


def _given_out(path: Path) -> tuple[str, str]:
    """Say whether what was spoilt is given out, and whether the check names it."""
    with stage.opened(open_store(path, PASSPHRASE, path.parent, stage.BY, now)) as store:
        (file,) = store.read(records, "attachment")
        try:
            content_of(store, file.id)
        except UserError:
            faults = check_store(store)
            named = len(faults) == 1 and file.title in faults[0]
            return (NAMED, faults[0]) if named else (DIFFERENT, " ".join(faults))
        return DIFFERENT, "it was given out"


_CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 300
_SPOILT_CONTENT = (
    mutations.flip,
    mutations.flips,
    mutations.zeroes,
    mutations.noise,
    mutations.cut,
    mutations.longer,
    mutations.header,
)
_DOORS = (_database, _workbook, _database, _backup, _attached, _workbook, _database)


# What they are made of


def _sound(folder: Path) -> Sound:
    path = folder / "sound.oscb"
    store = create_sample_store(path, PASSPHRASE, stage.BY, now)
    store.close()
    before = path.read_bytes()
    with stage.opened(open_store(path, PASSPHRASE, folder, stage.BY, now)) as store:
        stage.fill(store)
        attached = make(
            store, "attachment", name="Policy.pdf", digest=keep_content(store, _CONTENT)
        )
        make(store, "evidence", attachments=(attached,))
        for kind, name in (("action", "outcome"), ("review", "good_practice")):
            for row in store.read(records, kind)[:20]:
                store.write(AmendRecord(kind, row.id, row.version, {name: "Put otherwise."}))
        key = store.key
    other = folder / "other.oscb"
    create_sample_store(other, PASSPHRASE, stage.BY, now).close()
    book = workbook(folder / "year.xlsx", _SHEETS)
    raw = path.read_bytes()
    rows = contents(path, key)
    sound = Sound(
        folder, path, raw, (other.read_bytes(), before), rows, book.read_bytes(), None, key
    )
    (folder / "once").mkdir()
    imported = _rows(Path(shutil.copy(book, folder / "once" / "year.xlsx")), sound)
    assert not isinstance(imported, str), imported
    return Sound(folder, path, raw, sound.others, rows, sound.book, imported, key)


_SHEETS = {
    "Agencies": [["Name", "Kind"], *([f"Agency of {n}", "Police"] for n in ("East", "West"))],
    "Themes": [
        ["Name", "What belongs to it"],
        *([f"Theme number {n}", "Seen late; written “so” & <so>."] for n in range(8)),
    ],
    "Reviews": [
        ["Reference", "Kind of review", "Known as", "Started on", "Themes"],
        *(
            [f"RR-2020-0{n}", "Rapid review", "Child F", "10/5/20", f"Theme number {n}"]
            for n in range(1, 5)
        ),
    ],
    "Actions": [
        ["Reference", "Review", "Action", "Originally due", "Due"],
        *([f"A-2020-0{n}", f"RR-2020-0{n}", "Write it down.", "", "3/6/22"] for n in range(1, 5)),
    ],
}
