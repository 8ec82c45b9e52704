"""The Flask app with two things made once that every page would otherwise make again: its words and its addresses.

A page says some fifty sentences around its own words and leads to twenty places. Asking the catalogue for each sentence
and the router for each place took half of what making the page took.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import flask_babel
from flask import Flask, request
from flask.globals import _cv_request
from flask.sessions import SecureCookieSessionInterface
from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from helpcenter.core import locale

GETTEXT = ("_", "gettext")
OPTIONS = ("_anchor", "_method", "_scheme", "_external")
MOST_ADDRESSES = 2048
# What somebody typed is as long as they like, and never the same twice.
LONGEST_VALUE = 80


class Sentences(NodeTransformer):
    """Puts each sentence of a template in its place in one language, where nothing but its text is needed for that.

    `translate` gives a sentence in that language. Forms by number are still chosen as the page is made.
    """

    def __init__(self, translate: Callable[[str], str], *, is_markup: bool) -> None:
        self._translate, self._is_markup = translate, is_markup

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        sentence = node.args[0] if len(node.args) == 1 else None
        if (
            not isinstance(node.node, nodes.Name)
            or node.node.name not in GETTEXT
            or not isinstance(sentence, nodes.Const)
            or node.dyn_args
            or node.dyn_kwargs
        ):
            return node
        said: str = self._translate(sentence.value)
        # As the library does when it is called: a translation is markup, and a per cent sign in it is doubled.
        text = nodes.Const(Markup(said) if self._is_markup else said, lineno=node.lineno)  # noqa: S704
        pairs = [nodes.Pair(nodes.Const(one.key), one.value, lineno=node.lineno) for one in node.kwargs]
        return nodes.Mod(text, nodes.Dict(pairs, lineno=node.lineno), lineno=node.lineno)


class SpokenEnvironment(Environment):
    """Makes a template once for each language that somebody reads it in."""

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(app, **options)
        self._spoken: dict[str, SpokenEnvironment] = {}
        self._translate: Callable[[str], str] | None = None

    def get_or_select_template(
        self,
        template_name_or_list: Any,
        parent: str | None = None,
        globals: Any = None,
    ) -> Template:
        """The template in the language of this request: what `render_template` asks for."""
        code = str(flask_babel.get_locale())
        if code not in self._spoken:
            # Made when everything is registered. The library has a language's catalogue at hand while it is spoken.
            made = self.overlay()
            made._translate = flask_babel.get_domain().get_translations().ugettext
            self._spoken[code] = made
        return super(SpokenEnvironment, self._spoken[code]).get_or_select_template(
            template_name_or_list, parent, globals
        )

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        if self._translate is None:
            return tree
        is_markup = self.autoescape(name) if callable(self.autoescape) else self.autoescape
        Sentences(self._translate, is_markup=is_markup).visit(tree)
        return tree


class Notices(SecureCookieSessionInterface):
    """The cookie in which notices wait for the next page, signed as everything else is: the library takes SHA-1."""

    digest_method = staticmethod(hashlib.sha256)


class Application(Flask):
    """Flask, with templates by language and addresses remembered."""

    jinja_environment = SpokenEnvironment  # type: ignore[assignment]
    session_interface = Notices()

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._address = lru_cache(maxsize=MOST_ADDRESSES)(self._made_address)

    def url_for(self, /, endpoint: str, **values: Any) -> str:
        """As Flask's. Within a request the same endpoint and values have the same address in the same language."""
        # Flask names its own four options each time.
        given = tuple((name, value) for name, value in values.items() if name not in OPTIONS or value is not None)
        if _cv_request.get(None) is None or endpoint.startswith(".") or not all(_is_plain(*one) for one in given):
            return super().url_for(endpoint, **values)
        return self._address(endpoint, locale.current(), request.script_root, given)

    def _made_address(self, endpoint: str, _locale: str, _root: str, values: tuple[tuple[str, Any], ...]) -> str:
        return super().url_for(endpoint, **dict(values))


def _is_plain(name: str, value: Any) -> bool:
    # Not True, which is equal to 1 and is written in another way.
    return not name.startswith("_") and (type(value) is int or (type(value) is str and len(value) <= LONGEST_VALUE))
