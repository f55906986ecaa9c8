"""Introductions: the card, its approvals, the times, the steps, and their links"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

LINK_PURPOSES = ("employer_page", "my_page", "suggestion", "introduction", "guardian", "introduced", "day_invitation", "day_employer")
OLD_LINK_PURPOSES = ("employer_page", "my_page", "suggestion", "day_invitation", "day_employer")


def _one_of(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(value) for value in values)})"


def _replace_checks(table: str, checks: dict[str, str]) -> None:
    with op.batch_alter_table(table, schema=None) as batch_op:
        for name, rule in checks.items():
            batch_op.drop_constraint(op.f(name), type_="check")
            batch_op.create_check_constraint(op.f(name), sa.text(rule))


def upgrade() -> None:
    _replace_checks(
        "personal_link",
        {
            "ck_personal_link_linkpurpose": _one_of("purpose", LINK_PURPOSES),
            "ck_personal_link_object_if_purpose_has_one": (
                "(purpose IN ('employer_page', 'my_page')) = (object_id IS NULL)"
            ),
        },
    )
    op.create_table('introduction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('youth_id', sa.Integer(), nullable=False),
    sa.Column('offer_id', sa.Integer(), nullable=False),
    sa.Column('suggestion_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=False),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('draft', 'asked', 'guardian', 'approved', 'sent', 'not_now', 'times', 'agreed', 'chosen', 'placed', 'refused', 'declined', 'revoked', 'withdrawn', 'expired', 'ended', name='introductionstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_since', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('card_version', sa.Integer(), nullable=False),
    sa.Column('card_language', sa.String(length=2), nullable=False),
    sa.Column('strengths', sa.Text(), nullable=False),
    sa.Column('hours', sa.String(length=200), nullable=False),
    sa.Column('extra', sa.Text(), nullable=False, comment='what the young person adds in their own words'),
    sa.Column('sent_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer_by', sa.Date(), nullable=True),
    sa.Column('answered_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('decline_reason', sa.Enum('taken', 'no_time_to_guide', 'work_changed', 'hours', 'other_skills', 'other', name='declinereason', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('text_for_youth', sa.Text(), nullable=False, comment='from the employer'),
    sa.Column('text_for_worker', sa.Text(), nullable=False, comment='from the employer'),
    sa.Column('ask_again_on', sa.Date(), nullable=True),
    sa.Column('youth_told_at', placement.db.UTCDateTime(timezone=True), nullable=True, comment='when a person told them what the employer said'),
    sa.Column('meeting_uid', sa.String(length=36), nullable=False, comment='of the calendar entry; never changes'),
    sa.Column('meeting_sequence', sa.Integer(), nullable=False, comment='grows with every time agreed or cancelled'),
    sa.Column('meeting_kind', sa.Enum('workplace', 'centre', 'online', name='meetingkind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('meeting_place', sa.String(length=160), nullable=False),
    sa.Column('meeting_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('meeting_minutes', sa.Integer(), nullable=True),
    sa.Column('outcome_note', sa.Text(), nullable=False),
    sa.Column('ended_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state IN ('placed', 'refused', 'declined', 'revoked', 'withdrawn', 'expired', 'ended')) = (ended_at IS NOT NULL)", name=op.f('ck_introduction_ended_if_ended')),
    sa.CheckConstraint("card_language IN ('fi', 'sv', 'en')", name=op.f('ck_introduction_language_is_offered')),
    sa.CheckConstraint("state <> 'agreed' OR (meeting_at IS NOT NULL AND meeting_minutes IS NOT NULL)", name=op.f('ck_introduction_time_if_agreed')),
    sa.CheckConstraint("state <> 'declined' OR decline_reason IS NOT NULL", name=op.f('ck_introduction_reason_if_declined')),
    sa.CheckConstraint('sent_at IS NULL OR answer_by IS NOT NULL', name=op.f('ck_introduction_answer_by_if_sent')),
    sa.ForeignKeyConstraint(['centre_id'], ['centre.id'], name=op.f('fk_introduction_centre_id_centre'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contact_id'], ['employer_contact.id'], name=op.f('fk_introduction_contact_id_employer_contact'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['made_by_id'], ['staff.id'], name=op.f('fk_introduction_made_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['offer_id'], ['offer.id'], name=op.f('fk_introduction_offer_id_offer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['suggestion_id'], ['suggestion.id'], name=op.f('fk_introduction_suggestion_id_suggestion'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['youth_id'], ['youth.id'], name=op.f('fk_introduction_youth_id_youth'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction'))
    )
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_introduction_centre_id'), ['centre_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_contact_id'), ['contact_id'], unique=False)
        batch_op.create_index('ix_introduction_list', ['centre_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_offer_id'), ['offer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_introduction_youth_id'), ['youth_id'], unique=False)
        batch_op.create_index('uq_introduction_open', ['suggestion_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('card_approval',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('introduction_id', sa.Integer(), nullable=False),
    sa.Column('signer', sa.Enum('youth', 'guardian', name='signer', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('is_yes', sa.Boolean(), nullable=False),
    sa.Column('card_version', sa.Integer(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False, comment='what may be shown, by field'),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('receiver', sa.String(length=300), nullable=False, comment='person and employer as they were named then'),
    sa.Column('signed_name', sa.String(length=120), nullable=False, comment='as a guardian wrote it'),
    sa.Column('written_down_by_id', sa.Integer(), nullable=True),
    sa.Column('how', sa.String(length=160), nullable=False, comment='how a worker got to know it'),
    sa.Column('signed_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('expires_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('revoked_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(is_yes) = (expires_at IS NOT NULL)', name=op.f('ck_card_approval_until_a_day_if_yes')),
    sa.CheckConstraint('expires_at IS NULL OR expires_at > signed_at', name=op.f('ck_card_approval_holds_for_a_while')),
    sa.ForeignKeyConstraint(['contact_id'], ['employer_contact.id'], name=op.f('fk_card_approval_contact_id_employer_contact'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_card_approval_introduction_id_introduction'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['written_down_by_id'], ['staff.id'], name=op.f('fk_card_approval_written_down_by_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_card_approval'))
    )
    with op.batch_alter_table('card_approval', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_card_approval_introduction_id'), ['introduction_id'], unique=False)

    op.create_table('introduction_event',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('introduction_id', sa.Integer(), nullable=False),
    sa.Column('at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('action', sa.Enum('change', 'change_own', 'ask', 'approve', 'approve_as_minor', 'refuse', 'guardian_yes', 'guardian_no', 'send', 'want_to_meet', 'say_not_now', 'decline', 'pick_time', 'ask_other_times', 'cancel_meeting', 'meet_again', 'choose', 'end', 'hand_on', 'revoke', 'withdraw', 'expire', name='introductionaction', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('source', sa.String(length=20), nullable=False),
    sa.Column('target', sa.String(length=20), nullable=False),
    sa.Column('party', sa.Enum('youth', 'guardian', 'employer', 'worker', 'service', name='party', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_introduction_event_introduction_id_introduction'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_introduction_event'))
    )
    with op.batch_alter_table('introduction_event', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_introduction_event_introduction_id'), ['introduction_id'], unique=False)

    op.create_table('proposed_time',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('introduction_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 10 AND 480', name=op.f('ck_proposed_time_minutes_are_sane')),
    sa.ForeignKeyConstraint(['introduction_id'], ['introduction.id'], name=op.f('fk_proposed_time_introduction_id_introduction'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_proposed_time')),
    sa.UniqueConstraint('introduction_id', 'starts_at', name='uq_proposed_time_once')
    )


def downgrade() -> None:
    op.drop_table('proposed_time')
    with op.batch_alter_table('introduction_event', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_introduction_event_introduction_id'))

    op.drop_table('introduction_event')
    with op.batch_alter_table('card_approval', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_card_approval_introduction_id'))

    op.drop_table('card_approval')
    with op.batch_alter_table('introduction', schema=None) as batch_op:
        batch_op.drop_index('uq_introduction_open', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_introduction_youth_id'))
        batch_op.drop_index(batch_op.f('ix_introduction_offer_id'))
        batch_op.drop_index('ix_introduction_list')
        batch_op.drop_index(batch_op.f('ix_introduction_contact_id'))
        batch_op.drop_index(batch_op.f('ix_introduction_centre_id'))

    op.drop_table('introduction')
    op.execute("DELETE FROM personal_link WHERE purpose IN ('introduction', 'guardian', 'introduced')")
    _replace_checks(
        "personal_link",
        {
            "ck_personal_link_linkpurpose": _one_of("purpose", OLD_LINK_PURPOSES),
            "ck_personal_link_object_if_purpose_has_one": (
                "(purpose IN ('suggestion', 'day_invitation', 'day_employer')) = (object_id IS NOT NULL)"
            ),
        },
    )
