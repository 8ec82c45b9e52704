"""Keep what a folder was imported as"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "folder",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("directory", sa.String(length=1000), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_folder")),
    )
    op.create_table(
        "folder_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("below", sa.String(length=400), nullable=False),
        sa.Column("topic_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["folder"], ["folder.name"], name=op.f("fk_folder_topic_folder"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["topic_id"], ["topic.id"], name=op.f("fk_folder_topic_topic_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_topic")),
        sa.UniqueConstraint("folder", "source", name=op.f("uq_folder_topic_folder_source")),
        sa.UniqueConstraint("locale", "below", name=op.f("uq_folder_topic_locale_below")),
    )
    op.create_table(
        "folder_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folder", sa.String(length=80), nullable=False),
        sa.Column("source", sa.String(length=400), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("below", sa.String(length=400), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("uses", sa.JSON(), nullable=False),
        sa.Column("is_foreign", sa.Boolean(), nullable=False),
        sa.Column("is_waiting", sa.Boolean(), nullable=False),
        sa.Column("missing_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_folder_file_edition_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["folder"], ["folder.name"], name=op.f("fk_folder_file_folder"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_folder_file_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_folder_file")),
        sa.UniqueConstraint("edition_id", name=op.f("uq_folder_file_edition_id")),
        sa.UniqueConstraint("folder", "source", name=op.f("uq_folder_file_folder_source")),
        sa.UniqueConstraint("locale", "below", name=op.f("uq_folder_file_locale_below")),
    )
    with op.batch_alter_table("folder_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_folder_file_below"), ["below"], unique=False)
        batch_op.create_index(batch_op.f("ix_folder_file_is_waiting"), ["is_waiting"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("folder_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_folder_file_is_waiting"))
        batch_op.drop_index(batch_op.f("ix_folder_file_below"))

    op.drop_table("folder_file")
    op.drop_table("folder_topic")
    op.drop_table("folder")
