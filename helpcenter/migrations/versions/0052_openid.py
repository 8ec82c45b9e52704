"""Know people by what a provider of OpenID Connect calls them"""

import sqlalchemy as sa
from alembic import op

revision = '0052'
down_revision = '0051'


def upgrade() -> None:
    op.create_table('openid_identity',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('issuer', sa.String(length=255), nullable=False),
    sa.Column('subject', sa.String(length=255), nullable=False),
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('connected_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_openid_identity_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_openid_identity')),
    sa.UniqueConstraint('issuer', 'subject', name=op.f('uq_openid_identity_issuer_subject')),
    sa.UniqueConstraint('user_id', 'issuer', name=op.f('uq_openid_identity_user_id_issuer'))
    )
    op.create_table('used_openid_state',
    sa.Column('state_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('state_hash', name=op.f('pk_used_openid_state'))
    )
    op.create_index(op.f('ix_used_openid_state_expires_at'), 'used_openid_state', ['expires_at'], unique=False)
    op.create_table('openid_rules',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('values', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_openid_rules'))
    )


def downgrade() -> None:
    op.drop_table('openid_rules')
    op.drop_table('used_openid_state')
    op.drop_table('openid_identity')
