"""What to ask for to see the records behind a cell of the annual report."""

from __future__ import annotations

from oscb_desktop.domain.linked_counts import Name
from oscb_desktop.queries.annual_rows import Cell
from oscb_desktop.queries.breakdowns import Subject
from oscb_desktop.ui.tables.grid_table import Asked


def asks_of(cell: Cell, year: str, title: str) -> Asked:
    """Return what to ask for; nothing where nothing was counted.

    A figure and a cell of a breakdown are counted anew when they are opened; of any other number
    the records are those that it listed, under the title given.
    """
    if not cell.references:
        return {}
    if cell.figure:
        asked = {"figure": cell.figure, "year": year}
        return {**asked, "category": cell.category} if cell.category else asked
    return _of_breakdown(cell.name, year) or listed(cell.references, year, title, cell.unit)


def listed(references: tuple[str, ...], year: str, title: str, unit: str = "") -> Asked:
    """Return what to ask for to see some records under a title."""
    return {"records": "\n".join(references), "year": year, "title": title, "unit": unit}


def _of_breakdown(name: Name, year: str) -> Asked:
    """Return what a count's name asks for: ((subject.dimension, category), …), or nothing."""
    parts = name if isinstance(name, tuple) else ()
    if len(parts) == 2 and all(isinstance(part, str) for part in parts):
        parts = (parts,)
    asked = {"year": year}
    for part, (axis, place) in zip(parts, (("by", "row"), ("across", "column")), strict=False):
        if not (isinstance(part, tuple) and len(part) == 2 and isinstance(part[0], str)):
            return {}
        subject, _, dimension = part[0].rpartition(".")
        if subject not in list(Subject):
            return {}
        asked |= {"of": subject, axis: dimension, place: str(part[1])}
    return asked if "by" in asked else {}
