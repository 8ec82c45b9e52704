"""Forget an index that almost every article agrees in, and that SQLite took before better ones"""

from alembic import op

revision = '0056'
down_revision = '0055'


def upgrade() -> None:
    with op.batch_alter_table("edition") as batch_op:
        batch_op.drop_index("ix_edition_status")


def downgrade() -> None:
    with op.batch_alter_table("edition") as batch_op:
        batch_op.create_index("ix_edition_status", ["status"], unique=False)
