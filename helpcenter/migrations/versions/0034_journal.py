"""Write down who did what, and never change it"""

import sqlalchemy as sa
from alembic import op

revision = '0034'
down_revision = '0033'

ON_SQLITE = """
CREATE TRIGGER journal_entry_is_fixed BEFORE UPDATE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'entries of the journal stay as they are'); END
"""
FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_journal_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'entries of the journal stay as they are'; END $$
"""
ON_POSTGRESQL = """
CREATE TRIGGER journal_entry_is_fixed BEFORE UPDATE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()
"""


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def upgrade() -> None:
    op.create_table('journal_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('act', sa.String(length=40), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=True),
    sa.Column('subject_id', sa.Integer(), nullable=True),
    sa.Column('locale', sa.String(length=5), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_journal_entry'))
    )
    op.create_index('ix_journal_entry_by', 'journal_entry', ['by_id', 'id'], unique=False)
    op.create_index('ix_journal_entry_act', 'journal_entry', ['act', 'id'], unique=False)
    if _is_sqlite():
        op.execute(ON_SQLITE)
    else:
        op.execute(FUNCTION)
        op.execute(ON_POSTGRESQL)


def downgrade() -> None:
    op.drop_table('journal_entry')
    if not _is_sqlite():
        op.execute('DROP FUNCTION refuse_journal_change()')
