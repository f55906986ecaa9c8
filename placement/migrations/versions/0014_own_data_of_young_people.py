"""Where strengths showed, consents, requests, breaks and erasing; when a worker can be called"""

import sqlalchemy as sa
from alembic import op

import placement.db

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

EMPTY = (
    "erased_at IS NULL OR (NOT is_active AND first_name = '–' AND last_name = '' AND sort_name = ''"
    " AND phone = '' AND email = '' AND question = '' AND next_step = '' AND birth_date IS NULL"
    " AND travel_from IS NULL AND one_adult_id IS NULL AND deputy_id IS NULL)"
)
PLACES = ("hobby", "school", "home", "trial", "job", "military", "games", "volunteering", "other")
CONSENT_STATES = ("asked", "given", "refused", "withdrawn")
KINDS = ("correct", "erase")
REQUEST_STATES = ("open", "done", "not_done", "taken_back")


def _choice(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _instant(name: str, *, nullable: bool = False, comment: str | None = None) -> sa.Column[object]:
    return sa.Column(name, placement.db.UTCDateTime(timezone=True), nullable=nullable, comment=comment)


def upgrade() -> None:
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "phone_hours", sa.String(80), nullable=False, server_default="", comment="when they can be called"
            )
        )
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.alter_column("phone_hours", server_default=None, existing_comment="when they can be called")
    with op.batch_alter_table("youth", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("paused_on", sa.Date(), nullable=True, comment="since when they want no suggestions")
        )
        batch_op.add_column(_instant("erased_at", nullable=True, comment="only the number of the row is left"))
        batch_op.create_check_constraint(op.f("ck_youth_erased_is_empty"), sa.text(EMPTY))
    _make_tables()
    _keep_erased_rows_empty()


def _make_tables() -> None:
    op.create_table(
        "strength_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.String(5), nullable=False),
        sa.Column("place", _choice("evidenceplace", PLACES), nullable=False),
        sa.Column("told", sa.String(160), nullable=False, comment="what happened, in a few words"),
        sa.Column("seen_by", sa.String(80), nullable=False, comment="role or first name, as they write it"),
        sa.Column("observed_on", sa.Date(), nullable=True),
        _instant("added_at"),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth.id"], name=op.f("fk_strength_evidence_youth_id_youth"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strength_evidence")),
        sa.UniqueConstraint("youth_id", "card_id", "place", "told", "seen_by", name="uq_strength_evidence_once"),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("consentstate", CONSENT_STATES), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("to_whom", sa.String(160), nullable=False, comment="named body and person"),
        sa.Column("why", sa.String(300), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("text_version", sa.String(10), nullable=False),
        sa.Column("text", sa.Text(), nullable=False, comment="the words that were read"),
        _instant("asked_at"),
        sa.Column("asked_by_id", sa.Integer(), nullable=True),
        _instant("answered_at", nullable=True),
        _instant("withdrawn_at", nullable=True),
        sa.CheckConstraint(
            "length(to_whom) > 0 AND length(why) > 0", name=op.f("ck_consent_says_to_whom_and_why")
        ),
        sa.CheckConstraint("(state = 'asked') = (answered_at IS NULL)", name=op.f("ck_consent_answered_unless_asked")),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("ck_consent_withdrawn_if_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["staff.id"], name=op.f("fk_consent_asked_by_id_staff"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["youth_id"], ["youth.id"], name=op.f("fk_consent_youth_id_youth"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_table(
        "youth_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("requestkind", KINDS), nullable=False),
        sa.Column("state", _choice("requeststate", REQUEST_STATES), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        _instant("made_at"),
        _instant("ended_at", nullable=True),
        sa.Column("answer", sa.String(500), nullable=False, comment="what the worker tells them"),
        sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f("ck_youth_request_ended_unless_open")),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth.id"], name=op.f("fk_youth_request_youth_id_youth"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_youth_request")),
    )
    for table in ("strength_evidence", "consent", "youth_request"):
        op.create_index(op.f(f"ix_{table}_youth_id"), table, ["youth_id"], unique=False)


def _keep_erased_rows_empty() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER youth_erased_no_{verb.lower()} BEFORE {verb} ON youth WHEN OLD.erased_at IS NOT NULL "
                "BEGIN SELECT RAISE(ABORT, 'an erased row stays as it is'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_erased_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'an erased row stays as it is'; END $$"
    )
    op.execute(
        "CREATE TRIGGER youth_erased_stays BEFORE UPDATE OR DELETE ON youth "
        "FOR EACH ROW WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION refuse_erased_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TRIGGER youth_erased_no_update")
        op.execute("DROP TRIGGER youth_erased_no_delete")
    else:
        op.execute("DROP TRIGGER youth_erased_stays ON youth")
        op.execute("DROP FUNCTION refuse_erased_change()")
    for table in ("youth_request", "consent", "strength_evidence"):
        op.drop_table(table)
    with op.batch_alter_table("youth", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_youth_erased_is_empty"), type_="check")
        batch_op.drop_column("erased_at")
        batch_op.drop_column("paused_on")
    with op.batch_alter_table("staff", schema=None) as batch_op:
        batch_op.drop_column("phone_hours")
