"""A year broken down: every cell lists its records, totals are of records, and nothing is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from oscb_desktop.database.engine import make_engine
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import recoverable, suppress
from oscb_desktop.errors import UserError
from oscb_desktop.queries.breakdown_dimensions import dimensions
from oscb_desktop.queries.breakdowns import (
    Breakdown,
    Subject,
    break_down,
    cost_spread,
    days_late_spread,
    suppressible,
)
from oscb_desktop.queries.figures import figure
from oscb_desktop.queries.figures_facts import YearFacts, read_facts
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.generator import fill

TODAY = date(2022, 3, 25)
YEAR = ReportingYear.beginning(2021)
NAMES = [entry.name for entry in dimensions()]


def facts_of(store: Store) -> YearFacts:
    return store.read(read_facts, YEAR, TODAY)


def case(store: Store, notified_on: date = date(2021, 6, 1)) -> int:
    return make(store, "incident", notified_on=notified_on, referral_source="health")


def rapid(store: Store, incident: int, **values: object) -> int:
    given = {"incident": incident, "started_on": date(2021, 6, 1), **values}
    return make(store, "review", **given)  # type: ignore[arg-type]


def child(store: Store, incident: int, reference: str, **values: object) -> int:
    given = {"incident": incident, "reference": reference, **values}
    return make(store, "child", **given)  # type: ignore[arg-type]


@pytest.fixture
def mixed(store: Store) -> YearFacts:
    """Twins and an unborn child, a review without children, one of last year, one of ours late."""
    one, other = case(store), case(store)
    family = make(store, "family")
    twins = [
        child(
            store,
            one,
            f"CH-2021-0{n}",
            family=family,
            age_at_incident=Age.parse("7m"),
            sex="female",
            ethnicity="white_british",
            harm_types=("neglect", "physical"),
            harmed_by=("mother", "father"),
            csc_status="child_in_need",
        )
        for n in (1, 2)
    ]
    unborn = child(
        store, one, "CH-2021-03", age_at_incident=Age.parse("unborn"), ethnicity="mixed_white_asian"
    )
    older = child(
        store,
        other,
        "CH-2021-04",
        age_at_incident=Age.parse("13y"),
        sex="male",
        ethnicity="roma",
        csc_status="looked_after",
        legal_status="c2",
        harm_types=("neglect",),
    )
    first = rapid(
        store,
        one,
        reference="RR-2021-01",
        children=(*twins, unborn),
        sent_to_panel_on=date(2021, 6, 22),
        lcspr_commissioned=True,
    )
    make(store, "panel_response", review=first, kind="clarification", received_on=date(2021, 7, 1))
    make(store, "panel_response", review=first, kind="agrees_lcspr", received_on=date(2021, 8, 1))
    late = date(2021, 7, 1)
    rapid(store, other, reference="RR-2021-02", children=(older,), sent_to_panel_on=late)
    rapid(store, case(store), reference="RR-2021-03")
    before = date(2020, 6, 1)
    rapid(store, case(store, before), reference="RR-2020-01", started_on=before)
    review = make(
        store,
        "review",
        incident=one,
        reference="LR-2021-01",
        kind="lcspr",
        children=(twins[0], unborn),
        arose_from=first,
        initiated_on=date(2021, 7, 1),
        started_on=date(2021, 7, 1),
        themes=(make(store, "theme", name="Neglect"), make(store, "theme", name="Fathers")),
    )
    make(store, "cost_line", review=review, amount=Decimal("4999.99"))
    make(store, "cost_line", review=review, amount=Decimal("0.01"))
    return facts_of(store)


def counted(facts: YearFacts, subject: Subject, name: str) -> dict[str, int]:
    found = break_down(facts, subject, name).held()
    return {row: found.count(row) for row in found.rows}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("age_band", {"Under 1": 2, "11 to 15": 1, "Unborn": 1}),
        ("sex", {"Female": 2, "Male": 1, "Not known": 1}),
        ("ethnicity", {"White British": 2, "Roma": 1, "White and Asian": 1}),
        ("ethnic_group", {"White": 3, "Mixed or Multiple ethnic groups": 1}),
        ("harm_type", {"Physical abuse": 2, "Neglect": 3, "Not known": 1}),
        ("harmed_by_sex", {"Female": 2, "Male": 2, "Not known": 2}),
        ("legal_status", {"Full care order": 1, "Not looked after": 2, "Not known": 1}),
        ("referral_source", {"Health": 4}),
        ("conversion", {"A review was begun": 3, "Not decided": 1}),
        ("timeliness", {"On time": 3, "Late": 1}),
    ],
)
def test_children_are_sorted(mixed: YearFacts, name: str, expected: dict[str, int]) -> None:
    assert counted(mixed, Subject.RAPID_REVIEW_CHILDREN, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sex", {"Female": 1, "Male": 1, "Not known": 2}),
        ("role", {"Ours alone": 3}),
        ("panel_reply", {"Agrees with the LCSPR": 1, "No letter yet": 2}),
        ("timeliness", {"On time": 1, "Late": 1, "Not done yet, late": 1}),
        ("theme", {"No theme": 3}),
    ],
)
def test_rapid_reviews_are_sorted(mixed: YearFacts, name: str, expected: dict[str, int]) -> None:
    assert counted(mixed, Subject.RAPID_REVIEWS, name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("theme", {"Fathers": 1, "Neglect": 1}),
        ("cost", {"£5,000 to £9,999": 1}),
        ("publication", {"Not decided yet": 1}),
        ("kind", {"Local child safeguarding practice review": 1}),
        ("timeliness", {"Not done yet, late": 1}),
    ],
)
def test_reviews_are_sorted(mixed: YearFacts, name: str, expected: dict[str, int]) -> None:
    assert counted(mixed, Subject.REVIEWS, name) == expected


def _foots(found: Breakdown) -> None:
    columns: tuple[str | None, ...] = found.columns if found.is_crossed else (None,)
    for row in found.rows:
        assert {ref for column in columns for ref in found.records_of(row, column)} == set(
            found.records_of(row)
        )
    assert {ref for row in found.rows for ref in found.records_of(row)} == set(found.records)
    assert len(set(found.records)) == len(found.records)
    if not any(found.overlapping):
        assert sum(found.count(row) for row in found.rows) == len(found.records)


@pytest.mark.parametrize("subject", Subject)
def test_every_breakdown_and_crossing_lists_what_it_counts(
    store: Store, mixed: YearFacts, subject: Subject
) -> None:
    whole = store.read(figure, subject, YEAR, TODAY)
    for name in NAMES:
        found = break_down(mixed, subject, name)
        assert set(found.records) == set(whole.records)
        _foots(found)
        _foots(found.held())
    for pair in combinations(NAMES, 2):
        _foots(break_down(mixed, subject, *pair))


def test_a_cell_of_a_crossed_table_lists_its_records(mixed: YearFacts) -> None:
    found = break_down(mixed, Subject.RAPID_REVIEW_CHILDREN, "age_band", "harm_type")
    assert found.records_of("Under 1", "Neglect") == ("CH-2021-01", "CH-2021-02")
    assert found.records_of(None, "Neglect") == ("CH-2021-01", "CH-2021-02", "CH-2021-04")
    assert found.records_of("16 and over", "Neglect") == ()
    assert found.overlapping == (False, True)
    assert found.label == "Children in rapid reviews by age and kind of harm"
    assert [note for note in found.notes if "several lines of kind of harm" in note]


def test_a_child_of_two_reviews_counts_once(store: Store) -> None:
    incident = case(store)
    both = child(store, incident, "CH-2021-09")
    rapid(store, incident, children=(both,), role="sole")
    rapid(store, incident, children=(both,), role="joint")
    found = break_down(facts_of(store), Subject.RAPID_REVIEW_CHILDREN, "role").held()
    assert found.count() == 1
    assert [found.count(row) for row in found.rows] == [1, 1]


def test_an_empty_year_has_its_rows_and_nothing_in_them(store: Store) -> None:
    found = break_down(facts_of(store), Subject.REVIEW_CHILDREN, "ethnicity", "sex")
    assert len(found.rows) == 21
    assert found.count() == 0
    assert found.held().rows == ()
    assert suppress(found.counts(), 5).kept_back == frozenset()


def test_bands_that_overlap_are_told_and_still_add_up(store: Store) -> None:
    make(store, "age_band", label="Young", from_years=0, to_years=11)
    make(store, "age_band", label="Older", from_years=11, to_years=17)
    incident = case(store)
    eleven = child(store, incident, "CH-2021-07", age_at_incident=Age.parse("11y"))
    rapid(store, incident, children=(eleven,))
    found = break_down(facts_of(store), Subject.RAPID_REVIEW_CHILDREN, "age_band").held()
    assert found.rows == ("In more than one band",)
    assert any("Age 11 is in both" in note for note in found.notes)


@pytest.mark.parametrize("names", [("sexes",), ("sex", "sex")])
def test_what_cannot_be_broken_down_is_told(mixed: YearFacts, names: tuple[str, ...]) -> None:
    with pytest.raises(UserError, match="breakdown by"):
        break_down(mixed, Subject.RAPID_REVIEWS, *names)


def test_days_late_and_costs_are_spread(store: Store) -> None:
    for sent_on in (date(2021, 6, 22), date(2021, 6, 24), date(2021, 7, 6)):
        rapid(store, case(store), sent_to_panel_on=sent_on)
    for amount in ("8000", "12500", "21400.50"):
        review = make(store, "review", kind="lcspr", started_on=date(2021, 5, 1))
        make(store, "cost_line", review=review, amount=Decimal(amount))
    late = days_late_spread(facts_of(store), Subject.RAPID_REVIEWS)
    assert late is not None
    assert [late.lowest, late.average, late.median, late.highest] == [2, 6, 6, 10]
    assert late.unit == "working days"
    cost = cost_spread(facts_of(store), Subject.REVIEWS)
    assert cost is not None
    assert [cost.lowest, cost.median, cost.highest] == [8000, 12500, Decimal("21400.50")]
    assert cost.average == Decimal("13966.8")
    average = store.read(figure, "rapid_review_days_late_average", YEAR, TODAY).value
    assert average == late.average


def test_nothing_late_and_nothing_paid_have_no_spread(store: Store) -> None:
    assert days_late_spread(facts_of(store), Subject.RAPID_REVIEWS) is None
    assert cost_spread(facts_of(store), Subject.REVIEWS) is None


def test_all_of_a_year_is_suppressed_as_one(mixed: YearFacts) -> None:
    of_children = Subject.RAPID_REVIEW_CHILDREN
    tables = [break_down(mixed, of_children, name).held() for name in NAMES]
    tables.append(break_down(mixed, of_children, "age_band", "harm_type").held())
    suppressed = suppress(suppressible(tables), 5)
    assert recoverable(suppressed) == frozenset()
    assert suppressed.cell("rapid_review_children") == "c"
    for table in tables:
        for row in table.rows:
            small = 0 < table.count(row) < 5
            assert suppressed.cell(table.name_of(row)) == "c" or not small


def test_a_nought_that_hides_others_stays_in_its_table(store: Store) -> None:
    incident = case(store)
    statuses = ["none"] * 3 + ["child_in_need", "child_protection"]
    children = tuple(
        child(store, incident, f"CH-2021-{n:02}", csc_status=status)
        for n, status in enumerate(statuses, 1)
    )
    rapid(store, incident, children=children)
    found = break_down(facts_of(store), Subject.RAPID_REVIEW_CHILDREN, "csc_status")
    kept = suppress(found.counts(), 5).kept_back
    assert "rapid_review_children" not in kept
    assert len(found.held().rows) == 3
    shown = found.held(kept)
    assert len(shown.rows) == 4
    assert shown.count() == 5
    crossed = break_down(facts_of(store), Subject.RAPID_REVIEW_CHILDREN, "csc_status", "sex")
    assert len(crossed.held(kept).rows) == 4
    assert crossed.held({crossed.name_of("Care leaver", "Male")}).columns == ("Male", "Not known")


def test_a_broad_group_does_not_give_a_fine_one_away(store: Store) -> None:
    groups = ["white_british"] * 7 + ["roma"] * 2 + ["indian"] * 6
    incident = case(store)
    children = tuple(
        child(store, incident, f"CH-2021-{n:02}", ethnicity=code)
        for n, code in enumerate(groups, 1)
    )
    rapid(store, incident, children=children)
    facts = facts_of(store)
    of_children = Subject.RAPID_REVIEW_CHILDREN
    fine, broad = (
        break_down(facts, of_children, name).held() for name in ("ethnicity", "ethnic_group")
    )
    suppressed = suppress(suppressible((fine, broad)), 5)
    assert suppressed.cell(broad.name_of("White")) == "9"
    assert [suppressed.cell(fine.name_of(row)) for row in fine.rows] == ["c", "c", "6"]


_NOT_FILLED = (Subject.REVIEWS, Subject.REVIEW_CHILDREN)


def test_twenty_years_break_down(store: Store) -> None:
    store.close()
    engine = make_engine(store.path, store.key)
    fill(engine, reviews=2000, actions=10)
    filled = Store(engine, store.key, store.path, "A. Tester", lambda: store.now())
    facts = filled.read(read_facts, YEAR, TODAY)
    filled.close()
    for subject in Subject:
        for pair in (
            ("age_band", "referral_source"),
            ("timeliness", "sex"),
            ("ethnicity", "theme"),
        ):
            assert len(break_down(facts, subject, *pair).records) > 50 or subject in _NOT_FILLED
