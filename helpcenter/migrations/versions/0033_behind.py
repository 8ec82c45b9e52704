"""Note which translations are behind their original"""

import sqlalchemy as sa
from alembic import op

revision = '0033'
down_revision = '0032'

# The most that readers of the original were given since the translation matched it; typos do not count.
BEHIND = """
UPDATE edition SET behind = coalesce((
    SELECT CASE WHEN sum(CASE WHEN newer.significance = 'major' THEN 1 ELSE 0 END) > 0 THEN 'major'
                WHEN count(newer.id) > 0 THEN 'medium' ELSE '' END
    FROM revision shown
    JOIN edition source ON source.article_id = edition.article_id
        AND source.id = (SELECT min(e.id) FROM edition e WHERE e.article_id = edition.article_id)
    JOIN revision newer ON newer.edition_id = source.id AND newer.id > shown.source_revision_id
        AND newer.id <= source.published_revision_id AND newer.significance <> 'typo'
    WHERE shown.id = edition.published_revision_id AND shown.source_revision_id IS NOT NULL
        AND source.id <> edition.id AND source.status <> 'archived'
), '')
"""


def upgrade() -> None:
    op.add_column('edition', sa.Column('behind', sa.String(length=8), server_default='', nullable=False))
    op.execute(BEHIND)


def downgrade() -> None:
    op.drop_column('edition', 'behind')
