from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column as SqlColumn
from sqlalchemy import MetaData, Table, TypeDecorator, create_engine, insert, select
from sqlalchemy.dialects.sqlite import dialect

from oscb_desktop.database.base import AgeText, Codes, Pence, UncertainDateText
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.uncertain_dates import UncertainDate

SQLITE = dialect()


def there_and_back(kind: TypeDecorator[Any], value: Any) -> Any:
    return kind.process_result_value(kind.process_bind_param(value, SQLITE), SQLITE)


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_comes_back_to_the_penny_and_with_two_places(amount: Decimal) -> None:
    back = there_and_back(Pence(), amount)
    assert back == amount
    assert len(str(back).partition(".")[2]) == 2


@given(st.integers(0, 10**11), st.integers(0, 10**11))
def test_pence_are_whole_so_that_sums_are_exact(first: int, second: int) -> None:
    kind = Pence()
    pounds = Decimal(first).scaleb(-2) + Decimal(second).scaleb(-2)
    assert kind.process_bind_param(pounds, SQLITE) == first + second


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (AgeText(), Age.parse("13y 7m")),
        (AgeText(), Age.parse("unborn")),
        (UncertainDateText(), UncertainDate.of(2021, 6)),
        (UncertainDateText(), UncertainDate.of(2021, about=True)),
        (Codes(), ("neglect", "emotional")),
        (Codes(), ()),
        (AgeText(), None),
        (UncertainDateText(), None),
        (Pence(), None),
    ],
)
def test_each_type_comes_back_as_it_went(kind: TypeDecorator[Any], value: object) -> None:
    assert there_and_back(kind, value) == value


def test_no_code_at_all_is_null() -> None:
    assert Codes().process_bind_param((), SQLITE) is None


def test_uncertain_dates_sort_in_the_database_as_they_do_in_python() -> None:
    dates = [
        UncertainDate.of(2021, about=True),
        UncertainDate.of(2021, 6, 3),
        UncertainDate.of(2021),
        UncertainDate.of(2021, 6),
        UncertainDate.of(2020, 12, 31),
    ]
    table = Table("dates", MetaData(), SqlColumn("day", UncertainDateText))
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(insert(table), [{"day": day} for day in dates])
        found = connection.scalars(select(table.c.day).order_by(table.c.day)).all()
    engine.dispose()
    assert list(found) == sorted(dates)
