"""Looking at the pages of other sites that articles link to, politely and a few at a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from time import monotonic

from flask import current_app
from sqlalchemy import ColumnElement, select

from helpcenter.articles.edition import Edition, Status
from helpcenter.articles.health import outside_address
from helpcenter.articles.health.outside_address import Due, OutsideAddress
from helpcenter.articles.health.reference import ArticleReference
from helpcenter.articles.revision import Revision
from helpcenter.core import clock, jobs
from helpcenter.core.db import begin_write, db, lock_row
from helpcenter.core.outside.look import Answer, Look, look_at

LOOK_SECONDS = 60
MOST_ADDRESSES = 20
MOST_SECONDS = 120
OFFLINE_HOSTS = 3
"""When so many sites are asked and none is reached, the way out is closed, and nothing is said about them."""
OFFLINE_WAIT = timedelta(hours=1)
FORGET_SECONDS = 24 * 3600
Looking = Callable[[str, str], Look]


def look_at_due(looking: Looking = look_at) -> int:
    """Look at what is due: one address of each host, at most twenty, one after the other; how many. Commits; slow.

    A rule that runs every minute, so no host is asked more often than that. No robots.txt is read: the page that a
    writer chose is asked for once a week, and nothing of it is followed or kept.
    """
    settings = current_app.config["SETTINGS"]
    if not settings.check_outside_links or settings.demo:
        return 0
    agent = f"HelpCenter-LinkCheck/1 (+{settings.site_url})"
    addresses = outside_address.due(_is_held(), MOST_ADDRESSES)
    # No transaction stays open while others take their time.
    db.session.rollback()
    began, looks = monotonic(), []
    for address in addresses:
        if jobs.stop_asked() or monotonic() - began > MOST_SECONDS:
            break
        looks.append((address, looking(address.url, agent)))
    if looks:
        _keep(looks)
    return len(looks)


def _keep(looks: list[tuple[Due, Look]]) -> None:
    asked = [look.answer for _address, look in looks if look.answer != Answer.REFUSED]
    is_offline = len(asked) >= OFFLINE_HOSTS and not any(answer.reached_a_server for answer in asked)
    begin_write()
    for address, look in looks:
        row = lock_row(select(OutsideAddress).where(OutsideAddress.id == address.id))
        if row is not None and is_offline:
            row.next_at = clock.now() + OFFLINE_WAIT
        elif row is not None:
            outside_address.note(row, look)
    db.session.commit()


def forget_unheld() -> None:
    """Forget the addresses that no text holds any more. Commits: a job."""
    begin_write()
    held = select(ArticleReference.id).where(ArticleReference.outside_id == OutsideAddress.id)
    outside_address.forget(~held.exists())
    db.session.commit()


def _is_held() -> ColumnElement[bool]:
    """Whether a text that readers see links to it."""
    return (
        select(ArticleReference.id)
        .join(Revision, Revision.id == ArticleReference.revision_id)
        .join(Edition, Edition.id == Revision.edition_id)
        .where(
            ArticleReference.outside_id == OutsideAddress.id,
            Edition.published_revision_id == Revision.id,
            Edition.status == Status.PUBLISHED,
        )
        .correlate(OutsideAddress)
        .exists()
    )
