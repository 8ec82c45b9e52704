"""The journal as admins read it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import select

from helpcenter.accounts import permissions
from helpcenter.accounts.names import names_of
from helpcenter.accounts.role_names import ROLE_NAMES
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import journal, locale, subjects
from helpcenter.core.db import db
from helpcenter.core.journal import JournalEntry
from helpcenter.core.paging import page_of
from helpcenter.core.row_id import row_id

blueprint = Blueprint("journal", __name__)
PAGE_ROWS = 100


@blueprint.get("/settings/journal")
def index() -> str:
    """Who did what, the newest first; `?by=` and `?act=` narrow it."""
    permissions.require(current_viewer(), "read_journal")
    by, act = request.args.get("by", type=row_id), request.args.get("act", "")
    wanted = select(JournalEntry)
    if by is not None:
        wanted = wanted.where(JournalEntry.by_id == by)
    if act in journal.acts():
        wanted = wanted.where(JournalEntry.act == act)
    page = page_of(wanted, JournalEntry.id, request.args.get("after", type=row_id), PAGE_ROWS)
    titles = _titles(page.rows)
    people = list(db.session.scalars(select(JournalEntry.by_id).where(JournalEntry.by_id.is_not(None)).distinct()))
    names = names_of(people)
    owners = names_of([row.detail.get("owner") for row in page.rows])
    return render_template(
        "settings/journal.html",
        rows=[
            (row, _who(row, names), journal.acts()[row.act], *titles.get(_of(row), ("", "")), _more(row, owners))
            for row in page.rows
            if row.act in journal.acts()
        ],
        people=sorted(names.items(), key=lambda one: one[1]),
        acts=journal.acts(),
        by=by,
        act=act,
        next_url=_address(by, act, page.next_after) if page.next_after else None,
        first_url=_address(by, act, None) if request.args.get("after") else None,
    )


def _of(row: JournalEntry) -> tuple[str | None, int | None]:
    return row.subject_kind, row.subject_id


def _who(row: JournalEntry, names: Mapping[int, str]) -> str:
    by_way = _("the login provider") if row.detail.get("way") == "openid" else _("the command line")
    return names.get(row.by_id or 0, "") or str(by_way)


def _titles(rows: Sequence[JournalEntry]) -> dict[tuple[str | None, int | None], tuple[str, str]]:
    """What each entry is about: its title and address, both '' where it is gone. A few statements for each kind."""
    here = locale.current()
    found: dict[tuple[str | None, int | None], tuple[str, str]] = {}
    by_kind: dict[str, set[int]] = {}
    for row in rows:
        if row.subject_kind is not None and row.subject_id is not None:
            by_kind.setdefault(row.subject_kind, set()).add(row.subject_id)
    for kind, ids in by_kind.items():
        for one, title in subjects.subject(kind).titles(sorted(ids), here).items():
            found[kind, one] = (title, _url(kind, one))
    return found


def _url(kind: str, one: int) -> str:
    """Where an editor or an admin goes on with it."""
    if kind == "article":
        return url_for("studio.show", article_id=one)
    if kind == "topic":
        return url_for("topics_studio.edit", topic_id=one)
    if kind == "snippet":
        return url_for("snippets.edit", snippet_id=one)
    return subjects.subject(kind).url(one, locale.current()) if kind == "saved_reply" else ""


def _more(row: JournalEntry, owners: Mapping[int, str]) -> str:
    """What else there is to say, in code words that people know: a language, a role, who looks after it, settings."""
    detail: dict[str, Any] = row.detail
    said = [locale.LANGUAGES[row.locale].endonym] if row.locale in locale.LANGUAGES else []
    if "role" in detail:
        said.append(str(ROLE_NAMES.get(detail["role"], detail["role"])))
    if row.act == "article_published":
        said.append(str(_("Revision %(number)d", number=detail.get("number", 0))))
    if "owner" in detail:
        said.append(owners.get(detail["owner"], "") or str(_("No one")))
        if detail["days"]:
            said.append(ngettext("Every %(num)d day", "Every %(num)d days", detail["days"]))
    said += detail.get("settings", [])
    return ", ".join(said)


def _address(by: int | None, act: str, after: int | None) -> str:
    known = {"by": by, "act": act or None, "after": after}
    return url_for("journal.index", **{name: value for name, value in known.items() if value})  # type: ignore[arg-type]
