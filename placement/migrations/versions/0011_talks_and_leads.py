"""Talks with employers, leads, and the thread from a lead to an offer"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('employer_talk',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('contact_id', sa.Integer(), nullable=True),
    sa.Column('staff_id', sa.Integer(), nullable=True),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('channel', sa.Enum('visit', 'phone', 'at_ohjaamo', 'online', 'message', name='talkchannel', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('promise', sa.String(length=300), nullable=False),
    sa.Column('promised_by', sa.Enum('us', 'employer', name='promisedby', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('next_owner_id', sa.Integer(), nullable=True),
    sa.Column('next_done_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('created_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(promise = '') = (promised_by IS NULL)", name=op.f('ck_employer_talk_a_promise_is_somebodys')),
    sa.CheckConstraint("promise = '' OR next_on IS NOT NULL", name=op.f('ck_employer_talk_a_promise_has_a_day')),
    sa.CheckConstraint('next_done_at IS NULL OR next_on IS NOT NULL', name=op.f('ck_employer_talk_only_a_step_is_done')),
    sa.ForeignKeyConstraint(['centre_id'], ['centre.id'], name=op.f('fk_employer_talk_centre_id_centre'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['contact_id'], ['employer_contact.id'], name=op.f('fk_employer_talk_contact_id_employer_contact'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_employer_talk_employer_id_employer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['next_owner_id'], ['staff.id'], name=op.f('fk_employer_talk_next_owner_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['staff_id'], ['staff.id'], name=op.f('fk_employer_talk_staff_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_talk'))
    )
    with op.batch_alter_table('employer_talk', schema=None) as batch_op:
        batch_op.create_index('ix_employer_talk_employer', ['employer_id', 'held_on'], unique=False)
        batch_op.create_index('ix_employer_talk_next', ['centre_id', 'next_on'], unique=False)

    op.create_table('lead',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('unit_id', sa.Integer(), nullable=True),
    sa.Column('talk_id', sa.Integer(), nullable=True, comment='the talk in which the need was told'),
    sa.Column('heard', sa.Text(), nullable=False, comment='what was heard before anybody talked'),
    sa.Column('prompt', sa.Enum('undone', 'hurry', 'people', name='needprompt', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('need', sa.Text(), nullable=False, comment='the need note'),
    sa.Column('task_family', sa.String(length=4), nullable=True),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('heard', 'contacted', 'visited', 'noted', 'offered', 'dropped', name='leadstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_since', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('drop_reason', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('created_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('updated_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("(state = 'dropped') = (drop_reason <> '')", name=op.f('ck_lead_a_reason_if_dropped')),
    sa.CheckConstraint("heard <> '' OR need <> ''", name=op.f('ck_lead_says_something')),
    sa.CheckConstraint("state NOT IN ('noted', 'offered') OR need <> ''", name=op.f('ck_lead_a_need_if_noted')),
    sa.ForeignKeyConstraint(['centre_id'], ['centre.id'], name=op.f('fk_lead_centre_id_centre'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['employer_id'], ['employer.id'], name=op.f('fk_lead_employer_id_employer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['owner_id'], ['staff.id'], name=op.f('fk_lead_owner_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['talk_id'], ['employer_talk.id'], name=op.f('fk_lead_talk_id_employer_talk'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['unit_id'], ['employer_unit.id'], name=op.f('fk_lead_unit_id_employer_unit'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lead'))
    )
    with op.batch_alter_table('lead', schema=None) as batch_op:
        batch_op.create_index('ix_lead_board', ['centre_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_lead_employer_id'), ['employer_id'], unique=False)

    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lead_id', sa.Integer(), nullable=True, comment='the thread that began with a talk'))
        batch_op.create_index(batch_op.f('ix_offer_lead_id'), ['lead_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_offer_lead_id_lead'), 'lead', ['lead_id'], ['id'], ondelete='SET NULL')



def downgrade() -> None:
    with op.batch_alter_table('offer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_offer_lead_id_lead'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_offer_lead_id'))
        batch_op.drop_column('lead_id')

    with op.batch_alter_table('lead', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_lead_employer_id'))
        batch_op.drop_index('ix_lead_board')

    op.drop_table('lead')
    with op.batch_alter_table('employer_talk', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_talk_next')
        batch_op.drop_index('ix_employer_talk_employer')

    op.drop_table('employer_talk')
