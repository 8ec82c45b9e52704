"""Let people change what they posted"""

import sqlalchemy as sa
from alembic import op

revision = '0022'
down_revision = '0021'


def upgrade() -> None:
    for table in ("question", "answer"):
        op.add_column(table, sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True))

    op.create_table('post_revision',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=True),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('editor_id', sa.Integer(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('title', sa.String(length=160), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('topic_id', sa.Integer(), nullable=True),
    sa.Column('tags', sa.JSON(), nullable=False),
    sa.CheckConstraint('(question_id IS NULL) <> (answer_id IS NULL)', name=op.f('ck_post_revision_one_post')),
    sa.ForeignKeyConstraint(['answer_id'], ['answer.id'], name=op.f('fk_post_revision_answer_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['editor_id'], ['user.id'], name=op.f('fk_post_revision_editor_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_post_revision_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post_revision')),
    sa.UniqueConstraint('answer_id', 'number', name=op.f('uq_post_revision_answer_id_number')),
    sa.UniqueConstraint('question_id', 'number', name=op.f('uq_post_revision_question_id_number'))
    )
    op.create_index(op.f('ix_post_revision_editor_id'), 'post_revision', ['editor_id'], unique=False)

    op.create_table('comment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('answer_id', sa.Integer(), nullable=True),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('html', sa.Text(), nullable=False),
    sa.Column('plain_text', sa.Text(), nullable=False),
    sa.Column('renderer_version', sa.Integer(), nullable=False),
    sa.Column('was_staff', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('state', sa.String(length=8), server_default='shown', nullable=False),
    sa.CheckConstraint("state IN ('shown', 'pending', 'hidden', 'deleted')", name=op.f('ck_comment_state')),
    sa.ForeignKeyConstraint(['author_id'], ['user.id'], name=op.f('fk_comment_author_id')),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_comment_question_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id', 'answer_id'], ['answer.question_id', 'answer.id'], name=op.f('fk_comment_question_id_answer_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_comment'))
    )
    op.create_index(op.f('ix_comment_answer_id'), 'comment', ['answer_id'], unique=False)
    op.create_index(op.f('ix_comment_author_id'), 'comment', ['author_id'], unique=False)
    op.create_index('ix_comment_question_id', 'comment', ['question_id', 'id'], unique=False)

    op.add_column('question', sa.Column('original_id', sa.Integer(), nullable=True))
    op.create_index(op.f('ix_question_original_id'), 'question', ['original_id'], unique=False)
    op.create_table('duplicate_mark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('original_id', sa.Integer(), nullable=False),
    sa.Column('marked_by', sa.Integer(), nullable=False),
    sa.Column('marked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('contest', sa.Text(), nullable=False),
    sa.Column('contested_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('kept_by', sa.Integer(), nullable=True),
    sa.Column('kept_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('ended_by', sa.Integer(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['ended_by'], ['user.id'], name=op.f('fk_duplicate_mark_ended_by')),
    sa.ForeignKeyConstraint(['kept_by'], ['user.id'], name=op.f('fk_duplicate_mark_kept_by')),
    sa.ForeignKeyConstraint(['marked_by'], ['user.id'], name=op.f('fk_duplicate_mark_marked_by')),
    sa.ForeignKeyConstraint(['original_id'], ['question.id'], name=op.f('fk_duplicate_mark_original_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_duplicate_mark_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_duplicate_mark'))
    )
    op.create_index('ix_duplicate_mark_contested_at', 'duplicate_mark', ['contested_at'], unique=False)
    op.create_index(op.f('ix_duplicate_mark_marked_by'), 'duplicate_mark', ['marked_by'], unique=False)
    op.create_index(op.f('ix_duplicate_mark_original_id'), 'duplicate_mark', ['original_id'], unique=False)
    op.create_index('ix_duplicate_mark_standing', 'duplicate_mark', ['question_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))

    op.create_table('solution_reminder',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('last_day', sa.Integer(), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('stopped_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_solution_reminder_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('question_id', name=op.f('pk_solution_reminder'))
    )

    op.create_table('file_waiting',
    sa.Column('file_id', sa.Integer(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['file_id'], ['file.id'], name=op.f('fk_file_waiting_file_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('file_id', name=op.f('pk_file_waiting'))
    )
    op.create_index(op.f('ix_file_waiting_since'), 'file_waiting', ['since'], unique=False)

    with op.batch_alter_table('answer') as batch:
        batch.add_column(sa.Column('article_id', sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f('fk_answer_article_id'), 'article', ['article_id'], ['id'], ondelete='SET NULL')
        batch.create_index(op.f('ix_answer_article_id'), ['article_id'], unique=False)
    op.create_table('question_read',
    sa.Column('question_id', sa.Integer(), nullable=False),
    sa.Column('article_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['question_id'], ['question.id'], name=op.f('fk_question_read_question_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('question_id', 'article_id', name=op.f('pk_question_read'))
    )
    op.create_index(op.f('ix_question_read_article_id'), 'question_read', ['article_id'], unique=False)


def downgrade() -> None:
    op.drop_table("question_read")
    with op.batch_alter_table('answer') as batch:
        batch.drop_index(op.f('ix_answer_article_id'))
        batch.drop_constraint(op.f('fk_answer_article_id'), type_='foreignkey')
        batch.drop_column('article_id')
    op.drop_table("file_waiting")
    op.drop_table("solution_reminder")
    op.drop_table("duplicate_mark")
    op.drop_index(op.f('ix_question_original_id'), table_name='question')
    op.drop_column("question", "original_id")
    op.drop_table("comment")
    op.drop_table("post_revision")
    for table in ("question", "answer"):
        op.drop_column(table, "edited_at")
