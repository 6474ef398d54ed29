from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import (
    Field,
    FieldKind,
    code,
    codes,
    link,
    links,
    long_text,
    uncertain,
    yes_no,
)
from oscb_desktop.domain.fields.field import date as day
from oscb_desktop.domain.uncertain_dates import UncertainDate
from oscb_desktop.domain.values import Value, from_json, is_empty, parse, shown, to_json
from oscb_desktop.errors import UserError

TODAY = date(2022, 3, 25)

TEXT = Field("name", "Name")
NARRATIVE = long_text("notes", "Notes")
DAY = day("held_on", "Held on")
ABOUT = uncertain("happened_on", "Happened on")
AGE = Field("age", "Age", FieldKind.AGE)
NUMBER = Field("number", "Number", FieldKind.WHOLE_NUMBER)
MONEY = Field("amount", "Amount", FieldKind.MONEY)
YES_NO = yes_no("criteria_met", "Criteria met")
SEX = code("sex", "Sex", "sex")
HARM = codes("harm_types", "Kinds of harm", "harm_type")
AGENCY = link("agency", "Agency", "agency")
THEMES = links("themes", "Themes", "theme")

HARM_CODES = [entry.code for entry in code_list("harm_type").codes]

WHOLE: list[tuple[Field, Value, str]] = [
    (TEXT, "Neglect <b>&", "Neglect <b>&"),
    (NARRATIVE, "One\ntwo", "One\ntwo"),
    (DAY, date(2022, 6, 3), "03 Jun 2022"),
    (ABOUT, UncertainDate.of(2021, 6), "Jun 2021"),
    (ABOUT, UncertainDate.of(2021, about=True), "about 2021"),
    (AGE, Age.parse("13y 7m"), "13 years 7 months"),
    (NUMBER, 0, "0"),
    (NUMBER, -4, "-4"),
    (MONEY, Decimal("8000.00"), "£8,000.00"),
    (YES_NO, False, "No"),
    (YES_NO, True, "Yes"),
    (SEX, "female", "Female"),
    (AGENCY, 7, "Police"),
    (THEMES, (7, 9), "Police; Health"),
]


@pytest.mark.parametrize(("field", "value", "words"), WHOLE)
def test_a_value_is_shown_in_words(field: Field, value: Value, words: str) -> None:
    assert shown(field, value, {7: "Police", 9: "Health"}) == words


@pytest.mark.parametrize(("field", "value", "words"), WHOLE)
def test_a_value_comes_back_from_the_log_as_it_went(field: Field, value: Value, words: str) -> None:
    assert words
    assert from_json(field, json.loads(json.dumps(to_json(value)))) == value


@pytest.mark.parametrize("field", [TEXT, DAY, ABOUT, AGE, NUMBER, MONEY, YES_NO, SEX, AGENCY])
def test_nothing_is_nothing_in_every_form(field: Field) -> None:
    assert from_json(field, to_json(None)) is None
    assert shown(field, None) == ""
    assert parse(field, "  ", TODAY) is None


@pytest.mark.parametrize("field", [HARM, THEMES])
def test_none_of_several_is_an_empty_choice(field: Field) -> None:
    assert from_json(field, None) == from_json(field, []) == parse(field, "", TODAY) == ()
    assert shown(field, ()) == ""


@pytest.mark.parametrize(
    ("value", "empty"),
    [
        (None, True),
        ("", True),
        ((), True),
        (0, False),
        (False, False),
        (Decimal(0), False),
        (" ", False),
        ((0,), False),
        (Age.parse("unborn"), False),
    ],
)
def test_zero_and_no_are_answers(value: Value, empty: bool) -> None:
    assert is_empty(value) is empty


def test_the_same_amount_has_one_form_in_the_log() -> None:
    assert to_json(Decimal("8000")) == to_json(Decimal("8000.0")) == to_json(Decimal("8E3"))


@given(st.integers(-(10**11), 10**11))
def test_a_number_is_read_with_and_without_its_commas(number: int) -> None:
    for typed in (str(number), f"{number:,}", f" {number} "):
        if len(typed.strip()) <= 12:
            assert parse(NUMBER, typed, TODAY) == number


