"""The decision on a review's page: answers, warnings, sign-off, sending, the Panel's letters."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.values import Value
from oscb_desktop.queries.records import RecordRow, record, records
from oscb_desktop.services.records import AmendRecord
from oscb_desktop.services.store import Store
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.decision_forms import DecisionForm, PanelLetterForm, SendForm
from oscb_desktop.ui.pages.review.decision import (
    DecisionSection,
    PanelLettersSection,
    SignOffSection,
)
from oscb_desktop.ui.pages.review.page import ReviewPage
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.keyed_table import KeyedTable
from tests.factories import make
from tests.ui.conftest import Recorder, press

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

DECIDED = date(2022, 2, 1)


@pytest.fixture
def rapid(store: Store) -> int:
    return make(store, "review", reference="RR-2022-01", known_as="Child M")


def review_page(qtbot: QtBot, context: Context, review: int) -> ReviewPage:
    page = ReviewPage(context, review)
    qtbot.addWidget(page)
    page.resize(1180, 700)
    with qtbot.waitActive(page):
        page.show()
    page.build_all()
    return page


def read(store: Store, review: int) -> RecordRow:
    row = store.read(record, "review", review)
    assert row is not None
    return row


def amend(context: Context, store: Store, review: int, **values: Value) -> None:
    context.operations.write(AmendRecord("review", review, read(store, review).version, values))


def decision_of(page: ReviewPage) -> DecisionSection:
    section = page.section("Decision")
    assert isinstance(section, DecisionSection)
    return section


def text_of(widget: QWidget) -> str:
    labels = [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]
    cells = [table.as_text() for table in widget.findChildren(KeyedTable)]
    return "\n".join([*labels, *cells])


def offered(section: Section) -> set[str]:
    from PySide6.QtWidgets import QPushButton

    buttons = section.findChildren(QPushButton)
    return {made.accessibleName() for made in buttons if made.isVisibleTo(section)}


def test_the_decision_is_typed_in_its_order_and_held_to_its_reason(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    section = decision_of(review_page(qtbot, context, rapid))
    section.edit()
    form = section.form
    assert isinstance(form, DecisionForm)
    names = list(form.fields.boxes)
    assert names[0] == "immediate_action"
    assert names.index("notification_criteria_met") < names.index("criterion_improvement")
    assert names.index("criteria_met") < names.index("lcspr_commissioned") < names.index("dissent")
    form.fields.boxes["criteria_met"].put(True, {})
    form.fields.boxes["lcspr_commissioned"].put(False, {})
    assert not form.save()
    assert "say why" in text_of(form.fields.boxes["decision_reason"])
    form.fields.boxes["decision_reason"].put("Known already.", {})
    assert form.save()
    assert read(store, rapid).values["decision_reason"] == "Known already."
    assert section.form is None


def test_what_does_not_fit_together_is_said_on_the_page(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    section = decision_of(review_page(qtbot, context, rapid))
    assert "Look again" not in text_of(section)
    amend(context, store, rapid, criteria_met=False, lcspr_commissioned=True)
    assert "Look again: The criteria are not met, and yet an LCSPR" in text_of(section)


def test_another_kind_of_review_has_no_such_decision(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    full = make(store, "review", kind="thematic", reference="THR-2022-01")
    page = review_page(qtbot, context, full)
    for name in ("Decision", "Sign-off by the partners", "Panel letters"):
        assert not page.section(name).isVisibleTo(page)


def test_it_is_sent_with_a_word_about_what_is_missing(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    make(store, "partner_sign_off", review=rapid)
    section = decision_of(review_page(qtbot, context, rapid))
    assert "Send to the Panel" in offered(section)
    section.send()
    form = section.form
    assert isinstance(form, SendForm)
    assert "Not signed off by: local authority and health." in text_of(form)
    assert form.save()
    assert read(store, rapid).values["sent_to_panel_on"] == store.today()
    assert "Send to the Panel" not in offered(section)


def test_the_lcspr_begins_in_one_press_and_once(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    section = decision_of(review_page(qtbot, context, rapid))
    assert "Begin the LCSPR" not in offered(section)
    amend(context, store, rapid, lcspr_commissioned=True, decided_on=DECIDED)
    assert "Begin the LCSPR" in offered(section)
    with qtbot.waitSignal(context.navigation.record_wanted) as asked:
        section.begin_local_review()
    local = read(store, asked.args[1])
    assert local.values["initiated_on"] == DECIDED
    assert local.values["arose_from"] == rapid
    assert "Begin the LCSPR" not in offered(section)


def test_the_letter_is_copied_as_text(
    qtbot: QtBot, qapp: QApplication, context: Context, rapid: int
) -> None:
    decision_of(review_page(qtbot, context, rapid)).copy_letter()
    assert "Our reference: RR-2022-01" in qapp.clipboard().text()


def grid(page: ReviewPage) -> tuple[SignOffSection, KeyedTable]:
    section = page.section("Sign-off by the partners")
    assert isinstance(section, SignOffSection)
    assert section.table is not None
    return section, section.table


def test_the_partners_sign_in_a_small_grid(
    qtbot: QtBot, context: Context, store: Store, rapid: int, messages: Recorder
) -> None:
    page = review_page(qtbot, context, rapid)
    section, table = grid(page)
    assert "Not signed off by: local authority, health and police." in text_of(section)
    table.stand_on(3)
    press(table, Qt.Key.Key_Return)
    form = section.form
    assert form is not None
    assert "Police" in text_of(form)
    form.fields.boxes["name"].put("P. Example", {})
    assert form.save()
    (row,) = store.read(records, "partner_sign_off", owner=rapid)
    assert (row.values["partner"], row.values["stage"]) == ("police", "rapid_review")
    assert row.values["signed_on"] == store.today()
    assert "Not signed off by: local authority and health." in text_of(section)
    section, table = grid(page)
    table.stand_on(3)
    messages.answers.append(True)
    press(table, Qt.Key.Key_Delete)
    assert "Withdraw partner's sign-off" in messages.take()
    assert store.read(records, "partner_sign_off", owner=rapid) == ()


def test_adding_signs_for_the_first_who_has_not(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    make(store, "partner_sign_off", review=rapid, partner="local_authority")
    section, _table = grid(review_page(qtbot, context, rapid))
    section.add()
    assert section.form is not None
    assert "Health" in text_of(section.form)


def test_a_report_is_signed_apart_from_the_rapid_review(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    full = make(store, "review", kind="lcspr", reference="LR-2022-01")
    make(store, "partner_sign_off", review=full, stage="report")
    section, _table = grid(review_page(qtbot, context, full))
    assert "Not signed off by: local authority and health." in text_of(section)


def letters(page: ReviewPage) -> PanelLettersSection:
    section = page.section("Panel letters")
    assert isinstance(section, PanelLettersSection)
    return section


def test_a_letter_that_changed_the_decision_asks_for_the_new_one(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    amend(
        context,
        store,
        rapid,
        criteria_met=True,
        lcspr_commissioned=True,
        sent_to_panel_on=DECIDED,
    )
    section = letters(review_page(qtbot, context, rapid))
    section.add()
    form = section.form
    assert isinstance(form, PanelLetterForm)
    assert not form.decision.isVisible()
    form.fields.boxes["received_on"].put(date(2022, 3, 1), {})
    form.fields.boxes["kind"].put("disagrees_not_needed", {})
    changed = form.fields.boxes["decision_changed"]
    changed.put(True, {})
    changed.edited.emit()
    assert form.decision.isVisible()
    form.decision.boxes["lcspr_commissioned"].put(False, {})
    assert form.unsaved()
    assert not form.save()
    assert "say why" in text_of(form.decision.boxes["decision_reason"])
    form.decision.boxes["decision_reason"].put("The Panel is right.", {})
    assert form.save()
    assert read(store, rapid).values["lcspr_commissioned"] is False
    assert "Disagrees: no LCSPR is needed" in text_of(section)


def test_every_letter_is_shown_and_can_be_answered(
    qtbot: QtBot, context: Context, store: Store, rapid: int
) -> None:
    first = make(store, "panel_response", review=rapid, kind="clarification", points="Say more.")
    make(store, "panel_response", review=rapid, received_on=date(2022, 1, 10))
    section = letters(review_page(qtbot, context, rapid))
    told = text_of(section)
    assert "20 Jun 2021: Asks for further information or clarification" in told
    assert "Say more." in told
    assert "10 Jan 2022: Agrees that no LCSPR is needed" in told
    assert "The day on which it was sent to the Panel is not recorded." in told
    section.open_row(first)
    assert section.form is not None
    section.form.fields.boxes["our_reply"].put("Gladly.", {})
    assert section.form.save()
    assert "Gladly." in text_of(section)
