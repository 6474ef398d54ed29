from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.requests import RequestFacts, purposes, requests_in

TODAY = date(2022, 3, 25)
OUT = RequestFacts("summary", date(2022, 3, 1), date(2022, 3, 20), "", None, "", None)
IN = replace(OUT, outcome="received", received_on=date(2022, 3, 18))


def test_there_is_a_text_for_every_purpose() -> None:
    assert list(purposes()) == [code.code for code in code_list("request_purpose").codes]
    assert all(purpose.asked and purpose.one and purpose.plural for purpose in purposes().values())


@pytest.mark.parametrize(
    ("facts", "owed", "late", "words"),
    [
        (OUT, True, 5, "5 days late"),
        (replace(OUT, due_on=date(2022, 3, 24)), True, 1, "1 day late"),
        (replace(OUT, due_on=TODAY), True, 0, "due today"),
        (replace(OUT, due_on=date(2022, 3, 27)), True, -2, "due in 2 days"),
        (replace(OUT, due_on=None), True, None, "no due date"),
        (IN, False, -2, "in"),
        (replace(IN, received_on=date(2022, 3, 23)), False, 3, "in, 3 days late"),
        (replace(IN, outcome="nil_return"), False, -2, "nil return"),
        (replace(IN, outcome="refused"), False, -2, "refused"),
        (replace(IN, outcome="refused", received_on=None), False, None, "refused"),
        (replace(IN, quality="returned"), True, 5, "returned to be completed, 5 days late"),
        (replace(IN, quality="good"), False, -2, "in"),
        (replace(OUT, withdrawn_on=date(2022, 3, 24)), False, None, "withdrawn"),
        (replace(OUT, requested_on=None), False, None, "not sent yet"),
    ],
)
def test_whether_it_is_owed_and_how_late(
    facts: RequestFacts, owed: bool, late: int | None, words: str
) -> None:
    assert facts.is_owed is owed
    assert facts.days_late(TODAY) == late
    assert facts.stands(TODAY) == words


def test_how_many_are_in_by_purpose() -> None:
    gone = replace(OUT, withdrawn_on=TODAY)
    report = replace(OUT, purpose="report", due_on=None)
    rows = [*[IN] * 9, OUT, replace(OUT, due_on=None), gone, report]
    assert requests_in(rows, TODAY) == (
        "9 of 11 agency summaries in, 1 late; agency report to come"
    )
    other = replace(OUT, purpose="information")
    assert requests_in([other], TODAY) == "Other information to come, late"
    assert requests_in([replace(IN, purpose="information")], TODAY) == "Other information in"
    assert requests_in([other, other], TODAY) == (
        "0 of 2 answers with other information in, 2 late"
    )


@pytest.mark.parametrize("rows", [[], [replace(OUT, requested_on=None)]])
def test_with_nothing_sent_nothing_is_said(rows: list[RequestFacts]) -> None:
    assert requests_in(rows, TODAY) == ""
