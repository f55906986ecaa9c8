"""Support around a start: plan, short answers, worries, help given, days at work"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('after_care_stop',
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('stopped_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_after_care_stop_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('placement_id', name=op.f('pk_after_care_stop'))
    )
    op.create_table('attendance_day',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('mark', sa.Enum('present', 'told', 'absent', 'day_off', name='daymark', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('by_kind', sa.Enum('staff', 'youth', 'employer', 'system', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('marked_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('followed_up_at', placement.db.UTCDateTime(timezone=True), nullable=True, comment='when a worker had reached the young person'),
    sa.CheckConstraint("followed_up_at IS NULL OR mark = 'absent'", name=op.f('ck_attendance_day_followed_up_if_absent')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_attendance_day_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendance_day')),
    sa.UniqueConstraint('placement_id', 'on', name='uq_attendance_day_once')
    )
    with op.batch_alter_table('attendance_day', schema=None) as batch_op:
        batch_op.create_index('ix_attendance_day_mark', ['mark', 'on'], unique=False)

    op.create_table('check_in',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('participant', 'organiser', 'authority', 'guardian', 'guide', name='partyrole', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('on', sa.Date(), nullable=False, comment='the Finnish day on which it was asked or told'),
    sa.Column('asked_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Enum('good', 'so_so', 'call_me', name='howitgoes', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('answered_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('settled_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('settled_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_check_in_answered_if_answered')),
    sa.CheckConstraint('asked_at IS NOT NULL OR answer IS NOT NULL', name=op.f('ck_check_in_asked_or_told')),
    sa.CheckConstraint('settled_at IS NULL OR answer IS NOT NULL', name=op.f('ck_check_in_only_an_answer_is_settled')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_check_in_placement_id_placement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by_id'], ['staff.id'], name=op.f('fk_check_in_settled_by_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_check_in')),
    sa.UniqueConstraint('placement_id', 'role', 'on', name='uq_check_in_once_a_day')
    )
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_check_in_placement_id'), ['placement_id'], unique=False)

    op.create_table('help_given',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('to_role', sa.Enum('participant', 'organiser', 'authority', 'guardian', 'guide', name='partyrole', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('helped_with', sa.Enum('subsidy_application', 'payment_application', 'agreement', 'attendance_report', 'tax_card', 'travel', 'work_clothes', 'other', name='helpedwith', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('minutes BETWEEN 1 AND 1440', name=op.f('ck_help_given_minutes_are_of_a_day')),
    sa.ForeignKeyConstraint(['by_id'], ['staff.id'], name=op.f('fk_help_given_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_help_given_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_given'))
    )
    with op.batch_alter_table('help_given', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_help_given_placement_id'), ['placement_id'], unique=False)

    op.create_table('support_step',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Enum('day_1', 'day_3', 'week_1', 'mid_point', 'before_end', 'after_1', 'after_3', 'after_6', name='stepcode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('is_moved', sa.Boolean(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('open', 'done', 'dropped', name='stepstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('done_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f('ck_support_step_done_if_done')),
    sa.CheckConstraint('minutes BETWEEN 0 AND 1440', name=op.f('ck_support_step_minutes_are_of_a_day')),
    sa.ForeignKeyConstraint(['done_by_id'], ['staff.id'], name=op.f('fk_support_step_done_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['owner_id'], ['staff.id'], name=op.f('fk_support_step_owner_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_support_step_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_support_step')),
    sa.UniqueConstraint('placement_id', 'code', name='uq_support_step_code')
    )
    with op.batch_alter_table('support_step', schema=None) as batch_op:
        batch_op.create_index('ix_support_step_due', ['state', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_support_step_owner_id'), ['owner_id'], unique=False)

    op.create_table('worry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('raised_by', sa.Enum('participant', 'organiser', 'authority', 'guardian', 'guide', name='partyrole', native_enum=False, create_constraint=True, length=40), nullable=True, comment='empty: the centre noticed it'),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('raised_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('noted_by_id', sa.Integer(), nullable=True),
    sa.Column('solution', sa.Text(), nullable=False),
    sa.Column('solved_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('solved_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint("(solved_at IS NULL) = (solution = '')", name=op.f('ck_worry_solved_by_something')),
    sa.CheckConstraint('length(text) > 0', name=op.f('ck_worry_says_something')),
    sa.ForeignKeyConstraint(['noted_by_id'], ['staff.id'], name=op.f('fk_worry_noted_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_worry_placement_id_placement'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['solved_by_id'], ['staff.id'], name=op.f('fk_worry_solved_by_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_worry'))
    )
    with op.batch_alter_table('worry', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_worry_placement_id'), ['placement_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('worry', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_worry_placement_id'))

    op.drop_table('worry')
    with op.batch_alter_table('support_step', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_support_step_owner_id'))
        batch_op.drop_index('ix_support_step_due')

    op.drop_table('support_step')
    with op.batch_alter_table('help_given', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_help_given_placement_id'))

    op.drop_table('help_given')
    with op.batch_alter_table('check_in', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_check_in_placement_id'))

    op.drop_table('check_in')
    with op.batch_alter_table('attendance_day', schema=None) as batch_op:
        batch_op.drop_index('ix_attendance_day_mark')

    op.drop_table('attendance_day')
    op.drop_table('after_care_stop')
