"""Placements: terms, calendar, parties, signatures, links, overrides, steps"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('placement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('youth_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('offer_id', sa.Integer(), nullable=True),
    sa.Column('suggestion_id', sa.Integer(), nullable=True),
    sa.Column('follows_id', sa.Integer(), nullable=True),
    sa.Column('group_key', sa.String(length=36), nullable=True, comment='shared by the people of a group'),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('kind', sa.Enum('work_trial', 'group_trial', 'wage_subsidy_job', 'voucher_job', 'job', 'seasonal_job', 'apprenticeship', 'workshop_place', 'visit', name='placementkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state', sa.Enum('planned', 'preparing', 'ready', 'running', 'ending', 'ended', 'interrupted', 'cancelled', name='placementstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('began_as', sa.Enum('work_trial', 'wage_subsidy_job', 'hidden_job', 'open_job', 'summer_job', 'winter_job', 'apprenticeship', 'group_trial', 'workshop_place', 'visit', name='offerkind', native_enum=False, create_constraint=True, length=40), nullable=True, comment='kind of the offer that the whole chain began with'),
    sa.Column('extension_reason', sa.Enum('question_open', 'new_tasks', 'job_ahead', 'other', name='extensionreason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('title', sa.String(length=120), nullable=False, comment='what the work is called'),
    sa.Column('goal', sa.Text(), nullable=False, comment="in the young person's own words"),
    sa.Column('tasks', sa.Text(), nullable=False),
    sa.Column('guide_name', sa.String(length=80), nullable=False),
    sa.Column('guide_phone', sa.String(length=40), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False, comment='where the work is done'),
    sa.Column('is_remote', sa.Boolean(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('insurance', sa.Text(), nullable=False),
    sa.Column('absence_practice', sa.Text(), nullable=False),
    sa.Column('adjustments', sa.Text(), nullable=False, comment='what was agreed to make it work, no diagnosis'),
    sa.Column('plan_agreed', sa.Enum('yes', 'no', 'unknown', name='plan_agreed', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('laid_off_lately', sa.Enum('yes', 'no', 'unknown', name='laid_off_lately', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('signatory_checked', sa.Boolean(), nullable=False),
    sa.Column('has_hazards', sa.Enum('yes', 'no', 'unknown', name='has_hazards', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('hazards_notified_on', sa.Date(), nullable=True),
    sa.Column('guardian_told_on', sa.Date(), nullable=True),
    sa.Column('basic_education_done', sa.Enum('yes', 'no', 'unknown', name='basic_education_done', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('with_children', sa.Boolean(), nullable=False),
    sa.Column('record_shown_on', sa.Date(), nullable=True),
    sa.Column('record_dated', sa.Date(), nullable=True),
    sa.Column('record_seen_by', sa.String(length=80), nullable=False),
    sa.Column('handles_food', sa.Boolean(), nullable=False),
    sa.Column('is_zero_hours', sa.Boolean(), nullable=False),
    sa.Column('contract_on', sa.Date(), nullable=True, comment='when the contract of employment was made'),
    sa.Column('decided_on', sa.Date(), nullable=True, comment='when the subsidy was granted'),
    sa.Column('earlier_months', sa.Numeric(precision=8, scale=2), nullable=True, comment='of trials that are not known here, as told'),
    sa.Column('terms_version', sa.Integer(), nullable=False, comment='rises with each text that is sent to be signed'),
    sa.Column('ready_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('started_on', sa.Date(), nullable=True),
    sa.Column('ending_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('last_day', sa.Date(), nullable=True),
    sa.Column('over_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('stop_reason', sa.Enum('job', 'study', 'better_place', 'did_not_suit', 'health', 'workplace', 'absence', 'dates', 'no_decision', 'other', name='stopreason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('stopped_by', sa.Enum('participant', 'organiser', 'centre', 'authority', name='side', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('stopped_in_first_days', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(record_shown_on IS NULL) = (record_dated IS NULL) AND (record_shown_on IS NULL) = (record_seen_by = '')", name=op.f('ck_placement_record_shown_wholly')),
    sa.CheckConstraint("(state IN ('ended', 'interrupted')) = (last_day IS NOT NULL)", name=op.f('ck_placement_last_day_if_ended')),
    sa.CheckConstraint("(state IN ('ended', 'interrupted', 'cancelled')) = (over_at IS NOT NULL)", name=op.f('ck_placement_over_if_over')),
    sa.CheckConstraint("(state IN ('interrupted', 'cancelled')) = (stop_reason IS NOT NULL)", name=op.f('ck_placement_reason_if_stopped')),
    sa.CheckConstraint("(state IN ('interrupted', 'cancelled')) = (stopped_by IS NOT NULL)", name=op.f('ck_placement_side_if_stopped')),
    sa.CheckConstraint("(state IN ('running', 'ending', 'ended', 'interrupted')) = (started_on IS NOT NULL)", name=op.f('ck_placement_started_if_started')),
    sa.CheckConstraint("kind NOT IN ('wage_subsidy_job', 'voucher_job') OR NOT is_zero_hours", name=op.f('ck_placement_subsidy_has_hours')),
    sa.CheckConstraint("state <> 'ready' OR ready_at IS NOT NULL", name=op.f('ck_placement_ready_at_if_ready')),
    sa.CheckConstraint("state = 'interrupted' OR NOT stopped_in_first_days", name=op.f('ck_placement_first_days_if_interrupted')),
    sa.CheckConstraint("state NOT IN ('ending', 'ended') OR ending_at IS NOT NULL", name=op.f('ck_placement_ending_at_if_ending')),
    sa.CheckConstraint('ends_on >= starts_on', name=op.f('ck_placement_ends_after_it_starts')),
    sa.CheckConstraint('follows_id IS NOT NULL OR extension_reason IS NULL', name=op.f('ck_placement_extension_follows_something')),
    sa.CheckConstraint('follows_id IS NULL OR follows_id <> id', name=op.f('ck_placement_follows_another')),
    sa.CheckConstraint('last_day IS NULL OR last_day >= started_on', name=op.f('ck_placement_last_day_not_before_the_first')),
    sa.CheckConstraint('length(title) > 0', name=op.f('ck_placement_has_a_title')),
    sa.CheckConstraint('record_dated IS NULL OR record_dated <= record_shown_on', name=op.f('ck_placement_record_dated_before_shown')),
    sa.ForeignKeyConstraint(['centre_id'], ['centre.id'], name=op.f('fk_placement_centre_id_centre'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contact_id'], ['employer_contact.id'], name=op.f('fk_placement_contact_id_employer_contact'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_placement_employer_id_employer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['follows_id'], ['placement.id'], name=op.f('fk_placement_follows_id_placement'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_placement_offer_id_offer'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['staff.id'], name=op.f('fk_placement_owner_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_placement_suggestion_id_suggestion'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['unit_id'], ['employer_unit.id'], name=op.f('fk_placement_unit_id_employer_unit'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['youth_id'], ['youth.id'], name=op.f('fk_placement_youth_id_youth'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement'))
    )
    op.create_index(op.f('ix_placement_employer_id'), 'placement', ['employer_id'], unique=False)
    op.create_index(op.f('ix_placement_follows_id'), 'placement', ['follows_id'], unique=False)
    op.create_index(op.f('ix_placement_group_key'), 'placement', ['group_key'], unique=False)
    op.create_index('ix_placement_list', 'placement', ['centre_id', 'state', 'starts_on'], unique=False)
    op.create_index(op.f('ix_placement_owner_id'), 'placement', ['owner_id'], unique=False)
    op.create_index(op.f('ix_placement_youth_id'), 'placement', ['youth_id'], unique=False)
    op.create_table('agreement_text',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('terms', sa.JSON(), nullable=False, comment='what was agreed, field by field'),
    sa.Column('made_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['staff.id'], name=op.f('fk_agreement_text_made_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_agreement_text_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_agreement_text')),
    sa.UniqueConstraint('placement_id', 'number', name='uq_agreement_text_number')
    )
    op.create_table('placement_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('action', sa.Enum('prepare', 'make_ready', 'reopen', 'start', 'begin_ending', 'end', 'interrupt', 'cancel', name='placementaction', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('target', sa.String(length=20), nullable=False),
    sa.Column('actor_kind', sa.Enum('staff', 'youth', 'employer', 'system', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_event_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_event'))
    )
    op.create_index(op.f('ix_placement_event_placement_id'), 'placement_event', ['placement_id'], unique=False)
    op.create_table('placement_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('begins', sa.Time(), nullable=False),
    sa.Column('ends', sa.Time(), nullable=False),
    sa.Column('break_minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('break_minutes BETWEEN 0 AND 480', name=op.f('ck_placement_hours_break_is_sane')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_hours_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_hours')),
    sa.UniqueConstraint('placement_id', 'on', 'begins', name='uq_placement_hours_once')
    )
    op.create_table('placement_override',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('rule_id', sa.String(length=10), nullable=False),
    sa.Column('code', sa.String(length=60), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False, comment='values of the line when it was looked at'),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('length(reason) >= 5', name=op.f('ck_placement_override_reason_says_something')),
    sa.ForeignKeyConstraint(['made_by_id'], ['staff.id'], name=op.f('fk_placement_override_made_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_override_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_override'))
    )
    op.create_index(op.f('ix_placement_override_placement_id'), 'placement_override', ['placement_id'], unique=False)
    op.create_table('placement_party',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('participant', 'organiser', 'authority', 'guardian', 'guide', name='partyrole', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('organisation', sa.String(length=160), nullable=False),
    sa.Column('phone', sa.String(length=40), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('channel', sa.Enum('email', 'sms', 'none', name='channel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('asked_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('reminded_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('asked_number', sa.Integer(), nullable=True, comment='number of the text that was last sent to them'),
    sa.Column('asks', sa.Integer(), nullable=False, comment='how many times the link was sent'),
    sa.CheckConstraint("channel <> 'email' OR email <> ''", name=op.f('ck_placement_party_address_if_email')),
    sa.CheckConstraint("channel <> 'sms' OR phone <> ''", name=op.f('ck_placement_party_number_if_sms')),
    sa.CheckConstraint("language IN ('fi', 'sv', 'en')", name=op.f('ck_placement_party_language_is_offered')),
    sa.CheckConstraint('(asks = 0) = (asked_at IS NULL)', name=op.f('ck_placement_party_asked_if_asked')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_placement_party_has_a_name')),
    sa.CheckConstraint('reminded_at IS NULL OR asked_at IS NOT NULL', name=op.f('ck_placement_party_asked_before_reminded')),
    sa.ForeignKeyConstraint(['contact_id'], ['employer_contact.id'], name=op.f('fk_placement_party_contact_id_employer_contact'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_placement_party_placement_id_placement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_placement_party_staff_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_party')),
    sa.UniqueConstraint('placement_id', 'role', name='uq_placement_party_role')
    )
    op.create_table('placement_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('created_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('expires_at > created_at', name=op.f('ck_placement_link_expires_after_made')),
    sa.ForeignKeyConstraint(['made_by_id'], ['staff.id'], name=op.f('fk_placement_link_made_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['party_id'], ['placement_party.id'], name=op.f('fk_placement_link_party_id_placement_party'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placement_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_placement_link_token_hash'))
    )
    op.create_index(op.f('ix_placement_link_party_id'), 'placement_link', ['party_id'], unique=False)
    op.create_table('signature',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('party_id', sa.Integer(), nullable=False),
    sa.Column('text_id', sa.Integer(), nullable=False),
    sa.Column('text_hash', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False, comment='as written by the one who signed'),
    sa.Column('how', sa.Enum('link', 'paper', name='signedhow', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False, comment='in which the text was read'),
    sa.Column('signed_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('signed_on', sa.Date(), nullable=False),
    sa.Column('signed_where', sa.String(length=120), nullable=False),
    sa.Column('recorded_by_id', sa.Integer(), nullable=True),
    sa.Column('void_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('void_because', sa.JSON(), nullable=False, comment='the fields that changed'),
    sa.CheckConstraint("(how = 'paper') = (signed_where <> '')", name=op.f('ck_signature_place_if_on_paper')),
    sa.CheckConstraint('length(name) > 0', name=op.f('ck_signature_has_a_name')),
    sa.ForeignKeyConstraint(['party_id'], ['placement_party.id'], name=op.f('fk_signature_party_id_placement_party'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['recorded_by_id'], ['staff.id'], name=op.f('fk_signature_recorded_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['text_id'], ['agreement_text.id'], name=op.f('fk_signature_text_id_agreement_text'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signature'))
    )
    op.create_index(op.f('ix_signature_party_id'), 'signature', ['party_id'], unique=False)
    op.create_index('uq_signature_in_force', 'signature', ['party_id'], unique=True, sqlite_where=sa.text('void_at IS NULL'), postgresql_where=sa.text('void_at IS NULL'))


def downgrade() -> None:
    op.drop_index('uq_signature_in_force', table_name='signature', sqlite_where=sa.text('void_at IS NULL'), postgresql_where=sa.text('void_at IS NULL'))
    op.drop_index(op.f('ix_signature_party_id'), table_name='signature')
    op.drop_table('signature')
    op.drop_index(op.f('ix_placement_link_party_id'), table_name='placement_link')
    op.drop_table('placement_link')
    op.drop_table('placement_party')
    op.drop_index(op.f('ix_placement_override_placement_id'), table_name='placement_override')
    op.drop_table('placement_override')
    op.drop_table('placement_hours')
    op.drop_index(op.f('ix_placement_event_placement_id'), table_name='placement_event')
    op.drop_table('placement_event')
    op.drop_table('agreement_text')
    op.drop_index(op.f('ix_placement_youth_id'), table_name='placement')
    op.drop_index(op.f('ix_placement_owner_id'), table_name='placement')
    op.drop_index('ix_placement_list', table_name='placement')
    op.drop_index(op.f('ix_placement_group_key'), table_name='placement')
    op.drop_index(op.f('ix_placement_follows_id'), table_name='placement')
    op.drop_index(op.f('ix_placement_employer_id'), table_name='placement')
    op.drop_table('placement')
