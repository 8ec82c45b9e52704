"""Keep since when a conversation waits for us, the reply that is held, and what each of us has to do with it"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    op.add_column("conversation", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("held_until", sa.DateTime(timezone=True), nullable=True))
    op.add_column("conversation", sa.Column("held", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("conversation", sa.Column("asked_version", sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "presence",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("read_version", sa.Integer(), nullable=False),
        sa.Column("typed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name=op.f("fk_presence_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_presence_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("conversation_id", "user_id", name=op.f("pk_presence")),
    )
    op.create_index(op.f("ix_presence_user_id"), "presence", ["user_id"], unique=False)
    op.execute("UPDATE conversation SET waits_since = opened_at WHERE status = 'new'")
    # What waits since before: of the messages after our last reply the first, else the moment of the last change.
    op.execute(
        "UPDATE conversation SET waits_since = COALESCE((SELECT MIN(theirs.sent_at) FROM message AS theirs"
        " WHERE theirs.conversation_id = conversation.id AND theirs.kind = 'incoming' AND theirs.id > COALESCE("
        "(SELECT MAX(reply.id) FROM message AS reply"
        " WHERE reply.conversation_id = conversation.id AND reply.kind = 'reply'), 0)), changed_at)"
        " WHERE status = 'ours'"
    )


def downgrade() -> None:
    op.drop_table("presence")
    with op.batch_alter_table("conversation") as table:
        for column in ("waits_since", "held_until", "held", "asked_version"):
            table.drop_column(column)
