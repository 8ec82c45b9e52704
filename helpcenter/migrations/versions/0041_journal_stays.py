"""Take nothing out of the journal"""

from alembic import op

revision = '0041'
down_revision = '0040'

ON_SQLITE = """
CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
BEGIN SELECT RAISE(ABORT, 'entries of the journal stay as they are'); END
"""
ON_POSTGRESQL = (
    """
CREATE TRIGGER journal_entry_stays BEFORE DELETE ON journal_entry
FOR EACH ROW EXECUTE FUNCTION refuse_journal_change()
""",
    """
CREATE TRIGGER journal_stays BEFORE TRUNCATE ON journal_entry
FOR EACH STATEMENT EXECUTE FUNCTION refuse_journal_change()
""",
)


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == 'sqlite'


def upgrade() -> None:
    for statement in (ON_SQLITE,) if _is_sqlite() else ON_POSTGRESQL:
        op.execute(statement)


def downgrade() -> None:
    if _is_sqlite():
        op.execute('DROP TRIGGER journal_entry_stays')
    else:
        op.execute('DROP TRIGGER journal_entry_stays ON journal_entry')
        op.execute('DROP TRIGGER journal_stays ON journal_entry')
