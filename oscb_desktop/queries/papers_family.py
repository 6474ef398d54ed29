"""The letter to a family about a review of what happened to them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import FamilyLetter
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.domain.publicity import Standing
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, live_review, paper
from oscb_desktop.queries.publicity import publicity
from oscb_desktop.queries.wordings import contact_words, wordings

_NO_CONTACT = (
    "The letter does not say how the family can reach us: fill in “Address and contact” in "
    "Settings, under Our organisation."
)


def family_letter(session: Session, review_id: int, made: Made) -> FamilyLetter:
    """Return the letter in our wording, by where the review stands; names are written in by hand.

    It says nothing that the public may not read, for it lies about in a home. Raises
    ``LookupError`` when there is no such review, and ``UserError`` for a wording that cannot be
    filled in.
    """
    review = live_review(session, review_id)
    ours = wordings(session, review)
    found = publicity(session, review, made.today)
    under_way = found.standing is Standing.UNDER_WAY
    ending, group = ours.lines("letter_ending"), organisation(session)
    around = paper(session, made, "Letter about our review", face=PUBLIC)
    reached = contact_words(group.contact)
    said = bool(reached) and any(reached in line for line in ending)
    return FamilyLetter(
        paper=replace(around, is_letter=True, contact=() if said else around.contact),
        opening=ours.lines("letter_opening"),
        about=ours.lines("letter_about" if under_way else "letter_about_finished"),
        part=ours.lines("letter_part") if under_way else (),
        published=ours.lines("letter_published") if found.is_to_come else (),
        after=ours.lines("letter_after") if found.standing is Standing.PUBLISHED else (),
        ending=ending,
        signed=(f"{group.subgroup}, {group.name}",),
    )


def about_family_letter(session: Session) -> tuple[str, ...]:
    """Return what the letter lacks before it can be sent."""
    return () if contact_words(organisation(session).contact) else (_NO_CONTACT,)
