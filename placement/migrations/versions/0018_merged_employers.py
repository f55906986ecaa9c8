"""Merged employers, the company register, and what an employer is found by"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('company_record',
    sa.Column('business_id', sa.String(length=9), nullable=False),
    sa.Column('asked_at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('business_id', name=op.f('pk_company_record'))
    )
    op.create_table('employer_merge',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('centre_id', sa.Integer(), nullable=False),
    sa.Column('kept_id', sa.Integer(), nullable=False),
    sa.Column('merged_id', sa.Integer(), nullable=False),
    sa.Column('at', placement.db.UTCDateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('moved', sa.JSON(), nullable=False, comment='table.column: ids of the rows that moved'),
    sa.Column('filled', sa.JSON(), nullable=False, comment='column of the kept one: [before, after]'),
    sa.Column('business_id', sa.Text(), nullable=True, comment='that the merged one had'),
    sa.Column('undone_at', placement.db.UTCDateTime(timezone=True), nullable=True),
    sa.Column('undone_by_id', sa.Integer(), nullable=True),
    sa.CheckConstraint('kept_id <> merged_id', name=op.f('ck_employer_merge_two_employers')),
    sa.ForeignKeyConstraint(['by_id'], ['staff.id'], name=op.f('fk_employer_merge_by_id_staff'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['centre_id'], ['centre.id'], name=op.f('fk_employer_merge_centre_id_centre'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['kept_id'], ['employer.id'], name=op.f('fk_employer_merge_kept_id_employer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['merged_id'], ['employer.id'], name=op.f('fk_employer_merge_merged_id_employer'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['undone_by_id'], ['staff.id'], name=op.f('fk_employer_merge_undone_by_id_staff'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employer_merge'))
    )
    with op.batch_alter_table('employer_merge', schema=None) as batch_op:
        batch_op.create_index('ix_employer_merge_kept', ['kept_id', 'undone_at'], unique=False)

    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('industry_code', sa.String(length=6), nullable=False, server_default='', comment='TOL code of the main line of business'))
        batch_op.add_column(sa.Column('industry_version', sa.String(length=10), nullable=False, server_default='', comment='the TOL version of the code'))
        batch_op.add_column(sa.Column('street_address', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('working_languages', sa.JSON(), nullable=False, server_default='[]', comment='codes of the languages used at work'))
        batch_op.add_column(sa.Column('asks_again_on', sa.Date(), nullable=True, comment='not now, ask me then: said by the employer'))
        batch_op.add_column(sa.Column('register_status', sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column('register_checked_on', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('merged_into_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('search_text', sa.Text(), nullable=False, server_default='', comment='words and stems by which it is found'))
        batch_op.create_index(batch_op.f('ix_employer_merged_into_id'), ['merged_into_id'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_employer_merged_into_id_employer'), 'employer', ['merged_into_id'], ['id'], ondelete='CASCADE')
        batch_op.create_check_constraint(
            "ck_employer_registerstatus", "register_status IN ('active', 'in_trouble', 'ceased')"
        )
        batch_op.create_check_constraint(
            "ck_employer_no_business_id_if_merged", "merged_into_id IS NULL OR business_id IS NULL"
        )
    op.execute("UPDATE employer SET search_text = ' ' || lower(name) || ' ' || lower(industry) || ' '")
    with op.batch_alter_table("employer") as batch_op:
        for name in ("industry_code", "industry_version", "street_address", "working_languages", "search_text"):
            batch_op.alter_column(name, server_default=None)

def downgrade() -> None:
    with op.batch_alter_table('employer', schema=None) as batch_op:
        batch_op.drop_constraint("ck_employer_no_business_id_if_merged", type_="check")
        batch_op.drop_constraint("ck_employer_registerstatus", type_="check")
        batch_op.drop_constraint(batch_op.f('fk_employer_merged_into_id_employer'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_employer_merged_into_id'))
        batch_op.drop_column('search_text')
        batch_op.drop_column('merged_into_id')
        batch_op.drop_column('register_checked_on')
        batch_op.drop_column('register_status')
        batch_op.drop_column('asks_again_on')
        batch_op.drop_column('working_languages')
        batch_op.drop_column('street_address')
        batch_op.drop_column('industry_version')
        batch_op.drop_column('industry_code')

    with op.batch_alter_table('employer_merge', schema=None) as batch_op:
        batch_op.drop_index('ix_employer_merge_kept')

    op.drop_table('employer_merge')
    op.drop_table('company_record')
