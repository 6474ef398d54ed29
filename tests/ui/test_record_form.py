"""The one form: typing, saving, mistakes, drafts and conflicts, for every kind of record."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.fields.registry import RECORD_KINDS, record_kind
from oscb_desktop.domain.values import Value
from oscb_desktop.queries import drafts, records
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.widgets.control import Control
from tests.factories import make
from tests.ui.conftest import CONTROL, Recorder, press, type_text

# The offscreen platform says so of every window and list that it shows.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

NEEDED: dict[str, dict[str, Value]] = {"age_band": {"label": "Over 24", "from_years": 25}}

HOSTILE = "<b>&amp; \N{SMILING FACE WITH OPEN MOUTH} ‮مرحبا‬ '; DROP TABLE review; --"


def opened(qtbot: QtBot, form: RecordForm) -> RecordForm:
    qtbot.addWidget(form)
    form.resize(720, 600)
    with qtbot.waitActive(form):
        form.show()
    form.focus_first()
    return form


def control(form: RecordForm, name: str) -> Control:
    form.fields.open_fold_of(name)
    return form.fields.boxes[name].control


def into(form: RecordForm, name: str) -> QWidget | None:
    control(form, name).setFocus()
    return control(form, name).focusProxy()


def saved(qtbot: QtBot, form: RecordForm) -> int:
    changes: list[Changes] = []
    form.saved.connect(changes.append)
    assert form.save(), (
        form.banner.text,
        [box.fault_text for box in form.fields.boxes.values() if box.fault_text],
    )
    assert changes[0].record_id is not None
    return changes[0].record_id


def row_of(context: Context, kind: str, record_id: int) -> records.RecordRow:
    row = context.operations.read(records.record, kind, record_id)
    assert row is not None
    return row


def test_typing_and_ctrl_s_save_a_record_and_undo_takes_it_back(
    qtbot: QtBot, context: Context
) -> None:
    form = opened(qtbot, RecordForm(context, "agency"))
    type_text(into(form, "name"), "Thames Ambulance")
    type_text(into(form, "kind"), "polic")
    with qtbot.waitSignal(form.saved) as caught:
        press(into(form, "email"), Qt.Key.Key_S, CONTROL)
    changes: Changes = caught.args[0]
    assert changes.record_id is not None
    row = row_of(context, "agency", changes.record_id)
    assert (row.values["name"], row.values["kind"]) == ("Thames Ambulance", "police")
    context.operations.write(Undo())
    assert row_of(context, "agency", changes.record_id).withdrawn_at is not None


@pytest.mark.parametrize("kind", list(RECORD_KINDS))
def test_every_kind_opens_and_saves_what_a_record_of_it_holds(
    kind: str, qtbot: QtBot, context: Context, store: Store
) -> None:
    if record_kind(kind).singleton:
        row = context.operations.read(records.singleton, kind)
        assert row is not None
    else:
        needed = NEEDED.get(kind, {})
        if kind == "panel_response":
            needed = {"review": make(store, "review", sent_to_panel_on=date(2021, 6, 1))}
        row = row_of(context, kind, make(store, kind, **needed))
    values: dict[str, Value] = {
        field.name: row.values[field.name]
        for field in record_kind(kind).fields
        if field.name != "reference"
    }
    if record_kind(kind).singleton or record_kind(kind).append_only:
        form = opened(qtbot, RecordForm(context, kind, row))
        assert form.fields.read()[1] == ()
        return
    context.operations.write(Undo())
    form = opened(qtbot, RecordForm(context, kind))
    owners = [field for field in record_kind(kind).fields if field.is_link and values[field.name]]
    for field in owners:
        if row_of(context, field.to, _first(values[field.name])).withdrawn_at is not None:
            values[field.name] = _again(store, field.to, many=field.holds_many)
    for name, box in form.fields.boxes.items():
        if name in values:
            box.control.put_value(values[name])
            box.edited.emit()
    assert row_of(context, kind, saved(qtbot, form)).withdrawn_at is None


def _first(value: Value) -> int:
    found = value[0] if isinstance(value, tuple) else value
    assert isinstance(found, int)
    return found


def _again(store: Store, kind: str, *, many: bool) -> Value:
    made = make(store, kind)
    return (made,) if many else made


def test_a_date_is_typed_freely_and_told_back(qtbot: QtBot, context: Context) -> None:
    form = opened(qtbot, RecordForm(context, "incident"))
    box = form.fields.boxes["aware_on"]
    for typed, told in (
        ("3/6", "Fri 03 Jun 2022"),
        ("3 jun 22", "Fri 03 Jun 2022"),
        ("today", "Fri 25 Mar 2022"),
        ("+5wd", "Fri 01 Apr 2022"),
    ):
        box.control.put_typed("")
        type_text(into(form, "aware_on"), typed)
        assert box.echo_text == told
    vague = form.fields.boxes["happened_on"]
    type_text(into(form, "happened_on"), "about jun 2021")
    assert vague.echo_text == "about Jun 2021"


def test_leaving_a_field_says_what_is_wrong_beside_it(qtbot: QtBot, context: Context) -> None:
    form = opened(qtbot, RecordForm(context, "incident"))
    type_text(into(form, "aware_on"), "31/2/22")
    assert form.fields.boxes["aware_on"].fault_text == ""
    press(into(form, "aware_on"), Qt.Key.Key_Tab)
    assert "no day 31" in form.fields.boxes["aware_on"].fault_text
    assert control(form, "aware_on").typed() == "31/2/22"


def test_a_mistake_stands_under_its_field_and_has_the_focus(qtbot: QtBot, context: Context) -> None:
    form = opened(qtbot, RecordForm(context, "incident"))
    form.fields.boxes["aware_on"].control.put_typed("tomorrowish")
    type_text(into(form, "summary"), "What was seen.")
    assert not form.save()
    assert form.fields.boxes["known_as"].fault_text == "Known as is required."
    assert "tomorrowish" in form.fields.boxes["aware_on"].fault_text
    assert control(form, "summary").typed() == "What was seen."
    assert QApplication.focusWidget() is control(form, "known_as").focusProxy()


def test_a_mistake_behind_more_opens_it(qtbot: QtBot, context: Context, store: Store) -> None:
    form = opened(
        qtbot, RecordForm(context, "agency", row_of(context, "agency", make(store, "agency")))
    )
    box = form.fields.boxes["active_from"]
    assert not box.isVisible()
    box.control.put_typed("never")
    assert not form.save()
    assert box.isVisible()
    assert box.fault_text


def test_a_text_that_is_too_long_is_kept_as_typed(qtbot: QtBot, context: Context) -> None:
    form = opened(qtbot, RecordForm(context, "theme"))
    control(form, "name").put_typed("x" * 300)
    assert not form.save()
    assert "300 characters" in form.fields.boxes["name"].fault_text
    assert control(form, "name").typed() == "x" * 300


def test_a_field_that_does_not_apply_is_hidden_and_keeps_its_value(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    child = make(store, "child", csc_status="child_protection", cp_category="neglect")
    form = opened(qtbot, RecordForm(context, "child", row_of(context, "child", child)))
    assert form.fields.boxes["cp_category"].isVisible()
    control(form, "csc_status").put_typed("")
    type_text(into(form, "csc_status"), "Child in need")
    press(into(form, "csc_status"), Qt.Key.Key_Tab)
    assert not form.fields.boxes["cp_category"].isVisible()
    saved(qtbot, form)
    row = row_of(context, "child", child)
    assert (row.values["csc_status"], row.values["cp_category"]) == ("child_in_need", "neglect")


def test_a_guarded_field_is_shown_and_not_offered(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    action = row_of(context, "action", make(store, "action"))
    form = opened(qtbot, RecordForm(context, "action", action))
    assert not {"reference", "due_on", "original_due_on", "delivery"} & set(form.fields.boxes)


def test_esc_asks_only_when_something_was_typed(
    qtbot: QtBot, context: Context, messages: Recorder
) -> None:
    form = opened(qtbot, RecordForm(context, "theme"))
    with qtbot.waitSignal(form.cancelled):
        press(into(form, "name"), Qt.Key.Key_Escape)
    assert messages.told == []
    form = opened(qtbot, RecordForm(context, "theme"))
    type_text(into(form, "name"), "Fathers")
    messages.answers.append(False)
    press(into(form, "name"), Qt.Key.Key_Escape)
    assert messages.take() == "What you typed here is not saved. Drop it?"
    assert control(form, "name").typed() == "Fathers"


def test_typing_survives_a_crash_and_is_brought_back_field_by_field(
    qtbot: QtBot, context: Context
) -> None:
    form = opened(qtbot, RecordForm(context, "theme"))
    type_text(into(form, "name"), "Fathers")
    assert form.drafts.timer.isActive()
    form.drafts.timer.timeout.emit()
    again = opened(qtbot, RecordForm(context, "theme"))
    assert again.banner.text == "You typed this on 25 Mar at 10:00 and did not save it."
    assert control(again, "name").typed() == ""
    again.banner.choose("Bring it back")
    assert control(again, "name").typed() == "Fathers"
    assert again.fields.boxes["name"].note_text == "Brought back from what you typed."
    saved(qtbot, again)
    assert context.operations.read(drafts.unfinished) == ()


def test_typing_is_kept_when_the_page_is_left_without_a_word(
    qtbot: QtBot, context: Context
) -> None:
    form = opened(qtbot, RecordForm(context, "theme"))
    type_text(into(form, "name"), "Fathers")
    form.hide()
    (kept,) = context.operations.read(drafts.unfinished)
    assert (kept.title, dict(kept.typed)) == ("New theme", {"name": "Fathers"})
    again = opened(qtbot, RecordForm(context, "theme"))
    again.banner.choose("Discard")
    assert context.operations.read(drafts.unfinished) == ()


def test_what_was_typed_never_hides_what_changed_meanwhile(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    theme = make(store, "theme", name="Fathers")
    form = opened(qtbot, RecordForm(context, "theme", row_of(context, "theme", theme)))
    press(into(form, "name"), Qt.Key.Key_End)
    type_text(into(form, "name"), " and men")
    form.drafts.keep()
    store.write(AmendRecord("theme", theme, 1, {"name": "Absent fathers"}))
    again = opened(qtbot, RecordForm(context, "theme", row_of(context, "theme", theme)))
    again.banner.choose("Bring it back")
    assert control(again, "name").typed() == "Fathers and men"
    assert "it now holds: Absent fathers" in again.fields.boxes["name"].note_text


def test_two_sections_of_one_record_keep_their_typing_apart(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    row = row_of(context, "review", make(store, "review"))
    one = opened(qtbot, RecordForm(context, "review", row, sections=("Decision",)))
    two = opened(qtbot, RecordForm(context, "review", row, sections=("Learning summary",)))
    type_text(into(one, "decision_reason"), "Too late")
    type_text(into(two, "questions"), "Who asked?")
    one.drafts.keep()
    two.drafts.keep()
    one.save()
    (kept,) = context.operations.read(drafts.unfinished)
    assert dict(kept.typed) == {"questions": "Who asked?"}


def test_a_conflict_keeps_the_typing_and_shows_what_it_holds_now(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    agency = make(store, "agency", name="Old name", email="a@example.org")
    form = opened(qtbot, RecordForm(context, "agency", row_of(context, "agency", agency)))
    control(form, "name").put_typed("My name")
    store.write(AmendRecord("agency", agency, 1, {"name": "Their name", "phone": "01865 000000"}))
    assert not form.save()
    assert "changed meanwhile" in form.banner.text
    form.banner.choose("Show what it holds now")
    assert "Name: Their name" in form.banner.text
    assert "Telephone: 01865 000000" in form.banner.text
    assert control(form, "name").typed() == "My name"
    assert control(form, "phone").typed() == "01865 000000"
    saved(qtbot, form)
    row = row_of(context, "agency", agency)
    assert (row.values["name"], row.values["phone"]) == ("My name", "01865 000000")


def test_hostile_text_comes_back_as_it_was_typed(qtbot: QtBot, context: Context) -> None:
    form = opened(qtbot, RecordForm(context, "theme"))
    control(form, "name").put_typed(HOSTILE)
    control(form, "description").put_typed("Line one\n" * 2000 + HOSTILE)
    theme = row_of(context, "theme", saved(qtbot, form))
    again = opened(qtbot, RecordForm(context, "theme", theme))
    assert control(again, "name").typed() == HOSTILE
    assert control(again, "description").typed().endswith(HOSTILE)
    assert not again.fields.dirty()


def test_save_and_next_stands_empty_with_the_same_owner(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    form = opened(qtbot, RecordForm(context, "finding", preset={"review": review}, several=True))
    for number in ("1", "2"):
        type_text(into(form, "number"), number)
        type_text(into(form, "title"), f"Finding {number}")
        assert form.save_and_next()
        assert control(form, "title").typed() == ""
    found = context.operations.read(records.records, "finding", owner=review)
    assert [row.values["number"] for row in found] == [1, 2]


def test_links_are_found_by_typing_and_those_of_the_same_owner_come_first(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review")
    near = make(store, "recommendation", review=review, text="Nearer help")
    make(store, "recommendation", text="Other help")
    form = opened(qtbot, RecordForm(context, "action", preset={"review": review}))
    link = control(form, "recommendation")
    type_text(into(form, "recommendation"), "help near")
    press(into(form, "recommendation"), Qt.Key.Key_Tab)
    assert link.value() == near
    groups = [option.group for option in link.finder.options()]  # type: ignore[attr-defined]
    assert groups == ["Of the same review", "Others"]


def test_words_that_name_no_record_are_kept_and_told(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    make(store, "agency", name="Health one")
    make(store, "agency", name="Health two")
    form = opened(qtbot, RecordForm(context, "person"))
    type_text(into(form, "name"), "A. Person")
    type_text(into(form, "agency"), "health")
    assert not form.save()
    assert "“health” names no agency" in form.fields.boxes["agency"].fault_text
    assert control(form, "agency").typed() == "health"


def test_many_links_are_removable_rows(qtbot: QtBot, context: Context, store: Store) -> None:
    make(store, "theme", name="Fathers")
    make(store, "theme", name="Housing")
    review = make(store, "review")
    form = opened(qtbot, RecordForm(context, "review", row_of(context, "review", review)))
    for typed in ("fath", "hous"):
        type_text(into(form, "themes"), typed)
        press(into(form, "themes"), Qt.Key.Key_Tab)
    saved(qtbot, form)
    row = row_of(context, "review", review)
    assert row.words("themes") == "Fathers; Housing"


def test_the_form_of_a_new_review_asks_by_its_kind(qtbot: QtBot, context: Context) -> None:
    form = opened(qtbot, RecordForm(context, "review"))
    type_text(into(form, "kind"), "Rapid")
    press(into(form, "kind"), Qt.Key.Key_Tab)
    assert form.fields.boxes["meeting_on"].isVisible()
    assert not form.fields.boxes["initiated_on"].isVisible()
    control(form, "started_on").put_typed("3/6/21")
    type_text(into(form, "known_as"), "Child M")
    row = row_of(context, "review", saved(qtbot, form))
    assert row.values["started_on"] == date(2021, 6, 3)
    assert row.values["reference"] == "RR-2021-01"
