"""What a review looks at, what was learnt before it, and what the partnership answers to it."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_COLUMNS = (
    ("child", "health TEXT"),
    ("review", "similar_reviews TEXT"),
    ("review", "others_in_scope TEXT"),
    ("review", "partnership_response TEXT"),
    ("review", "responded_on DATE"),
    ("release", "about TEXT"),
    ("release", "unsought TEXT"),
)


def upgrade() -> None:
    """Make the new columns, and the table of the agencies in a review's scope."""
    op.execute(
        """
        CREATE TABLE review_agencies (
            review_id INTEGER NOT NULL,
            agency_id INTEGER NOT NULL,
            CONSTRAINT pk_review_agencies PRIMARY KEY (review_id, agency_id),
            CONSTRAINT fk_review_agencies_review_id FOREIGN KEY(review_id) REFERENCES review (id),
            CONSTRAINT fk_review_agencies_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
        )
        """
    )
    op.execute("CREATE INDEX ix_review_agencies_agency_id ON review_agencies (agency_id)")
    for table, column in _COLUMNS:
        op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")


def downgrade() -> None:
    """Refuse: an older program opens a backup instead."""
    raise NotImplementedError("files are never taken back to older tables")
