"""From something that a review lacks to where it is put right."""

from __future__ import annotations

from oscb_desktop.domain.still_missing import Missing
from oscb_desktop.services.decisions import StartLocalReview
from oscb_desktop.ui.pages.record_page import RecordPage
from oscb_desktop.ui.pages.record_sections import FieldsSection, OwnedSection, has_own_page
from oscb_desktop.ui.pages.review.case import ChildrenSection
from oscb_desktop.ui.pages.section import Section


def lead_to(page: RecordPage, one: Missing) -> None:
    """Open the form of the field that is missing, or that of the record that is to be added."""
    row = page.known_row()
    if row is None:
        return
    if one.kind == "incident":
        incident = row.values["incident"]
        if isinstance(incident, int):
            page.context.navigation.open_record("incident", incident)
    elif one.kind == "review" and not one.field:
        begin_local_review(page, row.id)
    elif one.kind == "child" or one.field == "children":
        lead_to_children(page, add=one.kind == "child")
    else:
        lead_within(page, one)


def begin_local_review(page: RecordPage, rapid: int) -> None:
    """Begin the LCSPR that a rapid review decided on, and go to it."""
    changes = page.context.operations.do(StartLocalReview(rapid), page)
    if changes is not None and changes.record_id is not None:
        page.context.navigation.open_record("review", changes.record_id)


def lead_to_children(page: RecordPage, *, add: bool) -> None:
    """Choose the children of the review, or add the first of its incident."""
    section = next(one for one in page.sections if isinstance(one, ChildrenSection))
    page.jump_to(section.name)
    if add:
        section.add()
    else:
        section.choose()


def lead_within(page: RecordPage, one: Missing) -> None:
    """Open the form, on this page, of what is missing."""
    section = next((section for section in page.sections if _holds(section, one)), None)
    if section is None:
        return
    page.jump_to(section.name)
    if isinstance(section, FieldsSection):
        section.edit_field(one.field)
    elif isinstance(section, OwnedSection):
        _open_owned(section, one.field)
    if section.form is not None and one.field in section.form.fields.boxes:
        section.form.fields.go_to(one.field)


def _open_owned(section: OwnedSection, field: str) -> None:
    rows = section.rows()
    if not field:
        section.make_good()
        return
    empty = [row for row in rows if not row.values[field]]
    if empty and not has_own_page(section.record_kind):
        section.open_row(empty[-1].id)


def _holds(section: Section, one: Missing) -> bool:
    if isinstance(section, FieldsSection):
        return section.asks_for(one.kind, (one.field,))
    return isinstance(section, OwnedSection) and section.record_kind.name == one.kind
