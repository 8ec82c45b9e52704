"""Keep what editors expect to be found"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "search_expectation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("phrase", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["user.id"], name=op.f("fk_search_expectation_added_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_expectation")),
        sa.UniqueConstraint(
            "locale", "phrase", "kind", "subject_id", name=op.f("uq_search_expectation_locale_phrase_kind_subject_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("search_expectation")
