"""What is set for papers that leave: the logo, and the wording of statements and letters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from oscb_desktop.domain.codes import code_list
from oscb_desktop.domain.kept_files import size_words
from oscb_desktop.domain.wordings import PLACEHOLDERS
from oscb_desktop.errors import UserError
from oscb_desktop.queries import records
from oscb_desktop.queries.attachments import files_of
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.logo import ChooseLogo, RemoveLogo, drawn_logo, take_logo
from oscb_desktop.services.wordings import UseUsualWordings
from oscb_desktop.ui import svg_picture
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.pages.kind_section import KindSection
from oscb_desktop.ui.pages.record_sections import column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.labels import quiet, strong

_PICTURES = "Pictures (*.png *.jpg *.jpeg *.svg)"
_ABOUT = (
    "A picture in PNG, JPEG or SVG, printed at the top of learning summaries, press statements, "
    "letters to families and the annual report."
)
_FILLED_IN = (
    "Each line is a paragraph. These are filled in, and a line that asks for what is not recorded "
    "is left out: "
)


class LogoSection(Section):
    """The logo, chosen and removed."""

    def __init__(self, context: Context) -> None:
        super().__init__("Logo", ("organisation", "attachment"))
        self._context = context
        self.choose_button = self.add_act("Choose…", "Choose the logo", self.choose)
        self.remove_button = self.add_act("Remove", "Remove the logo", self.remove)

    def build(self) -> QWidget | None:
        """Return what the logo is."""
        row = self._context.operations.read(records.singleton, "organisation")
        files = self._context.operations.read(files_of, "organisation", (row.id,)) if row else ()
        self.remove_button.setVisible(bool(files))
        if not files:
            return column(quiet(_ABOUT), quiet("None chosen."))
        return column(quiet(_ABOUT), strong(f"{files[-1].name} ({size_words(files[-1].size)})"))

    def choose(self) -> None:
        """Ask for a picture, and take it."""
        name, _ = QFileDialog.getOpenFileName(self, "Choose the logo", str(Path.home()), _PICTURES)
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Make a picture the logo, or say why it cannot be."""
        operations = self._context.operations
        try:
            if svg_picture.is_drawing(path):
                file = drawn_logo(f"{path.stem}.png", svg_picture.picture_of(path))
            else:
                file = take_logo(operations.store, path)
        except UserError as refused:
            self._context.messages.tell(self, refused.sentence)
            return
        operations.do(ChooseLogo(file), self)

    def remove(self) -> None:
        """Print no logo any more; one undo brings it back."""
        self._context.operations.do(RemoveLogo(), self)


class WordingSection(KindSection):
    """Our own wording, and a way to begin from the usual one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "wording")
        self.start = self.add_act("Start from the usual wording", "", self._start)

    def rows(self) -> Sequence[RecordRow]:
        """Return the wordings in the order in which they are printed."""
        order = [entry.code for entry in code_list("wording_part").codes]
        return sorted(super().rows(), key=lambda row: order.index(str(row.values["part"])))

    def build(self) -> QWidget | None:
        """Return the table; the usual wording is offered while the file lacks a part of it."""
        self.start.setVisible(len(self.rows()) < len(code_list("wording_part").codes))
        table = super().build()
        assert table is not None
        names = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)
        return column(table, quiet(f"{_FILLED_IN}{names}."))

    def nothing(self) -> str:
        """Say by which wording papers are made meanwhile."""
        return "None set: the usual wording is used, which you can start from."

    def _start(self) -> None:
        self._context.operations.do(UseUsualWordings(), self)
