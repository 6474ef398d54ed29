"""The chair's sheet: what it says of each review, and that it is drawn where its days lie."""

from __future__ import annotations

import io
from datetime import date

from pypdf import PdfReader

from oscb_desktop.domain.documents import ChairSheet, DayShape
from oscb_desktop.queries.papers_chair import chair_sheet
from oscb_desktop.services.printing import made_now, make_chair_sheet
from oscb_desktop.services.store import Store
from tests.factories import make
from tests.reports.reading import faults


def sheet(store: Store) -> ChairSheet:
    return store.read(chair_sheet, made_now(store))


def a_paused_review(store: Store, **values: str) -> None:
    began = date(2021, 9, 6)
    review = make(
        store,
        "review",
        kind="lcspr",
        initiated_on=began,
        started_on=began,
        publication_planned_on=date(2022, 6, 1),
        **values,
    )
    make(store, "pause", review=review, from_on=date(2022, 1, 20), until_on=None, reason="inquest")


def test_each_review_is_told_with_its_stages_and_days(store: Store) -> None:
    a_paused_review(store, reference="LR-2021-09", known_as="Child R")
    line = sheet(store).lines[0]
    assert line.review == "LR-2021-09 Child R"
    assert line.part.startswith("LCSPR, ")
    assert line.stage.endswith("Paused since 20 Jan 2022: inquest")
    assert [span.rests for span in line.spans] == [False, True]
    assert line.spans[0].ends == line.spans[1].begins
    shapes = {day.words.split(":")[0]: day.shape for day in line.days}
    assert shapes["Publication"] is DayShape.LATE
    assert shapes["Publication planned for 01 Jun 2022"] is DayShape.PLANNED
    late = next(day for day in line.days if day.shape is DayShape.LATE)
    assert late.words == "Publication: 06 Mar 2022, 19 days late"
    assert line.spans[1].begins < late.at < sheet(store).today_at
    assert "missing" in line.to_do


def test_thirty_reviews_are_drawn_on_several_pages_and_all_are_named(store: Store) -> None:
    for number in range(1, 31):
        a_paused_review(store, reference=f"LR-2021-{number:02}")
    made = make_chair_sheet(store)
    assert faults(made.data) == []
    pages = PdfReader(io.BytesIO(made.data)).pages
    assert all(page.mediabox.width > page.mediabox.height for page in pages)
    words = "\n".join(page.extract_text() for page in pages)
    assert len(pages) > 1
    assert all("Live reviews" in page.extract_text() for page in pages)
    assert all(f"LR-2021-{number:02}" in words for number in range(1, 31))
    assert all(made.marking in page.extract_text() for page in pages)


def test_a_dozen_reviews_stand_on_one_page(store: Store) -> None:
    for number in range(1, 13):
        a_paused_review(store, reference=f"LR-2021-{number:02}", known_as="Child R")
    made = make_chair_sheet(store)
    assert made.pages == 1
    assert made.remarks == ()
    words = PdfReader(io.BytesIO(made.data)).pages[0].extract_text()
    assert words.count("19 days late") == 12


def test_a_file_without_live_reviews_says_so(store: Store) -> None:
    assert sheet(store).lines == ()
    words = PdfReader(io.BytesIO(make_chair_sheet(store).data)).pages[0].extract_text()
    assert "No review is live" in words
