"""Let moderators keep the community clean"""

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'

STATES = "state IN ('shown', 'pending', 'hidden', 'deleted')"


def upgrade() -> None:
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=8), server_default='shown', nullable=False))
        batch_op.add_column(sa.Column('closed_as', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('is_locked', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_question_state'), STATES)
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.add_column(sa.Column('state', sa.String(length=8), server_default='shown', nullable=False))
        batch_op.create_check_constraint(batch_op.f('ck_answer_state'), STATES)

    op.create_table('moderation_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['user.id'], name=op.f('fk_moderation_act_by_id')),
    sa.ForeignKeyConstraint(['undoes_id'], ['moderation_act.id'], name=op.f('fk_moderation_act_undoes_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_act')),
    sa.UniqueConstraint('undoes_id', name=op.f('uq_moderation_act_undoes_id'))
    )
    op.create_index(op.f('ix_moderation_act_by_id'), 'moderation_act', ['by_id'], unique=False)
    op.create_index('ix_moderation_act_subject', 'moderation_act', ['subject_kind', 'subject_id', 'id'], unique=False)


def downgrade() -> None:
    op.drop_table('moderation_act')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_answer_state'), type_='check')
        batch_op.drop_column('state')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_question_state'), type_='check')
        batch_op.drop_column('is_locked')
        batch_op.drop_column('closed_as')
        batch_op.drop_column('state')
