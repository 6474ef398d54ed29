from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from oscb_desktop.errors import UserError
from oscb_desktop.queries.organisation import age_bands, calendar, organisation, rules_for
from oscb_desktop.queries.records import first_id
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.services.acts import change, withdraw


def test_a_new_file_has_the_settings_to_begin_with(store: Store) -> None:
    row = store.read(organisation)
    assert (row.year_start_month, row.due_soon_days, row.panel_reply_days) == (4, 30, 15)
    assert row.marking == "OFFICIAL-SENSITIVE"
    assert row.short_name == ""
    assert row.practice_today is None


def test_the_settings_are_those_of_now(store: Store) -> None:
    own = store.read(first_id, "organisation")
    assert own is not None
    change(store, "organisation", own, name="North Partnership", due_soon_days=14)
    row = store.read(organisation)
    assert (row.name, row.due_soon_days) == ("North Partnership", 14)


def test_a_file_that_was_never_begun_has_none(store: Store) -> None:
    with store._engine.begin() as connection:
        connection.execute(text("DELETE FROM organisation"))
    with pytest.raises(LookupError, match="holds no organisation"):
        store.read(organisation)


def test_an_extra_day_off_counts_until_it_is_withdrawn(store: Store) -> None:
    day = date(2022, 12, 29)
    assert day not in store.read(calendar).holidays
    extra = make(store, "extra_holiday", on_date=day, name="Office closed")
    assert store.read(calendar).holidays[day] == "Office closed"
    withdraw(store, "extra_holiday", extra)
    assert day not in store.read(calendar).holidays


def test_a_review_runs_under_its_own_rules_with_our_time_for_the_panel(store: Store) -> None:
    own = store.read(first_id, "organisation")
    assert own is not None
    change(store, "organisation", own, panel_reply_days=20)
    kept = store.read(rules_for, "wt2018", date(2024, 5, 1))
    of_the_day = store.read(rules_for, None, date(2024, 5, 1))
    assert (kept.key, of_the_day.key) == ("wt2018", "wt2023")
    assert kept.panel_reply_working_days == of_the_day.panel_reply_working_days == 20
    with pytest.raises(UserError, match="no rule set"):
        store.read(rules_for, "wt1999", date(2024, 5, 1))


def test_a_file_that_defines_no_age_bands_uses_those_of_the_statistics(store: Store) -> None:
    assert [band.label for band in store.read(age_bands)] == [
        "Under 1",
        "1 to 5",
        "6 to 10",
        "11 to 15",
        "16 and over",
    ]


def test_age_bands_come_youngest_first_without_the_bin(store: Store) -> None:
    make(store, "age_band", label="13 and over", from_years=13)
    withdrawn = make(store, "age_band", label="5 to 12", from_years=5, to_years=12)
    make(store, "age_band", label="Under 5", from_years=0, to_years=4)
    make(store, "age_band", label="Unborn", from_years=0, to_years=0, unborn=True)
    withdraw(store, "age_band", withdrawn)
    found = store.read(age_bands)
    assert [band.label for band in found] == ["Unborn", "Under 5", "13 and over"]
    assert (found[0].unborn, found[1].unborn, found[-1].to_years) == (True, False, None)
