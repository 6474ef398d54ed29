"""The control of each kind of field."""

from __future__ import annotations

from functools import partial

from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.link_options import ValueOf, options_for
from oscb_desktop.ui.widgets.code_field import CodeControl
from oscb_desktop.ui.widgets.codes_field import CodesControl
from oscb_desktop.ui.widgets.control import Control
from oscb_desktop.ui.widgets.date_field import DateControl
from oscb_desktop.ui.widgets.link_field import AddNew, LinkControl
from oscb_desktop.ui.widgets.links_field import LinksControl
from oscb_desktop.ui.widgets.parsed_field import ParsedControl
from oscb_desktop.ui.widgets.text_field import LongTextControl, TextControl
from oscb_desktop.ui.widgets.yes_no_field import YesNoControl


def control_for(context: Context, kind: RecordKind, field: Field, value_of: ValueOf) -> Control:
    """Return the control in which a field of this kind of record is typed."""
    match field.kind:
        case FieldKind.TEXT:
            return TextControl(field)
        case FieldKind.LONG_TEXT:
            return LongTextControl(field)
        case FieldKind.DATE | FieldKind.UNCERTAIN_DATE:
            return DateControl(field, context.operations)
        case FieldKind.YES_NO:
            return YesNoControl(field)
        case FieldKind.CODE:
            return CodeControl(field)
        case FieldKind.CODES:
            return CodesControl(field)
        case FieldKind.LINK | FieldKind.LINKS:
            options = partial(options_for, context.operations, kind, field, value_of)
            chosen = LinksControl if field.holds_many else LinkControl
            return chosen(field, options, _add_new(context, field))
        case _:
            return ParsedControl(field, context.operations)


def _add_new(context: Context, field: Field) -> AddNew | None:
    """Offer a new record on the spot, except of a kind that begins with a question of its own."""
    kind = record_kind(field.to)
    if field.to == "review" or kind.append_only or kind.made_by_act:
        return None
    from oscb_desktop.ui.dialogs.form_dialog import add_in_dialog  # it holds a form itself

    return partial(add_in_dialog, context, field.to)
