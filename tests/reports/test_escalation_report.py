"""The escalation report on paper: the ladder first, then agency by agency."""

from __future__ import annotations

from oscb_desktop.domain.documents import EscalationReport
from oscb_desktop.reports.document import render
from tests.reports import samples
from tests.reports.reading import pages, reader, words


def test_the_ladder_stands_before_what_is_due_and_what_was_done() -> None:
    said = words(render(samples.ESCALATION_REPORT))
    places = [
        said.index(part)
        for part in ("The ladder", "Oxmere NHS Trust", "Due to be escalated", "Steps taken")
    ]
    assert places == sorted(places)


def test_it_stands_across_the_page() -> None:
    box = reader(render(samples.ESCALATION_REPORT)).pages[0].mediabox
    assert box.width > box.height


def test_where_nothing_is_due_it_says_so() -> None:
    (page,) = pages(render(EscalationReport(samples.INTERNAL)))
    assert "No step of the ladder is due, and none was taken." in page
