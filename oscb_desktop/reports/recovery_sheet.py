"""The recovery sheet: one page with the key of a file, to be typed or scanned."""

from __future__ import annotations

from oscb_desktop.domain.documents import Fact, Point, RecoverySheet
from oscb_desktop.reports.blocks import Story
from oscb_desktop.reports.figures import QrCode

_GROUPS_A_LINE = 4
_WHAT = (
    "QR code of the recovery key, for a scanner. It holds the same key that stands above in groups."
)


def tell(story: Story, document: RecoverySheet) -> None:
    """Tell the document; what to do and where to keep it are left out where nothing is said."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    story.rule()
    story.facts((Fact("File", document.file_name), Fact("Made", document.made)))
    if document.groups:
        story.heading("Recovery key")
        lines = range(0, len(document.groups), _GROUPS_A_LINE)
        story.paragraphs(
            ("  ".join(document.groups[at : at + _GROUPS_A_LINE]) for at in lines),
            "key",
        )
        _code(story, "".join(document.groups))
    if document.what_to_do:
        story.heading("What to do with it")
        story.numbered(Point("", words) for words in document.what_to_do)
    if document.where_to_keep:
        story.heading("Where to keep it")
        story.bullets(document.where_to_keep)


def _code(story: Story, key: str) -> None:
    if key.isascii() and key.isalnum() and key == key.upper():
        story.add(QrCode(key, _WHAT, story.root))
