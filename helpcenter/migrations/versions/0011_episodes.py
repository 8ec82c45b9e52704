"""Keep episodes, what changed them, and what each day counts of them"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    question = sa.table("event", sa.column("detail", sa.JSON())).c.detail["question"].as_integer()
    op.create_index(
        "ix_event_question",
        "event",
        [question],
        sqlite_where=question.is_not(None),
        postgresql_where=question.is_not(None),
    )
    op.create_table(
        "daily_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("topic_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("episodes", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "state", "channel", "locale", "topic_id", name=op.f("pk_daily_count")),
    )
    op.create_table(
        "episode",
        sa.Column("id", ID, autoincrement=False, nullable=False),
        sa.Column("visitor_id", sa.String(length=32), nullable=True),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("because_id", ID, nullable=False),
        sa.Column("credited_id", ID, nullable=True),
        sa.Column("credited_kind", sa.String(length=20), nullable=True),
        sa.Column("credited_subject_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.String(length=16), nullable=True),
        sa.Column("channel", sa.String(length=30), nullable=True),
        sa.Column("entry_channel", sa.String(length=30), nullable=True),
        sa.Column("assists", sa.JSON(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=True),
        sa.Column("counted_day", sa.Date(), nullable=False),
        sa.Column("counted_state", sa.String(length=20), nullable=False),
        sa.Column("counted_channel", sa.String(length=30), nullable=True),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_episode")),
    )
    op.create_index("ix_episode_counted", "episode", ["counted_day", "counted_state"], unique=False)
    op.create_index("ix_episode_credited", "episode", ["credited_kind", "credited_subject_id"], unique=False)
    op.create_index(op.f("ix_episode_next_at"), "episode", ["next_at"], unique=False)
    op.create_index(op.f("ix_episode_user_id"), "episode", ["user_id"], unique=False)
    op.create_index(op.f("ix_episode_visitor_id"), "episode", ["visitor_id"], unique=False)
    op.create_table(
        "reporting_zone",
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("since", name=op.f("pk_reporting_zone")),
    )
    op.create_table(
        "settling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settled_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("constants", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settling")),
    )
    op.create_table(
        "transition",
        sa.Column("episode_id", ID, autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=True),
        sa.Column("to_state", sa.String(length=20), nullable=True),
        sa.Column("rule", sa.String(length=40), nullable=True),
        sa.Column("because_id", ID, nullable=True),
        sa.Column("rule_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("episode_id", "at", name=op.f("pk_transition")),
    )


def downgrade() -> None:
    for table in ("transition", "settling", "reporting_zone", "episode", "daily_count"):
        op.drop_table(table)
    op.drop_index("ix_event_question", "event")
