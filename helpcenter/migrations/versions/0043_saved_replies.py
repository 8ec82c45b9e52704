"""Keep replies that the team saved, and with which messages they went out"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'


def upgrade() -> None:
    op.create_table(
        "saved_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_key", sa.String(length=240), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["user.id"], name=op.f("fk_saved_reply_changed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reply")),
        sa.UniqueConstraint("name_key", name=op.f("uq_saved_reply_name_key")),
    )
    op.create_index(op.f("ix_saved_reply_changed_by"), "saved_reply", ["changed_by"])
    op.create_table(
        "saved_reply_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("right_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["saved_reply.id"], name=op.f("fk_saved_reply_text_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reply_text")),
        sa.UniqueConstraint("reply_id", "locale", name=op.f("uq_saved_reply_text_reply_id_locale")),
    )
    op.create_table(
        "saved_reply_use",
        sa.Column("message_id", sa.Integer(), nullable=False),
        sa.Column("reply_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["message_id"], ["message.id"], name=op.f("fk_saved_reply_use_message_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["reply_id"], ["saved_reply.id"], name=op.f("fk_saved_reply_use_reply_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("message_id", "reply_id", name=op.f("pk_saved_reply_use")),
    )
    op.create_index(op.f("ix_saved_reply_use_reply_id"), "saved_reply_use", ["reply_id"])


def downgrade() -> None:
    for table in ("saved_reply_use", "saved_reply_text", "saved_reply"):
        op.drop_table(table)
