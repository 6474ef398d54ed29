"""What the papers that leave the building are made of, beside the records themselves."""

from __future__ import annotations

from oscb_desktop.domain.fields.field import (
    Field,
    RecordKind,
    code,
    link,
    links,
    long_text,
    number,
    reference,
    yes_no,
)

SUMMARY_LINE = RecordKind(
    name="summary_line",
    label="Line of the learning summary",
    plural="Learning summary",
    about="A line of a learning summary in words for its readers; the record it tells of stays.",
    title=("block", "number"),
    key=("review", "block", "number"),
    parent="review",
    outlives_links=True,
    fields=(
        link("review", "Review", "review", required=True),
        code("block", "Part", "summary_block", required=True),
        number("number", "Order", required=True),
        Field("heading", "In a few words"),
        long_text("text", "Words"),
        link("finding", "Tells of the finding", "finding", folded=True),
        link("recommendation", "Tells of the recommendation", "recommendation", folded=True),
        link("learning_point", "Tells of the learning point", "learning_point", folded=True),
        long_text(
            "original",
            "What the record said",
            "When the line was worded; a record that says something else by now is pointed out.",
            folded=True,
        ),
        yes_no("left_out", "Left out"),
    ),
)

PACK = RecordKind(
    name="pack",
    label="Pack",
    plural="Packs",
    about="The papers for a meeting or about a review in one document, with numbered copies.",
    title=("reference", "title"),
    key=("reference",),
    prefix="PK",
    fields=(
        reference("PK-2022-01"),
        Field("title", "Title", required=True),
        link("meeting", "For the meeting", "meeting"),
        link("review", "About the review", "review"),
        code("face", "Version for", "face", default="panel", required=True),
        long_text("recipients", "Copies for", "One name a line; the first has copy 1."),
        long_text("note", "Note", "Printed on the cover."),
    ),
)

PACK_ITEM = RecordKind(
    name="pack_item",
    label="Part of a pack",
    plural="Parts of packs",
    about="One paper or file of a pack, in its place.",
    title=("number", "part"),
    key=("pack", "number"),
    parent="pack",
    fields=(
        link("pack", "Pack", "pack", required=True),
        number("number", "Order", required=True),
        code("part", "What", "pack_part", required=True),
        link("review", "Of the review", "review"),
        Field("heading", "Heading"),
        links("attachments", "File", "attachment"),
    ),
)

WORDING = RecordKind(
    name="wording",
    label="Wording of ours",
    plural="Our own wording",
    about="How the partnership words a part of its press statements and letters to families.",
    title=("part",),
    key=("part",),
    fields=(
        code("part", "Part", "wording_part", required=True),
        long_text("text", "Words", required=True),
    ),
)
