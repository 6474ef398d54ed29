"""What stands around every document, and how its file reaches the disk."""

from __future__ import annotations

import dataclasses
import errno
import shutil
import subprocess
import textwrap
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from oscb_desktop.database.disk import unwritten
from oscb_desktop.domain.documents import Document, Point
from oscb_desktop.errors import UserError
from oscb_desktop.reports.document import _built, render, set_out, write, write_pdf
from tests.reports import samples
from tests.reports.reading import pages, reader, words

EXPECTED = Path(__file__).parent / "expected"


def outline(entries: list[Any]) -> list[Any]:
    return [outline(e) if isinstance(e, list) else e.title for e in entries]


@pytest.mark.parametrize("name", samples.RICH)
def test_text_is_as_expected(name: str) -> None:
    told = [
        textwrap.fill(page, 96, break_on_hyphens=False)
        for page in pages(render(samples.RICH[name]))
    ]
    expected = (EXPECTED / f"{name}.txt").read_text(encoding="utf-8")
    assert "\n\n".join(told) + "\n" == expected


@pytest.mark.parametrize("name", samples.RICH)
def test_same_data_gives_the_same_bytes(name: str) -> None:
    document = samples.RICH[name]
    assert render(document, invariant=True) == render(document, invariant=True)


def test_every_page_of_an_internal_document_is_marked_top_and_bottom() -> None:
    for document in (samples.REVIEW_RECORD, samples.ACTION_LOG):
        printed = pages(render(document))
        for number, page in enumerate(printed, start=1):
            assert page.count("OFFICIAL-SENSITIVE") == 2
            assert f"Page {number} of {len(printed)}" in page
            assert "Draft 3, copy 2 of 9 · Printed by P. Harlow · 03 June 2022 at 14:05" in page
            assert document.paper.title in page
            assert samples.ORGANISATION in page


def test_a_published_document_has_no_marking_and_names_no_member_of_staff() -> None:
    data = render(samples.LEARNING_SUMMARY)
    assert b"OFFICIAL" not in data
    assert "OFFICIAL" not in words(data)
    assert "Harlow" not in words(data)
    assert all("Version 1.0 · 03 June 2022" in page for page in pages(data))


def test_metadata_names_the_document() -> None:
    file = reader(render(samples.REVIEW_RECORD))
    catalog = file.trailer["/Root"]
    assert file.metadata is not None
    assert file.metadata.title == "Review record LR-2022-03"
    assert file.metadata.author == samples.ORGANISATION
    assert file.metadata.creator == "OSCB Desktop"
    assert catalog["/Lang"] == "en-GB"  # type: ignore[index]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]


def test_bookmarks_follow_the_headings() -> None:
    assert outline(reader(render(samples.REVIEW_RECORD)).outline) == [
        "Review record LR-2022-03",
        [
            "The incident",
            "Children",
            "The work",
            ["Meetings", ["29 March 2022: rapid review meeting"], "Parallel processes", "Costs"],
        ],
    ]


def test_a_bookmark_leads_to_its_page() -> None:
    file = reader(render(samples.ACTION_LOG))
    entries: Any = file.outline
    title, below = entries
    assert file.get_destination_page_number(title) == 0
    last = file.get_destination_page_number(below[-1])
    assert last is not None
    assert "LR-2021-01 · Child F" in file.pages[last].extract_text()


def test_a_long_title_is_cut_to_one_line() -> None:
    paper = dataclasses.replace(samples.INTERNAL, title="Long title " * 40)
    data = render(dataclasses.replace(samples.REVIEW_RECORD, paper=paper))
    assert "…" in pages(data)[-1]


def test_every_letter_comes_from_an_embedded_face() -> None:
    for document in samples.RICH.values():
        for page in reader(render(document)).pages:
            for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
                assert "/FontFile2" in font.get_object()["/FontDescriptor"]


def test_writing_replaces_the_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    path.write_bytes(b"the copy of last month")
    write(samples.LEARNING_SUMMARY, path, invariant=True)
    assert path.read_bytes() == render(samples.LEARNING_SUMMARY, invariant=True)
    assert list(tmp_path.iterdir()) == [path]


def test_a_write_that_fails_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "summary.pdf"
    path.write_bytes(b"the copy of last month")
    resource: Any = pytest.importorskip("resource", reason="this system cannot limit file sizes")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        with pytest.raises(UserError, match=r"summary\.pdf"):
            write_pdf(b"x" * 5000, path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert path.read_bytes() == b"the copy of last month"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        write_pdf(b"x", tmp_path / "gone" / "log.pdf")


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "log.pdf").mkdir()
    with pytest.raises(UserError, match="cannot be written"):
        write_pdf(b"x", tmp_path / "log.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["log.pdf"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EDQUOT, "disk is full"),
        (errno.EACCES, "read-only"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "could not be saved"),
    ],
)
def test_each_failure_has_itsunwritten(number: int, said: str) -> None:
    sentence = unwritten(OSError(number, "told by the system"), Path("papers") / "log.pdf")
    assert said in sentence
    assert "log.pdf" in sentence
    assert "told by the system" not in sentence


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo (poppler) is not installed")
def test_reading_order_is_the_order_of_the_briefing(tmp_path: Path) -> None:
    told = _structure(samples.LEARNING_SUMMARY, tmp_path)
    steps = [
        "Learning from Rowan",
        "What happened",
        "What we learned",
        "What was good",
        "What will change",
        "What you can do",
        "Three questions for your team",
        "Where to read more",
    ]
    places = [told.index(step) for step in steps]
    assert places == sorted(places)
    assert "Page 1 of" not in told, "what stands on every page is no content"


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo (poppler) is not installed")
def test_words_do_not_run_together_over_lines(tmp_path: Path) -> None:
    told = " ".join(_structure(samples.REVIEW_RECORD, tmp_path).split())
    assert samples.NARRATIVE in told


def _structure(document: Document, folder: Path) -> str:
    path = folder / "document.pdf"
    write(document, path)
    run = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True, text=True
    )
    return run.stdout


def test_a_summary_a_little_too_long_is_set_tighter_and_not_spilled() -> None:
    point = Point("Ask who else cares for the child", "Every adult in the home, also the newest.")
    count = 10
    while True:  # the longest summary that still fits two pages when set tightly
        longer = dataclasses.replace(
            samples.LEARNING_SUMMARY, what_will_change=(point,) * (count + 1)
        )
        if set_out(longer).pages > 2:
            break
        count += 1
    fitted = dataclasses.replace(samples.LEARNING_SUMMARY, what_will_change=(point,) * count)
    loose = _built(fitted, 1.2, invariant=True)
    assert (loose.pages, set_out(fitted).pages, set_out(fitted).lines_over) == (3, 2, 0)
    assert 0 < set_out(longer).lines_over < 12


def test_no_text_of_a_summary_is_smaller_than_ten_points() -> None:
    point = Point("Ask who else cares for the child", "Every adult in the home, also the newest.")
    crowded = dataclasses.replace(samples.LEARNING_SUMMARY, what_will_change=(point,) * 60)
    for document in (samples.LEARNING_SUMMARY, crowded):
        sizes: Counter[float] = Counter()

        def measure(words: str, _cm: Any, _tm: Any, _font: Any, size: float) -> None:
            sizes[size] += len(words.strip())  # noqa: B023  it is called at once

        reader(set_out(document).data).pages[0].extract_text(visitor_text=measure)
        assert sizes.most_common(1)[0][0] >= 10
