"""A made paper, looked through for children who can be recognised before it leaves."""

from __future__ import annotations

from dataclasses import replace

from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.queries.identities import Identities, identities
from oscb_desktop.services.disclosure import Checked, check_with
from oscb_desktop.services.releases import MadePaper
from oscb_desktop.services.store import Store

_MOST = 5
"""So many findings are told of a paper that is not on screen."""


def check(store: Store, paper: MadePaper) -> Checked:
    """Return what the check of a paper finds: for publication more than in a paper among us."""
    return _check(store.read(identities), paper)


def checked(store: Store, paper: MadePaper, reason: str = "") -> MadePaper:
    """Return a paper with what its check found, and why it leaves in spite of that.

    One that was checked is not checked again; one that holds identities on purpose is not at all.
    """
    if paper.findings is not None or paper.holds_identities:
        return replace(paper, reason=reason)
    return checked_with(store.read(identities), paper, reason)


def checked_with(held: Identities, paper: MadePaper, reason: str = "") -> MadePaper:
    """Check a paper for identities that were read before; otherwise as ``checked``."""
    return with_found(paper, _check(held, paper), reason)


def with_found(paper: MadePaper, found: Checked, reason: str = "") -> MadePaper:
    """Return a paper with what its check found, as it is noted when it leaves."""
    told = [found.summary, *dict.fromkeys(one.sentence for one in found.findings)]
    more = [f"And {len(told) - _MOST - 1} more."] if len(told) > _MOST + 1 else []
    words = "\n".join((*told[: _MOST + 1], *more, *found.unread))
    return replace(
        paper,
        findings=len(found.findings),
        found=words,
        unsought=found.unsought,
        unread=len(found.unread) + len(found.pictures),
        reason=reason,
    )


def _check(held: Identities, paper: MadePaper) -> Checked:
    return check_with(
        held,
        paper.data,
        for_publication=paper.face == PUBLIC,
        form=paper.form,
        beside=(paper.name, *paper.beside),
        reviews=paper.reviews or ((paper.review,) if paper.review else ()),
    )
