"""Keep which hosts the videos of an article lie on"""

import sqlalchemy as sa
from alembic import op

revision = '0046'
down_revision = '0045'


def upgrade() -> None:
    op.add_column("article_reference", sa.Column("host", sa.String(length=253), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("article_reference") as table:
        table.drop_column("host")
