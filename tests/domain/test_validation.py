from __future__ import annotations

import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind, When, code, long_text
from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.validation import applies, clean, validate
from oscb_desktop.domain.values import Value

TODAY = date(2022, 3, 25)
LINE, NARRATIVE = Field("name", "Name"), long_text("notes", "Notes")

SAMPLES: dict[FieldKind, Value] = {
    FieldKind.TEXT: "words",
    FieldKind.LONG_TEXT: "words\nand words",
    FieldKind.DATE: date(2022, 1, 1),
    FieldKind.UNCERTAIN_DATE: UncertainDate.of(2022),
    FieldKind.AGE: Age.parse("3w"),
    FieldKind.WHOLE_NUMBER: 4,
    FieldKind.MONEY: Decimal("1.00"),
    FieldKind.YES_NO: True,
    FieldKind.CODE: "female",
    FieldKind.CODES: ("female",),
    FieldKind.LINK: 1,
    FieldKind.LINKS: (1, 2),
}


def kind_of(*fields: Field) -> RecordKind:
    return RecordKind("thing", "Thing", "Things", fields, ("f",), ("f",))


def field_of(kind: FieldKind) -> Field:
    listed = "sex" if kind in (FieldKind.CODE, FieldKind.CODES) else ""
    return Field("f", "Field", kind, codes=listed, to="theme")


@given(st.text(st.characters(), max_size=80), st.sampled_from([LINE, NARRATIVE]))
def test_a_cleaned_text_is_one_that_can_be_kept_and_printed(text: str, field: Field) -> None:
    kept = clean(field, text)
    if kept is None:
        return
    assert isinstance(kept, str)
    assert kept == kept.strip()
    assert kept == unicodedata.normalize("NFC", kept)
    assert kept.encode("utf-8")
    assert not {char for char in kept if unicodedata.category(char) in ("Cc", "Cs")} - {"\n", "\t"}
    assert clean(field, kept) == kept
    if field is LINE:
        assert "\n" not in kept
        assert "\t" not in kept


@given(st.text(st.characters(categories=["L", "N", "P", "S", "M"]), max_size=80))
def test_what_carries_meaning_is_kept(text: str) -> None:
    wanted = unicodedata.normalize("NFC", text)
    assert (clean(NARRATIVE, text) or "") == wanted


@pytest.mark.parametrize(
    ("text", "kept"),
    [("", None), (" \t\r\n", None), ("\x00", None), ("a\r\nb", "a\nb"), ("a\u200db", "a\u200db")],
)
def test_nothing_but_white_space_is_nothing(text: str, kept: str | None) -> None:
    assert clean(NARRATIVE, text) == kept


def test_codes_and_links_have_one_order_and_no_repeats() -> None:
    codes = [entry.code for entry in code_list("harm_type").codes][:3]
    field = Field("f", "Field", FieldKind.CODES, codes="harm_type")
    assert clean(field, (codes[2], codes[0], codes[2])) == (codes[0], codes[2])
    assert clean(field_of(FieldKind.LINKS), (9, 3, 9)) == (3, 9)
    assert clean(field, None) == clean(field_of(FieldKind.LINKS), None) == ()


@pytest.mark.parametrize(
    ("amount", "kept"), [("8000", "8000.00"), ("1e3", "1000.00"), ("0.1", "0.10"), ("-5", "-5.00")]
)
def test_an_amount_has_two_places(amount: str, kept: str) -> None:
    assert str(clean(field_of(FieldKind.MONEY), Decimal(amount))) == kept


@pytest.mark.parametrize("kind", FieldKind)
@pytest.mark.parametrize("given", FieldKind)
def test_only_a_value_of_its_kind_is_taken(kind: FieldKind, given: FieldKind) -> None:
    field = field_of(kind)
    faults = validate(kind_of(field), {"f": SAMPLES[given]}, TODAY)
    alike = type(SAMPLES[kind]) is type(SAMPLES[given])
    if kind is given:
        assert faults == ()
    elif not alike:
        assert [fault.sentence for fault in faults] == ["Field does not hold a value of its kind."]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (FieldKind.DATE, datetime(2022, 1, 1, 10, tzinfo=UTC)),
        (FieldKind.WHOLE_NUMBER, True),
        (FieldKind.LINK, False),
        (FieldKind.WHOLE_NUMBER, 10**12),
        (FieldKind.LINK, -(10**30)),
        (FieldKind.MONEY, Decimal("0.001")),
        (FieldKind.MONEY, Decimal("-1e9")),
        (FieldKind.MONEY, Decimal("NaN")),
        (FieldKind.MONEY, Decimal("Infinity")),
        (FieldKind.DATE, date(1899, 12, 31)),
        (FieldKind.DATE, date(2200, 1, 1)),
        (FieldKind.UNCERTAIN_DATE, UncertainDate.of(1900, about=True)),
        (FieldKind.CODE, "purple"),
        (FieldKind.CODES, ("female", "purple")),
        (FieldKind.TEXT, "x" * 201),
        (FieldKind.TEXT, 7),
    ],
)
def test_a_value_that_cannot_be_kept_is_told(kind: FieldKind, value: Value) -> None:
    (fault,) = validate(kind_of(field_of(kind)), {"f": value}, TODAY)
    assert fault.field == "f"
    assert fault.sentence.endswith(".")
    assert len(fault.sentence) < 200


