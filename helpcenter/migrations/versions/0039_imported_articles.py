"""Remember what articles were in another help center"""

import sqlalchemy as sa
from alembic import op

revision = '0039'
down_revision = '0038'


def upgrade() -> None:
    op.create_table(
        "imported_article",
        sa.Column("system", sa.String(length=20), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_imported_article_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("system", "source_id", name=op.f("pk_imported_article")),
    )
    op.create_index(op.f("ix_imported_article_article_id"), "imported_article", ["article_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_imported_article_article_id"), table_name="imported_article")
    op.drop_table("imported_article")
