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

    op.create_table('flag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('words', sa.String(length=300), nullable=False),
    sa.Column('has_weight', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_act_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['settled_act_id'], ['moderation_act.id'], name=op.f('fk_flag_settled_act_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_flag_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_flag')),
    sa.UniqueConstraint('subject_kind', 'subject_id', 'user_id', name=op.f('uq_flag_subject_kind_subject_id_user_id'))
    )
    op.create_index('ix_flag_settled_act_id', 'flag', ['settled_act_id'], unique=False)
    op.create_index(op.f('ix_flag_user_id'), 'flag', ['user_id'], unique=False)

    op.create_table('review_entry',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('because', sa.String(length=12), nullable=False),
    sa.Column('detail', sa.JSON(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_act_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['settled_act_id'], ['moderation_act.id'], name=op.f('fk_review_entry_settled_act_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review_entry'))
    )
    op.create_index('ix_review_entry_open', 'review_entry', ['subject_kind', 'subject_id'], unique=True, sqlite_where=sa.text('settled_act_id IS NULL'), postgresql_where=sa.text('settled_act_id IS NULL'))
    op.create_index('ix_review_entry_settled_act_id', 'review_entry', ['settled_act_id', 'id'], unique=False)

    op.create_table('sanction',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('act_id', sa.Integer(), nullable=False),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['act_id'], ['moderation_act.id'], name=op.f('fk_sanction_act_id')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_sanction_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sanction')),
    sa.UniqueConstraint('act_id', name=op.f('uq_sanction_act_id'))
    )
    op.create_index('ix_sanction_standing', 'sanction', ['user_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    with op.batch_alter_table('acceptance', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_acceptance_via'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_acceptance_via'), "via IN ('asker', 'staff', 'trusted')")


def downgrade() -> None:
    op.execute("UPDATE acceptance SET via = 'staff' WHERE via = 'trusted'")
    with op.batch_alter_table('acceptance', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_acceptance_via'), type_='check')
        batch_op.create_check_constraint(batch_op.f('ck_acceptance_via'), "via IN ('asker', 'staff')")
    op.drop_table('sanction')
    op.drop_table('review_entry')
    op.drop_table('flag')
    op.drop_table('moderation_act')
    with op.batch_alter_table('answer', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_answer_state'), type_='check')
        batch_op.drop_column('state')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_question_state'), type_='check')
        batch_op.drop_column('is_locked')
        batch_op.drop_column('closed_as')
        batch_op.drop_column('state')
