"""What a site is called and how it looks: one row, edited on the settings page, read by every page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask import Flask, current_app, g, has_app_context
from sqlalchemy import JSON, String, Table, select
from sqlalchemy.orm import Mapped, mapped_column

from helpcenter.core.content_version import content_changed, kept_while_unchanged
from helpcenter.core.db import Model, db, upsert
from helpcenter.core.markdown import video_hosts

PACKAGE = Path(__file__).resolve().parent.parent


class SiteRow(Model):
    __tablename__ = "site"
    id: Mapped[int] = mapped_column(primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    accent: Mapped[str] = mapped_column(String(7), default="")


# Made once: every page reads it after a change, and building it costs as much as asking it.
_TABLE = cast(Table, SiteRow.__table__)
_VALUES = select(_TABLE.c["values"]).where(_TABLE.c.id == 1)


@dataclass(frozen=True)
class Site:
    """The site as pages see it. `hours` maps weekday 0 (Monday) to (opens, closes) in minutes after midnight.

    The targets are hours, counted while the site is open, in which whoever writes to support is due an answer.
    `cost_per_conversation` is a number with a point, in a currency that is any text; '' where nobody named one.
    `trust` names how soon the community trusts people. What holds a stop-word, kept in small letters, waits for a look.
    `second_person`: articles are published once somebody approved them who did not write them.
    `shows_verified`: readers are told when an article was last known to say what is true.
    `video_hosts` are the hosts whose videos articles may show, each with everything below it.
    `second_step_required`: the team logs in with two steps, at the latest `second_step_days` days after the moment in
    `second_step_since` (ISO 8601) or after somebody joined it.
    """

    name: str = "Help Center"
    logo: str = ""
    accent: str = ""
    support_address: str = ""
    locales: tuple[str, ...] = ("en", "es", "ru", "ar")
    time_zone: str = "UTC"
    hours: tuple[tuple[int, int, int], ...] = tuple((day, 9 * 60, 17 * 60) for day in range(5))
    target_hours: int = 8
    urgent_target_hours: int = 2
    cost_per_conversation: str = ""
    currency: str = ""
    known_problem: str = ""
    trust: str = "startup"
    stop_words: tuple[str, ...] = ()
    second_person: bool = False
    shows_verified: bool = False
    video_hosts: tuple[str, ...] = video_hosts.DEFAULT
    second_step_required: bool = False
    second_step_days: int = 14
    second_step_since: str = ""

    @property
    def default_locale(self) -> str:
        """The language of the site: the first of its languages."""
        return self.locales[0]


def current() -> Site:
    """The site as it is set up now; the defaults outside of an app."""
    if not has_app_context():
        return Site()
    given: Site | None = g.get("site")
    return given or kept_while_unchanged("site", _read)


def known_at(app: Flask, version: int) -> Site | None:
    """The site as this process read it at a content version, without asking the database; None if it did not."""
    held: tuple[int, Site] | None = app.extensions.get("kept_values", {}).get("site")
    return held[1] if held and held[0] == version else None


def use_last_known() -> None:
    """Answer the rest of this request without asking the database: with the site as this process saw it last."""
    _version, last = current_app.extensions.get("kept_values", {}).get("site", (0, Site()))
    g.site = last


def _read() -> Site:
    return from_values(db.session.execute(_VALUES).scalar() or {})


def from_values(values: dict[str, Any]) -> Site:
    """A site from what JSON keeps of it; unknown names are left out."""
    known = {name: value for name, value in values.items() if name in Site.__dataclass_fields__}
    if "locales" in known:
        known["locales"] = tuple(known["locales"])
    for name in ("stop_words", "video_hosts"):
        if name in known:
            known[name] = tuple(known[name])
    if "hours" in known:
        known["hours"] = tuple(tuple(row) for row in known["hours"])
    return Site(**known)


def change(**values: Any) -> Site:
    """Change some of the site's values; to be called after begin_write()."""
    kept = db.session.execute(select(SiteRow.values).where(SiteRow.id == 1)).scalar() or {}
    merged = {**kept, **values}
    row = upsert(SiteRow).values(id=1, values=merged, accent=merged.get("accent", ""))
    db.session.execute(
        row.on_conflict_do_update(index_elements=["id"], set_={"values": merged, "accent": merged.get("accent", "")})
    )
    content_changed()
    return from_values(merged)


def zone_name() -> str:
    """The time zone of the viewer, else of the site."""
    return getattr(g.get("viewer"), "time_zone", "") or current().time_zone


def local(value: datetime) -> datetime:
    """A moment in the time zone of the viewer, else of the site."""
    return value.astimezone(ZoneInfo(zone_name()))


def moment_of(local_time: datetime) -> datetime:
    """The other way round: a time without a zone, as the viewer typed it, as a moment."""
    return local_time.replace(tzinfo=ZoneInfo(zone_name())).astimezone(UTC)


def register(app: Flask) -> None:
    """Give templates the site."""
    app.context_processor(lambda: {"site": current(), "is_demo": current_app.config["SETTINGS"].demo})
