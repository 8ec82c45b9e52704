"""Let people be partners of the company, and keep it with what they said"""

import sqlalchemy as sa
from alembic import op

revision = '0027'
down_revision = '0026'
SAID = ('answer', 'comment')
ROLES = "role IN ('editor', 'agent', 'moderator', 'admin')"
WITH_PARTNERS = "role IN ('partner', 'editor', 'agent', 'moderator', 'admin')"


def _roles(allowed: str) -> None:
    name = op.f('ck_user_role_role')
    with op.batch_alter_table('user_role') as batch:
        batch.drop_constraint(name, type_='check')
        batch.create_check_constraint(name, allowed)


def upgrade() -> None:
    _roles(WITH_PARTNERS)
    for table in SAID:
        with op.batch_alter_table(table) as batch:
            batch.add_column(sa.Column('was_partner', sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    for table in SAID:
        with op.batch_alter_table(table) as batch:
            batch.drop_column('was_partner')
    op.execute("DELETE FROM user_role WHERE role = 'partner'")
    _roles(ROLES)
