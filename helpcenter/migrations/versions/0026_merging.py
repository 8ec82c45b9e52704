"""Let answers move to another question, with what hangs on them"""

from alembic import op

revision = '0026'
down_revision = '0025'
HANGING = {'acceptance': None, 'comment': 'CASCADE'}
BOTH = (['question_id', 'answer_id'], ['question_id', 'id'])


def _lead_to_answers(onupdate: str | None) -> None:
    for table, ondelete in HANGING.items():
        name = op.f(f'fk_{table}_question_id_answer_id')
        with op.batch_alter_table(table) as batch:
            batch.drop_constraint(name, type_='foreignkey')
            batch.create_foreign_key(name, 'answer', *BOTH, ondelete=ondelete, onupdate=onupdate)


def upgrade() -> None:
    _lead_to_answers('CASCADE')


def downgrade() -> None:
    _lead_to_answers(None)
