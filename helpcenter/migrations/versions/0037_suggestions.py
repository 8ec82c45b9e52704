"""Keep what readers suggest for articles"""

import sqlalchemy as sa
from alembic import op

revision = '0037'
down_revision = '0036'


def upgrade() -> None:
    op.create_table('suggestion',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('address_key', sa.String(length=254), nullable=False),
    sa.Column('said_in', sa.String(length=8), nullable=False),
    sa.Column('words', sa.String(length=1000), nullable=False),
    sa.Column('text', sa.Text(), nullable=True),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('reply', sa.String(length=1000), nullable=False),
    sa.Column('answered_by', sa.Integer(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('became_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.CheckConstraint("state IN ('new', 'planned', 'done', 'declined')", name=op.f('ck_suggestion_state')),
    sa.ForeignKeyConstraint(['answered_by'], ['user.id'], name=op.f('fk_suggestion_answered_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['article_id'], ['article.id'], name=op.f('fk_suggestion_article_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['became_id'], ['revision.id'], name=op.f('fk_suggestion_became_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_suggestion_revision_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_suggestion_user_id'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_suggestion'))
    )
    with_address = sa.text("address_key <> ''")
    op.create_index('ix_suggestion_address_key', 'suggestion', ['address_key'], sqlite_where=with_address, postgresql_where=with_address)
    op.create_index('ix_suggestion_article', 'suggestion', ['article_id', 'state'])
    op.create_index('ix_suggestion_state', 'suggestion', ['state', 'id'])
    op.create_index(op.f('ix_suggestion_revision_id'), 'suggestion', ['revision_id'])
    op.create_index(op.f('ix_suggestion_user_id'), 'suggestion', ['user_id'])


def downgrade() -> None:
    op.drop_table('suggestion')
