"""Look at words before readers do, and plan when they shall see them"""

import sqlalchemy as sa
from alembic import op

revision = '0032'
down_revision = '0031'
OPEN = sa.text('decided_at IS NULL')


def upgrade() -> None:
    op.create_table('review',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('asked_by', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('reviewer_id', sa.Integer(), nullable=True),
    sa.Column('decision', sa.String(length=10), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision_id', sa.Integer(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['asked_by'], ['user.id'], name=op.f('fk_review_asked_by')),
    sa.ForeignKeyConstraint(['decided_by'], ['user.id'], name=op.f('fk_review_decided_by')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_review_edition_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reviewer_id'], ['user.id'], name=op.f('fk_review_reviewer_id')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_review_revision_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_review'))
    )
    op.create_index('ix_review_open', 'review', ['edition_id'], unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
    for column in ('edition_id', 'reviewer_id', 'revision_id'):
        op.create_index(op.f(f'ix_review_{column}'), 'review', [column], unique=False)
    op.create_table('remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('line', sa.Integer(), nullable=False),
    sa.Column('quote', sa.String(length=300), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('settled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('settled_by', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_remark_author_id')),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_remark_edition_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_remark_revision_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['settled_by'], ['user.id'], name=op.f('fk_remark_settled_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    for column in ('author_id', 'edition_id'):
        op.create_index(op.f(f'ix_remark_{column}'), 'remark', [column], unique=False)
    op.create_table('planned_act',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('edition_id', sa.Integer(), nullable=False),
    sa.Column('act', sa.String(length=8), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('planned_by', sa.Integer(), nullable=True),
    sa.Column('failure', sa.String(length=300), nullable=False),
    sa.ForeignKeyConstraint(['edition_id'], ['edition.id'], name=op.f('fk_planned_act_edition_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['planned_by'], ['user.id'], name=op.f('fk_planned_act_planned_by')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_planned_act_revision_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_act')),
    sa.UniqueConstraint('edition_id', 'act', name=op.f('uq_planned_act_edition_id_act'))
    )
    op.create_index(op.f('ix_planned_act_at'), 'planned_act', ['at'], unique=False)
    op.add_column('edition', sa.Column('stage', sa.String(length=10), server_default='', nullable=False))
    op.create_index(op.f('ix_edition_stage'), 'edition', ['stage'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_edition_stage'), table_name='edition')
    op.drop_column('edition', 'stage')
    op.drop_table('planned_act')
    op.drop_table('remark')
    op.drop_table('review')
