"""The list of figures: each can be told from the other, and what is typed finds the nearest."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from oscb_desktop.domain.reporting_years import ReportingYear
from oscb_desktop.services.store import Store
from oscb_desktop.ui.dialogs.figure_dialog import FigureDialog
from oscb_desktop.ui.pages.annual.reader import AnnualReader
from tests.ui.conftest import type_text


@pytest.fixture
def dialog(store: Store, qtbot: QtBot) -> Iterator[FigureDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    options = AnnualReader(store).options(ReportingYear.beginning(2021))
    made = FigureDialog(options, "2021-22", parent)
    made.show()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("age", "Children in rapid reviews by age"),
        ("babies", "Babies in rapid reviews"),
        ("agenc", "Agencies in the subgroup"),
        ("panel agreed", "The Panel agreed"),
        ("families", "Families in rapid reviews"),
    ],
)
def test_whole_words_win_over_beginnings_and_middles(
    dialog: FigureDialog, typed: str, first: str
) -> None:
    type_text(dialog.field, typed)
    option = dialog.option()
    assert option is not None
    assert option.label == first


def test_the_names_of_parts_are_shown_whole(dialog: FigureDialog) -> None:
    type_text(dialog.field, "rapid age")
    table = dialog.table
    letters = table.fontMetrics()
    labels = [option.label for option in dialog._options if "reviews by age:" in option.label]
    assert len(labels) > 5
    assert all(letters.horizontalAdvance(label) < table.columnWidth(0) for label in labels)
    assert dialog.meaning.text().startswith("Those children by the age bands")
