"""The selected action: notes, acts in place, and what they refuse."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from oscb_desktop.queries import records
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.store import Store
from oscb_desktop.services.undo import Undo
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.action_acts import ACTS, Act
from oscb_desktop.ui.pages.action_panel import ActionPanel
from tests.factories import make
from tests.ui.conftest import CONTROL, press, type_text

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def panel_of(qtbot: QtBot, context: Context, action: int) -> ActionPanel:
    panel = ActionPanel(context)
    qtbot.addWidget(panel)
    panel.resize(1100, 400)
    with qtbot.waitActive(panel):
        panel.show()
    panel.show_action(action)
    return panel


def act(name: str) -> Act:
    return next(one for one in ACTS if one.name == name)


def row_of(context: Context, action: int) -> RecordRow:
    row = context.operations.read(records.record, "action", action)
    assert row is not None
    return row


def told(panel: ActionPanel) -> str:
    labels = panel.findChildren(QLabel)
    return "\n".join(label.text() for label in labels if label.isVisibleTo(panel))


def test_no_action_says_what_belongs_here(qtbot: QtBot, context: Context) -> None:
    panel = ActionPanel(context)
    qtbot.addWidget(panel)
    assert "Choose an action" in told(panel)


def test_a_note_is_typed_and_saved_with_ctrl_enter(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    action = make(store, "action")
    panel = panel_of(qtbot, context, action)
    type_text(panel.note, "Guidance approved <b>&")
    press(panel.note, Qt.Key.Key_Return, CONTROL)
    (note,) = context.operations.read(records.records, "progress_note", owner=action)
    assert (note.values["note"], note.values["noted_on"]) == (
        "Guidance approved <b>&",
        date(2022, 3, 25),
    )
    assert panel.note.toPlainText() == ""
    assert "Guidance approved <b>&" in told(panel)


def test_an_empty_note_is_refused_beside_it(qtbot: QtBot, context: Context, store: Store) -> None:
    panel = panel_of(qtbot, context, make(store, "action"))
    assert not panel.add_note()
    assert "Note is required." in told(panel)


def test_a_note_that_was_begun_waits_for_its_action(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    one, two = make(store, "action"), make(store, "action")
    panel = panel_of(qtbot, context, one)
    type_text(panel.note, "Half a note")
    panel.show_action(two)
    assert panel.note.toPlainText() == ""
    panel.show_action(one)
    assert panel.note.toPlainText() == "Half a note"


def test_notes_come_newest_first(qtbot: QtBot, context: Context, store: Store) -> None:
    action = make(store, "action")
    make(store, "progress_note", action=action, noted_on=date(2022, 1, 10), note="First")
    make(store, "progress_note", action=action, noted_on=date(2022, 2, 10), note="Second")
    words = told(panel_of(qtbot, context, action))
    assert words.index("Second") < words.index("First")


def test_an_action_is_completed_in_place(qtbot: QtBot, context: Context, store: Store) -> None:
    action = make(store, "action")
    panel = panel_of(qtbot, context, action)
    panel.begin(act("Complete"))
    form = panel.act_form
    assert form is not None
    assert form.boxes["completed_on"].control.typed() == "25 Mar 2022"
    form.boxes["outcome"].control.put_typed("Help comes sooner.")
    form.boxes["evidence"].control.put_typed("An audit of 20 cases.")
    form.boxes["evidence_kind"].put("audit", {})
    assert form.carry_out()
    assert panel.act_form is None
    row = row_of(context, action)
    assert (row.values["delivery"], row.values["completed_on"], row.values["outcome"]) == (
        "complete",
        date(2022, 3, 25),
        "Help comes sooner.",
    )
    assert panel.act_buttons["Sign off"].isVisibleTo(panel)
    assert not panel.act_buttons["Complete"].isVisibleTo(panel)
    context.operations.write(Undo())
    assert row_of(context, action).values["delivery"] == "not_started"


def test_a_sign_off_without_evidence_is_refused_beside_what_was_typed(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    action = make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    panel = panel_of(qtbot, context, action)
    panel.begin(act("Sign off"))
    form = panel.act_form
    assert form is not None
    form.boxes["by"].control.put_typed("Chair of the subgroup")
    assert not form.carry_out()
    assert "evidence that it was done" in form.fault_text
    assert form.boxes["by"].control.typed() == "Chair of the subgroup"


def test_evidence_and_sign_off(qtbot: QtBot, context: Context, store: Store) -> None:
    action = make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    panel = panel_of(qtbot, context, action)
    panel.begin(act("Add evidence"))
    assert panel.act_form is not None
    panel.act_form.boxes["kind"].control.put_value("audit")
    panel.act_form.boxes["description"].control.put_typed("Audit of 20 files")
    assert panel.act_form.carry_out()
    panel.begin(act("Sign off"))
    assert panel.act_form is not None
    panel.act_form.boxes["by"].control.put_typed("Chair")
    assert panel.act_form.carry_out()
    assert "signed off by Chair on 25 Mar 2022" in told(panel)


def test_a_due_date_moves_with_a_reason_and_the_first_one_stays(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    action = make(store, "action", due_on=date(2022, 6, 30))
    panel = panel_of(qtbot, context, action)
    panel.begin(act("Move due date"))
    form = panel.act_form
    assert form is not None
    form.boxes["to_on"].control.put_typed("31/8/22")
    assert not form.carry_out()
    assert form.boxes["reason"].fault_text == "Reason is required."
    form.boxes["reason"].control.put_typed("Waiting for the new lead.")
    assert form.carry_out()
    assert "31 Aug 2022, originally 30 Jun 2022" in told(panel)
    assert "Waiting for the new lead." in told(panel)


@pytest.mark.parametrize("name", ["Start", "No longer required"])
def test_other_acts_change_how_it_stands(
    name: str, qtbot: QtBot, context: Context, store: Store
) -> None:
    action = make(store, "action")
    panel = panel_of(qtbot, context, action)
    panel.begin(act(name))
    form = panel.act_form
    assert form is not None
    for box in form.boxes.values():
        box.control.put_typed("As agreed.")
    assert form.carry_out()
    expected = {"Start": "in_progress", "No longer required": "no_longer_required"}
    assert row_of(context, action).values["delivery"] == expected[name]


def test_an_ended_action_is_reopened(qtbot: QtBot, context: Context, store: Store) -> None:
    action = make(store, "action", delivery="complete", completed_on=date(2022, 3, 1))
    panel = panel_of(qtbot, context, action)
    panel.begin(act("Reopen"))
    assert panel.act_form is not None
    panel.act_form.boxes["reason"].control.put_typed("The audit was of another team.")
    assert panel.act_form.carry_out()
    assert row_of(context, action).values["delivery"] == "in_progress"
    assert "The audit was of another team." in told(panel)


def test_a_late_action_is_escalated_in_place(qtbot: QtBot, context: Context, store: Store) -> None:
    late = make(store, "action", reference="A-1", due_on=date(2022, 3, 1))
    panel = panel_of(qtbot, context, late)
    assert panel.act_buttons["Escalate"].isVisibleTo(panel)
    panel.begin(act("Escalate"))
    form = panel.act_form
    assert form is not None
    assert form.boxes["to"].control.typed() == "The owner of the action and their manager"
    assert "A-1" in form.boxes["message"].control.typed()
    assert form.carry_out()
    (taken,) = context.operations.read(records.records, "escalation", owner=late)
    assert taken.values["step"] == "reminder_late"
    assert not panel.act_buttons["Escalate"].isVisibleTo(panel)
    assert "their manager; no answer yet" in told(panel)


def test_an_action_that_is_not_due_is_not_escalated(
    qtbot: QtBot, context: Context, store: Store
) -> None:
    panel = panel_of(qtbot, context, make(store, "action", due_on=date(2022, 9, 1)))
    assert not panel.act_buttons["Escalate"].isVisibleTo(panel)
