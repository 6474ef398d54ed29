"""What does not fit together in the decision on a rapid review: said, never refused."""

from __future__ import annotations

from collections.abc import Collection

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.date_words import listed
from oscb_desktop.domain.values import Values, is_empty

CRITERIA = (
    "criterion_improvement",
    "criterion_recurrent",
    "criterion_agencies",
    "criterion_panel",
)
"""The criteria that are weighed one by one (SI 2018/789, regulation 11)."""


def needs_reason(values: Values) -> bool:
    """Whether the criteria are met and no LCSPR follows, which is right only for a reason."""
    return values.get("criteria_met") is True and values.get("lcspr_commissioned") is False


def contradictions(values: Values) -> tuple[str, ...]:
    """Return a sentence for each pair of answers that do not fit together."""
    met, commissioned = values.get("criteria_met"), values.get("lcspr_commissioned")
    decided = not is_empty(values.get("decision")) or not is_empty(values.get("decided_on"))
    answers = [values.get(name) for name in CRITERIA]
    rules = (
        (
            met is False and commissioned is True,
            "The criteria are not met, and yet an LCSPR is recommended.",
        ),
        (
            met is True and None not in answers and True not in answers,
            "The criteria are met as a whole, and none of the four is.",
        ),
        (
            met is False and True in answers,
            "A criterion is met, and the criteria as a whole are not.",
        ),
        (
            values.get("facts_sufficient") is False and decided,
            "The facts are not sufficient, and yet it is decided.",
        ),
        (
            values.get("notification_criteria_met") is False and met is True,
            "It was no serious child safeguarding case, and yet the criteria are met.",
        ),
        (
            commissioned is True and values.get("decision") not in (None, "lcspr"),
            "An LCSPR is recommended, and what happens next is something else.",
        ),
        (
            commissioned is False and values.get("decision") == "lcspr",
            "No LCSPR is recommended, and what happens next is an LCSPR.",
        ),
    )
    return tuple(sentence for holds, sentence in rules if holds)


def missing_before_sending(values: Values, signed: Collection[str]) -> tuple[str, ...]:
    """Return a sentence for each thing that the Panel expects and that is not recorded."""
    asked = (
        ("criteria_met", "Nobody has said whether the criteria are met."),
        ("lcspr_commissioned", "Nobody has said whether there is to be an LCSPR."),
        ("decided_on", "The day of the decision is not recorded."),
        ("decision_reason", "No reason is given for the decision."),
    )
    said = [sentence for name, sentence in asked if is_empty(values.get(name))]
    return (*said, *unsigned(signed))


def unsigned(signed: Collection[str]) -> tuple[str, ...]:
    """Return a sentence that names the statutory partners who have not signed off, if any."""
    missing = [
        entry.label for entry in code_list("statutory_partner").codes if entry.code not in signed
    ]
    return (f"Not signed off by: {listed(name.lower() for name in missing)}.",) if missing else ()
