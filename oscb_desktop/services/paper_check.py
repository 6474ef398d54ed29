"""A made paper, looked through for children who can be recognised before it leaves."""

from __future__ import annotations

from dataclasses import replace

from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.services.disclosure import Checked, check_paper
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.services.store import Store


def check(store: Store, paper: MadePaper) -> Checked:
    """Return what the check of a PDF finds: for publication more than in a paper among us."""
    return check_paper(store, paper.data, for_publication=paper.face == PUBLIC)


def checked(store: Store, paper: MadePaper, reason: str = "") -> MadePaper:
    """Return a paper with what its check found, and why it leaves in spite of that.

    One that was checked is not checked again; one that holds identities on purpose is not at all.
    """
    if paper.findings is None and paper.form == "pdf" and not paper.holds_identities:
        paper = replace(paper, findings=len(check(store, paper).findings))
    return replace(paper, reason=reason)
