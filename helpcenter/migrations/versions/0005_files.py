"""Keep files and who may see them"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small_width", sa.Integer(), nullable=True),
        sa.Column("original_sha256", sa.String(length=64), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["user.id"], name=op.f("fk_file_owner_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file")),
        sa.UniqueConstraint("name", name=op.f("uq_file_name")),
        sa.UniqueConstraint("original_sha256", name=op.f("uq_file_original_sha256")),
    )
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_owner_id"), ["owner_id"], unique=False)

    op.create_table(
        "file_source",
        sa.Column("key", sa.String(length=500), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_file_source_file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_file_source")),
    )
    with op.batch_alter_table("file_source", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_source_file_id"), ["file_id"], unique=False)

    op.create_table(
        "file_use",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name=op.f("fk_file_use_file_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("file_id", "kind", "subject_id", "part", name=op.f("pk_file_use")),
    )


def downgrade() -> None:
    op.drop_table("file_use")
    with op.batch_alter_table("file_source", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_source_file_id"))

    op.drop_table("file_source")
    with op.batch_alter_table("file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_file_owner_id"))

    op.drop_table("file")
