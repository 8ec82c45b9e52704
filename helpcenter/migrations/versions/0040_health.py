"""Keep what articles point to, and which articles answers name"""

import re
from urllib.parse import urlsplit

import sqlalchemy as sa
from alembic import op
from flask import current_app

revision = '0040'
down_revision = '0039'
_LINK = re.compile(r'href="(?:https?://([^/"]+))?/[a-z]{2}/articles/(\d{1,10})(?:[-.?#][^"]*)?"')
_LARGEST = 2**31 - 1


def upgrade() -> None:
    op.create_table(
        "outside_address",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.String(length=2000), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=16), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_address")),
        sa.UniqueConstraint("url", name=op.f("uq_outside_address_url")),
    )
    op.create_index(op.f("ix_outside_address_host"), "outside_address", ["host"], unique=False)
    op.create_index(op.f("ix_outside_address_next_at"), "outside_address", ["next_at"], unique=False)
    op.create_table(
        "article_reference",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(length=8), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("href", sa.String(length=500), nullable=False),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("lost", sa.String(length=4), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("part", sa.String(length=500), nullable=False),
        sa.Column("outside_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["outside_id"],
            ["outside_address.id"],
            name=op.f("fk_article_reference_outside_id"),
            ondelete="SET NULL",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_article_reference_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_reference")),
    )
    op.create_index("ix_article_reference_article_id", "article_reference", ["article_id", "revision_id"])
    op.create_index(op.f("ix_article_reference_outside_id"), "article_reference", ["outside_id"], unique=False)
    op.create_index("ix_article_reference_revision_id", "article_reference", ["revision_id", "form"])
    op.create_table(
        "article_heading",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("anchor", sa.String(length=500), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("skipped_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_article_heading_revision_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_heading")),
    )
    op.create_index("ix_article_heading_revision_id", "article_heading", ["revision_id", "anchor"])
    op.create_table(
        "pardon",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("what", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["user.id"], name=op.f("fk_pardon_by_id")),
        sa.ForeignKeyConstraint(
            ["edition_id"], ["edition.id"], name=op.f("fk_pardon_edition_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pardon")),
        sa.UniqueConstraint("edition_id", "kind", "what", name=op.f("uq_pardon_edition_id_kind_what")),
    )
    op.create_index(op.f("ix_pardon_by_id"), "pardon", ["by_id"], unique=False)
    op.create_table(
        "answer_citation",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["answer.id"], name=op.f("fk_answer_citation_answer_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("answer_id", "article_id", name=op.f("pk_answer_citation")),
    )
    op.create_index(op.f("ix_answer_citation_article_id"), "answer_citation", ["article_id"], unique=False)
    # A job reads what no reader read yet.
    op.add_column("rendering", sa.Column("reader_version", sa.Integer(), server_default="0", nullable=False))
    _cite()


def _cite() -> None:
    """Answers are many and their articles few: only those that may name one are read."""
    connection = op.get_bind()
    rows = connection.execute(
        sa.text("SELECT id, html, article_id FROM answer WHERE article_id IS NOT NULL OR html LIKE '%/articles/%'")
    )
    found = []
    for answer_id, html, given_id in rows:
        named = linked(html) | ({given_id} if given_id else set())
        found += [{"answer": answer_id, "article": one} for one in sorted(named)]
    if found:
        insert = sa.text("INSERT INTO answer_citation (answer_id, article_id) VALUES (:answer, :article)")
        connection.execute(insert, found)


def linked(html: str) -> set[int]:
    """The articles of this site that an answer links to: those of another host have numbers of their own."""
    ours = {"", urlsplit(current_app.config["SETTINGS"].site_url).netloc}
    numbers = {int(number) for host, number in _LINK.findall(html) if host in ours}
    return {one for one in numbers if one <= _LARGEST}


def downgrade() -> None:
    op.drop_column("rendering", "reader_version")
    for table in ("answer_citation", "pardon", "article_heading", "article_reference", "outside_address"):
        op.drop_table(table)
