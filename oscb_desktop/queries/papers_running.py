"""What happened while a review ran, as its full record tells it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from oscb_desktop.domain.date_words import format_date
from oscb_desktop.domain.documents import Fact, Section, Table
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.spending import spending_words
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.meetings import AttendeeRow, arising_of, attendance
from oscb_desktop.queries.papers import Made, lines
from oscb_desktop.queries.papers_parts import filled, owned, owned_table, section, table_of, told
from oscb_desktop.queries.records import RecordRow, ids_linking, record, records
from oscb_desktop.queries.requests import RequestRow, requests_of
from oscb_desktop.queries.spending import spending_of

Told = tuple[str, Section]
"""A section with the kind of record that it tells of, by which it is seen or not."""

_REQUEST_HEADINGS = ("Agency", "Asked for", "Sent", "Due", "Came back", "How it stands", "Quality")
_PAUSE = ("reason", "from_on", "until_on", "panel_told_on", "secretary_told_on", "note")
_SIGN_OFF = ("stage", "partner", "name", "role", "signed_on", "dissent")
_COST = ("description", "amount", "incurred_on", "invoice", "paid_on")
_SHARING = ("product", "audience", "channel", "shared_on", "reach", "cascade_on", "feedback")
_DAY_PLAN = ("text", "who", "due_on", "done_on", "note")


def running_sections(session: Session, review_id: int, made: Made) -> Iterator[Told]:
    """Yield the sections from the day plan to the drafts; one may have nothing in it."""
    yield "plan_step", _day_plan(session, review_id)
    yield (
        "pause",
        Section("Pauses", tables=_bare(owned_table(session, "pause", review_id, _PAUSE))),
    )
    yield "agency_request", _requests(session, review_id, made.today)
    yield "meeting", _meetings(session, review_id, made)
    signed = _bare(owned_table(session, "partner_sign_off", review_id, _SIGN_OFF))
    yield "partner_sign_off", Section("Sign-off by the partners", tables=signed)
    yield "panel_response", section("Panel letters", owned(session, "panel_response", review_id))
    yield "commission", section("Reviewers", owned(session, "commission", review_id))
    yield "cost_line", _costs(session, review_id)
    engaged = owned(session, "engagement", review_id)
    yield "engagement", section("Practitioners and family", engaged)
    beside = owned(session, "parallel_process", review_id)
    yield "parallel_process", section("Parallel processes", beside)
    yield "report_draft", section("Drafts of the report", _drafts(session, review_id))
    checks = owned(session, "progress_check", review_id)
    yield "progress_check", section("Progress checks", checks)
    yield "legal_advice", _legal_advice(session, review_id)


def sharing(session: Session, review_id: int) -> Section:
    """Return where the learning of a review was taken."""
    kind = record_kind("dissemination")
    rows = _live(session, kind.name, ids_linking(session, kind, kind.field("review"), review_id))
    rows.sort(key=lambda row: (str(row.values["shared_on"]), row.id))
    return Section("Sharing of learning", tables=table_of("", kind.name, rows, _SHARING))


def impact(session: Session, review_id: int) -> Section:
    """Return what changed because of a review, or through an action of it."""
    mine = {row.id for row in records(session, "action", owner=review_id)}
    found = [
        told(row, str(row.values["reference"]))
        for row in records(session, "impact")
        if review_id in _ids(row, "reviews") or mine & _ids(row, "actions")
    ]
    return section("Impact", found)


def _ids(row: RecordRow, name: str) -> set[int]:
    value = row.values[name]
    return {int(one) for one in value} if isinstance(value, tuple) else set()


def _bare(tables: tuple[Table, ...]) -> tuple[Table, ...]:
    """Return tables without the caption that the heading above says already."""
    return tuple(Table("", table.headings, table.rows, table.widths) for table in tables)


def _day_plan(session: Session, review_id: int) -> Section:
    rows = sorted(
        records(session, "plan_step", owner=review_id),
        key=lambda row: (str(row.values["due_on"] or "9"), row.words("number").zfill(4), row.id),
    )
    return Section("Plan", tables=table_of("", "plan_step", rows, _DAY_PLAN))


def _requests(session: Session, review_id: int, today: date) -> Section:
    rows = requests_of(session, review_id, today)
    cells = tuple(_request_row(row, today) for row in rows)
    table = Table("", _REQUEST_HEADINGS, cells, (4, 3, 2, 2, 2, 3, 3))
    tables = (filled(table),) if rows else ()
    return Section("Requests to agencies", tables=tables, subsections=_asked(session, review_id))


def _request_row(row: RequestRow, today: date) -> tuple[str, ...]:
    facts = row.facts
    stands = row.words or facts.stands(today)
    if row.reminders:
        stands += f"; reminded {row.reminded}"
    return (
        row.agency,
        row.purpose_words,
        _day(facts.requested_on),
        _day(facts.due_on),
        _day(facts.received_on),
        stands,
        row.quality_words,
    )


def _asked(session: Session, review_id: int) -> tuple[Section, ...]:
    """Return each text that was asked with the agencies that were asked it, and what was noted."""
    rows = records(session, "agency_request", owner=review_id)
    agencies: dict[str, list[str]] = {}
    for row in rows:
        if row.values["asked"]:
            agencies.setdefault(str(row.values["asked"]), []).append(row.words("agency"))
    asked = [
        Section(f"Asked of {', '.join(dict.fromkeys(names))}", paragraphs=lines(text))
        for text, names in agencies.items()
    ]
    noted = [
        Section(
            f"About what {row.words('agency')} sent", paragraphs=lines(row.words("quality_note"))
        )
        for row in rows
        if row.values["quality_note"]
    ]
    return (*asked, *noted)


def _meetings(session: Session, review_id: int, made: Made) -> Section:
    """Return the meetings about a review; of one about several, only what is said of this one."""
    item, meeting = record_kind("agenda_item"), record_kind("meeting")
    items = ids_linking(session, item, item.field("review"), review_id)
    found = {
        *ids_linking(session, meeting, meeting.field("reviews"), review_id),
        *(_number(row.values["meeting"]) for row in _live(session, item.name, items)),
    }
    rows = sorted(
        _live(session, meeting.name, found), key=lambda row: (str(row.values["held_on"]), row.id)
    )
    return section("Meetings", (_meeting(session, row, review_id, made) for row in rows))


def _live(session: Session, kind_name: str, ids: Iterable[int]) -> list[RecordRow]:
    found = (record(session, kind_name, one) for one in ids)
    return [row for row in found if row is not None and row.withdrawn_at is None]


def _number(value: Value) -> int:
    assert isinstance(value, int)
    return value


def _meeting(session: Session, row: RecordRow, review_id: int, made: Made) -> Section:
    alone = _ids(row, "reviews") == {review_id}
    here = attendance(session, row.id)
    people = here.people if here else ()
    facts = [
        Fact("Time", row.words("starts_at")),
        Fact("Place", row.words("place")),
        Fact("Chair", row.words("chair")),
        Fact("Quorum", here.quorum.words() if here and here.quorum.present else ""),
        Fact("If it was not quorate", row.words("quorum_note")),
        *(() if alone else _who_came(people)),
    ]
    mine = [
        item
        for item in records(session, "agenda_item", owner=row.id)
        if item.values["review"] == review_id or (alone and item.values["review"] is None)
    ]
    return Section(
        row.title,
        tuple(fact for fact in facts if fact.value),
        tables=(
            *(_people(people) if alone else ()),
            *table_of("Agenda", "agenda_item", mine, ("heading", "led_by", "said", "decision")),
            *(_arising(session, row.id, made.today) if alone else ()),
        ),
        subsections=tuple(_narratives(row)) if alone else (),
    )


def _narratives(row: RecordRow) -> Iterator[Section]:
    kind = record_kind("meeting")
    for name in ("purpose", "note", "dissent"):
        if row.values[name]:
            yield Section(kind.field(name).label, paragraphs=lines(row.words(name)))


def _who_came(people: Sequence[AttendeeRow]) -> Iterator[Fact]:
    """Yield the names by whether they came: a meeting about several has a note of its own."""
    for status in dict.fromkeys(one.status_words for one in people):
        yield Fact(status, ", ".join(one.name for one in people if one.status_words == status))


def _people(people: Sequence[AttendeeRow]) -> tuple[Table, ...]:
    rows = tuple((one.name, one.agency, one.status_words, one.interest) for one in people)
    if any(one.interest for one in people):
        headings = ("Name", "Agency", "Came", "Interest declared")
        return (Table("Who was there", headings, rows, (3, 4, 2, 3)),)
    bare = tuple(row[:3] for row in rows)
    return (Table("Who was there", ("Name", "Agency", "Came"), bare, (3, 5, 2)),) if rows else ()


def _arising(session: Session, meeting_id: int, today: date) -> tuple[Table, ...]:
    rows = tuple(
        (row.text, row.owner, _day(row.due_on), _day(row.done_on))
        for row in arising_of(session, meeting_id, today)
    )
    return (
        (Table("Actions arising", ("What", "Who", "By", "Done"), rows, (6, 3, 2, 2)),)
        if rows
        else ()
    )


def _costs(session: Session, review_id: int) -> Section:
    tables = _bare(owned_table(session, "cost_line", review_id, _COST))
    found = spending_of(session, review_id)
    known = bool(tables) or found.agreed is not None
    facts = (Fact("In all", spending_words(found)),) if known else ()
    return Section("Costs", facts=facts, tables=tables)


def _drafts(session: Session, review_id: int) -> list[Section]:
    return [
        told(row, f"Draft {row.values['number']}, {row.words('made_on')}")
        for row in records(session, "report_draft", owner=review_id)
    ]


def _legal_advice(session: Session, review_id: int) -> Section:
    """Return the advice that is not privileged, and of the other that there is some."""
    rows = records(session, "legal_advice", owner=review_id)
    kept = tuple(
        f"Privileged advice of {row.words('given_on')} is not printed."
        for row in rows
        if row.values["privileged"] is not False
    )
    open_ones = tuple(told(row) for row in rows if row.values["privileged"] is False)
    return Section("Legal advice", paragraphs=kept, subsections=open_ones)


def _day(day: date | None) -> str:
    return format_date(day) if day else ""
