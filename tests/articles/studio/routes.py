"""Who may use the routes of the studio."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpcenter.articles import remark
from helpcenter.articles.health import pardon
from helpcenter.articles.health.outside_address import OutsideAddress
from helpcenter.articles.revision import Revision
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.house.access import Route, only
from tests.shelf import edition_of, put_article, put_topic


def an_edition(_cast: Cast) -> dict[str, Any]:
    return {"article_id": put_article("Refunds"), "language": "en"}


def an_article(_cast: Cast) -> dict[str, Any]:
    return {"article_id": put_article("Refunds")}


def its_first_revision(cast: Cast) -> dict[str, Any]:
    return {**an_edition(cast), "number": 1}


def a_remark(cast: Cast) -> dict[str, Any]:
    found = an_edition(cast)
    revision = db.session.scalars(select(Revision).order_by(Revision.id.desc())).first()
    begin_write()
    said = remark.add(db.session.get_one(Revision, revision.id), 1, "Why?", by=cast.id_of("root"))
    db.session.commit()
    return {**found, "remark_id": said.id}


def a_plan(cast: Cast) -> dict[str, Any]:
    return {**an_edition(cast), "act": "publish"}


def cared_for(_cast: Cast) -> dict[str, Any]:
    return {"owner": "", "every": "90"}


def a_topic(_cast: Cast) -> dict[str, Any]:
    return {"topic_id": put_topic("harbor", "Harbor")}


def on_a_topic(cast: Cast) -> dict[str, Any]:
    topic = a_topic(cast)
    return {**topic, "article_id": put_article("Moor a boat", **topic)}


def dropped(_cast: Cast) -> dict[str, Any]:
    return {"moved": put_article("Raise a sail", topic_id=put_topic("harbor", "Harbor"))}


def a_pardon(cast: Cast) -> dict[str, Any]:
    edition_id = edition_of(put_article("Refunds")).id
    begin_write()
    pardon_id = pardon.give(edition_id, "alt", "x.png", "", by=cast.id_of("ada"))
    db.session.commit()
    return {"pardon_id": pardon_id}


def an_outside_address(_cast: Cast) -> dict[str, Any]:
    put_article("Refunds", "[a](https://example.org/)")
    return {"address_id": db.session.scalars(select(OutsideAddress.id)).one()}


ROUTES: dict[str, Route] = {
    "studio.index": only("editor", "admin"),
    "studio.new": only("editor", "admin"),
    "studio.create": only("editor", "admin", status=422),
    "studio.show": only("editor", "admin", args=an_article, status=302),
    "studio.edit": only("editor", "admin", args=an_edition),
    "studio.update": only("editor", "admin", args=an_edition, status=422),
    "studio.revisions": only("editor", "admin", args=an_edition),
    "studio.revision": only("editor", "admin", args=its_first_revision),
    "studio.compare": only("editor", "admin", args=an_edition),
    "studio.restore": only("editor", "admin", args=its_first_revision, status=303),
    "studio.archive": only("editor", "admin", args=an_edition, status=303),
    "studio.bring_back": only("editor", "admin", args=an_edition, status=303),
    "studio.keep": only("editor", "admin", args=an_edition),
    "studio.keep_new": only("editor", "admin"),
    "studio.exchange": only("editor", "admin", args=an_edition, status=303),
    "studio.exchange_new": only("editor", "admin", status=303),
    "studio.reconcile": only("editor", "admin", args=an_edition, status=404),
    "studio.links": only("editor", "admin"),
    "studio.review": only("editor", "admin", args=an_edition),
    "studio.ask_review": only("editor", "admin", args=an_edition, status=422),
    "studio.decide_review": only("editor", "admin", args=an_edition, status=422),
    "studio.create_remark": only("editor", "admin", args=an_edition, status=422),
    "studio.settle_remark": only("editor", "admin", args=a_remark, status=303),
    "studio.cancel_plan": only("editor", "admin", args=a_plan, status=303),
    "studio.translations": only("editor", "admin"),
    "studio.topic_articles": only("editor", "admin", args=a_topic),
    "studio.move_article": only("editor", "admin", args=on_a_topic, status=303),
    "studio.arrange_articles": only("editor", "admin", args=a_topic, data=dropped, status=303),
    "studio.move_articles": only("editor", "admin", args=a_topic, status=303),
    "studio.mine": only("editor", "admin"),
    "studio.verify": only("editor", "admin", args=an_edition, status=303),
    "studio.look_after": only("editor", "admin", args=an_edition, data=cared_for, status=303),
    "studio.preview": only("editor", "admin"),
    "studio.show_forecast": only("editor", "admin"),
    "studio.new_picture": only("editor", "admin"),
    "studio.create_picture": only("editor", "admin", status=422),
    "content_health.index": only("editor", "admin"),
    "pardons.create": only("editor", "admin", status=404),
    "pardons.destroy": only("editor", "admin", args=a_pardon, status=303),
    "outside_looks.create": only("editor", "admin", args=an_outside_address, status=303),
}
