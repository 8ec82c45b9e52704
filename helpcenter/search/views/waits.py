"""Waiting for an answer: asking for it where nothing was found, and the page that a letter leads to."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from helpcenter.accounts import email_address, fields, user
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits, mail
from helpcenter.core.db import begin_write, db
from helpcenter.core.forms import Form, strip
from helpcenter.core.locale import use
from helpcenter.core.refusals import NotFound
from helpcenter.search import wait_letters, wait_token, waiting
from helpcenter.search.query import shortened

blueprint = Blueprint("search_waits", __name__)
ADDRESS = "/<locale:locale>/search/waiting"
OF_ADDRESS = "20 per hour"
LETTERS_TO_ONE = "3 per hour"
OF_PERSON = "30 per day"


class WaitForm(Form):
    """`website` is for machines: nobody sees it."""

    email = fields.email_field()
    q = HiddenField(filters=[strip])
    website = StringField()


@blueprint.get(ADDRESS)
def new(locale: str) -> Response:
    """The form alone, for whoever opened its address."""
    words = shortened(request.args.get("q", ""))
    if not words:
        raise NotFound
    return _form(WaitForm(formdata=None, data={"q": words}), words, locale)


@blueprint.post(ADDRESS)
@limits.limit(OF_ADDRESS, scope="search-wait")
def create(locale: str) -> Response:
    """Wait for it: signed in at once, else a letter asks. The answer is the same whatever is known of the address."""
    viewer, form = current_viewer(), WaitForm()
    words = shortened(form.q.data or "")
    if not words:
        raise NotFound
    if viewer.is_signed_in and viewer.is_confirmed:
        limits.spend(OF_PERSON, "search-wait-of", f"user:{viewer.id}")
        begin_write()
        waiting.wait(words, locale, viewer.email, user_id=viewer.id)
        db.session.commit()
        return redirect(url_for("search_waits.show_thanks", locale=locale, known="1"), 303)
    if not form.validate():
        return _form(form, words, locale, 422)
    if not form.website.data:
        address = email_address.normalized(form.email.data) or ""
        limits.spend(LETTERS_TO_ONE, "letter", user.email_key(address))
        begin_write()
        row = waiting.wait(words, locale, address, user_id=None)
        if row is not None:
            wait_letters.ask(row)
        db.session.commit()
    return redirect(url_for("search_waits.show_thanks", locale=locale), 303)


@blueprint.get(f"{ADDRESS}/thanks")
def show_thanks(locale: str) -> Response:  # noqa: ARG001
    """What happens next."""
    is_known = request.args.get("known") == "1" and current_viewer().is_signed_in
    return _private(render_template("search_waits/thanks.html", is_known=is_known, sends_mail=mail.is_sent()))


@blueprint.get("/search/waiting/<secret>")
def show(secret: str) -> Any:
    """The page a letter leads to. It changes nothing."""
    return _page(secret)


@blueprint.post("/search/waiting/<secret>")
@limits.limit("60 per hour", scope="search-wait-link")
def update(secret: str) -> Any:
    """The address is theirs: they wait from now on."""
    begin_write()
    row = wait_token.holder(secret)
    if row is not None:
        waiting.confirm(row)
    db.session.commit()
    return _page(secret)


@blueprint.post("/search/waiting/<secret>/end")
@limits.limit("60 per hour", scope="search-wait-link")
def destroy(secret: str) -> Any:
    """They wait no longer. Twice is once."""
    begin_write()
    row = wait_token.holder(secret)
    if row is not None:
        use(row.locale)
        waiting.end(row)
    db.session.commit()
    return _private(render_template("search_waits/show.html", row=None, is_ended=row is not None), 200 if row else 410)


def _page(secret: str) -> Response:
    row = wait_token.holder(secret)
    if row is not None:
        use(row.locale)
    page = render_template("search_waits/show.html", row=row, secret=secret, is_ended=False)
    return _private(page, 410 if row is None else 200)


def _form(form: WaitForm, words: str, locale: str, status: int = 200) -> Response:
    return _private(render_template("search_waits/new.html", form=form, words=words, locale_asked=locale), status)


def _private(page: str, status: int = 200) -> Response:
    response = make_response(page, status)
    response.cache_control.no_store = True
    return response
