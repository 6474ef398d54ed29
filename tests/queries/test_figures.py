"""What every figure has in common: it is found by name, and its records foot to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.errors import UserError
from oscb_desktop.queries.figures import Figure, figure, figure_definitions, figures
from oscb_desktop.queries.records import record
from oscb_desktop.services.records import WithdrawRecord
from oscb_desktop.services.store import Store
from tests.factories import make

TODAY = date(2022, 3, 25)
YEAR = ReportingYear.beginning(2021)

NAMED = (
    "rapid_reviews",
    "rapid_reviews_previous_year",
    "rapid_reviews_recommending_cspr",
    "rapid_review_referral_sources",
    "rapid_reviews_joint",
    "rapid_reviews_child_death",
    "panel_agreed",
    "panel_not_agreed",
    "rapid_review_children",
    "rapid_review_families",
    "rapid_review_children_by_age_band",
    "rapid_review_babies",
    "rapid_review_children_by_sex",
    "rapid_review_children_known_to_csc",
    "notification_discussions",
    "notifications_sent",
    "incidents_by_nature",
    "rapid_review_days_late_average",
    "reviews_worked_on",
    "reviews_by_kind",
    "reviews_published",
    "review_children",
    "review_children_died",
    "review_children_by_sex",
    "review_children_by_age_band",
    "review_children_by_ethnicity",
    "review_cost_lowest",
    "review_cost_highest",
    "themes",
    "actions_open",
    "actions_overdue",
    "actions_completed_in_year",
    "impact_statements",
)

UNCOUNTED = {
    "rapid_reviews_previous_year",  # a baseline has no records
    "rapid_review_referral_sources",  # counts categories
    "rapid_review_days_late_average",  # measures
    "rapid_review_days_late_most",
    "review_cost_lowest",
    "review_cost_highest",
    "review_cost_average",
    "practitioners_attended",  # adds up
    "learning_reached",
    "child_population",  # held, not counted
    "children_on_protection_plans",
    "children_cared_for",
}


def a_busy_year(store: Store) -> None:
    """Put in something of everything, so that no figure stands at nothing."""
    incident = make(
        store,
        "incident",
        aware_on=date(2021, 5, 4),
        notified_on=date(2021, 5, 5),
        referral_source="health",
    )
    make(store, "notification_discussion", incident=incident)
    child = make(
        store,
        "child",
        incident=incident,
        age_at_incident=Age.parse("7m"),
        sex="female",
        ethnicity="white_british",
        csc_status="child_in_need",
        outcome="died",
    )
    themes = (make(store, "theme", name="Neglect"), make(store, "theme", name="Fathers"))
    rapid = make(
        store,
        "review",
        incident=incident,
        children=(child,),
        role="lead",
        lcspr_commissioned=True,
        sent_to_panel_on=date(2021, 6, 30),
    )
    make(store, "panel_response", review=rapid, received_on=date(2021, 7, 20), kind="agrees_lcspr")
    other = make(store, "review", incident=incident)
    make(store, "panel_response", review=other, kind="clarification")
    review = make(
        store,
        "review",
        kind="lcspr",
        children=(child,),
        themes=themes,
        published_on=date(2022, 3, 1),
    )
    make(store, "cost_line", review=review, amount=Decimal("8000"))
    make(store, "action", review=review, agreed_on=date(2022, 1, 10), due_on=date(2022, 3, 1))
    make(store, "action", review=review, delivery="complete", completed_on=date(2022, 3, 2))
    make(store, "impact", seen_on=date(2022, 3, 3))


def test_every_named_figure_is_there_and_none_is_empty(store: Store) -> None:
    a_busy_year(store)
    found = {entry.name: entry for entry in store.read(figures, YEAR, TODAY)}
    assert set(NAMED) <= set(found)
    empty = [name for name in NAMED if found[name].value in (0, None, {})]
    assert empty == ["rapid_reviews_previous_year"]


def test_every_list_foots_to_its_figure(store: Store) -> None:
    a_busy_year(store)
    for entry in store.read(figures, YEAR, TODAY):
        if entry.name in UNCOUNTED or entry.name == "themes_share":
            continue
        if isinstance(entry.value, Mapping):
            counts = {name: len(entry.records_of(name)) for name in entry.value}
            assert counts == entry.value, entry.name
            counted = {ref for name in entry.value for ref in entry.records_of(name)}
            assert set(entry.records) == counted, entry.name
        else:
            assert len(entry.records) == entry.value, entry.name


def test_an_empty_file_counts_nothing(store: Store) -> None:
    for entry in store.read(figures, YEAR, TODAY):
        total = sum(entry.value.values()) if isinstance(entry.value, Mapping) else entry.value
        assert not total, entry.name
        assert entry.records == (), entry.name


def test_withdrawn_records_never_count(store: Store) -> None:
    a_busy_year(store)
    _withdraw_all(store, "action", "cost_line", "panel_response", "notification_discussion")
    _withdraw_all(store, "impact", "review", "child", "incident", "theme")
    for entry in store.read(figures, YEAR, TODAY):
        total = sum(entry.value.values()) if isinstance(entry.value, Mapping) else entry.value
        assert not total, entry.name


def _withdraw_all(store: Store, *kinds: str) -> None:
    for kind in kinds:
        for record_id in range(1, 9):
            row = store.read(record, kind, record_id)
            if row is not None and row.withdrawn_at is None:
                store.write(WithdrawRecord(kind, record_id, row.version))


def test_one_figure_is_the_same_as_among_all(store: Store) -> None:
    a_busy_year(store)
    for entry in store.read(figures, YEAR, TODAY):
        assert store.read(figure, entry.name, YEAR, TODAY) == entry


def test_an_unknown_figure_names_what_is_near(store: Store) -> None:
    with pytest.raises(UserError, match="Did you mean rapid_reviews or"):
        store.read(figure, "rapid_revews", YEAR, TODAY)


def test_a_category_that_there_is_not_holds_nothing() -> None:
    assert Figure("themes", "", {}, (), "", (), {}).records_of("Neglect") == ()


def test_every_figure_is_defined_in_a_sentence() -> None:
    definitions = figure_definitions()
    assert len({entry.name for entry in definitions}) == len(definitions)
    for entry in definitions:
        assert entry.meaning.endswith("."), entry.name
        assert entry.label, entry.name
        assert entry.unit, entry.name
