"""Reading a PDF back: what a validator says of it, and what words it holds."""

from __future__ import annotations

from io import BytesIO

from page import SafetyLimits, validate_pdf_bytes
from pypdf import PdfReader


def faults(data: bytes) -> list[str]:
    """Return the PDF/UA-1 rules that a file breaks."""
    report = validate_pdf_bytes(data, profile="ua1", limits=SafetyLimits.unlimited())
    return sorted({failure.rule_id for failure in report.failures})


def reader(data: bytes) -> PdfReader:
    return PdfReader(BytesIO(data))


def pages(data: bytes) -> list[str]:
    """Return the words of each page, one space between them."""
    return [" ".join(page.extract_text().split()) for page in reader(data).pages]


def words(data: bytes) -> str:
    return " ".join(pages(data))
