"""Keep visitors and what they do"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "visitor",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("observable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visitor")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("visitor_id", sa.String(length=32), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=True),
        sa.Column("subject_id", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.Column("observable", sa.Boolean(), nullable=False),
        sa.Column("excluded_reason", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["visitor_id"], ["visitor.id"], name=op.f("fk_event_visitor_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_kind_occurred", ["kind", "occurred_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_recorded_at"), ["recorded_at"], unique=False)
        batch_op.create_index("ix_event_subject", ["subject_kind", "subject_id", "kind", "occurred_at"], unique=False)
        batch_op.create_index("ix_event_user_occurred", ["user_id", "occurred_at"], unique=False)
        batch_op.create_index("ix_event_visitor_occurred", ["visitor_id", "occurred_at"], unique=False)

    op.create_table(
        "search_query",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("typed", sa.String(length=200), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_search_query_event_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_search_query")),
    )
    with op.batch_alter_table("search_query", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_search_query_asked_at"), ["asked_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("search_query", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_search_query_asked_at"))

    op.drop_table("search_query")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_visitor_occurred")
        batch_op.drop_index("ix_event_user_occurred")
        batch_op.drop_index("ix_event_subject")
        batch_op.drop_index(batch_op.f("ix_event_recorded_at"))
        batch_op.drop_index("ix_event_kind_occurred")

    op.drop_table("event")
    op.drop_table("visitor")
