"""Find the questions that wait without reading the others"""

import sqlalchemy as sa
from alembic import op

revision = '0030'
down_revision = '0029'
IS_OPEN = 'solution_id IS NULL AND original_id IS NULL AND closed_as IS NULL'
POINTING = ('solution_id', 'original_id')


def _index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def upgrade() -> None:
    for column in POINTING:
        op.drop_index(f'ix_question_{column}', table_name='question')
        _index(f'ix_question_{column}', 'question', [column], f'{column} IS NOT NULL')
    _index('ix_question_open', 'question', ['active_at', 'id', 'last_word', 'helpful', 'answers'], IS_OPEN)
    _index('ix_answer_not_yet_at', 'answer', ['not_yet_at', 'question_id'], 'not_yet_at IS NOT NULL')


def downgrade() -> None:
    op.drop_index('ix_answer_not_yet_at', table_name='answer')
    op.drop_index('ix_question_open', table_name='question')
    for column in POINTING:
        op.drop_index(f'ix_question_{column}', table_name='question')
        op.create_index(f'ix_question_{column}', 'question', [column])
