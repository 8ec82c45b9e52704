"""Keep the addresses that once led to topics"""

import sqlalchemy as sa
from alembic import op

revision = '0045'
down_revision = '0043'


def upgrade() -> None:
    op.create_table(
        "topic_old_address",
        sa.Column("path", sa.String(length=500), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["topic_id"], ["topic.id"], name=op.f("fk_topic_old_address_topic_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_topic_old_address")),
    )
    op.create_index(op.f("ix_topic_old_address_topic_id"), "topic_old_address", ["topic_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_topic_old_address_topic_id"), table_name="topic_old_address")
    op.drop_table("topic_old_address")
