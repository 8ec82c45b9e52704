"""Keep snippets and where they are shown"""

import sqlalchemy as sa
from alembic import op

revision = "0042"
down_revision = "0041"


def upgrade() -> None:
    op.create_table(
        "snippet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippet")),
        sa.UniqueConstraint("name", name=op.f("uq_snippet_name")),
    )
    op.create_table(
        "folder_snippet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("said", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["folder"], ["folder.name"], name=op.f("fk_folder_snippet_folder"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_snippet")),
        sa.UniqueConstraint("folder", "source", name=op.f("uq_folder_snippet_folder_source")),
        sa.UniqueConstraint("locale", "name", name=op.f("uq_folder_snippet_locale_name")),
    )
    op.create_table(
        "snippet_proposal",
        sa.Column("snippet_id", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
        sa.Column("writers", sa.JSON(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_snippet_proposal_by_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(
            ["snippet_id"], ["snippet.id"], name=op.f("fk_snippet_proposal_snippet_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("snippet_id", name=op.f("pk_snippet_proposal")),
    )
    op.create_table(
        "snippet_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("snippet_id", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("article_ids", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["user.id"], name=op.f("fk_snippet_text_changed_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["snippet_id"], ["snippet.id"], name=op.f("fk_snippet_text_snippet_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_snippet_text")),
        sa.UniqueConstraint("snippet_id", "locale", name=op.f("uq_snippet_text_snippet_id_locale")),
    )
    op.create_table(
        "revision_snippet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_revision_snippet_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision_snippet")),
    )
    op.create_index("ix_revision_snippet_name", "revision_snippet", ["name", "revision_id"])
    op.create_index("ix_revision_snippet_revision_id", "revision_snippet", ["revision_id"])


def downgrade() -> None:
    for table in ("revision_snippet", "snippet_text", "snippet_proposal", "folder_snippet", "snippet"):
        op.drop_table(table)
