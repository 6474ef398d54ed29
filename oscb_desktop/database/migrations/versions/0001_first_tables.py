"""The first tables."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_TABLES = (
    """
    CREATE TABLE age_band (
        label TEXT NOT NULL,
        from_years INTEGER NOT NULL,
        to_years INTEGER,
        unborn BOOLEAN,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_age_band PRIMARY KEY (id),
        CONSTRAINT uq_age_band_label UNIQUE (label)
    )
    """,
    """
    CREATE TABLE agency (
        name TEXT NOT NULL,
        short_name TEXT,
        kind TEXT NOT NULL,
        statutory_partner TEXT,
        email TEXT,
        phone TEXT,
        former_name TEXT,
        active_from DATE,
        active_until DATE,
        successor_id INTEGER,
        notes TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_agency PRIMARY KEY (id),
        CONSTRAINT uq_agency_name UNIQUE (name),
        CONSTRAINT fk_agency_successor_id FOREIGN KEY(successor_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE baseline (
        year TEXT NOT NULL,
        figure TEXT NOT NULL,
        value INTEGER NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_baseline PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE change (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        "by" TEXT NOT NULL,
        act TEXT NOT NULL,
        label TEXT NOT NULL,
        undoes_id INTEGER,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT pk_change PRIMARY KEY (id),
        CONSTRAINT fk_change_undoes_id FOREIGN KEY(undoes_id) REFERENCES change (id)
    )
    """,
    """
    CREATE TABLE change_head (
        id INTEGER NOT NULL,
        change_id INTEGER NOT NULL,
        hash TEXT NOT NULL,
        CONSTRAINT pk_change_head PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE draft (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record_id INTEGER,
        version INTEGER,
        preset TEXT NOT NULL,
        typed TEXT NOT NULL,
        saved_at DATETIME NOT NULL,
        CONSTRAINT pk_draft PRIMARY KEY (id),
        CONSTRAINT uq_draft_kind UNIQUE (kind, record_id)
    )
    """,
    """
    CREATE TABLE extra_holiday (
        on_date DATE NOT NULL,
        name TEXT NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_extra_holiday PRIMARY KEY (id),
        CONSTRAINT uq_extra_holiday_on_date UNIQUE (on_date)
    )
    """,
    """
    CREATE TABLE family (
        reference TEXT NOT NULL,
        known_as TEXT NOT NULL,
        notes TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_family PRIMARY KEY (id),
        CONSTRAINT uq_family_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE learning_point (
        reference TEXT NOT NULL,
        audience TEXT NOT NULL,
        number INTEGER,
        heading TEXT NOT NULL,
        text TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_learning_point PRIMARY KEY (id),
        CONSTRAINT uq_learning_point_reference UNIQUE (reference)
    )
    """,
    """
    CREATE TABLE organisation (
        name TEXT NOT NULL,
        short_name TEXT,
        subgroup TEXT NOT NULL,
        marking TEXT,
        accent_colour TEXT,
        year_start_month INTEGER NOT NULL,
        due_soon_days INTEGER NOT NULL,
        panel_reply_days INTEGER NOT NULL,
        practice_today DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_organisation PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE search_entry (
        id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        record_id INTEGER NOT NULL,
        title TEXT NOT NULL,
        CONSTRAINT pk_search_entry PRIMARY KEY (id),
        CONSTRAINT uq_search_entry_kind UNIQUE (kind, record_id)
    )
    """,
    """
    CREATE TABLE theme (
        name TEXT NOT NULL,
        description TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_theme PRIMARY KEY (id),
        CONSTRAINT uq_theme_name UNIQUE (name)
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
        CONSTRAINT pk_change_item PRIMARY KEY (id),
        CONSTRAINT fk_change_item_change_id FOREIGN KEY(change_id) REFERENCES change (id)
    )
    """,
    """
    CREATE TABLE incident (
        reference TEXT NOT NULL,
        known_as TEXT NOT NULL,
        happened_on TEXT,
        nature TEXT NOT NULL,
        likely_cause TEXT,
        location TEXT,
        summary TEXT,
        safeguarding TEXT,
        referral_source TEXT,
        referring_agency_id INTEGER,
        referrer TEXT,
        received_on DATE,
        acknowledged_on DATE,
        nhs_incident_number TEXT,
        aware_on DATE,
        notified_on DATE,
        notified_by TEXT NOT NULL,
        notification_reference TEXT,
        incident_authority TEXT,
        home_authority TEXT,
        placing_authority TEXT,
        looked_after_death BOOLEAN,
        care_leaver_death BOOLEAN,
        also_told TEXT,
        media_interest BOOLEAN,
        media_note TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_incident PRIMARY KEY (id),
        CONSTRAINT uq_incident_reference UNIQUE (reference),
        CONSTRAINT fk_incident_referring_agency_id FOREIGN KEY(referring_agency_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE learning_point_themes (
        learning_point_id INTEGER NOT NULL,
        theme_id INTEGER NOT NULL,
        CONSTRAINT pk_learning_point_themes PRIMARY KEY (learning_point_id, theme_id),
        CONSTRAINT fk_learning_point_themes_learning_point_id FOREIGN KEY(learning_point_id) REFERENCES learning_point (id),
        CONSTRAINT fk_learning_point_themes_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
    )
    """,
    """
    CREATE TABLE person (
        name TEXT NOT NULL,
        job_title TEXT,
        agency_id INTEGER,
        email TEXT,
        phone TEXT,
        notes TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_person PRIMARY KEY (id),
        CONSTRAINT uq_person_name UNIQUE (name),
        CONSTRAINT fk_person_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE child (
        reference TEXT NOT NULL,
        known_as TEXT NOT NULL,
        incident_id INTEGER NOT NULL,
        family_id INTEGER NOT NULL,
        age_at_incident TEXT,
        sex TEXT,
        ethnicity TEXT,
        disability TEXT,
        disability_types TEXT,
        communication TEXT,
        voice TEXT,
        csc_status TEXT,
        csc_previous TEXT,
        cp_category TEXT,
        cp_category_other TEXT,
        legal_status TEXT,
        primary_need TEXT,
        placement TEXT,
        placement_area TEXT,
        outcome TEXT,
        harm_types TEXT,
        harm_setting TEXT,
        harmed_by TEXT,
        child_factors TEXT,
        family_factors TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_child PRIMARY KEY (id),
        CONSTRAINT uq_child_reference UNIQUE (reference),
        CONSTRAINT fk_child_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
        CONSTRAINT fk_child_family_id FOREIGN KEY(family_id) REFERENCES family (id)
    )
    """,
    """
    CREATE TABLE membership (
        person_id INTEGER NOT NULL,
        body TEXT NOT NULL,
        role TEXT NOT NULL,
        from_on DATE NOT NULL,
        to_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_membership PRIMARY KEY (id),
        CONSTRAINT fk_membership_person_id FOREIGN KEY(person_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE notification_discussion (
        incident_id INTEGER NOT NULL,
        held_on DATE NOT NULL,
        attendees TEXT,
        authority_view TEXT,
        health_view TEXT,
        police_view TEXT,
        views TEXT,
        decision TEXT,
        decided_on DATE,
        reason TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_notification_discussion PRIMARY KEY (id),
        CONSTRAINT fk_notification_discussion_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id)
    )
    """,
    """
    CREATE TABLE review (
        reference TEXT NOT NULL,
        kind TEXT NOT NULL,
        known_as TEXT NOT NULL,
        role TEXT NOT NULL,
        partnerships TEXT,
        incident_id INTEGER,
        arose_from_id INTEGER,
        started_on DATE NOT NULL,
        finished_on DATE,
        rule_set TEXT,
        what_happened TEXT,
        key_episodes TEXT,
        voice TEXT,
        inequality TEXT,
        good_practice TEXT,
        immediate_action TEXT,
        meeting_on DATE,
        criterion_improvement BOOLEAN,
        criterion_recurrent BOOLEAN,
        criterion_agencies BOOLEAN,
        criterion_panel BOOLEAN,
        criteria_met BOOLEAN,
        lcspr_commissioned BOOLEAN,
        decision TEXT,
        decided_on DATE,
        decision_reason TEXT,
        national_potential BOOLEAN,
        dissent TEXT,
        sent_to_panel_on DATE,
        late_reason TEXT,
        initiated_on DATE,
        reviewer TEXT,
        methodology TEXT,
        scope_from TEXT,
        scope_to TEXT,
        terms TEXT,
        publication_planned_on DATE,
        report_sent_on DATE,
        publication TEXT,
        published_on DATE,
        published_at TEXT,
        not_published_reason TEXT,
        delay_reasons TEXT,
        delay_told_on DATE,
        taken_down_on DATE,
        what_you_can_do TEXT,
        questions TEXT,
        read_more TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_review PRIMARY KEY (id),
        CONSTRAINT uq_review_reference UNIQUE (reference),
        CONSTRAINT fk_review_incident_id FOREIGN KEY(incident_id) REFERENCES incident (id),
        CONSTRAINT fk_review_arose_from_id FOREIGN KEY(arose_from_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE child_identity (
        child_id INTEGER NOT NULL,
        last_name TEXT,
        forenames TEXT,
        other_names TEXT,
        date_of_birth DATE,
        nhs_number TEXT,
        address TEXT,
        school TEXT,
        parents TEXT,
        siblings TEXT,
        notes TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_child_identity PRIMARY KEY (id),
        CONSTRAINT uq_child_identity_child_id UNIQUE (child_id),
        CONSTRAINT fk_child_identity_child_id FOREIGN KEY(child_id) REFERENCES child (id)
    )
    """,
    """
    CREATE TABLE cost_line (
        review_id INTEGER NOT NULL,
        description TEXT NOT NULL,
        amount INTEGER NOT NULL,
        incurred_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_cost_line PRIMARY KEY (id),
        CONSTRAINT fk_cost_line_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE finding (
        reference TEXT NOT NULL,
        review_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        title TEXT NOT NULL,
        text TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_finding PRIMARY KEY (id),
        CONSTRAINT uq_finding_reference UNIQUE (reference),
        CONSTRAINT fk_finding_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE learning_point_reviews (
        learning_point_id INTEGER NOT NULL,
        review_id INTEGER NOT NULL,
        CONSTRAINT pk_learning_point_reviews PRIMARY KEY (learning_point_id, review_id),
        CONSTRAINT fk_learning_point_reviews_learning_point_id FOREIGN KEY(learning_point_id) REFERENCES learning_point (id),
        CONSTRAINT fk_learning_point_reviews_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE panel_response (
        review_id INTEGER NOT NULL,
        received_on DATE NOT NULL,
        kind TEXT NOT NULL,
        points TEXT,
        our_reply TEXT,
        replied_on DATE,
        decision_changed BOOLEAN,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_panel_response PRIMARY KEY (id),
        CONSTRAINT fk_panel_response_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE recommendation (
        reference TEXT NOT NULL,
        review_id INTEGER NOT NULL,
        number INTEGER NOT NULL,
        text TEXT NOT NULL,
        made_on DATE,
        response TEXT,
        responded_on DATE,
        response_reason TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_recommendation PRIMARY KEY (id),
        CONSTRAINT uq_recommendation_reference UNIQUE (reference),
        CONSTRAINT fk_recommendation_review_id FOREIGN KEY(review_id) REFERENCES review (id)
    )
    """,
    """
    CREATE TABLE review_children (
        review_id INTEGER NOT NULL,
        child_id INTEGER NOT NULL,
        CONSTRAINT pk_review_children PRIMARY KEY (review_id, child_id),
        CONSTRAINT fk_review_children_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_children_child_id FOREIGN KEY(child_id) REFERENCES child (id)
    )
    """,
    """
    CREATE TABLE review_themes (
        review_id INTEGER NOT NULL,
        theme_id INTEGER NOT NULL,
        CONSTRAINT pk_review_themes PRIMARY KEY (review_id, theme_id),
        CONSTRAINT fk_review_themes_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_review_themes_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
    )
    """,
    """
    CREATE TABLE limb (
        reference TEXT NOT NULL,
        recommendation_id INTEGER NOT NULL,
        label TEXT NOT NULL,
        scope TEXT NOT NULL,
        text TEXT NOT NULL,
        raised_with TEXT,
        raised_on DATE,
        reply TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_limb PRIMARY KEY (id),
        CONSTRAINT uq_limb_reference UNIQUE (reference),
        CONSTRAINT fk_limb_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id)
    )
    """,
    """
    CREATE TABLE recommendation_findings (
        recommendation_id INTEGER NOT NULL,
        finding_id INTEGER NOT NULL,
        CONSTRAINT pk_recommendation_findings PRIMARY KEY (recommendation_id, finding_id),
        CONSTRAINT fk_recommendation_findings_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
        CONSTRAINT fk_recommendation_findings_finding_id FOREIGN KEY(finding_id) REFERENCES finding (id)
    )
    """,
    """
    CREATE TABLE recommendation_themes (
        recommendation_id INTEGER NOT NULL,
        theme_id INTEGER NOT NULL,
        CONSTRAINT pk_recommendation_themes PRIMARY KEY (recommendation_id, theme_id),
        CONSTRAINT fk_recommendation_themes_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
        CONSTRAINT fk_recommendation_themes_theme_id FOREIGN KEY(theme_id) REFERENCES theme (id)
    )
    """,
    """
    CREATE TABLE action (
        reference TEXT NOT NULL,
        review_id INTEGER NOT NULL,
        recommendation_id INTEGER,
        limb_id INTEGER,
        text TEXT NOT NULL,
        scope TEXT NOT NULL,
        lead_agency_id INTEGER,
        owner_id INTEGER,
        agreed_on DATE,
        original_due_on DATE,
        due_on DATE,
        expected_outcome TEXT,
        success_measure TEXT,
        delivery TEXT NOT NULL,
        completed_on DATE,
        outcome TEXT,
        assurance TEXT NOT NULL,
        signed_off_by TEXT,
        signed_off_on DATE,
        raised_with TEXT,
        raised_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_action PRIMARY KEY (id),
        CONSTRAINT uq_action_reference UNIQUE (reference),
        CONSTRAINT fk_action_review_id FOREIGN KEY(review_id) REFERENCES review (id),
        CONSTRAINT fk_action_recommendation_id FOREIGN KEY(recommendation_id) REFERENCES recommendation (id),
        CONSTRAINT fk_action_limb_id FOREIGN KEY(limb_id) REFERENCES limb (id),
        CONSTRAINT fk_action_lead_agency_id FOREIGN KEY(lead_agency_id) REFERENCES agency (id),
        CONSTRAINT fk_action_owner_id FOREIGN KEY(owner_id) REFERENCES person (id)
    )
    """,
    """
    CREATE TABLE action_contributing (
        action_id INTEGER NOT NULL,
        agency_id INTEGER NOT NULL,
        CONSTRAINT pk_action_contributing PRIMARY KEY (action_id, agency_id),
        CONSTRAINT fk_action_contributing_action_id FOREIGN KEY(action_id) REFERENCES action (id),
        CONSTRAINT fk_action_contributing_agency_id FOREIGN KEY(agency_id) REFERENCES agency (id)
    )
    """,
    """
    CREATE TABLE due_revision (
        action_id INTEGER NOT NULL,
        revised_on DATE NOT NULL,
        from_on DATE,
        to_on DATE NOT NULL,
        reason TEXT NOT NULL,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_due_revision PRIMARY KEY (id),
        CONSTRAINT fk_due_revision_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE TABLE evidence (
        action_id INTEGER NOT NULL,
        kind TEXT NOT NULL,
        description TEXT NOT NULL,
        received_on DATE NOT NULL,
        kept_at TEXT,
        accepted_by TEXT,
        accepted_on DATE,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_evidence PRIMARY KEY (id),
        CONSTRAINT fk_evidence_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
    """
    CREATE TABLE progress_note (
        action_id INTEGER NOT NULL,
        noted_on DATE NOT NULL,
        note TEXT NOT NULL,
        "by" TEXT,
        id INTEGER NOT NULL,
        version INTEGER NOT NULL,
        withdrawn_at DATETIME,
        CONSTRAINT pk_progress_note PRIMARY KEY (id),
        CONSTRAINT fk_progress_note_action_id FOREIGN KEY(action_id) REFERENCES action (id)
    )
    """,
)

_INDEXES = (
    "CREATE INDEX ix_agency_successor_id ON agency (successor_id)",
    "CREATE INDEX ix_change_undoes_id ON change (undoes_id)",
    "CREATE INDEX ix_change_item_change_id ON change_item (change_id)",
    "CREATE INDEX ix_change_item_kind ON change_item (kind, record_id)",
    "CREATE INDEX ix_incident_aware_on ON incident (aware_on)",
    "CREATE INDEX ix_incident_notified_on ON incident (notified_on)",
    "CREATE INDEX ix_incident_referring_agency_id ON incident (referring_agency_id)",
    "CREATE INDEX ix_learning_point_themes_theme_id ON learning_point_themes (theme_id)",
    "CREATE INDEX ix_person_agency_id ON person (agency_id)",
    "CREATE INDEX ix_child_family_id ON child (family_id)",
    "CREATE INDEX ix_child_incident_id ON child (incident_id)",
    "CREATE INDEX ix_membership_person_id ON membership (person_id)",
    "CREATE INDEX ix_notification_discussion_incident_id ON notification_discussion (incident_id)",
    "CREATE INDEX ix_review_arose_from_id ON review (arose_from_id)",
    "CREATE INDEX ix_review_incident_id ON review (incident_id)",
    "CREATE INDEX ix_review_started_on ON review (started_on)",
    "CREATE INDEX ix_cost_line_review_id ON cost_line (review_id)",
    "CREATE INDEX ix_finding_review_id ON finding (review_id)",
    "CREATE INDEX ix_learning_point_reviews_review_id ON learning_point_reviews (review_id)",
    "CREATE INDEX ix_panel_response_review_id ON panel_response (review_id)",
    "CREATE INDEX ix_recommendation_review_id ON recommendation (review_id)",
    "CREATE INDEX ix_review_children_child_id ON review_children (child_id)",
    "CREATE INDEX ix_review_themes_theme_id ON review_themes (theme_id)",
    "CREATE INDEX ix_limb_recommendation_id ON limb (recommendation_id)",
    "CREATE INDEX ix_recommendation_findings_finding_id ON recommendation_findings (finding_id)",
    "CREATE INDEX ix_recommendation_themes_theme_id ON recommendation_themes (theme_id)",
    "CREATE INDEX ix_action_completed_on ON action (completed_on)",
    "CREATE INDEX ix_action_due_on ON action (due_on)",
    "CREATE INDEX ix_action_lead_agency_id ON action (lead_agency_id)",
    "CREATE INDEX ix_action_limb_id ON action (limb_id)",
    "CREATE INDEX ix_action_owner_id ON action (owner_id)",
    "CREATE INDEX ix_action_recommendation_id ON action (recommendation_id)",
    "CREATE INDEX ix_action_review_id ON action (review_id)",
    "CREATE INDEX ix_action_contributing_agency_id ON action_contributing (agency_id)",
    "CREATE INDEX ix_due_revision_action_id ON due_revision (action_id)",
    "CREATE INDEX ix_evidence_action_id ON evidence (action_id)",
    "CREATE INDEX ix_progress_note_action_id ON progress_note (action_id)",
)

_SEARCH = (
    "CREATE VIRTUAL TABLE search_text USING fts5("
    "title, body, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
)

_APPLICATION_ID = 0x4F534342


def upgrade() -> None:
    """Make every table, its indexes and the full-text index, and mark the file as ours."""
    op.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
    for statement in (*_TABLES, *_INDEXES, _SEARCH):
        op.execute(statement)


def downgrade() -> None:
    """Refuse: an older program opens a backup instead."""
    raise NotImplementedError("files are never taken back to older tables")
