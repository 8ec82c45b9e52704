"""Keep whether people would have written to us otherwise"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.create_table(
        "contact_survey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subject_kind", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("voter", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=30), nullable=False),
        sa.Column("would_have_written", sa.Boolean(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_survey")),
        sa.UniqueConstraint(
            "subject_kind",
            "subject_id",
            "revision_id",
            "voter",
            name=op.f("uq_contact_survey_subject_kind_subject_id_revision_id_voter"),
        ),
    )
    op.create_index("ix_contact_survey_answered", "contact_survey", ["answered_at", "channel"], unique=False)
    op.create_index("ix_contact_survey_voter", "contact_survey", ["voter", "asked_at"], unique=False)


def downgrade() -> None:
    op.drop_table("contact_survey")
