"""Remember whose history is told from its beginning once more, because somebody tied to them was erased"""

import sqlalchemy as sa
from alembic import op

revision = '0057'
down_revision = '0056'


def upgrade() -> None:
    op.add_column("settling", sa.Column("anew", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("settling") as table:
        table.drop_column("anew")
