"""Say what becomes of what readers wrote, and where one of them may be thanked"""

import sqlalchemy as sa
from alembic import op

revision = '0038'
down_revision = '0037'


def upgrade() -> None:
    op.create_table('feedback_state',
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('set_by', sa.Integer(), nullable=True),
    sa.Column('set_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('is_thanked', sa.Boolean(), nullable=False),
    sa.CheckConstraint("state IN ('planned', 'done', 'declined')", name=op.f('ck_feedback_state_state')),
    sa.ForeignKeyConstraint(['set_by'], ['user.id'], name=op.f('fk_feedback_state_set_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vote_id'], ['helpful_vote.id'], name=op.f('fk_feedback_state_vote_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vote_id', name=op.f('pk_feedback_state'))
    )
    op.execute(
        "INSERT INTO feedback_state (vote_id, state, set_by, set_at, is_thanked) "
        "SELECT vote_id, 'done', done_by, done_at, false FROM feedback_done"
    )
    op.drop_table('feedback_done')
    op.create_table('vote_address',
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('address_key', sa.String(length=254), nullable=False),
    sa.Column('said_in', sa.String(length=8), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['vote_id'], ['helpful_vote.id'], name=op.f('fk_vote_address_vote_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vote_id', name=op.f('pk_vote_address'))
    )
    op.create_index(op.f('ix_vote_address_address_key'), 'vote_address', ['address_key'])
    op.create_index(op.f('ix_vote_address_created_at'), 'vote_address', ['created_at'])


def downgrade() -> None:
    op.drop_table('vote_address')
    op.create_table('feedback_done',
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('done_by', sa.Integer(), nullable=True),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['done_by'], ['user.id'], name=op.f('fk_feedback_done_done_by'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['vote_id'], ['helpful_vote.id'], name=op.f('fk_feedback_done_vote_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vote_id', name=op.f('pk_feedback_done'))
    )
    op.execute(
        "INSERT INTO feedback_done (vote_id, done_by, done_at) "
        "SELECT vote_id, set_by, set_at FROM feedback_state WHERE state = 'done'"
    )
    op.drop_table('feedback_state')
