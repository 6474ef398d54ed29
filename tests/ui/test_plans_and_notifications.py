"""The incident's page, the sheet to paste from, and the plan with its days that move."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from oscb_desktop.database.models.trust import Change
from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.values import Value
from oscb_desktop.queries.plans import moves
from oscb_desktop.queries.records import records
from oscb_desktop.services.notification import SendNotification
from oscb_desktop.services.plans import MakePlan
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.dialogs.notification_sheet_dialog import NotificationSheetDialog
from oscb_desktop.ui.dialogs.re_plan_dialog import RePlanDialog
from oscb_desktop.ui.forms.field_box import FieldBox
from oscb_desktop.ui.forms.form_page import FormPage
from oscb_desktop.ui.forms.notification_forms import NotificationForm
from oscb_desktop.ui.pages.incident_page import IncidentPage
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.pages.review.plan import PlanSection
from oscb_desktop.ui.pages.settings_page import SettingsPage
from oscb_desktop.ui.pages.today.page import TodayPage
from tests.factories import make
from tests.services.acts import change, row_of
from tests.ui.conftest import press

AWARE, SENT = date(2022, 3, 14), date(2022, 3, 18)


def shown(qtbot: QtBot, page: QWidget) -> QWidget:
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    return page


def words(within: QWidget) -> list[str]:
    labels = [label.text() for label in within.findChildren(QLabel) if label.isVisible()]
    return labels + [b.text() for b in within.findChildren(QPushButton) if b.isVisible()]


def incident(store: Store, decision: str = "notify") -> int:
    made = make(store, "incident", aware_on=AWARE)
    if decision:
        make(store, "notification_discussion", incident=made, held_on=AWARE, decision=decision)
    return made


def incident_page(qtbot: QtBot, context: Context, made: int) -> IncidentPage:
    page = shown(qtbot, IncidentPage(context, made))
    assert isinstance(page, IncidentPage)
    page.build_all()
    return page


def choose(box: FieldBox, code: str) -> None:
    box.control.put_value(code)
    box.control.edited.emit()


def test_an_incident_offers_what_makes_sense_now(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = incident_page(qtbot, context, incident(store, ""))
    assert not page.standing.send_button.isVisible()
    assert page.standing.outside_button.isVisible()
    assert "The local authority's decision on notifying is not recorded." in words(page)
    page = incident_page(qtbot, context, incident(store))
    assert page.standing.send_button.isVisible()
    assert "To be sent: decided to notify" in words(page)


@pytest.mark.parametrize(
    ("recorded", "offered"), [("Aldershire", ""), ("Alderfield", "Alderfield"), (None, "")]
)
def test_our_own_area_is_not_offered_as_another_one(
    qtbot: QtBot, context: Context, store: Store, recorded: str | None, offered: str
) -> None:
    name = "Aldershire Safeguarding Partnership"
    change(store, "organisation", store.read(records, "organisation")[0].id, name=name)
    made = make(store, "incident", incident_authority=recorded)
    page = incident_page(qtbot, context, made)
    page.standing.outside()
    form = page.standing.form
    assert form is not None
    assert form.fields.boxes["incident_authority"].control.typed() == offered
    assert form.save() is bool(offered)
    ours = row_of(store, "incident", made).values["notified_by"] == "us"
    assert ours is not bool(offered)


def test_our_own_area_is_not_shown_again_when_the_incident_was_changed_meanwhile(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    name = "Aldershire Safeguarding Partnership"
    change(store, "organisation", store.read(records, "organisation")[0].id, name=name)
    made = make(store, "incident")
    page = incident_page(qtbot, context, made)
    page.standing.outside()
    form = page.standing.form
    assert form is not None
    form.fields.boxes["incident_authority"].control.put_typed("Alderfield")
    change(store, "incident", made, incident_authority="Aldershire")
    assert not form.save()
    form.banner.findChildren(QPushButton)[0].click()
    assert form.save()
    row = row_of(store, "incident", made)
    assert row.values["incident_authority"] == "Alderfield"


def test_what_is_missing_leads_to_its_form(qtbot: QtBot, context: Context, store: Store) -> None:
    page = incident_page(qtbot, context, make(store, "incident"))
    link = "When the local authority became aware is not recorded; a clock counts on it."
    next(b for b in page.findChildren(QPushButton) if b.text() == link).click()
    form = page.section("Dates that start the clocks").form
    assert form is not None
    assert form.fields.boxes["aware_on"].isAncestorOf(page.focusWidget())


def test_two_windows_that_send_the_same_notification_lose_nothing(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    made = incident(store)
    page = incident_page(qtbot, context, made)
    page.standing.send()
    form = page.standing.form
    assert form is not None
    form.fields.boxes["notifier"].control.put_typed("A. Wren")
    change(store, "incident", made, summary="Changed in another window.")
    assert not form.save()
    assert "changed" in form.banner.text
    assert form.fields.boxes["notifier"].control.typed() == "A. Wren"
    assert store.read(records, "review") == ()


def test_the_form_asks_for_our_part_in_the_review_that_begins(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = incident_page(qtbot, context, incident(store))
    page.standing.send()
    form = page.standing.form
    assert isinstance(form, NotificationForm)
    assert form.part is not None
    role, others = form.part.boxes["role"], form.part.boxes["partnerships"]
    assert (role.isVisible(), others.isVisible()) == (True, False)
    choose(role, "lead")
    assert others.isVisible()
    others.control.put_typed("Alderfield")
    form.fields.boxes["notification_reasons"].control.put_value(("harm_abuse",))
    assert form.save()
    (review,) = store.read(records, "review")
    assert (review.values["role"], review.values["partnerships"]) == ("lead", "Alderfield")


def test_nothing_is_asked_of_a_review_that_does_not_begin(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    begun = incident(store)
    make(store, "review", incident=begun)
    alone = incident(store)
    change(store, "incident", alone, nature="care_leaver_death")
    for made in (begun, alone):
        form = NotificationForm(context, row_of(store, "incident", made))
        shown(qtbot, form)
        assert form.part is None


def test_a_rapid_review_of_a_death_with_its_own_duty_is_warned_of_and_can_begin(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    made = incident(store)
    change(store, "incident", made, nature="looked_after_death_no_abuse")
    page = FormPage(context, "review", {"incident": made, "known_as": "Child M"})
    shown(qtbot, page)
    kind = page.form.fields.boxes["kind"]
    assert not page.warning.words.isVisible()
    choose(kind, "rapid_review")
    assert page.warning.words.isVisible()
    choose(kind, "thematic")
    assert not page.warning.words.isVisible()
    choose(kind, "rapid_review")
    page.form.fields.boxes["started_on"].control.put_typed("18/3/22")
    assert page.form.save()


def test_the_sheet_asks_why_before_it_names_anybody(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    made = incident(store)
    child = make(store, "child", incident=made, known_as="Child M")
    make(store, "child_identity", child=child, last_name="Exampleton")
    dialog = NotificationSheetDialog(context, made, None)
    shown(qtbot, dialog)
    assert "Exampleton" not in words(dialog)
    dialog.show_identities()
    assert any(text.startswith("Say why") for text in words(dialog))
    dialog.reason_field.setText("To notify the Panel")
    dialog.show_identities()
    assert "Exampleton" in words(dialog)
    last = store.read(lambda session: session.scalars(select(Change.label)).all()[-1])
    assert last == "Look at identities: To notify the Panel"
    copy = next(
        b for b in dialog.findChildren(QPushButton) if b.accessibleName().endswith("Last name")
    )
    copy.click()
    assert QApplication.clipboard().text() == "Exampleton"
    dialog.copy_all()
    assert "Last name: Exampleton" in QApplication.clipboard().text()


def test_the_sheet_is_saved_as_pdf_and_noted(
    qtbot: QtBot, context: Context, store: Store, tmp_path: Path
) -> None:
    dialog = NotificationSheetDialog(context, incident(store), None)
    shown(qtbot, dialog)
    target = tmp_path / "sheet.pdf"
    dialog.save_to(target)
    context.tasks.finish()
    qtbot.waitUntil(target.exists)
    assert target.read_bytes().startswith(b"%PDF")
    assert len(store.read(records, "release")) == 1


@pytest.fixture
def planned(store: Store) -> int:
    made = incident(store)
    version = row_of(store, "incident", made).version
    values: dict[str, Value] = {"notified_on": SENT, "notification_reasons": ("harm_abuse",)}
    store.write(SendNotification(made, version, values))
    (review,) = store.read(records, "review")
    return review.id


def test_a_step_is_done_by_one_key_on_the_page_and_on_today(
    qtbot: QtBot, context: Context, store: Store, planned: int
) -> None:
    page = shown(qtbot, ReviewPage(context, planned))
    assert isinstance(page, ReviewPage)
    page.build_all()
    section = page.section("Plan")
    assert isinstance(section, PlanSection)
    assert section.table is not None
    assert not section.make_button.isVisible()
    section.table.setFocus()
    section.table.selectRow(0)
    press(section.table, Qt.Key.Key_D)
    first, second, *_ = store.read(records, "plan_step", owner=planned)
    assert (first.values["done_on"], second.values["done_on"]) == (store.today(), None)
    today = shown(qtbot, TodayPage(context))
    assert isinstance(today, TodayPage)
    table = today.plans.table
    assert table is not None
    assert second.id in table.ids()
    assert first.id not in table.ids()
    table.setFocus()
    table.selectRow(0)
    press(table, Qt.Key.Key_D)
    assert row_of(store, "plan_step", second.id).values["done_on"] == store.today()
    left = today.plans.table
    assert left is not None
    assert left is not table
    assert left.isVisible(), "what is next is there at once"


def test_the_moves_are_shown_before_anything_moves(
    qtbot: QtBot, context: Context, store: Store, planned: int
) -> None:
    (case,) = store.read(records, "incident")
    change(store, "incident", case.id, notified_on=date(2022, 3, 21))
    page = shown(qtbot, ReviewPage(context, planned))
    assert isinstance(page, ReviewPage)
    page.build_all()
    section = page.section("Plan")
    assert isinstance(section, PlanSection)
    assert section.move_button.isVisible()
    assert any("9 steps would move" in text for text in words(page))
    found = store.read(moves, planned)
    dialog = RePlanDialog(None, found)
    shown(qtbot, dialog)
    assert dialog.move_button.text() == "Move 9 of 9"
    assert dialog.move_button.isDefault()
    dialog.table.setCurrentCell(0, 0)
    press(dialog.table, Qt.Key.Key_Space)
    assert dialog.days == tuple((move.id, move.new_on) for move in found[1:])


def test_a_review_without_a_plan_is_given_one_at_a_press(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review", kind="lcspr", initiated_on=AWARE)
    page = shown(qtbot, ReviewPage(context, review))
    assert isinstance(page, ReviewPage)
    page.build_all()
    section = page.section("Plan")
    assert isinstance(section, PlanSection)
    section.make_button.click()
    assert len(store.read(records, "plan_step", owner=review)) == 19
    assert not section.make_button.isVisible()
    thematic = make(store, "review", kind="thematic")
    other = shown(qtbot, ReviewPage(context, thematic))
    assert isinstance(other, ReviewPage)
    other.build_all()
    plain = other.section("Plan")
    assert isinstance(plain, PlanSection)
    assert not plain.make_button.isVisible()


def test_the_usual_plan_is_filled_in_to_be_changed(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = shown(qtbot, SettingsPage(context))
    start = next(
        b for b in page.findChildren(QPushButton) if b.text() == "Start from the usual plan"
    )
    start.click()
    assert len(store.read(records, "plan_template_step")) == 28
    assert not start.isVisible()


def test_the_usual_agendas_are_filled_in_to_be_changed(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    page = shown(qtbot, SettingsPage(context))
    start = next(
        b for b in page.findChildren(QPushButton) if b.text() == "Start from the usual agendas"
    )
    start.click()
    kinds = {row.values["meeting_kind"] for row in store.read(records, "agenda_item_template")}
    assert kinds == {entry.code for entry in code_list("meeting_kind").codes}
    assert not start.isVisible()


def test_the_list_of_sections_opens_the_group_that_is_read(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    review = make(store, "review", kind="lcspr", initiated_on=AWARE)
    store.write(MakePlan(review))
    page = shown(qtbot, ReviewPage(context, review))
    assert isinstance(page, ReviewPage)
    page.build_all()

    def listed() -> list[str]:
        items = [page._jumps.item(at) for at in range(page._jumps.count())]
        return [item.text() for item in items if not item.isHidden()]

    groups = ["The case", "The work", "Outcome", "Learning", "Papers and past"]
    assert listed() == ["Where it stands", *groups]
    page.jump_to("Pauses")
    assert page._jumps.currentItem().text() == "Pauses"
    assert listed()[:4] == ["Where it stands", "The case", "The work", "Plan"]
    assert listed()[-3:] == groups[2:]
