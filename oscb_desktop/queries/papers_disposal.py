"""The disposal certificate in words: references and counts, never a name."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import DisposalCertificate, Fact, Table
from oscb_desktop.queries.disposals import DisposalRow, disposal
from oscb_desktop.queries.papers import Made, lines, paper

_STATEMENT = (
    "The records below were removed for good from the file named here, on the approval and the "
    "authority stated. None of them was under a legal hold. Nothing was removed by itself. The "
    "copies that the file kept of printed papers about them, and about several cases at once, such "
    "as action logs, are among what was removed."
)
_ABOUT_CHAIN = (
    "Each step of work in the file is chained to the one before by these marks. With them it can "
    "be shown that the step of this disposal is the one that stands in the log. The log keeps "
    "that the records were there, who worked on them and when, and none of their words."
)
_NO_COPIES = (
    "No copy that this laptop knows of holds them any more. Papers that were printed, files that "
    "were exported and copies kept elsewhere are not known to it."
)
_COPIES = (
    "Backups made before still hold what was removed until they are deleted. Papers that were "
    "printed, files that were exported and copies kept elsewhere are not known to this laptop."
)
_SIGNERS = ("Removed by", "Approved by", "Information governance")


def disposal_certificate(
    session: Session,
    disposal_id: int,
    file_name: str,
    copies: Sequence[tuple[str, str]],
    made: Made,
) -> DisposalCertificate:
    """Return the certificate of a disposal; ``copies`` are the files that still hold what went.

    Each copy is its name and until when it is kept.
    """
    row = disposal(session, disposal_id)
    removed = f"{row.records:,} {'record' if row.records == 1 else 'records'}"
    around = paper(session, made, f"Disposal certificate {row.reference}", removed + " removed")
    table = Table("Copies that still hold it", ("Copy", "Until"), tuple(copies), (2.0, 3.0))
    return DisposalCertificate(
        around,
        _STATEMENT,
        _facts(row, file_name),
        lines(row.removed),
        (
            Fact("Step of the log", f"{row.step:,}"),
            Fact("Mark before", _grouped(row.hash_before)),
            Fact("Mark after", _grouped(row.hash_after)),
        ),
        _ABOUT_CHAIN,
        _COPIES if copies else _NO_COPIES,
        (table,) if copies else (),
        _SIGNERS,
    )


def _facts(row: DisposalRow, file_name: str) -> tuple[Fact, ...]:
    moment = f"{format_date(row.at.date())} {row.at:%H:%M}"
    return (
        Fact("Reference", row.reference),
        Fact("Removed", f"{moment} by {row.by}"),
        Fact("Approved", f"{format_date(row.approved_on)} by {row.approved_by}"),
        Fact("Authority", row.authority),
        Fact("File", file_name),
    )


def _grouped(mark: str) -> str:
    """Return a mark in groups of eight, as an eye compares it."""
    return " ".join(mark[start : start + 8] for start in range(0, len(mark), 8))
