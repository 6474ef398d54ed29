"""Directory, settings, bin, and the list of any kind."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.fields.registry import RECORD_KINDS
from oscb_desktop.queries import records
from oscb_desktop.services.records import AddRecord, AmendRecord, WithdrawRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.bin_page import BinPage
from oscb_desktop.ui.pages.directory_page import DirectoryPage
from oscb_desktop.ui.pages.record_sections import FieldsSection
from oscb_desktop.ui.pages.records_page import RecordsPage
from oscb_desktop.ui.pages.settings_page import AgeBandsSection, SettingsPage
from tests.factories import make

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def shown(qtbot: QtBot, page: QWidget) -> QWidget:
    qtbot.addWidget(page)
    page.resize(1100, 640)
    page.show()
    return page


def told(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


@pytest.mark.parametrize("kind", list(RECORD_KINDS))
def test_every_kind_can_be_listed(kind: str, qtbot: QtBot, context: Context, store: Store) -> None:
    if kind not in ("organisation", "age_band"):
        make(store, kind)
    page = RecordsPage(context, kind)
    shown(qtbot, page)
    expected = [row.id for row in context.operations.read(records.records, kind)]
    assert sorted(row.id for row in page.list.shown_rows()) == sorted(expected)


def test_an_empty_list_offers_the_first_step(qtbot: QtBot, context: Context) -> None:
    page = RecordsPage(context, "theme")
    shown(qtbot, page)
    with qtbot.waitSignal(context.navigation.form_wanted) as caught:
        page.list.empty.button.click()
    assert caught.args == ["theme", {}]


def test_members_on_a_day(qtbot: QtBot, context: Context, store: Store) -> None:
    make(store, "membership", from_on=date(2020, 4, 1), to_on=date(2021, 3, 31))
    stays = make(store, "membership", from_on=date(2021, 4, 1))
    page = DirectoryPage(context)
    shown(qtbot, page)
    members = page.lists["membership"]
    assert len(members.shown_rows()) == 2
    page.members_on("1/4/2021")
    assert [row.id for row in members.shown_rows()] == [stays]
    page.members_on("31 apr 2021")
    assert "30 days" in told(page)


def test_the_bin_brings_back_what_went_together(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    finding = make(store, "finding", review=review)
    store.write(WithdrawRecord("review", review, 1))
    page = BinPage(context)
    shown(qtbot, page)
    assert page.list.table.choose(review)
    page.bring_back()
    assert page.list.shown_rows() == []
    row = context.operations.read(records.record, "finding", finding)
    assert row is not None
    assert row.withdrawn_at is None


def test_the_organisation_is_named_in_place(qtbot: QtBot, context: Context) -> None:
    page = SettingsPage(context)
    shown(qtbot, page)
    section = page.sections[0]
    assert isinstance(section, FieldsSection)
    section.edit()
    assert section.form is not None
    section.form.fields.boxes["name"].control.put_typed("Valley Safeguarding Partnership")
    assert section.form.save()
    assert "Valley Safeguarding Partnership" in told(page)


def test_a_gap_between_age_bands_is_told(qtbot: QtBot, context: Context, store: Store) -> None:
    for band in context.operations.read(records.records, "age_band"):
        store.write(WithdrawRecord("age_band", band.id, band.version))
    make(store, "age_band", label="Up to 9", from_years=0, to_years=9)
    make(store, "age_band", label="From 10", from_years=10)
    page = SettingsPage(context)
    shown(qtbot, page)
    (section,) = [one for one in page.sections if isinstance(one, AgeBandsSection)]
    assert "No band takes" not in told(section)
    (late,) = [
        row
        for row in context.operations.read(records.records, "age_band")
        if row.values["label"] == "From 10"
    ]
    context.operations.write(AmendRecord("age_band", late.id, late.version, {"from_years": 12}))
    assert "No band takes ages 10 to 11." in told(section)


def test_settings_say_where_the_data_lives(qtbot: QtBot, context: Context, store: Store) -> None:
    page = SettingsPage(context)
    shown(qtbot, page)
    assert str(store.path) in told(page)
    assert str(context.paths.backups) in told(page)


def test_settings_say_by_which_age_bands_the_figures_count(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = SettingsPage(context)
    shown(qtbot, page)
    (section,) = [one for one in page.sections if isinstance(one, AgeBandsSection)]
    assert "None set: the figures use Under 1, 1 to 5" in told(section)
    assert "Add bands to use your own." in told(section)
    context.operations.write(AddRecord("age_band", {"label": "All", "from_years": 0}))
    qtbot.waitUntil(lambda: "None set" not in told(section))
