"""Find editions by their title, and forget an index in which almost every one agrees"""

import sqlalchemy as sa
from alembic import op

revision = '0056'
down_revision = '0055'


def upgrade() -> None:
    op.drop_index("ix_edition_status", "edition")
    op.create_index("ix_edition_title", "edition", ["locale", sa.text("lower(title)")])


def downgrade() -> None:
    op.drop_index("ix_edition_title", "edition")
    op.create_index("ix_edition_status", "edition", ["status"])
