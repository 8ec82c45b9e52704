"""Know who spoke last under a question"""

import sqlalchemy as sa
from alembic import op

revision = '0025'
down_revision = '0024'
LAST = """
UPDATE question SET last_word = CASE
    WHEN (SELECT answer.author_id FROM answer WHERE answer.question_id = question.id AND answer.state = 'shown'
          ORDER BY answer.id DESC LIMIT 1) = question.author_id THEN 'asker'
    ELSE 'answer' END
WHERE EXISTS (SELECT 1 FROM answer WHERE answer.question_id = question.id AND answer.state = 'shown')
"""


def upgrade() -> None:
    with op.batch_alter_table('question') as batch:
        batch.add_column(sa.Column('last_word', sa.String(length=8), nullable=True))
        batch.create_check_constraint(op.f('ck_question_last_word'), "last_word IN ('asker', 'answer', 'comment')")
    op.execute(LAST)


def downgrade() -> None:
    with op.batch_alter_table('question') as batch:
        batch.drop_constraint(op.f('ck_question_last_word'), type_='check')
        batch.drop_column('last_word')
