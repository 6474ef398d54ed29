"""A logo is a picture of a bounded size; what is none is refused in a sentence, never printed."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from oscb_desktop.errors import UserError
from oscb_desktop.queries.papers import logo
from oscb_desktop.queries.records import record, singleton
from oscb_desktop.services.attachments import AttachFiles, take_in
from oscb_desktop.services.logo import ChooseLogo, RemoveLogo, take_logo
from oscb_desktop.services.printing import make_family_letter, make_learning_summary
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from tests.factories import make
from tests.reports.reading import faults, reader


def picture(size: tuple[int, int] = (300, 100), form: str = "PNG") -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, "navy").save(buffer, form)
    return buffer.getvalue()


def huge() -> bytes:
    """Return the head of a picture of 20,000 by 20,000 pixels, which takes no room to write."""

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    head = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(bytes(1000))
    chunks = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def choose(store: Store, path: Path, content: bytes) -> None:
    path.write_bytes(content)
    store.write(ChooseLogo(take_logo(store, path)))


def pictures(data: bytes) -> int:
    return sum(len(page.images) for page in reader(data).pages)


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_logo_is_printed_with_words_for_it(store: Store, tmp_path: Path, form: str) -> None:
    make(store, "review", reference="LR-2021-01", what_happened="Nobody had asked.")
    choose(store, tmp_path / f"ours.{form.lower()}", picture(form=form))
    for paper in (
        make_learning_summary(store, "LR-2021-01"),
        make_family_letter(store, "LR-2021-01"),
    ):
        assert pictures(paper.data) == 1
        assert faults(paper.data) == []
        assert "Logo of ".encode("utf-16-be").hex().upper().encode() in paper.data


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("big.png", huge(), r"far more pixels than a logo needs. Choose .* at most 6,000"),
        ("square.png", picture((6001, 2)), r"6,001 by 2 pixels"),
        ("wide.png", picture((20_000, 2)), r"20,000 by 2 pixels"),
        ("cut.png", picture()[:60], r"damaged or cut short|cannot be read"),
        ("cut.jpg", picture((900, 900), "JPEG")[:400], r"damaged or cut short|cannot be read"),
        ("ours.svg", b"<svg/>", r"of a kind that is not attached"),
        ("ours.gif", picture(form="GIF"), r"no picture in PNG or JPEG"),
        ("ours.pdf", b"%PDF-1.7 nothing", r"no picture in PNG or JPEG"),
        ("renamed.png", b"<svg/>", r"does not hold what its name says"),
    ],
)
def test_what_is_no_logo_is_refused(
    store: Store, tmp_path: Path, name: str, content: bytes, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        choose(store, tmp_path / name, content)
    assert store.read(logo) == b""


@pytest.mark.parametrize("content", [huge(), picture()[:60], b"\x89PNG nothing"])
def test_a_logo_that_cannot_be_read_is_left_out_of_the_paper(
    store: Store, tmp_path: Path, content: bytes
) -> None:
    make(store, "review", reference="LR-2021-01", what_happened="Nobody had asked.")
    row = store.read(singleton, "organisation")
    assert row is not None
    path = tmp_path / "ours.png"
    path.write_bytes(content)
    store.write(AttachFiles("organisation", row.id, row.version, take_in(store, (path,)).files))
    paper = make_learning_summary(store, "LR-2021-01")
    assert pictures(paper.data) == 0
    assert faults(paper.data) == []


def test_another_logo_takes_the_place_of_the_first(store: Store, tmp_path: Path) -> None:
    choose(store, tmp_path / "first.png", picture())
    first = held(store)
    second = picture((200, 200))
    choose(store, tmp_path / "second.png", second)
    assert store.read(logo) == second
    gone = store.read(record, "attachment", first[0])
    assert gone is not None
    assert gone.withdrawn_at is not None
    store.write(Undo())
    assert store.read(logo) == picture()


def test_the_same_logo_is_not_chosen_twice(store: Store, tmp_path: Path) -> None:
    choose(store, tmp_path / "ours.png", picture())
    with pytest.raises(UserError, match="is the logo already"):
        choose(store, tmp_path / "ours.png", picture())


def test_a_logo_is_removed_once(store: Store, tmp_path: Path) -> None:
    choose(store, tmp_path / "ours.png", picture())
    store.write(RemoveLogo())
    assert store.read(logo) == b""
    with pytest.raises(UserError, match="no logo to remove"):
        store.write(RemoveLogo())


def held(store: Store) -> tuple[int, ...]:
    row = store.read(singleton, "organisation")
    assert row is not None
    ids = row.values["logo"]
    assert isinstance(ids, tuple)
    return tuple(int(one) for one in ids)
