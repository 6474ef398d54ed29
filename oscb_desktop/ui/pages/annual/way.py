"""The way from a text of the annual report to its chapter."""

from __future__ import annotations

from collections.abc import Mapping

from oscb_desktop.queries import records
from oscb_desktop.ui.context import Context


def open_chapter(
    context: Context, record_id: int | None, preset: Mapping[str, object] | None = None
) -> None:
    """Show the chapter of a text, or the one for which a text was begun; in the bin, the record."""
    named: Mapping[str, object] = preset or {}
    row = context.operations.read(records.record, "narrative", record_id) if record_id else None
    if row is not None and row.withdrawn_at is not None:
        context.navigation.open_record("narrative", row.id)
        return
    if row is not None:
        named = row.values
    wanted = {name: str(named[name]) for name in ("year", "chapter") if named.get(name)}
    context.navigation.open_page("annual", {**wanted, "tab": "0"})
