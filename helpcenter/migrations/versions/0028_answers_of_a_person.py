"""Count what somebody answered without reading the answers"""

from alembic import op

revision = '0028'
down_revision = '0027'


def upgrade() -> None:
    op.drop_index('ix_answer_author_id', table_name='answer')
    op.create_index('ix_answer_author_id', 'answer', ['author_id', 'question_id', 'state'])


def downgrade() -> None:
    op.drop_index('ix_answer_author_id', table_name='answer')
    op.create_index('ix_answer_author_id', 'answer', ['author_id'])
