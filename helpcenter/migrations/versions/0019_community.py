"""Let people ask and answer"""

import sqlalchemy as sa
from alembic import op

revision = '0019'
down_revision = '0018'


def upgrade() -> None:
    op.create_table('question_draft',
    sa.Column('key', sa.String(length=32), nullable=False),
    sa.Column('fields', sa.JSON(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_question_draft'))
    )
    op.create_index(op.f('ix_question_draft_created_at'), 'question_draft', ['created_at'], unique=False)

    op.create_table('tag',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=30), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tag')),
    sa.UniqueConstraint('name', name=op.f('uq_tag_name'))
    )
    op.create_table('question',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=12), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('plain_text', sa.Text(), nullable=False),
    sa.Column('reading_seconds', sa.Integer(), nullable=False),
    sa.Column('renderer_version', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('active_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('solution_id', sa.Integer(), nullable=True),
    sa.Column('answers', sa.Integer(), nullable=False),
    sa.Column('me_too', sa.Integer(), nullable=False),
    sa.Column('helpful', sa.Integer(), nullable=False),
    sa.Column('solved_for', sa.Integer(), nullable=False),
    sa.Column('hot', sa.Double(), nullable=False),
    sa.Column('is_count_new', sa.Boolean(), nullable=False),
    sa.CheckConstraint("kind IN ('question', 'experience')", name=op.f('ck_question_kind')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_question_author_id')),
    sa.ForeignKeyConstraint(['topic_id'], ['topic.id'], name=op.f('fk_question_topic_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    op.create_index('ix_question_active_at', 'question', ['active_at', 'id'], unique=False)
    op.create_index(op.f('ix_question_author_id'), 'question', ['author_id'], unique=False)
    op.create_index('ix_question_hot', 'question', ['hot', 'id'], unique=False)
    op.create_index(op.f('ix_question_is_count_new'), 'question', ['is_count_new'], unique=False)
    op.create_index(op.f('ix_question_solution_id'), 'question', ['solution_id'], unique=False)
    op.create_index(op.f('ix_question_topic_id'), 'question', ['topic_id'], unique=False)

    op.create_table('answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('plain_text', sa.Text(), nullable=False),
    sa.Column('renderer_version', sa.Integer(), nullable=False),
    sa.Column('was_staff', sa.Boolean(), nullable=False),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('not_yet_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_answer_author_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_answer_question_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_answer')),
    sa.UniqueConstraint('question_id', 'id', name=op.f('uq_answer_question_id_id'))
    )
    op.create_index(op.f('ix_answer_author_id'), 'answer', ['author_id'], unique=False)

    op.create_table('me_too',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_me_too_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_me_too_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('question_id', 'user_id', name=op.f('pk_me_too'))
    )
    op.create_index(op.f('ix_me_too_user_id'), 'me_too', ['user_id'], unique=False)

    op.create_table('question_tag',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('tag_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_question_tag_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['tag_id'], ['tag.id'], name=op.f('fk_question_tag_tag_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('question_id', 'tag_id', name=op.f('pk_question_tag'))
    )
    op.create_index('ix_question_tag_tag_id', 'question_tag', ['tag_id', 'question_id'], unique=False)

    op.create_table('solved_for_me',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('voter', sa.String(length=40), nullable=False),
    sa.Column('said_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_solved_for_me_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_solved_for_me')),
    sa.UniqueConstraint('question_id', 'voter', name=op.f('uq_solved_for_me_question_id_voter'))
    )
    op.create_index(op.f('ix_solved_for_me_voter'), 'solved_for_me', ['voter'], unique=False)

    op.create_table('acceptance',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=False),
    sa.Column('via', sa.String(length=8), nullable=False),
    sa.Column('accepted_by', sa.Integer(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_by', sa.Integer(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("via IN ('asker', 'staff')", name=op.f('ck_acceptance_via')),
    sa.ForeignKeyConstraint(['accepted_by'], ['user.id'], name=op.f('fk_acceptance_accepted_by')),
    sa.ForeignKeyConstraint(['question_id', 'answer_id'], ['answer.question_id', 'answer.id'], name=op.f('fk_acceptance_question_id_answer_id')),
    sa.ForeignKeyConstraint(['withdrawn_by'], ['user.id'], name=op.f('fk_acceptance_withdrawn_by')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acceptance'))
    )
    op.create_index(op.f('ix_acceptance_accepted_by'), 'acceptance', ['accepted_by'], unique=False)
    op.create_index(op.f('ix_acceptance_answer_id'), 'acceptance', ['answer_id'], unique=False)
    op.create_index('ix_acceptance_standing', 'acceptance', ['question_id'], unique=True, sqlite_where=sa.text('withdrawn_at IS NULL'), postgresql_where=sa.text('withdrawn_at IS NULL'))



def downgrade() -> None:
    for table in ("acceptance", "solved_for_me", "question_tag", "me_too", "answer", "question", "tag", "question_draft"):
        op.drop_table(table)
