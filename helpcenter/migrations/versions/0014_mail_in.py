"""Take answers by mail into their conversations"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    with op.batch_alter_table("outgoing_mail") as table:
        table.add_column(sa.Column("reply_to", sa.String(length=320), nullable=False, server_default=""))
        table.add_column(sa.Column("in_reply_to", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("by_person", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.create_index("ix_outgoing_mail_about", ["about_kind", "about_id", "id"])
    with op.batch_alter_table("message") as table:
        table.add_column(sa.Column("sender", sa.String(length=320), nullable=False, server_default=""))
        table.add_column(sa.Column("mail_id", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("quoted", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "incoming_mail",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=True),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_incoming_mail_conversation_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_incoming_mail")),
    )
    op.create_index(op.f("ix_incoming_mail_conversation_id"), "incoming_mail", ["conversation_id"])
    op.create_index(op.f("ix_incoming_mail_taken_at"), "incoming_mail", ["taken_at"])
    op.create_table(
        "mailbox_position",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("validity", sa.BigInteger(), nullable=False),
        sa.Column("last_uid", sa.BigInteger(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_mailbox_position")),
    )


def downgrade() -> None:
    op.drop_table("mailbox_position")
    op.drop_table("incoming_mail")
    with op.batch_alter_table("message") as table:
        for column in ("quoted", "mail_id", "sender"):
            table.drop_column(column)
    with op.batch_alter_table("outgoing_mail") as table:
        table.drop_index("ix_outgoing_mail_about")
        for column in ("by_person", "in_reply_to", "reply_to"):
            table.drop_column(column)
