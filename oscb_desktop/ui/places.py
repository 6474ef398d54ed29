"""Which page stands behind each stop; a page is imported when it is first wanted."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from PySide6.QtWidgets import QWidget

from oscb_desktop.ui.context import Context
from oscb_desktop.ui.page_stack import Stop

_PLACES = {
    "today": "today.page.TodayPage",
    "reviews": "reviews_page.ReviewsPage",
    "actions": "actions_page.ActionsPage",
    "incidents": "incidents_page.IncidentsPage",
    "learning": "learning_page.LearningPage",
    "meetings": "meetings_page.MeetingsPage",
    "print": "print_page.PrintPage",
    "directory": "directory_page.DirectoryPage",
    "settings": "settings_page.SettingsPage",
    "bin": "bin_page.BinPage",
    "backups": "backups_page.BackupsPage",
    "printed": "printed_page.PrintedPage",
    "packs": "packs_page.PacksPage",
    "chasing": "chasing_page.ChasingPage",
    "since": "since_page.SincePage",
    "escalation": "escalation_page.EscalationPage",
    "composite": "composite_page.CompositePage",
    "owed": "owed_page.OwedPage",
    "retention": "retention_page.RetentionPage",
    "chair": "chair_page.ChairPage",
    "annual": "annual.page.AnnualPage",
    "breakdowns": "annual.breakdown_page.BreakdownPage",
}

_LISTINGS = {
    "counted": "annual.counted_page.CountedPage",
    "summary": "summary_page.SummaryPage",
    "seen": "seen_page.SeenPage",
    "kept_paper": "kept_paper_page.KeptPaperPage",
}
"""Pages about what they are asked for: each asking is a stop of its own, with a way back."""

_WITHIN = {
    "since": "today",
    "escalation": "actions",
    "composite": "learning",
    "chasing": "actions",
    "owed": "reviews",
    "chair": "reviews",
    "summary": "reviews",
    "seen": "reviews",
    "backups": "settings",
    "printed": "print",
    "kept_paper": "print",
    "packs": "print",
    "annual": "print",
    "breakdowns": "print",
    "counted": "print",
    "retention": "settings",
}
"""The places that stand under another in the sidebar."""

_KINDS = {
    "reviews": (
        "review",
        "panel_response",
        "cost_line",
        "plan_step",
        "pause",
        "agency_request",
        "partner_sign_off",
        "parallel_process",
        "commission",
        "engagement",
        "report_draft",
        "progress_check",
        "legal_advice",
        "finding",
        "recommendation",
        "limb",
        "likeness",
    ),
    "actions": (
        "action",
        "milestone",
        "progress_note",
        "evidence",
        "attachment",
        "due_revision",
        "assurance_check",
        "escalation",
        "mailing",
    ),
    "incidents": ("incident", "notification_discussion", "family", "child", "child_identity"),
    "learning": ("theme", "learning_point", "impact", "dissemination"),
    "meetings": ("meeting", "attendance", "agenda_item", "meeting_action"),
    "print": (
        "release",
        "pack",
        "pack_item",
    ),
    "directory": ("agency", "person", "membership"),
}


def stop_for(name: str, wanted: Mapping[str, str]) -> Stop:
    """Return the stop of a page asked for by name, with its filters."""
    if name in _LISTINGS:
        return Stop("listing", name, preset=tuple(sorted(wanted.items())))
    return Stop("place", name)


def place_of(stop: Stop) -> str:
    """Return the place of the sidebar to which a stop belongs."""
    if stop.sort in ("place", "listing"):
        return _WITHIN.get(stop.name, stop.name)
    return next((place for place, kinds in _KINDS.items() if stop.name in kinds), "settings")


def make_page(context: Context, stop: Stop) -> QWidget:
    """Make the page of a stop; raises ``KeyError`` for a place that does not exist."""
    if stop.sort == "place":
        module, name = _PLACES[stop.name].rsplit(".", 1)
        page: QWidget = getattr(import_module(f"oscb_desktop.ui.pages.{module}"), name)(context)
        return page
    if stop.sort == "listing":
        module, name = _LISTINGS[stop.name].rsplit(".", 1)
        found = import_module(f"oscb_desktop.ui.pages.{module}")
        listing: QWidget = getattr(found, name)(context, dict(stop.preset))
        return listing
    from oscb_desktop.ui.pages import record_pages  # with every form: not at the start

    if stop.sort == "record":
        return record_pages.page_for(context, stop.name, stop.record_id)
    return record_pages.form_for(context, stop.name, dict(stop.preset))
