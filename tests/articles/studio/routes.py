"""Who may use the routes of the studio."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from helpcenter.articles.health import pardon
from helpcenter.articles.health.outside_address import OutsideAddress
from helpcenter.core.db import begin_write, db
from tests.cast import Cast
from tests.house.access import Route, only
from tests.shelf import edition_of, put_article


def an_edition(_cast: Cast) -> dict[str, Any]:
    return {"article_id": put_article("Refunds"), "language": "en"}


def an_article(_cast: Cast) -> dict[str, Any]:
    return {"article_id": put_article("Refunds")}


def its_first_revision(cast: Cast) -> dict[str, Any]:
    return {**an_edition(cast), "number": 1}


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
    "studio.restore": only("editor", "admin", args=its_first_revision, status=303),
    "studio.archive": only("editor", "admin", args=an_edition, status=303),
    "studio.bring_back": only("editor", "admin", args=an_edition, status=303),
    "studio.preview": only("editor", "admin"),
    "studio.new_picture": only("editor", "admin"),
    "studio.create_picture": only("editor", "admin", status=422),
    "content_health.index": only("editor", "admin"),
    "pardons.create": only("editor", "admin", status=404),
    "pardons.destroy": only("editor", "admin", args=a_pardon, status=303),
    "outside_looks.create": only("editor", "admin", args=an_outside_address, status=303),
}
