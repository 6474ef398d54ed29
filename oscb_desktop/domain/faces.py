"""The three faces of a record: what the secretariat, the panel and the public each may see."""

from __future__ import annotations

SECRETARIAT, PANEL, PUBLIC = "secretariat", "panel", "public"
"""Codes of the list ``face``, each seeing less than the one before."""

VERSIONS = {
    SECRETARIAT: "Secretariat version",
    PANEL: "Panel version",
    PUBLIC: "Public version",
}
"""What a document says of itself at the foot of each page."""
