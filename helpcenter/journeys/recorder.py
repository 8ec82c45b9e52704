"""Writes events, in the transaction of the act itself, so that neither exists without the other."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import has_request_context
from sqlalchemy import insert

from helpcenter.core import clock
from helpcenter.core.db import db
from helpcenter.journeys import catalogue, channel, exclusion, pace, search_query, visit, visitor
from helpcenter.journeys.actor import Actor
from helpcenter.journeys.constants import DEFAULT
from helpcenter.journeys.event import EVENT

_INSERT = insert(EVENT).returning(EVENT.c.id)


def record(
    kind: str,
    *,
    by: Actor,
    subject: tuple[str, int] | None = None,
    revision_id: int | None = None,
    locale: str = "",
    topic_id: int | None = None,
    channel_name: str | None = None,
    detail: Mapping[str, Any] | None = None,
    query: str = "",
    is_preview: bool = False,
    occurred_at: datetime | None = None,
) -> int:
    """Append one event in the caller's transaction; its id. To be called after begin_write().

    `topic_id` is the root topic; `channel_name` only where the place of the act decides and not the subject;
    `occurred_at` only for what reached the server late, such as mail. Raises catalogue.UnknownKind.
    """
    catalogue.check(kind, subject and subject[0], detail or {})
    now = clock.now()
    at = occurred_at or now
    observable, visit_id, reason = _placed(kind, by, at, subject, is_preview)
    event_id: int = db.session.execute(
        _INSERT,
        {
            "occurred_at": at,
            "recorded_at": now,
            "visitor_id": by.visitor_id,
            "user_id": by.user_id,
            "visit_id": visit_id,
            "kind": kind,
            "subject_kind": subject and subject[0],
            "subject_id": subject and subject[1],
            "revision_id": revision_id,
            "channel": channel_name or channel.of_subject(subject and subject[0]),
            "locale": locale,
            "topic_id": topic_id,
            "detail": dict(detail or {}),
            "observable": observable,
            "excluded_reason": reason,
        },
    ).scalar_one()
    if query:
        search_query.keep(event_id, query, locale, at)
    if by.needs_cookie and by.visitor_id and has_request_context():
        visitor.keep_cookie(by.visitor_id, by.observable)
    return event_id


def _placed(
    kind: str, by: Actor, at: datetime, subject: tuple[str, int] | None, is_preview: bool
) -> tuple[bool, str | None, str | None]:
    """Whether the person can be observed, the visit of the act, and why it is excluded, if it is."""
    reason = exclusion.PREVIEW if is_preview else by.excluded_reason
    if reason is None and exclusion.is_author(by.user_id, subject):
        reason = exclusion.AUTHOR
    if by.visitor_id is None:
        return by.observable, None, reason
    observable = visitor.remember(by.visitor_id, by.observable)
    last = visit.last_event(by.visitor_id, at, by.user_id)
    if reason is None and last is not None and pace.is_too_fast(by.visitor_id, kind, at):
        reason = exclusion.TOO_FAST
    goes_on = visit.continues(last, at, by.user_id, DEFAULT.visit_gap)
    return observable, last.visit_id if last and goes_on else visit.new_id(), reason


def record_sign_in(by: Actor, user_id: int) -> int:
    """Record that this browser now belongs to this user, which links what it did in the seven days before."""
    return record("signed_in", by=by.signed_in_as(user_id))


def record_merge(by: Actor, user_id: int, into: int) -> int:
    """Record that two accounts are one person from now on; the events of both stay as they are."""
    return record("accounts_merged", by=by.signed_in_as(user_id), detail={"into": into})
