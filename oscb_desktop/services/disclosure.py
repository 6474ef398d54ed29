"""The check that no child can be recognised, run on a finished paper before it leaves."""

from __future__ import annotations

from dataclasses import dataclass

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.disclosure import Finding
from oscb_desktop.domain.disclosure_search import search, summary
from oscb_desktop.queries.identities import identities
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.services.store import Store

NOBODY = "This file holds no identity of a child, so there was no name to look for."


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in page order, and what it looked for.

    ``searched`` says in a sentence how much was looked for and through; ``unread`` holds a sentence
    for everything that no machine could read, such as a page that is only a picture.
    """

    findings: tuple[Finding, ...]
    summary: str
    searched: str
    unread: tuple[str, ...]
    pages: int
    children: int
    names: int

    @property
    def main(self) -> int:
        """Return how many findings point to one child by themselves."""
        return sum(not finding.kind.lesser for finding in self.findings)

    @property
    def lesser(self) -> int:
        """Return how many identify only together with others: exact dates, small numbers."""
        return len(self.findings) - self.main


def check_paper(store: Store, pdf: bytes, *, for_publication: bool) -> Checked:
    """Search the text of a finished PDF for every child whose identity the file holds.

    Raises ``UserError`` for a PDF that cannot be read. Nothing is logged: the check shows nobody
    an identity, only words that stand on the paper.
    """
    from oscb_desktop.reports import pdf_text  # two libraries that nothing needs at the start

    held = store.read(identities)
    with uncollected():
        printed = pdf_text.read(pdf)
        findings = search(
            printed,
            held.sought,
            for_publication=for_publication,
            small_number=held.small_number,
        )
    return Checked(
        findings,
        summary(findings) if held.children or findings else NOBODY,
        _searched(len(printed.pages), held.children, held.names),
        printed.unread,
        len(printed.pages),
        held.children,
        held.names,
    )


def _searched(pages: int, children: int, names: int) -> str:
    through = counted(pages, "page")
    of = "1 child" if children == 1 else f"{children} children"
    sought = f"{counted(names, 'name')} of {of}"
    return f"Searched {through}, and whatever hides in the file, for {sought}."
