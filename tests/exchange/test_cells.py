from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import Field, FieldKind
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.validation import clean
from oscb_desktop.domain.values import Value
from oscb_desktop.errors import UserError
from oscb_desktop.exchange.cells import in_cell, plain_text, to_value, xml_text
from oscb_desktop.exchange.reader import read_workbook
from oscb_desktop.exchange.sheets import Cell, Content
from oscb_desktop.exchange.template import write_template
from tests.exchange.workbooks import moment

TEXT = Field("text", "Text")
LONG = Field("long", "Long text", FieldKind.LONG_TEXT)
DAY = Field("day", "Day", FieldKind.DATE)
ABOUT = Field("about", "When", FieldKind.UNCERTAIN_DATE)
AGE = Field("age", "Age", FieldKind.AGE)
NUMBER = Field("number", "Number", FieldKind.WHOLE_NUMBER)
MONEY = Field("money", "Amount", FieldKind.MONEY)
TICK = Field("tick", "Tick", FieldKind.YES_NO)
CODE = Field("code", "Sex", FieldKind.CODE, codes="sex")
CODES = Field("codes", "Harm", FieldKind.CODES, codes="harm_type")

days = st.dates(date(1900, 1, 1), date(2199, 12, 31))
ages = st.one_of(
    st.just(Age(unborn=True)),
    st.builds(Age, years=st.integers(0, 24)),
    st.builds(Age, months=st.integers(0, 11)),
    st.builds(Age, weeks=st.integers(0, 52)),
    st.builds(Age, years=st.integers(1, 24), months=st.integers(1, 11)),
)
moments = st.builds(
    lambda day, precision, about: UncertainDate.of(
        *(day.year, day.month, day.day)[:precision], about=about
    ),
    st.dates(date(1902, 1, 1), date(2197, 12, 31)),
    st.integers(1, 3),
    st.booleans(),
)


@pytest.mark.parametrize(
    ("field", "content", "value"),
    [
        (DAY, moment(2021, 6, 3, 13, 30), date(2021, 6, 3)),
        (DAY, date(2021, 6, 3), date(2021, 6, 3)),
        (DAY, "3/6/21", date(2021, 6, 3)),
        (DAY, "3 jun 2021", date(2021, 6, 3)),
        (DAY, "2021-06-03", date(2021, 6, 3)),
        (ABOUT, "about Jun 2021", UncertainDate.of(2021, 6, about=True)),
        (ABOUT, 2021, UncertainDate.of(2021)),
        (ABOUT, moment(2021, 6, 3), UncertainDate.of(2021, 6, 3)),
        (AGE, 13, Age(years=13)),
        (AGE, 13.0, Age(years=13)),
        (AGE, "7/12", Age(months=7)),
        (NUMBER, 4.0, 4),
        (NUMBER, "1,200", 1200),
        (MONEY, 412.5, Decimal("412.50")),
        (MONEY, 0.1 + 0.2, Decimal("0.30")),
        (MONEY, 8000, Decimal("8000.00")),
        (MONEY, "£8,000", Decimal("8000.00")),
        (TICK, True, True),
        (TICK, "no", False),
        (TICK, 0, False),
        (TEXT, 5, "5"),
        (TEXT, 1865.0, "1865"),
        (CODES, ("neglect", "physical_abuse"), None),
    ],
)
def test_what_people_fill_in_is_understood(field: Field, content: Content, value: Value) -> None:
    if field is CODES:
        known = code_list("harm_type").codes[:2]
        content, value = (known[1].label, known[0].code), (known[0].code, known[1].code)
    assert to_value(field, Cell(content)) == value


