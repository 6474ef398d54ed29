"""A form half typed when the power fails: the next start offers the typing again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from oscb_desktop.application import Desktop
from oscb_desktop.queries.drafts import draft_for
from oscb_desktop.queries.records import records
from oscb_desktop.services.store import Store
from oscb_desktop.ui.forms import draft_keeper
from oscb_desktop.ui.forms.form_page import FormPage
from oscb_desktop.ui.forms.record_form import RecordForm
from oscb_desktop.ui.main_window import MainWindow
from tests.conftest import PASSPHRASE
from tests.journeys.hands import Hands, seen

TYPED = {
    "Known as": "Child Fern",
    "Happened on": "about jun 20",
    "Nature": "serious",
    "Summary": "Two lines,\nthe second half ty",
    "Local authority became aware on": "4/6/21",
}
NAMES = ("known_as", "happened_on", "nature", "summary", "aware_on")


@pytest.fixture(autouse=True)
def keep_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the typing twenty times a second, so that nobody waits for three."""
    monkeypatch.setattr(draft_keeper, "EVERY_MS", 50)


def lose_power(path: Path, to: Path) -> Path:
    """Copy what is on the disk at this instant; the program never comes to close the file."""
    to.mkdir()
    for part in path.parent.glob(f"{path.name}*"):
        shutil.copy(part, to / part.name)
    return to / path.name


def form_of(window: MainWindow) -> RecordForm:
    page = window.stack.page()
    assert isinstance(page, FormPage)
    return page.form


def typed_in(form: RecordForm) -> dict[str, str]:
    return {name: form.fields.boxes[name].control.typed() for name in NAMES}


def start_again(desktop: Desktop, hands: Hands, path: Path) -> MainWindow:
    """Start the program on a file and unlock it."""
    desktop.show_unlock(path)
    hands.wait_for(QApplication.focusWidget)
    hands.type(PASSPHRASE)
    hands.press("Return")
    hands.wait_for(lambda: desktop.window)
    assert desktop.window is not None
    return desktop.window


def test_half_a_form_survives_the_end_of_the_process(
    window: MainWindow, store: Store, hands: Hands, desktop: Desktop, tmp_path: Path
) -> None:
    hands.press("Ctrl+N")
    hands.fill(TYPED)
    typed = typed_in(form_of(window))
    assert typed["happened_on"] == "about jun 20"
    hands.wait_for(lambda: kept_whole(store, typed))
    found = lose_power(store.path, tmp_path / "after")

    window.close()
    again = start_again(desktop, hands, found)
    line = "Not finished: New incident, typed 25 Mar 2022 10:00"
    hands.wait_for(lambda: line in seen(again.stack.page()))
    hands.push(f"Go on. {line}")
    form = form_of(again)
    assert form.banner.text == "You typed this on 25 Mar 2022 at 10:00 and did not save it."
    assert set(typed_in(form).values()) == {""}
    hands.push("Bring it back")
    assert typed_in(form) == typed
    notes = [form.fields.boxes[name].note_text for name in NAMES]
    assert notes == ["Brought back from what you typed."] * len(NAMES)
    assert again.context.operations.read(records, "incident") == ()

    hands.fill({"Happened on": "about jun 2021"})
    hands.press("Ctrl+S")
    (incident,) = again.context.operations.read(records, "incident")
    assert incident.words("summary") == TYPED["Summary"]
    assert incident.words("happened_on") == "about Jun 2021"
    hands.press("Ctrl+N")
    assert form_of(again).banner.text == ""


def kept_whole(store: Store, typed: dict[str, str]) -> bool:
    draft = store.read(draft_for, "incident", None, {})
    return draft is not None and dict(draft.typed) == typed
