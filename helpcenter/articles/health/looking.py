"""Looking at the pages of other sites that articles link to, politely and a few at a time."""

from __future__ import annotations

import logging
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
from helpcenter.core.db import begin_write, db
from helpcenter.core.outside.look import Answer, Look, look_at

LOOK_SECONDS = 60
MOST_ADDRESSES = 20
MOST_SECONDS = 120
OFFLINE_WAIT = timedelta(hours=1)
OFFLINE_SPREAD = 60
"""Minutes over which what was put off together comes due again, each at a time of its own."""
FORGET_SECONDS = 24 * 3600
Looking = Callable[[str, str], Look]
_LOG = logging.getLogger(__name__)


def look_at_due(looking: Looking = look_at) -> int:
    """Look at what is due: one address of each host, at most twenty, one after the other; how many. Commits; slow.

    A rule that runs every minute, so no host is asked more often than that. No robots.txt is read: the page that a
    writer chose is asked for once a week, and now and then as a witness that the way out is open; nothing of it is
    followed or kept.
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
        looks.append((address, _looked(looking, address.url, agent)))
    if looks:
        witness = _witness(looks, looking, agent)
        is_offline = witness is not None and not witness[1].answer.reached_a_server
        # A witness that answered was looked at like any other.
        _keep([*looks, witness] if witness and not is_offline else looks, is_offline)
    return len(looks)


def _looked(looking: Looking, url: str, agent: str) -> Look:
    """One look. Whatever goes wrong with it is no reason to stop: the same address would be the first one for ever."""
    try:
        return looking(url, agent)
    except Exception:
        _LOG.exception("could not look at %s", url)
        return Look(Answer.NO_CONNECTION)


def _witness(looks: list[tuple[Due, Look]], looking: Looking, agent: str) -> tuple[Due, Look] | None:
    """Where nothing was reached, a look at one that answered lately: it tells a closed way out from dead sites.

    None where something was reached or nothing was asked, and where no such address is known: a failure counts then.
    """
    asked = [look.answer for _address, look in looks if look.answer != Answer.REFUSED]
    if not asked or any(answer.reached_a_server for answer in asked):
        return None
    address = outside_address.known_good(_is_held(), [address.host for address, _look in looks])
    db.session.rollback()
    return (address, _looked(looking, address.url, agent)) if address else None


def _keep(looks: list[tuple[Due, Look]], is_offline: bool) -> None:
    begin_write()
    for address, look in looks:
        row = _locked(address.id)
        if row is not None and is_offline:
            row.next_at = clock.now() + OFFLINE_WAIT + timedelta(minutes=address.id * 7 % OFFLINE_SPREAD)
        elif row is not None:
            outside_address.note(row, look)
    db.session.commit()


def _locked(address_id: int) -> OutsideAddress | None:
    """The row, locked so that texts may still be given links to it: they take several rows, in an order of theirs."""
    statement = select(OutsideAddress).where(OutsideAddress.id == address_id).with_for_update(key_share=True)
    return db.session.scalars(statement.execution_options(populate_existing=True)).one_or_none()


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