@pytest.mark.parametrize("kind", RECORD_KINDS.values(), ids=lambda kind: kind.name)
def test_an_empty_record_lacks_exactly_what_is_required(kind: RecordKind) -> None:
    wanted = {field.name for field in kind.fields if field.required and field.when is None}
    assert {fault.field for fault in validate(kind, {}, TODAY)} == wanted


def test_a_question_that_does_not_apply_is_not_required() -> None:
    field = Field("why", "Why", required=True, when=When("sex", ("female",)))
    kind = kind_of(code("sex", "Sex", "sex"), field)
    assert validate(kind, {"sex": "male"}, TODAY) == ()
    assert [fault.field for fault in validate(kind, {"sex": "female"}, TODAY)] == ["why"]


@pytest.mark.parametrize(
    ("answer", "asked"), [(True, True), (False, False), (None, False), ("yes", True)]
)
def test_a_yes_opens_what_follows_from_it(answer: Value, asked: bool) -> None:
    field = record_kind("incident").field("media_note")
    assert applies(field, {"media_interest": answer}) is asked


def test_what_is_not_being_changed_is_taken_as_it_is() -> None:
    kind = kind_of(code("sex", "Sex", "sex"), Field("name", "Name", required=True))
    values: dict[str, Value] = {"sex": "of_old", "name": "words"}
    assert [fault.field for fault in validate(kind, values, TODAY)] == ["sex"]
    assert validate(kind, values, TODAY, {"name"}) == ()
    assert [fault.field for fault in validate(kind, values, TODAY, {"sex"})] == ["sex"]
    assert [fault.field for fault in validate(kind, {"sex": "male"}, TODAY, {"sex"})] == ["name"]


@pytest.mark.parametrize(
    ("kind", "value", "wrong"),
    [
        (FieldKind.DATE, TODAY, False),
        (FieldKind.DATE, date(2022, 3, 26), True),
        (FieldKind.UNCERTAIN_DATE, UncertainDate.of(2022), False),
        (FieldKind.UNCERTAIN_DATE, UncertainDate.of(2022, 3), False),
        (FieldKind.UNCERTAIN_DATE, UncertainDate.of(2022, 4), True),
    ],
)
def test_what_has_happened_lies_on_no_day_to_come(
    kind: FieldKind, value: Value, wrong: bool
) -> None:
    told = Field("f", "Field", kind, past=True)
    sentence = "“Field” cannot lie on a day to come; today is 25 Mar 2022."
    faults = validate(kind_of(told), {"f": value}, TODAY)
    assert [fault.sentence for fault in faults] == [sentence] * wrong
    assert validate(kind_of(told), {"f": value}, TODAY, set()) == ()
    assert validate(kind_of(field_of(kind)), {"f": value}, TODAY) == ()


@pytest.mark.parametrize(
    ("value", "least", "told"),
    [
        (0, 0, ""),
        (-1, 0, "Field cannot be below 0."),
        (0, 1, "Field cannot be below 1."),
        (-1, None, ""),
        (Decimal("-0.01"), 0, "Field cannot be below 0."),
        (Decimal("0.00"), 0, ""),
    ],
)
def test_a_number_is_not_below_the_least_of_its_field(
    value: int | Decimal, least: int | None, told: str
) -> None:
    kind = FieldKind.MONEY if isinstance(value, Decimal) else FieldKind.WHOLE_NUMBER
    whole = kind_of(Field("f", "Field", kind, least=least))
    faults = validate(whole, {"f": value}, TODAY)
    assert [fault.sentence for fault in faults] == ([told] if told else [])
    assert validate(whole, {"f": value}, TODAY, set()) == ()


def test_a_field_has_one_fault_at_most() -> None:
    kind = record_kind("review")
    early: dict[str, Value] = {"published_on": date(1800, 1, 1), "started_on": date(2021, 1, 1)}
    faults = validate(kind, early, TODAY)
    names = [fault.field for fault in faults]
    assert len(names) == len(set(names))
    assert "published_on" in names
