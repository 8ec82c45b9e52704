"""Keep the bytes of files where several machines find them"""

import sqlalchemy as sa
from alembic import op

revision = '0055'
down_revision = '0052'


def upgrade() -> None:
    op.create_table(
        "file_content",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("is_small", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "is_small"),
    )


def downgrade() -> None:
    op.drop_table("file_content")
