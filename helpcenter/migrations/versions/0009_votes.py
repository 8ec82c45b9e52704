"""Keep votes and what editors did about them"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "helpful_tally",
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("revision_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("shown_yes", sa.Integer(), nullable=False),
        sa.Column("shown_no", sa.Integer(), nullable=False),
        sa.Column("carried_to", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("subject_kind", "subject_id", "revision_id", name=op.f("pk_helpful_tally")),
    )
    op.create_table(
        "helpful_vote",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(length=40), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("comment", sa.String(length=600), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "reason IN ('confusing', 'did_not_work', 'too_long', 'out_of_date', 'something_else')",
            name=op.f("ck_helpful_vote_reason"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_helpful_vote")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "revision_id",
            "voter",
            name=op.f("uq_helpful_vote_subject_kind_subject_id_revision_id_voter"),
        ),
    )
    with op.batch_alter_table("helpful_vote", schema=None) as batch_op:
        batch_op.create_index(
            "ix_helpful_vote_counted", ["subject_kind", "subject_id", "revision_id", "helpful"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_helpful_vote_voter"), ["voter"], unique=False)
        batch_op.create_index(
            "ix_helpful_vote_written",
            ["id"],
            unique=False,
            sqlite_where=sa.text("reason IS NOT NULL OR comment <> ''"),
            postgresql_where=sa.text("reason IS NOT NULL OR comment <> ''"),
        )

    op.create_table(
        "feedback_done",
        sa.Column("vote_id", sa.Integer(), nullable=False),
        sa.Column("done_by", sa.Integer(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["done_by"], ["user.id"], name=op.f("fk_feedback_done_done_by"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["vote_id"], ["helpful_vote.id"], name=op.f("fk_feedback_done_vote_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("vote_id", name=op.f("pk_feedback_done")),
    )


def downgrade() -> None:
    op.drop_table("feedback_done")
    with op.batch_alter_table("helpful_vote", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_helpful_vote_written",
            sqlite_where=sa.text("reason IS NOT NULL OR comment <> ''"),
            postgresql_where=sa.text("reason IS NOT NULL OR comment <> ''"),
        )
        batch_op.drop_index(batch_op.f("ix_helpful_vote_voter"))
        batch_op.drop_index("ix_helpful_vote_counted")

    op.drop_table("helpful_vote")
    op.drop_table("helpful_tally")
