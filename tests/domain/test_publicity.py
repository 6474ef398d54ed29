"""What may be told outside of a review follows from where it stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from oscb_desktop.domain.publicity import Standing, publicity_of
from oscb_desktop.domain.stages import Drafts, Letters, SignOffs, StageFacts

TODAY = date(2022, 3, 25)
REVIEW = StageFacts("lcspr", date(2021, 6, 1))
RAPID = StageFacts("rapid_review", date(2021, 6, 1))
SIGNED = SignOffs(frozenset({"local_authority", "health", "police"}), date(2022, 3, 1))


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (REVIEW, Standing.UNDER_WAY),
        (replace(REVIEW, reviewer_named=True), Standing.UNDER_WAY),
        (replace(REVIEW, drafts=Drafts(number=2, sent_on=TODAY)), Standing.UNDER_WAY),
        (replace(REVIEW, publication="delayed"), Standing.UNDER_WAY),
        (replace(REVIEW, signed=SIGNED), Standing.FINISHED),
        (replace(REVIEW, report_sent_on=TODAY), Standing.FINISHED),
        (replace(REVIEW, finished_on=TODAY), Standing.FINISHED),
        (replace(REVIEW, publication="not_published"), Standing.FINISHED),
        (replace(REVIEW, published_on=TODAY), Standing.PUBLISHED),
        (replace(REVIEW, published_on=date(2022, 3, 26)), Standing.UNDER_WAY),
        (RAPID, Standing.UNDER_WAY),
        (replace(RAPID, decided_on=TODAY), Standing.UNDER_WAY),
        (replace(RAPID, sent_to_panel_on=TODAY), Standing.FINISHED),
        (replace(RAPID, letters=Letters(TODAY, TODAY)), Standing.FINISHED),
    ],
)
def test_how_far_a_review_has_come(facts: StageFacts, standing: Standing) -> None:
    assert publicity_of(facts, TODAY).standing is standing


def test_a_report_is_to_come_until_it_is_published_or_is_not_to_be() -> None:
    assert publicity_of(REVIEW, TODAY).is_to_come
    assert not publicity_of(replace(REVIEW, published_on=TODAY), TODAY).is_to_come
    assert not publicity_of(replace(REVIEW, publication="not_published"), TODAY).is_to_come
    assert not publicity_of(RAPID, TODAY).is_to_come


def test_what_is_not_so_yet_is_said() -> None:
    signed = replace(REVIEW, signed=SIGNED)
    assert "under way" in publicity_of(REVIEW, TODAY).warning
    assert publicity_of(signed, TODAY).warning.endswith("before the day of publication.")
    planned = publicity_of(signed, TODAY, date(2022, 4, 28)).warning
    assert planned.endswith("before the day of publication, planned for 28 Apr 2022.")
    never = publicity_of(replace(REVIEW, publication="not_published"), TODAY).warning
    assert never.startswith("This review is not to be published")
    sent = publicity_of(replace(RAPID, sent_to_panel_on=TODAY), TODAY).warning
    assert sent.startswith("A rapid review is not published")
    assert publicity_of(replace(REVIEW, published_on=TODAY), TODAY).warning == ""
