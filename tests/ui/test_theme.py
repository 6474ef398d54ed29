"""Everything can be read: contrast is measured, in both palettes and with any accent."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from oscb_desktop.ui import theme
from oscb_desktop.ui.theme import SIGN_CONTRAST, TEXT_CONTRAST, colours, contrast

ACCENTS = ("", "#1D4F73", "#FFFFFF", "#000000", "#FFDD00", "#ff0000", "#00ffff", "no colour", "#12")


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("accent", ACCENTS)
def test_all_text_meets_the_contrast_of_wcag_aa(accent: str, dark: bool) -> None:
    look = colours(accent, dark=dark)
    for ground in (look.window, look.surface, look.stripe):
        for text in (look.text, look.muted, look.accent, look.good, look.warn, look.bad, look.info):
            assert contrast(text, ground) >= TEXT_CONTRAST, (text, ground)
        assert contrast(look.line, ground) >= SIGN_CONTRAST, ground
    assert contrast(look.text, look.chosen) >= TEXT_CONTRAST
    assert contrast(look.text, look.banner) >= TEXT_CONTRAST
    assert contrast(look.on_accent, look.accent) >= TEXT_CONTRAST
    for sign in (look.good, look.warn, look.bad, look.info, look.accent):
        assert contrast(sign, look.chosen) >= SIGN_CONTRAST, sign


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("dark", [False, True])
def test_the_palette_reaches_every_widget(qapp: QApplication, qtbot: QtBot, dark: bool) -> None:
    theme.apply(qapp, "#8a1538", dark=dark)
    label = theme.heading("Reviews", 1)
    qtbot.addWidget(label)
    look = theme.current()
    assert look == colours("#8a1538", dark=dark)
    assert QLabel().palette().color(QPalette.ColorRole.Window).name() == look.window.lower()
    label.ensurePolished()
    assert label.font().pointSizeF() > qapp.font().pointSizeF()
    assert look.accent in qapp.styleSheet()


def test_rows_grow_with_the_text(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    assert theme.row_height(label) == theme.ROW_HEIGHT
    large = label.font()
    large.setPointSizeF(24)
    label.setFont(large)
    assert theme.row_height(label) > theme.ROW_HEIGHT
