"""A plain list of the records of one kind, made from the declarations."""

from __future__ import annotations

from typing import Any

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.references import sort_key
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import is_empty
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.ui.pages.record_columns import NUMBERS, columns_of, wide_column
from oscb_desktop.ui.tables.record_list import ListShape
from oscb_desktop.ui.tables.row_model import Column
from oscb_desktop.ui.widgets.filter_bar import Facet

_WIDTHS = {FieldKind.DATE: 13, FieldKind.WHOLE_NUMBER: 9, FieldKind.MONEY: 12, FieldKind.YES_NO: 9}


def shape_of(kind: RecordKind) -> ListShape:
    """Return the columns and filters in which records of a kind are listed."""
    fields = columns_of(kind)
    wide = wide_column(fields)
    columns = tuple(_column(field, wide=place == wide) for place, field in enumerate(fields))
    facets = tuple(
        Facet(field.name, field.label, _words_of(field))
        for field in fields
        if field.kind is FieldKind.CODE
    )
    return ListShape(
        label=kind.plural,
        columns=columns,
        facets=facets,
        empty=(f"No {kind.plural.lower()} yet", kind.about, f"Add {kind.label.lower()}"),
    )


def _column(field: Field, *, wide: bool) -> Column:
    return Column(
        field.name,
        field.label,
        lambda row: row.words(field.name),
        lambda row: _key(row, field),
        _WIDTHS.get(field.kind, 20),
        numeric=field.kind in NUMBERS,
        wide=wide,
    )


def _key(row: RecordRow, field: Field) -> Any:
    value = row.values[field.name]
    if is_empty(value):
        return None
    if isinstance(value, UncertainDate):
        return value.canonical()
    if isinstance(value, Age) or field.kind in (*NUMBERS, FieldKind.DATE):
        return value
    return sort_key(row.words(field.name))


def _words_of(field: Field) -> Any:
    return lambda row: tuple(word for word in (row.words(field.name),) if word)