@given(st.decimals(-(10**8), 10**8, places=2))
def test_an_amount_is_read_as_it_is_shown(amount: Decimal) -> None:
    words = f"{amount:,.2f}"
    read = [parse(MONEY, typed, TODAY) for typed in (words, f"£{words}", str(amount))]
    assert read == [amount] * 3


@pytest.mark.parametrize("typed", ["8000", "£8,000", "8 000", "8000.0", "£ 8,000.00"])
def test_an_amount_may_be_typed_in_several_ways(typed: str) -> None:
    assert str(parse(MONEY, typed, TODAY)) == "8000.00"


@pytest.mark.parametrize(
    "typed",
    [
        "8,50",
        "1,2345",
        "8.005",
        "1e5",
        "1_000",
        "NaN",
        "Infinity",
        "--5",
        "££5",
        "5-",
        "9" * 40,
        "about 8000",
        "0x10",
        "8.",
        ".",
        ",",
        "1,,000",
        "<b>",
        "😀",
        "=1+1",
    ],
)
def test_what_may_mean_another_amount_is_not_guessed_at(typed: str) -> None:
    with pytest.raises(UserError, match=r"is not an amount in pounds\. Type one such as"):
        parse(MONEY, typed, TODAY)


@pytest.mark.parametrize("typed", ["1,2", "4.0", "four", "1e3", "½", "²", "1_0", "9" * 13, "--1"])
def test_what_is_no_whole_number_is_told(typed: str) -> None:
    with pytest.raises(UserError, match=r"is not a whole number\. Type one in digits"):
        parse(NUMBER, typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("yes", True),
        ("Y", True),
        ("TRUE", True),
        ("1", True),
        ("No", False),
        ("n", False),
        ("0", False),
    ],
)
def test_yes_and_no(typed: str, value: bool) -> None:
    assert parse(YES_NO, typed, TODAY) is value


def test_neither_yes_nor_no_is_told() -> None:
    with pytest.raises(UserError, match="“perhaps” is neither Yes nor No"):
        parse(YES_NO, "perhaps", TODAY)


@pytest.mark.parametrize("typed", ["female", "Female", " FEMALE "])
def test_a_code_is_typed_as_its_word_or_itself(typed: str) -> None:
    assert parse(SEX, typed, TODAY) == "female"


def test_an_unknown_code_is_told_with_what_there_is() -> None:
    with pytest.raises(
        UserError, match=r"“purple” is not in the list for Sex\. Choose one of: .*Female"
    ):
        parse(SEX, "purple", TODAY)


def test_several_codes_come_in_the_order_of_the_list_and_once() -> None:
    first, second = HARM_CODES[0], HARM_CODES[1]
    typed = f"{second}; {first};; {second} ;"
    assert parse(HARM, typed, TODAY) == (first, second)
    with pytest.raises(UserError, match="“unheard of” is not in the list for Kinds of harm"):
        parse(HARM, f"{first}; unheard of", TODAY)


def test_a_code_of_an_older_list_is_shown_as_it_is() -> None:
    assert shown(SEX, "of_old") == "of_old"


def test_dates_and_ages_are_typed_as_people_type_them() -> None:
    assert parse(DAY, "3/6/22", TODAY) == date(2022, 6, 3)
    assert parse(DAY, "today", TODAY) == TODAY
    assert parse(ABOUT, "about 2021", TODAY) == UncertainDate.of(2021, about=True)
    assert parse(AGE, "7 months", TODAY) == Age.parse("7m")
    for field, typed in ((DAY, "31/2/22"), (ABOUT, "whenever"), (AGE, "old")):
        with pytest.raises(UserError):
            parse(field, typed, TODAY)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_value_or_a_sentence(typed: str) -> None:
    for field in (DAY, ABOUT, AGE, NUMBER, MONEY, YES_NO, SEX, HARM, TEXT):
        with suppress(UserError):
            value = parse(field, typed, TODAY)
            assert from_json(field, to_json(value)) == value


def test_what_is_told_never_carries_a_page_of_text() -> None:
    for field in (NUMBER, MONEY, YES_NO, SEX):
        with pytest.raises(UserError) as refusal:
            parse(field, "words " * 50_000, TODAY)
        assert len(refusal.value.sentence) < 400
