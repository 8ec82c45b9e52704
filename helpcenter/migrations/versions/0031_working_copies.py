"""Keep what editors type"""

import sqlalchemy as sa
from alembic import op

revision = '0031'
down_revision = '0030'


def upgrade() -> None:
    op.create_table('working_copy',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('article_key', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=True),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('base_revision_id', sa.Integer(), nullable=True),
    sa.Column('fields', sa.JSON(), nullable=True),
    sa.Column('aside', sa.JSON(), nullable=False),
    sa.Column('page', sa.String(length=32), nullable=False),
    sa.Column('saved_page', sa.String(length=32), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_working_copy_article_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_working_copy_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_working_copy')),
    sa.UniqueConstraint('user_id', 'article_key', 'locale', name=op.f('uq_working_copy_user_id_article_key_locale'))
    )
    op.create_index('ix_working_copy_article', 'working_copy', ['article_id', 'locale'], unique=False)
    op.create_index(op.f('ix_working_copy_seen_at'), 'working_copy', ['seen_at'], unique=False)


def downgrade() -> None:
    op.drop_table('working_copy')
