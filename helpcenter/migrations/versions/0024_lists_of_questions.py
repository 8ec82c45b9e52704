"""Find each order of the questions by an index"""

from alembic import op

revision = '0024'
down_revision = '0023'
INDEXES = {
    'ix_question_created_at': ['created_at', 'id'],
    'ix_question_locale_active_at': ['locale', 'active_at', 'id'],
    'ix_question_locale_hot': ['locale', 'hot', 'id'],
    'ix_question_locale_created_at': ['locale', 'created_at', 'id'],
}


def upgrade() -> None:
    for name, columns in INDEXES.items():
        op.create_index(name, 'question', columns, unique=False)


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, 'question')
