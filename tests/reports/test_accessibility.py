"""What a validator cannot see: whether a document makes sense to somebody who hears it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from outloud import check  # type: ignore[import-untyped]

from oscb_desktop.domain.documents import Document
from oscb_desktop.reports.document import as_text, render
from tests.reports import samples

TOLERATED = {
    ("chair_sheet", "TBL-014"): "the drawing is a figure; its words and a table tell the same",
    ("composite_plan", "HDG-010"): "a lesson is called by the references that teach it",
    ("disposal_certificate", "TBL-012"): "the empty cells are where people sign",
}
"""Findings that are no fault, each with the reason."""

TOLERATED_ANYWHERE = {"TBL-010": "a table with a column or a row or two has more heads than cells"}

FOOT = re.compile("Printed by P. Harlow")
"""Of the line at the foot of each page, which is no content though it reads like prose."""

TOLD = ("learning_summary", "press_statement", "family_letter")


def findings(data: bytes, folder: Path) -> list[tuple[str, str]]:
    """Return the rule and the evidence of each error and warning."""
    path = folder / "document.pdf"
    path.write_bytes(data)
    result = check(str(path))
    assert result.error is None
    return [
        (found.rule, f"{found.message}: {found.evidence}")
        for found in result.findings
        if found.severity in ("error", "warning")
    ]


@pytest.mark.parametrize("name", samples.RICH)
def test_a_document_makes_sense_when_it_is_heard(name: str, tmp_path: Path) -> None:
    said = findings(render(samples.RICH[name]), tmp_path)
    foot = [found for found in said if found[0] == "TAG-002" and FOOT.search(found[1])]
    rest = [found for found in said if found not in foot]
    rest = [found for found in rest if found[0] not in TOLERATED_ANYWHERE]
    assert [found for found in rest if (name, found[0]) not in TOLERATED] == []


def test_a_record_of_120_pages_makes_sense_when_it_is_heard(tmp_path: Path) -> None:
    said = findings(render(samples.long_record()), tmp_path)
    assert {rule for rule, _evidence in said} <= {"PAG-001"}, "invented words that come again"


@pytest.mark.parametrize(
    ("there", "spoiled"),
    [
        (b"/Alt <", b"/Alx <"),
        (b"/Scope /", b"/Scopx /"),
        (b"/Lang (", b"/Lanx ("),
        (b"/S /H2", b"/S /H4"),
    ],
)
def test_what_is_spoiled_is_heard(there: bytes, spoiled: bytes, tmp_path: Path) -> None:
    data = render(samples.ACTION_LOG)
    sound = findings(data, tmp_path)
    assert there in data
    assert len(findings(data.replace(there, spoiled), tmp_path)) > len(sound)


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="pdfinfo (poppler) is not installed")
@pytest.mark.parametrize("name", TOLD)
def test_the_reading_order_is_that_of_the_telling(name: str, tmp_path: Path) -> None:
    document = samples.RICH[name]
    assert _heard(document, tmp_path) == _words(as_text(document))


def _heard(document: Document, folder: Path) -> list[str]:
    path = folder / "document.pdf"
    path.write_bytes(render(document))
    run = subprocess.run(
        ["pdfinfo", "-struct-text", str(path)], capture_output=True, check=True, text=True
    )
    return _words(" ".join(re.findall(r'"(.*)"', run.stdout)))


def _words(told: str) -> list[str]:
    """Return the words alone: no bullets, numbers of points, underlines and places to write in."""
    return re.findall(r"[^\W\d_]+", told.casefold())
