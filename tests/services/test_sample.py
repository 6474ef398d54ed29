from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from oscb_desktop.database.change_log import Act
from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.values import is_empty
from oscb_desktop.errors import UserError
from oscb_desktop.paths import resource
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.undo import to_undo
from oscb_desktop.services.files import check_store, create_store
from oscb_desktop.services.import_rows import ImportRows
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import read_source, write_sample_workbook
from tests.conftest import PASSPHRASE, now
from tests.services.test_transfer import everything


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = tmp_path_factory.mktemp("sample") / "sample.oscb"
    store = create_sample_store(path, PASSPHRASE, "A. Tester", now)
    yield store
    store.close()


def tables() -> dict[str, list[dict[str, object]]]:
    return tomllib.loads(resource("sample/2021-22.toml").read_text("utf-8"))


def acts(session: Session) -> list[str]:
    return list(session.scalars(select(Change.act).order_by(Change.id)))


def test_the_file_holds_every_record_of_the_year_and_nothing_else(sample: Store) -> None:
    year = tables()
    for kind in RECORD_KINDS:
        assert len(sample.read(reading.records, kind)) == len(year.get(kind, ())), kind


def test_every_field_that_the_year_gives_is_held(sample: Store) -> None:
    for kind, rows in tables().items():
        held = sample.read(reading.records, kind)
        for name in RECORD_KINDS[kind].names:
            given = sum(not is_empty(row.get(name)) for row in rows)  # type: ignore[arg-type]
            filled = sum(not is_empty(row.values[name]) for row in held)
            assert filled >= given, f"{kind}.{name}"


def test_the_texts_of_the_year_were_read_with_its_figures(sample: Store) -> None:
    year = ReportingYear.beginning(2021)
    report = sample.read(annual_report, year, sample.today())
    texts = [entry.narrative for entry in report.chapters]
    assert sum(len(text.figures) for text in texts) > 20
    assert [text.moved for text in texts if text.moved or text.unread] == []


def test_the_file_is_sound_and_stands_on_the_day_of_the_year(sample: Store) -> None:
    assert check_store(sample) == ()
    assert sample.today() == date(2022, 3, 25)


def test_the_year_is_the_start_of_the_file_and_cannot_be_undone(sample: Store) -> None:
    assert sample.read(acts) == [Act.START]
    assert sample.read(to_undo) is None


def test_the_year_as_a_workbook_gives_the_same_records(sample: Store, tmp_path: Path) -> None:
    path = tmp_path / "year.xlsx"
    write_sample_workbook(path)
    start = ImportRows(read_source(path), act=Act.START)
    other = create_store(tmp_path / "other.oscb", PASSPHRASE, "A. Tester", now, start)
    try:
        assert everything(other) == everything(sample)
    finally:
        other.close()


def test_a_path_that_is_taken_is_told(sample: Store) -> None:
    with pytest.raises(UserError):
        create_sample_store(sample.path, PASSPHRASE, "A. Tester", now)
    assert check_store(sample) == ()
