"""Keep the search index in the database, where it is PostgreSQL"""

import sqlalchemy as sa
from alembic import op

revision = '0047'
down_revision = '0046'

PLAIN = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
NUMBERS = sa.JSON().with_variant(sa.ARRAY(sa.Integer()), "postgresql")
TEXTS = sa.JSON().with_variant(sa.ARRAY(sa.Text()), "postgresql")
SLOTS = ("a", "b")


def upgrade() -> None:
    op.create_table(
        "search_index",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("slot", sa.String(length=1), nullable=False),
        sa.Column("build", sa.Integer(), nullable=False),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("applied", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("last_document", sa.Integer(), nullable=False),
        sa.Column("last_term", sa.Integer(), nullable=False),
        sa.Column("statistics", sa.Text(), nullable=False),
        sa.Column("places", sa.Text(), nullable=False),
        sa.Column("places_digest", sa.String(length=40), nullable=False),
        sa.Column("is_doubted", sa.Boolean(), nullable=False),
        sa.Column("has_leftovers", sa.Boolean(), nullable=False),
        sa.Column("swapped_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_search_index")),
    )
    for slot in SLOTS:
        make_slot(slot)


def make_slot(slot: str) -> None:
    op.create_table(
        f"search_document_{slot}",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.BigInteger(), nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("spelling", PLAIN, nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("solved", sa.Boolean(), nullable=False),
        sa.Column("tags", TEXTS, nullable=False),
        sa.Column("title_length", sa.SmallInteger(), nullable=False),
        sa.Column("keyword_length", sa.SmallInteger(), nullable=False),
        sa.Column("body_length", sa.SmallInteger(), nullable=False),
        sa.Column("terms", NUMBERS, nullable=False),
        sa.Column("words", TEXTS, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_search_document_{slot}")),
        sa.UniqueConstraint("kind", "subject_id", "locale", name=op.f(f"uq_search_document_{slot}_kind_subject_id_locale")),
    )
    op.create_index(f"ix_search_document_{slot}_locale_spelling", f"search_document_{slot}", ["locale", "spelling"])
    op.create_table(
        f"search_term_{slot}",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("term", PLAIN, nullable=False),
        sa.Column("title", sa.Integer(), nullable=False),
        sa.Column("keyword", sa.Integer(), nullable=False),
        sa.Column("body", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_search_term_{slot}")),
        sa.UniqueConstraint("locale", "term", name=op.f(f"uq_search_term_{slot}_locale_term")),
    )
    small = ("title", "keyword", "body", "title_length", "keyword_length", "body_length")
    op.create_table(
        f"search_posting_{slot}",
        sa.Column("term", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.SmallInteger(), nullable=False) for name in small),
        sa.PrimaryKeyConstraint("term", "document", name=op.f(f"pk_search_posting_{slot}")),
    )
    op.create_table(
        f"search_word_{slot}",
        sa.Column("locale", sa.String(length=5), nullable=False),
        sa.Column("word", PLAIN, nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("places", NUMBERS, nullable=False),
        sa.Column("counts", NUMBERS, nullable=False),
        sa.PrimaryKeyConstraint("locale", "word", name=op.f(f"pk_search_word_{slot}")),
    )


def downgrade() -> None:
    for slot in SLOTS:
        op.drop_table(f"search_word_{slot}")
        op.drop_table(f"search_posting_{slot}")
        op.drop_table(f"search_term_{slot}")
        op.drop_table(f"search_document_{slot}")
    op.drop_table("search_index")
