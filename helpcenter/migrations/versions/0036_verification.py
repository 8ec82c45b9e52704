"""Remember when an edition was last known to say what is true"""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"


def upgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.add_column(sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("verified_by", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_edition_verified_by"), "user", ["verified_by"], ["id"])
    # What was changed by more than typos was read then by whoever published it.
    op.execute("UPDATE edition SET verified_at = updated_at WHERE published_revision_id IS NOT NULL")


def downgrade() -> None:
    with op.batch_alter_table("edition") as batch:
        batch.drop_constraint(op.f("fk_edition_verified_by"), type_="foreignkey")
        batch.drop_column("verified_by")
        batch.drop_column("verified_at")
