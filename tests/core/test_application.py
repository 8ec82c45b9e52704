"""What the app remembers of words and addresses is what Flask and the catalogue say each time."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, render_template, url_for
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import DictLoader

from helpcenter.core import locale
from helpcenter.core.application import MOST_ADDRESSES, Application, SpokenEnvironment
from helpcenter.core.locale import LANGUAGES
from tests.cast import Cast
from tests.community.posts import put_answer, put_question
from tests.core.conftest import MakeApp
from tests.shelf import put_article

TEMPLATES = {
    "page.html": "{% from 'macro.html' import greeting %}{{ _('Search') }}|{{ greeting('<i>') }}"
    "|{% trans day=name %}Updated {{ day }}{% endtrans %}|{{ ngettext('%(num)d min', '%(num)d min', 3) }}",
    "macro.html": "{% macro greeting(who) %}{{ _('Answered by %(name)s', name=who) }} {{ _('100 %%') }}{% endmacro %}",
    "letter.txt": "{{ _('Verified on %(day)s', day=name) }} {{ _('100 %%') }}",
}
NAMES = {"en": "Search", "es": "Buscar", "ru": "Поиск"}


@pytest.fixture
def spoken(make_app: MakeApp) -> Flask:
    made = make_app()
    made.jinja_env.loader = DictLoader(TEMPLATES)
    return made


def said(app: Flask, template: str, code: str) -> str:
    with app.test_request_context(f"/{code}/"):
        return render_template(template, name="<b>5 %</b>")


@pytest.mark.parametrize("code", sorted(LANGUAGES))
@pytest.mark.parametrize("template", ["page.html", "letter.txt"])
def test_a_template_says_what_the_catalogue_says(
    spoken: Flask, monkeypatch: pytest.MonkeyPatch, code: str, template: str
) -> None:
    remembered = said(spoken, template, code)
    with monkeypatch.context() as without:
        without.delattr(SpokenEnvironment, "get_or_select_template")
        assert said(spoken, template, code) == remembered
    assert "5 %" in remembered
    assert "100 %" in remembered
    assert ("<b>" in remembered) == (template == "letter.txt")


def test_each_language_has_its_own(spoken: Flask) -> None:
    first = {code: said(spoken, "page.html", code).partition("|")[0] for code in NAMES}
    again = {code: said(spoken, "page.html", code).partition("|")[0] for code in reversed(NAMES)}
    assert first == again == NAMES


@pytest.fixture
def pages(app: Flask, cast: Cast) -> list[str]:
    article, question = put_article("Refunds"), put_question(cast, "ben")
    put_answer(cast, question, "ada")
    ways = ("", "search?q=refunds&kind=article", "search?q=%25", f"articles/{article}-refunds", "contact", "community")
    asked = f"questions/{question}-how-do-i-get-my-money-back"
    return [f"/{code}/{way}" for code in LANGUAGES for way in (*ways, asked, "questions/new", "nothing")]


def test_pages_are_the_same_with_and_without(
    app: Flask, pages: list[str], stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def all_of_them() -> list[str]:
        app.extensions["page_store"].clear()
        return [_lasting(stranger.get(path).text) for path in pages]

    first, second = all_of_them(), all_of_them()
    monkeypatch.delattr(SpokenEnvironment, "get_or_select_template")
    monkeypatch.delattr(Application, "url_for")
    assert first == second == all_of_them()


def _lasting(text: str) -> str:
    lines = [line for line in text.splitlines() if 'name="began"' not in line and 'class="request"' not in line]
    return "\n".join(lines)


PLAIN = st.one_of(st.integers(-5, 5), st.text(max_size=5), st.booleans(), st.none(), st.sampled_from(["1", "en", "ru"]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(LANGUAGES)), st.dictionaries(st.sampled_from(["q", "page", "locale", "_anchor"]), PLAIN))
def test_an_address_is_what_flask_makes_of_it(app: Flask, code: str, values: dict[str, object]) -> None:
    def told(make: Callable[..., str]) -> str:
        try:
            return make("search.index", **values)
        except Exception as problem:
            return type(problem).__name__

    with app.test_request_context(f"/{code}/"):
        locale.use(code)
        expected = told(lambda *given, **named: Flask.url_for(app, *given, **named))
        assert told(url_for) == told(url_for) == expected


def test_an_address_follows_the_language_and_the_place_of_the_site(app: Flask) -> None:
    found = []
    for base, code in (("/", "en"), ("/", "ru"), ("/help", "en"), ("/", "en")):
        with app.test_request_context(f"/{code}/", base_url=f"http://localhost{base}"):
            locale.use(code)
            found.append(url_for("home.show"))
    assert found == ["/en/", "/ru/", "/help/en/", "/en/"]


def test_made_up_values_do_not_fill_the_memory(app: Flask) -> None:
    assert isinstance(app, Application)
    with app.test_request_context("/en/"):
        for number in range(MOST_ADDRESSES + 5):
            url_for("search.index", q=f"{number}")
        before = app._address.cache_info().currsize
        url_for("search.index", q="x" * 200)
        assert app._address.cache_info().currsize == before == MOST_ADDRESSES
