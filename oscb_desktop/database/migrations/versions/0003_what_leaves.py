"""What leaves the building: packs, summaries in other words, our wording, the yearly report."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"

_TABLES = (
    """
    CREATE TABLE agenda_item_template (
        meeting_kind TEXT NOT NULL,
        number INTEGER NOT NULL,
        heading TEXT NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_agenda_item_template PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE incident_attachments (
        incident_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_incident_attachments PRIMARY KEY (incident_id, attachment_id),
        CONSTRAINT fk_incident_attachments_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
        CONSTRAINT fk_incident_attachments_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE narrative (
        year TEXT NOT NULL,
        chapter TEXT NOT NULL,
        text TEXT,
        read_as TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_narrative PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE organisation_logo (
        organisation_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_organisation_logo PRIMARY KEY (organisation_id, attachment_id),
        CONSTRAINT fk_organisation_logo_organisation_id FOREIGN KEY(organisation_id) REFERENCES organisation (id),
        CONSTRAINT fk_organisation_logo_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE pack (
        reference TEXT NOT NULL,
        title TEXT NOT NULL,
        meeting_id INTEGER,
        review_id INTEGER,
        face TEXT NOT NULL,
        recipients TEXT,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_pack PRIMARY KEY (id),
        CONSTRAINT uq_pack_reference UNIQUE (reference),
        CONSTRAINT fk_pack_meeting_id FOREIGN KEY(meeting_id) REFERENCES meeting (id),
        CONSTRAINT fk_pack_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE pack_item (
        pack_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        part TEXT NOT NULL,
        review_id INTEGER,
        heading TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_pack_item PRIMARY KEY (id),
        CONSTRAINT fk_pack_item_pack_id FOREIGN KEY(pack_id) REFERENCES pack (id),
        CONSTRAINT fk_pack_item_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE pack_item_attachments (
        pack_item_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_pack_item_attachments PRIMARY KEY (pack_item_id, attachment_id),
        CONSTRAINT fk_pack_item_attachments_pack_item_id FOREIGN KEY(pack_item_id) REFERENCES pack_item (id),
        CONSTRAINT fk_pack_item_attachments_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE release_attachments (
        release_id INTEGER NOT NULL,
        attachment_id INTEGER NOT NULL,
        CONSTRAINT pk_release_attachments PRIMARY KEY (release_id, attachment_id),
        CONSTRAINT fk_release_attachments_release_id FOREIGN KEY(release_id) REFERENCES release (id),
        CONSTRAINT fk_release_attachments_attachment_id FOREIGN KEY(attachment_id) REFERENCES attachment (id)
    )
    """,
    """
    CREATE TABLE report_tick (
        year TEXT NOT NULL,
        item TEXT NOT NULL,
        held BOOLEAN,
        note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_report_tick PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE summary_line (
        review_id INTEGER NOT NULL,
        block TEXT NOT NULL,
        number INTEGER NOT NULL,
        heading TEXT,
        text TEXT,
        finding_id INTEGER,
        recommendation_id INTEGER,
        learning_point_id INTEGER,
        original TEXT,
        left_out BOOLEAN,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_summary_line PRIMARY KEY (id),
        CONSTRAINT fk_summary_line_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_summary_line_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id),
        CONSTRAINT fk_summary_line_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
        CONSTRAINT fk_summary_line_learning_point_id FOREIGN KEY(learning_point_id) REFERENCES learning_point (id)
    )
    """,
    """
    CREATE TABLE wording (
        part TEXT NOT NULL,
        text TEXT NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_wording PRIMARY KEY (id),
        CONSTRAINT uq_wording_part UNIQUE (part)
    )
    """,
)

_COLUMNS = (
    ("incident", "notifier_role TEXT"),
    ("incident", "notifier_authority TEXT"),
    ("incident", "notifier_phone TEXT"),
    ("incident", "police_told_on DATE"),
    ("incident", "health_told_on DATE"),
    ("notification_discussion", "not_notified_reason TEXT"),
    ("organisation", "contact TEXT"),
    ("organisation", "press_contact TEXT"),
    ("organisation", "small_number INTEGER"),
    ("organisation", "first_check_months INTEGER"),
    ("organisation", "second_check_months INTEGER"),
    ("release", "face TEXT"),
    ("release", "trace TEXT"),
    ("release", "findings INTEGER"),
    ("release", "reason TEXT"),
)

_INDEXES = (
    ("incident_attachments", "attachment_id"),
    ("organisation_logo", "attachment_id"),
    ("pack", "meeting_id"),
    ("pack", "review_id"),
    ("pack_item", "pack_id"),
    ("pack_item", "review_id"),
    ("pack_item_attachments", "attachment_id"),
    ("release_attachments", "attachment_id"),
    ("summary_line", "finding_id"),
    ("summary_line", "learning_point_id"),
    ("summary_line", "recommendation_id"),
    ("summary_line", "review_id"),
)


def upgrade() -> None:
    """Make the new tables and columns."""
    for statement in _TABLES:
        op.execute(statement)
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for table, column in _INDEXES:
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} ({column})")


def downgrade() -> None:
    """Refuse: an older program opens a backup instead."""
    raise NotImplementedError("files are never taken back to older tables")
