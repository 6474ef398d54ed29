"""The three faces of a record: what the secretariat, the review panel and the public may see."""

from __future__ import annotations

SECRETARIAT, PANEL, PUBLIC = "secretariat", "panel", "public"
"""Codes of the list ``face``, each seeing less than the one before."""

LETTER = ""
"""The face of a letter to somebody outside: it has one version, and says nothing of others."""

VERSIONS = {
    SECRETARIAT: "Secretariat version",
    PANEL: "Review panel version",
    PUBLIC: "Public version",
}
"""What a document says of itself at the foot of each page.

The panel is the subgroup or the panel of a review, never the national one: its name says so.
"""

_SECRETARIAT_ALONE = frozenset(
    {
        "child_identity",
        "cost_line",
        "commission",
        "legal_advice",
        "legal_hold",
        "mailing",
        "release",
        "report_draft",
    }
)
"""Kinds of record that nobody but the secretariat sees: names, money, privileged advice, drafts."""

_NOT_FOR_PANEL = {
    "incident": frozenset(
        {
            "referrer",
            "notifier",
            "notifier_role",
            "notifier_authority",
            "notifier_phone",
            "linked_cases",
            "media_note",
        }
    ),
}
"""Fields that name somebody who told something in confidence, or how to reach them."""

_FOR_PUBLIC = {
    "review": frozenset(
        {
            "kind",
            "known_as",
            "what_happened",
            "good_practice",
            "themes",
            "reviewer",
            "methodology",
            "purpose",
            "publication",
            "published_on",
            "published_at",
            "partnership_response",
            "what_you_can_do",
            "questions",
            "read_more",
        }
    ),
    "finding": frozenset({"number", "title", "text"}),
    "recommendation": frozenset({"number", "text"}),
    "limb": frozenset({"label", "text"}),
    "learning_point": frozenset({"audience", "heading", "text"}),
    "theme": frozenset({"name", "description"}),
}
"""All that the public sees, and of nothing else: no child, no day, no place, no professional."""


def sees(face: str, kind: str, field: str = "") -> bool:
    """Whether a face sees anything of a kind of record, or one field of it. Source: a setting."""
    if face == PUBLIC:
        return kind in _FOR_PUBLIC and (not field or field in _FOR_PUBLIC[kind])
    if face == PANEL:
        return kind not in _SECRETARIAT_ALONE and field not in _NOT_FOR_PANEL.get(kind, ())
    return True


LEFT_OUT = {
    SECRETARIAT: "Everything recorded but the real names of children, which are kept apart.",
    PANEL: (
        "Left out: real names, costs and fees, drafts, legal advice, and who told us in confidence."
    ),
    PUBLIC: (
        "Left out: the children, the incident and its days, the agencies, the decision and all "
        "that is only discussed. Findings, learning and recommendations stay."
    ),
}
"""What each face is spared, in a sentence."""
