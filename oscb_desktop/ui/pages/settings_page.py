"""Settings: the organisation, age bands, days off, baselines, and what is fixed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from oscb_desktop.domain.age_bands import band_warnings
from oscb_desktop.domain.codes import code_list, code_lists
from oscb_desktop.domain.date_words import MONTH_NAMES
from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.queries import organisation, records
from oscb_desktop.queries.escalation import usual_ladder
from oscb_desktop.queries.records import RecordRow
from oscb_desktop.services.backup_place import place_of
from oscb_desktop.services.changes import Changes
from oscb_desktop.services.escalation import UseUsualLadder
from oscb_desktop.services.meetings import UseUsualAgendas
from oscb_desktop.services.plans import UseUsualPlan
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.fold import Fold
from oscb_desktop.ui.pages.computer_section import ComputerSection
from oscb_desktop.ui.pages.kind_section import KindSection
from oscb_desktop.ui.pages.paper_sections import LogoSection, WordingSection
from oscb_desktop.ui.pages.record_sections import FieldsSection, column
from oscb_desktop.ui.pages.section import Section
from oscb_desktop.ui.widgets.facts import Facts
from oscb_desktop.ui.widgets.labels import fault, quiet, strong, title
from oscb_desktop.ui.widgets.scrolling import scrolled
from oscb_desktop.ui.widgets.small_table import Line, SmallTable

_COLUMN = 876
_OTHER_MONTHS = (
    "The reporting year begins in {now} now. The texts and baseline figures kept under the names "
    "{years} stay under these names, though they were written of years that began in {was}. Read "
    "them again, and put them right, before a report of these years is printed."
)


class SettingsPage(QWidget):
    """One column of sections, each changed where it stands."""

    tab_as_read = True

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        kind = record_kind("organisation")
        self.sections: list[Section] = [
            FieldsSection(context, "Our organisation", kind, self._organisation, ("",)),
            LogoSection(context),
            AgeBandsSection(context),
            DayPlanSection(context),
            AgendasSection(context),
            LadderSection(context),
            WordingSection(context),
            KindSection(context, "extra_holiday"),
            KindSection(context, "baseline"),
            ComputerSection(context),
            RetentionSection(context),
            CodesSection(),
            PlacesSection(context),
        ]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 12, 0, 0)
        layout.addWidget(title("Settings"))
        inner = QWidget()
        inner.setMaximumWidth(_COLUMN)
        rows = QVBoxLayout(inner)
        rows.setContentsMargins(0, 8, 16, 24)
        rows.setSpacing(28)
        for section in self.sections:
            rows.addWidget(section)
            section.reload()
        rows.addStretch(1)
        layout.addWidget(scrolled(inner), 1)
        self._month = self._year_start()
        context.operations.changed.connect(self._on_changed)

    def unsaved(self) -> bool:
        """Whether something was typed and not saved."""
        return any(section.unsaved() for section in self.sections)

    def _organisation(self) -> RecordRow | None:
        return self.context.operations.read(records.singleton, "organisation")

    def _on_changed(self, changes: Changes) -> None:
        for section in self.sections:
            if section.concerns(changes):
                section.reload()
        if "organisation" in changes.kinds:
            self._tell_of_years()

    def _year_start(self) -> int:
        return self.context.operations.read(organisation.organisation).year_start_month

    def _tell_of_years(self) -> None:
        """Say what stays under the names of years that are now made of other months."""
        before, self._month = self._month, self._year_start()
        held = {
            str(row.values["year"])
            for kind in ("narrative", "baseline")
            for row in self.context.operations.read(records.records, kind)
        }
        if self._month != before and held:
            was, now = MONTH_NAMES[before - 1], MONTH_NAMES[self._month - 1]
            self.context.messages.tell(
                self, _OTHER_MONTHS.format(was=was, now=now, years=", ".join(sorted(held)))
            )


class AgeBandsSection(KindSection):
    """The age bands, with a warning for each gap and each overlap."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "age_band")

    def rows(self) -> Sequence[RecordRow]:
        """Return the bands, youngest first."""
        return sorted(super().rows(), key=lambda row: str(row.values["from_years"]).zfill(3))

    def build(self) -> QWidget | None:
        """Return the table and the warnings."""
        table = super().build()
        assert table is not None
        bands = self._context.operations.read(organisation.age_bands)
        return column(table, *(fault(warning) for warning in band_warnings(bands)))

    def nothing(self) -> str:
        """Say by which bands the figures count meanwhile."""
        bands = self._context.operations.read(organisation.age_bands)
        names = ", ".join(band.label for band in bands)
        return f"None set: the figures use {names}. Add bands to use your own."


