"""Remember what an article was made from"""

import sqlalchemy as sa
from alembic import op

revision = '0023'
down_revision = '0022'


def upgrade() -> None:
    with op.batch_alter_table('article') as batch:
        batch.add_column(sa.Column('origin_kind', sa.String(length=20), nullable=True))
        batch.add_column(sa.Column('origin_id', sa.Integer(), nullable=True))
    op.create_index('ix_article_origin', 'article', ['origin_kind', 'origin_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_article_origin', 'article')
    with op.batch_alter_table('article') as batch:
        batch.drop_column('origin_id')
        batch.drop_column('origin_kind')
