"""The check that no child can be recognised, run on a finished paper before it leaves."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from oscb_desktop.domain.date_words import counted, listed
from oscb_desktop.domain.disclosure.findings import (
    Finding,
    Line,
    Place,
    Printed,
    PrintedTable,
    whose_words,
)
from oscb_desktop.domain.disclosure.search import search, summary
from oscb_desktop.domain.disclosure.told_tables import told_tables
from oscb_desktop.queries.identities import Identities, identities
from oscb_desktop.queries.large_reads import uncollected
from oscb_desktop.services.store import Store

NOBODY = "This file holds no identity of a child, so there was no name to look for."

_BESIDE = "What goes with it"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, in page order, and what it looked for.

    ``searched`` says in a sentence how much was looked for and through; ``unread`` holds a sentence
    for everything that no machine could read, ``pictures`` are the pages that are only a picture,
    and ``unsought`` says which children were not looked for, and which pages not through.
    """

    findings: tuple[Finding, ...]
    summary: str
    searched: str
    unread: tuple[str, ...]
    pages: int
    children: int
    names: int
    pictures: tuple[int, ...] = ()
    unsought: str = ""

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
    return check_with(store.read(identities), pdf, for_publication=for_publication)


def check_with(
    held: Identities,
    data: bytes,
    *,
    for_publication: bool,
    form: str = "pdf",
    beside: Sequence[str] = (),
    reviews: Collection[int] = (),
) -> Checked:
    """Search a finished file for identities that were read before; otherwise as ``check_paper``.

    ``form`` is what it is: pdf, txt, docx or xlsx; ``beside`` are words that leave with it, such as
    its name or the e-mail that it goes with; ``reviews`` are those that it is about, if it is.
    """
    with uncollected():
        printed = _printed(data, form)
        if any(beside):
            with_it = Place(_BESIDE, None, tuple(Line(words) for words in beside if words))
            printed = replace(printed, hidden=(*printed.hidden, with_it))
        findings = search(
            printed,
            held.sought,
            for_publication=for_publication,
            small_number=held.small_number,
        )
    unsought = " ".join(filter(None, (_unknown(held, reviews), _unseen(printed.pictures))))
    told = summary(findings, _whom(held)) if held.children or findings else NOBODY
    return Checked(
        findings,
        " ".join(filter(None, (unsought, told))),
        _searched(len(printed.pages), held.children, held.names),
        printed.unread,
        len(printed.pages),
        held.children,
        held.names,
        printed.pictures,
        unsought,
    )


def _whom(held: Identities) -> str:
    """Return for which children was looked, where that is not all of the file."""
    if not held.nameless:
        return "a child in this file"
    if held.children == 1:
        return "the one child whose identity is recorded"
    return f"the {held.children} children whose identity is recorded"


def _unknown(held: Identities, reviews: Collection[int]) -> str:
    """Say of which children no name was looked for, for none is recorded.

    Of a paper about reviews these are their children; of any other it is the file's, counted.
    """
    if reviews:
        whose = tuple(dict.fromkeys(one for of in reviews for one in held.of_reviews.get(of, ())))
    else:
        whose = held.nameless if held.children else ()
    count = len(whose)
    named = whose_words(whose) if reviews else "1 child" if count == 1 else f"{count} children"
    if not count:
        return ""
    name = "its name was" if count == 1 else "their names were"
    return f"No identity is recorded of {named}, so {name} not looked for."


def _unseen(pages: Sequence[int]) -> str:
    """Say which pages are only pictures, so that nobody takes them for searched."""
    if not pages:
        return ""
    if len(pages) == 1:
        return f"Page {pages[0]} is only a picture and was not searched. Look at it."
    which = f"{_spans(pages)}. Look at them."
    return f"{len(pages)} pages are only pictures and were not searched: {which}"


def _spans(pages: Sequence[int]) -> str:
    """Return numbers as people say them: 3 to 7, 9 and 12."""
    spans: list[list[int]] = []
    for page in pages:
        if spans and spans[-1][-1] == page - 1:
            spans[-1].append(page)
        else:
            spans.append([page])
    return listed(f"{one[0]} to {one[-1]}" if len(one) > 1 else str(one[0]) for one in spans)


def _printed(data: bytes, form: str) -> Printed:
    """Return the text of a file in the form in which it leaves."""
    if form == "pdf":
        from oscb_desktop.reports import pdf_text  # two libraries that nothing needs at the start

        return pdf_text.read(data)
    if form == "txt":
        lines = data.decode("utf-8", "replace").splitlines()
        place = Place("The text", 1, tuple(map(Line, lines)))
        return Printed((place,), tables=tuple(told_tables(lines, page=1)))
    from oscb_desktop.exchange import office_text

    parts = tuple(enumerate(office_text.parts(data), 1))
    return Printed(
        tuple(
            Place(part.name, at, tuple(Line(line, furniture=part.around) for line in part.lines))
            for at, part in parts
        ),
        tables=tuple(PrintedTable(at, rows) for at, part in parts for rows in part.tables if rows),
    )


def _searched(pages: int, children: int, names: int) -> str:
    through = counted(pages, "page")
    of = "1 child" if children == 1 else f"{children} children"
    sought = f"{counted(names, 'name')} of {of}"
    return f"Searched {through}, and whatever hides in the file, for {sought}."
