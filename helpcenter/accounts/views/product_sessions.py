"""Coming in from the product: the link opens a page that says as whom, and a button there logs in.

A link alone logs nobody in: it may come from somebody who wants a person to write under a name that is not theirs.
"""

from __future__ import annotations

import logging
from typing import Any

from flask import Blueprint, current_app, make_response, redirect, render_template, request
from sqlalchemy.exc import IntegrityError

from helpcenter.accounts import product_customer, product_token, sign_in
from helpcenter.accounts.destination import within_site
from helpcenter.accounts.product_customer import Anothers, OfTheTeam, UsedBefore
from helpcenter.accounts.product_token import Claims, TokenRefused
from helpcenter.accounts.viewer import current_viewer
from helpcenter.core import limits
from helpcenter.core.db import begin_write, db
from helpcenter.core.refusals import NotFound

ADDRESS = "/login/product"
LONGEST_TOKEN = 4_000
logger = logging.getLogger("helpcenter.accounts")
blueprint = Blueprint("product_sessions", __name__)


@blueprint.get(ADDRESS)
def new() -> Any:
    """As whom the product sends somebody; whoever is logged in as that person goes on."""
    token = request.args.get("token", "")
    claims = _claims(token)
    if claims is not None and _is_here(claims):
        return redirect(_next(), 303)
    return _page(claims, token, 200 if claims else 422)


@blueprint.post(ADDRESS)
@limits.limit("20 per minute; 200 per hour", scope="sign-in")
def create() -> Any:
    """Log in as the person of the token, with an account from now on."""
    token = request.form.get("token", "")
    claims = _claims(token)
    if claims is None:
        return _page(None, token, 422)
    try:
        cookie = _enter(claims)
    except (UsedBefore, OfTheTeam, Anothers) as problem:
        db.session.rollback()
        logger.warning("a token of the product was refused: %s", type(problem).__name__)
        return _page(None, token, 422, refused=type(problem).__name__)
    return sign_in.answer(cookie, _next())


def _enter(claims: Claims) -> str:
    """What the cookie shall hold. Raises UsedBefore, OfTheTeam, Anothers."""
    try:
        return _write(claims)
    except IntegrityError:
        # The same person came in, or registered, at the same moment: now their account is there.
        db.session.rollback()
        return _write(claims)


def _write(claims: Claims) -> str:
    begin_write()
    person = product_customer.welcome(claims)
    cookie = sign_in.begin(person.id)
    db.session.commit()
    return cookie


def _is_here(claims: Claims) -> bool:
    """Whether whoever looks is logged in as this person already."""
    viewer = current_viewer()
    if viewer.id is None:
        return False
    known = product_customer.product_id_of(viewer.id)
    return known == claims.product_id if known else viewer.email.lower() == claims.email.lower()


def _claims(token: str) -> Claims | None:
    """What the token says; None, with the reason in the log, for one that says nothing.

    Raises NotFound on a site that shares no secret with a product.
    """
    secret = current_app.config["SETTINGS"].product_secret
    if not secret:
        raise NotFound
    try:
        return product_token.read(token[:LONGEST_TOKEN], secret)
    except TokenRefused as problem:
        logger.warning("a token of the product was refused: %s", problem)
        return None


def _next() -> str:
    return within_site(request.values.get("next"))


def _page(claims: Claims | None, token: str, status: int, *, refused: str = "") -> Any:
    words = {
        "claims": claims,
        "token": token,
        "next_url": within_site(request.values.get("next"), ""),
        "refused": refused,
    }
    response = make_response(render_template("accounts/from_product.html", **words), status)
    response.cache_control.no_store = True
    # The address holds the token. "no-referrer" would hide the origin of the form from its own site too.
    response.headers["Referrer-Policy"] = "strict-origin"
    return response