class DayPlanSection(KindSection):
    """The day plans, and a way to begin from the usual one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "plan_template_step")
        self.start = self.add_act("Start from the usual plan", "", self._start)

    def rows(self) -> Sequence[RecordRow]:
        """Return the steps, plan by plan in their order."""
        ordered = sorted(super().rows(), key=lambda row: str(row.values["number"]).zfill(6))
        return sorted(ordered, key=lambda row: str(row.values["plan"]), reverse=True)

    def build(self) -> QWidget | None:
        """Return the table; the usual plan is offered while the file does not define every plan."""
        held = {row.values["plan"] for row in self.rows()}
        self.start.setVisible(len(held) < len(code_list("plan_kind").codes))
        return super().build()

    def nothing(self) -> str:
        """Say by which plan a review's plan is made meanwhile."""
        return "None set: a review's plan is made from the usual one, which you can start from."

    def _start(self) -> None:
        self._context.operations.do(UseUsualPlan(), self)


class AgendasSection(KindSection):
    """The agendas of the kinds of meeting, and a way to begin from the usual ones."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "agenda_item_template")
        self.start = self.add_act("Start from the usual agendas", "", self._start)

    def rows(self) -> Sequence[RecordRow]:
        """Return the items, kind by kind of meeting as the code list has them, in their order."""
        kinds = [entry.code for entry in code_list("meeting_kind").codes]
        ordered = sorted(super().rows(), key=lambda row: str(row.values["number"]).zfill(6))
        return sorted(ordered, key=lambda row: kinds.index(str(row.values["meeting_kind"])))

    def build(self) -> QWidget | None:
        """Return the table; the usual ones are offered while the file lacks a kind of meeting."""
        held = {row.values["meeting_kind"] for row in self.rows()}
        self.start.setVisible(len(held) < len(code_list("meeting_kind").codes))
        return super().build()

    def nothing(self) -> str:
        """Say what is on an agenda meanwhile."""
        return "None set: a meeting has the usual agenda, which you can start from."

    def _start(self) -> None:
        self._context.operations.do(UseUsualAgendas(), self)


class LadderSection(KindSection):
    """The ladder of escalation, and a way to begin from the usual one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "ladder_step")
        self.start = self.add_act("Start from the usual ladder", "", self._start)

    def rows(self) -> Sequence[RecordRow]:
        """Return the steps, the lowest first."""
        return sorted(super().rows(), key=lambda row: int(str(row.values["days"])))

    def build(self) -> QWidget | None:
        """Return the table; the usual ladder is offered while the file lacks a step of it."""
        held = {row.values["step"] for row in self.rows()}
        self.start.setVisible(not {rung.step for rung in usual_ladder()} <= held)
        return super().build()

    def nothing(self) -> str:
        """Say by which ladder late actions are escalated meanwhile."""
        return "None set: the usual ladder is used, which you can start from."

    def _start(self) -> None:
        self._context.operations.do(UseUsualLadder(), self)


class RetentionSection(Section):
    """The way to the page of what is kept how long, and what is due."""

    def __init__(self, context: Context) -> None:
        super().__init__("Retention", ())
        self.add_act("Retention…", "", lambda: context.navigation.open_page("retention"))

    def build(self) -> QWidget | None:
        """Return what the page is for."""
        return column(
            quiet(
                "How long records are kept, what a legal hold keeps longer, what is due for "
                "disposal, and what was disposed of."
            )
        )


class CodesSection(Section):
    """The code lists that come with the program, to be read."""

    def __init__(self) -> None:
        super().__init__("Code lists", ())

    def build(self) -> QWidget | None:
        """Return a fold for each list."""
        parts: list[QWidget] = [quiet("What a field offers. These lists come with the program.")]
        for listed in sorted(code_lists().values(), key=lambda entry: entry.label):
            fold = Fold([listed.label], opening="", closing="")
            fold.button.clicked.connect(self._filler(fold.rows, listed.name))
            parts.append(fold)
        return column(*parts, spacing=2)

    def _filler(self, rows: QVBoxLayout, name: str) -> Callable[[], None]:
        def fill() -> None:
            if rows.count():
                return
            listed = code_lists()[name]
            lines = [
                Line(place, (entry.label, entry.group, entry.short))
                for place, entry in enumerate(listed.codes)
            ]
            rows.addWidget(quiet(f"Source: {listed.source}" if listed.source else ""))
            rows.addWidget(SmallTable(listed.label, ("Words", "Heading", "Short"), lines, 0))

        return fill


class PlacesSection(Section):
    """Where the file and everything about it lies."""

    def __init__(self, context: Context) -> None:
        super().__init__("Where the data lives", ())
        self._context = context
        self.add_act("Backups…", "", lambda: context.navigation.open_page("backups"))

    def build(self) -> QWidget | None:
        """Return the folders."""
        paths = self._context.paths
        return column(
            Facts(
                [
                    ("This file", str(self._context.operations.store.path)),
                    ("Backups", str(place_of(paths).folder)),
                    ("Logs, without case text", str(paths.logs)),
                    ("Settings of this laptop", str(paths.settings)),
                ]
            ),
            strong("The file is encrypted with its passphrase. Nothing leaves this laptop."),
        )
