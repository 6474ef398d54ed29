"""Putting a record into the bin, after saying what goes with it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.date_words import counted
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.errors import UserError
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.ui.context import Context


def withdraw(context: Context, row: RecordRow, parent: QWidget) -> bool:
    """Ask, and withdraw a record with all that belongs to it; return whether it was done."""
    command = WithdrawRecord(row.kind, row.id, row.version)
    try:
        going = context.operations.store.rehearse(command)
    except UserError as refused:
        context.messages.tell(parent, refused.sentence)
        return False
    kind = record_kind(row.kind)
    name = kind.label.lower() if kind.identifying else f"{kind.label.lower()} {row.title}"
    others = len(going.records) - 1
    along = f" {counted(others, 'record')} that belong to it go with it." if others > 1 else ""
    if others == 1:
        along = " One record that belongs to it goes with it."
    question = f"Withdraw {name}?{along} Whatever is withdrawn can be brought back from the bin."
    if not context.messages.ask(parent, question, "Withdraw"):
        return False
    return context.operations.do(command, parent) is not None
