"""Closing views, answers after a placement, subsidy packs"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('after_care',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('code', sa.Enum('day_1', 'day_3', 'week_1', 'mid_point', 'before_end', 'after_1', 'after_3', 'after_6', name='stepcode', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('asked_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answer', sa.Enum('job', 'study', 'trial', 'workshop', 'unemployed', 'other', 'unknown', name='aftercareanswer', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('answered_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('answered_by', sa.Enum('staff', 'youth', 'employer', 'system', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.CheckConstraint("code IN ('after_1', 'after_3', 'after_6')", name=op.f('ck_after_care_after_the_end')),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL) AND (answer IS NULL) = (answered_by IS NULL)', name=op.f('ck_after_care_answered_if_answered')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_after_care_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_after_care')),
    sa.UniqueConstraint('placement_id', 'code', name='uq_after_care_code')
    )
    op.create_table('closing_view',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.Enum('participant', 'organiser', 'authority', 'guardian', 'guide', name='partyrole', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('marks', sa.JSON(), nullable=False, comment='statement: step of the scale'),
    sa.Column('card_ids', sa.JSON(), nullable=False, comment='strengths that were seen'),
    sa.Column('question_answered', sa.Enum('yes', 'partly', 'no', name='questionanswered', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('next_step', sa.Enum('job', 'wage_subsidy_job', 'study', 'other_trial', 'workshop', 'other_service', 'rest', name='nextstep', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('would_take_again', sa.Enum('yes', 'maybe', 'no', name='wouldtake', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('language', sa.Text(), nullable=False),
    sa.Column('given_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('given_by', sa.Enum('staff', 'youth', 'employer', 'system', name='actorkind', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('reply', sa.Text(), nullable=False, comment='how the other side sees it differently'),
    sa.Column('replied_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('taken_cards', sa.JSON(), nullable=False, comment='said yes to by the young person'),
    sa.CheckConstraint("(reply = '') = (replied_at IS NULL)", name=op.f('ck_closing_view_reply_has_its_time')),
    sa.CheckConstraint("role = 'organiser' OR would_take_again IS NULL", name=op.f('ck_closing_view_an_employer_takes')),
    sa.CheckConstraint("role = 'participant' OR next_step IS NULL", name=op.f('ck_closing_view_a_young_person_goes_on')),
    sa.CheckConstraint("role IN ('participant', 'organiser')", name=op.f('ck_closing_view_of_one_side')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_closing_view_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_closing_view')),
    sa.UniqueConstraint('placement_id', 'role', name='uq_closing_view_role')
    )
    op.create_table('subsidy_pack',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.Enum('idea', 'pack', 'applied', 'supplement', 'granted', 'refused', 'budget_empty', 'contract', 'running', 'paid', name='packstate', native_enum=False, create_constraint=True, length=40), nullable=False),
    sa.Column('state_since', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('has_business_activity', sa.Boolean(), nullable=True),
    sa.Column('collective_agreement', sa.String(length=160), nullable=False),
    sa.Column('gross_pay', sa.Numeric(precision=8, scale=2), nullable=True, comment='euros in a month, as agreed for the job'),
    sa.Column('hours_per_week', sa.Numeric(precision=8, scale=2), nullable=True),
    sa.Column('contract_length', sa.Enum('permanent', 'fixed_term', name='contractlength', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('other_aid_told', sa.Boolean(), nullable=True, comment='other aid and de minimis aid have been listed'),
    sa.Column('lay_offs_told', sa.Boolean(), nullable=True, comment='dismissals and lay-offs have been declared'),
    sa.Column('taxes_in_order', sa.Boolean(), nullable=True),
    sa.Column('mandate_ready', sa.Boolean(), nullable=False, comment='right to act in the e-service (PS-20)'),
    sa.Column('bank_details_at_hand', sa.Boolean(), nullable=False),
    sa.Column('identity_at_hand', sa.Boolean(), nullable=False),
    sa.Column('jobseeker_agreed_on', sa.Date(), nullable=True),
    sa.Column('applied_on', sa.Date(), nullable=True),
    sa.Column('supplement_by', sa.Date(), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('subsidy_from', sa.Date(), nullable=True),
    sa.Column('subsidy_to', sa.Date(), nullable=True),
    sa.Column('contract_on', sa.Date(), nullable=True),
    sa.Column('payment_applied_on', sa.Date(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('extension_settled', sa.Boolean(), nullable=False, comment='applied for, or not wanted'),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint("(state = 'paid') = (paid_on IS NOT NULL)", name=op.f('ck_subsidy_pack_paid_if_paid')),
    sa.CheckConstraint("state <> 'supplement' OR supplement_by IS NOT NULL", name=op.f('ck_subsidy_pack_a_day_for_more')),
    sa.CheckConstraint("state IN ('idea', 'pack') OR applied_on IS NOT NULL", name=op.f('ck_subsidy_pack_applied_if_applied')),
    sa.CheckConstraint("state NOT IN ('contract', 'running', 'paid') OR contract_on IS NOT NULL", name=op.f('ck_subsidy_pack_contract_if_made')),
    sa.CheckConstraint("state NOT IN ('granted', 'contract', 'running', 'paid') OR (subsidy_from IS NOT NULL AND subsidy_to IS NOT NULL)", name=op.f('ck_subsidy_pack_a_period_if_granted')),
    sa.CheckConstraint("state NOT IN ('granted', 'refused', 'budget_empty', 'contract', 'running', 'paid') OR decided_on IS NOT NULL", name=op.f('ck_subsidy_pack_decided_if_decided')),
    sa.CheckConstraint('gross_pay IS NULL OR gross_pay > 0', name=op.f('ck_subsidy_pack_pay_is_something')),
    sa.CheckConstraint('subsidy_to IS NULL OR subsidy_to >= subsidy_from', name=op.f('ck_subsidy_pack_period_in_order')),
    sa.ForeignKeyConstraint(['placement_id'], ['placement.id'], name=op.f('fk_subsidy_pack_placement_id_placement'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subsidy_pack')),
    sa.UniqueConstraint('placement_id', name=op.f('uq_subsidy_pack_placement_id'))
    )


def downgrade() -> None:
    op.drop_table('subsidy_pack')
    op.drop_table('closing_view')
    op.drop_table('after_care')
