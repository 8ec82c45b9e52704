"""The list of articles, and a new one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response
from wtforms import SelectChoice

from helpcenter.accounts import permissions
from helpcenter.accounts.viewer import Viewer
from helpcenter.articles.health.sentence import unshown_video
from helpcenter.articles.rendering import RenderedArticle
from helpcenter.articles.revision import Significance
from helpcenter.articles.snippets.choices import are_there
from helpcenter.articles.studio import beginning, draft, keeping, place, working_copy
from helpcenter.articles.studio.article_form import ArticleForm, retyped
from helpcenter.articles.studio.blueprint import editor, studio
from helpcenter.articles.studio.listing import Filter, listing
from helpcenter.articles.studio.release import Outcome, Wish, release, wish_of
from helpcenter.articles.studio.text_hints import hints_of
from helpcenter.articles.studio.text_rendering import render_into
from helpcenter.articles.studio.topic_choices import path_title, topic_choices
from helpcenter.core import locale, site
from helpcenter.core.db import begin_write, db
from helpcenter.core.locale import LANGUAGES
from helpcenter.core.markdown import video_hosts
from helpcenter.core.row_id import row_id
from helpcenter.topics import audience_names
from helpcenter.topics.audience import Audience

BEGINNINGS = ("topic", "in", "title")
"""What an address may say of an article that is begun."""


@studio.get("/studio")
def index() -> str:
    """Every edition, the one changed last first."""
    viewer = editor()
    asked = request.args
    wanted = Filter(
        status=asked.get("status", ""),
        topic_id=asked.get("topic", type=row_id),
        language=asked.get("in", ""),
        text=asked.get("q", "").strip()[:100],
    )
    page = listing(wanted, asked.get("after", type=row_id))
    here = locale.current()
    return render_template(
        "studio/index.html",
        page=page,
        wanted=wanted,
        is_narrowed=wanted != Filter(),
        topics=topic_choices(viewer, here),
        languages_offered=offered_languages(),
        topic_titles={row.topic_id: path_title(row.topic_id, here) for row in page.rows},
        next_url=_address(wanted, page.next_after) if page.next_after else None,
        first_url=_address(wanted, None) if asked.get("after") else None,
        audience_names=audience_names.NAMES,
        endonym=lambda code: LANGUAGES[code].endonym,
    )


def _address(wanted: Filter, after: int | None) -> str:
    """The list with this filter; only names we know are put into the address."""
    known: dict[str, Any] = {
        "status": wanted.status,
        "topic": wanted.topic_id,
        "in": wanted.language,
        "q": wanted.text,
        "after": after,
    }
    return url_for("studio.index", **{name: value for name, value in known.items() if value})


@studio.get("/studio/articles/new")
def new() -> str:
    """A page to write on: what was begun and not saved, else empty but for what the address says.

    That may be `?topic=`, `?in=`, `?title=`, and `?begin=` for the frame of a kind of article.
    """
    viewer = editor()
    asked, language = request.args, request.args.get("in", "")
    copy = working_copy.of(viewer.id, working_copy.NEW, "")
    if copy is not None and copy.fields:
        begun = retyped(copy.fields, ())
        if not begun.body.data:
            begun.body.data = beginning.frame(asked.get("begin", ""), _language(language))
        return _page(begun, viewer, copy.fields.get("language", ""))
    form = ArticleForm(
        formdata=None,
        data={
            "topic": asked.get("topic", ""),
            "title": asked.get("title", ""),
            "body": beginning.frame(asked.get("begin", ""), _language(language)),
            "audience": Audience.EVERYONE.value,
            "significance": Significance.MEDIUM.value,
        },
    )
    return _page(form, viewer, language)


@studio.post("/studio/articles")
def create() -> Any:
    """Keep the first draft of an article, and publish it when that was asked for."""
    viewer, form = editor(), ArticleForm()
    language = request.form.get("language", "")
    form.topic.choices = topic_choices(viewer, locale.current())
    wish = wish_of(request)
    if wish in (Wish.PUBLISH, Wish.SCHEDULE):
        permissions.require(viewer, "publish_articles")
    if language not in site.current().locales or not form.validate():
        return _refused(form, viewer, language)
    result = render_into(form, language)
    if result is None:
        return _refused(form, viewer, language)
    begin_write()
    try:
        place.refuse_taken(form.place.old_addresses, None)
    except place.AddressTaken as taken:
        db.session.rollback()
        form.refuse("old_addresses", taken_message(taken))
        return _refused(form, viewer, language)
    article = draft.new_article(form.place.topic_id, form.place.audience, by=viewer.id or 0)
    place.answer_to(article, form.place.old_addresses)
    working_copy.end(viewer.id, working_copy.NEW, "", form.open_page)
    edition, revision = draft.save(article.id, language, form.change(None), result, by=viewer.id or 0)
    outcome = release(edition, revision, result, wish, None, by=viewer.id or 0)
    db.session.commit()
    say_saved(outcome)
    say_unshown(result)
    return after_saving(wish, article.id, language)


def _refused(form: ArticleForm, viewer: Viewer, language: str) -> Any:
    begin_write()
    keeping.keep_refused(form, None, language, viewer)
    db.session.commit()
    return _page(form, viewer, language), 422


def to_editor(article_id: int, language: str) -> Response:
    """Back to the page one wrote on."""
    return redirect(url_for("studio.edit", article_id=article_id, language=language), 303)


def after_saving(wish: Wish, article_id: int, language: str) -> Response:
    """To the page of the review where that was wished, else back to the page one wrote on."""
    if wish is Wish.REVIEW:
        return redirect(url_for("studio.review", article_id=article_id, language=language), 303)
    return to_editor(article_id, language)


def say_saved(outcome: Outcome, at: datetime | None = None) -> None:
    """Tell what happened, on the next page."""
    if outcome is Outcome.PUBLISHED:
        flash(_("Published. Readers see this version now."), "success")
    elif outcome is Outcome.SCHEDULED and at is not None:
        flash(_("Saved. It will be published on %(moment)s.", moment=locale.moment(at)), "success")
    elif outcome is Outcome.WAITS:
        flash(_("Saved as a draft: someone else has to approve it before it is published."), "error")
    elif outcome is Outcome.UNCHANGED:
        flash(_("Nothing was changed, so nothing new was saved."), "success")
    else:
        flash(_("Draft saved. Readers do not see it yet."), "success")


def say_unshown(result: RenderedArticle) -> None:
    """Tell which videos readers do not see, on the next page."""
    allowed = site.current().video_hosts
    refused = (
        video_hosts.host_of(one.href) for one in result.found.videos if not video_hosts.is_allowed(one.href, allowed)
    )
    for host in dict.fromkeys(filter(None, refused)):
        flash(unshown_video(host), "error")


def taken_message(taken: place.AddressTaken) -> str:
    """What stands beside the field of old addresses when another article has one of them."""
    return str(_("%(path)s already leads to article %(number)d.", path=taken.path, number=taken.article_id))


def offered_languages() -> list[tuple[str, str]]:
    """The languages of the site, by their own names."""
    return [(code, LANGUAGES[code].endonym) for code in site.current().locales]


def _language(asked: str) -> str:
    """The language that was asked for, else that of the page."""
    return asked if asked in site.current().locales else locale.current()


def _page(form: ArticleForm, viewer: Viewer, language: str) -> str:
    here, copy = locale.current(), working_copy.of(viewer.id, working_copy.NEW, "")
    form.topic.choices = [SelectChoice("", _("Choose a topic")), *topic_choices(viewer, here)]
    return render_template(
        "studio/new.html",
        form=form,
        language=_language(language),
        hints=hints_of(form.body.data or "", _language(language)),
        beginnings=beginning.NAMES,
        languages_offered=offered_languages(),
        direction_of={code: one.direction for code, one in LANGUAGES.items()},
        has_snippets=are_there(),
        copy=copy,
        open_page=working_copy.open_page(copy),
        exchange_url=url_for("studio.exchange_new"),
        carried={name: request.args.get(name, "") for name in BEGINNINGS},
    )
