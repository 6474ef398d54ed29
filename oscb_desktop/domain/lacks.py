"""One thing that a review lacks, and the rules that every kind of review shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from oscb_desktop.domain.date_words import counted, listed
from oscb_desktop.domain.stages import LCSPR, PARTNERS, StageFacts, StageName

_PARTNER_WORDS = {
    "local_authority": "the local authority",
    "health": "health",
    "police": "the police",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that stands between a review and its next stage, and where it is put right.

    ``kind`` and ``field`` name the field; ``field`` is empty where a record is to be added.
    ``is_earlier`` says that an earlier stage asked for it: the next does not wait for it.
    """

    sentence: str
    kind: str
    field: str = ""
    is_earlier: bool = False


Rules = tuple[StageName, tuple[Callable[[StageFacts], Iterator[Missing]], ...]]
"""A stage, and what it asks before the next."""


def of_review(sentence: str, field: str) -> Missing:
    """Return a lack of a field of the review itself."""
    return Missing(sentence, "review", field)


def empty(facts: StageFacts, wanted: Iterable[tuple[str, str]]) -> Iterator[Missing]:
    """Tell each of these fields of the review that holds nothing."""
    for field, sentence in wanted:
        if field not in facts.filled and not getattr(facts, field, None):
            yield of_review(sentence, field)


def requests(facts: StageFacts) -> Iterator[Missing]:
    """Ask for what the agencies know; once it is decided, nobody need be asked any more."""
    asked = facts.requests
    if not asked.sent and not is_decided(facts):
        yield Missing("No agency has been asked for information.", "agency_request")
    elif asked.open:
        out = f"{asked.open} of {counted(asked.sent, 'agency answer')}"
        yield Missing(f"{out} {'is' if asked.open == 1 else 'are'} still out.", "agency_request")


def children(facts: StageFacts) -> Iterator[Missing]:
    """Ask who the review is about, and name who else is of its incident."""
    left_out = facts.left_out
    if not facts.children and (facts.is_rapid or facts.kind == LCSPR):
        kind, field = ("review", "children") if left_out else ("child", "")
        yield Missing("No child is named.", kind, field)
    elif left_out:
        verb = "is" if len(left_out) == 1 else "are"
        who = listed(left_out) if len(left_out) < 4 else f"{len(left_out)} children"
        sentence = f"{who} of the incident {verb} not in this review."
        yield of_review(sentence, "children")


def signed(facts: StageFacts) -> Iterator[Missing]:
    """Ask for the partners who have not signed off."""
    if not facts.partners_sign:
        return
    out = [_PARTNER_WORDS[partner] for partner in PARTNERS if partner not in facts.signed.by]
    if out:
        yield Missing(f"Not signed off by {listed(out)}.", "partner_sign_off")


def finished(facts: StageFacts) -> Iterator[Missing]:
    """Ask when the work ended."""
    yield from empty(facts, [("finished_on", "The day on which the work ended is not recorded.")])


def contributed(facts: StageFacts) -> Iterator[Missing]:
    """Ask of what others lead only that our agencies answer, and when that ended."""
    if facts.is_ours:
        return
    if not facts.is_rapid:
        yield from requests(facts)
    if facts.is_rapid or (facts.requests.sent and not facts.requests.open):
        yield from finished(facts)


def is_decided(facts: StageFacts) -> bool:
    """Whether a rapid review is past its decision, recorded or not."""
    sent = facts.sent_to_panel_on or facts.letters.last_on
    return facts.is_rapid and bool(facts.decision or facts.decided_on or sent)
