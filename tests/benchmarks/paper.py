"""Paper: the learning summary of the sample year against the same words set by ReportLab alone."""

from __future__ import annotations

from contextlib import closing
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from pypdf import PdfReader
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate

from oscb_desktop.services.printing import make_learning_summary
from oscb_desktop.services.sample import create_sample_store
from tests.benchmarks.files import PASSPHRASE, now
from tests.benchmarks.timing import Measured, median


def measure(folder: Path) -> list[Measured]:
    """Return the line about the learning summary."""
    path = folder / "sample.oscb"
    with closing(create_sample_store(path, PASSPHRASE, "A. Secretary", now)) as store:
        data = make_learning_summary(store, "SCR-2019-01").data
        ours = median(lambda: make_learning_summary(store, "SCR-2019-01").data)
    words = "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    return [Measured("learning summary", ours, median(lambda: _bare(words)), "its words, untagged")]


def _bare(words: str) -> None:
    style = getSampleStyleSheet()["BodyText"]
    story = [Paragraph(escape(line), style) for line in words.splitlines()]
    SimpleDocTemplate(BytesIO()).build(story)
