"""Know the customers whom the product names"""

import sqlalchemy as sa
from alembic import op

revision = '0029'
down_revision = '0028'


def upgrade() -> None:
    op.create_table('product_customer',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('product_id', sa.String(length=120), nullable=False),
    sa.Column('known_since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_product_customer_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_product_customer')),
    sa.UniqueConstraint('product_id', name=op.f('uq_product_customer_product_id'))
    )
    op.create_table('used_product_token',
    sa.Column('id_hash', sa.String(length=64), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id_hash', name=op.f('pk_used_product_token'))
    )
    op.create_index(op.f('ix_used_product_token_expires_at'), 'used_product_token', ['expires_at'], unique=False)


def downgrade() -> None:
    op.drop_table('used_product_token')
    op.drop_table('product_customer')
