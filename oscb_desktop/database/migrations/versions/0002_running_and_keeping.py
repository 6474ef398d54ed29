"""Meetings, plans, requests, follow-up, kept files, retention; a log that can forget words.

The change log is sealed anew: each label and each pair of values under a random seal, the chain
over the digests. A log that did not hold before keeps its old hashes, and so still does not.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from itertools import groupby
from typing import TYPE_CHECKING, Any

from alembic import op
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

revision = "0002"
down_revision = "0001"

_TABLES = (
    """
    CREATE TABLE action_also_serves (
        action_id INTEGER NOT NULL,
        recommendation_id INTEGER NOT NULL,
        CONSTRAINT pk_action_also_serves PRIMARY KEY (action_id, recommendation_id),
        CONSTRAINT fk_action_also_serves_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_action_also_serves_recommendation_id FOREIGN KEY(recommendation_id)
            REFERENCES recommendation (id)
    )
    """,
    """
    CREATE TABLE agency_request (
        review_id INTEGER NOT NULL,
        agency_id INTEGER NOT NULL,
        purpose TEXT NOT NULL,
        contact_id INTEGER,
        asked TEXT,
        requested_on DATE,
        due_on DATE,
        reminded_on DATE,
        reminders INTEGER,
        outcome TEXT,
        received_on DATE,
        quality TEXT,
        quality_note TEXT,
        withdrawn_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_agency_request PRIMARY KEY (id),
        CONSTRAINT fk_agency_request_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_agency_request_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id),
        CONSTRAINT fk_agency_request_contact_id FOREIGN KEY(contact_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE agency_request_attachments (
        agency_request_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_agency_request_attachments PRIMARY KEY (agency_request_id, attachment_id),
        CONSTRAINT fk_agency_request_attachments_agency_request_id FOREIGN KEY(agency_request_id)
            REFERENCES agency_request (id),
        CONSTRAINT fk_agency_request_attachments_attachment_id FOREIGN KEY(attachment_id)
            REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE agenda_item (
        meeting_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        heading TEXT NOT NULL,
        review_id INTEGER,
        led_by TEXT,
        said TEXT,
        decision TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_agenda_item PRIMARY KEY (id),
        CONSTRAINT fk_agenda_item_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_agenda_item_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE assurance_check (
        action_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        due_on DATE NOT NULL,
        checked_on DATE,
        checked_by TEXT,
        result TEXT,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_assurance_check PRIMARY KEY (id),
        CONSTRAINT fk_assurance_check_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE TABLE attachment (
        name TEXT NOT NULL,
        digest TEXT NOT NULL,
        size INTEGER NOT NULL,
        media_type TEXT,
        added_on DATE NOT NULL,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_attachment PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE attachment_content (
        digest TEXT NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_attachment_content PRIMARY KEY (digest)
    )
    """,
    """
    CREATE TABLE attendance (
        meeting_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        agency_id INTEGER,
        status TEXT NOT NULL,
        interest TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_attendance PRIMARY KEY (id),
        CONSTRAINT fk_attendance_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_attendance_person_id FOREIGN KEY(person_id) REFERENCES person (id),
        CONSTRAINT fk_attendance_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE commission (
        review_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        organisation TEXT,
        interest_on DATE,
        independence_on DATE,
        independence TEXT,
        outcome TEXT,
        day_rate INTEGER,
        days INTEGER,
        fee INTEGER,
        budget INTEGER,
        contract_on DATE,
        ended_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_commission PRIMARY KEY (id),
        CONSTRAINT fk_commission_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE disposal (
        reference TEXT NOT NULL,
        approved_on DATE NOT NULL,
        approved_by TEXT NOT NULL,
        authority TEXT NOT NULL,
        removed TEXT NOT NULL,
        records INTEGER NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_disposal PRIMARY KEY (id),
        CONSTRAINT uq_disposal_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE dissemination (
        review_id INTEGER,
        product TEXT NOT NULL,
        audience TEXT NOT NULL,
        channel TEXT,
        shared_on DATE NOT NULL,
        reach INTEGER,
        cascade_on DATE,
        feedback TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_dissemination PRIMARY KEY (id),
        CONSTRAINT fk_dissemination_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE engagement (
        review_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        who TEXT NOT NULL,
        contacted_on DATE,
        letter_on DATE,
        response TEXT,
        met_on DATE,
        invited INTEGER,
        attended INTEGER,
        said TEXT,
        draft_shared_on DATE,
        comments TEXT,
        before_publication_on DATE,
        pseudonym TEXT,
        feedback TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_engagement PRIMARY KEY (id),
        CONSTRAINT fk_engagement_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE escalation (
        action_id INTEGER NOT NULL,
        step TEXT NOT NULL,
        raised_on DATE NOT NULL,
        "to" TEXT NOT NULL,
        message TEXT,
        replied_on DATE,
        reply TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_escalation PRIMARY KEY (id),
        CONSTRAINT fk_escalation_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE TABLE evidence_attachments (
        evidence_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_evidence_attachments PRIMARY KEY (evidence_id, attachment_id),
        CONSTRAINT fk_evidence_attachments_evidence_id FOREIGN KEY(evidence_id)
            REFERENCES evidence (id),
        CONSTRAINT fk_evidence_attachments_attachment_id FOREIGN KEY(attachment_id)
            REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE impact (
        reference TEXT NOT NULL,
        what_changed TEXT NOT NULL,
        how_known TEXT NOT NULL,
        seen_on DATE NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_impact PRIMARY KEY (id),
        CONSTRAINT uq_impact_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE impact_actions (
        impact_id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        CONSTRAINT pk_impact_actions PRIMARY KEY (impact_id, action_id),
        CONSTRAINT fk_impact_actions_impact_id FOREIGN KEY(impact_id) REFERENCES impact (id),
        CONSTRAINT fk_impact_actions_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE TABLE impact_reviews (
        impact_id INTEGER NOT NULL,
        review_id INTEGER NOT NULL,
        CONSTRAINT pk_impact_reviews PRIMARY KEY (impact_id, review_id),
        CONSTRAINT fk_impact_reviews_impact_id FOREIGN KEY(impact_id) REFERENCES impact (id),
        CONSTRAINT fk_impact_reviews_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE impact_themes (
        impact_id INTEGER NOT NULL,
        theme_id INTEGER NOT NULL,
        CONSTRAINT pk_impact_themes PRIMARY KEY (impact_id, theme_id),
        CONSTRAINT fk_impact_themes_impact_id FOREIGN KEY(impact_id) REFERENCES impact (id),
        CONSTRAINT fk_impact_themes_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
    )
    """,
    """
    CREATE TABLE ladder_step (
        step TEXT NOT NULL,
        days INTEGER NOT NULL,
        "to" TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_ladder_step PRIMARY KEY (id),
        CONSTRAINT uq_ladder_step_step UNIQUE (step)
    )
    """,
    """
    CREATE TABLE legal_advice (
        review_id INTEGER NOT NULL,
        given_on DATE NOT NULL,
        given_by TEXT NOT NULL,
        privileged BOOLEAN NOT NULL,
        advice TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_legal_advice PRIMARY KEY (id),
        CONSTRAINT fk_legal_advice_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE legal_hold (
        name TEXT NOT NULL,
        everything BOOLEAN NOT NULL,
        placed_on DATE NOT NULL,
        placed_by TEXT NOT NULL,
        lifted_on DATE,
        lifted_by TEXT,
        notes TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_legal_hold PRIMARY KEY (id),
        CONSTRAINT uq_legal_hold_name UNIQUE (name)
    )
    """,
    """
    CREATE TABLE legal_hold_incidents (
        legal_hold_id INTEGER NOT NULL,
        incident_id INTEGER NOT NULL,
        CONSTRAINT pk_legal_hold_incidents PRIMARY KEY (legal_hold_id, incident_id),
        CONSTRAINT fk_legal_hold_incidents_legal_hold_id FOREIGN KEY(legal_hold_id)
            REFERENCES legal_hold (id),
        CONSTRAINT fk_legal_hold_incidents_incident_id FOREIGN KEY(incident_id)
            REFERENCES incident (id)
    )
    """,
    """
    CREATE TABLE legal_hold_reviews (
        legal_hold_id INTEGER NOT NULL,
        review_id INTEGER NOT NULL,
        CONSTRAINT pk_legal_hold_reviews PRIMARY KEY (legal_hold_id, review_id),
        CONSTRAINT fk_legal_hold_reviews_legal_hold_id FOREIGN KEY(legal_hold_id)
            REFERENCES legal_hold (id),
        CONSTRAINT fk_legal_hold_reviews_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE likeness (
        recommendation_id INTEGER NOT NULL,
        like_id INTEGER NOT NULL,
        verdict TEXT NOT NULL,
        decided_on DATE NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_likeness PRIMARY KEY (id),
        CONSTRAINT fk_likeness_recommendation_id FOREIGN KEY(recommendation_id)
            REFERENCES recommendation (id),
        CONSTRAINT fk_likeness_like_id FOREIGN KEY(like_id) REFERENCES recommendation (id)
    )
    """,
    """
    CREATE TABLE mailing (
        reference TEXT NOT NULL,
        agency_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        sent_on DATE NOT NULL,
        "to" TEXT,
        due_back_on DATE,
        sheet TEXT,
        returned_on DATE,
        answer_digest TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_mailing PRIMARY KEY (id),
        CONSTRAINT uq_mailing_reference UNIQUE (reference),
        CONSTRAINT fk_mailing_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE mailing_actions (
        mailing_id INTEGER NOT NULL,
        action_id INTEGER NOT NULL,
        CONSTRAINT pk_mailing_actions PRIMARY KEY (mailing_id, action_id),
        CONSTRAINT fk_mailing_actions_mailing_id FOREIGN KEY(mailing_id) REFERENCES mailing (id),
        CONSTRAINT fk_mailing_actions_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE TABLE mailing_requests (
        mailing_id INTEGER NOT NULL,
        agency_request_id INTEGER NOT NULL,
        CONSTRAINT pk_mailing_requests PRIMARY KEY (mailing_id, agency_request_id),
        CONSTRAINT fk_mailing_requests_mailing_id FOREIGN KEY(mailing_id) REFERENCES mailing (id),
        CONSTRAINT fk_mailing_requests_agency_request_id FOREIGN KEY(agency_request_id)
            REFERENCES agency_request (id)
    )
    """,
    """
    CREATE TABLE meeting (
        reference TEXT NOT NULL,
        kind TEXT NOT NULL,
        held_on DATE NOT NULL,
        starts_at TEXT,
        place TEXT,
        chair_id INTEGER,
        purpose TEXT,
        note TEXT,
        dissent TEXT,
        quorum_note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_meeting PRIMARY KEY (id),
        CONSTRAINT uq_meeting_reference UNIQUE (reference),
        CONSTRAINT fk_meeting_chair_id FOREIGN KEY(chair_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE meeting_action (
        meeting_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        owner_id INTEGER,
        due_on DATE,
        done_on DATE,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_meeting_action PRIMARY KEY (id),
        CONSTRAINT fk_meeting_action_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_meeting_action_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE meeting_attachments (
        meeting_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_meeting_attachments PRIMARY KEY (meeting_id, attachment_id),
        CONSTRAINT fk_meeting_attachments_meeting_id FOREIGN KEY(meeting_id)
            REFERENCES meeting (id),
        CONSTRAINT fk_meeting_attachments_attachment_id FOREIGN KEY(attachment_id)
            REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE meeting_reviews (
        meeting_id INTEGER NOT NULL,
        review_id INTEGER NOT NULL,
        CONSTRAINT pk_meeting_reviews PRIMARY KEY (meeting_id, review_id),
        CONSTRAINT fk_meeting_reviews_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_meeting_reviews_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE milestone (
        action_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        owner_id INTEGER,
        due_on DATE,
        done_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_milestone PRIMARY KEY (id),
        CONSTRAINT fk_milestone_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_milestone_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE parallel_process (
        review_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        contact TEXT NOT NULL,
        began_on DATE,
        status TEXT,
        next_on DATE,
        next_what TEXT,
        holds_publication BOOLEAN,
        "constraint" TEXT,
        ended_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_parallel_process PRIMARY KEY (id),
        CONSTRAINT fk_parallel_process_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE partner_sign_off (
        review_id INTEGER NOT NULL,
        stage TEXT NOT NULL,
        partner TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT,
        signed_on DATE NOT NULL,
        dissent TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_partner_sign_off PRIMARY KEY (id),
        CONSTRAINT fk_partner_sign_off_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE pause (
        review_id INTEGER NOT NULL,
        reason TEXT NOT NULL,
        from_on DATE NOT NULL,
        until_on DATE,
        publication_only BOOLEAN,
        panel_told_on DATE,
        secretary_told_on DATE,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_pause PRIMARY KEY (id),
        CONSTRAINT fk_pause_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE plan_step (
        review_id INTEGER NOT NULL,
        number INTEGER,
        text TEXT NOT NULL,
        who TEXT,
        due_on DATE,
        anchor TEXT,
        working_days INTEGER,
        done_on DATE,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_plan_step PRIMARY KEY (id),
        CONSTRAINT fk_plan_step_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE plan_template_step (
        "plan" TEXT NOT NULL,
        number INTEGER NOT NULL,
        text TEXT NOT NULL,
        anchor TEXT NOT NULL,
        working_days INTEGER NOT NULL,
        who TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_plan_template_step PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE progress_check (
        review_id INTEGER NOT NULL,
        asked_on DATE NOT NULL,
        asked_of TEXT NOT NULL,
        in_writing BOOLEAN NOT NULL,
        question TEXT,
        answered_on DATE,
        answer TEXT,
        standing TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_progress_check PRIMARY KEY (id),
        CONSTRAINT fk_progress_check_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE release (
        reference TEXT NOT NULL,
        printed_on DATE NOT NULL,
        paper TEXT NOT NULL,
        review_id INTEGER,
        agency_id INTEGER,
        recipient TEXT,
        copy_number TEXT,
        pages INTEGER NOT NULL,
        digest TEXT NOT NULL,
        marking TEXT,
        version_words TEXT,
        "by" TEXT NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_release PRIMARY KEY (id),
        CONSTRAINT uq_release_reference UNIQUE (reference),
        CONSTRAINT fk_release_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_release_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE report_draft (
        review_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        made_on DATE NOT NULL,
        sent_on DATE,
        due_on DATE,
        returned_on DATE,
        comments TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_report_draft PRIMARY KEY (id),
        CONSTRAINT fk_report_draft_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE report_draft_attachments (
        report_draft_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_report_draft_attachments PRIMARY KEY (report_draft_id, attachment_id),
        CONSTRAINT fk_report_draft_attachments_report_draft_id FOREIGN KEY(report_draft_id)
            REFERENCES report_draft (id),
        CONSTRAINT fk_report_draft_attachments_attachment_id FOREIGN KEY(attachment_id)
            REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE retention_rule (
        record_class TEXT NOT NULL,
        "trigger" TEXT NOT NULL,
        years INTEGER NOT NULL,
        action TEXT NOT NULL,
        source TEXT,
        notes TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_retention_rule PRIMARY KEY (id),
        CONSTRAINT uq_retention_rule_record_class UNIQUE (record_class)
    )
    """,
    """
    CREATE TABLE review_members (
        review_id INTEGER NOT NULL,
        person_id INTEGER NOT NULL,
        CONSTRAINT pk_review_members PRIMARY KEY (review_id, person_id),
        CONSTRAINT fk_review_members_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_members_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE saved_view (
        place TEXT NOT NULL,
        name TEXT NOT NULL,
        shape TEXT NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_saved_view PRIMARY KEY (id)
    )
    """,
)

_COLUMNS = (
    (
        "action",
        "meeting_id INTEGER CONSTRAINT fk_action_meeting_id REFERENCES meeting (id)",
    ),
    ("action", "given_colour TEXT"),
    ("action", "colour_reason TEXT"),
    ("cost_line", "invoice TEXT"),
    ("cost_line", "paid_on DATE"),
    ("incident", "happened_at TEXT"),
    ("incident", "notified_at TEXT"),
    ("incident", "notifier TEXT"),
    ("incident", "notification_reasons TEXT"),
    ("incident", "partners_told_on DATE"),
    ("incident", "also_told_note TEXT"),
    ("incident", "linked_cases TEXT"),
    ("organisation", "quorum_minimum INTEGER"),
    ("organisation", "attachment_megabytes INTEGER"),
    ("review", "criterion_improvement_reason TEXT"),
    ("review", "criterion_recurrent_reason TEXT"),
    ("review", "criterion_agencies_reason TEXT"),
    ("review", "criterion_panel_reason TEXT"),
    ("review", "notification_criteria_met BOOLEAN"),
    ("review", "facts_sufficient BOOLEAN"),
    ("review", "learning_shared TEXT"),
    ("review", "scrutineer_view TEXT"),
    ("review", "panel_told_on DATE"),
    ("review", "ofsted_told_on DATE"),
    ("review", "dfe_told_on DATE"),
    ("review", "purpose TEXT"),
    ("review", "publication_plan TEXT"),
    ("review", "improvements_sent_on DATE"),
    ("review", "repository_sent_on DATE"),
)

_INDEXES = (
    ("action", "meeting_id"),
    ("action_also_serves", "recommendation_id"),
    ("agency_request", "agency_id"),
    ("agency_request", "contact_id"),
    ("agency_request", "review_id"),
    ("agency_request_attachments", "attachment_id"),
    ("agenda_item", "meeting_id"),
    ("agenda_item", "review_id"),
    ("assurance_check", "action_id"),
    ("attendance", "agency_id"),
    ("attendance", "meeting_id"),
    ("attendance", "person_id"),
    ("commission", "review_id"),
    ("dissemination", "review_id"),
    ("engagement", "review_id"),
    ("escalation", "action_id"),
    ("evidence_attachments", "attachment_id"),
    ("impact_actions", "action_id"),
    ("impact_reviews", "review_id"),
    ("impact_themes", "theme_id"),
    ("legal_advice", "review_id"),
    ("legal_hold_incidents", "incident_id"),
    ("legal_hold_reviews", "review_id"),
    ("likeness", "like_id"),
    ("likeness", "recommendation_id"),
    ("mailing", "agency_id"),
    ("mailing_actions", "action_id"),
    ("mailing_requests", "agency_request_id"),
    ("meeting", "chair_id"),
    ("meeting_action", "meeting_id"),
    ("meeting_action", "owner_id"),
    ("meeting_attachments", "attachment_id"),
    ("meeting_reviews", "review_id"),
    ("milestone", "action_id"),
    ("milestone", "owner_id"),
    ("parallel_process", "review_id"),
    ("partner_sign_off", "review_id"),
    ("pause", "review_id"),
    ("plan_step", "review_id"),
    ("progress_check", "review_id"),
    ("release", "agency_id"),
    ("release", "review_id"),
    ("report_draft", "review_id"),
    ("report_draft_attachments", "attachment_id"),
    ("review_members", "person_id"),
)

_LOG = (
    "ALTER TABLE change RENAME TO old_change",
    "ALTER TABLE change_item RENAME TO old_change_item",
    """
    CREATE TABLE change (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        "by" TEXT NOT NULL,
        act TEXT NOT NULL,
        label TEXT NOT NULL,
        undoes_id INTEGER,
        seal TEXT,
        digest TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT pk_change PRIMARY KEY (id),
        CONSTRAINT fk_change_undoes_id FOREIGN KEY(undoes_id) REFERENCES change (id)
    )
    """,
    """
    CREATE TABLE change_item (
        id INTEGER NOT NULL,
        change_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record_id INTEGER NOT NULL,
        act TEXT NOT NULL,
        field TEXT NOT NULL,
        "before" TEXT,
        "after" TEXT,
        seal TEXT,
        digest TEXT NOT NULL,
        CONSTRAINT pk_change_item PRIMARY KEY (id),
        CONSTRAINT fk_change_item_change_id FOREIGN KEY(change_id) REFERENCES change (id)
    )
    """,
)

_LOG_DONE = (
    "DROP TABLE old_change_item",
    "DROP TABLE old_change",
    "CREATE INDEX ix_change_undoes_id ON change (undoes_id)",
    "CREATE INDEX ix_change_item_change_id ON change_item (change_id)",
    "CREATE INDEX ix_change_item_kind ON change_item (kind, record_id)",
)


def upgrade() -> None:
    """Make the new tables and columns, and seal the log anew."""
    for statement in _TABLES:
        op.execute(statement)
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for table, column in _INDEXES:
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")
    for statement in _LOG:
        op.execute(statement)
    _copy_log(op.get_bind())
    for statement in _LOG_DONE:
        op.execute(statement)


def downgrade() -> None:
    """Refuse: an older program opens a backup instead."""
    raise NotImplementedError("files are never taken back to older tables")


def _copy_log(connection: Connection) -> None:
    holds = _old_chain_holds(connection)
    previous = ""
    for step, items in _old_steps(connection):
        number, at, by, act, label, undoes, old_previous, old_hash = step
        seal, digest = _sealed(label)
        rows = [(*item, *_sealed(json.dumps(list(item[4:]), ensure_ascii=False))) for item in items]
        links = [[*row[:4], row[7]] for row in rows]
        told = [number, at, by, act, undoes, digest, previous if holds else old_previous]
        chained = _hash(json.dumps([told, links], ensure_ascii=False)) if holds else old_hash
        connection.execute(
            text("INSERT INTO change VALUES (:a, :b, :c, :d, :e, :f, :g, :h, :i, :j)"),
            dict(
                zip("abcdefghij", (*told[:4], label, undoes, seal, *told[5:], chained), strict=True)
            ),
        )
        _copy_items(connection, number, rows)
        previous = chained
    if holds:
        connection.execute(text("UPDATE change_head SET hash = :hash"), {"hash": previous})


def _copy_items(connection: Connection, step: int, rows: list[tuple[Any, ...]]) -> None:
    if rows:
        connection.execute(
            text(
                "INSERT INTO change_item"
                ' (change_id, kind, record_id, act, field, "before", "after", seal, digest)'
                " VALUES (:s, :a, :b, :c, :d, :e, :f, :g, :h)"
            ),
            [{"s": step, **dict(zip("abcdefgh", row, strict=True))} for row in rows],
        )


def _old_steps(connection: Connection) -> Iterator[tuple[tuple[Any, ...], list[tuple[Any, ...]]]]:
    rows = connection.execute(
        text(
            'SELECT c.id, c.at, c."by", c.act, c.label, c.undoes_id, c.previous_hash, c.hash,'
            ' i.kind, i.record_id, i.act, i.field, i."before", i."after"'
            " FROM old_change c LEFT JOIN old_change_item i ON i.change_id = c.id"
            " ORDER BY c.id, i.id"
        )
    ).all()  # all at once: the tables are written to while they are read
    for step, found in groupby(rows, key=lambda row: tuple(row[:8])):
        yield step, [tuple(row[8:]) for row in found if row[8] is not None]


def _old_chain_holds(connection: Connection) -> bool:
    last, previous = 0, ""
    for step, items in _old_steps(connection):
        *told, digest = step
        content = json.dumps([told, items], ensure_ascii=False, default=str)
        if step[0] != last + 1 or step[6] != previous or digest != _hash(content):
            return False
        last, previous = step[0], digest
    head = connection.execute(text("SELECT change_id, hash FROM change_head")).one_or_none()
    return (tuple(head) if head else (0, "")) == (last, previous)


def _sealed(words: str) -> tuple[str, str]:
    seal = secrets.token_hex(16)
    return seal, _hash(seal + words)


def _hash(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
