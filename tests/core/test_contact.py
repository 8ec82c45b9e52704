from __future__ import annotations

import pytest
from flask import Flask, g

from helpcenter.core import contact
from helpcenter.core.site import Site


@pytest.mark.parametrize(("address", "url"), [("help@example.org", "mailto:help@example.org"), ("", None)])
def test_where_there_is_no_form_people_write_a_letter(address: str, url: str | None) -> None:
    with Flask("without support").app_context():
        g.site = Site(support_address=address)
        assert contact.url(q="refund") == url


def test_the_form_is_told_what_the_page_is_about_unless_the_link_says_more() -> None:
    app = Flask("with support")
    contact.offer(app, lambda about: f"/contact?{sorted(about.items())}")
    with app.app_context():
        contact.carry(article=7, step=None)
        assert contact.url() == contact.url(q="") == "/contact?[('article', 7)]"
        assert contact.url(q="refund") == "/contact?[('q', 'refund')]"
