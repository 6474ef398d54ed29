"""The action log: every action in scope by review, on A4 across, each colour told in its word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reportlab.lib.styles import ParagraphStyle

from oscb_desktop.domain.documents import ActionGroup, ActionLine, ActionLog, KeyEntry
from oscb_desktop.reports import styles, tagging, text
from oscb_desktop.reports.blocks import Story, cell
from oscb_desktop.reports.figures import Share, StackedBar
from oscb_desktop.reports.grid import Column, Row
from oscb_desktop.reports.tagging import Tag
from oscb_desktop.reports.text import TextBlock

_HEADINGS = (
    "Reference",
    "Action",
    "Lead agency and owner",
    "Due",
    "Status",
    "Assurance and latest note",
)
_COLUMNS = (
    Column(84),
    Column(0, 0.41),
    Column(0, 0.19),
    Column(94),
    Column(90),
    Column(0, 0.4),
)
_KEY_COLUMNS = (Column(84), Column(0, 1), Column(60))


def tell(story: Story, document: ActionLog) -> None:
    """Tell scope and totals, the colour key, then the actions of each review."""
    paper = document.paper
    story.title(paper.title, kicker=paper.organisation, subtitle=paper.subtitle)
    scope = " · ".join(filter(None, map(text.words, (document.scope, document.as_at))))
    story.paragraphs((scope,), "lead")
    story.paragraphs((document.totals,), "strong")
    tell_key(story, document.key, [line for group in document.groups for line in group.lines])
    fills = fills_of(document.key)
    for group in document.groups:
        _tell_group(story, group, fills)
    if not any(group.lines for group in document.groups):
        story.paragraphs(("No actions are recorded in this scope.",))


def _same(colour: str) -> str:
    return text.words(colour).casefold()


def fills_of(key: Iterable[KeyEntry]) -> dict[str, str]:
    """Return the fill of each colour of a key, by its word."""
    return {_same(entry.colour): entry.fill for entry in key}


def tell_key(story: Story, entries: Iterable[KeyEntry], lines: Iterable[ActionLine]) -> None:
    """Tell what the colours mean and how many of these actions each has."""
    counts = Counter(_same(line.colour) for line in lines)
    key = [entry for entry in entries if text.words(entry.colour)]
    if not key:
        return
    shares = [
        Share(
            text.words(entry.colour),
            counts[_same(entry.colour)],
            styles.fill_colour(entry.colour, entry.fill),
        )
        for entry in key
    ]
    story.heading("What the colours mean")
    if any(share.count for share in shares):
        story.add(StackedBar("Actions by colour", shares, story.root))
    table = Tag("Table", story.root)
    rows = (
        _key_row(story, Tag("TR", table), entry, share.count)
        for entry, share in zip(key, shares, strict=True)
    )
    story.rows(table, ("Colour", "Meaning", "Actions"), rows, _KEY_COLUMNS)


def _key_row(story: Story, row: Tag, entry: KeyEntry, count: int) -> Row:
    chip = _chip(story, entry.colour, entry.fill, tagging.row_header(row))
    meaning = cell(entry.meaning, story.styles.cell, Tag("TD", row))
    return Row([[chip], meaning, cell(str(count), story.styles.cell, Tag("TD", row))])


def _chip(story: Story, colour: str, fill: str, tag: Tag) -> TextBlock:
    return text.block(colour, story.styles.chip, tag, fill=styles.fill_colour(colour, fill))


def _tell_group(story: Story, group: ActionGroup, fills: dict[str, str]) -> None:
    story.heading(group.review)
    if not group.lines:
        story.paragraphs(("No actions.",), "quiet")
        return
    tell_lines(story, group.lines, fills)


def tell_lines(story: Story, lines: Iterable[ActionLine], fills: dict[str, str]) -> None:
    """Tell actions in a table, each with its chip of a colour and its word."""
    table = Tag("Table", story.root)
    rows = (_row(story, Tag("TR", table), line, fills) for line in lines)
    story.rows(table, _HEADINGS, rows, _COLUMNS)


def _row(story: Story, row: Tag, line: ActionLine, fills: dict[str, str]) -> Row:
    strong, plain, quiet = story.styles.cell_strong, story.styles.cell, story.styles.cell_quiet
    return Row(
        [
            _lines(tagging.row_header(row), (line.reference, strong)),
            _lines(
                Tag("TD", row),
                (line.action, plain),
                (_after("Recommendation", line.recommendation), quiet),
            ),
            _lines(Tag("TD", row), (line.lead_agency, plain), (line.owner, quiet)),
            _lines(Tag("TD", row), *_due(line, strong, quiet)),
            _status(story, Tag("TD", row), line, fills),
            _lines(Tag("TD", row), (line.assurance, strong), (line.latest_note, plain)),
        ]
    )


def _after(label: str, words: str) -> str:
    return f"{label} {words}".strip() if text.words(words) else ""


def _due(
    line: ActionLine, strong: ParagraphStyle, quiet: ParagraphStyle
) -> tuple[tuple[str, ParagraphStyle], ...]:
    moved = line.original_due if line.original_due != line.due else ""
    return (line.due, strong), (line.lateness, quiet), (_after("Originally", moved), quiet)


def _status(story: Story, tag: Tag, line: ActionLine, fills: dict[str, str]) -> list[TextBlock]:
    chip = []
    if text.words(line.colour):
        fill = fills.get(_same(line.colour), "")
        chip = [_chip(story, line.colour, fill, Tag("P", tag))]
    quiet = story.styles.cell_quiet
    status = (line.status, story.styles.cell)
    done = "" if _same(line.status) == "completed" else "Completed"
    by_hand = (line.by_hand, quiet)
    return [*chip, *_lines(tag, by_hand, status, (_after(done, line.completed), quiet))]


def _lines(tag: Tag, *said: tuple[str, ParagraphStyle]) -> list[TextBlock]:
    return [block for words, style in said for block in text.blocks(words, style, tag)]
