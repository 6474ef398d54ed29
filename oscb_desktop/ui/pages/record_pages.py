"""Which page shows a record, and which form begins one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from oscb_desktop.domain.fields.registry import record_kind
from oscb_desktop.domain.values import Values
from oscb_desktop.queries import records
from oscb_desktop.ui.context import Context
from oscb_desktop.ui.forms.form_page import FormPage
from oscb_desktop.ui.forms.review_start import ReviewStart
from oscb_desktop.ui.pages.action_page import ActionPage
from oscb_desktop.ui.pages.attachment_page import AttachmentPage
from oscb_desktop.ui.pages.incident_page import IncidentPage
from oscb_desktop.ui.pages.meeting_page import MeetingPage
from oscb_desktop.ui.pages.pack_page import PackPage
from oscb_desktop.ui.pages.recommendation_page import RecommendationPage
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.release_page import ReleasePage
from oscb_desktop.ui.pages.review.page import ReviewPage


def page_for(context: Context, kind: str, record_id: int) -> QWidget:
    """Return the page of a record; an identity is reached through its child alone."""
    if kind == "review":
        return ReviewPage(context, record_id)
    if kind == "incident":
        return IncidentPage(context, record_id)
    if kind == "action":
        return ActionPage(context, record_id)
    if kind == "attachment":
        return AttachmentPage(context, record_id)
    if kind == "meeting":
        return MeetingPage(context, record_id)
    if kind == "pack":
        return PackPage(context, record_id)
    if kind == "release":
        return ReleasePage(context, record_id)
    if kind == "recommendation":
        return RecommendationPage(context, record_id)
    if kind == "child_identity":
        row = context.operations.read(records.record, kind, record_id)
        child = row.values["child"] if row else None
        return RecordPage(context, "child", child if isinstance(child, int) else 0)
    return RecordPage(context, kind, record_id)


def form_for(context: Context, kind: str, preset: Values) -> QWidget:
    """Return an empty form; a review begins with the question of what happened.

    Raises ``KeyError`` for a kind of record that is none.
    """
    record_kind(kind)
    if kind == "review" and "incident" not in preset:
        return ReviewStart(context, preset)
    return FormPage(context, kind, preset)
