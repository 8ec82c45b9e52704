"""Tell people of what concerns them"""

import sqlalchemy as sa
from alembic import op

revision = '0021'
down_revision = '0020'


def upgrade() -> None:
    op.create_table('search_news',
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('noted_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('kind', 'subject_id', name=op.f('pk_search_news'))
    )
    op.create_table('follow',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('wanted', sa.Boolean(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_follow_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow')),
    sa.UniqueConstraint('user_id', 'subject_kind', 'subject_id', name=op.f('uq_follow_user_id_subject_kind_subject_id'))
    )
    op.create_index('ix_follow_subject', 'follow', ['subject_kind', 'subject_id'], unique=False)

    op.create_table('notification',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('about_kind', sa.String(length=20), nullable=False),
    sa.Column('about_id', sa.Integer(), nullable=False),
    sa.Column('subject_kind', sa.String(length=20), nullable=False),
    sa.Column('subject_id', sa.Integer(), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('in_app', sa.Boolean(), nullable=False),
    sa.Column('awaits_mail', sa.Boolean(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('read_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('mailed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['actor_id'], ['user.id'], name=op.f('fk_notification_actor_id'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notification_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notification')),
    sa.UniqueConstraint('user_id', 'subject_kind', 'subject_id', 'kind', name=op.f('uq_notification_user_id_subject_kind_subject_id_kind'))
    )
    op.create_index(op.f('ix_notification_actor_id'), 'notification', ['actor_id'], unique=False)
    op.create_index(op.f('ix_notification_created_at'), 'notification', ['created_at'], unique=False)
    op.create_index('ix_notification_page', 'notification', ['user_id', 'id'], unique=False)
    op.create_index('ix_notification_unread', 'notification', ['user_id'], unique=False, sqlite_where=sa.text('read_at IS NULL'), postgresql_where=sa.text('read_at IS NULL'))
    op.create_index('ix_notification_waits', 'notification', ['user_id'], unique=False, sqlite_where=sa.text('awaits_mail'), postgresql_where=sa.text('awaits_mail'))

    op.create_table('notification_choice',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('in_app', sa.Boolean(), nullable=False),
    sa.Column('by_mail', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notification_choice_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', 'kind', name=op.f('pk_notification_choice'))
    )
    op.create_table('notification_setting',
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('rhythm', sa.String(length=8), nullable=False),
    sa.Column('follows_own', sa.Boolean(), nullable=False),
    sa.Column('digest_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("rhythm IN ('at_once', 'daily', 'weekly')", name=op.f('ck_notification_setting_rhythm')),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_notification_setting_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('user_id', name=op.f('pk_notification_setting'))
    )
    op.create_index(op.f('ix_notification_setting_digest_at'), 'notification_setting', ['digest_at'], unique=False)

    op.create_table('search_wait',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('locale', sa.String(length=8), nullable=False),
    sa.Column('words', sa.String(length=200), nullable=False),
    sa.Column('meaning', sa.String(length=400), nullable=False),
    sa.Column('address', sa.String(length=254), nullable=False),
    sa.Column('address_key', sa.String(length=254), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_search_wait_user_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_search_wait')),
    sa.UniqueConstraint('address_key', 'locale', 'meaning', name=op.f('uq_search_wait_address_key_locale_meaning'))
    )
    op.create_index(op.f('ix_search_wait_locale'), 'search_wait', ['locale'], unique=False)
    op.create_index(op.f('ix_search_wait_user_id'), 'search_wait', ['user_id'], unique=False)


def downgrade() -> None:
    for table in ("search_wait", "search_news", "notification_setting", "notification_choice", "notification", "follow"):
        op.drop_table(table)
