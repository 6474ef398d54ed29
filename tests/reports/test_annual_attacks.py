"""Ways round the numbers that a public report keeps back, each tried as a journalist would.

Order, absence, a list of words, another year, a share, a text's own figures: none may tell what
the numbers themselves do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest

from oscb_desktop.database.key import FileKey
from oscb_desktop.domain.ages import Age
from oscb_desktop.domain.charts import Missing
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.faces import PUBLIC, SECRETARIAT
from oscb_desktop.domain.figure_words import NONE_SHOWN, NOT_SHOWN
from oscb_desktop.domain.linked_counts import listing
from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.domain.suppression import bounds, suppress
from oscb_desktop.queries.annual_blocks import CASE_BLOCKS
from oscb_desktop.queries.annual_report import annual_report, narratives
from oscb_desktop.queries.annual_rows import Grid, Lines
from oscb_desktop.queries.annual_year import Year
from oscb_desktop.queries.breakdowns import Subject, break_down
from oscb_desktop.queries.figures_counting import words_of
from oscb_desktop.queries.figures_facts import read_facts
from oscb_desktop.queries.figures_rapid import NOT_KNOWN_TO_CSC
from oscb_desktop.services.annual import WriteNarrative
from oscb_desktop.services.paper_forms import as_text, as_word, as_workbook
from oscb_desktop.services.printing import make_annual_report
from oscb_desktop.services.sample import create_sample_store
from oscb_desktop.services.store import Store
from oscb_desktop.ui.pages.annual.shown import Choice, Look, YearReader
from tests.conftest import PASSPHRASE, now
from tests.factories import make
from tests.reports.test_annual_public import FEWEST, attack, value_of, year_of_chance

YEAR = ReportingYear.beginning(2021)
BEFORE = date(2020, 9, 1)
TODAY = date(2022, 3, 25)
_KNOWN = [
    words_of("csc_status", entry.code)
    for entry in code_list("csc_status").codes
    if entry.code not in NOT_KNOWN_TO_CSC
]
_STATUS = "rapid_review_children_by_csc_status"
_KNOWN_FIGURE = "rapid_review_children_known_to_csc"


def blocks(store: Store, face: str = PUBLIC) -> dict[str, Grid | Lines]:
    found = store.read(annual_report, YEAR, TODAY, face)
    held = (block for entry in found.chapters for block in entry.blocks)
    return {block.name: block for block in held if isinstance(block, Grid | Lines)}


def told(block: Grid | Lines) -> dict[str, str]:
    """Return what a block says of each of its lines."""
    if isinstance(block, Lines):
        return {line.value.figure: line.value.words for line in block.lines}
    return {row[0].words: row[1].words for row in block.rows if len(row) > 1}


def said(store: Store, text: str, face: str = PUBLIC) -> str:
    """Return a text of the report as that face reads it."""
    standing = store.read(narratives, "2021-22").get("conclusion")
    if standing is None or standing.text != text:
        store.write(WriteNarrative("2021-22", "conclusion", text))
    return store.read(annual_report, YEAR, TODAY, face).chapter("conclusion").narrative.words


def rapid(store: Store, age: str = "3", started: date | None = None, **values: object) -> None:
    """Add a rapid review of one child."""
    incident = make(store, "incident", referral_source="health")
    child = make(
        store,
        "child",
        incident=incident,
        age_at_incident=Age.parse(age),
        **values,  # type: ignore[arg-type]
    )
    begun = started or date(2021, 5, 10)
    make(store, "review", incident=incident, children=(child,), started_on=begun)


def reviews(store: Store, count: int, **values: object) -> None:
    for _ in range(count):
        make(store, "review", kind="lcspr", **values)  # type: ignore[arg-type]


def test_the_order_of_themes_does_not_tell_which_is_the_more_frequent(store: Store) -> None:
    rare, middle, most = (make(store, "theme", name=name) for name in ("Aa", "Mm", "Zz"))
    reviews(store, 1, themes=(rare, middle, most))
    reviews(store, 1, themes=(middle, most))
    reviews(store, 4, themes=(most,))
    inside = blocks(store, SECRETARIAT)
    assert list(told(inside["themes"])) == ["Zz", "Mm", "Aa"]  # the most frequent first
    found = blocks(store)
    for name in ("themes", "themes_together"):
        table = found[name]
        assert isinstance(table, Grid)
        names = [row[0].words for row in table.rows]
        assert names == sorted(names)
    assert said(store, "{themes}").startswith("Aa: fewer than 5, Mm: fewer than 5, Zz: 6")


def test_ages_and_sources_that_are_named_do_not_count_few_children(store: Store) -> None:
    """Of "fewer than 5" children, four ages named would say that there are four."""
    for age in ("unborn", "3", "7", "15"):
        rapid(store, age, harm_types=("neglect",))
    found = blocks(store)
    assert told(found["children_facts"])["rapid_review_children"] == "fewer than 5"
    for by in ("harm_type", "child_factor"):
        table = found[f"rapid_review_children_by_{by}_by_age_band"]
        assert isinstance(table, Grid)
        assert table.rows == ()
    assert "rapid_review_referral_sources" not in told(found["rapid_facts"])
    assert said(store, "{rapid_review_referral_sources}").casefold() == NOT_SHOWN
    assert said(store, "{rapid_review_children_by_age_band}").casefold() == NONE_SHOWN


def test_reviews_that_are_published_do_not_count_those_that_are_not(store: Store) -> None:
    """Of "fewer than 5" reviews three of which are listed, there would be three or four."""
    reviews(store, 3, published_on=date(2022, 1, 5))
    reviews(store, 1)
    assert told(blocks(store)["review_facts"])["reviews_worked_on"] == NOT_SHOWN


def test_reviews_of_which_none_is_published_are_fewer_than_five(store: Store) -> None:
    reviews(store, 4)
    assert told(blocks(store)["review_facts"])["reviews_worked_on"] == "fewer than 5"


def test_a_text_tells_no_more_of_a_table_left_out_than_the_report(store: Store) -> None:
    """Of five children, two sexes "not shown" and one of 0 would leave few numbers possible."""
    for sex in ("female", "female", "male", "male", "male"):
        rapid(store, sex=sex)
    assert not blocks(store)["rapid_review_children_by_sex"].rows  # type: ignore[union-attr]
    name = "rapid_review_children_by_sex"
    each = [said(store, f"In all {{{name}[{sex}]}}") for sex in ("Female", "Male", "Not known")]
    assert set(each) == {f"In all {NOT_SHOWN}"}
    assert said(store, f"In all {{{name}:girl|girls}}") == f"In all {NONE_SHOWN}"
    assert said(store, f"In all {{{name}[Female]}}", SECRETARIAT) == "In all 2"


def test_a_category_of_the_year_before_alone_is_not_told(store: Store) -> None:
    rapid(store, sex="male")
    for sex in ("female", "female", "male"):
        rapid(store, sex=sex, started=BEFORE)
    text = "So many: {rapid_review_children_by_sex[Female]:change}"
    assert "compared to 2 in" in said(store, text, SECRETARIAT)
    assert said(store, text).endswith(f"{NOT_SHOWN} for the year before")


def test_a_share_does_not_tell_a_number_kept_back(store: Store) -> None:
    theme = make(store, "theme", name="Neglect")
    reviews(store, 2, themes=(theme,))
    reviews(store, 8)
    assert said(store, "About {themes_share[Neglect]}", SECRETARIAT) == "About 20.0%"
    assert said(store, "About {themes_share[Neglect]}") == f"About {NOT_SHOWN}"


def test_costs_of_few_reviews_do_not_tell_how_many_they_are(store: Store) -> None:
    """An average half-way between the lowest and the highest is that of two."""
    for count in (2, 3):
        for _ in range(count):
            review = make(store, "review", kind="lcspr")
            make(store, "cost_line", review=review, description="Fee", amount=Decimal(1000))
        figure = "{review_cost_average}, {review_cost_lowest}, {review_cost_highest}"
        if count == 2:
            assert "cost_facts" not in blocks(store)
            assert "£" not in said(store, figure)
    assert said(store, figure) == "£1,000, £1,000, £1,000"


def test_a_total_that_its_own_year_keeps_back_is_not_told_years_later(store: Store) -> None:
    for _ in range(6):
        rapid(store, started=date(2019, 9, 1))
    rapid(store)
    trend = blocks(store)["trend"]
    assert isinstance(trend, Grid)
    assert trend.rows[0][3].words == "6"
    earlier = ReportingYear.beginning(2019)
    facts = store.read(read_facts, YEAR, TODAY)
    year = Year.of(None, facts, PUBLIC, 5)  # type: ignore[arg-type]
    year.earlier[earlier] = suppress(year.suppressed_in(earlier).counts, 7)
    (block,) = CASE_BLOCKS["trend"](year)
    assert isinstance(block, Grid)
    assert block.rows[0][3].words == "c"


def test_a_nought_that_hides_others_stays_in_sight_as_kept_back(store: Store) -> None:
    """A row left out would say that it holds nothing, though its "c" was to leave that open."""
    codes = [entry.code for entry in code_list("ethnicity").codes[:3]]
    for code in (*codes, *codes[:2]):
        rapid(store, ethnicity=code)
    found = break_down(
        store.read(read_facts, YEAR, TODAY), Subject.RAPID_REVIEW_CHILDREN, "ethnicity"
    )
    kept = suppress(found.counts(), 5).kept_back
    assert {found.count(row) for row in found.rows if found.name_of(row) in kept} == {0, 1, 2}
    choice = Choice(Look.BREAKDOWN, YEAR, by="ethnicity", public=True)
    shown = YearReader(store).read(choice)
    marks = [row.cells[0].text for row in shown.grid.rows]
    assert marks.count("c") == len(kept) == 4
    (series,) = shown.charts[0].series
    assert series.amounts.count(Missing.KEPT_BACK) == 4


def test_the_note_that_some_are_in_several_lines_is_reckoned_with() -> None:
    """Of seven, six and some more who overlap are two at least: "fewer than 5" would say 2 to 4."""
    few = ("by", "Female")
    kept = suppress(listing({"Male": 6, "Female": 2}, "all", "by", of=7), 5, [few])
    assert kept.words(few) == NOT_SHOWN
    assert bounds(kept, few) == (2, 7)


@pytest.mark.parametrize("seed", range(8))
def test_statuses_and_what_is_published_leave_each_number_open(
    new_file: tuple[Path, FileKey], tmp_path: Path, seed: int
) -> None:
    """A reader adds the statuses that social care knows, and the reviews that he can read."""
    with year_of_chance(new_file, tmp_path, seed) as store:
        reader, truth = attack(store)
        statuses = [f"{_STATUS} {word}" for word in _KNOWN]
        held = tuple(each for each in statuses if each in reader.ranges)
        if held and _KNOWN_FIGURE in reader.ranges:
            reader.sums.append((_KNOWN_FIGURE, held, False))
        listed = blocks(store).get("reviews")
        named = len(listed.rows) if isinstance(listed, Grid) else 0
        if "reviews_worked_on" in reader.hidden:
            known = reader.ranges["reviews_worked_on"]
            reader.ranges["reviews_worked_on"] = range(max(known.start, named), known.stop)
        reader.allow_noughts({name for name in reader.hidden if not value_of(truth, name)})
        for name in sorted({_KNOWN_FIGURE, "reviews_worked_on", *held} & reader.hidden):
            assert len(reader.possible(name)) >= FEWEST, name


@pytest.fixture
def practice_year(tmp_path: Path) -> Iterator[Store]:
    store = create_sample_store(tmp_path / "s.oscb", PASSPHRASE, "A. Tester", now)
    yield store
    store.close()


def _inside(data: bytes) -> str:
    """Return every part of an office file as text."""
    with ZipFile(BytesIO(data)) as parts:
        return " ".join(parts.read(name).decode("utf-8", "ignore") for name in parts.namelist())


def _objects(data: bytes) -> str:
    """Return every object of a PDF as text, its streams unpacked."""
    with pikepdf.open(BytesIO(data)) as pdf:
        found = []
        for item in pdf.objects:
            found.append(repr(item))
            if isinstance(item, pikepdf.Stream):
                found.append(item.read_bytes().decode("latin-1"))
        return " ".join(found)


def test_no_part_of_a_file_names_a_record(practice_year: Store) -> None:
    """Streams, metadata, hidden sheets and the words behind pictures hold no reference."""
    reference = re.compile(r"\b(?:IN|RR|CH|FA|LR|SCR|PLR|CSPR|LCSPR)-\d{4}-\d+")
    paper = make_annual_report(practice_year, "2021-22", public=True)
    files = {
        "pdf": _objects(paper.data),
        "word": _inside(as_word(paper).data),
        "workbook": _inside(as_workbook(paper).data),
        "text": as_text(paper).data.decode(),
    }
    assert {name: reference.findall(said) for name, said in files.items()} == {
        name: [] for name in files
    }
    inside = make_annual_report(practice_year, "2021-22")
    assert reference.findall(_inside(as_workbook(inside).data))  # the search itself finds them
    assert "Records counted" not in files["workbook"]
