"""Settings: what follows when the year begins in another month."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from oscb_desktop.queries.records import singleton
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.settings_page import SettingsPage
from tests.factories import make
from tests.ui.conftest import Recorder


def begin_in(context: Context, store: Store, month: int) -> None:
    row = store.read(singleton, "organisation")
    assert row is not None
    values = {"year_start_month": month}
    context.operations.write(AmendRecord("organisation", row.id, row.version, values))


def test_another_month_says_what_is_kept_under_the_names_of_the_years(
    context: Context, store: Store, messages: Recorder, qtbot: QtBot
) -> None:
    make(store, "narrative", year="2021-22", chapter="conclusion", text="Words.")
    make(store, "baseline", year="2020-21")
    page = SettingsPage(context)
    qtbot.addWidget(page)
    begin_in(context, store, 9)
    said = messages.take()
    assert said.startswith("The reporting year begins in September now.")
    assert "2020-21, 2021-22 stay under these names" in said
    assert "years that began in April" in said
    begin_in(context, store, 4)
    assert "begins in April now" in messages.take()


def test_another_month_says_nothing_where_nothing_is_kept_by_year(
    context: Context, store: Store, messages: Recorder, qtbot: QtBot
) -> None:
    page = SettingsPage(context)
    qtbot.addWidget(page)
    begin_in(context, store, 9)
    assert messages.told == []
