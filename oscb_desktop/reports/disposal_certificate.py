"""The disposal certificate: what was destroyed, by whose authority, and what still holds it."""

from __future__ import annotations

from collections.abc import Sequence

from oscb_desktop.domain.documents import DisposalCertificate
from oscb_desktop.reports import styles, tagging, text
from oscb_desktop.reports.blocks import Story, cell
from oscb_desktop.reports.grid import Column, Grid, Look, Row
from oscb_desktop.reports.tagging import Tag
from oscb_desktop.reports.telling import NOTHING

_PADDING = (4.0, 9.0)
"""Room for a hand between the lines."""

_HEADINGS = ("", "Name", "Signature", "Date")
_COLUMNS = (Column(96), Column(0, 0.36), Column(0, 0.44), Column(70))


def tell(story: Story, document: DisposalCertificate) -> None:
    """Tell the facts, what was removed, the chain, the copies, and the signatures."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.paragraphs((document.statement,), "lead")
    story.facts(document.facts)
    story.heading("What was removed")
    story.bullets(document.removed)
    if not any(map(text.words, document.removed)):
        story.paragraphs((NOTHING,), "quiet")
    if document.chain:
        story.heading("The change log before and after")
        story.paragraphs((document.about_chain,))
        story.facts(document.chain)
    story.heading("Copies that still hold it")
    story.paragraphs((document.about_copies,))
    for table in document.copies:
        story.table(table)
    _tell_signatures(story, document.signatures)


def _tell_signatures(story: Story, signatures: Sequence[str]) -> None:
    signers = [signer for signer in signatures if text.words(signer)]
    if not signers:
        return
    story.heading("Signed")
    table = Tag("Table", story.root)
    top = Tag("TR", table)
    head = Row(
        [[text.block(said, story.styles.head, tagging.column_header(top))] for said in _HEADINGS],
        fill=story.styles.tint,
    )
    rows = [_to_sign(story, Tag("TR", table), signer) for signer in signers]
    look = Look(_PADDING, rule=styles.RULE, head_rule=story.styles.accent)
    story.add(Grid(rows, _COLUMNS, look, head=head))


def _to_sign(story: Story, row: Tag, signer: str) -> Row:
    first = cell(signer, story.styles.cell, tagging.row_header(row))
    empty = (cell("", story.styles.cell, Tag("TD", row)) for _ in _HEADINGS[1:])
    return Row([first, *empty])
