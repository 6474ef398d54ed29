"""Every figure of the published report that can be counted is counted from the practice year.

Chapter by chapter; what stands beside a figure in words alone is text and is written by a person.
The printed report is read back: each figure must stand in it as it was counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import BytesIO

import pytest
from pypdf import PdfReader

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.queries.annual_report import annual_report
from oscb_desktop.queries.annual_rows import AnnualReport, Grid, Lines, Points
from oscb_desktop.queries.figures import Figure, figures
from oscb_desktop.services.printing import make_annual_report
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from tests.conftest import PASSPHRASE, now

YEAR = ReportingYear.beginning(2021)
Value = int | Decimal | dict[str, int]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = create_sample_store(
        tmp_path_factory.mktemp("seed") / "sample.oscb", PASSPHRASE, "A. Tester", now
    )
    yield store
    store.close()


@pytest.fixture(scope="module")
def counted(sample: Store) -> dict[str, Figure]:
    return {entry.name: entry for entry in sample.read(figures, YEAR, sample.today())}


@pytest.fixture(scope="module")
def report(sample: Store) -> AnnualReport:
    return sample.read(annual_report, YEAR, sample.today())


@pytest.fixture(scope="module")
def printed(sample: Store) -> str:
    data = make_annual_report(sample, "2021-22").data
    return " ".join(
        " ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages
    )


FIGURES: tuple[tuple[str, str, Value], ...] = (
    # 2 The subgroup: police, six parts of the council and its partners, health, schools
    ("2", "subgroup_agencies", 10),
    # 4.1 How many children live in the county, have a plan, are cared for
    ("4.1", "child_population", 140_000),
    ("4.1", "children_on_protection_plans", 500),
    ("4.1", "children_cared_for", 800),
    # 4.2 Facts and figures of rapid reviews
    ("4.2", "rapid_reviews", 6),
    ("4.2", "rapid_reviews_previous_year", 9),
    ("4.2", "rapid_reviews_recommending_cspr", 1),
    ("4.2", "rapid_review_referral_sources", 3),
    ("4.2", "rapid_reviews_joint", 2),
    ("4.2", "rapid_reviews_contributed", 1),
    ("4.2", "rapid_reviews_child_death", 0),
    ("4.2", "panel_agreed", 5),
    ("4.2", "panel_not_agreed", 1),
    # 4.3 Children reviewed
    ("4.3", "rapid_review_children", 8),
    ("4.3", "rapid_review_families", 6),
    ("4.3", "rapid_review_babies", 2),
    (
        "4.3",
        "rapid_review_children_by_age_band",
        {"Under 5": 4, "5 to 12": 0, "13 and over": 4},
    ),
    ("4.3", "rapid_review_children_known_to_csc", 6),
    # 5.3 and 5.4 Reviews and their children
    ("5.3", "reviews_worked_on", 5),
    (
        "5.3",
        "reviews_by_kind",
        {
            "Local child safeguarding practice review": 3,
            "Serious case review": 1,
            "Partnership learning review": 1,
        },
    ),
    ("5.3", "reviews_published", 1),
    ("5.4", "review_children", 6),
    ("5.4", "review_children_died", 1),
    ("5.4", "review_children_by_sex", {"Female": 4, "Male": 2}),
    (
        "5.4",
        "review_children_by_age_band",
        {"Under 5": 2, "5 to 12": 0, "13 and over": 4},
    ),
    ("5.4", "review_children_by_ethnicity", {"White British": 6}),
    ("5.4", "review_children_known_to_csc", 5),
    # 5, themes: four headings the year before, three new ones
    (
        "5",
        "themes_year_before",
        {
            "Early help for families": 1,
            "Keeping children safe in schools and settings": 1,
            "Neglect of children in the family home": 1,
            "Risks to children outside the home": 1,
        },
    ),
    ("5", "themes_repeated", {}),
    # 6 Learning points: six for practitioners, seven for leaders, two for the nation
    (
        "6",
        "learning_points_by_audience",
        {
            "Practitioner skill set": 6,
            "System leader focus": 7,
            "Regional or national consideration": 2,
        },
    ),
    # 7 and appendix B: three findings, ten recommendations, one part of them national
    ("7", "published_findings", 3),
    ("B", "published_recommendations", 10),
    ("7", "published_national_limbs", 1),
    # 8.4 Costs: from about £8,000 to over £20,000
    ("8.4", "review_cost_lowest", Decimal(8000)),
    # 9 Impact: seven examples
    ("9", "impact_statements", 7),
)


@pytest.mark.parametrize(
    ("chapter", "name", "value"), FIGURES, ids=[f"{at} {name}" for at, name, _ in FIGURES]
)
def test_a_figure_of_the_published_report_is_counted(
    counted: dict[str, Figure], chapter: str, name: str, value: Value
) -> None:
    assert counted[name].value == value, chapter
    assert counted[name].warnings == ()


def test_half_of_the_children_were_small_and_half_teenagers(counted: dict[str, Figure]) -> None:
    ages = counted["rapid_review_children_by_age_band"]
    half = len(ages.records) // 2
    assert len(ages.records_of("Under 5")) == len(ages.records_of("13 and over")) == half
    assert set(counted["rapid_review_babies"].records) < set(ages.records_of("Under 5"))


def test_the_dearest_review_cost_over_twenty_thousand_pounds(counted: dict[str, Figure]) -> None:
    highest = counted["review_cost_highest"].value
    assert isinstance(highest, Decimal)
    assert highest > 20_000


def test_three_new_themes_keep_coming_back_and_the_first_two_stand_together(
    counted: dict[str, Figure],
) -> None:
    new = counted["themes_new"].value
    assert isinstance(new, Mapping)
    assert len(new) == 3
    assert min(new.values()) >= 2
    together = counted["themes_together"].by_category
    most = max(together, key=lambda pair: len(together[pair]))
    assert most.startswith("Child sexual abuse")
    assert most.endswith("intimate images online")


def test_the_harm_that_went_with_each_age(report: AnnualReport) -> None:
    """4.3, the table: small children physical abuse, neglect, emotional; teenagers the rest."""
    (table,) = (
        block for block in report.chapter("age_factors").blocks if "harm_type" in block.name
    )
    assert isinstance(table, Grid)
    columns = {head: at for at, head in enumerate(table.headings)}

    def harms(age: str) -> set[str]:
        return {
            row[0].words for row in table.rows if row[columns[age]].number and row[0].words != "All"
        }

    assert harms("Under 5") == {"Physical abuse", "Neglect", "Emotional abuse"}
    assert {"Sexual abuse within the family", "Self-harm"} <= harms("13 and over")
    assert harms("13 and over") & {"Child sexual exploitation", "Criminal exploitation"}


def test_small_children_were_mostly_harmed_by_men(report: AnnualReport) -> None:
    """4.3: "in most cases a male abuser"."""
    (table,) = (
        block for block in report.chapter("age_factors").blocks if "harmed_by_sex" in block.name
    )
    assert isinstance(table, Grid)
    at = table.headings.index("Under 5")
    by_sex = {row[0].words: row[at].number or 0 for row in table.rows}
    assert by_sex["Male"] > by_sex["All"] / 2
    assert by_sex["Male"] > by_sex["Female"]


def test_every_block_of_every_chapter_tells_something(report: AnnualReport) -> None:
    for entry in report.chapters:
        for block in entry.blocks:
            if isinstance(block, Lines):
                assert block.lines, block.name
            elif isinstance(block, Grid):
                assert block.rows, block.name
            elif isinstance(block, Points):
                assert block.points, block.name


def test_no_chapter_of_the_practice_year_is_empty_and_no_text_has_a_fault(
    report: AnnualReport,
) -> None:
    assert [entry.chapter.code for entry in report.chapters if entry.is_empty] == []
    assert [fault for entry in report.chapters for fault in entry.narrative.faults] == []
    assert [words for entry in report.chapters for words in entry.narrative.by_hand] == []


def test_every_count_in_a_table_lists_as_many_records(report: AnnualReport) -> None:
    for entry in report.chapters:
        for block in entry.blocks:
            cells = [cell for row in block.rows for cell in row] if isinstance(block, Grid) else []
            for cell in cells:
                if cell.number is not None and cell.references:
                    assert cell.number == len(cell.references), (block.name, cell)


def test_the_printed_report_says_what_was_counted(printed: str) -> None:
    for said in (
        "4.2 Rapid review facts and figures",
        "There were six rapid reviews, compared to nine in the year before.",
        "Rapid reviews 6, compared to 9 in the year before",
        "Rapid reviews that recommended a review 1",
        "Sources of referral 3",
        "Joint rapid reviews 2",
        "Rapid reviews concerning a death 0",
        "The Panel agreed 5",
        "They involved eight children from six families.",
        "Under 5 4",
        "13 and over 4",
        "All 8",
        "Some 140,000 children live in the county",
        "The subgroup worked on five reviews",
        "Female 4",
        "Male 2",
        "Lowest cost of a review £8,000",
        "The ten recommendations of the review of Child R",
        "Appendix B Findings and recommendations of what was published",
    ):
        assert said in printed, said


def test_the_public_report_tells_no_reference_and_no_member(sample: Store) -> None:
    """Nothing of the records but what is meant for everybody leaves with it."""
    data = make_annual_report(sample, "2021-22", public=True).data
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    whole = sample.read(annual_report, YEAR, sample.today())
    references = {
        reference
        for entry in whole.chapters
        for block in entry.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row
        for reference in cell.references
    }
    assert len(references) > 30
    assert not [each for each in references if each in text]
    assert "Rowan Thistledown" not in text
    assert "Public version" in text
