"""Keep since when a conversation waits for us"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("conversation", sa.Column("waits_since", sa.DateTime(timezone=True), nullable=True))
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
    with op.batch_alter_table("conversation") as table:
        table.drop_column("waits_since")
