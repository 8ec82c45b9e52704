"""Let people log in with two steps"""

import sqlalchemy as sa
from alembic import op

revision = '0051'
down_revision = '0047'


def upgrade() -> None:
    op.create_table('second_step',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('key_salt', sa.String(length=40), nullable=False),
    sa.Column('key_mark', sa.String(length=16), nullable=False),
    sa.Column('turned_on_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_step', sa.BigInteger(), nullable=False),
    sa.Column('refused_step', sa.BigInteger(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_second_step_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_second_step'))
    )
    op.create_table('recovery_code',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_recovery_code_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_code')),
    sa.UniqueConstraint('user_id', 'code_hash', name=op.f('uq_recovery_code_user_id_code_hash'))
    )
    op.create_table('half_sign_in',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_half_sign_in_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id_hash', name=op.f('pk_half_sign_in'))
    )
    op.create_index(op.f('ix_half_sign_in_expires_at'), 'half_sign_in', ['expires_at'], unique=False)
    op.create_index(op.f('ix_half_sign_in_user_id'), 'half_sign_in', ['user_id'], unique=False)


def downgrade() -> None:
    op.drop_table('half_sign_in')
    op.drop_table('recovery_code')
    op.drop_table('second_step')
