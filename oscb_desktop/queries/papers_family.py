"""The letter to a family about a review of what happened to them."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from oscb_desktop.domain.documents import FamilyLetter
from oscb_desktop.domain.faces import PUBLIC
from oscb_desktop.queries.organisation import organisation
from oscb_desktop.queries.papers import Made, live_review, paper
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.queries.wordings import wordings


def family_letter(session: Session, review_id: int, made: Made) -> FamilyLetter:
    """Return the letter in our wording. It names nobody: names are written in by hand.

    It says nothing that the public may not read, for it lies about in a home. What is said before
    publication is left out where nothing is to be published any more. Raises ``LookupError`` when
    there is no such review, and ``UserError`` for a wording that cannot be filled in.
    """
    review = live_review(session, review_id)
    ours = wordings(session, review)
    around = paper(session, made, "Letter about our review", face=PUBLIC)
    group = organisation(session)
    return FamilyLetter(
        paper=replace(around, is_letter=True),
        opening=ours.lines("letter_opening"),
        about=ours.lines("letter_about"),
        part=ours.lines("letter_part"),
        published=ours.lines("letter_published") if _is_to_come(review) else (),
        ending=ours.lines("letter_ending"),
        signed=(f"{group.subgroup}, {group.name}",),
    )


def _is_to_come(review: RecordRow) -> bool:
    """Whether a report is still to be published; that of a rapid review never is."""
    return review.values["kind"] != "rapid_review" and review.values["published_on"] is None
