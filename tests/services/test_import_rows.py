"""Every kind that a person types, as a workbook: in, out and in again, and what is wrong named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.fields.field import Field, FieldKind, RecordKind
from oscb_desktop.domain.fields.registry import TYPED_KINDS, record_kind
from oscb_desktop.domain.values import is_empty
from oscb_desktop.exchange.cells import Written, in_cell
from oscb_desktop.exchange.sheets import columns_of
from oscb_desktop.exchange.template import write_template
from oscb_desktop.queries import records as reading
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.files import check_store, create_store
from oscb_desktop.services.store import Store
from oscb_desktop.services.transfer import ImportOutcome, import_workbook
from tests.conftest import PASSPHRASE, now
from tests.exchange.workbooks import workbook
from tests.services.test_transfer import everything

Rows = dict[str, list[dict[str, str]]]

AROUND: Rows = {
    "agency": [
        {"name": "Thamesdown Police", "kind": "Police"},
        {"name": "Upper School; Lower School", "kind": "Police"},
    ],
    "person": [{"name": "Ada Winterbourne"}, {"name": "Bo Lark"}],
    "incident": [{"reference": "IN-2021-01", "known_as": "Child M", "nature": "Serious harm"}],
    "review": [
        {
            "reference": name,
            "known_as": "Child M",
            "kind": "Local child safeguarding practice review",
            "started_on": "1/3/21",
        }
        for name in ("LR-2021-01", "LR-2021-02")
    ],
    "recommendation": [
        {
            "reference": f"LR-2021-01/R{number}",
            "review": "lr-2021-01",
            "number": str(number),
            "text": "Ask.",
        }
        for number in (1, 2)
    ],
    "action": [
        {"reference": "A-2022-01", "review": "LR-2021-01", "text": "Do it.", "due_on": "1/9/22"}
    ],
    "theme": [{"name": "Neglect"}],
}
"""What the rows below lead to."""

NEW = (
    "retention_rule",
    "plan_template_step",
    "ladder_step",
    "plan_step",
    "pause",
    "agency_request",
    "partner_sign_off",
    "parallel_process",
    "commission",
    "engagement",
    "report_draft",
    "progress_check",
    "legal_advice",
    "meeting",
    "attendance",
    "agenda_item",
    "meeting_action",
    "likeness",
    "milestone",
    "assurance_check",
    "escalation",
    "impact",
    "dissemination",
    "legal_hold",
)

NAMED = {
    "agency": "thamesdown  police",
    "person": "ada winterbourne",
    "review": "LR-2021-01 Child M",
    "incident": "in-2021-01",
    "recommendation": "LR-2021-01/R1",
    "action": "A-2022-01 Do it.",
    "theme": "NEGLECT",
    "meeting": "m-2022-01",
}
"""How a person names each, by reference, name or title, whatever the capitals."""

SPECIAL = {
    ("meeting", "reference"): "M-2022-01",
    ("impact", "reference"): "IM-2022-01",
    ("likeness", "like"): "LR-2021-01/R2 Ask.",
    ("legal_hold", "everything"): "No",
    ("agenda_item", "number"): "1",
    ("attendance", "agency"): "Upper School; Lower School",
    ("action", "also_serves"): "LR-2021-01/R2",
}


def typed(kind: RecordKind, declared: Field) -> str:
    """Return what a person types into one column, so that none is left empty."""
    if (kind.name, declared.name) in SPECIAL:
        return SPECIAL[kind.name, declared.name]
    if declared.is_link:
        return NAMED[declared.to]
    if declared.codes:
        return code_list(declared.codes).codes[0].label
    match declared.kind:
        case FieldKind.DATE:
            return "1 mar 2022"
        case FieldKind.WHOLE_NUMBER:
            return "3"
        case FieldKind.MONEY:
            return "1,250.50"
        case FieldKind.YES_NO:
            return "Yes"
    return f"{declared.label}, as told"


def filled_rows() -> Rows:
    new = {name: [_whole(record_kind(name))] for name in NEW}
    return {**AROUND, **new}


def _whole(kind: RecordKind) -> dict[str, str]:
    return {declared.name: typed(kind, declared) for declared in columns_of(kind)}


def bring_in(store: Store, rows: Rows, name: str = "year.xlsx") -> ImportOutcome:
    sheets = {record_kind(kind).plural: _sheet(record_kind(kind), of) for kind, of in rows.items()}
    path = workbook(store.path.with_name(name), sheets)
    return import_workbook(store, path, rehearse=False, backups=store.path.parent / "backups")


def _sheet(kind: RecordKind, rows: Sequence[Mapping[str, str]]) -> list[list[str]]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    headings = [kind.field(name).label for name in names]
    return [headings, *([row.get(name, "") for name in names] for row in rows)]


def words(outcome: ImportOutcome) -> list[str]:
    return [fault.words() for fault in outcome.faults]


def test_every_new_kind_comes_in_whole_and_is_the_same_when_it_comes_again(store: Store) -> None:
    assert words(bring_in(store, filled_rows())) == []
    for name in NEW:
        kind = record_kind(name)
        rows = store.read(reading.records, name)
        (row,) = [row for row in rows if told_by_us(row) or len(rows) == 1]
        for declared in columns_of(kind):
            empty = is_empty(row.values[declared.name])
            assert not empty or declared.when is not None, f"{name}.{declared.name}"
    again = bring_in(store, filled_rows())
    assert words(again) == []
    assert again.nothing_to_do
    assert check_store(store) == ()


def told_by_us(row: RecordRow) -> bool:
    """Whether a row of the workbook says so, and not what every new file starts with."""
    return any(
        isinstance(value, str) and value.endswith(", as told") for value in row.values.values()
    )


TEXTS = {
    "narrative": [
        {
            "year": "2021-22",
            "chapter": "Introduction",
            "text": "{rapid_reviews} of {review_children}",
        },
        {"year": "next one", "chapter": "Introduction", "text": "{rapid_reviews}"},
    ]
}
EARLIER = {
    "reference": "RR-2019-01",
    "kind": "Rapid review",
    "known_as": "B",
    "started_on": "1/5/19",
}
RAPID = {"reference": "RR-2021-01", "kind": "Rapid review", "known_as": "A", "started_on": "1/5/21"}


def kept_of(store: Store, year: str) -> object:
    rows = store.read(reading.records, "narrative")
    return next(row.values["read_as"] for row in rows if row.values["year"] == year)


def test_the_texts_of_a_report_come_in_as_read_with_what_came_with_them(store: Store) -> None:
    assert words(bring_in(store, {**TEXTS, "review": [EARLIER, RAPID]})) == []
    assert kept_of(store, "2021-22") == '{"rapid_reviews": "1", "review_children": "0"}'
    assert kept_of(store, "next one") is None


def test_an_import_that_leaves_a_text_as_it_is_is_no_reading_of_it(store: Store) -> None:
    bring_in(store, {**TEXTS, "review": [EARLIER]})
    bring_in(store, {**TEXTS, "review": [RAPID]})
    assert kept_of(store, "2021-22") == '{"rapid_reviews": "0", "review_children": "0"}'
    other = {**TEXTS["narrative"][0], "text": "Only {rapid_reviews}"}
    outcome = bring_in(store, {"narrative": [other]})
    assert kept_of(store, "2021-22") == '{"rapid_reviews": "1"}'
    assert [change.label for row in outcome.amended for change in row.changes] == ["Text"]


def test_a_reading_that_a_row_gives_is_kept(store: Store) -> None:
    given = {**TEXTS["narrative"][0], "read_as": '{"rapid_reviews": "7"}'}
    bring_in(store, {"narrative": [given]})
    assert kept_of(store, "2021-22") == '{"rapid_reviews": "7"}'


def test_links_are_found_by_what_a_person_calls_them(store: Store) -> None:
    bring_in(store, filled_rows())
    (attendance,) = store.read(reading.records, "attendance")
    assert attendance.words("person") == "Ada Winterbourne"
    assert attendance.words("meeting").startswith("M-2022-01")
    assert attendance.words("agency") == "Upper School; Lower School"
    (request,) = store.read(reading.records, "agency_request")
    assert request.words("agency") == "Thamesdown Police"
    (likeness,) = store.read(reading.records, "likeness")
    assert likeness.words("like") == "LR-2021-01/R2 Ask."


def test_a_request_is_found_again_by_review_agency_and_purpose(store: Store) -> None:
    bring_in(store, filled_rows())
    summary, chronology = (code.label for code in code_list("request_purpose").codes[:2])
    row = {"review": "LR-2021-01", "agency": "Thamesdown Police", "purpose": summary}
    outcome = bring_in(
        store,
        {
            "agency_request": [
                {**row, "reminders": "4"},
                {**row, "purpose": chronology},
                {**row, "review": "LR-2021-02"},
            ]
        },
    )
    assert words(outcome) == []
    assert (len(outcome.amended), len(outcome.added)) == (1, 2)
    assert [(one.label, one.before, one.after) for one in outcome.amended[0].changes] == [
        ("Reminders sent", "3", "4")
    ]


def test_somebody_is_at_a_meeting_once(store: Store) -> None:
    rows = filled_rows()
    rows["attendance"].append({"meeting": "M-2022-01", "person": "Bo Lark", "status": "Apologies"})
    rows["attendance"].append({"meeting": "M-2022-01", "person": "BO LARK", "status": "Present"})
    (fault,) = words(bring_in(store, rows))
    assert fault.startswith("Sheet “Who was there”, row 4, column B: Row 3 has the same “Meeting”")


def costs(store: Store) -> list[tuple[str, str, int]]:
    rows = store.read(reading.records, "cost_line")
    return sorted((row.words("invoice"), row.words("incurred_on"), row.id) for row in rows)


COST = {"review": "LR-2021-01", "description": "Lead reviewer", "amount": "8000"}


def test_two_invoices_for_the_same_are_two_costs_and_come_in_once(store: Store) -> None:
    rows = [{**COST, "invoice": "17"}, {**COST, "invoice": "18"}, {**COST, "incurred_on": "1/3/22"}]
    assert words(bring_in(store, {**AROUND, "cost_line": rows})) == []
    held = costs(store)
    assert [one[:2] for one in held] == [("", "01 Mar 2022"), ("17", ""), ("18", "")]
    assert bring_in(store, {"cost_line": rows}).nothing_to_do
    assert costs(store) == held


def test_an_invoice_number_that_came_later_joins_the_cost_that_lacked_it(store: Store) -> None:
    bring_in(store, {**AROUND, "cost_line": [{**COST, "incurred_on": "1/3/22"}]})
    ((_, _, first),) = costs(store)
    told = [{**COST, "incurred_on": "1/3/22", "invoice": "17"}, {**COST, "invoice": "18"}]
    outcome = bring_in(store, {"cost_line": told})
    assert (words(outcome), len(outcome.added), len(outcome.amended)) == ([], 1, 1)
    assert ("17", "01 Mar 2022", first) in costs(store)
    again = bring_in(store, {"cost_line": [{**COST, "invoice": "17", "amount": "9000"}]})
    assert (len(again.added), len(again.amended)) == (0, 1)


def test_a_row_that_may_be_about_several_costs_is_told(store: Store) -> None:
    rows = [{**COST, "invoice": "17"}, {**COST, "invoice": "18"}]
    bring_in(store, {**AROUND, "cost_line": rows})
    (fault,) = words(bring_in(store, {"cost_line": [{**COST, "amount": "9000"}]}))
    assert fault.endswith("This row may be about any of 2 records. Fill “Invoice number” and “On”.")


def test_each_row_finds_its_own_cost_before_another_takes_it(store: Store) -> None:
    bring_in(store, {**AROUND, "cost_line": [{**COST, "invoice": "17"}]})
    rows = [{**COST, "amount": "500"}, {**COST, "invoice": "17"}]
    outcome = bring_in(store, {"cost_line": rows})
    assert (words(outcome), len(outcome.added), len(outcome.amended)) == ([], 1, 0)


def test_a_letter_of_the_panel_comes_in_though_nobody_knows_when_it_was_asked(
    store: Store,
) -> None:
    review = {"reference": "RR-2019-01", "known_as": "Child C", "kind": "Rapid review"}
    kinds = [code.label for code in code_list("panel_response").codes[:2]]
    letters = [{"review": "RR-2019-01", "received_on": "1/3/19", "kind": one} for one in kinds]
    rows = {"review": [{**review, "started_on": "1/2/19"}], "panel_response": letters}
    outcome = bring_in(store, rows)
    assert words(outcome) == []
    assert len(store.read(reading.records, "panel_response")) == 2
    assert bring_in(store, rows).nothing_to_do


WRONG = {
    "engagement": ("met_on", "26/3/22", "“Met on” cannot lie on a day to come; today is 25 Mar"),
    "milestone": ("done_on", "1 apr 2022", "“Done on” cannot lie on a day to come"),
    "agency_request": ("agency", "The Fire Brigade", "is not among the agencies"),
    "attendance": ("person", "Cy Unknown", "is not among the people"),
    "agenda_item": ("meeting", "M-2022-77", "is not among the meetings"),
    "meeting_action": ("due_on", "31/2/22", "There is no day 31"),
    "pause": ("until_on", "1/2/22", "“Until” cannot come before “From”."),
    "partner_sign_off": ("partner", "The mayor", "is not in the list for Partner"),
    "commission": ("fee", "a lot", "is not an amount in pounds"),
    "report_draft": ("number", "0", "Number cannot be below 1."),
    "progress_check": ("in_writing", "perhaps", "is neither Yes nor No"),
    "plan_step": ("working_days", "two", "is not a whole number"),
    "likeness": ("like", "LR-2021-01/R9", "is not among the recommendations"),
    "legal_hold": ("reviews", "LR-2021-01; LR-1999-01", "“LR-1999-01” is not among the reviews"),
    "dissemination": ("reach", "many", "is not a whole number"),
    "escalation": ("replied_on", "1/2/22", "“Answered on” cannot come before “On”."),
}


@pytest.mark.parametrize("kind", list(WRONG))
def test_a_wrong_row_of_a_new_kind_is_named_with_its_column(store: Store, kind: str) -> None:
    name, text, said = WRONG[kind]
    rows = filled_rows()
    rows[kind] = [{**rows[kind][0], name: text}]
    before = everything(store)
    faults = words(bring_in(store, rows))
    assert len(faults) == 1
    assert faults[0].startswith(f"Sheet “{record_kind(kind).plural}”, row 2, column ")
    assert said in faults[0]
    assert everything(store) == before


def test_what_came_in_goes_out_and_comes_into_another_file_the_same(
    store: Store, tmp_path: Path
) -> None:
    bring_in(store, filled_rows())
    path = tmp_path / "out.xlsx"
    write_template(
        path,
        {
            kind.name: [written(kind, row) for row in store.read(reading.records, kind.name)]
            for kind in TYPED_KINDS
        },
    )
    other = create_store(tmp_path / "other.oscb", PASSPHRASE, "A. Tester", now)
    try:
        assert import_workbook(other, path, rehearse=False, backups=tmp_path / "b").faults == ()
        assert everything(other) == everything(store)
    finally:
        other.close()


def written(kind: RecordKind, row: RecordRow) -> dict[str, Written]:
    """Return a record as the cells of a row: links by the titles that the screen shows."""
    return {
        declared.name: "\n".join(row.titles[declared.name].values())
        if declared.is_link
        else in_cell(declared, row.values[declared.name])
        for declared in columns_of(kind)
        if not is_empty(row.values[declared.name])
    }
