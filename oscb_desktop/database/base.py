"""The base of all mapped classes: names of constraints, column types, what every record has."""

from __future__ import annotations

import json
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect, Integer, MetaData, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.orm.decl_api import declared_attr

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.uncertain_dates import UncertainDate


@lru_cache(maxsize=4096)
def _uncertain_date(text: str) -> UncertainDate:
    return UncertainDate.parse(text)


@lru_cache(maxsize=4096)
def _age(text: str) -> Age:
    return Age.parse(text)


class UncertainDateText(TypeDecorator[UncertainDate]):
    """An uncertain date as its canonical text, which sorts as the date does."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: UncertainDate | None, dialect: Dialect) -> str | None:
        """Return the canonical text."""
        return None if value is None else value.canonical()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> UncertainDate | None:
        """Return the uncertain date."""
        return None if value is None else _uncertain_date(value)


class AgeText(TypeDecorator[Age]):
    """An age as its canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Age | None, dialect: Dialect) -> str | None:
        """Return the canonical text."""
        return None if value is None else value.canonical()

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Age | None:
        """Return the age."""
        return None if value is None else _age(value)


class Codes(TypeDecorator[tuple[str, ...]]):
    """Any number of codes as a JSON array; none at all is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str | None:
        """Return the JSON array."""
        return json.dumps(value) if value else None

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        """Return the codes."""
        return tuple(json.loads(value)) if value else ()


class Pence(TypeDecorator[Decimal]):
    """An amount in pounds, kept as whole pence so that sums are exact."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        """Return the pence."""
        return None if value is None else int(value.scaleb(2))

    def process_result_value(self, value: Any | None, dialect: Dialect) -> Decimal | None:
        """Return the pounds."""
        return None if value is None else Decimal(value).scaleb(-2)


class Base(DeclarativeBase):
    """The base of all mapped classes."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy reads it as a plain class attribute
        str: Text,
        UncertainDate: UncertainDateText,
        Age: AgeText,
        Decimal: Pence,
        tuple[str, ...]: Codes,
    }


class Record(Base):
    """What every record has: an id, a version that each save raises, and when it was withdrawn.

    Every moment of the file is kept to the second in UTC, without a zone.
    """

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
    withdrawn_at: Mapped[datetime | None]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805
        """Let SQLAlchemy refuse a save on top of a version that nobody has seen."""
        return {"version_id_col": cls.__table__.c.version}