@pytest.mark.parametrize(
    ("field", "content", "sentence"),
    [
        (DAY, 44350, "holds a number, not a date"),
        (DAY, 44350.5, "holds a number, not a date"),
        (DAY, True, "holds a number, not a date"),
        (DAY, time(10, 30), "holds a time, not a date"),
        (DAY, timedelta(1), "holds a time, not a date"),
        (DAY, moment(1899, 12, 31), "between 1900 and 2199"),
        (DAY, "6/13/21", "the month comes second"),
        (DAY, "31/6/21", "June 2021 has 30 days"),
        (DAY, "3 jun", "would be another date on another day"),
        (DAY, "today", "would be another date on another day"),
        (DAY, "+5wd", "would be another date on another day"),
        (ABOUT, 44350, "holds a number, not a date"),
        (ABOUT, float("nan"), "holds a number, not a date"),
        (AGE, moment(2022, 12, 7), "perhaps made by the spreadsheet"),
        (NUMBER, 4.5, "is not a whole number"),
        (NUMBER, float("inf"), "is not a whole number"),
        (NUMBER, moment(2022, 12, 7), "holds a date or time"),
        (MONEY, 1.005, "is not an amount in pounds"),
        (MONEY, 1e300, "is not an amount in pounds"),
        (TICK, 2, "is neither Yes nor No"),
        (CODE, "?", "Choose one of"),
        (CODES, "?", "Choose one of"),
        (TEXT, moment(2021, 5, 1), "holds a date or time"),
        (TEXT, ("a", "b"), "takes one value, not a list"),
    ],
)
def test_what_cannot_be_meant_is_told(field: Field, content: Content, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        to_value(field, Cell(content))


def test_a_problem_of_the_cell_is_told_as_it_is() -> None:
    with pytest.raises(UserError, match="a formula"):
        to_value(TEXT, Cell(problem="This is a formula."))


@given(st.one_of(*(st.tuples(st.just(field), values) for field, values in (
    (DAY, days), (ABOUT, moments), (AGE, ages), (TICK, st.booleans()),
    (NUMBER, st.integers(-10**9, 10**9)),
    (MONEY, st.decimals(-(10**8), 10**8, places=2)),
    (CODE, st.sampled_from([entry.code for entry in code_list("sex").codes])),
))))  # fmt: skip
def test_a_value_written_reads_back(pair: tuple[Field, Value]) -> None:
    field, value = pair
    written = in_cell(field, value)
    assert written is not None
    assert to_value(field, Cell(as_read(written))) == value


def as_read(written: str | int | Decimal) -> str | int | float:
    return float(written) if isinstance(written, Decimal) else written


@pytest.mark.parametrize("kind", RECORD_KINDS)
def test_every_code_written_reads_back(kind: str) -> None:
    for field in RECORD_KINDS[kind].fields:
        if not field.codes:
            continue
        every = tuple(entry.code for entry in code_list(field.codes).codes)
        for value in [every] if field.holds_many else every:
            written = in_cell(field, value)
            assert written is not None
            assert to_value(field, Cell(as_read(written))) == value


@cache
def folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory()


@settings(max_examples=8)
@given(st.lists(st.text(max_size=200).map(lambda text: clean(LONG, text)), min_size=30))
def test_any_text_comes_back_from_a_workbook(texts: list[str | None]) -> None:
    path = Path(folder().name) / "texts.xlsx"
    path.unlink(missing_ok=True)
    rows = [{"name": f"Theme {place}", "description": text} for place, text in enumerate(texts)]
    write_template(path, {"theme": rows})
    (sheet,) = (sheet for sheet in read_workbook(path).sheets if sheet.kind.name == "theme")
    read = [row.cells.get("description", Cell("")).content for row in sheet.rows]
    assert [clean(LONG, str(text)) for text in read] == [without_noncharacters(t) for t in texts]


def without_noncharacters(text: str | None) -> Value:
    """Return a text without the two characters that XML cannot hold."""
    return clean(LONG, "".join(char for char in text or "" if char not in "\ufffe\uffff"))


@pytest.mark.parametrize(
    "text", ["_x000D_", "_x005F_x000D_", "_x0041_", "x005F_", "__x000A__", "_x00", "a\u0000b"]
)
def test_texts_that_look_escaped_stay_what_they_are(text: str) -> None:
    assert plain_text(xml_text(LONG, text)) == text.replace("\u0000", "")
