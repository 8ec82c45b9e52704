"""Keep who wants the report each week"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    with op.batch_alter_table("user") as table:
        table.add_column(sa.Column("weekly_report", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("user") as table:
        table.drop_column("weekly_report")
