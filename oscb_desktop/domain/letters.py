"""A letter as plain text, to be pasted into an e-mail or a form."""

from __future__ import annotations

from collections.abc import Iterator

from oscb_desktop.domain.documents import DecisionLetter, Section, Table


def plain_text(letter: DecisionLetter) -> str:
    """Return all that a letter says, a line for each fact and each row, without its furniture."""
    paper = letter.paper
    blocks = [
        "\n".join(filter(None, (paper.marking, paper.organisation, paper.title, paper.subtitle))),
        "\n".join(letter.addressee),
        "\n".join(f"{fact.label}: {fact.value}" for fact in letter.facts if fact.value),
        "\n\n".join(letter.opening),
        *(block for section in letter.sections for block in _blocks(section)),
        paper.marking,
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _blocks(section: Section) -> Iterator[str]:
    facts = "\n".join(f"{fact.label}: {fact.value}" for fact in section.facts if fact.value)
    tables = (_rows(table) for table in section.tables)
    said = [block for block in (facts, *section.paragraphs, *tables) if block]
    nothing = [] if said or section.subsections else ["None recorded."]
    told = "\n\n".join([*said, *nothing])
    yield f"{section.title.upper()}\n{told}".rstrip()
    for part in section.subsections:
        yield from _blocks(part)


def _rows(table: Table) -> str:
    return "\n".join(" · ".join(cell for cell in row if cell) for row in table.rows)
